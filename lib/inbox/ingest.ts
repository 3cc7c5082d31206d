import { now } from "../core/clock.ts";
import { sha256 } from "../core/crypto.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { signal } from "../core/live.ts";
import { cut, storable } from "../core/text.ts";
import type { RemoteComment } from "../platforms/contract.ts";
import { closeDuty, type IngestChannel, noteCitizenMessage, type Thread } from "./duties.ts";
import { maskPersonalData } from "./masking.ts";
import { triage } from "./triage.ts";

export type Ingested = { created: number; known: number };

/** How long a private conversation may rest before the next message of its citizen begins a new case. */
const restMs = 7 * 86_400_000;
const isPrivate = (comment: RemoteComment) => comment.postRemoteId === null;

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

async function takeIn(tx: Tx, channel: IngestChannel, told: RemoteComment): Promise<boolean> {
  const at = now();
  // The clock of a platform may be ahead of ours; an id never lies in the future.
  const sentAt = told.sentAt > at ? at : told.sentAt;
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO remote_key (channel_id, remote_id, subject, subject_id) VALUES (${channel.id}::uuid, ${told.remoteId}, 'message', garda_uuidv7(${sentAt}))
    ON CONFLICT DO NOTHING RETURNING subject_id AS id`;
  if (!row) return false;
  const comment = await placed(tx, channel, told);
  const thread = await findThread(tx, channel, comment);
  if (comment.own && !thread) return beforeItsThread(tx, channel, comment);
  const masked = maskPersonalData(storable(comment.text));
  const name = cut(maskPersonalData(storable(comment.author.name)).text, 120);
  const found = thread ?? (await openCase(tx, channel, comment, { name, text: masked.text, found: masked.found, sentAt }));
  await tx.message.create({
    data: {
      id: row.id,
      channelId: channel.id,
      caseId: found.id,
      remoteId: comment.remoteId,
      parentRemoteId: comment.parentRemoteId,
      direction: comment.own ? "out" : "in",
      authorName: name,
      text: masked.text,
      attachment: comment.attachment ?? null,
      masked: masked.found,
      sentAt,
      receivedAt: at,
      ref: comment.ref ?? Prisma.DbNull,
    },
  });
  if (comment.own) await closeDuty(tx, channel, found, sentAt);
  else {
    if (isPrivate(comment)) await judgeAgain(tx, found, masked.text);
    await noteCitizenMessage(tx, channel, found, { messageId: row.id, remoteId: comment.remoteId, text: masked.text, sentAt });
    // A voice or a picture sent to us alone has no words to sort it by: a person has to look.
    if (isPrivate(comment) && masked.text.trim() === "")
      await tx.inboxCase.update({ where: { id: found.id }, data: { state: "open", doneAt: null } });
  }
  await signal(tx, { topic: "case", unitId: found.unitId, id: found.id });
  return true;
}

/**
 * Where a comment belongs when the platform tells it otherwise than people see it: a word on our own answer is told as one on
 * a post of ours, and a word on our own first comment as an answer to it, though it is meant for the post.
 */
async function placed(tx: Tx, channel: IngestChannel, comment: RemoteComment): Promise<RemoteComment> {
  const { parentRemoteId, postRemoteId } = comment;
  const near = parentRemoteId ?? postRemoteId;
  if (near === null || postRemoteId === null) return comment;
  const key = await tx.remoteKey.findUnique({ where: { channelId_remoteId: { channelId: channel.id, remoteId: near } } });
  if (key?.subject !== "message") return comment;
  const isMessage = (await tx.message.count({ where: { id: key.subjectId } })) > 0;
  return { ...comment, parentRemoteId: isMessage ? near : null };
}

/**
 * The account's own word without a thread to join: dropped, unless the comment that it answers is still to come. Then it is
 * forgotten, and the next look takes it in after that comment.
 */
async function beforeItsThread(tx: Tx, channel: IngestChannel, { remoteId, parentRemoteId }: RemoteComment): Promise<boolean> {
  const known = parentRemoteId === null || (await tx.remoteKey.count({ where: { channelId: channel.id, remoteId: parentRemoteId } })) > 0;
  if (!known) await tx.remoteKey.delete({ where: { channelId_remoteId: { channelId: channel.id, remoteId } } });
  return known;
}

/**
 * The thread that a comment belongs to, locked; of two comments that would begin the same one the second waits for the
 * first. A reply may arrive before its parent: the thread then begins with it.
 */
async function findThread(tx: Tx, channel: IngestChannel, comment: RemoteComment): Promise<Thread | null> {
  const root = isPrivate(comment) ? comment.author.remoteId : (comment.parentRemoteId ?? comment.remoteId);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${channel.id}:${root}`}, 0))`;
  const rows = await tx.$queryRaw<Thread[]>(Prisma.sql`
    SELECT c.id, c.unit_id AS "unitId", c.last_message_at AS "lastMessageAt" FROM inbox_case c
    WHERE c.channel_id = ${channel.id}::uuid AND ${isPrivate(comment) ? conversationSql(channel, comment) : threadSql(channel, comment)}
    LIMIT 1 FOR UPDATE`);
  return rows[0] ?? null;
}

const threadSql = (channel: IngestChannel, { parentRemoteId, remoteId }: RemoteComment) => Prisma.sql`
  (c.root_remote_id = ${parentRemoteId ?? remoteId}
    OR c.id = (SELECT m.case_id FROM remote_key k JOIN message m ON m.id = k.subject_id
      WHERE k.channel_id = ${channel.id}::uuid AND k.remote_id = ${parentRemoteId} AND k.subject = 'message'))`;

/** A citizen's private messages are one conversation while its case is open, or something happened in it not long ago. */
const conversationSql = (channel: IngestChannel, { author, sentAt }: RemoteComment) => Prisma.sql`
  c.remote_post_id IS NULL AND (c.state = 'open' OR greatest(c.done_at, c.last_message_at) >= ${new Date(sentAt.getTime() - restMs)})
    AND c.citizen_id = (SELECT id FROM citizen WHERE channel_id = ${channel.id}::uuid AND remote_id = ${author.remoteId})
  ORDER BY c.last_message_at DESC`;

type Incoming = { name: string; text: string; found: string[]; sentAt: Date };

async function openCase(tx: Tx, channel: IngestChannel, comment: RemoteComment, incoming: Incoming): Promise<Thread> {
  const judged = triage(incoming.text);
  // People whose name the platform withholds are not one and the same person.
  const author = comment.author.remoteId || `withheld:${comment.remoteId}`;
  const citizen = await tx.citizen.upsert({
    where: { channelId_remoteId: { channelId: channel.id, remoteId: author } },
    create: { channelId: channel.id, remoteId: author, pseudonym: pseudonymOf(channel.id, author), firstSeenAt: incoming.sentAt },
    update: {},
    select: { id: true },
  });
  const post =
    comment.postRemoteId === null
      ? null
      : await tx.remotePost.findUnique({
          where: { channelId_remoteId: { channelId: channel.id, remoteId: comment.postRemoteId } },
          select: { id: true },
        });
  const created = await tx.inboxCase.create({
    data: {
      channelId: channel.id,
      unitId: channel.unitId,
      governmentId: channel.governmentId,
      remotePostId: post?.id ?? null,
      // A private message may quote one of an earlier case, which is not where this one begins.
      rootRemoteId: isPrivate(comment) ? comment.remoteId : (comment.parentRemoteId ?? comment.remoteId),
      citizenId: citizen.id,
      authorName: incoming.name,
      excerpt: cut(incoming.text, 200),
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
      units: {
        create: { unitId: channel.unitId, role: "owner", state: judged.needsReply ? "open" : "done", lastMessageAt: incoming.sentAt },
      },
    },
    select: { id: true, unitId: true, lastMessageAt: true },
  });
  return created;
}

/** People greet before they ask: what a quiet conversation is about is said by the next message that needs an answer. */
async function judgeAgain(tx: Tx, thread: Thread, text: string) {
  const { needsReply, kind, confidence, reasons, urgent, sensitive } = triage(text);
  if (!needsReply) return;
  const judged = {
    kind,
    confidence: Math.round(confidence * 100),
    reasons: reasons as unknown as Prisma.InputJsonValue,
    urgent,
    sensitive,
  };
  await tx.inboxCase.updateMany({
    where: { id: thread.id, state: { not: "open" }, kindBy: "rule" },
    data: { ...judged, excerpt: cut(text, 200) },
  });
}

/** Stable for a person on one account, and tells nothing about who it is. */
export const pseudonymOf = (channelId: string, remoteId: string) => `W-${sha256(`${channelId}:${remoteId}`).slice(0, 6).toUpperCase()}`;
