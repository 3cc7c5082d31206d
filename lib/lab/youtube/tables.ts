import { createHash, randomBytes } from "node:crypto";
import type { Store } from "../store.ts";

export const tables = `
  CREATE TABLE IF NOT EXISTS yt_channel (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, handle TEXT NOT NULL UNIQUE COLLATE NOCASE, about TEXT NOT NULL,
    subscribers INTEGER NOT NULL, subscribers_hidden INTEGER NOT NULL, listed INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS yt_token (
    token TEXT PRIMARY KEY, channel TEXT NOT NULL REFERENCES yt_channel ON DELETE CASCADE, kind TEXT NOT NULL, client TEXT NOT NULL,
    scopes TEXT NOT NULL, expires INTEGER) STRICT;
  CREATE TABLE IF NOT EXISTS yt_code (
    code TEXT PRIMARY KEY, channel TEXT NOT NULL REFERENCES yt_channel ON DELETE CASCADE, client TEXT NOT NULL, redirect TEXT NOT NULL,
    challenge TEXT NOT NULL, scopes TEXT NOT NULL, offline INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS yt_video (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL REFERENCES yt_channel ON DELETE CASCADE, title TEXT NOT NULL, description TEXT NOT NULL,
    category TEXT NOT NULL, privacy TEXT NOT NULL, made_for_kids INTEGER NOT NULL, state TEXT NOT NULL, created INTEGER NOT NULL,
    comments_open INTEGER NOT NULL DEFAULT 1, views INTEGER NOT NULL DEFAULT 0, likes INTEGER NOT NULL DEFAULT 0,
    unlisted_comments INTEGER NOT NULL DEFAULT 0, mime TEXT NOT NULL, bytes BLOB, thumbnail BLOB, thumbnail_mime TEXT) STRICT;
  CREATE INDEX IF NOT EXISTS yt_video_channel ON yt_video (channel, created, id);
  CREATE TABLE IF NOT EXISTS yt_session (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL REFERENCES yt_channel ON DELETE CASCADE, about TEXT NOT NULL, mime TEXT NOT NULL,
    total INTEGER, received INTEGER NOT NULL DEFAULT 0, video TEXT, created INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS yt_chunk (
    session TEXT NOT NULL REFERENCES yt_session ON DELETE CASCADE, start INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (session, start)) STRICT;
  CREATE TABLE IF NOT EXISTS yt_comment (
    id TEXT PRIMARY KEY, video TEXT NOT NULL REFERENCES yt_video ON DELETE CASCADE, parent TEXT REFERENCES yt_comment ON DELETE CASCADE,
    author TEXT NOT NULL REFERENCES yt_channel ON DELETE CASCADE, text TEXT NOT NULL, created INTEGER NOT NULL,
    likes INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE IF NOT EXISTS yt_comment_state (
    comment TEXT PRIMARY KEY REFERENCES yt_comment ON DELETE CASCADE, moderation TEXT NOT NULL DEFAULT 'published', edited INTEGER) STRICT;
  CREATE INDEX IF NOT EXISTS yt_comment_video ON yt_comment (video, created, id);
  CREATE INDEX IF NOT EXISTS yt_comment_parent ON yt_comment (parent, created, id);
`;

/** `listed`: a channel of the demo, not a passing visitor. */
export type ChannelRow = {
  id: string;
  title: string;
  handle: string;
  about: string;
  subscribers: number;
  subscribers_hidden: 0 | 1;
  listed: 0 | 1;
};
/** Without the bytes: `playable` tells whether there are any, `illustrated` whether its owner chose a picture. `unlisted_comments` have no rows. */
export type VideoRow = {
  id: string;
  channel: string;
  title: string;
  description: string;
  category: string;
  privacy: "public" | "unlisted" | "private";
  made_for_kids: 0 | 1;
  state: "processed" | "failed";
  created: number;
  comments_open: 0 | 1;
  views: number;
  likes: number;
  unlisted_comments: number;
  mime: string;
  playable: 0 | 1;
  illustrated: 0 | 1;
};
export type CommentRow = {
  id: string;
  video: string;
  parent: string | null;
  author: string;
  text: string;
  created: number;
  likes: number;
};

export const videoFields = `id, channel, title, description, category, privacy, made_for_kids, state, created, comments_open, views, likes,
  unlisted_comments, mime, bytes IS NOT NULL AS playable, thumbnail IS NOT NULL AS illustrated`;

export const findChannel = (store: Store, id: string) => store.get<ChannelRow>("SELECT * FROM yt_channel WHERE id = ?", id);
export const findByHandle = (store: Store, handle: string) =>
  store.get<ChannelRow>("SELECT * FROM yt_channel WHERE handle = ?", handle.replace(/^@/, ""));
export const findVideo = (store: Store, id: string) => store.get<VideoRow>(`SELECT ${videoFields} FROM yt_video WHERE id = ?`, id);
export const findComment = (store: Store, id: string) => store.get<CommentRow>("SELECT * FROM yt_comment WHERE id = ?", id);

type CommentState = { moderation: "published" | "heldForReview" | "rejected"; edited: number | null };
/** Whether a comment is shown, and when it was changed. */
export const stateOf = (store: Store, id: string): CommentState =>
  store.get<CommentState>("SELECT moderation, edited FROM yt_comment_state WHERE comment = ?", id) ?? {
    moderation: "published",
    edited: null,
  };
export const setState = (store: Store, id: string, { moderation, edited }: CommentState): void =>
  void store.run("INSERT OR REPLACE INTO yt_comment_state (comment, moderation, edited) VALUES (?, ?, ?)", id, moderation, edited);
/** The comments that everybody may see. */
export const published = "id NOT IN (SELECT comment FROM yt_comment_state WHERE moderation <> 'published')";

/** The playlist of everything that a channel has uploaded. */
export const uploadsOf = (channel: string): string => channel.replace(/^UC/, "UU");

/** A video's id: eleven letters, drawn anew or always the same for the same name. */
export const videoId = (name: string | null): string =>
  (name === null ? randomBytes(8) : createHash("sha256").update(name).digest()).toString("base64url").slice(0, 11);

/** A comment's id; a reply's begins with the one of the comment that it answers. */
export function commentId(parent: string | null, name: string | null): string {
  const letters = (name === null ? randomBytes(18) : createHash("sha256").update(name).digest()).toString("base64url").slice(0, 16);
  return parent === null ? `Ugx${letters}4AaABAg` : `${parent}.9${letters}`;
}

/** The video's address on the lab's public pages. */
export const videoPath = (id: string): string => `/youtube/watch?v=${id}`;
