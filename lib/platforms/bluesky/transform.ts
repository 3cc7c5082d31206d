/** Bluesky's views and records as the contract's objects. Pure. */

import { z } from "zod";
import type { RemoteComment, RemotePost } from "../contract.ts";
import type { StrongRef } from "./record.ts";

const instant = z.string().transform((text, context) => {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue({ code: "custom", message: "not an instant" });
  return z.NEVER;
});
const strongRef = z.object({ uri: z.string(), cid: z.string() });
const image = z.object({ alt: z.string().catch("") });
const media = z.object({ $type: z.string(), images: z.array(image).optional(), alt: z.string().optional() });
const embed = media.extend({ media: media.optional() });
const facet = z.object({ features: z.array(z.object({ $type: z.string() })) });

export const recordSchema = z.object({
  text: z.string(),
  createdAt: instant,
  embed: embed.optional().catch(undefined),
  facets: z.array(facet).optional().catch(undefined),
  reply: z.object({ root: strongRef, parent: strongRef }).optional(),
});
type PostRecord = z.output<typeof recordSchema>;

const postView = z.object({
  uri: z.string(),
  cid: z.string(),
  author: z.object({ did: z.string(), handle: z.string(), displayName: z.string().optional() }),
  record: recordSchema,
  indexedAt: instant,
  likeCount: z.number().optional(),
  replyCount: z.number().optional(),
  repostCount: z.number().optional(),
  quoteCount: z.number().optional(),
});
type PostView = z.output<typeof postView>;

const reason = z.object({ $type: z.string(), uri: z.string().optional(), indexedAt: instant.optional() });
export const feedItemSchema = z.object({ post: postView, reason: reason.optional() });
export type FeedItem = z.output<typeof feedItemSchema>;

export const recordItemSchema = z.object({ uri: z.string(), cid: z.string(), value: recordSchema });

/** A post in a thread with its replies; a blocked or deleted one has no `post`. */
export type ThreadNode = { post?: PostView; replies?: ThreadNode[] };
export const threadSchema: z.ZodType<ThreadNode> = z.object({
  post: postView.optional().catch(undefined),
  get replies() {
    return z.array(threadSchema).optional();
  },
});

/** Answers `{ ref }` of a comment that we read earlier: what a reply to it must name. */
export const commentRefSchema = z.object({ cid: z.string(), root: strongRef });

export const rkeyOf = (uri: string): string => uri.slice(uri.lastIndexOf("/") + 1);

/** The page of a post for people; null on a network whose web address we do not know. `webUrl` has no trailing slash. */
export function permalinkOf(webUrl: string | null, uri: string, who: string): string | null {
  return webUrl === null ? null : `${webUrl}/profile/${who}/post/${rkeyOf(uri)}`;
}

/** The web address for people that belongs to an API address: Bluesky's own servers have one, others are unknown. */
export function webUrlOf(baseUrl: string): string | null {
  const { hostname } = new URL(baseUrl);
  return hostname === "bsky.social" || hostname.endsWith(".bsky.social") || hostname.endsWith(".bsky.network") ? "https://bsky.app" : null;
}

const nothing = { likes: null, comments: null, shares: null, views: null, reach: null };

/** An entry of the account's feed. A repost counts as its own post; the figures of the original are not ours. */
export function fromFeed({ post, reason: why }: FeedItem, webUrl: string | null): RemotePost {
  const base = contentOf(post.record);
  if (why?.$type === "app.bsky.feed.defs#reasonRepost") {
    return {
      ...base,
      remoteId: why.uri ?? post.uri,
      permalink: permalinkOf(webUrl, post.uri, post.author.handle),
      publishedAt: why.indexedAt ?? post.indexedAt,
      repost: true,
      metrics: nothing,
    };
  }
  return {
    ...base,
    remoteId: post.uri,
    permalink: permalinkOf(webUrl, post.uri, post.author.handle),
    publishedAt: post.record.createdAt,
    repost: false,
    metrics: {
      ...nothing,
      likes: post.likeCount ?? null,
      comments: post.replyCount ?? null,
      shares: post.repostCount === undefined ? null : post.repostCount + (post.quoteCount ?? 0),
    },
  };
}

/** A record straight from the repository: the words are there, the figures are not. */
export function fromRecord(item: z.output<typeof recordItemSchema>, webUrl: string | null, handle: string): RemotePost {
  const { value, uri } = item;
  const permalink = permalinkOf(webUrl, uri, handle);
  return { ...contentOf(value), remoteId: uri, permalink, publishedAt: value.createdAt, repost: false, metrics: nothing };
}

function contentOf(record: PostRecord): Pick<RemotePost, "text" | "visual" | "hasAlt" | "hasLink"> {
  const shown = record.embed?.media ?? record.embed;
  const alts = shown?.images?.map((one) => one.alt) ?? (shown?.$type === "app.bsky.embed.video" ? [shown.alt ?? ""] : []);
  const linked = record.facets?.some((one) => one.features.some((feature) => feature.$type === "app.bsky.richtext.facet#link")) ?? false;
  return {
    text: record.text,
    visual: shown?.images ? "image" : shown?.$type === "app.bsky.embed.video" ? "video" : "none",
    hasAlt: alts.length === 0 ? null : alts.every((alt) => alt.trim() !== ""),
    hasLink: linked || shown?.$type === "app.bsky.embed.external",
  };
}

/** Every reply in a thread, at any depth, newest last. The AppView's clock counts: a record's own time is its author's claim. */
export function commentsOf(thread: ThreadNode, account: string, since: Date): RemoteComment[] {
  const root = thread.post;
  if (!root) return [];
  const rootRef: StrongRef = { uri: root.uri, cid: root.cid };
  const found: RemoteComment[] = [];
  const visit = (node: ThreadNode) => {
    for (const reply of node.replies ?? []) {
      if (reply.post && reply.post.indexedAt >= since) found.push(toComment(reply.post, rootRef, account));
      visit(reply);
    }
  };
  visit(thread);
  return found.sort((one, other) => one.sentAt.getTime() - other.sentAt.getTime());
}

function toComment(post: PostView, root: StrongRef, account: string): RemoteComment {
  const parent = post.record.reply?.parent.uri;
  return {
    remoteId: post.uri,
    postRemoteId: root.uri,
    parentRemoteId: parent === undefined || parent === root.uri ? null : parent,
    author: { remoteId: post.author.did, name: post.author.displayName || post.author.handle },
    text: post.record.text,
    sentAt: post.indexedAt,
    own: post.author.did === account,
    ref: { cid: post.cid, root: post.record.reply?.root ?? root },
  };
}
