/** X's objects as the contract's. Pure. */

import { z } from "zod";
import type { RemoteComment, RemotePost } from "../contract.ts";
import { findLinks } from "../links.ts";

const instant = z.string().transform((text, context) => {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue({ code: "custom", message: "not an instant" });
  return z.NEVER;
});

const link = z.object({
  url: z.string(),
  expanded_url: z.string().optional(),
  display_url: z.string().catch(""),
  media_key: z.string().optional(),
});
const entities = z.object({ urls: z.array(link).optional() }).optional();
type Link = z.output<typeof link>;

export const tweetSchema = z.object({
  id: z.string(),
  text: z.string(),
  created_at: instant,
  author_id: z.string().optional(),
  conversation_id: z.string().optional(),
  referenced_tweets: z.array(z.object({ type: z.string(), id: z.string() })).catch([]),
  attachments: z.object({ media_keys: z.array(z.string()).optional() }).optional(),
  entities,
  /** The whole of a text that is too long for `text`. */
  note_tweet: z.object({ text: z.string(), entities }).optional(),
  public_metrics: z
    .object({
      retweet_count: z.number().optional(),
      quote_count: z.number().optional(),
      reply_count: z.number().optional(),
      like_count: z.number().optional(),
      impression_count: z.number().optional(),
    })
    .optional(),
});
export type Tweet = z.output<typeof tweetSchema>;

const media = z.object({ media_key: z.string(), type: z.string(), alt_text: z.string().optional() });
const user = z.object({ id: z.string(), name: z.string().catch(""), username: z.string() });
export const includesSchema = z.object({ media: z.array(media).catch([]), users: z.array(user).catch([]) }).catch({ media: [], users: [] });
export type Includes = z.output<typeof includesSchema>;

/** The part of a post that recognises it as ours. */
export const matchFields = { "tweet.fields": "created_at,entities,note_tweet,attachments,referenced_tweets" };
export const postFields = {
  "tweet.fields": `${matchFields["tweet.fields"]},public_metrics`,
  expansions: "attachments.media_keys",
  "media.fields": "type,alt_text",
};
export const commentFields = {
  "tweet.fields": "created_at,entities,note_tweet,author_id,conversation_id,referenced_tweets",
  expansions: "author_id",
  "user.fields": "name,username",
};

/** A picture's address stands in the text as one more link; X shows it as pic.x.com. */
const isPicture = (one: Link) => one.media_key !== undefined || /^pic\.(x|twitter)\.com\//.test(one.display_url);

const contentOf = (tweet: Tweet) => tweet.note_tweet ?? tweet;
const linksOf = (tweet: Tweet): Link[] => contentOf(tweet).entities?.urls ?? tweet.entities?.urls ?? [];
/** The post that a post answers; null where it answers none. */
export const parentOf = (tweet: Tweet) => tweet.referenced_tweets.find(({ type }) => type === "replied_to")?.id ?? null;

const unescaped = (text: string) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

/** The text as its author wrote it: links instead of t.co, no picture links, and in a reply none of the names that X put before it. */
export function plainText(text: string, urls: readonly Link[], isReply: boolean): string {
  let plain = text;
  for (const one of urls) {
    // A link without "https://" gets one from X; what its author wrote is what X shows.
    const bare = one.expanded_url === `http://${one.display_url}`;
    plain = plain.split(one.url).join(isPicture(one) ? "" : bare ? one.display_url : (one.expanded_url ?? one.url));
  }
  const whole = unescaped(plain).trim();
  return isReply ? whole.replace(/^(?:@\w{1,15}\s+)+(?=\S)/, "") : whole;
}

const textOf = (tweet: Tweet) => plainText(contentOf(tweet).text, linksOf(tweet), parentOf(tweet) !== null);

/** A post of the account as the contract wants it. `web` is the base of the addresses that people open. */
export function toPost(tweet: Tweet, includes: Includes, web: string, handle: string): RemotePost {
  const keys = tweet.attachments?.media_keys ?? [];
  const attached = includes.media.filter((one) => keys.includes(one.media_key));
  const photos = attached.filter((one) => one.type === "photo");
  const counts = tweet.public_metrics;
  return {
    remoteId: tweet.id,
    permalink: `${web}/${handle}/status/${tweet.id}`,
    text: textOf(tweet),
    publishedAt: tweet.created_at,
    visual: keys.length === 0 ? "none" : attached.length === 0 ? null : photos.length === attached.length ? "image" : "video",
    hasAlt: photos.length === 0 ? null : photos.every((one) => (one.alt_text ?? "").trim() !== ""),
    hasLink: linksOf(tweet).some((one) => !isPicture(one)),
    repost: tweet.referenced_tweets.some(({ type }) => type === "retweeted"),
    metrics: {
      likes: counts?.like_count ?? null,
      comments: counts?.reply_count ?? null,
      shares: counts?.retweet_count === undefined ? null : counts.retweet_count + (counts.quote_count ?? 0),
      views: counts?.impression_count ?? null,
      reach: null,
    },
  };
}

/** A reply within a conversation; null for the post that began it. */
export function toComment(tweet: Tweet, includes: Includes, account: string): RemoteComment | null {
  const parent = parentOf(tweet);
  if (parent === null || tweet.conversation_id === undefined || tweet.conversation_id === tweet.id) return null;
  const author = includes.users.find((one) => one.id === tweet.author_id);
  return {
    remoteId: tweet.id,
    postRemoteId: tweet.conversation_id,
    parentRemoteId: parent === tweet.conversation_id ? null : parent,
    author: { remoteId: tweet.author_id ?? "", name: author?.name || (author?.username ?? "") },
    text: textOf(tweet),
    sentAt: tweet.created_at,
    own: tweet.author_id === account,
    ref: null,
  };
}

/** Texts compared as X leaves them: links without "https://" and last slash, line ends and space in one form. */
function comparable(text: string): string {
  let plain = "";
  let end = 0;
  for (const found of findLinks(text)) {
    plain +=
      text.slice(end, found.start) +
      found.text
        .replace(/^https?:\/\//i, "")
        .replace(/\/$/, "")
        .toLowerCase();
    end = found.end;
  }
  return (plain + text.slice(end)).normalize("NFC").replace(/\s+/g, " ").trim();
}

/** Whether a post of the account is the publication with this text, so many pictures or videos, and this post answered. */
export function isPublication(tweet: Tweet, sent: { text: string; media: number; replyTo: string | null }): boolean {
  if (parentOf(tweet) !== sent.replyTo) return false;
  if ((tweet.attachments?.media_keys ?? []).length !== sent.media) return false;
  // The names before a reply may be X's or our own.
  return comparable(textOf(tweet)) === comparable(plainText(sent.text, [], sent.replyTo !== null).trim());
}
