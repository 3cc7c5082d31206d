/** Threads' lists, page by page. */

import { z } from "zod";
import { PlatformFailure } from "../contract.ts";
import type { Graph } from "./client.ts";
import { type Figures, figureMetrics, figuresSchema, type Post, postSchema, type Reply, replyFields, replySchema } from "./transform.ts";

const paging = z.object({ cursors: z.object({ after: z.string().optional() }).optional() }).optional();
const perPage = "100";
/** A stop for a list that never ends; far beyond what an agency's post gathers between two looks. */
export const mostReplies = 10_000;

/** The account's posts since `since`, newest first, at most `most`. Replies are not among them. */
export async function listPosts(graph: Graph, query: { account: string; since: Date; most: number; fields: string }): Promise<Post[]> {
  const { account, since, most, fields } = query;
  const from = Math.floor(since.getTime() / 1000);
  const young = (post: Post) => post.timestamp.getTime() >= from * 1000;
  const params = { fields, since: String(from), limit: perPage };
  const found = await listAll(graph, `${account}/threads`, params, postSchema, most, young);
  return found.sort((one, other) => other.timestamp.getTime() - one.timestamp.getTime());
}

/**
 * Replies since `since`, newest first: all that stand under a post, however deep (`conversation`, for posts at the top alone), or
 * those right under a post or a reply (`replies`).
 */
export async function listReplies(graph: Graph, under: string, edge: "conversation" | "replies", since: Date): Promise<Reply[]> {
  const young = (reply: Reply) => reply.timestamp.getTime() >= Math.floor(since.getTime() / 1000) * 1000;
  return listAll(graph, `${under}/${edge}`, { fields: replyFields, reverse: "true" }, replySchema, mostReplies, young);
}

/** The figures of one post; null where Threads refuses to tell them of this one. */
export function readFigures(graph: Graph, post: string): Promise<Figures | null> {
  return graph.get(`${post}/insights`, { metric: figureMetrics }, figuresSchema).catch((error: unknown) => {
    if (error instanceof PlatformFailure && error.failure.kind === "rejected") return null;
    throw error;
  });
}

/**
 * Follows the cursor: Threads documents no `next`, and its last page too may have a cursor. Ends where there is none, where it
 * stays the same, or where a page has rows and none that is `wanted`: the newest come first.
 */
async function listAll<T>(
  graph: Graph,
  path: string,
  params: Record<string, string>,
  schema: z.ZodType<T>,
  most: number,
  wanted: (row: T) => boolean,
): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const last = after;
    const page = await graph.get(
      path,
      last === undefined ? params : { ...params, after: last },
      z.object({ data: z.array(schema), paging }),
    );
    const rows = page.data.filter(wanted);
    found.push(...rows);
    const next = page.paging?.cursors?.after;
    after = next === last || (page.data.length > 0 && rows.length === 0) ? undefined : next;
  } while (after !== undefined && found.length < most);
  return found.slice(0, most);
}
