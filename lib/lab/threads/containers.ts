import { invalid, missing } from "../facebook/errors.ts";
import { flag, parameter } from "../facebook/parameters.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { replyAdded } from "./changes.ts";
import { badChildren, dailyLimit, noContainer } from "./errors.ts";
import { fetchPicture, fetchVideo, type MediaFile } from "./files.ts";
import { type AccountRow, type ContainerRow, findContainer, findPost, type PostRow, shortcodeOf } from "./tables.ts";
import { checkText, linksIn } from "./text.ts";

const DAY = 24 * 60 * 60_000;
const PROCESSING_MS = { TEXT: 60, IMAGE: 200, VIDEO: 500, CAROUSEL: 100 };
const LONGEST_ALT = 1_000;
const MOST_CHILDREN = 20;
export const POSTS_PER_DAY = 250;
export const REPLIES_PER_DAY = 1_000;

type MediaType = keyof typeof PROCESSING_MS;
export type Status = "IN_PROGRESS" | "FINISHED" | "ERROR" | "EXPIRED" | "PUBLISHED";

const isMediaType = (text: string): text is MediaType => Object.hasOwn(PROCESSING_MS, text);

function childrenIn(request: LabRequest): string[] {
  const text = parameter(request, "children")?.trim() ?? "";
  try {
    const items: unknown = text.startsWith("[") ? JSON.parse(text) : text.split(",");
    if (Array.isArray(items)) return items.map((item) => String(item).trim()).filter(Boolean);
  } catch {
    // Refused below.
  }
  throw invalid("Param children must be an array");
}

async function fetchFile(type: MediaType, request: LabRequest): Promise<MediaFile | { problem: string } | null> {
  if (type === "TEXT" || type === "CAROUSEL") return null;
  const name = type === "IMAGE" ? "image_url" : "video_url";
  const url = parameter(request, name);
  if (!url) throw invalid(`The parameter ${name} is required`);
  return type === "IMAGE" ? fetchPicture(url) : fetchVideo(url);
}

/** POST /{account}/threads. Throws GraphError for a text, a picture or a carousel that Threads would refuse. */
export async function createContainer(lab: Lab, account: AccountRow, request: LabRequest): Promise<{ id: string }> {
  const type = parameter(request, "media_type") ?? "";
  if (!isMediaType(type)) throw invalid("Param media_type must be one of {TEXT, IMAGE, VIDEO, CAROUSEL}");
  const text = (parameter(request, "text") ?? "").trim();
  const alt = (parameter(request, "alt_text") ?? "").trim();
  const item = type !== "CAROUSEL" && flag(request, "is_carousel_item") === true;
  const attached = type === "TEXT" ? (parameter(request, "link_attachment") ?? null) : null;
  if (type === "TEXT" && (text === "" || item)) throw invalid("The parameter text is required");
  checkText(text, attached);
  if (alt.length > LONGEST_ALT) throw invalid("Param alt_text is too long");
  const file = await fetchFile(type, request);
  const replyTo = parameter(request, "reply_to_id") ?? null;
  return lab.store.transaction(() => {
    const target = replyTo === null ? null : findPost(lab.store, replyTo);
    if (target === undefined) throw missing("POST", replyTo ?? "");
    // Whoever does not own the conversation needs permissions that the app does not have.
    if (target && target.account !== account.id) throw invalid("You cannot reply to this post");
    const children = type === "CAROUSEL" ? checkChildren(lab, account, childrenIn(request)) : [];
    const id = lab.store.nextId();
    const problem = file && "problem" in file ? file.problem : null;
    lab.store.run(
      "INSERT INTO th_container (id, account, item, text, link, reply_to, children, created, ready, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      ...[id, account.id, item ? 1 : 0, text, attached ?? (type === "TEXT" ? (linksIn(text)[0] ?? null) : null), replyTo],
      ...[JSON.stringify(children), lab.now(), lab.now() + PROCESSING_MS[type], problem],
    );
    if (file && "bytes" in file)
      lab.store.run(
        "INSERT INTO th_file (id, container, position, mime, alt, width, height, bytes) VALUES (?, ?, 0, ?, ?, ?, ?, ?)",
        ...[lab.store.nextId(), id, file.mime, alt, file.width, file.height, file.bytes],
      );
    return { id };
  });
}

