/** YouTube's lists, page by page. */

import { z } from "zod";
import type { Account, CommentList, RemoteComment } from "../contract.ts";
import { isRejected } from "../rejections.ts";
import type { YoutubeApi } from "./client.ts";
import { type Comment, commentSchema, editedAt, type Thread, threadSchema, toComment, type Video, videoSchema } from "./transform.ts";

/** Stop for lists that never end, in threads. */
const mostThreads = 5_000;
/** How much older than what is asked for a thread may be and still be looked at for new answers. */
const stillAnswered = 30 * 86_400_000;

const pageSchema = z.object({ items: z.array(z.unknown()).catch([]), nextPageToken: z.string().optional() });
const uploadsSchema = z.object({
  items: z.array(z.object({ contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string() }) }) })).min(1),
});
const itemSchema = z.object({ contentDetails: z.object({ videoId: z.string() }) });

/** What is still readable of a list's rows. */
const rowsOf = <T>(rows: unknown[], schema: z.ZodType<T>): T[] => rows.flatMap((row) => schema.safeParse(row).data ?? []);

async function* pages<T>(api: YoutubeApi, path: string, params: Record<string, string>, schema: z.ZodType<T>): AsyncGenerator<T[]> {
  let next: string | undefined;
  do {
    const { items, nextPageToken } = await api.get(path, { ...params, ...(next === undefined ? {} : { pageToken: next }) }, pageSchema);
    yield rowsOf(items, schema);
    next = nextPageToken;
  } while (next !== undefined);
}

/** The channel's videos since `since`, newest first, at most `most`, the private ones too. */
export async function listVideos(api: YoutubeApi, since: Date, most: number): Promise<Video[]> {
  const { items } = await api.get("channels", { mine: "true", part: "contentDetails" }, uploadsSchema);
  const playlistId = items[0]?.contentDetails.relatedPlaylists.uploads ?? "";
  const found: Video[] = [];
  const newEnough = (video: Video) => video.snippet.publishedAt.getTime() >= since.getTime();
  try {
    for await (const rows of pages(api, "playlistItems", { playlistId, part: "contentDetails", maxResults: "50" }, itemSchema)) {
      if (rows.length === 0) continue;
      const id = rows.map((row) => row.contentDetails.videoId).join(",");
      const videos = rowsOf((await api.get("videos", { id, part: "snippet,status,statistics" }, pageSchema)).items, videoSchema);
      const taken = videos.filter(newEnough);
      found.push(...taken);
      // A list goes by the day of upload: a page with nothing new is the end.
      if ((videos.length > 0 && taken.length === 0) || found.length >= most) break;
    }
  } catch (error) {
    // A channel that never uploaded has no such list yet.
    if (!isRejected(error, "not-found")) throw error;
  }
  return found.sort((one, other) => other.snippet.publishedAt.getTime() - one.snippet.publishedAt.getTime()).slice(0, most);
}

/**
 * Comments written or changed since `since` under the given videos, oldest first. One list holds the threads of all videos, for
 * every call costs some of the day's quota, which all channels share; whole it is where it was read to its end.
 */
export async function listComments(api: YoutubeApi, account: Account, since: Date, posts: readonly string[]): Promise<CommentList> {
  const wanted = new Set(posts);
  const found = new Map<string, RemoteComment>();
  if (wanted.size === 0) return { comments: [], whole: [] };
  const params = { allThreadsRelatedToChannelId: account.remoteId, part: "snippet,replies", order: "time", textFormat: "plainText" };
  const isYoung = (comment: Comment) => (editedAt(comment) ?? comment.snippet.publishedAt).getTime() >= since.getTime();
  let seen = 0;
  let whole = true;
  for await (const threads of pages(api, "commentThreads", { ...params, maxResults: "100" }, threadSchema)) {
    for (const thread of threads) {
      const { videoId, topLevelComment } = thread.snippet;
      if (videoId === undefined || !wanted.has(videoId)) continue;
      for (const comment of [topLevelComment, ...(await repliesOf(api, thread))])
        if (isYoung(comment)) found.set(comment.id, toComment(comment, account.remoteId, videoId));
    }
    seen += threads.length;
    const last = threads.at(-1)?.snippet.topLevelComment.snippet.publishedAt;
    whole = seen < mostThreads && !(last && last.getTime() < since.getTime() - stillAnswered);
    if (!whole) break;
  }
  const comments = [...found.values()].sort((one, other) => one.sentAt.getTime() - other.sentAt.getTime());
  return { comments, whole: whole ? [...posts] : [] };
}

/** A thread brings some of its replies; where it has more they are asked for. */
async function repliesOf(api: YoutubeApi, thread: Thread): Promise<Comment[]> {
  const brought = rowsOf(thread.replies?.comments ?? [], commentSchema);
  return brought.length >= thread.snippet.totalReplyCount ? brought : listReplies(api, thread.id);
}

/** All replies under a comment at the top; none where it is gone. */
export async function listReplies(api: YoutubeApi, top: string): Promise<Comment[]> {
  const found: Comment[] = [];
  try {
    for await (const rows of pages(
      api,
      "comments",
      { parentId: top, part: "snippet", maxResults: "100", textFormat: "plainText" },
      commentSchema,
    ))
      found.push(...rows.map((row) => ({ ...row, snippet: { ...row.snippet, parentId: row.snippet.parentId ?? top } })));
  } catch (error) {
    if (!isRejected(error, "not-found")) throw error;
  }
  return found;
}

/** Comments straight under a video since `since`, newest first; none where it is gone. */
export async function listTopComments(api: YoutubeApi, videoId: string, since: Date): Promise<Comment[]> {
  const found: Comment[] = [];
  const params = { videoId, part: "snippet", order: "time", textFormat: "plainText", maxResults: "100" };
  try {
    for await (const threads of pages(api, "commentThreads", params, threadSchema)) {
      const comments = threads.map((thread) => thread.snippet.topLevelComment);
      const taken = comments.filter((comment) => comment.snippet.publishedAt.getTime() >= since.getTime());
      found.push(...taken);
      if (taken.length < comments.length) break;
    }
  } catch (error) {
    if (!isRejected(error, "not-found")) throw error;
  }
  return found;
}
