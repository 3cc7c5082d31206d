import { Prisma, type Tx } from "../core/db.ts";
import type { Zone } from "../units/calendar.ts";
import { calendarOf } from "../units/working.ts";
import { firstResponse, firstResponseTargets } from "./deadlines.ts";
import type { Kind } from "./kinds.ts";
import { owedIn, type Said, type Standing, standingAfter } from "./owed.ts";
import { recordset } from "./recordset.ts";
import { triage } from "./triage.ts";

/** A case as far as its thread is concerned. */
export type Thread = Standing & {
  id: string;
  channelId: string;
  unitId: string;
  governmentId: string;
  zone: string;
  kind: Kind;
  waitingFor: "citizen" | "agency" | null;
  receivedAt: Date;
  lastMessageAt: Date;
  lastRemoteId: string;
};
/** A message, judged: what a thread is weighed by. */
export type Judged = Said & { kind: Kind; urgent: boolean };
type Due = { dueAt: Date; lateUntil: Date };
type Duty = { id: string; caseId: string; messageId: string; openedAt: Date; dueAt: Date; answeredAt: Date | null };

/** Threads, locked until the transaction ends: what was said and what is owed change together. */
export const lockThreads = (tx: Tx, caseIds: readonly string[]): Promise<Thread[]> =>
  tx.$queryRaw<Thread[]>(Prisma.sql`
    SELECT c.id, c.channel_id AS "channelId", c.unit_id AS "unitId", c.government_id AS "governmentId", u.zone, c.state, c.kind, c.waiting_for AS "waitingFor",
      c.received_at AS "receivedAt", c.last_message_at AS "lastMessageAt", c.last_remote_id AS "lastRemoteId", c.answered_at AS "answeredAt", c.done_at AS "doneAt"
    FROM inbox_case c JOIN unit u ON u.id = c.unit_id WHERE c.id = ANY(${caseIds}::uuid[]) ORDER BY c.id FOR UPDATE OF c`);

/** Whether an answer to such a message is due by a deadline. */
export const isOwed = (message: { needsReply: boolean; kind: Kind; urgent: boolean }): boolean =>
  message.needsReply && firstResponseTargets[message.urgent ? "crisis" : message.kind] !== null;

const dueOf = ({ kind, urgent, sentAt }: Judged, zone: string): Due | null =>
  firstResponse(urgent ? "crisis" : kind, sentAt, calendarOf({ zone: zone as Zone }));

/**
 * Weighs threads after messages were written down in them: duties begin and end, and the cases stand as they now do. `added` are
 * the new messages by case; the threads are locked and as they were before. A deadline that was fixed once stays.
 */
export async function settle(tx: Tx, threads: readonly Thread[], added: ReadonlyMap<string, readonly Judged[]>) {
  if (!threads.length) return;
  const ids = threads.map((thread) => thread.id);
  const said = byCase(await saidIn(tx, threads));
  const kept = byCase(await tx.replyDuty.findMany({ where: { caseId: { in: ids } } }));
  const made: object[] = [];
  const changed: object[] = [];
  const gone: string[] = [];
  const cases: object[] = [];
  for (const thread of threads) {
    const all = said.get(thread.id) ?? [];
    const fresh = added.get(thread.id) ?? [];
    const duties = owedIn(all);
    const before: readonly Duty[] = kept.get(thread.id) ?? [];
    let open: { dueAt: Date; openedAt: Date } | null = null;
    for (const { messageId, openedAt, answeredAt } of duties) {
      const known = before.find((duty) => duty.messageId === messageId);
      const due = known ?? dueOf(all.find((message) => message.id === messageId)!, thread.zone);
      if (!due) continue;
      if (!answeredAt) open = { dueAt: due.dueAt, openedAt };
      if (!known) made.push(dutyRow(thread, { messageId, openedAt, answeredAt }, due as Due));
      else if (known.answeredAt?.getTime() !== answeredAt?.getTime()) changed.push({ id: known.id, answered_at: answeredAt });
    }
    gone.push(...before.filter((duty) => !duties.some(({ messageId }) => messageId === duty.messageId)).map((duty) => duty.id));
    cases.push(caseRow(thread, all, fresh, open));
  }
  await writeDuties(tx, made, changed, gone);
  await writeCases(tx, cases);
}

const dutyRow = ({ id, channelId, unitId, governmentId }: Thread, duty: Omit<Duty, "id" | "caseId" | "dueAt">, due: Due) => ({
  case_id: id,
  message_id: duty.messageId,
  channel_id: channelId,
  unit_id: unitId,
  government_id: governmentId,
  opened_at: duty.openedAt,
  due_at: due.dueAt,
  late_until: due.lateUntil,
  answered_at: duty.answeredAt,
});

