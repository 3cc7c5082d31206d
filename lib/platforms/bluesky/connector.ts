/** Bluesky through the AT Protocol, with an app password. */

import { z } from "zod";
import { commit } from "../commit.ts";
import {
  type Account,
  type AccountProfile,
  type Checkpoint,
  type CommentList,
  type Connector,
  type Content,
  type Json,
  PlatformFailure,
  type Published,
  type ReplyTarget,
} from "../contract.ts";
import { moderationBy } from "../moderation.ts";
import { outgoingText } from "../outgoing.ts";
import { isRejected, unlessGone } from "../rejections.ts";
import type { Xrpc } from "./client.ts";
import { like, setHidden } from "./moderation.ts";
import { mentionedHandles, outgoingOf, postCollection, postRecord, recordKey, type StrongRef } from "./record.ts";
import { createSession, openSession, refreshSession } from "./session.ts";
import {
  commentRefSchema,
  commentsOf,
  feedItemSchema,
  fromFeed,
  fromRecord,
  permalinkOf,
  recordItemSchema,
  threadSchema,
  webUrlOf,
} from "./transform.ts";
import { uploadVideo } from "./video.ts";

const json: z.ZodType<Json> = z.json();
const writtenSchema = z.object({ uri: z.string(), cid: z.string() });
/** What `publish` gave out for a post of ours. */
const ownRefSchema = z.object({ cid: z.string(), root: z.undefined().optional() });
const blobSchema = z.object({ blob: json });
const profileSchema = z.object({
  did: z.string(),
  handle: z.string(),
  displayName: z.string().optional(),
  followersCount: z.number().optional(),
});
const repoSchema = z.object({ did: z.string(), handle: z.string() });
const feedSchema = z.object({ feed: z.array(z.unknown()), cursor: z.string().optional() });
const recordsSchema = z.object({ records: z.array(z.unknown()), cursor: z.string().optional() });

const mostPosts = 500;
const perPage = "100";
const threadDepth = "100";

/** `now` serves checkpoints, records and rate limits. */
export function blueskyConnector({ now }: { now: () => Date }): Connector {
  const open = (account: Account) => openSession(account.grant, now);

  return {
    platform: "bluesky",
    mode: "api",

    async connect({ baseUrl, identifier, secret }) {
      const session = await createSession(baseUrl, identifier, secret, now);
      const { xrpc } = openSession(session, now);
      return { profile: await readProfile(xrpc, session.did, baseUrl), grant: session };
    },

    fetchProfile: (account) => readProfile(open(account).xrpc, account.remoteId, account.baseUrl),

    refresh: (account, at) => refreshSession(account.grant, now, at),

    async publish(account, content, checkpoint, save) {
      const { xrpc } = open(account);
      const prepared = await prepare(xrpc, content, checkpoint, save, now).catch((error: unknown) => namedAfter(content, error));
      const body = {
        repo: account.remoteId,
        collection: postCollection,
        rkey: recordKey(content.key),
        record: prepared.data.record ?? null,
      };
      const written = await commit(prepared, save, now(), () => xrpc.call("com.atproto.repo.putRecord", body, writtenSchema, true))
        .catch((error: unknown) => forgetBlobs(error, prepared, save))
        .catch((error: unknown) => namedAfter(content, error));
      return { kind: "done", published: toPublished(account, written) };
    },

    /** We chose the record's key, so its look-up is exact. */
    async findPublished(account, content) {
      const params = { repo: account.remoteId, collection: postCollection, rkey: recordKey(content.key) };
      const written = await unlessGone(open(account).xrpc.query("com.atproto.repo.getRecord", params, writtenSchema), "gone" as const);
      return written === "gone" ? { kind: "absent" } : { kind: "found", published: toPublished(account, written) };
    },

    async fetchPosts(account, since) {
      const { xrpc } = open(account);
      return (await postsFromFeed(xrpc, account, since)) ?? postsFromRepository(xrpc, account, since);
    },

    /** One thread per post: unlike notifications it holds the account's own replies and never drops any. It needs an AppView. */
    async fetchComments(account, since, postRemoteIds) {
      const { xrpc } = open(account);
      const list: CommentList = { comments: [], whole: [] };
      for (const uri of postRemoteIds) {
        const params = { uri, depth: threadDepth, parentHeight: "0" };
        const answer = await unlessGone(
          xrpc.appView("app.bsky.feed.getPostThread", params, z.object({ thread: threadSchema })),
          "gone" as const,
        );
        if (answer === "gone") continue;
        if (!answer) throw new PlatformFailure({ kind: "retryable" }, "bluesky: no AppView answers");
        list.comments.push(...commentsOf(answer.thread, account.remoteId, since));
        if (answer.thread.post) list.whole.push(uri);
      }
      return list;
    },

    moderation: moderationBy({
      like: (account, { remoteId }) => like(open(account).xrpc, account.remoteId, remoteId, now()),
      hide: (account, { remoteId }) => setHidden(open(account).xrpc, account.remoteId, remoteId, true, now()),
      unhide: (account, { remoteId }) => setHidden(open(account).xrpc, account.remoteId, remoteId, false, now()),
    }),

    authorize: null,
    collaboration: null,
    readWebhook: null,
    answerChallenge: null,
  };
}

async function readProfile(xrpc: Xrpc, did: string, baseUrl: string): Promise<AccountProfile> {
  const profile = await xrpc.appView("app.bsky.actor.getProfile", { actor: did }, profileSchema);
  const { handle } = profile ?? (await xrpc.query("com.atproto.repo.describeRepo", { repo: did }, repoSchema));
  const webUrl = webUrlOf(baseUrl);
  return {
    remoteId: did,
    handle,
    name: profile?.displayName || handle,
    url: webUrl === null ? null : `${webUrl}/profile/${handle}`,
    followers: profile?.followersCount ?? null,
    commentsOpen: null,
  };
}

