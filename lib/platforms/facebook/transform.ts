/** Graph's objects as the contract's. Pure. */

import { z } from "zod";
import type { AccountProfile, RemoteComment, RemotePost } from "../contract.ts";
import { findLinks } from "../links.ts";

const instant = z.string().transform((text, context) => {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue({ code: "custom", message: "not an instant" });
  return z.NEVER;
});
const total = z.object({ summary: z.object({ total_count: z.number() }).optional() }).optional();
const target = z.object({ id: z.string().optional() }).optional();
const author = z.object({ id: z.string(), name: z.string().catch("") }).optional();

const attachment = z.object({
  media_type: z.string().optional(),
  target,
  url: z.string().optional(),
  unshimmed_url: z.string().optional(),
  subattachments: z.object({ data: z.array(z.object({ media_type: z.string().optional(), target })) }).optional(),
});

export const postSchema = z.object({
  id: z.string(),
  message: z.string().catch(""),
  created_time: instant,
  permalink_url: z.string().optional(),
  status_type: z.string().optional(),
  from: z.object({ id: z.string() }).optional(),
  attachments: z.object({ data: z.array(attachment) }).optional(),
  shares: z.object({ count: z.number() }).optional(),
  reactions: total,
  comments: total,
  insights: z.object({ data: z.array(z.object({ name: z.string(), values: z.array(z.object({ value: z.unknown() })) })) }).optional(),
});
export type GraphPost = z.output<typeof postSchema>;

export const commentSchema = z.object({
  id: z.string(),
  message: z.string().catch(""),
  created_time: instant,
  from: author,
  parent: z.object({ id: z.string() }).optional(),
});
export type GraphComment = z.output<typeof commentSchema>;

export const profileSchema = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string().optional(),
  link: z.string().optional(),
  followers_count: z.number().optional(),
});

export const profileFields = "id,name,username,link,followers_count";
/** The part of a post that recognises it as ours. */
export const matchFields =
  "id,message,created_time,permalink_url,from{id},attachments{media_type,target{id},url,unshimmed_url,subattachments}";
export const postFields = `${matchFields},status_type,shares,reactions.limit(0).summary(total_count),comments.limit(0).filter(stream).summary(total_count)`;
/** Needs a permission of its own (read_insights). */
export const insightFields = "insights.metric(post_media_view,post_total_media_view_unique){name,values}";
export const commentFields = "id,message,created_time,from{id,name},parent{id}";

/** The page as an account. */
export function toProfile(page: z.output<typeof profileSchema>): AccountProfile {
  return {
    remoteId: page.id,
    handle: page.username ?? page.id,
    name: page.name,
    url: page.link ?? null,
    followers: page.followers_count ?? null,
    commentsOpen: null,
  };
}

/** The ids of a post's photos. */
export function photosOf(post: GraphPost): string[] {
  const attachments = (post.attachments?.data ?? []).flatMap((one) => [one, ...(one.subattachments?.data ?? [])]);
  const ids = attachments.filter((one) => one.media_type === "photo").map((one) => one.target?.id);
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** A post of the page as the contract wants it. `alts`: the authors' alternative texts by photo id, as far as they are known. */
export function toPost(post: GraphPost, alts: ReadonlyMap<string, string>): RemotePost {
  const attachments = post.attachments?.data ?? [];
  const link = outsideLink(post);
  return {
    remoteId: post.id,
    permalink: post.permalink_url ?? null,
    text: post.message,
    publishedAt: post.created_time,
    visual: visual(attachments),
    hasAlt: hasAlt(photosOf(post), alts),
    hasLink: link !== null || findLinks(post.message).length > 0,
    // A shared article has the same status type as a shared post; only the former leads out of Facebook.
    repost: post.status_type === "shared_story" && link === null,
    metrics: {
      likes: post.reactions?.summary?.total_count ?? null,
      comments: post.comments?.summary?.total_count ?? null,
      // Graph leaves the field out while nobody has shared.
      shares: post.shares?.count ?? 0,
      views: insight(post, "post_media_view"),
      reach: insight(post, "post_total_media_view_unique"),
    },
  };
}

function visual(attachments: z.output<typeof attachment>[]): RemotePost["visual"] {
  const kinds = attachments.flatMap((one) => [one.media_type, ...(one.subattachments?.data.map((sub) => sub.media_type) ?? [])]);
  if (kinds.some((kind) => kind?.startsWith("video"))) return "video";
  return kinds.some((kind) => kind === "photo" || kind === "album") ? "image" : "none";
}

function hasAlt(photos: string[], alts: ReadonlyMap<string, string>): boolean | null {
  const known = photos.map((photo) => alts.get(photo));
  if (photos.length === 0 || known.includes(undefined)) return null;
  return known.every((alt) => alt !== "");
}

function outsideLink(post: GraphPost): string | null {
  const links = (post.attachments?.data ?? [])
    .filter((one) => one.media_type === "link")
    .map((one) => one.unshimmed_url ?? one.url)
    .filter((url) => url !== undefined && !/^https?:\/\/([a-z0-9-]+\.)*facebook\.com\//i.test(url));
  return links[0] ?? null;
}

function insight(post: GraphPost, name: string): number | null {
  const value = post.insights?.data.find((metric) => metric.name === name)?.values[0]?.value;
  return typeof value === "number" ? value : null;
}

/** A comment under the given post. Graph withholds the author of some comments: then id and name are empty. */
export function toComment(comment: GraphComment, account: string, post: string): RemoteComment {
  return {
    remoteId: comment.id,
    postRemoteId: post,
    parentRemoteId: comment.parent?.id ?? null,
    author: { remoteId: comment.from?.id ?? "", name: comment.from?.name ?? "" },
    text: comment.message,
    sentAt: comment.created_time,
    own: comment.from?.id === account,
    ref: null,
  };
}

/** Whether two texts are the same to a platform that trims and rewrites line ends. */
export function sameText(one: string, other: string): boolean {
  const plain = (text: string) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim();
  return plain(one) === plain(other);
}

/** Whether a post of the page is the publication with this text, these uploaded photos and this link. */
export function isPublication(post: GraphPost, account: string, sent: { text: string; link: string | null; photos: string[] }): boolean {
  if (post.from && post.from.id !== account) return false;
  if (!sameText(post.message, sent.text)) return false;
  if (sent.photos.length > 0) return photosOf(post).some((photo) => sent.photos.includes(photo));
  if (sent.text.trim() === "" && sent.link !== null) return sameAddress(outsideLink(post), sent.link);
  return true;
}

function sameAddress(one: string | null, other: string): boolean {
  return one !== null && URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;
}
