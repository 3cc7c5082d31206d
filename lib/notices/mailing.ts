import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import { log } from "../core/log.ts";
import { letterOf } from "./letters.ts";
import { type Reader, readersOf } from "./readers.ts";
import { isMailbox, type MailFailure, oneLine, serverAway, settleFailedMail } from "./rules.ts";
import { mailIsConfigured, sendMail } from "./smtp.ts";
import { isNoticeType, noticeTypes } from "./types.ts";

/** Longer than one mail may take; renewed before each. */
const LEASE_MS = 120_000;
const PEOPLE_AT_ONCE = 20;
const AWAY_MS = 60_000;

/** One mail to one person: the notices that share `batch`, the id that it is known by. `until`: the lease, of this claim alone. */
export type ClaimedMail = { batch: string; personId: string; until: Date };

/**
 * Sends what is due by e-mail, until nothing is; safe to run twice and at the same time. Once the server is away the rest
 * waits for a minute. Returns how many mails were sent.
 */
export async function mailDue(): Promise<number> {
  if (!mailIsConfigured()) return 0;
  for (let sent = 0; ; ) {
    const mails = await claimMails();
    if (!mails.length) return sent;
    for (const [index, mail] of mails.entries()) {
      const failure = await deliverMail(mail);
      if (failure === "sent") sent += 1;
      else if (failure && failure !== "nothing" && serverAway(failure)) {
        await putOff(mails.slice(index + 1));
        return sent;
      }
    }
  }
}

const dueSql = (at: Date) =>
  Prisma.sql`((n.mail_state = 'waiting' AND n.mail_after <= ${at}) OR (n.mail_state = 'sending' AND n.mail_lease_until <= ${at}))`;

/**
 * Takes the due mails of up to 20 people, and commits that before anything is sent. Who gathers a person's notices holds the
 * person, so that two workers do not make two mails of them (SKIP LOCKED).
 */
export async function claimMails(): Promise<ClaimedMail[]> {
  const at = now();
  const until = new Date(at.getTime() + LEASE_MS);
  const rows = await db.$queryRaw<Omit<ClaimedMail, "until">[]>(Prisma.sql`
    WITH people AS (
      SELECT p.id FROM person p WHERE p.id IN (SELECT n.person_id FROM notice n WHERE ${dueSql(at)})
      ORDER BY p.id LIMIT ${PEOPLE_AT_ONCE} FOR NO KEY UPDATE OF p SKIP LOCKED
    ), picked AS (
      SELECT n.id, coalesce(n.mail_batch, CASE WHEN n.mail_gathered
        THEN first_value(n.id) OVER (PARTITION BY n.person_id, n.mail_gathered, n.mail_batch ORDER BY n.id) ELSE n.id END) AS batch
      FROM notice n JOIN people ON people.id = n.person_id WHERE ${dueSql(at)}
    ), taken AS (
      UPDATE notice n SET mail_state = 'sending', mail_batch = picked.batch, mail_lease_until = ${until}
      FROM picked WHERE n.id = picked.id AND ${dueSql(at)} RETURNING n.mail_batch AS batch, n.person_id AS "personId"
    ) SELECT DISTINCT batch, "personId" FROM taken ORDER BY batch`);
  return rows.map((row) => ({ ...row, until }));
}

/** Sends one claimed mail and settles it; "nothing": there was nothing left to send, or it is somebody else's by now. */
export async function deliverMail(mail: ClaimedMail): Promise<"sent" | "nothing" | MailFailure> {
  const held = await hold(mail);
  if (!held) return "nothing";
  const reader = (await readersOf(db, [mail.personId])).get(mail.personId);
  const wanted = reader ? held.notices.filter((notice) => !notice.readAt && isWanted(reader, notice.type)) : [];
  if (!reader || !wanted.length) {
    await settle(held, [], "none", {});
    return "nothing";
  }
  const ids = wanted.map(({ id }) => id);
  if (!isMailbox(reader.email)) {
    await settle(held, ids, "failed", { problem: "address" });
    return "nothing";
  }
  const to = { name: oneLine(reader.name), address: reader.email };
  const failure = await sendMail({ id: mail.batch, to, ...(await letterOf(reader, wanted)) });
  if (!failure) {
    await settle(held, ids, "sent", {});
    return "sent";
  }
  const { state, ...rest } = settleFailedMail(failure, held.attempts, now());
  log.warn({ mail: mail.batch, state, problem: rest.problem }, "a mail was not sent");
  await settle(held, ids, state, rest);
  return failure;
}

/** He may have opted out since it was planned; a test mail he asked for this minute. */
const isWanted = (reader: Reader, type: string) =>
  type === "account.mail-test" || (isNoticeType(type) && reader.habits[noticeTypes[type].category] !== "off");

type Held = ClaimedMail & { attempts: number; notices: { id: string; type: string; params: unknown; readAt: Date | null }[] };

/** Renews the lease for one try, which is counted; null when the lease has passed on. */
async function hold(mail: ClaimedMail): Promise<Held | null> {
  const until = new Date(now().getTime() + LEASE_MS);
  const notices = await db.notice.updateManyAndReturn({
    where: { mailBatch: mail.batch, mailState: "sending", mailLeaseUntil: mail.until },
    data: { mailLeaseUntil: until, attempts: { increment: 1 } },
    select: { id: true, type: true, params: true, readAt: true, attempts: true },
  });
  if (!notices.length) return null;
  return {
    ...mail,
    until,
    attempts: Math.max(...notices.map(({ attempts }) => attempts)),
    notices: notices.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** What becomes of the notices of a mail: those that stood in it get `state`, the others are no longer mailed. */
async function settle({ batch, until }: ClaimedMail, ids: string[], state: string, { after, problem }: { after?: Date; problem?: string }) {
  await db.$executeRaw(Prisma.sql`
    UPDATE notice SET mail_state = CASE WHEN id = ANY(${ids}::uuid[]) THEN ${state} ELSE 'none' END,
      mail_after = coalesce(${after ?? null}::timestamptz, mail_after), mail_problem = ${problem ?? null}, mail_lease_until = NULL
    WHERE mail_batch = ${batch}::uuid AND mail_state = 'sending' AND mail_lease_until = ${until}`);
}

/** Gives mails back that were not tried. */
async function putOff(mails: ClaimedMail[]) {
  const [first] = mails;
  if (!first) return;
  await db.notice.updateMany({
    where: { mailBatch: { in: mails.map(({ batch }) => batch) }, mailState: "sending", mailLeaseUntil: first.until },
    data: { mailState: "waiting", mailAfter: new Date(now().getTime() + AWAY_MS), mailLeaseUntil: null },
  });
}
