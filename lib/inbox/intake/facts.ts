/** The set-based SQL of intake: what many messages need is read and written at once. */

import { Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import type { Attachment, Json } from "../../platforms/contract.ts";
import type { Kind } from "../kinds.ts";
import type { Reason } from "../sorting/triage.ts";
import type { Topic } from "../topics/topic-rules.ts";
import type { Heard } from "./ingest.ts";
import { keyOf } from "./places.ts";

/** One writer an account: of two callers with the same comments the second waits, and then knows them. */
export const lockChannels = (tx: Tx, ids: readonly string[]) =>
  tx.$executeRaw(Prisma.sql`
    SELECT pg_advisory_xact_lock(hashtextextended('inbox:' || id, 0)) FROM (SELECT id FROM unnest(${ids}::text[]) AS id ORDER BY id) AS channels`);

/** Enters the remote ids and gives each its message id; those that somebody else entered meanwhile are missing. By `keyOf`. */
export async function registerKeys(tx: Tx, heard: readonly Heard[]): Promise<Map<string, string>> {
  if (!heard.length) return new Map();
  const rows = heard.map(({ channel, comment }) => ({ channel_id: channel.id, remote_id: comment.remoteId, sent_at: comment.sentAt }));
  const taken = await tx.$queryRaw<{ channelId: string; remoteId: string; id: string }[]>(Prisma.sql`
    INSERT INTO remote_key (channel_id, remote_id, subject, subject_id)
    SELECT channel_id, remote_id, 'message', garda_uuidv7(sent_at) FROM ${recordset(rows, "channel_id uuid, remote_id text, sent_at timestamptz")}
    ON CONFLICT DO NOTHING RETURNING channel_id AS "channelId", remote_id AS "remoteId", subject_id AS id`);
  return new Map(taken.map(({ channelId, remoteId, id }) => [keyOf(channelId, remoteId), id]));
}

/** Forgets remote ids that were entered too early: the next look takes them in. */
export async function forgetKeys(tx: Tx, heard: readonly Heard[]) {
  if (!heard.length) return;
  const rows = heard.map(({ channel, comment }) => ({ channel_id: channel.id, remote_id: comment.remoteId }));
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM remote_key k USING ${recordset(rows, "channel_id uuid, remote_id text")}
    WHERE k.channel_id = x.channel_id AND k.remote_id = x.remote_id AND k.subject = 'message'`);
}

type Author = { channelId: string; remoteId: string; sentAt: Date };

/** The citizens' ids by `keyOf`; who is new is entered under a pseudonym. */
export async function citizensOf(
  tx: Tx,
  authors: readonly Author[],
  pseudonym: (channelId: string, remoteId: string) => string,
): Promise<Map<string, string>> {
  if (!authors.length) return new Map();
  const first = new Map<string, object>();
  for (const { channelId, remoteId, sentAt } of authors.toReversed())
    first.set(keyOf(channelId, remoteId), {
      channel_id: channelId,
      remote_id: remoteId,
      pseudonym: pseudonym(channelId, remoteId),
      first_seen_at: sentAt,
    });
  const columns = "channel_id uuid, remote_id text, pseudonym text, first_seen_at timestamptz";
  const rows = await tx.$queryRaw<{ id: string; channelId: string; remoteId: string }[]>(Prisma.sql`
    WITH given AS MATERIALIZED (SELECT * FROM ${recordset([...first.values()], columns)}),
    made AS (INSERT INTO citizen (channel_id, remote_id, pseudonym, first_seen_at) SELECT * FROM given
      ON CONFLICT DO NOTHING RETURNING id, channel_id, remote_id)
    SELECT id, channel_id AS "channelId", remote_id AS "remoteId" FROM made
    UNION ALL SELECT c.id, c.channel_id, c.remote_id FROM given g JOIN citizen c USING (channel_id, remote_id)`);
  return new Map(rows.map(({ id, channelId, remoteId }) => [keyOf(channelId, remoteId), id]));
}

/** The posts that are known by their remote ids, by `keyOf`. */
export async function postsOf(tx: Tx, posts: readonly { channelId: string; remoteId: string | null }[]): Promise<Map<string, string>> {
  const named = posts.flatMap(({ channelId, remoteId }) => (remoteId === null ? [] : [{ channel_id: channelId, remote_id: remoteId }]));
  if (!named.length) return new Map();
  const rows = await tx.$queryRaw<{ id: string; channelId: string; remoteId: string }[]>(Prisma.sql`
    SELECT DISTINCT p.id, p.channel_id AS "channelId", p.remote_id AS "remoteId"
    FROM ${recordset(named, "channel_id uuid, remote_id text")} JOIN remote_post p USING (channel_id, remote_id)`);
  return new Map(rows.map(({ id, channelId, remoteId }) => [keyOf(channelId, remoteId), id]));
}

/** Conversations that came before the post under which they stand is known: from now on they stand under it. */
export const linkCases = (tx: Tx, channelId: string) =>
  tx.$executeRaw(Prisma.sql`
    UPDATE inbox_case c SET remote_post_id = p.id FROM remote_post p
    WHERE c.channel_id = ${channelId}::uuid AND c.remote_post_id IS NULL AND c.post_remote_id IS NOT NULL
      AND p.channel_id = c.channel_id AND p.remote_id = c.post_remote_id`);

export type NewCase = {
  id: string;
  channelId: string;
  unitId: string;
  governmentId: string;
  remotePostId: string | null;
  postRemoteId: string | null;
  rootRemoteId: string;
  citizenId: string;
  authorName: string;
  excerpt: string;
  state: "open" | "done";
  kind: Kind;
  confidence: number;
  reasons: readonly Reason[];
  urgent: boolean;
  sensitive: boolean;
  unsure: boolean;
  hasPii: boolean;
  topic: Topic | null;
  place: string | null;
  receivedAt: Date;
  lastRemoteId: string;
};

/** Writes new cases down; nobody sees them before `showCases`. */
export async function insertCases(tx: Tx, cases: readonly NewCase[]) {
  if (!cases.length) return;
  const rows = cases.map((one) => ({
    id: one.id,
    channel_id: one.channelId,
    unit_id: one.unitId,
    government_id: one.governmentId,
    remote_post_id: one.remotePostId,
    post_remote_id: one.postRemoteId,
    root_remote_id: one.rootRemoteId,
    citizen_id: one.citizenId,
    author_name: one.authorName,
    excerpt: one.excerpt,
    state: one.state,
    kind: one.kind,
    confidence: one.confidence,
    reasons: one.reasons,
    urgent: one.urgent,
    sensitive: one.sensitive,
    unsure: one.unsure,
    has_pii: one.hasPii,
    topic: one.topic,
    place: one.place,
    received_at: one.receivedAt,
    last_remote_id: one.lastRemoteId,
  }));
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO inbox_case (id, channel_id, unit_id, government_id, remote_post_id, post_remote_id, root_remote_id, citizen_id, author_name, excerpt, state, kind, confidence,
        reasons, urgent, sensitive, unsure, has_pii, topic, place, received_at, last_message_at, last_remote_id)
    SELECT id, channel_id, unit_id, government_id, remote_post_id, post_remote_id, root_remote_id, citizen_id, author_name, excerpt, state, kind, confidence,
        reasons, urgent, sensitive, unsure, has_pii, topic, place, received_at, received_at, last_remote_id FROM ${recordset(
          rows,
          `id uuid, channel_id uuid, unit_id uuid, government_id uuid, remote_post_id uuid, post_remote_id text, root_remote_id text, citizen_id uuid, author_name text, excerpt text,
       state text, kind text, confidence int, reasons jsonb, urgent boolean, sensitive boolean, unsure boolean, has_pii boolean, topic text, place text, received_at timestamptz,
       last_remote_id text`,
        )}`);
}

