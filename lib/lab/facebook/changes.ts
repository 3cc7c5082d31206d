import { createHmac } from "node:crypto";
import type { Lab } from "../lab.ts";
import { graphTime, type Json } from "./fields.ts";
import { type CommentRow, findPage, findPost, type PostRow, photosOf, postPath } from "./tables.ts";

/** JSON as Meta's servers write it: slashes and everything beyond ASCII escaped. Whoever re-serialises it breaks the signature. */
export function metaJson(value: Json): string {
  return JSON.stringify(value)
    .replace(/\//g, "\\/")
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function sendChange(lab: Lab, page: string, value: { [key: string]: Json }): void {
  const secret = lab.settings.facebookAppSecret;
  if (!secret || findPage(lab.store, page)?.subscribed !== 1) return;
  const body = metaJson({ entry: [{ id: page, time: Math.floor(lab.now() / 1000), changes: [{ value, field: "feed" }] }], object: "page" });
  lab.enqueueWebhook("facebook", body, {
    "content-type": "application/json",
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  });
}

/** Tells the app that a comment was added, edited, removed, hidden or shown again. */
export function commentChanged(lab: Lab, verb: "add" | "edited" | "remove" | "hide" | "unhide", comment: CommentRow): void {
  const post = findPost(lab.store, comment.post);
  if (!post) return;
  const about = {
    from: { id: comment.from_id, name: comment.from_name },
    post_id: post.id,
    comment_id: comment.id,
    created_time: Math.floor(comment.created / 1000),
    item: "comment",
    parent_id: comment.parent ?? post.id,
    verb,
  };
  const content = {
    message: comment.message,
    post: {
      status_type: photosOf(lab.store, post.id).length > 0 ? "added_photos" : "mobile_status_update",
      is_published: post.published === 1,
      updated_time: graphTime(post.updated),
      permalink_url: `${lab.settings.origin}${postPath(post)}`,
      promotion_status: "inactive",
      id: post.id,
    },
  };
  sendChange(lab, post.page, verb === "remove" ? about : { ...about, ...content });
}

/** Tells the app that a post was added, edited or removed. Called before a removal. */
export function postChanged(lab: Lab, verb: "add" | "edited" | "remove", post: PostRow): void {
  const item = verb === "remove" ? "post" : photosOf(lab.store, post.id).length > 0 ? "photo" : post.link ? "share" : "status";
  sendChange(lab, post.page, {
    from: { id: post.page, name: findPage(lab.store, post.page)?.name ?? "" },
    post_id: post.id,
    created_time: Math.floor(post.created / 1000),
    item,
    verb,
    ...(verb === "remove" ? {} : { message: post.message, published: post.published }),
  });
}

/** The handshake with which Meta checks a webhook address before using it. */
export async function verifyWebhook(lab: Lab, address: string, verifyToken = lab.settings.facebookVerifyToken): Promise<string | null> {
  const challenge = String(Math.floor(lab.now() % 1_000_000_000) + 1_000_000_000);
  const url = new URL(address);
  url.searchParams.set("hub.mode", "subscribe");
  url.searchParams.set("hub.challenge", challenge);
  url.searchParams.set("hub.verify_token", verifyToken ?? "");
  try {
    const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(5_000) });
    const text = await answer.text();
    return answer.ok && text === challenge ? null : `The address answered ${answer.status} instead of echoing hub.challenge`;
  } catch (error) {
    return `The address did not answer: ${error instanceof Error ? error.message : error}`;
  }
}
