import type { Citizens } from "../citizens.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { commentChanged, postChanged } from "./changes.ts";
import { badPicture, duplicate, GraphError, invalid } from "./errors.ts";
import { flag, parameter } from "./parameters.ts";
import { fetchPicture, inspectPicture } from "./pictures.ts";
import { type CommentRow, findComment, findPost, type PageRow, type PhotoRow, type PostRow, postPath, tail } from "./tables.ts";

const DUPLICATE_WITHIN_MS = 10 * 60_000;
const LONGEST_POST = 63_206;
const LONGEST_COMMENT = 8_000;

function attachedMedia(request: LabRequest): string[] {
  const whole = parameter(request, "attached_media");
  const indexed = Object.keys({ ...request.fields, ...Object.fromEntries(request.url.searchParams) })
    .filter((name) => /^attached_media\[\d+\]$/.test(name))
    .sort((a, b) => Number(a.match(/\d+/)?.[0]) - Number(b.match(/\d+/)?.[0]));
  try {
    const items: unknown = whole === undefined ? indexed.map((name) => JSON.parse(parameter(request, name) ?? "")) : JSON.parse(whole);
    if (!Array.isArray(items)) throw new Error();
    return items.map((item: unknown) => {
      const parsed: unknown = typeof item === "string" ? JSON.parse(item) : item;
      const id = typeof parsed === "object" && parsed !== null && "media_fbid" in parsed ? parsed.media_fbid : null;
      if (typeof id !== "string" && typeof id !== "number") throw new Error();
      return String(id);
    });
  } catch {
    throw invalid("Param attached_media must be an array of {media_fbid}");
  }
}

/** A new post of the page. Throws error 506 for one that says again what a recent one said. */
export function insertPost(lab: Lab, page: PageRow, message: string, link: string | null, published: boolean): PostRow {
  const recent = lab.now() - DUPLICATE_WITHIN_MS;
  const same = "SELECT id FROM fb_post WHERE page = ? AND message = ? AND published = 1 AND created > ?";
  if (published && message && lab.store.get(same, page.id, message, recent)) throw duplicate();
  const id = `${page.id}_${lab.store.nextId()}`;
  const now = lab.now();
  lab.store.run(
    "INSERT INTO fb_post (id, page, message, link, created, updated, published, reactions, shares, views) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
    id,
    page.id,
    message,
    link,
    now,
    now,
    published ? 1 : 0,
  );
  return findPost(lab.store, id)!;
}

/** POST /{page}/feed. Throws GraphError: 506 for a repeated message, 100 for a parameter, 1500 for a link. */
export function createPost(lab: Lab, page: PageRow, request: LabRequest): { id: string } {
  const message = (parameter(request, "message") ?? "").trim();
  const link = parameter(request, "link")?.trim() || null;
  const media = attachedMedia(request);
  if (parameter(request, "scheduled_publish_time")) throw invalid("Scheduled publishing is not available here");
  if (!message && !link && media.length === 0) throw invalid("This post is empty. Please enter something to share.");
  if (message.length > LONGEST_POST) throw invalid("Param message is too long");
  if (link && !(URL.canParse(link) && /^https?:$/.test(new URL(link).protocol))) {
    throw new GraphError("(#1500) The url you supplied is invalid", { code: 1500 });
  }
  return lab.store.transaction(() => {
    const post = insertPost(lab, page, message, link, flag(request, "published") ?? true);
    media.forEach((id, position) => {
      const sql = "UPDATE fb_photo SET post = ?, position = ? WHERE id = ? AND page = ? AND post IS NULL";
      if (lab.store.run(sql, post.id, position, id, page.id).changes === 0) throw invalid(`Invalid media_fbid ${id}`);
    });
    if (post.published) postChanged(lab, "add", post);
    return { id: post.id };
  });
}

