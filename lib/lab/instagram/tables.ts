import type { Store } from "../store.ts";

/** Instants are ms since 1970. */
export const tables = `
  CREATE TABLE IF NOT EXISTS ig_account (
    id TEXT PRIMARY KEY, scoped_id TEXT NOT NULL UNIQUE, username TEXT NOT NULL UNIQUE, name TEXT NOT NULL, about TEXT NOT NULL,
    followers INTEGER NOT NULL, subscribed INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS ig_token (
    token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES ig_account ON DELETE CASCADE, kind TEXT NOT NULL, scopes TEXT NOT NULL,
    issued INTEGER NOT NULL, expires INTEGER NOT NULL, revoked INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE IF NOT EXISTS ig_container (
    id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES ig_account ON DELETE CASCADE, item INTEGER NOT NULL, caption TEXT NOT NULL,
    children TEXT NOT NULL, collaborators TEXT NOT NULL, created INTEGER NOT NULL, ready INTEGER NOT NULL,
    held INTEGER NOT NULL DEFAULT 0, problem TEXT, media TEXT) STRICT;
  CREATE INDEX IF NOT EXISTS ig_container_account ON ig_container (account, created);
  CREATE TABLE IF NOT EXISTS ig_media (
    id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES ig_account ON DELETE CASCADE, shortcode TEXT NOT NULL UNIQUE,
    caption TEXT NOT NULL, created INTEGER NOT NULL, likes INTEGER NOT NULL, unlisted_comments INTEGER NOT NULL DEFAULT 0,
    shares INTEGER NOT NULL, saves INTEGER NOT NULL, views INTEGER, reach INTEGER) STRICT;
  CREATE INDEX IF NOT EXISTS ig_media_account ON ig_media (account, created, id);
  CREATE TABLE IF NOT EXISTS ig_picture (
    id TEXT PRIMARY KEY, container TEXT, media TEXT REFERENCES ig_media ON DELETE CASCADE, position INTEGER NOT NULL, alt TEXT NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, bytes BLOB) STRICT;
  CREATE INDEX IF NOT EXISTS ig_picture_media ON ig_picture (media, position);
  CREATE INDEX IF NOT EXISTS ig_picture_container ON ig_picture (container);
  CREATE TABLE IF NOT EXISTS ig_comment (
    id TEXT PRIMARY KEY, media TEXT NOT NULL REFERENCES ig_media ON DELETE CASCADE,
    parent TEXT REFERENCES ig_comment ON DELETE CASCADE, from_id TEXT NOT NULL, username TEXT NOT NULL, text TEXT NOT NULL,
    created INTEGER NOT NULL, hidden INTEGER NOT NULL DEFAULT 0, likes INTEGER NOT NULL DEFAULT 0, seeded INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE INDEX IF NOT EXISTS ig_comment_media ON ig_comment (media, created, id);
  CREATE INDEX IF NOT EXISTS ig_comment_parent ON ig_comment (parent);
  CREATE TABLE IF NOT EXISTS ig_video (
    id TEXT PRIMARY KEY, container TEXT NOT NULL, media TEXT REFERENCES ig_media ON DELETE CASCADE, width INTEGER NOT NULL,
    height INTEGER NOT NULL, duration INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS ig_video_media ON ig_video (media);
  CREATE TABLE IF NOT EXISTS ig_collaboration (
    id TEXT PRIMARY KEY, media TEXT NOT NULL REFERENCES ig_media ON DELETE CASCADE,
    account TEXT NOT NULL REFERENCES ig_account ON DELETE CASCADE, state TEXT NOT NULL, created INTEGER NOT NULL,
    UNIQUE (media, account)) STRICT;
  CREATE INDEX IF NOT EXISTS ig_collaboration_account ON ig_collaboration (account, state);
  CREATE TABLE IF NOT EXISTS ig_code (
    code TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES ig_account ON DELETE CASCADE, client TEXT NOT NULL,
    redirect TEXT NOT NULL, scopes TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;
`;

