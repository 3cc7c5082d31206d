import type { Store } from "../store.ts";

export const tables = `
  CREATE TABLE IF NOT EXISTS x_user (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, username TEXT NOT NULL UNIQUE COLLATE NOCASE, about TEXT NOT NULL,
    followers INTEGER NOT NULL, listed INTEGER NOT NULL, subscribed INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS x_token (
    token TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES x_user ON DELETE CASCADE, kind TEXT NOT NULL, client TEXT NOT NULL,
    scopes TEXT NOT NULL, expires INTEGER) STRICT;
  CREATE TABLE IF NOT EXISTS x_code (
    code TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES x_user ON DELETE CASCADE, client TEXT NOT NULL, redirect TEXT NOT NULL,
    challenge TEXT NOT NULL, scopes TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS x_tweet (
    id TEXT PRIMARY KEY, author TEXT NOT NULL REFERENCES x_user ON DELETE CASCADE, text TEXT NOT NULL, conversation TEXT NOT NULL,
    reply_to TEXT, reply_to_user TEXT, created INTEGER NOT NULL, hidden INTEGER NOT NULL DEFAULT 0, likes INTEGER NOT NULL DEFAULT 0,
    reposts INTEGER NOT NULL DEFAULT 0, unlisted_replies INTEGER NOT NULL DEFAULT 0, views INTEGER NOT NULL DEFAULT 0,
    seeded INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE INDEX IF NOT EXISTS x_tweet_author ON x_tweet (author, created, id);
  CREATE INDEX IF NOT EXISTS x_tweet_conversation ON x_tweet (conversation, created, id);
  CREATE INDEX IF NOT EXISTS x_tweet_parent ON x_tweet (reply_to);
  CREATE TABLE IF NOT EXISTS x_mention (
    tweet TEXT NOT NULL REFERENCES x_tweet ON DELETE CASCADE, user TEXT NOT NULL, PRIMARY KEY (tweet, user)) STRICT;
  CREATE INDEX IF NOT EXISTS x_mention_user ON x_mention (user);
  CREATE TABLE IF NOT EXISTS x_media (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL REFERENCES x_user ON DELETE CASCADE, tweet TEXT REFERENCES x_tweet ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 0, alt TEXT NOT NULL DEFAULT '', mime TEXT NOT NULL, total INTEGER NOT NULL, bytes BLOB,
    state TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS x_media_tweet ON x_media (tweet, position);
  CREATE TABLE IF NOT EXISTS x_processing (
    media TEXT PRIMARY KEY REFERENCES x_media ON DELETE CASCADE, since INTEGER NOT NULL, fault TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS x_segment (
    media TEXT NOT NULL REFERENCES x_media ON DELETE CASCADE, n INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (media, n)) STRICT;
`;

/** `listed`: an account of the demo, not a passing visitor. `subscribed`: the app gets its webhooks. */
export type UserRow = {
  id: string;
  name: string;
  username: string;
  about: string;
  followers: number;
  listed: 0 | 1;
  subscribed: 0 | 1;
};
/** `text` as its author wrote it, with the mentions that a reply gets by itself. `unlisted_replies` are counted but have no rows. */
export type TweetRow = {
  id: string;
  author: string;
  text: string;
  conversation: string;
  reply_to: string | null;
  reply_to_user: string | null;
  created: number;
  hidden: 0 | 1;
  likes: number;
  reposts: number;
  unlisted_replies: number;
  views: number;
};
/** `bytes` null once it is ready: the lab draws the picture itself. */
export type MediaRow = {
  id: string;
  owner: string;
  tweet: string | null;
  position: number;
  alt: string;
  mime: string;
  total: number;
  bytes: Uint8Array | null;
  state: "open" | "processing" | "ready";
  created: number;
};

export const findUser = (store: Store, id: string) => store.get<UserRow>("SELECT * FROM x_user WHERE id = ?", id);
export const findByName = (store: Store, name: string) => store.get<UserRow>("SELECT * FROM x_user WHERE username = ?", name);
export const findTweet = (store: Store, id: string) => store.get<TweetRow>("SELECT * FROM x_tweet WHERE id = ?", id);

export const isVideo = ({ mime }: Pick<MediaRow, "mime">): boolean => mime.startsWith("video/");

/** How X's fields name a medium: its kind, then its id. */
export const mediaKey = (row: Pick<MediaRow, "id" | "mime">): string => `${isVideo(row) ? "7" : "3"}_${row.id}`;

/** A post's pictures in their order, or its video, without the bytes. */
export const mediaOf = (store: Store, tweet: string) =>
  store.all<Omit<MediaRow, "bytes">>(
    "SELECT id, owner, tweet, position, alt, mime, total, state, created FROM x_media WHERE tweet = ? ORDER BY position",
    tweet,
  );

/** An id as X makes them: the moment in its upper bits, so that later ids are greater. `salt` tells those of one millisecond apart. */
export const snowflake = (ms: number, salt: number): string => String((BigInt(ms - 1_288_834_974_657) << 22n) | BigInt(salt % 4_194_304));

/** The post's address on the lab's public pages. */
export const tweetPath = (username: string, id: string): string => `/x/${username}/status/${id}`;
