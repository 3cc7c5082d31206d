import type { Lab } from "../lab.ts";
import { type BotRow, type ChatRow, findChat, findMessage, type MessageRow, photoOf, videoOf } from "./tables.ts";

type Json = { [key: string]: unknown };

/** Telegram's own account, in whose name posts are copied into discussion groups. */
export const SERVICE = { id: 777_000, is_bot: false, first_name: "Telegram" };
const seconds = (ms: number): number => Math.floor(ms / 1000);

export const botJson = ({ id, username, name }: BotRow): Json => ({ id, is_bot: true, first_name: name, username });
export const chatJson = ({ id, title, username, type }: ChatRow): Json => ({ id, title, ...(username ? { username } : {}), type });

function author(lab: Lab, row: MessageRow): Json {
  if (row.origin_chat !== null) return { from: SERVICE, sender_chat: chatJson(findChat(lab.store, row.origin_chat)!) };
  if (row.from_id === null) return { sender_chat: chatJson(findChat(lab.store, row.chat)!) };
  const bot = row.bot === null ? undefined : lab.store.get<BotRow>("SELECT * FROM tg_bot WHERE id = ?", row.bot);
  return { from: bot ? botJson(bot) : { id: row.from_id, is_bot: false, first_name: row.from_name } };
}

function origin(lab: Lab, row: MessageRow): Json {
  if (row.origin_chat === null) return {};
  const chat = chatJson(findChat(lab.store, row.origin_chat)!);
  return { forward_origin: { type: "channel", chat, message_id: row.origin_id, date: seconds(row.created) }, is_automatic_forward: true };
}

const file = ({ id, width, height }: { id: string; width: number; height: number }): Json => ({
  file_id: id,
  file_unique_id: `AQAD${id.slice(-12)}`,
  width,
  height,
});

function content(lab: Lab, row: MessageRow): Json {
  const links = [...row.text.matchAll(/https?:\/\/[^\s]+/g)].map((found) => ({
    offset: found.index,
    length: found[0].length,
    type: "url",
  }));
  const photo = photoOf(lab.store, row.chat, row.id);
  const video = videoOf(lab.store, row.chat, row.id);
  if (!photo && !video) return { text: row.text, ...(links.length > 0 ? { entities: links } : {}) };
  return {
    ...(photo ? { photo: [file(photo)] } : {}),
    ...(video ? { video: { ...file(video), duration: video.seconds, mime_type: "video/mp4", file_size: video.size } } : {}),
    ...(row.text ? { caption: row.text } : {}),
    ...(links.length > 0 ? { caption_entities: links } : {}),
  };
}

/** A message as the Bot API tells it. What it answers is told once, not that message's own answer in turn. */
export function messageJson(lab: Lab, row: MessageRow, nested = false): Json {
  const answered = row.reply_to === null || nested ? undefined : findMessage(lab.store, row.chat, row.reply_to);
  return {
    message_id: row.id,
    ...author(lab, row),
    chat: chatJson(findChat(lab.store, row.chat)!),
    date: seconds(row.created),
    ...(row.edited === null ? {} : { edit_date: seconds(row.edited) }),
    ...(row.thread === null ? {} : { message_thread_id: row.thread }),
    ...(answered ? { reply_to_message: messageJson(lab, answered, true) } : {}),
    ...origin(lab, row),
    ...(row.album === null ? {} : { media_group_id: row.album }),
    ...content(lab, row),
  };
}