/** `scoped_id` is the id that `/me` gives as `id`; `id` is the one it gives as `user_id` and that webhooks use. */
export type AccountRow = {
  id: string;
  scoped_id: string;
  username: string;
  name: string;
  about: string;
  followers: number;
  subscribed: 0 | 1;
};
export type TokenRow = {
  token: string;
  account: string;
  kind: "short" | "long";
  scopes: string;
  issued: number;
  expires: number;
  revoked: 0 | 1;
};
/** `collaborators` are ids; `held`: how many more questions it answers with IN_PROGRESS; `problem`: why it ends in ERROR; `media`: what it became. */
export type ContainerRow = {
  id: string;
  account: string;
  item: 0 | 1;
  caption: string;
  children: string;
  collaborators: string;
  created: number;
  ready: number;
  held: number;
  problem: string | null;
  media: string | null;
};
/** `views` and `reach` null: the platform has no figure yet. `unlisted_comments` are counted but have no rows of their own. */
export type MediaRow = {
  id: string;
  account: string;
  shortcode: string;
  caption: string;
  created: number;
  likes: number;
  unlisted_comments: number;
  shares: number;
  saves: number;
  views: number | null;
  reach: number | null;
};
/** `bytes` null: the lab draws the picture itself. */
export type PictureRow = {
  id: string;
  container: string | null;
  media: string | null;
  position: number;
  alt: string;
  width: number;
  height: number;
  bytes: Uint8Array | null;
};
/** `duration` in ms. */
export type VideoRow = {
  id: string;
  container: string;
  media: string | null;
  width: number;
  height: number;
  duration: number;
  bytes: Uint8Array;
};
export type CollaborationRow = { id: string; media: string; account: string; state: "Pending" | "Accepted" | "Declined"; created: number };
export type CommentRow = {
  id: string;
  media: string;
  parent: string | null;
  from_id: string;
  username: string;
  text: string;
  created: number;
  hidden: 0 | 1;
  likes: number;
};

export type Node =
  | { kind: "account"; row: AccountRow; account: string }
  | { kind: "container"; row: ContainerRow; account: string }
  | { kind: "post"; row: MediaRow; account: string }
  | { kind: "comment"; row: CommentRow; account: string };

export const findAccount = (store: Store, id: string) =>
  store.get<AccountRow>("SELECT * FROM ig_account WHERE id = ? OR scoped_id = ?", id, id);
export const findByName = (store: Store, username: string) =>
  store.get<AccountRow>("SELECT * FROM ig_account WHERE username = ?", username.replace(/^@/, "").toLowerCase());
export const findMedia = (store: Store, id: string) => store.get<MediaRow>("SELECT * FROM ig_media WHERE id = ?", id);
export const findComment = (store: Store, id: string) => store.get<CommentRow>("SELECT * FROM ig_comment WHERE id = ?", id);
export const findContainer = (store: Store, id: string) => store.get<ContainerRow>("SELECT * FROM ig_container WHERE id = ?", id);

/** The object behind an id, whatever its kind. */
export function findNode(store: Store, id: string): Node | null {
  const account = findAccount(store, id);
  if (account) return { kind: "account", row: account, account: account.id };
  const media = findMedia(store, id);
  if (media) return { kind: "post", row: media, account: media.account };
  const comment = findComment(store, id);
  if (comment) return { kind: "comment", row: comment, account: findMedia(store, comment.media)?.account ?? "" };
  const container = findContainer(store, id);
  return container ? { kind: "container", row: container, account: container.account } : null;
}

/** A post's pictures in their order, without the bytes. */
export const picturesOf = (store: Store, media: string) =>
  store.all<Omit<PictureRow, "bytes">>(
    "SELECT id, container, media, position, alt, width, height FROM ig_picture WHERE media = ? ORDER BY position",
    media,
  );

/** A post's video without the bytes; undefined where it has pictures. */
export const videoOf = (store: Store, media: string) =>
  store.get<Omit<VideoRow, "bytes">>("SELECT id, container, media, width, height, duration FROM ig_video WHERE media = ?", media);

/** The post's address on the lab's public pages. */
export const postPath = (store: Store, media: { id: string; shortcode: string }): string =>
  `/instagram/${videoOf(store, media.id) ? "reel" : "p"}/${media.shortcode}`;
