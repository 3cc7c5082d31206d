/** Facebook's webhook: who sent it, and what it says about comments. */

import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { WebhookEvent, WebhookResult } from "../contract.ts";

const envelope = z.object({
  object: z.string(),
  entry: z.array(
    z.object({
      id: z.string(),
      time: z.number().optional(),
      changes: z.array(z.object({ field: z.string(), value: z.unknown() })).catch([]),
    }),
  ),
});

const comment = z.object({
  item: z.literal("comment"),
  verb: z.enum(["add", "edited", "remove"]),
  comment_id: z.string(),
  post_id: z.string(),
  parent_id: z.string().optional(),
  from: z.object({ id: z.string(), name: z.string().catch("") }).optional(),
  message: z.string().catch(""),
  /** Unix seconds. */
  created_time: z.number().optional(),
});

/** Reads the comments of a signed notification; every other change is left out. The signature covers the bytes as they came. */
export function readWebhook(rawBody: Uint8Array, headers: Headers, secret: string): WebhookResult {
  if (!isSigned(rawBody, headers.get("x-hub-signature-256"), secret)) return { ok: false, reason: "signature" };
  const parsed = envelope.safeParse(parseJson(rawBody));
  if (!parsed.success) return { ok: false, reason: "malformed" };
  if (parsed.data.object !== "page") return { ok: true, events: [] };
  const events = parsed.data.entry.flatMap((entry) =>
    entry.changes.filter((change) => change.field === "feed").flatMap((change) => toEvent(entry, change.value)),
  );
  return { ok: true, events };
}

/** The text with which Meta's handshake is answered; null when it is not Meta's handshake or the token is wrong. */
export function answerChallenge(query: URLSearchParams, verifyToken: string): string | null {
  const given = query.get("hub.verify_token");
  if (query.get("hub.mode") !== "subscribe" || given === null || verifyToken === "") return null;
  return sameBytes(Buffer.from(given), Buffer.from(verifyToken)) ? query.get("hub.challenge") : null;
}

/** Facebook does not tell when a comment was changed, only when it tells of it. */
function toEvent({ id: account, time }: { id: string; time?: number | undefined }, value: unknown): WebhookEvent[] {
  const parsed = comment.safeParse(value);
  if (!parsed.success) return [];
  const { verb, comment_id, post_id, parent_id, from, message, created_time } = parsed.data;
  if (verb === "remove") return [{ kind: "comment-removed", accountRemoteId: account, remoteId: comment_id }];
  if (created_time === undefined) return [];
  return [
    {
      kind: "comment",
      accountRemoteId: account,
      comment: {
        remoteId: comment_id,
        postRemoteId: post_id,
        parentRemoteId: parent_id === undefined || parent_id === post_id ? null : parent_id,
        author: { remoteId: from?.id ?? "", name: from?.name ?? "" },
        text: message,
        sentAt: new Date(created_time * 1000),
        ...(verb === "edited" && time !== undefined ? { editedAt: new Date(time * 1000) } : {}),
        own: from?.id === account,
        ref: null,
      },
    },
  ];
}

/** Whether Meta signed these bytes with the app's secret; never with an empty one. */
export function isSigned(rawBody: Uint8Array, header: string | null, secret: string): boolean {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(header ?? "")?.[1];
  if (hex === undefined || secret === "") return false;
  return sameBytes(Buffer.from(hex, "hex"), createHmac("sha256", secret).update(rawBody).digest());
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
