/** Graph's lists, page by page. */

import { z } from "zod";
import { PlatformFailure } from "../contract.ts";
import type { Graph } from "./client.ts";
import { commentFields, commentSchema, type GraphComment, type GraphPost, postSchema } from "./transform.ts";

const paging = z.object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() }).optional();
const perPage = 100;
const photosPerCall = 50;
/** A stop for a list that never ends; far beyond what an agency's post gathers between two looks. */
export const mostComments = 10_000;

const seconds = (instant: Date) => String(Math.floor(instant.getTime() / 1000));

/** Posts in the page's feed since `since`, newest first, at most `most`. */
export function listPosts(graph: Graph, query: { page: string; since: Date; most: number; fields: string }): Promise<GraphPost[]> {
  const { page, since, most, fields } = query;
  return listAll(graph, `${page}/feed`, { fields, since: seconds(since), limit: String(perPage) }, postSchema, most);
}

/** Comments under a post, or replies under a comment, at every depth, oldest first. */
export async function listComments(graph: Graph, parent: string, since: Date): Promise<GraphComment[]> {
  const params = { fields: commentFields, filter: "stream", order: "chronological", since: seconds(since), limit: String(perPage) };
  const found = await listAll(graph, `${parent}/comments`, params, commentSchema, mostComments);
  return found.filter((comment) => comment.created_time.getTime() >= Math.floor(since.getTime() / 1000) * 1000);
}

/** The alternative texts that authors gave to photos, by photo id; "" where there is none, nothing where the platform does not say. */
export async function readAlts(graph: Graph, photos: string[]): Promise<Map<string, string>> {
  const alts = new Map<string, string>();
  const schema = z.record(z.string(), z.object({ alt_text_custom: z.string().optional() }));
  for (let start = 0; start < photos.length; start += photosPerCall) {
    const ids = photos.slice(start, start + photosPerCall).join(",");
    try {
      for (const [id, photo] of Object.entries(await graph.get("", { ids, fields: "alt_text_custom" }, schema)))
        alts.set(id, photo.alt_text_custom ?? "");
    } catch (error) {
      // One deleted photo spoils the whole answer; unknown alternative texts must not cost us the posts.
      if (!(error instanceof PlatformFailure) || error.failure.kind === "rate-limited") throw error;
    }
  }
  return alts;
}

/** Follows the cursor, never the `next` address: that one holds the token. */
export async function listAll<T>(
  graph: Graph,
  path: string,
  params: Record<string, string>,
  schema: z.ZodType<T>,
  most: number,
): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const page = await graph.get(path, after === undefined ? params : { ...params, after }, z.object({ data: z.array(schema), paging }));
    found.push(...page.data);
    after = page.paging?.next === undefined ? undefined : page.paging.cursors?.after;
  } while (after !== undefined && found.length < most);
  return found.slice(0, most);
}
