import type { Lab } from "../lab.ts";
import { notify } from "./changes.ts";
import { everyone, findPost, findPublish, isPublic, newPostId, type PostRow, type PublishRow } from "./tables.ts";

const PROCESSING_MS = 150;
const publishType = "DIRECT_PUBLISH";

/** Takes every publication, and every post, as far as the lab's time has brought it, and tells the app. */
export function settle(lab: Lab): void {
  const now = lab.now();
  const ready = lab.store.all<PublishRow>(
    "SELECT * FROM tt_publish WHERE settled = 0 AND held = 0 AND done IS NOT NULL AND done + ? <= ?",
    ...[PROCESSING_MS, now],
  );
  for (const row of ready) lab.store.transaction(() => finish(lab, row));
  const open = lab.store.all<PostRow>("SELECT * FROM tt_post WHERE told = 0 AND privacy = ? AND public_at <= ?", everyone, now);
  for (const post of open) {
    lab.store.run("UPDATE tt_post SET told = 1 WHERE id = ?", post.id);
    const content = { publish_id: post.publish, post_id: post.id, publish_type: publishType };
    notify(lab, post.user, "post.publish.publicly_available", content);
  }
}

function finish(lab: Lab, row: PublishRow): void {
  const told = { publish_id: row.id, publish_type: publishType };
  lab.store.run("UPDATE tt_publish SET settled = 1 WHERE id = ?", row.id);
  lab.store.run("DELETE FROM tt_chunk WHERE publish = ?", row.id);
  if (row.problem !== null) {
    notify(lab, row.user, "post.publish.failed", { ...told, reason: row.problem });
    return;
  }
  const created = (row.done ?? 0) + PROCESSING_MS;
  const id = newPostId(lab.store, created);
  insertPost(lab, {
    ...{ id, user: row.user, kind: row.kind, title: row.title, caption: row.caption, privacy: row.privacy, created },
    ...{ public_at: created + row.moderation, told: 0, publish: row.id, duration: row.seconds },
    ...{ likes: 0, comments: 0, shares: 0, views: 0 },
  });
  lab.store.run("UPDATE tt_publish SET post = ? WHERE id = ?", id, row.id);
  lab.store.run("UPDATE tt_file SET post = ? WHERE publish = ?", id, row.id);
  notify(lab, row.user, "post.publish.complete", told);
}

/** Stores a post, or replaces the texts and figures of the one with the same id. */
export function insertPost(lab: Lab, post: PostRow): void {
  lab.store.run(
    `INSERT INTO tt_post (id, user, kind, title, caption, privacy, created, public_at, told, publish, duration, likes, comments, shares, views)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title, caption = excluded.caption,
     likes = excluded.likes, comments = excluded.comments, shares = excluded.shares, views = excluded.views`,
    ...[post.id, post.user, post.kind, post.title, post.caption, post.privacy, post.created, post.public_at, post.told, post.publish],
    ...[post.duration, post.likes, post.comments, post.shares, post.views],
  );
}

/** Looks again when the time has come, so that the app hears of it without asking. */
export function settleSoon(lab: Lab, moderation: number): void {
  for (const ms of [PROCESSING_MS + 20, PROCESSING_MS + moderation + 40]) setTimeout(() => settle(lab), ms).unref();
}

/** What a status question is answered with. A publication that a fault holds back lets go a little with every question. */
export function statusOf(lab: Lab, id: string): { [key: string]: unknown } {
  const row = findPublish(lab.store, id)!;
  if (row.held > 0) lab.store.run("UPDATE tt_publish SET held = held - 1 WHERE id = ?", id);
  const upload = row.kind === "video";
  const bytes = upload ? { uploaded_bytes: row.uploaded } : { downloaded_bytes: row.uploaded };
  if (row.settled === 0) return { status: upload ? "PROCESSING_UPLOAD" : "PROCESSING_DOWNLOAD", ...bytes };
  if (row.problem !== null) return { status: "FAILED", fail_reason: row.problem, publicaly_available_post_id: [], ...bytes };
  const post = row.post === null ? undefined : findPost(lab.store, row.post);
  const named = post && row.nameless === 0 && isPublic(post, lab.now());
  return { status: "PUBLISH_COMPLETE", publicaly_available_post_id: named ? [post.id] : [], ...bytes };
}
