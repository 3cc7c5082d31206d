/** TikTok's objects as the contract's, and a content as TikTok's requests. Pure. */

import { z } from "zod";
import type { AccountProfile, Content, Failure, RemotePost } from "../contract.ts";
import { findLinks } from "../links.ts";
import { outgoingText } from "../outgoing.ts";

export const userSchema = z.object({
  user: z.object({
    open_id: z.string(),
    display_name: z.string().catch(""),
    username: z.string(),
    follower_count: z.number().optional(),
  }),
});

const count = z.number().optional().catch(undefined);
export const videoSchema = z.object({
  id: z.string(),
  /** Seconds since 1970. */
  create_time: z.number(),
  title: z.string().catch(""),
  video_description: z.string().catch(""),
  share_url: z.string().catch(""),
  duration: count,
  like_count: count,
  comment_count: count,
  share_count: count,
  view_count: count,
});
export type Video = z.output<typeof videoSchema>;

export const matchFields = "id,create_time,title,video_description,duration,share_url";
export const videoFields = `${matchFields},like_count,comment_count,share_count,view_count`;
/** The texts of a list are cut at so many UTF-16 units. Source: TikTok, "Video Object". */
const longestTold = 150;

/** Where people open TikTok. Whatever is not TikTok itself has its pages where its interface is. */
export function webOf(baseUrl: string): string {
  return new URL(baseUrl).hostname === "open.tiktokapis.com" ? "https://www.tiktok.com" : baseUrl;
}

export const permalinkOf = (web: string, handle: string, kind: "video" | "photo", id: string): string => `${web}/@${handle}/${kind}/${id}`;

export function toProfile({ user }: z.output<typeof userSchema>, web: string): AccountProfile {
  return {
    remoteId: user.open_id,
    handle: user.username,
    name: user.display_name || user.username,
    url: `${web}/@${user.username}`,
    followers: user.follower_count ?? null,
    commentsOpen: null,
  };
}

/** Whether the address of a post is that of a video or of photos; null where it does not tell. */
function kindOf(video: Video): "video" | "photo" | null {
  const kind = /\/(video|photo)\/\d+/.exec(video.share_url)?.[1];
  return kind === "video" || kind === "photo" ? kind : null;
}

/** A post of the account. A text that is cut may have lost its link; alternative texts TikTok does not tell. */
export function toPost(video: Video, web: string, handle: string): RemotePost {
  const text = video.video_description || video.title;
  const hasLink = findLinks(text).length > 0;
  const kind = kindOf(video);
  return {
    remoteId: video.id,
    permalink: permalinkOf(web, handle, kind ?? "video", video.id),
    text,
    publishedAt: new Date(video.create_time * 1000),
    visual: kind === "photo" ? "image" : kind,
    hasAlt: null,
    hasLink: hasLink || (text.length >= longestTold ? null : false),
    repost: false,
    metrics: {
      likes: video.like_count ?? null,
      comments: video.comment_count ?? null,
      shares: video.share_count ?? null,
      views: video.view_count ?? null,
      reach: null,
    },
  };
}

/** The text as it is published; TikTok shows no card for a link. */
export const textOf = ({ text, link }: Content): string => outgoingText("tiktok", { text, link, withPictures: true });

const plain = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();

/** Whether a listed post may be this content: by its text, as far as TikTok tells it, its kind and a video's length. */
export function mayBe(video: Video, content: Content): boolean {
  const told = plain(video.video_description || video.title);
  const sent = plain(textOf(content));
  if (told !== sent && !(told.length >= longestTold - 1 && sent.startsWith(told))) return false;
  const kind = kindOf(video);
  if (kind !== null && kind !== (content.video ? "video" : "photo")) return false;
  if (!content.video || video.duration === undefined) return true;
  return Math.abs(video.duration - content.video.durationMs / 1000) <= 1;
}

export const creatorSchema = z.object({
  privacy_level_options: z.array(z.string()),
  comment_disabled: z.boolean().catch(false),
  duet_disabled: z.boolean().catch(false),
  stitch_disabled: z.boolean().catch(false),
  max_video_post_duration_sec: z.number(),
});
export type Creator = z.output<typeof creatorSchema>;

const everyone = "PUBLIC_TO_EVERYONE";

/**
 * Why this account may not take this content now; null when it may. A government's post is for everyone or not at all: an app
 * before its audit is offered nothing but posts for oneself, a private account followers.
 */
export function refusalOf(creator: Creator, content: Content): Failure | null {
  const options = creator.privacy_level_options;
  if (!options.includes(everyone)) {
    if (options.every((option) => option === "SELF_ONLY")) return { kind: "not-entitled", what: "audit" };
    return { kind: "rejected", code: "account-private", detail: "privacy_level_options: PUBLIC_TO_EVERYONE" };
  }
  const seconds = creator.max_video_post_duration_sec;
  if (content.video && content.video.durationMs > seconds * 1000)
    return { kind: "rejected", code: "video-too-long", detail: `max_video_post_duration_sec: ${seconds}` };
  return null;
}

const disclosure = { brand_content_toggle: false, brand_organic_toggle: false };

/** The body that begins a video's post. */
export function videoRequest(content: Content, creator: Creator, plan: { size: number; chunkSize: number; count: number }): object {
  return {
    post_info: {
      title: textOf(content),
      privacy_level: everyone,
      disable_comment: creator.comment_disabled,
      disable_duet: creator.duet_disabled,
      disable_stitch: creator.stitch_disabled,
      ...disclosure,
      is_aigc: false,
    },
    source_info: { source: "FILE_UPLOAD", video_size: plan.size, chunk_size: plan.chunkSize, total_chunk_count: plan.count },
  };
}

/** The body that publishes photos, which TikTok then fetches from these addresses. */
export function photoRequest(content: Content, creator: Creator, addresses: string[]): object {
  return {
    media_type: "PHOTO",
    post_mode: "DIRECT_POST",
    post_info: {
      ...(content.title === null ? {} : { title: content.title }),
      description: textOf(content),
      privacy_level: everyone,
      disable_comment: creator.comment_disabled,
      auto_add_music: false,
      ...disclosure,
    },
    source_info: { source: "PULL_FROM_URL", photo_images: addresses, photo_cover_index: 0 },
  };
}

/** What the reason of a failed post means. Source: TikTok, "Get Post Status". */
export function failReason(reason: string, now: Date): Failure {
  switch (reason) {
    case "internal":
    case "video_pull_failed":
    case "photo_pull_failed":
      return { kind: "retryable" };
    case "auth_removed":
      return { kind: "needs-reauth", reason: "revoked" };
    case "spam_risk_too_many_posts":
      return { kind: "rate-limited", until: new Date(now.getTime() + 60 * 60_000), scope: "account" };
    case "spam_risk":
    case "spam_risk_text":
    case "spam_risk_user_banned_from_posting":
      return { kind: "rejected", code: "policy", policy: true };
    case "file_format_check_failed":
      return { kind: "rejected", code: "media-refused" };
    case "duration_check_failed":
      return { kind: "rejected", code: "duration-refused" };
    case "frame_rate_check_failed":
      return { kind: "rejected", code: "frame-rate-refused" };
    case "picture_size_check_failed":
      return { kind: "rejected", code: "picture-size-refused" };
  }
  return { kind: "rejected", code: "publish-failed", detail: reason };
}
