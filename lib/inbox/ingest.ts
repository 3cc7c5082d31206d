import { now } from "../core/clock.ts";
import { sha256 } from "../core/crypto.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { signal } from "../core/live.ts";
import type { RemoteComment } from "../platforms/contract.ts";
import { calendarOf } from "../units/working.ts";
import { firstResponse } from "./deadlines.ts";
import { maskPersonalData } from "./masking.ts";
import { triage } from "./triage.ts";

export type IngestChannel = { id: string; unitId: string; governmentId: string; zone: string };
export type Ingested = { created: number; known: number };

/**
 * The one way in for citizens' words, by webhook and by polling alike. Each comment is taken once (channel, remote id),
 * masked before it is stored, joined to its thread, and given its deadline in working time.
 */
export async function ingest(channel: IngestChannel, comments: readonly RemoteComment[]): Promise<Ingested> {
  const result = { created: 0, known: 0 };
  for (const comment of [...comments].sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime())) {
    const fresh = await db.$transaction((tx) => takeIn(tx, channel, comment));
    result[fresh ? "created" : "known"] += 1;
  }
  return result;
}

async function takeIn(tx: Tx, channel: IngestChannel, comment: RemoteComment): Promise<boolean> {
  const at = now();
  // The clock of a platform may be ahead of ours; an id never lies in the future.
  const sentAt = comment.sentAt > at ? at : comment.sentAt;
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO remote_key (channel_id, remote_id, subject, subject_id) VALUES (${channel.id}::uuid, ${comment.remoteId}, 'message', garda_uuidv7(${sentAt}))
    ON CONFLICT DO NOTHING RETURNING subject_id AS id`;
  if (!row) return false;
  const thread = await findThread(tx, channel, comment);
  if (comment.own && !thread) return true;
  const masked = maskPersonalData(comment.text);
  const name = maskPersonalData(comment.author.name).text.slice(0, 120);
  const found = thread ?? (await openCase(tx, channel, comment, { name, text: masked.text, found: masked.found, sentAt }));
  await tx.message.create({
    data: { id: row.id, channelId: channel.id, caseId: found.id, remoteId: comment.remoteId, parentRemoteId: comment.parentRemoteId, direction: comment.own ? "out" : "in", authorName: name, text: masked.text, masked: masked.found, sentAt, receivedAt: at, ref: comment.ref ?? Prisma.DbNull },
  });
  if (comment.own) await closeDuty(tx, found, sentAt);
  else await noteCitizenMessage(tx, channel, found, { messageId: row.id, comment, text: masked.text, sentAt });
  await signal(tx, { topic: "case", unitId: found.unitId, id: found.id });
  return true;
}

export type Thread = { id: string; unitId: string; state: string; lastMessageAt: Date };

/** The thread that a comment belongs to, locked. A reply may arrive before its parent: the thread then begins with it. */
async function findThread(tx: Tx, channel: IngestChannel, comment: RemoteComment): Promise<Thread | null> {
  const rows = await tx.$queryRaw<Thread[]>(Prisma.sql`
    SELECT c.id, c.unit_id AS "unitId", c.state, c.last_message_at AS "lastMessageAt" FROM inbox_case c
    WHERE c.channel_id = ${channel.id}::uuid AND (c.root_remote_id = ${comment.parentRemoteId ?? comment.remoteId}
      OR c.id = (SELECT m.case_id FROM remote_key k JOIN message m ON m.id = k.subject_id
        WHERE k.channel_id = ${channel.id}::uuid AND k.remote_id = ${comment.parentRemoteId} AND k.subject = 'message'))
    LIMIT 1 FOR UPDATE`);
  return rows[0] ?? null;
}

type Incoming = { name: string; text: string; found: string[]; sentAt: Date };

async function openCase(tx: Tx, channel: IngestChannel, comment: RemoteComment, incoming: Incoming): Promise<Thread> {
  const judged = triage(incoming.text);
  const citizen = await tx.citizen.upsert({
    where: { channelId_remoteId: { channelId: channel.id, remoteId: comment.author.remoteId } },
    create: { channelId: channel.id, remoteId: comment.author.remoteId, pseudonym: pseudonymOf(channel.id, comment.author.remoteId), firstSeenAt: incoming.sentAt },
    update: {},
    select: { id: true },
  });
  const post = await tx.remotePost.findUnique({ where: { channelId_remoteId: { channelId: channel.id, remoteId: comment.postRemoteId } }, select: { id: true } });
  const created = await tx.inboxCase.create({
    data: {
      channelId: channel.id,
      unitId: channel.unitId,
      governmentId: channel.governmentId,
      remotePostId: post?.id ?? null,
      rootRemoteId: comment.parentRemoteId ?? comment.remoteId,
      citizenId: citizen.id,
      authorName: incoming.name,
      excerpt: incoming.text.slice(0, 200),
      state: judged.needsReply ? "open" : "done",
      kind: judged.kind,
      confidence: Math.round(judged.confidence * 100),
      reasons: judged.reasons as unknown as Prisma.InputJsonValue,
      urgent: judged.urgent,
      sensitive: judged.sensitive,
      hasPii: incoming.found.length > 0,
      receivedAt: incoming.sentAt,
      lastMessageAt: incoming.sentAt,
      lastRemoteId: comment.remoteId,
      units: { create: { unitId: channel.unitId, role: "owner", state: judged.needsReply ? "open" : "done", lastMessageAt: incoming.sentAt } },
    },
    select: { id: true, unitId: true, state: true, lastMessageAt: true },
  });
  return created;
}

/** Stable for a person on one account, and tells nothing about who it is. */
export const pseudonymOf = (channelId: string, remoteId: string) => `W-${sha256(`${channelId}:${remoteId}`).slice(0, 6).toUpperCase()}`;

/** A citizen wrote: the thread is open again, and where nobody owes an answer yet a duty to answer begins. */
async function noteCitizenMessage(tx: Tx, channel: IngestChannel, thread: Thread, { messageId, comment, text, sentAt }: { messageId: string; comment: RemoteComment; text: string; sentAt: Date }) {
  const judged = triage(text);
  const open = await tx.replyDuty.findFirst({ where: { caseId: thread.id, answeredAt: null }, select: { dueAt: true, openedAt: true } });
  const target = !open && judged.needsReply ? firstResponse(judged.urgent ? "crisis" : judged.kind, sentAt, calendarOf(channel)) : null;
  if (target) {
    await tx.replyDuty.create({ data: { caseId: thread.id, messageId, channelId: channel.id, unitId: channel.unitId, governmentId: channel.governmentId, openedAt: sentAt, dueAt: target.dueAt, lateUntil: target.lateUntil } });
  }
  const isLatest = sentAt >= thread.lastMessageAt;
  await tx.inboxCase.update({
    where: { id: thread.id },
    data: {
      ...(target ? { state: "open", dueAt: target.dueAt, dueSince: sentAt, doneAt: null } : judged.needsReply ? { state: "open" } : {}),
      ...(isLatest ? { lastMessageAt: sentAt, lastRemoteId: comment.remoteId } : {}),
      revision: { increment: 1 },
    },
  });
}

/** The account answered, from here or from a phone: nobody waits any longer. */
export async function closeDuty(tx: Tx, thread: Pick<Thread, "id">, answeredAt: Date) {
  await tx.replyDuty.updateMany({ where: { caseId: thread.id, answeredAt: null, openedAt: { lte: answeredAt } }, data: { answeredAt } });
  const waiting = await tx.replyDuty.count({ where: { caseId: thread.id, answeredAt: null } });
  await tx.inboxCase.update({
    where: { id: thread.id },
    data: { lastMessageAt: answeredAt, revision: { increment: 1 }, ...(waiting ? {} : { state: "answered", dueAt: null, dueSince: null, answeredAt }) },
  });
}
