import { createHmac } from "node:crypto";
import { metaJson } from "../facebook/changes.ts";
import type { Lab } from "../lab.ts";
import { type CommentRow, findAccount, findMedia } from "./tables.ts";

/** Tells the app of a new comment. Instagram says nothing of edits and removals, nor when the comment was written. */
export function commentAdded(lab: Lab, comment: CommentRow): void {
  const secret = lab.settings.instagramAppSecret;
  const media = findMedia(lab.store, comment.media);
  const account = media && findAccount(lab.store, media.account);
  if (!secret || account?.subscribed !== 1) return;
  const own = comment.from_id === account.id;
  const value = {
    from: { id: comment.from_id, username: comment.username, ...(own ? { self_ig_scoped_id: account.scoped_id } : {}) },
    media: { id: comment.media, media_product_type: "FEED" },
    id: comment.id,
    ...(comment.parent ? { parent_id: comment.parent } : {}),
    text: comment.text,
  };
  const entry = { id: account.id, time: Math.floor(lab.now() / 1000), changes: [{ field: "comments", value }] };
  const body = metaJson({ object: "instagram", entry: [entry] });
  lab.enqueueWebhook("instagram", body, {
    "content-type": "application/json",
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  });
}
