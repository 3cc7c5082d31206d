/** A Bluesky session: two tokens, of which the second renews both. */

import { z } from "zod";
import { type Grant, PlatformFailure } from "../contract.ts";
import { type Xrpc, xrpcClient } from "./client.ts";

export const grantSchema = z.object({
  accessJwt: z.string(),
  refreshJwt: z.string(),
  did: z.string(),
  handle: z.string(),
  /** The personal data server that holds the account, without a trailing slash. */
  pdsUrl: z.string(),
  /** Absent where a token does not tell its own end. */
  refreshAfter: z.iso.datetime().optional(),
  expiresAt: z.iso.datetime().optional(),
});
type Session = z.output<typeof grantSchema>;

const sessionSchema = z.object({
  accessJwt: z.string(),
  refreshJwt: z.string(),
  did: z.string(),
  handle: z.string(),
  didDoc: z
    .object({ service: z.array(z.object({ id: z.string(), serviceEndpoint: z.string() })) })
    .optional()
    .catch(undefined),
});

/** Renewed this long before the access token ends, so that a publication with a video never loses it halfway. */
const renewBefore = 15 * 60_000;

/** Signs in with a handle and an app password. */
export async function createSession(baseUrl: string, identifier: string, password: string, now: () => Date): Promise<Session> {
  const xrpc = xrpcClient({ baseUrl, token: null, now });
  const body = { identifier: identifier.trim().replace(/^@/, ""), password: password.trim() };
  return toGrant(await xrpc.call("com.atproto.server.createSession", body, sessionSchema, false), baseUrl);
}

/** A renewed grant when the access token ends within a quarter of an hour, else null. Both tokens change; the old refresh token dies. */
export async function refreshSession(grant: Grant, now: () => Date, at: Date): Promise<Grant | null> {
  const session = grantSchema.parse(grant);
  if (expiry(session.accessJwt) - at.getTime() > renewBefore) return null;
  const xrpc = xrpcClient({ baseUrl: session.pdsUrl, token: session.refreshJwt, now });
  return toGrant(await xrpc.call("com.atproto.server.refreshSession", null, sessionSchema, false), session.pdsUrl);
}

/** A client for the account's own server. */
export function openSession(grant: Grant, now: () => Date): { xrpc: Xrpc; session: Session } {
  const parsed = grantSchema.safeParse(grant);
  if (!parsed.success)
    throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "bluesky: no session", { cause: parsed.error });
  return { xrpc: xrpcClient({ baseUrl: parsed.data.pdsUrl, token: parsed.data.accessJwt, now }), session: parsed.data };
}

function toGrant(session: z.output<typeof sessionSchema>, baseUrl: string): Session {
  const { didDoc, ...kept } = session;
  const endpoint = didDoc?.service.find((service) => service.id.endsWith("#atproto_pds"))?.serviceEndpoint;
  // A document that names a plain-http server describes a test network; the address that just answered is the better one.
  const pdsUrl = endpoint?.startsWith("https://") ? endpoint.replace(/\/+$/, "") : baseUrl;
  const [renewed, ended] = [expiry(kept.accessJwt) - renewBefore, expiry(kept.refreshJwt)];
  return {
    ...{ ...kept, pdsUrl },
    ...(renewed > 0 ? { refreshAfter: new Date(renewed).toISOString() } : {}),
    ...(ended > 0 ? { expiresAt: new Date(ended).toISOString() } : {}),
  };
}

/** The end of a token in epoch ms, from its own claim; 0 when it has none. Not a check: the server checks. */
export function expiry(jwt: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"));
    return z.object({ exp: z.number() }).parse(claims).exp * 1000;
  } catch {
    return 0;
  }
}
