import type { Store } from "../store.ts";

/** Instants are ms since 1970. A reply is a post too: `root` and `parent` say where it stands. */
export const tables = `
  CREATE TABLE IF NOT EXISTS th_account (
    id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, name TEXT NOT NULL, about TEXT NOT NULL,
    followers INTEGER, subscribed INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS th_token (
    token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES th_account ON DELETE CASCADE, kind TEXT NOT NULL, scopes TEXT NOT NULL,
    issued INTEGER NOT NULL, expires INTEGER NOT NULL, revoked INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE IF NOT EXISTS th_code (
    code TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES th_account ON DELETE CASCADE, client TEXT NOT NULL, redirect TEXT NOT NULL,
    scopes TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS th_container (
    id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES th_account ON DELETE CASCADE, item INTEGER NOT NULL, text TEXT NOT NULL,
    link TEXT, reply_to TEXT, children TEXT NOT NULL, created INTEGER NOT NULL, ready INTEGER NOT NULL,
    held INTEGER NOT NULL DEFAULT 0, problem TEXT, post TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS th_post (
    id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES th_account ON DELETE CASCADE,
    root TEXT REFERENCES th_post ON DELETE CASCADE, parent TEXT REFERENCES th_post ON DELETE CASCADE,
    author TEXT NOT NULL, username TEXT NOT NULL, shortcode TEXT NOT NULL UNIQUE, text TEXT NOT NULL, link TEXT, created INTEGER NOT NULL,
    likes INTEGER NOT NULL DEFAULT 0, reposts INTEGER NOT NULL DEFAULT 0, quotes INTEGER NOT NULL DEFAULT 0, views INTEGER,
    unlisted_replies INTEGER NOT NULL DEFAULT 0, seeded INTEGER NOT NULL DEFAULT 0, by_api INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE INDEX IF NOT EXISTS th_post_account ON th_post (account, created, id);
  CREATE INDEX IF NOT EXISTS th_post_root ON th_post (root, created, id);
  CREATE INDEX IF NOT EXISTS th_post_parent ON th_post (parent);
  CREATE TABLE IF NOT EXISTS th_hidden (post TEXT PRIMARY KEY REFERENCES th_post ON DELETE CASCADE) STRICT;
  CREATE TABLE IF NOT EXISTS th_file (
    id TEXT PRIMARY KEY, container TEXT, post TEXT REFERENCES th_post ON DELETE CASCADE, position INTEGER NOT NULL, mime TEXT NOT NULL,
    alt TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, bytes BLOB) STRICT;
  CREATE INDEX IF NOT EXISTS th_file_post ON th_file (post, position);
  CREATE INDEX IF NOT EXISTS th_file_container ON th_file (container);
`;

/** `followers` null: Threads tells no figure of this account. */
export type AccountRow = { id: string; username: string; name: string; about: string; followers: number | null; subscribed: 0 | 1 };
export type TokenRow = {
  token: string;
  account: string;
  kind: "short" | "long";
  scopes: string;
  issued: number;
  expires: number;
  revoked: 0 | 1;
};
export type CodeRow = { code: string; account: string; client: string; redirect: string; scopes: string; expires: number };
/** `held`: how many more questions it answers with IN_PROGRESS; `problem`: why it ended in ERROR; `post`: what it became. */
export type ContainerRow = {
  id: string;
  account: string;
  item: 0 | 1;
  text: string;
  link: string | null;
  reply_to: string | null;
  children: string;
  created: number;
  ready: number;
  held: number;
  problem: string | null;
  post: string | null;
};
/** `account` owns the conversation, `author` wrote the post. `views` null: no figure yet. `unlisted_replies` have no rows of their own. */
export type PostRow = {
  id: string;
  account: string;
  root: string | null;
  parent: string | null;
  author: string;
  username: string;
  shortcode: string;
  text: string;
  link: string | null;
  created: number;
  likes: number;
  reposts: number;
  quotes: number;
  views: number | null;
  unlisted_replies: number;
};
/** `bytes` null: the lab draws the picture itself. */
export type FileRow = {
  id: string;
  container: string | null;
  post: string | null;
  position: number;
  mime: string;
  alt: string;
  width: number;
  height: number;
  bytes: Uint8Array | null;
};

export type Node =
  | { kind: "account"; row: AccountRow; account: string }
  | { kind: "container"; row: ContainerRow; account: string }
  | { kind: "post"; row: PostRow; account: string };

export const findAccount = (store: Store, id: string) => store.get<AccountRow>("SELECT * FROM th_account WHERE id = ?", id);
export const findByName = (store: Store, username: string) =>
  store.get<AccountRow>("SELECT * FROM th_account WHERE username = ?", username);
export const findPost = (store: Store, id: string) => store.get<PostRow>("SELECT * FROM th_post WHERE id = ?", id);
export const findContainer = (store: Store, id: string) => store.get<ContainerRow>("SELECT * FROM th_container WHERE id = ?", id);

/** Whether the account hid a reply, or the one that it stands below. */
export const isHidden = (store: Store, id: string): boolean =>
  store.get(
    `WITH RECURSIVE above (id) AS (SELECT ? UNION SELECT p.parent FROM th_post p JOIN above a ON p.id = a.id WHERE p.parent IS NOT NULL)
     SELECT 1 AS hidden FROM above JOIN th_hidden h ON h.post = above.id`,
    id,
  ) !== undefined;

/** The object behind an id, whatever its kind. */
export function findNode(store: Store, id: string): Node | null {
  const account = findAccount(store, id);
  if (account) return { kind: "account", row: account, account: account.id };
  const post = findPost(store, id);
  if (post) return { kind: "post", row: post, account: post.account };
  const container = findContainer(store, id);
  return container ? { kind: "container", row: container, account: container.account } : null;
}

/** A post's pictures and videos in their order, without the bytes. */
export const filesOf = (store: Store, post: string) =>
  store.all<Omit<FileRow, "bytes">>(
    "SELECT id, container, post, position, mime, alt, width, height FROM th_file WHERE post = ? ORDER BY position",
    post,
  );

/** The kind of a post as Threads names it. */
export function mediaType(files: Pick<FileRow, "mime">[]): string {
  if (files.length > 1) return "CAROUSEL_ALBUM";
  if (files.length === 0) return "TEXT_POST";
  return files[0]?.mime.startsWith("video/") ? "VIDEO" : "IMAGE";
}

/** A post's address on the lab's public pages. */
export const postPath = ({ username, shortcode }: Pick<PostRow, "username" | "shortcode">): string =>
  `/threads/@${username}/post/${shortcode}`;

/** A post's short code as addresses show it. */
export const shortcodeOf = (id: string): string =>
  `D${Buffer.from(BigInt(id).toString(16).padStart(14, "0"), "hex").toString("base64url")}`;
