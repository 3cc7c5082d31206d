import { z } from "zod";
import { publicRoute } from "#lib/core/doors.ts";
import { acceptWebhook } from "#lib/inbox/intake/webhooks.ts";
import { platforms } from "#lib/platforms/contract.ts";
import { webhookOf } from "#lib/platforms/registry.ts";

export const dynamic = "force-dynamic";

const MAX_BODY_BYTES = 1024 * 1024;
const platformName = z.enum(platforms);
const nothing = (status: number) => new Response(null, { status });

function receiver(name: string | undefined) {
  const platform = platformName.safeParse(name);
  const found = platform.success ? webhookOf(platform.data) : null;
  return platform.success && found ? { platform: platform.data, ...found } : null;
}

/** The platform asks whether this address is ours (hub.challenge, crc_token). */
export const GET = publicRoute("webhook-challenge", async (request, { params }) => {
  const found = receiver(params.platform);
  if (!found?.connector.answerChallenge || !found.verify) return nothing(404);
  const challenge = found.connector.answerChallenge(new URL(request.url).searchParams, found.verify);
  if (challenge === null) return nothing(403);
  return typeof challenge === "string" ? new Response(challenge, { headers: { "content-type": "text/plain" } }) : Response.json(challenge);
});

/** Citizens' words as they are written. Unsigned, malformed and oversized bodies change nothing. */
export const POST = publicRoute("webhook", async (request, { params }) => {
  const found = receiver(params.platform);
  if (!found?.connector.readWebhook) return nothing(404);
  const body = await readBounded(request);
  if (!body) return nothing(413);
  const result = found.connector.readWebhook(body, request.headers, found.secret);
  if (!result.ok) return nothing(result.reason === "signature" ? 401 : 400);
  await acceptWebhook(found.platform, body, result.events);
  return nothing(200);
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
