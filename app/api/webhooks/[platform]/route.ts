import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { publicRoute } from "#lib/core/doors.ts";
import { env } from "#lib/core/env.ts";
import { takeInWebhook } from "#lib/inbox/webhooks.ts";
import { platforms } from "#lib/platforms/contract.ts";
import { connectorFor } from "#lib/platforms/registry.ts";

export const dynamic = "force-dynamic";

const MAX_BODY_BYTES = 1024 * 1024;
const platformName = z.enum(platforms);

const secretsOf = (platform: string) => (platform === "facebook" ? { app: env().FACEBOOK_APP_SECRET, verify: env().FACEBOOK_VERIFY_TOKEN } : null);

/** The platform asks whether this address is ours (hub.challenge). */
export const GET = publicRoute("webhook-challenge", async (request, { params }) => {
  const verify = secretsOf(params.platform ?? "")?.verify;
  const query = new URL(request.url).searchParams;
  const given = Buffer.from(query.get("hub.verify_token") ?? "");
  const expected = Buffer.from(verify ?? "");
  const right = verify && given.length === expected.length && timingSafeEqual(given, expected);
  if (!right || query.get("hub.mode") !== "subscribe") return new Response(null, { status: 403 });
  return new Response((query.get("hub.challenge") ?? "").slice(0, 200), { headers: { "content-type": "text/plain" } });
});

/** Citizens' words as they are written. Unsigned, malformed and oversized bodies change nothing. */
export const POST = publicRoute("webhook", async (request, { params }) => {
  const platform = platformName.safeParse(params.platform);
  const read = platform.success ? connectorFor(platform.data, "api").readWebhook : null;
  const secret = secretsOf(params.platform ?? "")?.app;
  if (!platform.success || !read || !secret) return new Response(null, { status: 404 });
  const body = await readBounded(request);
  if (!body) return new Response(null, { status: 413 });
  const result = read(body, request.headers, secret);
  if (!result.ok) return new Response(null, { status: result.reason === "signature" ? 401 : 400 });
  await takeInWebhook(platform.data, result.events);
  return new Response(null, { status: 200 });
});

async function readBounded(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > MAX_BODY_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
