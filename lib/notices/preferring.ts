import type { Actor } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import type { Answer } from "../core/errors.ts";
import { deliverMail } from "./mailing.ts";
import { notify } from "./notifying.ts";
import { readersOf } from "./readers.ts";
import type { PreferencesInput } from "./schema.ts";
import { mailIsConfigured } from "./smtp.ts";

/** How the actor wants to hear by e-mail, from the next notice on; what he opted out of is not mailed even where it was planned. */
export async function savePreferences(actor: Actor, { habits, quiet, digestAt, locale }: PreferencesInput): Promise<Answer> {
  const { personId } = actor;
  return db.$transaction(async (tx) => {
    const hours = { quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null, digestAt };
    await tx.noticeHours.upsert({ where: { personId }, create: { personId, ...hours }, update: hours });
    await tx.$executeRaw(Prisma.sql`
      INSERT INTO notice_preference (person_id, category, mail)
      SELECT ${personId}::uuid, key, value FROM jsonb_each_text(${JSON.stringify(habits)}::jsonb)
      ON CONFLICT (person_id, category) DO UPDATE SET mail = excluded.mail`);
    await tx.person.update({ where: { id: personId }, data: { locale } });
    await record(tx, actor, {
      type: "person.notices",
      subjectType: "person",
      subjectId: personId,
      place: null,
      payload: { habits, ...hours, locale },
    });
    return { ok: true };
  });
}

export type Trial =
  | { state: "sent"; address: string }
  | { state: "not-configured" }
  | { state: "too-soon" }
  | { state: "failed"; code: string };

/** Sends a test mail to the actor at once, at most one a minute, whatever he chose otherwise; tells plainly what became of it. */
export async function sendTrial(actor: Actor): Promise<Answer<Trial>> {
  if (!mailIsConfigured()) return { ok: true, state: "not-configured" };
  const { personId } = actor;
  const at = now();
  const until = new Date(at.getTime() + 120_000);
  const key = at.toISOString().slice(0, 16);
  const batch = await db.$transaction(async (tx) => {
    const news = { type: "account.mail-test", to: [personId], by: null, subject: { type: "person", id: personId }, unitId: null } as const;
    if (!(await notify(tx, { ...news, params: {}, link: "/settings/notices", key }))) return null;
    const { id } = await tx.notice.findFirstOrThrow({ where: { personId, key: `account.mail-test ${key}` }, select: { id: true } });
    await tx.notice.update({ where: { id }, data: { mailState: "sending", mailBatch: id, mailLeaseUntil: until } });
    return id;
  });
  if (!batch) return { ok: true, state: "too-soon" };
  await deliverMail({ batch, personId, until });
  const [kept, readers] = await Promise.all([
    db.notice.findUniqueOrThrow({ where: { id: batch }, select: { mailState: true, mailProblem: true } }),
    readersOf(db, [personId]),
  ]);
  if (kept.mailState === "sent") return { ok: true, state: "sent", address: readers.get(personId)?.email ?? "" };
  await db.notice.updateMany({ where: { id: batch, mailState: "waiting" }, data: { mailState: "failed" } });
  return { ok: true, state: "failed", code: kept.mailProblem ?? "unknown" };
}
