import type { Tx } from "../core/db.ts";
import { calendarOf } from "../units/working.ts";
import { firstResponse } from "./deadlines.ts";
import { triage } from "./triage.ts";

export type IngestChannel = { id: string; unitId: string; governmentId: string; zone: string };
export type Thread = { id: string; unitId: string; lastMessageAt: Date };
type Incoming = { messageId: string; remoteId: string; text: string; sentAt: Date };

/** A thread, locked until the transaction ends: what was said and what is owed change together. */
export async function lockThread(tx: Tx, caseId: string): Promise<Thread> {
  const [thread] = await tx.$queryRaw<Thread[]>`
    SELECT id, unit_id AS "unitId", last_message_at AS "lastMessageAt" FROM inbox_case WHERE id = ${caseId}::uuid FOR UPDATE`;
  if (!thread) throw new Error("a reply without its case");
  return thread;
}

/**
 * A citizen wrote: the thread is open again, and where nobody owes an answer yet a duty to answer begins. A message that
 * arrives after the answer to it was seen is answered already.
 */
export async function noteCitizenMessage(tx: Tx, channel: IngestChannel, thread: Thread, message: Incoming) {
  const { sentAt, remoteId } = message;
  const needed = triage(message.text).needsReply;
  const answeredAt = await answerAfter(tx, thread.id, sentAt);
  const atThatTime = { openedAt: { lte: sentAt }, OR: [{ answeredAt: null }, { answeredAt: { gte: sentAt } }] };
  const owed = await tx.replyDuty.count({ where: { caseId: thread.id, ...(answeredAt ? atThatTime : { answeredAt: null }) } });
  const begun = needed && !owed ? await beginDuty(tx, channel, thread, message, answeredAt) : null;
  const due = begun && { dueAt: begun.dueAt, dueSince: sentAt };
  await tx.inboxCase.update({
    where: { id: thread.id },
    data: {
      ...(needed && !answeredAt ? { state: "open", doneAt: null, ...due } : {}),
      ...(sentAt >= thread.lastMessageAt ? { lastMessageAt: sentAt, lastRemoteId: remoteId } : {}),
      revision: { increment: 1 },
    },
  });
}

/** The account answered, from here or from a phone: whoever wrote before that waits no longer. */
export async function closeDuty(tx: Tx, channel: IngestChannel, thread: Thread, answeredAt: Date) {
  await tx.replyDuty.updateMany({ where: { caseId: thread.id, answeredAt: null, openedAt: { lte: answeredAt } }, data: { answeredAt } });
  const waiting = await tx.replyDuty.count({ where: { caseId: thread.id, answeredAt: null } });
  const next = waiting ? null : await firstUnanswered(tx, thread.id);
  const begun = next && (await beginDuty(tx, channel, thread, next, null));
  await tx.inboxCase.update({
    where: { id: thread.id },
    data: {
      ...(thread.lastMessageAt < answeredAt ? { lastMessageAt: answeredAt } : {}),
      revision: { increment: 1 },
      ...(next
        ? { state: "open", dueAt: begun?.dueAt ?? null, dueSince: begun ? next.sentAt : null }
        : waiting
          ? {}
          : { state: "answered", dueAt: null, dueSince: null, answeredAt }),
    },
  });
}

async function beginDuty(tx: Tx, channel: IngestChannel, thread: Thread, { messageId, text, sentAt }: Incoming, answeredAt: Date | null) {
  const { kind, urgent } = triage(text);
  const target = firstResponse(urgent ? "crisis" : kind, sentAt, calendarOf(channel));
  if (!target) return null;
  const { id: channelId, unitId, governmentId } = channel;
  return tx.replyDuty.create({
    data: { caseId: thread.id, messageId, channelId, unitId, governmentId, openedAt: sentAt, ...target, answeredAt },
    select: { dueAt: true },
  });
}

/** When the account first spoke in the thread after `sentAt`, as far as that is known yet. */
async function answerAfter(tx: Tx, caseId: string, sentAt: Date): Promise<Date | null> {
  const [answer] = await tx.$queryRaw<{ sentAt: Date }[]>`
    SELECT sent_at AS "sentAt" FROM message WHERE case_id = ${caseId}::uuid AND direction = 'out' AND id >= garda_uuid_floor(${sentAt}) AND sent_at > ${sentAt} ORDER BY sent_at LIMIT 1`;
  return answer?.sentAt ?? null;
}

/** The first message that needs a reply and came after everything that the account said: it was passed over while an older one was owed. */
async function firstUnanswered(tx: Tx, caseId: string): Promise<Incoming | null> {
  const later = await tx.$queryRaw<Incoming[]>`
    SELECT id AS "messageId", remote_id AS "remoteId", text, sent_at AS "sentAt" FROM message
    WHERE case_id = ${caseId}::uuid AND direction = 'in' AND sent_at > (SELECT max(sent_at) FROM message WHERE case_id = ${caseId}::uuid AND direction = 'out')
    ORDER BY id LIMIT 100`;
  return later.find((message) => triage(message.text).needsReply) ?? null;
}
