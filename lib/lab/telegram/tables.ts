import type { Store } from "../store.ts";

export const tables = `
  CREATE TABLE IF NOT EXISTS tg_bot (
    id INTEGER PRIMARY KEY, token TEXT NOT NULL UNIQUE, username TEXT NOT NULL, name TEXT NOT NULL, webhook_url TEXT,
    webhook_secret TEXT, allowed TEXT, last_update INTEGER NOT NULL DEFAULT 0, revoked INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE IF NOT EXISTS tg_chat (
    id INTEGER PRIMARY KEY, type TEXT NOT NULL, title TEXT NOT NULL, username TEXT UNIQUE COLLATE NOCASE, about TEXT NOT NULL,
    members INTEGER NOT NULL, linked INTEGER, last_id INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE IF NOT EXISTS tg_member (
    chat INTEGER NOT NULL REFERENCES tg_chat ON DELETE CASCADE, bot INTEGER NOT NULL REFERENCES tg_bot ON DELETE CASCADE,
    status TEXT NOT NULL, can_post INTEGER NOT NULL, PRIMARY KEY (chat, bot)) STRICT;
  CREATE TABLE IF NOT EXISTS tg_message (
    chat INTEGER NOT NULL REFERENCES tg_chat ON DELETE CASCADE, id INTEGER NOT NULL, thread INTEGER, reply_to INTEGER,
    from_id INTEGER, from_name TEXT, bot INTEGER, text TEXT NOT NULL, album TEXT, origin_chat INTEGER, origin_id INTEGER,
    created INTEGER NOT NULL, edited INTEGER, views INTEGER, PRIMARY KEY (chat, id)) STRICT;
  CREATE INDEX IF NOT EXISTS tg_message_origin ON tg_message (origin_chat, origin_id);
  CREATE INDEX IF NOT EXISTS tg_message_thread ON tg_message (chat, thread, id);
  CREATE TABLE IF NOT EXISTS tg_photo (
    id TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL, mime TEXT NOT NULL, bytes BLOB) STRICT;
  CREATE TABLE IF NOT EXISTS tg_message_photo (
    chat INTEGER NOT NULL, message INTEGER NOT NULL, photo TEXT NOT NULL REFERENCES tg_photo ON DELETE CASCADE, PRIMARY KEY (chat, message),
    FOREIGN KEY (chat, message) REFERENCES tg_message ON DELETE CASCADE) STRICT;
  CREATE TABLE IF NOT EXISTS tg_video (
    id TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL, seconds INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS tg_message_video (
    chat INTEGER NOT NULL, message INTEGER NOT NULL, video TEXT NOT NULL REFERENCES tg_video ON DELETE CASCADE, PRIMARY KEY (chat, message),
    FOREIGN KEY (chat, message) REFERENCES tg_message ON DELETE CASCADE) STRICT;
  CREATE TABLE IF NOT EXISTS tg_reaction (
    chat INTEGER NOT NULL, message INTEGER NOT NULL, bot INTEGER NOT NULL REFERENCES tg_bot ON DELETE CASCADE, emoji TEXT NOT NULL,
    PRIMARY KEY (chat, message, bot), FOREIGN KEY (chat, message) REFERENCES tg_message ON DELETE CASCADE) STRICT;
  CREATE TABLE IF NOT EXISTS tg_update (
    bot INTEGER NOT NULL REFERENCES tg_bot ON DELETE CASCADE, n INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (bot, n)) STRICT;
`;

/** `allowed`: the kinds of update that the webhook was set for, as JSON; null for the usual ones. */
export type BotRow = {
  id: number;
  token: string;
  username: string;
  name: string;
  webhook_url: string | null;
  webhook_secret: string | null;
  allowed: string | null;
  last_update: number;
  revoked: 0 | 1;
};
/** `linked`: a channel's discussion group, or a group's channel. */
export type ChatRow = {
  id: number;
  type: "channel" | "supergroup";
  title: string;
  username: string | null;
  about: string;
  members: number;
  linked: number | null;
};
export type MemberRow = { chat: number; bot: number; status: "administrator" | "member"; can_post: 0 | 1 };
/** `from_id` null: the channel itself. `bot`: the bot that sent it. `origin_…`: the post of which this is the group's copy. */
export type MessageRow = {
  chat: number;
  id: number;
  thread: number | null;
  reply_to: number | null;
  from_id: number | null;
  from_name: string | null;
  bot: number | null;
  text: string;
  album: string | null;
  origin_chat: number | null;
  origin_id: number | null;
  created: number;
  edited: number | null;
  views: number | null;
};
/** `bytes` null: the lab draws the picture itself. */
export type PhotoRow = { id: string; width: number; height: number; mime: string; bytes: Uint8Array | null };
export type VideoRow = { id: string; width: number; height: number; seconds: number; bytes: Uint8Array };

export const findChat = (store: Store, id: number) => store.get<ChatRow>("SELECT * FROM tg_chat WHERE id = ?", id);
export const findMember = (store: Store, chat: number, bot: number) =>
  store.get<MemberRow>("SELECT * FROM tg_member WHERE chat = ? AND bot = ?", chat, bot);
export const findMessage = (store: Store, chat: number, id: number) =>
  store.get<MessageRow>("SELECT * FROM tg_message WHERE chat = ? AND id = ?", chat, id);
export const findCopy = (store: Store, chat: number, id: number) =>
  store.get<MessageRow>("SELECT * FROM tg_message WHERE origin_chat = ? AND origin_id = ?", chat, id);
export const photoOf = (store: Store, chat: number, message: number) =>
  store.get<Omit<PhotoRow, "bytes">>(
    "SELECT p.id, p.width, p.height, p.mime FROM tg_message_photo m JOIN tg_photo p ON p.id = m.photo WHERE m.chat = ? AND m.message = ?",
    chat,
    message,
  );
export const findVideo = (store: Store, id: string) => store.get<VideoRow>("SELECT * FROM tg_video WHERE id = ?", id);
export const videoOf = (store: Store, chat: number, message: number) =>
  store.get<Omit<VideoRow, "bytes"> & { size: number }>(
    `SELECT v.id, v.width, v.height, v.seconds, length(v.bytes) AS size FROM tg_message_video m JOIN tg_video v ON v.id = m.video
     WHERE m.chat = ? AND m.message = ?`,
    ...[chat, message],
  );

/** The post's address on the lab's public pages. */
export const postPath = (channel: ChatRow, message: number): string => `/telegram/${channel.username ?? channel.id}/${message}`;
