/** A channel's grant from Google: an access token of an hour, and a refresh token that stays the same. */

import { z } from "zod";
import { type Grant, PlatformFailure } from "../contract.ts";
import { HttpFailure, send, serverFailure, transportFailure } from "../http.ts";

/** The app as Google knows it, and where Google gives consent and tokens; hosts without a trailing slash. */
export type GoogleApp = { clientId: string; clientSecret: string; dialogUrl: string; tokenUrl: string };

/** What the product does in a channel's name: uploading, and everything else that may be read or said there. */
const neededScopes = ["https://www.googleapis.com/auth/youtube.upload", "https://www.googleapis.com/auth/youtube.force-ssl"];

/** `expiresAt`: only where nothing renews the access token. */
const grantSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  refreshAfter: z.iso.datetime().optional(),
  expiresAt: z.iso.datetime().optional(),
});
const tokensSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  expires_in: z.number(),
  scope: z.string().default(""),
});
type Tokens = z.output<typeof tokensSchema>;

/** Renewed this long before the access token ends, so that a long upload never loses it halfway. */
const renewBefore = 30 * 60_000;

/** The access token; throws where the grant has none. */
export function accessTokenOf(grant: Grant): string {
  const parsed = grantSchema.safeParse(grant);
  if (parsed.success) return parsed.data.accessToken;
  throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "youtube: no token", { cause: parsed.error });
}

/**
 * The address of Google's consent page. `prompt=consent` makes Google give a refresh token to an app that had one before too.
 * Source: Google, "Using OAuth 2.0 for Web Server Applications".
 */
export function consentUrl(app: GoogleApp, { state, challenge, redirectUri }: { state: string; challenge: string; redirectUri: string }) {
  const query = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope: neededScopes.join(" "),
    access_type: "offline",
    prompt: "consent",
    state,
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
  return `${app.dialogUrl}/o/oauth2/v2/auth?${query}`;
}

/** The grant for the code that a consent brought back. Throws needs-reauth `scope` when the holder withheld a permission. */
export async function redeem(app: GoogleApp, answer: { code: string; verifier: string; redirectUri: string }, at: Date): Promise<Grant> {
  const { code, verifier, redirectUri } = answer;
  const fields = { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: redirectUri };
  const tokens = await requestTokens(app, fields, at);
  const given = tokens.scope.split(" ");
  const missing = neededScopes.filter((scope) => !given.includes(scope));
  if (missing.length > 0) throw new PlatformFailure({ kind: "needs-reauth", reason: "scope", missing }, "youtube: permissions are missing");
  return toGrant(tokens, at);
}

/** A renewed grant when the access token ends within half an hour, else null. */
export async function renew(grant: Grant, app: GoogleApp | null, at: Date): Promise<Grant | null> {
  const { refreshToken, refreshAfter } = grantSchema.parse(grant);
  if (refreshToken === undefined || !app) return null;
  if (refreshAfter !== undefined && at.getTime() < Date.parse(refreshAfter)) return null;
  const tokens = await requestTokens(app, { grant_type: "refresh_token", refresh_token: refreshToken }, at);
  return toGrant({ ...tokens, refresh_token: tokens.refresh_token ?? refreshToken }, at);
}

function toGrant({ access_token, refresh_token, expires_in }: Tokens, at: Date): Grant {
  const ends = at.getTime() + expires_in * 1000;
  if (refresh_token === undefined) return { accessToken: access_token, expiresAt: new Date(ends).toISOString() };
  return { accessToken: access_token, refreshToken: refresh_token, refreshAfter: new Date(ends - renewBefore).toISOString() };
}

async function requestTokens(app: GoogleApp, fields: Record<string, string>, at: Date): Promise<Tokens> {
  const body = new URLSearchParams({ ...fields, client_id: app.clientId, client_secret: app.clientSecret });
  const answer = await send({ method: "POST", url: `${app.tokenUrl}/token`, body }).catch((error: unknown) => {
    if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, false), error.message);
    throw error;
  });
  const tokens = tokensSchema.safeParse(answer.body).data;
  if (answer.status === 200 && tokens) return tokens;
  const error = z.object({ error: z.string() }).safeParse(answer.body).data?.error;
  if (error === "invalid_grant")
    throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "youtube: the code or token is refused");
  // The app itself is refused, not this channel.
  if (answer.status === 400 || answer.status === 401 || answer.status === 403)
    throw new PlatformFailure({ kind: "not-entitled", what: "review" }, `youtube: the app is refused (${error ?? answer.status})`);
  throw new PlatformFailure(serverFailure(answer, false, at), `youtube: ${answer.status} to a token request`);
}
