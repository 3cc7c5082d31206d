/** Answers to comments, and our own comment straight under a post. */

import { z } from "zod";
import { clockSkew, commit } from "../commit.ts";
import { type Account, type Checkpoint, type Content, type Found, PlatformFailure, type Published } from "../contract.ts";
import { outgoingText } from "../outgoing.ts";
import { unlessGone } from "../rejections.ts";
import type { Graph } from "./client.ts";
import { listReplies, listTop } from "./lists.ts";
import { commentRef, commentRefSchema, isOwn, sameText } from "./transform.ts";

const idSchema = z.object({ id: z.string() });
const parentSchema = z.object({ id: z.string(), parent_id: z.string().optional() });

type Save = (next: Checkpoint) => Promise<void>;
/** Under a post, or in the thread of the comment `top`. */
type Place = { post: string; top: null } | { post: null; top: string };

/** Sends a comment or an answer once. Throws rejected where what it answers is gone, or where it carries more than words. */
export async function sendReply(graph: Graph, content: Content, checkpoint: Checkpoint, save: Save, now: () => Date): Promise<Published> {
  if (content.pictures.length > 0 || content.video)
    throw new PlatformFailure({ kind: "rejected", code: "pictures-in-reply" }, "instagram: a reply carries text only");
  const place = await placeOf(graph, content);
  if (place === null) throw new PlatformFailure({ kind: "rejected", code: "not-found" }, "instagram: the comment is gone");
  const path = place.top === null ? `${place.post}/comments` : `${place.top}/replies`;
  const body = { message: replyText(content) };
  const { id } = await commit(checkpoint, save, now(), () => graph.post(path, body, idSchema, true));
  return { remoteId: id, permalink: null, ref: commentRef(place.top) };
}

/**
 * Looks for a comment of ours by its words and its time. Replies to several citizens in one thread stand side by side: one from
 * before the attempt, though within the clocks' play, decides nothing.
 */
export async function findReply(graph: Graph, account: Account, content: Content, since: Date): Promise<Found> {
  const place = await placeOf(graph, content);
  if (place === null) return { kind: "absent" };
  const near = since.getTime() - clockSkew;
  const listed = place.top === null ? listTop(graph, place.post) : listReplies(graph, place.top);
  const like = (await unlessGone(listed, [])).filter(
    (reply) => isOwn(reply, account) && sameText(reply.text, replyText(content)) && reply.timestamp.getTime() >= near,
  );
  const ours = like.filter((reply) => reply.timestamp.getTime() >= Math.floor(since.getTime() / 1000) * 1000);
  if (ours.length === 1 && ours[0])
    return { kind: "found", published: { remoteId: ours[0].id, permalink: null, ref: commentRef(place.top) } };
  return { kind: like.length === 0 ? "absent" : "unknown" };
}

const replyText = (content: Content): string => outgoingText("instagram", { text: content.text, link: content.link, withPictures: true });

/** Instagram takes replies to the comments at the top alone. Null when the comment is gone. */
async function placeOf(graph: Graph, content: Content): Promise<Place | null> {
  const { remoteId, postRemoteId, ref } = content.replyTo!;
  if (remoteId === postRemoteId) return { post: remoteId, top: null };
  const known = commentRefSchema.safeParse(ref);
  if (known.success) return { post: null, top: known.data.top ?? remoteId };
  const comment = await unlessGone(graph.get(remoteId, { fields: "id,parent_id" }, parentSchema), null);
  return comment && { post: null, top: comment.parent_id ?? comment.id };
}