function checkChildren(lab: Lab, account: AccountRow, children: string[]): string[] {
  const bad = children.filter((id) => {
    const child = findContainer(lab.store, id);
    return child?.account !== account.id || child.item !== 1 || !["IN_PROGRESS", "FINISHED"].includes(statusOf(lab, child));
  });
  if (bad.length > 0) throw badChildren(bad);
  if (children.length < 2 || children.length > MOST_CHILDREN || new Set(children).size < children.length) throw badChildren(children);
  return children;
}

/** Where a container stands now: processing takes a moment, and whoever is not published in a day has expired. */
export function statusOf(lab: Lab, container: ContainerRow): Status {
  if (container.post) return "PUBLISHED";
  if (lab.now() >= container.created + DAY) return "EXPIRED";
  if (container.held > 0 || lab.now() < container.ready) return "IN_PROGRESS";
  if (container.problem) return "ERROR";
  const children = (JSON.parse(container.children) as string[]).flatMap((id) => {
    const child = findContainer(lab.store, id);
    return child ? [statusOf(lab, child)] : [];
  });
  if (children.some((status) => status === "ERROR" || status === "EXPIRED")) return "ERROR";
  return children.includes("IN_PROGRESS") ? "IN_PROGRESS" : "FINISHED";
}

/** The same, asked from outside: a container that a fault holds back lets go a little with every question. */
export function askStatus(lab: Lab, container: ContainerRow): { status: Status; error_message?: string } {
  const status = statusOf(lab, container);
  if (status === "IN_PROGRESS" && container.held > 0) lab.store.run("UPDATE th_container SET held = held - 1 WHERE id = ?", container.id);
  return status === "ERROR" ? { status, error_message: container.problem ?? "UNKNOWN" } : { status };
}

/** How many posts, or replies, were published through the API in the last day. */
export const publishedToday = (lab: Lab, account: string, replies: boolean): number =>
  lab.store.get<{ n: number }>(
    `SELECT count(*) AS n FROM th_post WHERE account = ? AND created > ? AND by_api = 1 AND parent IS ${replies ? "NOT NULL" : "NULL"}`,
    ...[account, lab.now() - DAY],
  )?.n ?? 0;

type NewPost = Pick<PostRow, "account" | "author" | "username" | "text" | "link"> & { parent: PostRow | null; byApi: boolean };

/** Stores a post or a reply, by the account or by a visitor. */
export function insertPost(lab: Lab, post: NewPost): PostRow {
  const { account, author, username, text, link, parent, byApi } = post;
  const id = lab.store.nextId();
  lab.store.run(
    `INSERT INTO th_post (id, account, root, parent, author, username, shortcode, text, link, created, views, by_api)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`,
    ...[id, account, parent ? (parent.root ?? parent.id) : null, parent?.id ?? null, author, username, shortcodeOf(id), text, link],
    ...[lab.now(), byApi ? 1 : 0],
  );
  return findPost(lab.store, id)!;
}

/** POST /{account}/threads_publish. Throws GraphError: 24 for a container that is not ready or is used up, 9 over the quota. */
export function publish(lab: Lab, account: AccountRow, request: LabRequest): { id: string } {
  const creation = parameter(request, "creation_id") ?? "";
  const container = findContainer(lab.store, creation);
  if (container?.account !== account.id || container.item === 1 || statusOf(lab, container) !== "FINISHED") throw noContainer(creation);
  const parent = container.reply_to === null ? null : findPost(lab.store, container.reply_to);
  if (parent === undefined) throw noContainer(creation);
  if (publishedToday(lab, account.id, parent !== null) >= (parent ? REPLIES_PER_DAY : POSTS_PER_DAY)) throw dailyLimit();
  const { text, link } = container;
  const post = insertPost(lab, { account: account.id, author: account.id, username: account.username, text, link, parent, byApi: true });
  const children = JSON.parse(container.children) as string[];
  (children.length > 0 ? children : [container.id]).forEach((part, position) => {
    lab.store.run("UPDATE th_file SET post = ?, position = ? WHERE container = ?", post.id, position, part);
  });
  for (const part of [container.id, ...children]) lab.store.run("UPDATE th_container SET post = ? WHERE id = ?", post.id, part);
  if (parent) replyAdded(lab, post);
  return { id: post.id };
}
