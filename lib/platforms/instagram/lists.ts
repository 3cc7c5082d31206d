/** Instagram's lists, page by page. */

import { z } from "zod";
import type { Invite } from "../contract.ts";
import type { Graph } from "./client.ts";
import {
  commentFields,
  commentSchema,
  inviteSchema,
  type Media,
  mediaSchema,
  type Reply,
  replyFields,
  replySchema,
  toInvite,
} from "./transform.ts";

const paging = z.object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() }).optional();
const perPage = "50";
/** A stop for a list that never ends; far beyond what an agency's post gathers between two looks. */
const mostComments = 10_000;
const mostInvites = 200;

/** The account's posts since `since`, newest first, at most `most`. */
export async function listMedia(graph: Graph, query: { account: string; since: Date; most: number; fields: string }): Promise<Media[]> {
  const { account, since, most, fields } = query;
  const from = Math.floor(since.getTime() / 1000);
  const young = (media: Media) => media.timestamp.getTime() >= from * 1000;
  const params = { fields, since: String(from), limit: perPage };
  const found = await listAll(graph, `${account}/media`, params, mediaSchema, most, young);
  return found.sort((one, other) => other.timestamp.getTime() - one.timestamp.getTime());
}

type Placed = { comment: Reply; parent: string | null };

/**
 * Comments under a post with the replies under each, since `since`: an old comment may have a young reply, so all are looked
 * through. `whole`: no list went on beyond the stop.
 */
export async function listThreads(graph: Graph, post: string, since: Date): Promise<{ threads: Placed[]; whole: boolean }> {
  const params = { fields: commentFields, limit: perPage };
  const top = await listAll(graph, `${post}/comments`, params, commentSchema, mostComments);
  const found: Placed[] = [];
  let whole = top.length < mostComments;
  for (const comment of top) {
    const { replies } = comment;
    const all = replies?.paging?.next === undefined ? (replies?.data ?? []) : await listReplies(graph, comment.id);
    whole &&= all.length < mostComments;
    found.push({ comment, parent: null }, ...all.map((reply) => ({ comment: reply, parent: comment.id })));
  }
  const threads = found.filter(({ comment }) => comment.timestamp.getTime() >= Math.floor(since.getTime() / 1000) * 1000);
  return { threads, whole };
}

/** All replies under a comment. */
export const listReplies = (graph: Graph, comment: string): Promise<Reply[]> =>
  listAll(graph, `${comment}/replies`, { fields: replyFields, limit: perPage }, replySchema, mostComments);

/** The comments straight under a post. */
export const listTop = (graph: Graph, post: string): Promise<Reply[]> =>
  listAll(graph, `${post}/comments`, { fields: replyFields, limit: perPage }, replySchema, mostComments);

/** Others' posts that wait for the account's word on whether it stands as their author too. */
export async function listInvites(graph: Graph, account: string): Promise<Invite[]> {
  const found = await listAll(graph, `${account}/collaboration_invites`, { limit: perPage }, inviteSchema, mostInvites);
  return found.map(toInvite);
}

/** Follows the cursor, never the `next` address: that one holds the token. Ends where a page has none that is `wanted`. */
async function listAll<T>(
  graph: Graph,
  path: string,
  params: Record<string, string>,
  schema: z.ZodType<T>,
  most: number,
  wanted: (row: T) => boolean = () => true,
): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const page = await graph.get(path, after === undefined ? params : { ...params, after }, z.object({ data: z.array(schema), paging }));
    const rows = page.data.filter(wanted);
    found.push(...rows);
    after = page.paging?.next === undefined || rows.length === 0 ? undefined : page.paging.cursors?.after;
  } while (after !== undefined && found.length < most);
  return found.slice(0, most);
}
