import type { Lab } from "../lab.ts";
import { type ChatRow, findMessage, type MessageRow } from "./tables.ts";
import { tell } from "./updates.ts";
import { SERVICE } from "./view.ts";

export type Draft = Partial<Omit<MessageRow, "chat" | "id">> & { text: string; photo?: string | null; video?: string | null };

/** Stores a message under the chat's next number, or under the one given. Tells nobody. */
export function insertMessage(lab: Lab, chat: number, draft: Draft, given?: number): MessageRow {
  const id = given ?? lab.store.get<{ last_id: number }>("SELECT last_id FROM tg_chat WHERE id = ?", chat)!.last_id + 1;
  lab.store.run("UPDATE tg_chat SET last_id = max(last_id, ?) WHERE id = ?", id, chat);
  lab.store.run(
    `INSERT OR REPLACE INTO tg_message (chat, id, thread, reply_to, from_id, from_name, bot, text, album, origin_chat, origin_id, created, views)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[chat, id, draft.thread ?? null, draft.reply_to ?? null, draft.from_id ?? null, draft.from_name ?? null, draft.bot ?? null],
    ...[draft.text, draft.album ?? null, draft.origin_chat ?? null, draft.origin_id ?? null, draft.created ?? lab.now()],
    draft.views ?? null,
  );
  if (draft.photo) lab.store.run("INSERT OR REPLACE INTO tg_message_photo (chat, message, photo) VALUES (?, ?, ?)", chat, id, draft.photo);
  if (draft.video) lab.store.run("INSERT OR REPLACE INTO tg_message_video (chat, message, video) VALUES (?, ?, ?)", chat, id, draft.video);
  return findMessage(lab.store, chat, id)!;
}

/** Copies a channel's post into the discussion group, where its comments then stand. */
export function copyToGroup(lab: Lab, channel: ChatRow, post: MessageRow, media: Pick<Draft, "photo" | "video">): MessageRow | null {
  if (channel.linked === null) return null;
  const { chat, id, text, created, album } = post;
  const copy = { ...media, text, created, album: album && `${album}0`, from_id: SERVICE.id, origin_chat: chat, origin_id: id };
  return insertMessage(lab, channel.linked, copy);
}

/** Publishes in a channel: the post, and its copy in the discussion group; the bots there are told. */
export function publish(lab: Lab, channel: ChatRow, bot: number, draft: Draft): MessageRow {
  const post = insertMessage(lab, channel.id, { ...draft, bot, views: 0 });
  tell(lab, post, "channel_post");
  const copy = copyToGroup(lab, channel, post, { photo: draft.photo ?? null, video: draft.video ?? null });
  if (copy) tell(lab, copy, "message");
  return post;
}

/** A word in a group, by a visitor or a bot; an answer stands in the thread of what it answers. */
export function say(lab: Lab, group: number, draft: Draft): MessageRow {
  const answered = draft.reply_to == null ? undefined : findMessage(lab.store, group, draft.reply_to);
  const thread = answered ? (answered.thread ?? answered.id) : null;
  const message = insertMessage(lab, group, { ...draft, thread });
  tell(lab, message, "message");
  return message;
}
