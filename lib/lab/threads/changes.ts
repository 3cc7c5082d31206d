import { createHmac } from "node:crypto";
import { metaJson } from "../facebook/changes.ts";
import { graphTime } from "../facebook/fields.ts";
import type { Lab } from "../lab.ts";
import { filesOf, findAccount, findPost, mediaType, type PostRow, postPath } from "./tables.ts";

/** Tells the app of a new reply. The payload is flat, with `values` where other products of Meta have `entry`. */
export function replyAdded(lab: Lab, reply: PostRow): void {
  const secret = lab.settings.threadsAppSecret;
  const root = findPost(lab.store, reply.root ?? "");
  const account = root && findAccount(lab.store, root.account);
  if (!secret || !root || account?.subscribed !== 1) return;
  const value = {
    id: reply.id,
    username: reply.username,
    text: reply.text,
    media_type: mediaType(filesOf(lab.store, reply.id)),
    permalink: `${lab.settings.origin}${postPath(reply)}`,
    replied_to: { id: reply.parent ?? root.id },
    root_post: { id: root.id, owner_id: account.id, username: account.username },
    shortcode: reply.shortcode,
    timestamp: graphTime(reply.created),
  };
  const body = metaJson({
    app_id: "100000000000003",
    topic: "moderate",
    target_id: reply.id,
    time: Math.floor(lab.now() / 1000),
    subscription_id: `7${account.id}`,
    has_uid_field: false,
    values: { value, field: "replies" },
  });
  lab.enqueueWebhook("threads", body, {
    "content-type": "application/json",
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  });
}
