import type { Store } from "../store.ts";

export const tables = `
  CREATE TABLE IF NOT EXISTS fb_page (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, username TEXT NOT NULL UNIQUE COLLATE NOCASE, about TEXT NOT NULL,
    followers INTEGER NOT NULL, subscribed INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS fb_user (id TEXT PRIMARY KEY, name TEXT NOT NULL, pages TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS fb_token (
    token TEXT PRIMARY KEY, owner TEXT NOT NULL, kind TEXT NOT NULL, scopes TEXT NOT NULL, expires INTEGER,
    revoked INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE IF NOT EXISTS fb_post (
    id TEXT PRIMARY KEY, page TEXT NOT NULL REFERENCES fb_page ON DELETE CASCADE, message TEXT NOT NULL, link TEXT,
    created INTEGER NOT NULL, updated INTEGER NOT NULL, published INTEGER NOT NULL, reactions INTEGER NOT NULL,
    liked INTEGER NOT NULL DEFAULT 0, unlisted_comments INTEGER NOT NULL DEFAULT 0, shares INTEGER NOT NULL, views INTEGER) STRICT;
  CREATE INDEX IF NOT EXISTS fb_post_page ON fb_post (page, created, id);
  CREATE TABLE IF NOT EXISTS fb_photo (
    id TEXT PRIMARY KEY, page TEXT NOT NULL REFERENCES fb_page ON DELETE CASCADE,
    post TEXT REFERENCES fb_post ON DELETE CASCADE, position INTEGER NOT NULL, alt TEXT NOT NULL, caption TEXT NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, mime TEXT NOT NULL, bytes BLOB, created INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS fb_photo_post ON fb_photo (post, position);
  CREATE TABLE IF NOT EXISTS fb_comment (
    id TEXT PRIMARY KEY, post TEXT NOT NULL REFERENCES fb_post ON DELETE CASCADE,
    parent TEXT REFERENCES fb_comment ON DELETE CASCADE, from_id TEXT NOT NULL, from_name TEXT NOT NULL, message TEXT NOT NULL,
    created INTEGER NOT NULL, hidden INTEGER NOT NULL DEFAULT 0, likes INTEGER NOT NULL DEFAULT 0,
    liked INTEGER NOT NULL DEFAULT 0, seeded INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE INDEX IF NOT EXISTS fb_comment_post ON fb_comment (post, created, id);
  CREATE INDEX IF NOT EXISTS fb_comment_parent ON fb_comment (parent);
  CREATE TABLE IF NOT EXISTS fb_video (
    id TEXT PRIMARY KEY, page TEXT NOT NULL REFERENCES fb_page ON DELETE CASCADE, reel INTEGER NOT NULL, session TEXT UNIQUE,
    size INTEGER, state TEXT NOT NULL, description TEXT NOT NULL, created INTEGER NOT NULL, ready INTEGER, held INTEGER NOT NULL DEFAULT 0,
    problem TEXT, post TEXT REFERENCES fb_post ON DELETE CASCADE, width INTEGER NOT NULL DEFAULT 0, height INTEGER NOT NULL DEFAULT 0,
    duration INTEGER NOT NULL DEFAULT 0, bytes BLOB) STRICT;
  CREATE INDEX IF NOT EXISTS fb_video_post ON fb_video (post);
  CREATE TABLE IF NOT EXISTS fb_chunk (
    video TEXT NOT NULL REFERENCES fb_video ON DELETE CASCADE, start INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (video, start)) STRICT;
  CREATE TABLE IF NOT EXISTS fb_code (
    code TEXT PRIMARY KEY, user TEXT NOT NULL, client TEXT NOT NULL, redirect TEXT NOT NULL, scopes TEXT NOT NULL,
    expires INTEGER NOT NULL) STRICT;
`;

