/** Telegram's webhook: who sent it, and what it says about a channel and its discussion group. */

import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { WebhookEvent, WebhookResult } from "../contract.ts";
import { messageSchema, postOf, toComment, toPost } from "./transform.ts";

const update = z.object({
  update_id: z.number(),
  channel_post: z.unknown().optional(),
  edited_channel_post: z.unknown().optional(),
  message: z.unknown().optional(),
  edited_message: z.unknown().optional(),
});

/** The updates that a webhook has to be set for. */
export const neededUpdates = ["message", "edited_message", "channel_post", "edited_channel_post"];

/** Reads one update. The secret token vouches for the sender alone, the bytes are protected by TLS. */
export function readWebhook(rawBody: Uint8Array, headers: Headers, secret: string): WebhookResult {
  if (!isSame(headers.get("x-telegram-bot-api-secret-token"), secret)) return { ok: false, reason: "signature" };
  const parsed = update.safeParse(parseJson(rawBody));
  if (!parsed.success) return { ok: false, reason: "malformed" };
  const { channel_post, edited_channel_post, message, edited_message } = parsed.data;
  return { ok: true, events: [...ofChannel(channel_post ?? edited_channel_post), ...ofGroup(message ?? edited_message)] };
}

function ofChannel(value: unknown): WebhookEvent[] {
  const parsed = messageSchema.safeParse(value);
  const post = parsed.success && parsed.data.chat.type === "channel" ? toPost(parsed.data) : null;
  return parsed.success && post ? [{ kind: "post", accountRemoteId: String(parsed.data.chat.id), post }] : [];
}

/** The group's own copy of a post tells of the post too: of our own posts Telegram tells in no other way. */
function ofGroup(value: unknown): WebhookEvent[] {
  const parsed = messageSchema.safeParse(value);
  if (!parsed.success || parsed.data.chat.type !== "supergroup") return [];
  const copied = postOf(parsed.data);
  if (copied) {
    const post = toPost(parsed.data);
    return post ? [{ kind: "post", accountRemoteId: String(copied.chat.id), post }] : [];
  }
  const found = toComment(parsed.data);
  return found ? [{ kind: "comment", accountRemoteId: found.account, comment: found.comment }] : [];
}

function isSame(given: string | null, secret: string): boolean {
  if (given === null || secret === "") return false;
  const [one, other] = [Buffer.from(given), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
