/** Threads' webhook: who sent it, and what it says about replies. */

import { z } from "zod";
import type { WebhookEvent, WebhookResult } from "../contract.ts";
import { isSigned } from "../facebook/webhook.ts";
import { replySchema, toComment } from "./transform.ts";

const change = z.object({ field: z.string(), value: z.unknown() });
/** Documented as one object; also seen as a list. */
const envelope = z.object({ values: z.union([change.transform((one) => [one]), z.array(change)]) });

const reply = replySchema.extend({
  root_post: z.object({ id: z.string(), owner_id: z.string().optional(), username: z.string().optional() }),
});
const removal = z.object({ id: z.string(), owner: z.object({ owner_id: z.string() }) });

/** Reads the replies and removals of a signed notification; every other change is left out. */
export function readWebhook(rawBody: Uint8Array, headers: Headers, secret: string): WebhookResult {
  if (!isSigned(rawBody, headers.get("x-hub-signature-256"), secret)) return { ok: false, reason: "signature" };
  const parsed = envelope.safeParse(parseJson(rawBody));
  if (!parsed.success) return { ok: false, reason: "malformed" };
  return { ok: true, events: parsed.data.values.flatMap(toEvent) };
}

function toEvent({ field, value }: z.output<typeof change>): WebhookEvent[] {
  if (field === "delete") {
    const removed = removal.safeParse(value).data;
    return removed ? [{ kind: "comment-removed", accountRemoteId: removed.owner.owner_id, remoteId: removed.id }] : [];
  }
  const told = field === "replies" ? reply.safeParse(value).data : undefined;
  if (!told) return [];
  const { root_post: root } = told;
  const comment = toComment(told, { handle: root.username ?? "" }, root.id);
  return [{ kind: "comment", accountRemoteId: root.owner_id ?? null, comment }];
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
