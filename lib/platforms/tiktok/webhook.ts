/** TikTok's webhook: who sent it, and when. */

import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { WebhookResult } from "../contract.ts";

const envelope = z.object({ client_key: z.string(), event: z.string(), create_time: z.number(), user_openid: z.string() });

/** A notification from so long ago, in ms, is a replay. */
const oldest = 5 * 60_000;

/**
 * Checks a notification by the app's client secret. It brings no events: TikTok tells how publications end, which the delivery
 * asks for by itself and with certainty, and of comments it tells nothing. Source: TikTok, "Webhooks", "Check the signature".
 */
export function readWebhook(rawBody: Uint8Array, headers: Headers, secret: string, now: Date): WebhookResult {
  if (!isSigned(rawBody, headers.get("tiktok-signature"), secret, now)) return { ok: false, reason: "signature" };
  if (!envelope.safeParse(parseJson(rawBody)).success) return { ok: false, reason: "malformed" };
  return { ok: true, events: [] };
}

/** The signature covers the instant too, in seconds since 1970. */
function isSigned(rawBody: Uint8Array, header: string | null, secret: string, now: Date): boolean {
  const parts = new Map((header ?? "").split(",").map((part) => part.trim().split("=", 2) as [string, string]));
  const seconds = parts.get("t") ?? "";
  const given = parts.get("s") ?? "";
  if (secret === "" || !/^\d{1,12}$/.test(seconds) || !/^[0-9a-f]{64}$/i.test(given)) return false;
  if (Math.abs(now.getTime() - Number(seconds) * 1000) > oldest) return false;
  const expected = createHmac("sha256", secret).update(`${seconds}.`).update(rawBody).digest();
  return timingSafeEqual(Buffer.from(given, "hex"), expected);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