export type PageRow = { id: string; name: string; username: string; about: string; followers: number; subscribed: 0 | 1 };
export type UserRow = { id: string; name: string; pages: string };
export type TokenRow = { token: string; owner: string; kind: "page" | "user"; scopes: string; expires: number | null; revoked: 0 | 1 };
/** `views` null: the platform has no figure. `unlisted_comments` are counted but have no rows of their own. */
export type PostRow = {
  id: string;
  page: string;
  message: string;
  link: string | null;
  created: number;
  updated: number;
  published: 0 | 1;
  reactions: number;
  liked: 0 | 1;
  unlisted_comments: number;
  shares: number;
  views: number | null;
};
/** `bytes` null: the lab draws the picture itself. */
export type PhotoRow = {
  id: string;
  page: string;
  post: string | null;
  position: number;
  alt: string;
  caption: string;
  width: number;
  height: number;
  mime: string;
  bytes: Uint8Array | null;
  created: number;
};
/** `size`: how many bytes were announced; `held`: how many more questions find it unready; `duration` in ms; `bytes` null until whole. */
export type VideoRow = {
  id: string;
  page: string;
  reel: 0 | 1;
  session: string | null;
  size: number | null;
  state: "open" | "whole" | "out";
  description: string;
  created: number;
  ready: number | null;
  held: number;
  problem: string | null;
  post: string | null;
  width: number;
  height: number;
  duration: number;
};
export type CommentRow = {
  id: string;
  post: string;
  parent: string | null;
  from_id: string;
  from_name: string;
  message: string;
  created: number;
  hidden: 0 | 1;
  likes: number;
  liked: 0 | 1;
};

export type Node =
  | { kind: "page"; row: PageRow; page: string }
  | { kind: "post"; row: PostRow; page: string }
  | { kind: "comment"; row: CommentRow; page: string }
  | { kind: "photo"; row: PhotoRow; page: string }
  | { kind: "video"; row: VideoRow; page: string }
  | { kind: "user"; row: UserRow; page: null };

export const findPage = (store: Store, id: string) => store.get<PageRow>("SELECT * FROM fb_page WHERE id = ?", id);
export const findPost = (store: Store, id: string) => store.get<PostRow>("SELECT * FROM fb_post WHERE id = ?", id);
export const findComment = (store: Store, id: string) => store.get<CommentRow>("SELECT * FROM fb_comment WHERE id = ?", id);

const videoColumns = "id, page, reel, session, size, state, description, created, ready, held, problem, post, width, height, duration";
/** A video without its bytes. */
export const findVideo = (store: Store, id: string) => store.get<VideoRow>(`SELECT ${videoColumns} FROM fb_video WHERE id = ?`, id);
/** The video of a post; undefined where it has none. */
export const videoOf = (store: Store, post: string) => store.get<VideoRow>(`SELECT ${videoColumns} FROM fb_video WHERE post = ?`, post);

/** The object behind a Graph id, whatever its kind. */
export function findNode(store: Store, id: string): Node | null {
  const page = findPage(store, id);
  if (page) return { kind: "page", row: page, page: page.id };
  const post = findPost(store, id);
  if (post) return { kind: "post", row: post, page: post.page };
  const comment = findComment(store, id);
  if (comment) return { kind: "comment", row: comment, page: findPost(store, comment.post)?.page ?? "" };
  const photo = store.get<PhotoRow>("SELECT * FROM fb_photo WHERE id = ?", id);
  if (photo) return { kind: "photo", row: photo, page: photo.page };
  const video = findVideo(store, id);
  if (video) return { kind: "video", row: video, page: video.page };
  const user = store.get<UserRow>("SELECT * FROM fb_user WHERE id = ?", id);
  return user ? { kind: "user", row: user, page: null } : null;
}

/** A post's pictures in their order, without the bytes. */
export const photosOf = (store: Store, post: string) =>
  store.all<Omit<PhotoRow, "bytes">>(
    "SELECT id, page, post, position, alt, caption, width, height, mime, created FROM fb_photo WHERE post = ? ORDER BY position",
    post,
  );

/** The part of a composed id after the underscore. */
export const tail = (id: string): string => id.slice(id.indexOf("_") + 1);

/** The post's address on the lab's public pages. */
export const postPath = (post: { id: string; page: string }): string => `/facebook/${post.page}/posts/${tail(post.id)}`;
