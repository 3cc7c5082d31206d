import { now } from "../../core/clock.ts";
import { Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import type { WorkingCalendar } from "../../units/calendar.ts";
import { calendarsOf } from "../../units/hours-settings.ts";
import { type Clock, clockOf, firstResponse, type ResponseKind, resolutionDue, type Targets } from "../deadlines/deadlines.ts";
import { endPause, type WaitsFor, warnAgain } from "../deadlines/pausing.ts";
import { openDeadlines } from "../deadlines/rows.ts";
import { targetsOf } from "../deadlines/settings.ts";
import type { Kind } from "../kinds.ts";
import { resolvedByAnswer } from "../rules.ts";
import { triage } from "../sorting/triage.ts";
import { owedIn, type Said, type Standing, standingAfter } from "./owed.ts";

/** A case as far as its thread is concerned. */
export type Thread = Standing & {
  id: string;
  channelId: string;
  unitId: string;
  governmentId: string;
  kind: Kind;
  urgent: boolean;
  receivedAt: Date;
  lastMessageAt: Date;
  lastRemoteId: string;
  waitingFor: WaitsFor | null;
  resolutionDueAt: Date | null;
  /** Moved by pauses; null while it stands still, and when it was met. */
  resolutionLeftUntil: Date | null;
};
type Message = Said & { caseId: string; kind: Kind; urgent: boolean };
type Duty = {
  id: string;
  caseId: string;
  messageId: string;
  openedAt: Date;
  countedFrom: Date | null;
  dueAt: Date;
  lateUntil: Date;
  answeredAt: Date | null;
};
type Rules = { calendar: WorkingCalendar; targets: Targets };

export const responseKind = ({ kind, urgent }: { kind: Kind; urgent: boolean }): ResponseKind => (urgent ? "crisis" : kind);

/** Threads, locked until the transaction ends: what was said and what is owed change together. */
export const lockThreads = (tx: Tx, caseIds: readonly string[]): Promise<Thread[]> =>
  tx.$queryRaw<Thread[]>(Prisma.sql`
    SELECT c.id, c.channel_id AS "channelId", c.unit_id AS "unitId", c.government_id AS "governmentId", c.state, c.kind, c.urgent,
      c.received_at AS "receivedAt", c.last_message_at AS "lastMessageAt", c.last_remote_id AS "lastRemoteId", c.answered_at AS "answeredAt", c.done_at AS "doneAt", c.waiting_for AS "waitingFor",
      c.resolution_due_at AS "resolutionDueAt", CASE WHEN c.waiting_for IS NULL THEN (SELECT d.due_at FROM case_deadline d
        WHERE d.subject = 'resolution' AND d.subject_id = c.id AND d.met_at IS NULL) END AS "resolutionLeftUntil"
    FROM inbox_case c WHERE c.id = ANY(${caseIds}::uuid[]) ORDER BY c.id FOR UPDATE OF c`);

/**
 * Weighs threads after messages were written down in them: duties begin and end, and the cases stand as they now do. `added` are
 * the ids of the new messages; the threads are locked and as they were before. A deadline that was fixed once stays.
 */
export async function settle(tx: Tx, threads: readonly Thread[], added: ReadonlySet<string>) {
  if (!threads.length) return;
  const at = now();
  const units = [...new Set(threads.map((thread) => thread.unitId))];
  const calendars = await calendarsOf(tx, units);
  const targets = await targetsOf(tx, units, at);
  const said = Map.groupBy(await saidIn(tx, threads), ({ caseId }) => caseId);
  const kept = Map.groupBy(await tx.replyDuty.findMany({ where: { caseId: { in: threads.map(({ id }) => id) } } }), ({ caseId }) => caseId);
  const changes: DutyChanges = { made: [], changed: [], gone: [], resolutions: [] };
  const cases: object[] = [];
  const reopened: string[] = [];
  for (const thread of threads) {
    const rules = { calendar: calendars.get(thread.unitId)!, targets: targets.get(thread.unitId)! };
    const messages = (said.get(thread.id) ?? []).map((message) => ({ ...message, dueAt: dueOf(message, rules) }));
    const open = weigh(thread, messages, kept.get(thread.id) ?? [], rules, changes);
    const row = caseRow(thread, messages, added);
    const begun = row.state === "done" ? null : beginResolution(thread, rules);
    if (begun) changes.resolutions.push({ ...begun, thread });
    const due = open ?? (row.state === "done" ? null : (begun ?? resolutionOf(thread, rules)));
    const shown = { due_at: due?.dueAt ?? null, due_since: due?.openedAt ?? null, due_clock: due?.clock ?? "working" };
    if (thread.doneAt && row.state !== "done") reopened.push(thread.id);
    cases.push({ ...row, ...shown, resolution_due_at: begun?.dueAt ?? thread.resolutionDueAt });
  }
  await writeDuties(tx, changes);
  await writeCases(tx, cases);
  await openDeadlines(tx, changes, calendars);
  if (reopened.length) await warnAgain(tx, reopened);
  const heard = (thread: Thread) => said.get(thread.id)?.some(({ id, direction }) => direction === "in" && added.has(id));
  for (const thread of threads) if (thread.waitingFor === "citizen" && heard(thread)) await endPause(tx, thread.id, "citizen");
}

/** When an answer to a message is due, told from itself alone. */
function dueOf(message: Omit<Message, "dueAt">, { calendar, targets: { first } }: Rules): Date | null {
  if (message.direction === "out" || !message.needsReply) return null;
  return firstResponse(responseKind(message), message.sentAt, calendar, first)?.dueAt ?? null;
}

export type DutyChanges = {
  made: NewDuty[];
  changed: { id: string; answered_at: Date | null }[];
  gone: string[];
  resolutions: (Open & { thread: Thread })[];
};
export type NewDuty = ReturnType<typeof dutyRow> & { clock: Clock };
type Open = { dueAt: Date; openedAt: Date; clock: Clock };

/** Compares what is owed with what was written down before; returns the open duty that is due first. */
function weigh(
  thread: Thread,
  said: readonly Message[],
  kept: readonly Duty[],
  { calendar, targets }: Rules,
  changes: DutyChanges,
): Open | null {
  const duties = owedIn(said);
  let open: Open | null = null;
  for (const { messageId, openedAt, answeredAt } of duties) {
    const known = kept.find((duty) => duty.messageId === messageId);
    const message = said.find(({ id }) => id === messageId)!;
    const due = known ?? firstResponse(responseKind(message), openedAt, calendar, targets.first)!;
    const clock = clockOf(responseKind(message), targets.first);
    if (!answeredAt && (!open || due.dueAt < open.dueAt)) open = { dueAt: due.dueAt, openedAt: known?.countedFrom ?? openedAt, clock };
    if (!known) changes.made.push({ ...dutyRow(thread, { messageId, openedAt, answeredAt, ...due }), clock });
    else if (known.answeredAt?.getTime() !== answeredAt?.getTime()) changes.changed.push({ id: known.id, answered_at: answeredAt });
  }
  const owed = new Set(duties.map(({ messageId }) => messageId));
  changes.gone.push(...kept.filter(({ messageId }) => !owed.has(messageId)).map(({ id }) => id));
  return open;
}

const dutyRow = ({ id, channelId, unitId, governmentId }: Thread, duty: Omit<Duty, "id" | "caseId" | "countedFrom">) => ({
  case_id: id,
  message_id: duty.messageId,
  channel_id: channelId,
  unit_id: unitId,
  government_id: governmentId,
  opened_at: duty.openedAt,
  due_at: duty.dueAt,
  late_until: duty.lateUntil,
  answered_at: duty.answeredAt,
});

function caseRow(thread: Thread, said: readonly Message[], added: ReadonlySet<string>) {
  const fresh = said.filter(({ id }) => added.has(id));
  const after = standingAfter(thread, said, fresh);
  const last = latest(fresh);
  const heard = latest(fresh.filter(({ direction, sentAt }) => direction === "in" && sentAt >= thread.lastMessageAt));
  return {
    id: thread.id,
    state: after.state,
    answered_at: after.answeredAt,
    done_at: after.doneAt,
    last_message_at: last && last.sentAt > thread.lastMessageAt ? last.sentAt : thread.lastMessageAt,
    last_remote_id: heard?.remoteId ?? thread.lastRemoteId,
  };
}

/** A matter that an answer alone does not settle has its own deadline, from when it first came; null where it has one already. */
function beginResolution(thread: Thread, { calendar, targets }: Rules): Open | null {
  if (thread.resolutionDueAt || resolvedByAnswer(thread)) return null;
  const dueAt = resolutionDue(responseKind(thread), thread.receivedAt, calendar, targets.resolution);
  return dueAt && { dueAt, openedAt: thread.receivedAt, clock: clockOf(responseKind(thread), targets.resolution) };
}

/** The one that it has, as long as its time goes on. */
const resolutionOf = (thread: Thread, { targets }: Rules): Open | null =>
  thread.resolutionLeftUntil && {
    dueAt: thread.resolutionLeftUntil,
    openedAt: thread.receivedAt,
    clock: clockOf(responseKind(thread), targets.resolution),
  };

const latest = (messages: readonly Message[]) =>
  messages.reduce<Message | null>((last, message) => (!last || message.sentAt >= last.sentAt ? message : last), null);

type Row = Omit<Message, "kind" | "needsReply" | "urgent" | "dueAt"> & {
  kind: Kind | null;
  needsReply: boolean | null;
  urgent: boolean | null;
  text: string | null;
};

/** Everything that was said in these threads and arrived. Messages of before they were judged at intake are judged now. */
async function saidIn(tx: Tx, threads: readonly Thread[]): Promise<Omit<Message, "dueAt">[]> {
  // A reply may have come before the comment that began its thread.
  const from = new Date(Math.min(...threads.map((thread) => thread.receivedAt.getTime())) - 90 * 86_400_000);
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT id, case_id AS "caseId", remote_id AS "remoteId", direction, sent_at AS "sentAt", kind, needs_reply AS "needsReply", urgent,
      CASE WHEN needs_reply IS NULL AND direction = 'in' THEN text END AS text
    FROM message m WHERE case_id = ANY(${threads.map((thread) => thread.id)}::uuid[]) AND id >= garda_uuid_floor(${from})
      AND NOT EXISTS (SELECT FROM publication p WHERE p.subject_type = 'reply' AND p.subject_id = m.reply_id AND p.state = 'failed')`);
  return rows.map(({ text, ...row }) => {
    const judged = text === null ? row : triage(text);
    return { ...row, kind: judged.kind ?? "other", needsReply: judged.needsReply ?? false, urgent: judged.urgent ?? false };
  });
}

async function writeDuties(tx: Tx, { made, changed, gone }: DutyChanges) {
  if (gone.length) await tx.replyDuty.deleteMany({ where: { id: { in: gone } } });
  if (changed.length) {
    const answered = recordset(changed, "id uuid, answered_at timestamptz");
    await tx.$executeRaw(Prisma.sql`UPDATE reply_duty d SET answered_at = x.answered_at FROM ${answered} WHERE d.id = x.id`);
    // What is answered is warned of no more, and keeps nobody from putting the case off or letting it rest.
    await tx.$executeRaw(Prisma.sql`
      UPDATE case_deadline t SET met_at = x.answered_at, next_at = CASE WHEN x.answered_at IS NULL THEN ${now()}::timestamptz END
      FROM ${answered} JOIN reply_duty d ON d.id = x.id
      WHERE t.subject = 'first_response' AND t.subject_id = d.message_id AND t.met_at IS DISTINCT FROM x.answered_at`);
  }
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
    UPDATE inbox_case c SET state = x.state, answered_at = x.answered_at, done_at = x.done_at, due_at = x.due_at, due_since = x.due_since, due_clock = x.due_clock,
      last_message_at = x.last_message_at, last_remote_id = x.last_remote_id, resolution_due_at = x.resolution_due_at, revision = c.revision + 1,
      snoozed_until = CASE WHEN x.state = 'snoozed' THEN c.snoozed_until END
    FROM ${recordset(
      rows,
      `id uuid, state text, answered_at timestamptz, done_at timestamptz, due_at timestamptz, due_since timestamptz, due_clock text, last_message_at timestamptz,
       last_remote_id text, resolution_due_at timestamptz`,
    )} WHERE c.id = x.id`);
