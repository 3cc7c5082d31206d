/** X's webhook (Account Activity): who sent it, and what it says about replies. */

import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { WebhookEvent, WebhookResult } from "../contract.ts";
import { plainText } from "./transform.ts";

const link = z.object({ url: z.string(), expanded_url: z.string().optional(), display_url: z.string().catch("") });
const tweet = z.object({
  id_str: z.string(),
  text: z.string(),
  created_at: z.string(),
  timestamp_ms: z.string().regex(/^\d+$/).optional(),
  user: z.object({ id_str: z.string(), name: z.string().catch("") }),
  in_reply_to_status_id_str: z.string().nullish(),
  in_reply_to_user_id_str: z.string().nullish(),
  entities: z.object({ urls: z.array(link).catch([]) }).catch({ urls: [] }),
  extended_tweet: z.object({ full_text: z.string(), entities: z.object({ urls: z.array(link).catch([]) }).catch({ urls: [] }) }).optional(),
});
const envelope = z.object({
  for_user_id: z.string(),
  tweet_create_events: z.array(z.unknown()).catch([]),
  tweet_delete_events: z.array(z.object({ status: z.object({ id: z.string() }) })).catch([]),
});

/** Reads the replies of a signed notification; every other event is left out. `secret` is the app's consumer secret. */
export function readWebhook(rawBody: Uint8Array, headers: Headers, secret: string): WebhookResult {
  if (!isSigned(rawBody, headers.get("x-twitter-webhooks-signature"), secret)) return { ok: false, reason: "signature" };
  const parsed = envelope.safeParse(parseJson(rawBody));
  if (!parsed.success) return { ok: false, reason: "malformed" };
  const { for_user_id: account, tweet_create_events: created, tweet_delete_events: deleted } = parsed.data;
  const removed = deleted.map(({ status }) => ({ kind: "comment-removed", accountRemoteId: account, remoteId: status.id }) as const);
  return { ok: true, events: [...created.flatMap((event) => toEvent(account, event)), ...removed] };
}

/** The answer to X's challenge (CRC): its token, signed with the app's consumer secret; null when there is no token. */
export function answerChallenge(query: URLSearchParams, consumerSecret: string): { response_token: string } | null {
  const token = query.get("crc_token");
  return token && consumerSecret !== ""
    ? { response_token: `sha256=${sign(Buffer.from(token), consumerSecret).toString("base64")}` }
    : null;
}

/**
 * Account Activity names no conversation. A reply to the account is filed under what it answers; one to somebody else, which
 * names the account too, under that somebody's words.
 */
function toEvent(account: string, value: unknown): WebhookEvent[] {
  const parsed = tweet.safeParse(value);
  if (!parsed.success) return [];
  const { id_str, text, created_at, timestamp_ms, user, entities, extended_tweet, ...reply } = parsed.data;
  const sentAt = new Date(timestamp_ms ? Number(timestamp_ms) : created_at);
  const answered = reply.in_reply_to_status_id_str;
  if (!answered || Number.isNaN(sentAt.getTime())) return [];
  const toAccount = reply.in_reply_to_user_id_str === account && user.id_str !== account;
  return [
    {
      kind: "comment",
      accountRemoteId: account,
      comment: {
        remoteId: id_str,
        postRemoteId: answered,
        parentRemoteId: toAccount ? null : answered,
        author: { remoteId: user.id_str, name: user.name },
        text: plainText(extended_tweet?.full_text ?? text, extended_tweet?.entities.urls ?? entities.urls, true),
        sentAt,
        own: user.id_str === account,
        ref: null,
      },
    },
  ];
}

const sign = (bytes: Uint8Array, secret: string) => createHmac("sha256", secret).update(bytes).digest();

function isSigned(rawBody: Uint8Array, header: string | null, secret: string): boolean {
  const given = Buffer.from(/^sha256=([A-Za-z0-9+/]{43}=)$/.exec(header ?? "")?.[1] ?? "", "base64");
  const right = sign(rawBody, secret);
  return secret !== "" && given.length === right.length && timingSafeEqual(given, right);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
