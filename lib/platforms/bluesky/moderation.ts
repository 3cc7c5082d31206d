/** Likes and hidden replies, which are records in the account's own repository. */

import { z } from "zod";
import { type Json, PlatformFailure } from "../contract.ts";
import { unlessGone } from "../rejections.ts";
import type { Xrpc } from "./client.ts";
import { recordKey, type StrongRef } from "./record.ts";
import { rkeyOf } from "./transform.ts";

const likeCollection = "app.bsky.feed.like";
const gateCollection = "app.bsky.feed.threadgate";
/** The lexicon's own limit. */
const mostHidden = 300;

const strongRef = z.object({ uri: z.string(), cid: z.string() });
const postsSchema = z.object({
  posts: z.array(
    strongRef.extend({
      record: z.object({ reply: z.object({ root: strongRef }).optional() }),
      viewer: z.object({ like: z.string().optional() }).optional(),
    }),
  ),
});
type Shown = z.output<typeof postsSchema>["posts"][number];
/** Whatever else the record holds, such as who may answer, is kept. */
const gateSchema = z.object({
  cid: z.string(),
  value: z.looseObject({ hiddenReplies: z.array(z.string()).optional() }),
});
const writtenSchema = z.object({ uri: z.string(), cid: z.string() });

const refused = (code: string, message: string) => new PlatformFailure({ kind: "rejected", code }, `bluesky: ${message}`);

/** The post behind an address, as the AppView shows it. Throws rejected where it is gone. */
async function read(xrpc: Xrpc, uri: string): Promise<Shown> {
  const answer = await xrpc.appView("app.bsky.feed.getPosts", { uris: uri }, postsSchema);
  if (!answer) throw new PlatformFailure({ kind: "retryable" }, "bluesky: no AppView answers");
  const [post] = answer.posts;
  if (!post) throw refused("not-found", "the comment is gone");
  return post;
}

/** Likes a comment. The record's key follows from the comment, so that a repeated like is the same one. */
export async function like(xrpc: Xrpc, did: string, comment: string, now: Date): Promise<void> {
  const { uri, cid, viewer } = await read(xrpc, comment);
  if (viewer?.like !== undefined) return;
  const subject: StrongRef = { uri, cid };
  const record: Json = { $type: likeCollection, subject, createdAt: now.toISOString() };
  const body = { repo: did, collection: likeCollection, rkey: recordKey(`like ${uri}`), record };
  await xrpc.call("com.atproto.repo.putRecord", body, writtenSchema, false);
}

/**
 * Hides a reply, or shows it again, by the gate of the thread's first post: a record beside it, under the same key. Written only over the gate
 * that was read (`swapRecord`): where somebody else was faster, it is to be tried again.
 */
export async function setHidden(xrpc: Xrpc, did: string, comment: string, hidden: boolean, now: Date): Promise<void> {
  const { record } = await read(xrpc, comment);
  const post = record.reply?.root.uri;
  if (!post?.startsWith(`at://${did}/`)) throw refused("not-permitted", "only replies under the account's own posts can be hidden");
  const place = { repo: did, collection: gateCollection, rkey: rkeyOf(post) };
  const gate = await unlessGone(xrpc.query("com.atproto.repo.getRecord", place, gateSchema), null);
  const before = gate?.value.hiddenReplies ?? [];
  if (before.includes(comment) === hidden) return;
  const hiddenReplies = hidden ? [...before, comment] : before.filter((one) => one !== comment);
  if (hiddenReplies.length > mostHidden) throw refused("too-many-hidden", `a thread hides ${mostHidden} replies at most`);
  const fresh = { $type: gateCollection, post, createdAt: now.toISOString() };
  const value = z.json().parse({ ...fresh, ...gate?.value, hiddenReplies });
  const body = { ...place, record: value, swapRecord: gate?.cid ?? null };
  await xrpc.call("com.atproto.repo.putRecord", body, writtenSchema, false);
}
