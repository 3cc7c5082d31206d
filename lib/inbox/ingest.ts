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
      masked: masked.found,
      sentAt,
      receivedAt: at,
      ref: comment.ref ?? Prisma.DbNull,
    },
  });
  if (comment.own) await closeDuty(tx, channel, found, sentAt);
  else await noteCitizenMessage(tx, channel, found, { messageId: row.id, remoteId: comment.remoteId, text: masked.text, sentAt });
  await signal(tx, { topic: "case", unitId: found.unitId, id: found.id });
  return true;
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
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${channel.id}:${comment.parentRemoteId ?? comment.remoteId}`}, 0))`;
  const rows = await tx.$queryRaw<Thread[]>(Prisma.sql`
    SELECT c.id, c.unit_id AS "unitId", c.last_message_at AS "lastMessageAt" FROM inbox_case c
    WHERE c.channel_id = ${channel.id}::uuid AND (c.root_remote_id = ${comment.parentRemoteId ?? comment.remoteId}
      OR c.id = (SELECT m.case_id FROM remote_key k JOIN message m ON m.id = k.subject_id
        WHERE k.channel_id = ${channel.id}::uuid AND k.remote_id = ${comment.parentRemoteId} AND k.subject = 'message'))
    LIMIT 1 FOR UPDATE`);
  return rows[0] ?? null;
}

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
      rootRemoteId: comment.parentRemoteId ?? comment.remoteId,
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

/** Stable for a person on one account, and tells nothing about who it is. */
export const pseudonymOf = (channelId: string, remoteId: string) => `W-${sha256(`${channelId}:${remoteId}`).slice(0, 6).toUpperCase()}`;
