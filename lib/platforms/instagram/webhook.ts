/** Instagram's webhook: who sent it, and what it says about comments. */

import { z } from "zod";
import type { WebhookEvent, WebhookResult } from "../contract.ts";
import { isSigned } from "../facebook/webhook.ts";
import { commentRef } from "./transform.ts";

const envelope = z.object({
  object: z.string(),
  entry: z.array(
    z.object({ id: z.string(), time: z.number(), changes: z.array(z.object({ field: z.string(), value: z.unknown() })).catch([]) }),
  ),
});

const comment = z.object({
  id: z.string(),
  text: z.string().catch(""),
  parent_id: z.string().optional(),
  media: z.object({ id: z.string() }),
  /** `self_ig_scoped_id` is there when the account itself wrote. */
  from: z.object({ id: z.string(), username: z.string().catch(""), self_ig_scoped_id: z.string().optional() }).optional(),
});

/**
 * Reads the comments of a signed notification; every other change is left out. Instagram does not tell when a comment was
 * written, only when it tells of it, and it tells of no removal.
 */
export function readWebhook(rawBody: Uint8Array, headers: Headers, secret: string): WebhookResult {
  if (!isSigned(rawBody, headers.get("x-hub-signature-256"), secret)) return { ok: false, reason: "signature" };
  const parsed = envelope.safeParse(parseJson(rawBody));
  if (!parsed.success) return { ok: false, reason: "malformed" };
  if (parsed.data.object !== "instagram") return { ok: true, events: [] };
  const events = parsed.data.entry.flatMap(({ id, time, changes }) =>
    changes.filter(({ field }) => field === "comments").flatMap(({ value }) => toEvent(id, time, value)),
  );
  return { ok: true, events };
}

function toEvent(account: string, time: number, value: unknown): WebhookEvent[] {
  const parsed = comment.safeParse(value);
  if (!parsed.success) return [];
  const { id, text, parent_id, media, from } = parsed.data;
  return [
    {
      kind: "comment",
      accountRemoteId: account,
      comment: {
        remoteId: id,
        postRemoteId: media.id,
        parentRemoteId: parent_id ?? null,
        author: { remoteId: from?.id ?? "", name: from?.username ?? "" },
        text,
        sentAt: new Date(time * 1000),
        own: from?.id === account || from?.self_ig_scoped_id !== undefined,
        ref: commentRef(parent_id ?? null),
      },
    },
  ];
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
