/** X's timelines and searches, page by page. */

import { z } from "zod";
import { PlatformFailure, type RemoteComment } from "../contract.ts";
import type { XApi } from "./client.ts";
import { commentFields, type Includes, includesSchema, type Tweet, toComment, tweetSchema } from "./transform.ts";

const perPage = "100";
/** Stops for lists that never end: X itself tells no more than 3,200 posts and 800 mentions. */
const mostComments = 5_000;
/** X's recent search reaches seven days back; a minute is left for the clocks. */
const searchable = 7 * 86_400_000 - 60_000;
const mostQuery = 512;

const pageSchema = z.object({
  data: z.array(z.unknown()).catch([]),
  includes: includesSchema,
  meta: z.object({ next_token: z.string().optional() }).catch({}),
});

export type Listed = { tweet: Tweet; includes: Includes };
type Query = { since: Date; most: number; now: Date };

const wholeSeconds = (instant: Date) => `${instant.toISOString().slice(0, 19)}Z`;

/** Posts of a timeline since `since`, newest first, at most `most`. X refuses an instant that is still to come. */
export async function listTweets(api: XApi, path: string, fields: Record<string, string>, query: Query): Promise<Listed[]> {
  const { since, most, now } = query;
  const found: Listed[] = [];
  if (since.getTime() >= now.getTime()) return found;
  const token = path === "tweets/search/recent" ? "next_token" : "pagination_token";
  let next: string | undefined;
  do {
    const params = { ...fields, start_time: wholeSeconds(since), max_results: perPage, ...(next === undefined ? {} : { [token]: next }) };
    const { data, includes, meta } = await api.get(path, params, pageSchema);
    for (const row of data) {
      const tweet = tweetSchema.safeParse(row).data;
      if (tweet) found.push({ tweet, includes });
    }
    next = meta.next_token;
  } while (next !== undefined && found.length < most);
  return found.slice(0, most);
}

/**
 * Replies since `since` in the conversations of the given posts, oldest first. X has no list of a post's replies: the mentions
 * hold what citizens wrote, the own timeline our answers, and the search those replies that no longer mention the account.
 */
export async function listComments(api: XApi, account: string, since: Date, posts: readonly string[], now: Date): Promise<RemoteComment[]> {
  const query = { since, most: mostComments, now };
  const found = [
    ...(await listTweets(api, `users/${account}/mentions`, commentFields, query)),
    ...(await listTweets(api, `users/${account}/tweets`, commentFields, query)),
  ];
  const recent = { ...query, since: new Date(Math.max(since.getTime(), now.getTime() - searchable)) };
  for (const clause of clauses(posts)) {
    const rows = await listTweets(api, "tweets/search/recent", { ...commentFields, query: clause }, recent).catch((error: unknown) => {
      // Not every tier may search, and a search that X does not accept costs us only what nobody told the account.
      if (error instanceof PlatformFailure && ["not-entitled", "rejected"].includes(error.failure.kind)) return null;
      throw error;
    });
    if (rows === null) break;
    found.push(...rows);
  }
  const wanted = new Set(posts);
  const comments = new Map<string, RemoteComment>();
  for (const { tweet, includes } of found) {
    const comment = toComment(tweet, includes, account);
    if (comment?.postRemoteId && wanted.has(comment.postRemoteId)) comments.set(comment.remoteId, comment);
  }
  return [...comments.values()].sort((one, other) => one.sentAt.getTime() - other.sentAt.getTime());
}

/** Queries for the given conversations, each within X's length. */
export function clauses(posts: readonly string[]): string[] {
  const found: string[] = [];
  for (const post of posts) {
    const last = found.at(-1);
    const longer = last === undefined ? "" : `${last} OR conversation_id:${post}`;
    if (last === undefined || longer.length > mostQuery) found.push(`conversation_id:${post}`);
    else found[found.length - 1] = longer;
  }
  return found;
}