function caseRow(thread: Thread, said: readonly Judged[], added: readonly Judged[], open: { dueAt: Date; openedAt: Date } | null) {
  const after = standingAfter(thread, said, added);
  const last = latest(added);
  const heard = latest(added.filter((message) => message.direction === "in" && message.sentAt >= thread.lastMessageAt));
  return {
    id: thread.id,
    state: after.state,
    answered_at: after.answeredAt,
    done_at: after.doneAt,
    due_at: open?.dueAt ?? null,
    due_since: open?.openedAt ?? null,
    last_message_at: last && last.sentAt > thread.lastMessageAt ? last.sentAt : thread.lastMessageAt,
    last_remote_id: heard?.remoteId ?? thread.lastRemoteId,
  };
}

const latest = (messages: readonly Judged[]) =>
  messages.reduce<Judged | null>((last, message) => (!last || message.sentAt >= last.sentAt ? message : last), null);

type Row = {
  id: string;
  caseId: string;
  remoteId: string;
  direction: "in" | "out";
  sentAt: Date;
  kind: Kind | null;
  needsReply: boolean | null;
  urgent: boolean | null;
  text: string | null;
};

/** Everything that was said in these threads and arrived. Messages of before they were judged at intake are judged now. */
async function saidIn(tx: Tx, threads: readonly Thread[]): Promise<(Judged & { caseId: string })[]> {
  // A reply may have come before the comment that began its thread.
  const from = new Date(Math.min(...threads.map((thread) => thread.receivedAt.getTime())) - 90 * 86_400_000);
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT id, case_id AS "caseId", remote_id AS "remoteId", direction, sent_at AS "sentAt", kind, needs_reply AS "needsReply", urgent,
      CASE WHEN needs_reply IS NULL AND direction = 'in' THEN text END AS text
    FROM message m WHERE case_id = ANY(${threads.map((thread) => thread.id)}::uuid[]) AND id >= garda_uuid_floor(${from})
      AND NOT EXISTS (SELECT FROM publication p WHERE p.subject_type = 'reply' AND p.subject_id = m.reply_id AND p.state = 'failed')`);
  return rows.map(({ text, ...row }) => {
    const judged = text === null ? row : triage(text);
    const message = { ...row, kind: judged.kind ?? "other", needsReply: judged.needsReply ?? false, urgent: judged.urgent ?? false };
    return { ...message, owed: row.direction === "in" && isOwed(message) };
  });
}

function byCase<T extends { caseId: string }>(rows: readonly T[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const row of rows) map.set(row.caseId, [...(map.get(row.caseId) ?? []), row]);
  return map;
}

async function writeDuties(tx: Tx, made: readonly object[], changed: readonly object[], gone: readonly string[]) {
  if (gone.length) await tx.replyDuty.deleteMany({ where: { id: { in: [...gone] } } });
  if (changed.length)
    await tx.$executeRaw(Prisma.sql`
      UPDATE reply_duty d SET answered_at = x.answered_at FROM ${recordset(changed, "id uuid, answered_at timestamptz")} WHERE d.id = x.id`);
  if (made.length)
    await tx.$executeRaw(Prisma.sql`
      INSERT INTO reply_duty (case_id, message_id, channel_id, unit_id, government_id, opened_at, due_at, late_until, answered_at)
      SELECT case_id, message_id, channel_id, unit_id, government_id, opened_at, due_at, late_until, answered_at FROM ${recordset(
        made,
        `case_id uuid, message_id uuid, channel_id uuid, unit_id uuid, government_id uuid, opened_at timestamptz, due_at timestamptz,
         late_until timestamptz, answered_at timestamptz`,
      )}`);
}

const writeCases = (tx: Tx, rows: readonly object[]) =>
  tx.$executeRaw(Prisma.sql`
    UPDATE inbox_case c SET state = x.state, answered_at = x.answered_at, done_at = x.done_at, due_at = x.due_at, due_since = x.due_since,
      last_message_at = x.last_message_at, last_remote_id = x.last_remote_id, revision = c.revision + 1,
      snoozed_until = CASE WHEN x.state = 'snoozed' THEN c.snoozed_until END
    FROM ${recordset(
      rows,
      `id uuid, state text, answered_at timestamptz, done_at timestamptz, due_at timestamptz, due_since timestamptz, last_message_at timestamptz,
       last_remote_id text`,
    )} WHERE c.id = x.id`);
