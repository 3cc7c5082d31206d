/** What TikTok says of a publication that was begun. */

import { z } from "zod";
import { clockSkew } from "../commit.ts";
import { type Account, type Content, PlatformFailure, type Published } from "../contract.ts";
import type { TikTokApi } from "./client.ts";
import { listVideos } from "./lists.ts";
import { matchFields, mayBe, permalinkOf, webOf } from "./transform.ts";

/** `uploading`: the last byte has not come, so nothing is published yet; `bytes` null: TikTok does not tell how many have. */
export type Standing =
  | { state: "gone" }
  | { state: "uploading"; bytes: number | null }
  | { state: "working" }
  | { state: "out"; postId: string | null }
  | { state: "failed"; reason: string };

const statusSchema = z.object({
  status: z.string(),
  fail_reason: z.string().catch(""),
  // So spelt by TikTok. The numbers are larger than a double holds: they come as their digits.
  publicaly_available_post_id: z.array(z.union([z.string(), z.number()])).catch([]),
  uploaded_bytes: z.number().nullable().catch(null),
});

/** `size`: the bytes of the video; null for photos, which TikTok fetches. */
export async function readStanding(api: TikTokApi, publishId: string, size: number | null): Promise<Standing> {
  try {
    const status = await api.post("post/publish/status/fetch", { publish_id: publishId }, statusSchema);
    const [postId] = status.publicaly_available_post_id;
    if (status.status === "PUBLISH_COMPLETE") return { state: "out", postId: postId === undefined ? null : String(postId) };
    if (status.status === "FAILED") return { state: "failed", reason: status.fail_reason };
    const bytes = status.uploaded_bytes;
    if (status.status === "PROCESSING_UPLOAD" && size !== null && (bytes === null || bytes < size)) return { state: "uploading", bytes };
    return { state: "working" };
  } catch (error) {
    if (error instanceof PlatformFailure && error.failure.kind === "rejected" && error.failure.code === "not-found")
      return { state: "gone" };
    throw error;
  }
}

const mostPosts = 500;

export const published = (account: Account, content: Content, id: string): Published => ({
  remoteId: id,
  permalink: permalinkOf(webOf(account.baseUrl), account.handle, content.video ? "video" : "photo", id),
  ref: null,
});

/**
 * The publication among the account's public posts, by its text and time; null where none fits, or more than one: one from before
 * the first try, though within the clocks' play, decides nothing either. TikTok lists what its moderation has let through, and
 * may leave out photos: that none fits proves nothing.
 */
export async function findListed(api: TikTokApi, account: Account, content: Content, first: Date): Promise<Published | null> {
  const since = new Date(first.getTime() - clockSkew);
  const [ours, another] = (await listVideos(api, matchFields, since, mostPosts)).filter((video) => mayBe(video, content));
  const after = ours !== undefined && ours.create_time >= Math.floor(first.getTime() / 1000);
  return after && !another ? published(account, content, ours.id) : null;
}
