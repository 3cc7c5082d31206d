/** The Bot API's messages as the contract's posts and comments. Pure. */

import { z } from "zod";
import type { Json, RemoteComment, RemotePost } from "../contract.ts";
import { findLinks } from "../links.ts";

const chat = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string().optional(),
  username: z.string().optional(),
});
const origin = z.object({ type: z.string(), chat: chat.optional(), message_id: z.number().optional(), date: z.number() });
const entities = z.array(z.object({ type: z.string() })).optional();
const present = z.unknown().optional();

const base = z.object({
  message_id: z.number(),
  message_thread_id: z.number().optional(),
  from: z.object({ id: z.number(), first_name: z.string().catch(""), last_name: z.string().optional() }).optional(),
  sender_chat: chat.optional(),
  /** Unix seconds. */
  date: z.number(),
  edit_date: z.number().optional(),
  chat,
  forward_origin: origin.optional(),
  is_automatic_forward: z.boolean().optional(),
  media_group_id: z.string().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  entities,
  caption_entities: entities,
  photo: present,
  video: present,
  animation: present,
  video_note: present,
});
export const messageSchema = base.extend({ reply_to_message: base.optional() });
export type BotMessage = z.output<typeof messageSchema>;

/** What a reply to a comment needs: the group and the message in it. */
export const refSchema = z.object({ chatId: z.number(), messageId: z.number() });

/** Message numbers count within one chat only, so that an id names both. */
export const idOf = (chatId: number, messageId: number): string => `${chatId}/${messageId}`;

/** The public address of a message; a channel without a name has one for its members only. */
export function permalinkOf(of: { id: number; username?: string | undefined }, messageId: number): string {
  return of.username ? `https://t.me/${of.username}/${messageId}` : `https://t.me/c/${String(of.id).replace(/^-100/, "")}/${messageId}`;
}

const wordsOf = (message: z.output<typeof base>): string => message.text ?? message.caption ?? "";

/** A channel's post. Alternative texts and figures are unknown to the Bot API. Null for the parts of an album that carry no words. */
export function toPost(message: BotMessage): RemotePost | null {
  const text = wordsOf(message);
  if (message.media_group_id !== undefined && text === "") return null;
  const marked = [...(message.entities ?? []), ...(message.caption_entities ?? [])];
  return {
    ...placeOf(message),
    text,
    visual: visual(message),
    hasAlt: null,
    hasLink: marked.some(({ type }) => type === "url" || type === "text_link") || findLinks(text).length > 0,
    repost: message.forward_origin !== undefined && message.is_automatic_forward !== true,
    metrics: { likes: null, comments: null, shares: null, views: null, reach: null },
  };
}

/** A copy in the discussion group tells where the post itself stands. */
function placeOf(message: BotMessage): Pick<RemotePost, "remoteId" | "permalink" | "publishedAt"> {
  const post = message.is_automatic_forward ? postOf(message) : null;
  if (post) return { remoteId: idOf(post.chat.id, post.id), permalink: permalinkOf(post.chat, post.id), publishedAt: instant(post.date) };
  const { chat: channel, message_id: id, date } = message;
  return { remoteId: idOf(channel.id, id), permalink: permalinkOf(channel, id), publishedAt: instant(date) };
}

const instant = (seconds: number): Date => new Date(seconds * 1000);

function visual(message: BotMessage): RemotePost["visual"] {
  if (message.video ?? message.animation ?? message.video_note) return "video";
  return message.photo ? "image" : "none";
}

/** The channel post whose automatic copy this message is; null when it is none. */
export function postOf(message: z.output<typeof base> | undefined): { chat: z.output<typeof chat>; id: number; date: number } | null {
  const from = message?.forward_origin;
  if (!message?.is_automatic_forward || from?.type !== "channel" || !from.chat || from.message_id === undefined) return null;
  return { chat: from.chat, id: from.message_id, date: from.date };
}

/**
 * A citizen's word in the discussion group, with the channel it belongs to. Under a post it names the post and the channel.
 * As a reply to another comment it names only that comment: the channel is then null, and the post is told by its copy in
 * the group. Null for talk that answers nothing.
 */
export function toComment(message: BotMessage): { account: string | null; comment: RemoteComment } | null {
  const answered = message.reply_to_message;
  if (!answered) return null;
  const post = postOf(answered);
  const group = message.chat.id;
  const thread = idOf(group, message.message_thread_id ?? answered.message_id);
  const author = message.sender_chat ?? message.from;
  const ref: Json = { chatId: group, messageId: message.message_id };
  return {
    account: post ? String(post.chat.id) : null,
    comment: {
      remoteId: idOf(group, message.message_id),
      postRemoteId: post ? idOf(post.chat.id, post.id) : thread,
      parentRemoteId: post ? null : idOf(group, answered.message_id),
      author: { remoteId: author ? String(author.id) : "", name: author ? nameOf(author) : "" },
      text: wordsOf(message),
      sentAt: instant(message.date),
      ...(message.edit_date === undefined ? {} : { editedAt: instant(message.edit_date) }),
      // An administrator who writes in the group's name, or in the channel's.
      own: message.sender_chat !== undefined && [group, post?.chat.id].includes(message.sender_chat.id),
      ref,
    },
  };
}

function nameOf(author: { title?: string | undefined } | { first_name: string; last_name?: string | undefined }): string {
  return "first_name" in author ? [author.first_name, author.last_name].filter(Boolean).join(" ") : (author.title ?? "");
}
