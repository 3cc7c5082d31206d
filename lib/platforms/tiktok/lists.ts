/** The account's public posts on TikTok, page by page. */

import { z } from "zod";
import type { TikTokApi } from "./client.ts";
import { type Video, videoSchema } from "./transform.ts";

const perPage = 20;
const pageSchema = z.object({
  videos: z.array(videoSchema).default([]),
  cursor: z.number().optional(),
  has_more: z.boolean().catch(false),
});

/** Posts since `since`, newest first, at most `most`. */
export async function listVideos(api: TikTokApi, fields: string, since: Date, most: number): Promise<Video[]> {
  const young = (video: Video) => video.create_time >= Math.floor(since.getTime() / 1000);
  const found: Video[] = [];
  let cursor: number | undefined;
  for (;;) {
    const body = { max_count: perPage, ...(cursor === undefined ? {} : { cursor }) };
    const page = await api.post(`video/list?${new URLSearchParams({ fields })}`, body, pageSchema);
    found.push(...page.videos.filter(young));
    const more = page.has_more && page.cursor !== cursor && page.videos.some(young);
    if (!more || found.length >= most) return found.slice(0, most).sort((one, other) => other.create_time - one.create_time);
    cursor = page.cursor;
  }
}
