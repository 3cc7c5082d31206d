/** Threads' objects as the contract's. Pure. */

import { z } from "zod";
import type { AccountProfile, Metrics, RemoteComment, RemotePost } from "../contract.ts";
import { findLinks } from "../links.ts";

const instant = z.string().transform((text, context) => {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue({ code: "custom", message: "not an instant" });
  return z.NEVER;
});

export const profileSchema = z.object({ id: z.string(), username: z.string(), name: z.string().optional() });

const reference = z.object({ id: z.string() });
const childSchema = z.object({ id: z.string(), media_type: z.string().optional(), alt_text: z.string().optional() });
export const postSchema = z.object({
  id: z.string(),
  text: z.string().catch(""),
  timestamp: instant,
  permalink: z.string().optional(),
  media_type: z.string().optional(),
  alt_text: z.string().optional(),
  link_attachment_url: z.string().optional(),
  children: z.object({ data: z.array(childSchema) }).optional(),
});
export type Post = z.output<typeof postSchema>;

export const replySchema = z.object({
  id: z.string(),
  text: z.string().catch(""),
  timestamp: instant,
  permalink: z.string().optional(),
  /** Told of public profiles, of one's own and of those that one follows. */
  username: z.string().optional(),
  replied_to: reference.optional(),
  is_reply_owned_by_me: z.boolean().optional(),
});
export type Reply = z.output<typeof replySchema>;

/** Insights of a post carry `values`, those of an account `total_value`. */
export const figuresSchema = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.object({ value: z.unknown() })).optional(),
      total_value: z.object({ value: z.unknown() }).optional(),
    }),
  ),
});
export type Figures = z.output<typeof figuresSchema>;

export const profileFields = "id,username,name";
/** The part of a post that recognises it as ours. */
export const matchFields = "id,text,timestamp,permalink,media_type,children";
const plainFields = "id,text,timestamp,permalink,media_type,alt_text,link_attachment_url";
/** What `children` holds is documented as ids alone; more of them is asked for in Graph's way, and done without where it is refused. */
export const postFields = `${plainFields},children{id,media_type,alt_text}`;
export const fewerPostFields = `${plainFields},children`;
export const replyFields = "id,text,timestamp,permalink,username,replied_to,is_reply_owned_by_me";
export const figureMetrics = "views,likes,replies,reposts,quotes";

/** The account. `followers` needs a call of its own. */
export function toProfile({ id, username, name }: z.output<typeof profileSchema>, followers: number | null): AccountProfile {
  return {
    remoteId: id,
    handle: username,
    name: name || username,
    url: `https://www.threads.com/@${username}`,
    followers,
    commentsOpen: null,
  };
}

/** The value of one figure; null where Threads does not tell it. */
export function figureOf(figures: Figures | null, name: string): number | null {
  const found = figures?.data.find((figure) => figure.name === name);
  const value = found?.total_value?.value ?? found?.values?.[0]?.value;
  return typeof value === "number" ? value : null;
}

function metricsOf(figures: Figures | null): Metrics {
  const [reposts, quotes] = [figureOf(figures, "reposts"), figureOf(figures, "quotes")];
  return {
    likes: figureOf(figures, "likes"),
    comments: figureOf(figures, "replies"),
    shares: reposts === null && quotes === null ? null : (reposts ?? 0) + (quotes ?? 0),
    views: figureOf(figures, "views"),
    reach: null,
  };
}

/** A post of the account; `figures` null where they were not asked for or not told. */
export function toPost(post: Post, figures: Figures | null): RemotePost {
  const parts = post.children?.data ?? [post];
  const visual = visualOf(post);
  const isTold = visual === "image" && parts.every((part) => part.media_type !== undefined);
  return {
    remoteId: post.id,
    permalink: post.permalink ?? null,
    text: post.text,
    publishedAt: post.timestamp,
    visual,
    hasAlt: isTold ? parts.every((part) => (part.alt_text ?? "") !== "") : null,
    hasLink: post.link_attachment_url !== undefined || findLinks(post.text).length > 0,
    repost: isRepost(post),
    metrics: metricsOf(figures),
  };
}

/** A post of somebody else's that the account passes on. Threads tells no figures of it. */
export const isRepost = (post: Post): boolean => post.media_type === "REPOST_FACADE";

function visualOf({ media_type, children }: Post): RemotePost["visual"] {
  if (media_type === "TEXT_POST") return "none";
  if (media_type === "VIDEO" || children?.data.some((child) => child.media_type === "VIDEO")) return "video";
  return media_type === "IMAGE" || media_type === "CAROUSEL_ALBUM" ? "image" : null;
}

/** A reply under the given post. Of its author Threads tells the name alone, which serves as the id too. */
export function toComment(reply: Reply, account: { handle: string }, post: string): RemoteComment {
  const name = reply.username ?? "";
  const above = reply.replied_to?.id;
  return {
    remoteId: reply.id,
    postRemoteId: post,
    parentRemoteId: above === undefined || above === post ? null : above,
    author: { remoteId: name, name },
    text: reply.text,
    sentAt: reply.timestamp,
    own: isOwn(reply, account),
    ref: null,
  };
}

/** Whether the account itself wrote a reply. */
export const isOwn = (reply: Reply, account: { handle: string }): boolean =>
  reply.is_reply_owned_by_me ?? reply.username?.toLowerCase() === account.handle.toLowerCase();

/** Whether two texts are the same to a platform that trims and rewrites line ends. */
export function sameText(one: string, other: string): boolean {
  const plain = (text: string) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim();
  return plain(one) === plain(other);
}

/** Whether a post may be the publication with this text and so many pictures, or a video. */
export function mayBe(post: Post, sent: { text: string; pictures: number; video: boolean }): boolean {
  if (!sameText(post.text, sent.text)) return false;
  if (sent.video) return post.media_type === "VIDEO";
  if (sent.pictures === 0) return post.media_type === "TEXT_POST";
  return sent.pictures === 1 ? post.media_type === "IMAGE" : post.children?.data.length === sent.pictures;
}