/** Lets the units see new cases whose accounts they came to; done once they stand as they are, as lists are indexed by that. */
export const showCases = (tx: Tx, ids: readonly string[]) =>
  tx.$executeRaw(Prisma.sql`
    INSERT INTO case_unit (case_id, unit_id, role, state, due_at, last_message_at, government_id, channel_id, kind, urgent)
    SELECT id, unit_id, 'owner', state, due_at, last_message_at, government_id, channel_id, kind, urgent FROM inbox_case WHERE id = ANY(${ids}::uuid[])`);

export type NewMessage = {
  id: string;
  channelId: string;
  governmentId: string;
  caseId: string;
  remoteId: string;
  parentRemoteId: string | null;
  direction: "in" | "out";
  authorName: string;
  text: string;
  attachment: Attachment | null;
  masked: string[];
  sentAt: Date;
  receivedAt: Date;
  ref: Json;
  replyId: string | null;
  via: "webhook" | "poll" | "reply";
  kind: Kind | null;
  needsReply: boolean | null;
  urgent: boolean | null;
};

/**
 * What a message is found by: its words as Indonesian stems, and one mark for its government and month (UTC), so that a search
 * within one government reads newest months first and never another's words.
 */
export const searchVector = (text: Prisma.Sql, governmentId: Prisma.Sql) => Prisma.sql`
  to_tsvector('indonesian', ${text}) || array_to_tsvector(ARRAY['g:' || ${governmentId} || ':' || to_char(sent_at AT TIME ZONE 'UTC', 'YYYYMM')])`;

/** Writes messages down. */
export async function insertMessages(tx: Tx, messages: readonly NewMessage[]) {
  const rows = messages.map((one) => ({
    id: one.id,
    channel_id: one.channelId,
    government_id: one.governmentId,
    case_id: one.caseId,
    remote_id: one.remoteId,
    parent_remote_id: one.parentRemoteId,
    direction: one.direction,
    author_name: one.authorName,
    text: one.text,
    attachment: one.attachment,
    masked: one.masked,
    sent_at: one.sentAt,
    received_at: one.receivedAt,
    ref: one.ref,
    reply_id: one.replyId,
    via: one.via,
    kind: one.kind,
    needs_reply: one.needsReply,
    urgent: one.urgent,
  }));
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO message (id, channel_id, case_id, remote_id, parent_remote_id, direction, author_name, text, attachment, masked, sent_at, received_at, ref,
      reply_id, via, kind, needs_reply, urgent, search)
    SELECT id, channel_id, case_id, remote_id, parent_remote_id, direction, author_name, text, attachment, masked, sent_at, received_at, nullif(ref, 'null'::jsonb),
      reply_id, via, kind, needs_reply, urgent, ${searchVector(Prisma.sql`text`, Prisma.sql`government_id::text`)}
    FROM ${recordset(
      rows,
      `id uuid, channel_id uuid, government_id uuid, case_id uuid, remote_id text, parent_remote_id text, direction text, author_name text, text text,
       attachment text, masked text[], sent_at timestamptz, received_at timestamptz, ref jsonb, reply_id uuid, via text, kind text, needs_reply boolean,
       urgent boolean`,
    )}`);
}
