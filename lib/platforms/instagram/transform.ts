/** Instagram's objects as the contract's. Pure. */

import { z } from "zod";
import type { AccountProfile, Invite, RemoteComment, RemotePost } from "../contract.ts";
import { findLinks } from "../links.ts";

const instant = z.string().transform((text, context) => {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue({ code: "custom", message: "not an instant" });
  return z.NEVER;
});

export const profileSchema = z.object({
  user_id: z.string(),
  username: z.string(),
  name: z.string().optional(),
  followers_count: z.number().optional(),
});

const childSchema = z.object({ id: z.string(), media_type: z.string().optional(), alt_text: z.string().optional() });
export const mediaSchema = z.object({
  id: z.string(),
  caption: z.string().catch(""),
  timestamp: instant,
  permalink: z.string().optional(),
  media_type: z.string().optional(),
  alt_text: z.string().optional(),
  like_count: z.number().optional(),
  comments_count: z.number().optional(),
  children: z.object({ data: z.array(childSchema) }).optional(),
  insights: z.object({ data: z.array(z.object({ name: z.string(), values: z.array(z.object({ value: z.unknown() })) })) }).optional(),
});
export type Media = z.output<typeof mediaSchema>;

const bareComment = z.object({
  id: z.string(),
  text: z.string().catch(""),
  timestamp: instant,
  username: z.string().optional(),
  from: z.object({ id: z.string(), username: z.string().optional() }).optional(),
  parent_id: z.string().optional(),
});
export const replySchema = bareComment;
export const commentSchema = bareComment.extend({
  replies: z.object({ data: z.array(bareComment), paging: z.object({ next: z.string().optional() }).optional() }).optional(),
});
export type Reply = z.output<typeof replySchema>;

/** Needs no `fields`: Instagram tells these four. */
export const inviteSchema = z.object({ media_id: z.string(), media_owner_username: z.string().catch(""), caption: z.string().catch("") });

export const profileFields = "user_id,username,name,followers_count";
/** The part of a post that recognises it as ours. */
export const matchFields = "id,caption,timestamp,permalink,media_type,children{id}";
export const mediaFields = "id,caption,timestamp,permalink,media_type,alt_text,like_count,comments_count,children{id,media_type,alt_text}";
/** Needs a permission of its own (instagram_business_manage_insights). */
export const insightFields = "insights.metric(reach,views,shares)";
export const replyFields = "id,text,timestamp,username,from{id,username},parent_id";
export const commentFields = `${replyFields},replies{${replyFields}}`;

/** The account; followers stay null where Instagram keeps the figure to itself. */
export function toProfile(profile: z.output<typeof profileSchema>): AccountProfile {
  return {
    remoteId: profile.user_id,
    handle: profile.username,
    name: profile.name || profile.username,
    url: `https://www.instagram.com/${profile.username}/`,
    followers: profile.followers_count ?? null,
    commentsOpen: null,
  };
}

/** A post of the account. Instagram leaves the counts out that the owner hides. */
export function toPost(media: Media): RemotePost {
  const parts = media.children?.data ?? [media];
  const visual = visualOf([media.media_type, ...parts.map((part) => part.media_type)]);
  const pictures = parts.filter((part) => part.media_type === undefined || part.media_type === "IMAGE");
  return {
    remoteId: media.id,
    permalink: media.permalink ?? null,
    text: media.caption,
    publishedAt: media.timestamp,
    visual,
    hasAlt: visual === "image" ? pictures.every((part) => (part.alt_text ?? "") !== "") : null,
    hasLink: findLinks(media.caption).length > 0,
    repost: false,
    metrics: {
      likes: media.like_count ?? null,
      comments: media.comments_count ?? null,
      shares: insight(media, "shares"),
      views: insight(media, "views"),
      reach: insight(media, "reach"),
    },
  };
}

function visualOf(types: (string | undefined)[]): RemotePost["visual"] {
  if (types.includes("VIDEO")) return "video";
  return types.includes("IMAGE") || types.includes("CAROUSEL_ALBUM") ? "image" : null;
}

function insight(media: Media, name: string): number | null {
  const value = media.insights?.data.find((metric) => metric.name === name)?.values[0]?.value;
  return typeof value === "number" ? value : null;
}

/** Where a reply to this comment goes: to itself, or to the comment at the top that it stands under. */
export const commentRef = (parent: string | null) => ({ top: parent });
export const commentRefSchema = z.object({ top: z.string().nullable() });

/** A comment under the given post, directly or under the comment `parent`. Instagram withholds some authors: then they are empty. */
export function toComment(
  comment: Reply,
  account: { remoteId: string; handle: string },
  post: string,
  parent: string | null,
): RemoteComment {
  const name = comment.from?.username ?? comment.username ?? "";
  const above = parent ?? comment.parent_id ?? null;
  return {
    remoteId: comment.id,
    postRemoteId: post,
    parentRemoteId: above,
    author: { remoteId: comment.from?.id ?? "", name },
    text: comment.text,
    sentAt: comment.timestamp,
    own: isOwn(comment, account),
    ref: commentRef(above),
  };
}

/** The account is known by its id or, where the author's id is one of another scope, by its name. */
export function isOwn(comment: Reply, account: { remoteId: string; handle: string }): boolean {
  const name = comment.from?.username ?? comment.username;
  return comment.from?.id === account.remoteId || name?.toLowerCase() === account.handle.toLowerCase();
}

/** Whether two texts are the same to a platform that trims and rewrites line ends. */
export function sameText(one: string, other: string): boolean {
  const plain = (text: string) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim();
  return plain(one) === plain(other);
}

/** Whether a post may be the publication with this caption and so many pictures, or a video. */
export function mayBe(media: Media, sent: { text: string; pictures: number; video: boolean }): boolean {
  if (!sameText(media.caption, sent.text) || sent.video !== (media.media_type === "VIDEO")) return false;
  return sent.video || (media.children?.data.length ?? 1) === sent.pictures;
}

/** An invitation. Instagram tells neither its time nor the post's page. */
export const toInvite = (invite: z.output<typeof inviteSchema>): Invite => ({
  remoteId: invite.media_id,
  from: invite.media_owner_username,
  text: invite.caption,
  permalink: null,
  sentAt: null,
});