function toPublished(account: Account, written: StrongRef): Published {
  return {
    remoteId: written.uri,
    permalink: permalinkOf(webUrlOf(account.baseUrl), written.uri, account.handle),
    ref: { cid: written.cid },
  };
}

type Save = (next: Checkpoint) => Promise<void>;

/** Uploads the pictures or the video and fixes the record, time included: only an identical record makes a repeated write a true no-op. */
async function prepare(xrpc: Xrpc, content: Content, checkpoint: Checkpoint, save: Save, now: () => Date): Promise<Checkpoint> {
  if (checkpoint.data.record !== undefined) return checkpoint;
  const blobs: { [digest: string]: Json } = z.record(z.string(), json).catch({}).parse(checkpoint.data.blobs);
  const keep = () => save({ stage: "prepared", at: checkpoint.at, data: { ...checkpoint.data, blobs: { ...blobs } } });
  for (const { digest, mime, read } of content.pictures) {
    if (blobs[digest] !== undefined) continue;
    const body = await read();
    blobs[digest] = (await xrpc.upload("com.atproto.repo.uploadBlob", { body, mime, length: body.length }, blobSchema)).blob;
    await keep();
  }
  if (content.video && blobs[content.video.digest] === undefined) {
    blobs[content.video.digest] = await uploadVideo(xrpc, content.video, keep);
    await keep();
  }
  const record = postRecord(content, {
    createdAt: now().toISOString(),
    blobs: [...content.pictures, ...(content.video ? [content.video] : [])].map(({ digest }) => blobs[digest] ?? null),
    dids: await resolveHandles(xrpc, mentionedHandles(outgoingText("bluesky", outgoingOf(content)))),
    reply: content.replyTo ? replyRefs(content.replyTo) : null,
  });
  return { stage: "prepared", at: checkpoint.at, data: { ...checkpoint.data, blobs, record } };
}

/** Our own post, answered by our first comment, is the root itself. */
function replyRefs({ remoteId: uri, postRemoteId, ref }: ReplyTarget): { root: StrongRef; parent: StrongRef } {
  const { data } = uri === postRemoteId ? ownRefSchema.safeParse(ref) : commentRefSchema.safeParse(ref);
  if (!data)
    throw new PlatformFailure({ kind: "rejected", code: "reply-reference-missing" }, "bluesky: the comment was read without its reference");
  const parent = { uri, cid: data.cid };
  return { root: data.root ?? parent, parent };
}

/** A mention that does not resolve stays plain text. */
async function resolveHandles(xrpc: Xrpc, handles: string[]): Promise<Map<string, string>> {
  const dids = new Map<string, string>();
  for (const handle of handles) {
    try {
      dids.set(handle, (await xrpc.query("com.atproto.identity.resolveHandle", { handle }, z.object({ did: z.string() }))).did);
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error;
    }
  }
  return dids;
}

/** The server sweeps files that no post used in time: then they are uploaded anew. */
async function forgetBlobs(error: unknown, prepared: Checkpoint, save: Save): Promise<never> {
  if (!isRejected(error, "picture-gone")) throw error;
  const { blobs: _, record: __, ...data } = prepared.data;
  await save({ stage: "new", at: prepared.at, data });
  throw new PlatformFailure({ kind: "retryable" }, "bluesky: the uploaded files are gone", { cause: error });
}

/** The server's words for a refused file do not tell a video from a picture. */
function namedAfter({ video }: Content, error: unknown): never {
  if (!video || !isRejected(error, "picture-refused")) throw error;
  throw new PlatformFailure({ ...error.failure, code: "video-refused" }, error.message, { cause: error });
}

async function postsFromFeed(xrpc: Xrpc, account: Account, since: Date) {
  const found = [];
  let cursor: string | undefined;
  do {
    const params = { actor: account.remoteId, filter: "posts_no_replies", limit: perPage, ...(cursor === undefined ? {} : { cursor }) };
    const page = await xrpc.appView("app.bsky.feed.getAuthorFeed", params, feedSchema);
    if (!page) return null;
    const items = page.feed.map((item) => feedItemSchema.safeParse(item).data).filter((item) => item !== undefined);
    const young = items.map((item) => fromFeed(item, webUrlOf(account.baseUrl))).filter((post) => post.publishedAt >= since);
    found.push(...young);
    cursor = young.length > 0 ? page.cursor : undefined;
  } while (cursor !== undefined && found.length < mostPosts);
  return found.slice(0, mostPosts);
}

/** Records come in the order of their keys, and the key of a scheduled post is as old as its plan: a page must be all too old to be the last. */
async function postsFromRepository(xrpc: Xrpc, account: Account, since: Date) {
  const found = [];
  let cursor: string | undefined;
  do {
    const params = { repo: account.remoteId, collection: postCollection, limit: perPage, ...(cursor === undefined ? {} : { cursor }) };
    const page = await xrpc.query("com.atproto.repo.listRecords", params, recordsSchema);
    const items = page.records.map((record) => recordItemSchema.safeParse(record).data).filter((item) => item !== undefined);
    const young = items.filter((item) => item.value.createdAt >= since);
    found.push(...young.filter((item) => !item.value.reply).map((item) => fromRecord(item, webUrlOf(account.baseUrl), account.handle)));
    cursor = young.length > 0 ? page.cursor : undefined;
  } while (cursor !== undefined && found.length < mostPosts);
  return found.sort((one, other) => other.publishedAt.getTime() - one.publishedAt.getTime()).slice(0, mostPosts);
}
