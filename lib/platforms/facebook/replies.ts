/** Answers to comments, and our own comment straight under a post. */

import { z } from "zod";
import { commit, firstCommit } from "../commit.ts";
import { type Account, type Checkpoint, type Content, PlatformFailure, type Published } from "../contract.ts";
import { outgoingText } from "../outgoing.ts";
import { isRejected, unlessGone } from "../rejections.ts";
import type { Graph } from "./client.ts";
import { readPermalink } from "./graph.ts";
import { listComments } from "./lists.ts";
import { commentSchema, type GraphComment, sameText } from "./transform.ts";

const idSchema = z.object({ id: z.string() });

/** Sends a comment or an answer once: both stand under what they answer. */
export async function sendReply(
  graph: Graph,
  content: Content,
  checkpoint: Checkpoint,
  save: (next: Checkpoint) => Promise<void>,
  now: () => Date,
): Promise<Published> {
  if (content.pictures.length > 0 || content.video)
    throw new PlatformFailure({ kind: "rejected", code: "pictures-in-reply" }, "facebook: a reply carries text only");
  const body = new URLSearchParams({ message: replyText(content) });
  const { id } = await commit(checkpoint, save, now(), () =>
    graph.post(`${content.replyTo!.remoteId}/comments`, body, idSchema, true).catch((error: unknown) => duplicateOfOurs(error, checkpoint)),
  );
  return { remoteId: id, permalink: await readPermalink(graph, id), ref: null };
}

/** After an earlier try, "duplicate" may be our own: then it is to be looked up, not refused. */
export function duplicateOfOurs(error: unknown, before: Checkpoint): never {
  if (firstCommit(before) && isRejected(error, "duplicate"))
    throw new PlatformFailure({ kind: "ambiguous" }, "facebook: duplicate of an earlier try", { cause: error });
  throw error;
}

/** Looks for a comment of ours since `since` by its words; null where there is none. */
export async function findReply(graph: Graph, account: Account, content: Content, since: Date): Promise<Published | null> {
  const text = replyText(content);
  for (const place of await placesOf(graph, content)) {
    const listed = await unlessGone(listComments(graph, place.id, since), []);
    const ours = listed.find((reply) => place.holds(reply) && reply.from?.id === account.remoteId && sameText(reply.message, text));
    if (ours) return { remoteId: ours.id, permalink: await readPermalink(graph, ours.id), ref: null };
  }
  return null;
}

type Place = { id: string; holds: (reply: GraphComment) => boolean };

/** Where it may stand: under the post itself, or under a comment; an answer to an answer may be filed under the comment at the top. */
async function placesOf(graph: Graph, content: Content): Promise<Place[]> {
  const { remoteId, postRemoteId } = content.replyTo!;
  if (remoteId === postRemoteId) return [{ id: remoteId, holds: ({ parent }) => parent === undefined }];
  const target = await unlessGone(graph.get(remoteId, { fields: "id,created_time,parent{id}" }, commentSchema), null);
  if (!target) return [];
  const ids = target.parent ? [target.id, target.parent.id] : [target.id];
  return ids.map((id) => ({ id, holds: () => true }));
}

/** A comment has no card: its link stands in the text. */
const replyText = (content: Content): string => outgoingText("facebook", { text: content.text, link: content.link, withPictures: true });
