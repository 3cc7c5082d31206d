/** YouTube's resources as the product knows them. Pure. */

import { z } from "zod";
import type { AccountProfile, Json, RemoteComment, RemotePost } from "../contract.ts";
import { findLinks } from "../links.ts";

/** Google writes 64-bit numbers as text. */
const count = z.coerce.number().int().min(0).nullable().catch(null);
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const channelSchema = z.object({
  id: z.string(),
  snippet: z.object({ title: z.string(), customUrl: z.string().optional() }),
  statistics: z.object({ subscriberCount: count.optional(), hiddenSubscriberCount: z.boolean().optional() }).optional(),
});
type Channel = z.output<typeof channelSchema>;

export const videoSchema = z.object({
  id: z.string(),
  snippet: z.object({ title: z.string().catch(""), description: z.string().catch(""), publishedAt: instant }),
  status: z.object({ privacyStatus: z.string().optional(), uploadStatus: z.string().optional() }).catch({}),
  statistics: z
    .object({ viewCount: count.optional(), likeCount: count.optional(), commentCount: count.optional() })
    .optional()
    .catch(undefined),
});
export type Video = z.output<typeof videoSchema>;

export const commentSchema = z.object({
  id: z.string(),
  snippet: z.object({
    videoId: z.string().optional(),
    parentId: z.string().optional(),
    textOriginal: z.string().optional(),
    textDisplay: z.string().catch(""),
    authorDisplayName: z.string().catch(""),
    authorChannelId: z.object({ value: z.string() }).optional().catch(undefined),
    publishedAt: instant,
    updatedAt: instant.optional().catch(undefined),
  }),
});
export type Comment = z.output<typeof commentSchema>;

export const threadSchema = z.object({
  id: z.string(),
  snippet: z.object({ videoId: z.string().optional(), topLevelComment: commentSchema, totalReplyCount: z.number().catch(0) }),
  replies: z.object({ comments: z.array(z.unknown()).catch([]) }).optional(),
});
export type Thread = z.output<typeof threadSchema>;

/** Where people open YouTube. Whatever is not Google itself has its pages beside its interface. */
export function webOf(baseUrl: string): string {
  const { hostname, origin } = new URL(baseUrl);
  return /(^|\.)googleapis\.com$/.test(hostname) ? "https://www.youtube.com" : `${origin}/youtube`;
}

export const permalinkOf = (baseUrl: string, id: string): string => `${webOf(baseUrl)}/watch?v=${id}`;

export function toProfile({ id, snippet, statistics }: Channel, baseUrl: string): AccountProfile {
  const handle = snippet.customUrl?.replace(/^@/, "");
  return {
    remoteId: id,
    handle: handle ?? id,
    name: snippet.title,
    url: handle === undefined ? `${webOf(baseUrl)}/channel/${id}` : `${webOf(baseUrl)}/@${handle}`,
    followers: statistics?.hiddenSubscriberCount ? null : (statistics?.subscriberCount ?? null),
    commentsOpen: null,
  };
}

/** Whether citizens can see the video: a private, unlisted or failed one is no post. */
export const isPublic = ({ status }: Video): boolean =>
  (status.privacyStatus ?? "public") === "public" && !["failed", "rejected", "deleted"].includes(status.uploadStatus ?? "");

/** A video's text is what is said of it; where nothing is said, its title. */
export function toPost({ id, snippet, statistics }: Video, baseUrl: string): RemotePost {
  return {
    remoteId: id,
    permalink: permalinkOf(baseUrl, id),
    text: snippet.description === "" ? snippet.title : snippet.description,
    publishedAt: snippet.publishedAt,
    visual: "video",
    hasAlt: null,
    hasLink: findLinks(snippet.description).length > 0,
    repost: false,
    metrics: {
      likes: statistics?.likeCount ?? null,
      comments: statistics?.commentCount ?? null,
      shares: null,
      views: statistics?.viewCount ?? null,
      reach: null,
    },
  };
}

/** What a comment of ours is remembered by: the comment at the top of its thread, null for such a one itself. */
export const commentRefSchema = z.object({ top: z.string().nullable() });
export const commentRef = (top: string | null): Json => ({ top });

/** The text as it was written goes to its author alone; others get it as it is shown. */
export const textOf = ({ snippet }: Comment): string => snippet.textOriginal ?? snippet.textDisplay;

/** When a comment was last changed; null where it never was. */
export function editedAt({ snippet: { publishedAt, updatedAt } }: Comment): Date | null {
  return updatedAt && updatedAt > publishedAt ? updatedAt : null;
}

export function toComment(comment: Comment, channel: string, videoId: string): RemoteComment {
  const { id, snippet } = comment;
  const author = snippet.authorChannelId?.value ?? "";
  const top = snippet.parentId ?? null;
  return {
    remoteId: id,
    postRemoteId: videoId,
    parentRemoteId: top,
    author: { remoteId: author, name: snippet.authorDisplayName },
    text: textOf(comment),
    sentAt: snippet.publishedAt,
    editedAt: editedAt(comment),
    own: author === channel,
    ref: commentRef(top),
  };
}

/** Texts compared as YouTube leaves them: line ends and space in one form. */
export const sameText = (one: string, other: string): boolean => comparable(one) === comparable(other);
const comparable = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();
