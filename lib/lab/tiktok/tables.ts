import type { Store } from "../store.ts";

/** Instants are ms since 1970. */
export const tables = `
  CREATE TABLE IF NOT EXISTS tt_user (
    id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, name TEXT NOT NULL, about TEXT NOT NULL, followers INTEGER NOT NULL,
    private INTEGER NOT NULL, max_seconds INTEGER NOT NULL, unlimited INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS tt_code (
    code TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES tt_user ON DELETE CASCADE, client TEXT NOT NULL, redirect TEXT NOT NULL,
    scopes TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS tt_token (
    token TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES tt_user ON DELETE CASCADE, kind TEXT NOT NULL, client TEXT NOT NULL,
    scopes TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS tt_call (user TEXT NOT NULL REFERENCES tt_user ON DELETE CASCADE, endpoint TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS tt_call_user ON tt_call (user, endpoint, at);
  CREATE TABLE IF NOT EXISTS tt_publish (
    id TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES tt_user ON DELETE CASCADE, kind TEXT NOT NULL, title TEXT NOT NULL,
    caption TEXT NOT NULL, privacy TEXT NOT NULL, upload TEXT, size INTEGER NOT NULL, chunk_size INTEGER NOT NULL,
    chunk_count INTEGER NOT NULL, created INTEGER NOT NULL, uploaded INTEGER NOT NULL DEFAULT 0, done INTEGER,
    held INTEGER NOT NULL DEFAULT 0, problem TEXT, seconds INTEGER NOT NULL DEFAULT 0, moderation INTEGER NOT NULL, nameless INTEGER NOT NULL DEFAULT 0,
    post TEXT, settled INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE INDEX IF NOT EXISTS tt_publish_user ON tt_publish (user, created);
  CREATE TABLE IF NOT EXISTS tt_chunk (publish TEXT NOT NULL REFERENCES tt_publish ON DELETE CASCADE, n INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (publish, n)) STRICT;
  CREATE TABLE IF NOT EXISTS tt_post (
    id TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES tt_user ON DELETE CASCADE, kind TEXT NOT NULL, title TEXT NOT NULL,
    caption TEXT NOT NULL, privacy TEXT NOT NULL, created INTEGER NOT NULL, public_at INTEGER NOT NULL, told INTEGER NOT NULL,
    publish TEXT, duration INTEGER NOT NULL, likes INTEGER NOT NULL, comments INTEGER NOT NULL, shares INTEGER NOT NULL,
    views INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS tt_post_user ON tt_post (user, created, id);
  CREATE TABLE IF NOT EXISTS tt_file (
    id TEXT PRIMARY KEY, publish TEXT REFERENCES tt_publish ON DELETE CASCADE, post TEXT REFERENCES tt_post ON DELETE CASCADE,
    position INTEGER NOT NULL, mime TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, bytes BLOB) STRICT;
  CREATE INDEX IF NOT EXISTS tt_file_post ON tt_file (post, position);
  CREATE INDEX IF NOT EXISTS tt_file_publish ON tt_file (publish);
`;

/** `unlimited`: TikTok's quotas do not hold this user. */
export type UserRow = {
  id: string;
  username: string;
  name: string;
  about: string;
  followers: number;
  private: 0 | 1;
  max_seconds: number;
  unlimited: 0 | 1;
};
export type TokenRow = { token: string; user: string; kind: "access" | "refresh"; client: string; scopes: string; expires: number };
export type Kind = "video" | "photo";
/**
 * `done`: when the last byte came, or the photos were fetched; `held`: how many more questions are answered with processing;
 * `problem`: why it fails; `seconds`: a video's length; `moderation`: ms until the post is public; `nameless`: its status never tells the post's id.
 */
export type PublishRow = {
  id: string;
  user: string;
  kind: Kind;
  title: string;
  caption: string;
  privacy: string;
  upload: string | null;
  size: number;
  chunk_size: number;
  chunk_count: number;
  created: number;
  uploaded: number;
  done: number | null;
  held: number;
  problem: string | null;
  seconds: number;
  moderation: number;
  nameless: 0 | 1;
  post: string | null;
  settled: 0 | 1;
};
/** `told`: whether the app was told that the post is public. */
export type PostRow = {
  id: string;
  user: string;
  kind: Kind;
  title: string;
  caption: string;
  privacy: string;
  created: number;
  public_at: number;
  told: 0 | 1;
  publish: string | null;
  duration: number;
  likes: number;
  comments: number;
  shares: number;
  views: number;
};
/** `bytes` null: the lab draws the cover itself. */
export type FileRow = {
  id: string;
  publish: string | null;
  post: string | null;
  position: number;
  mime: string;
  width: number;
  height: number;
  bytes: Uint8Array | null;
};

export const everyone = "PUBLIC_TO_EVERYONE";

export const findUser = (store: Store, id: string) => store.get<UserRow>("SELECT * FROM tt_user WHERE id = ?", id);
export const findByName = (store: Store, name: string) =>
  store.get<UserRow>("SELECT * FROM tt_user WHERE username = ?", name.toLowerCase());
export const findPublish = (store: Store, id: string) => store.get<PublishRow>("SELECT * FROM tt_publish WHERE id = ?", id);
export const findPost = (store: Store, id: string) => store.get<PostRow>("SELECT * FROM tt_post WHERE id = ?", id);

/** Whether everybody sees the post now. */
export const isPublic = (post: PostRow, now: number): boolean => post.privacy === everyone && post.public_at <= now;

/** A post's files in their order, without the bytes. */
export const filesOf = (store: Store, post: string) =>
  store.all<Omit<FileRow, "bytes"> & { stored: 0 | 1 }>(
    "SELECT id, publish, post, position, mime, width, height, bytes IS NOT NULL AS stored FROM tt_file WHERE post = ? ORDER BY position",
    post,
  );

/** The next of the nineteen-digit numbers that posts have: larger than a double holds. */
export const newPostId = (store: Store, now: number): string =>
  String((BigInt(Math.floor(now / 1000)) << 32n) + BigInt(Number(store.nextId()) % 4_294_967_296));

/** The post's address on the lab's public pages. */
export const postPath = (username: string, post: Pick<PostRow, "kind" | "id">): string => `/tiktok/@${username}/${post.kind}/${post.id}`;
