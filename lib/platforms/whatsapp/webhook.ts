/** WhatsApp's webhook: who sent it, and which citizens' messages it brings. */

import { z } from "zod";
import type { WebhookEvent, WebhookResult } from "../contract.ts";
import { isSigned } from "../facebook/webhook.ts";
import { receiptFailure } from "./client.ts";
import { contactSchema, messageSchema, toComment, type Vault } from "./transform.ts";

const envelope = z.object({
  object: z.string(),
  entry: z.array(z.object({ changes: z.array(z.object({ field: z.string(), value: z.unknown() })).catch([]) })),
});

const valueSchema = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: z.array(contactSchema).catch([]),
  messages: z.array(z.unknown()).catch([]),
  statuses: z.array(z.unknown()).catch([]),
});

/** Told of numbers that are used in the telephone's own app too. */
const revokeSchema = z.object({ type: z.literal("revoke"), revoke: z.object({ original_message_id: z.string().min(1) }) });

/** What became of a message of ours; `biz_opaque_callback_data` is the publication's id, as we gave it. */
const statusSchema = z.object({
  id: z.string().min(1),
  status: z.enum(["sent", "delivered", "read", "failed"]),
  biz_opaque_callback_data: z.string(),
  errors: z.array(z.object({ code: z.number() }).loose()).optional(),
});

/**
 * Reads the messages of a signed notification and what became of our own; whatever else changed is left out. The signature
 * covers the bytes as they came. One message of an unknown form does not hold up the others.
 */
export function readWebhook(rawBody: Uint8Array, headers: Headers, secret: string, vault: Vault): WebhookResult {
  if (!isSigned(rawBody, headers.get("x-hub-signature-256"), secret)) return { ok: false, reason: "signature" };
  const parsed = envelope.safeParse(parseJson(rawBody));
  if (!parsed.success) return { ok: false, reason: "malformed" };
  if (parsed.data.object !== "whatsapp_business_account") return { ok: true, events: [] };
  const changes = parsed.data.entry.flatMap((entry) => entry.changes);
  return { ok: true, events: changes.flatMap(({ field, value }) => (field === "messages" ? toEvents(value, vault) : [])) };
}

function toEvents(value: unknown, vault: Vault): WebhookEvent[] {
  const parsed = valueSchema.safeParse(value);
  if (!parsed.success) return [];
  const { metadata, contacts, messages, statuses } = parsed.data;
  const account = metadata.phone_number_id;
  const written = messages.flatMap((one): WebhookEvent[] => {
    const withdrawn = revokeSchema.safeParse(one).data?.revoke.original_message_id;
    if (withdrawn !== undefined) return [{ kind: "comment-removed", accountRemoteId: account, remoteId: vault.digest(withdrawn) }];
    const message = messageSchema.safeParse(one);
    const comment = message.success ? toComment(account, message.data, contacts, vault) : null;
    return comment ? [{ kind: "comment", accountRemoteId: account, comment }] : [];
  });
  return [...written, ...statuses.flatMap((one) => toReceipt(account, one, vault))];
}

function toReceipt(accountRemoteId: string, value: unknown, vault: Vault): WebhookEvent[] {
  const parsed = statusSchema.safeParse(value);
  if (!parsed.success) return [];
  const { id, status, biz_opaque_callback_data: key, errors } = parsed.data;
  if (status !== "failed") return [{ kind: "sent", accountRemoteId, key, remoteId: vault.digest(id) }];
  return [{ kind: "not-sent", accountRemoteId, key, failure: receiptFailure(errors?.[0]) }];
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