/** POST /{page}/photos. Throws GraphError: 324 for a file that is no JPG or PNG of at most 4 MB, 506 for a repeated caption. */
export async function createPhoto(lab: Lab, page: PageRow, request: LabRequest): Promise<{ id: string; post_id?: string }> {
  const file = request.files.source;
  const url = parameter(request, "url");
  if (!file && !url) throw badPicture(null);
  const picture = inspectPicture(file ? file.bytes : await fetchPicture(url ?? ""));
  const caption = (parameter(request, "caption") ?? parameter(request, "message") ?? "").trim();
  const published = flag(request, "published") ?? true;
  return lab.store.transaction(() => {
    const post = published ? insertPost(lab, page, caption, null, true) : null;
    const photo: PhotoRow = {
      ...picture,
      id: lab.store.nextId(),
      page: page.id,
      post: post?.id ?? null,
      position: 0,
      alt: (parameter(request, "alt_text_custom") ?? "").trim(),
      caption,
      created: lab.now(),
    };
    insertPhoto(lab, photo);
    if (!post) return { id: photo.id };
    postChanged(lab, "add", post);
    return { id: photo.id, post_id: post.id };
  });
}

/** Stores a picture, or replaces the one with the same id. */
export function insertPhoto(lab: Lab, photo: PhotoRow): void {
  const { id, page, post, position, alt, caption, width, height, mime, bytes, created } = photo;
  lab.store.run(
    "INSERT OR REPLACE INTO fb_photo (id, page, post, position, alt, caption, width, height, mime, bytes, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ...[id, page, post, position, alt, caption, width, height, mime, bytes, created],
  );
}

/** Adds a comment, by a visitor or by the page, and sends its webhook. */
export function addComment(lab: Lab, post: PostRow, parent: string | null, from: { id: string; name: string }, text: string): CommentRow {
  const message = text.trim();
  if (!message) throw invalid("Param message must be a non-empty string");
  if (message.length > LONGEST_COMMENT) throw invalid("Param message is too long");
  const id = `${tail(post.id)}_${lab.store.nextId()}`;
  lab.store.run(
    "INSERT INTO fb_comment (id, post, parent, from_id, from_name, message, created) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ...[id, post.id, parent, from.id, from.name, message, lab.now()],
  );
  const comment = findComment(lab.store, id)!;
  commentChanged(lab, "add", comment);
  return comment;
}

/** POST /{comment}: `is_hidden` for others' comments, `message` for the page's own. */
export function updateComment(lab: Lab, comment: CommentRow, page: string, request: LabRequest): void {
  const hidden = flag(request, "is_hidden");
  const message = parameter(request, "message")?.trim();
  const own = comment.from_id === page;
  if (hidden === undefined && !message) throw invalid("Nothing to update");
  if (hidden !== undefined) {
    if (own) throw new GraphError("(#200) This comment can't be hidden", { status: 403, code: 200 });
    lab.store.run("UPDATE fb_comment SET hidden = ? WHERE id = ?", hidden ? 1 : 0, comment.id);
    if (hidden !== (comment.hidden === 1)) commentChanged(lab, hidden ? "hide" : "unhide", comment);
  }
  if (!message) return;
  if (!own) throw new GraphError("(#200) Only the author may edit a comment", { status: 403, code: 200 });
  editComment(lab, comment, message);
}

/** A comment's new words. */
export function editComment(lab: Lab, comment: CommentRow, message: string): void {
  lab.store.run("UPDATE fb_comment SET message = ? WHERE id = ?", message, comment.id);
  commentChanged(lab, "edited", { ...comment, message });
}

/** A comment goes, with what stands below it. */
export function removeComment(lab: Lab, comment: CommentRow): void {
  commentChanged(lab, "remove", comment);
  lab.store.run("DELETE FROM fb_comment WHERE id = ?", comment.id);
}

const ofCitizen = (lab: Lab, id: string): CommentRow | null => {
  const comment = findComment(lab.store, id);
  return comment && !comment.post.startsWith(`${comment.from_id}_`) ? comment : null;
};

export const citizens: Citizens = {
  find: (lab, id) => {
    const comment = ofCitizen(lab, id);
    const post = comment && findPost(lab.store, comment.post);
    return post ? { name: comment.from_name, text: comment.message, path: `${postPath(post)}#komentar-${tail(comment.id)}` } : null;
  },
  edit: (lab, id, text) => editComment(lab, ofCitizen(lab, id)!, text),
  remove: (lab, id) => removeComment(lab, ofCitizen(lab, id)!),
};

/** POST /{post}: a new message for the post. */
export function updatePost(lab: Lab, post: PostRow, request: LabRequest): void {
  const message = parameter(request, "message")?.trim();
  if (!message) throw invalid("Nothing to update");
  lab.store.run("UPDATE fb_post SET message = ?, updated = ? WHERE id = ?", message, lab.now(), post.id);
  postChanged(lab, "edited", { ...post, message, updated: lab.now() });
}
