import { Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import type { RemoteComment } from "../../platforms/contract.ts";
import type { Heard, IngestChannel } from "./ingest.ts";

/** How an account's remote id is looked up here. */
export const keyOf = (channelId: string, remoteId: string) => `${channelId} ${remoteId}`;

/** How long a private conversation may rest before the next message of its citizen begins a new case. */
const restMs = 7 * 86_400_000;

export type Places = Awaited<ReturnType<typeof placesOf>>;

/** What is known of a remote id; a message of which nothing was kept (our own first comment) has no case. */
type Key = { subject: string; caseId: string | null };
type Conversation = { id: string; open: boolean; restsSince: Date };

/**
 * Where the comments of a batch belong: read once, and kept up to date while the batch is gone through in order, so that a
 * thread that it begins is found by what follows.
 */
export async function placesOf(tx: Tx, heard: readonly Heard[]) {
  const keys = await knownKeys(tx, heard);
  const roots = await knownRoots(tx, heard);
  const conversations = await knownConversations(tx, heard);
  const spare = await freshIds(tx, heard.length);

  const keyAt = (channel: IngestChannel, remoteId: string | null) =>
    remoteId === null ? undefined : keys.get(keyOf(channel.id, remoteId));
  const isPrivate = (comment: RemoteComment) => comment.postRemoteId === null;

  return {
    isKnown: ({ channel, comment }: Heard) => keyAt(channel, comment.remoteId) !== undefined,

    /**
     * A comment where people see it, when the platform tells it otherwise: a word on our own answer is told as one on a post of
     * ours, and a word on our own first comment as an answer to it, though it is meant for the post.
     */
    placed({ channel, comment }: Heard): RemoteComment {
      const { parentRemoteId, postRemoteId } = comment;
      const near = parentRemoteId ?? postRemoteId;
      if (near === null || postRemoteId === null) return comment;
      const key = keyAt(channel, near);
      if (key?.subject !== "message") return comment;
      return { ...comment, parentRemoteId: key.caseId ? near : null };
    },

    /** The case that a comment belongs to. A reply may arrive before its parent: the thread then begins with it. */
    threadOf(channel: IngestChannel, comment: RemoteComment): string | null {
      if (isPrivate(comment)) {
        const found = conversations.get(keyOf(channel.id, comment.author.remoteId));
        return found && (found.open || found.restsSince.getTime() >= comment.sentAt.getTime() - restMs) ? found.id : null;
      }
      const root = roots.get(keyOf(channel.id, comment.parentRemoteId ?? comment.remoteId));
      return root ?? keyAt(channel, comment.parentRemoteId)?.caseId ?? null;
    },

    /** Whether the account's own word without a thread answers something that is known: then it is no citizen's matter. */
    isBegun: (channel: IngestChannel, { parentRemoteId }: RemoteComment) =>
      parentRemoteId === null || keyAt(channel, parentRemoteId) !== undefined,

    /** A new case's id. */
    begin(channel: IngestChannel, comment: RemoteComment): string {
      const id = spare.pop()!;
      if (!isPrivate(comment)) roots.set(keyOf(channel.id, comment.parentRemoteId ?? comment.remoteId), id);
      return id;
    },

    join(channel: IngestChannel, comment: RemoteComment, caseId: string) {
      keys.set(keyOf(channel.id, comment.remoteId), { subject: "message", caseId });
      if (isPrivate(comment) && !comment.own)
        conversations.set(keyOf(channel.id, comment.author.remoteId), { id: caseId, open: true, restsSince: comment.sentAt });
    },
  };
}

const named = (heard: readonly Heard[], pick: (comment: RemoteComment) => (string | null)[]) => {
  const rows = heard.flatMap(({ channel, comment }) =>
    pick(comment).flatMap((remoteId) =>
      remoteId === null ? [] : [[keyOf(channel.id, remoteId), { channel_id: channel.id, remote_id: remoteId }] as const],
    ),
  );
  return recordset([...new Map(rows).values()], "channel_id uuid, remote_id text");
};

async function knownKeys(tx: Tx, heard: readonly Heard[]): Promise<Map<string, Key>> {
  const rows = await tx.$queryRaw<(Key & { channelId: string; remoteId: string })[]>(Prisma.sql`
    SELECT k.channel_id AS "channelId", k.remote_id AS "remoteId", k.subject, m.case_id AS "caseId"
    FROM ${named(heard, ({ remoteId, parentRemoteId, postRemoteId }) => [remoteId, parentRemoteId, postRemoteId])}
    JOIN remote_key k USING (channel_id, remote_id) LEFT JOIN message m ON k.subject = 'message' AND m.id = k.subject_id`);
  return new Map(rows.map(({ channelId, remoteId, ...key }) => [keyOf(channelId, remoteId), key]));
}

async function knownRoots(tx: Tx, heard: readonly Heard[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; channelId: string; remoteId: string }[]>(Prisma.sql`
    SELECT c.id, c.channel_id AS "channelId", c.root_remote_id AS "remoteId"
    FROM ${named(heard, ({ remoteId, parentRemoteId, postRemoteId }) => [remoteId, parentRemoteId, postRemoteId])}
    JOIN inbox_case c ON c.channel_id = x.channel_id AND c.root_remote_id = x.remote_id`);
  return new Map(rows.map(({ id, channelId, remoteId }) => [keyOf(channelId, remoteId), id]));
}

/** A citizen's private messages are one conversation while its case is open, or something happened in it not long ago. */
async function knownConversations(tx: Tx, heard: readonly Heard[]): Promise<Map<string, Conversation>> {
  const messages = heard.filter(({ comment }) => comment.postRemoteId === null);
  if (!messages.length) return new Map();
  const rows = await tx.$queryRaw<(Conversation & { channelId: string; remoteId: string })[]>(Prisma.sql`
    SELECT DISTINCT ON (z.id) z.channel_id AS "channelId", z.remote_id AS "remoteId", c.id, c.state IN ('open', 'snoozed') AS open,
      greatest(c.done_at, c.last_message_at) AS "restsSince"
    FROM ${named(messages, ({ author }) => [author.remoteId])} JOIN citizen z USING (channel_id, remote_id)
    JOIN inbox_case c ON c.citizen_id = z.id AND c.remote_post_id IS NULL
    ORDER BY z.id, c.state IN ('open', 'snoozed') DESC, c.last_message_at DESC`);
  return new Map(rows.map(({ channelId, remoteId, ...found }) => [keyOf(channelId, remoteId), found]));
}

const freshIds = async (tx: Tx, count: number): Promise<string[]> =>
  (await tx.$queryRaw<{ id: string }[]>`SELECT garda_uuidv7() AS id FROM generate_series(1, ${count}::int)`).map(({ id }) => id);
