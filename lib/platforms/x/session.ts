/** A user's grant on X: an access token of two hours, and a refresh token that renews it once. */

import { z } from "zod";
import { type Grant, PlatformFailure } from "../contract.ts";
import { HttpFailure, send, serverFailure, transportFailure } from "../http.ts";

/** The app as X knows it; without a secret it is a public client. */
export type XApp = { clientId: string; clientSecret: string | null };

/** `refreshAfter` absent beside a refresh token: entered by a person, so nobody knows how old the access token is. */
const grantSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  refreshAfter: z.iso.datetime().optional(),
});
const tokensSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  expires_in: z.number(),
  scope: z.string().default(""),
});
type Tokens = z.output<typeof tokensSchema>;

/** Renewed this long before the access token ends, so that a publication with a video never loses it halfway. */
const renewBefore = 15 * 60_000;

/** What the product does in a user's name, in X's words. Hiding replies is asked for, and not needed to be of use. */
export const askedScopes = ["tweet.read", "tweet.write", "users.read", "media.write", "tweet.moderate.write", "offline.access"];
const neededScopes = askedScopes.filter((scope) => scope !== "tweet.moderate.write");

/** The access token; throws where the grant has none. */
export function accessTokenOf(grant: Grant): string {
  const parsed = grantSchema.safeParse(grant);
  if (parsed.success) return parsed.data.accessToken;
  throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "x: no token", { cause: parsed.error });
}

/** What a person entered: the access token, and after a space the refresh token if there is one. */
export function readSecret(secret: string): Grant {
  const [accessToken = "", refreshToken] = secret.trim().split(/\s+/);
  return refreshToken === undefined ? { accessToken } : { accessToken, refreshToken };
}

/**
 * A renewed grant when the access token ends within a quarter of an hour, or at an unknown time, else null. Both tokens change;
 * the old refresh token dies. Source: X, "OAuth 2.0 Authorization Code Flow with PKCE".
 */
export async function renew(baseUrl: string, grant: Grant, app: XApp | null, at: Date): Promise<Grant | null> {
  const { refreshToken, refreshAfter } = grantSchema.parse(grant);
  if (refreshToken === undefined || !app) return null;
  if (refreshAfter !== undefined && at.getTime() < Date.parse(refreshAfter)) return null;
  const tokens = await requestTokens(baseUrl, app, { grant_type: "refresh_token", refresh_token: refreshToken }, at);
  return toGrant({ ...tokens, refresh_token: tokens.refresh_token ?? refreshToken }, at);
}

/**
 * The grant for the code that a consent brought back; X takes it once, within half a minute. Throws needs-reauth `scope` when a
 * needed permission is missing.
 */
export async function redeem(
  baseUrl: string,
  app: XApp,
  answer: { code: string; verifier: string; redirectUri: string },
  at: Date,
): Promise<Grant> {
  const { code, verifier, redirectUri } = answer;
  const fields = { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: redirectUri };
  const tokens = await requestTokens(baseUrl, app, fields, at);
  const given = tokens.scope.split(" ");
  const missing = neededScopes.filter((scope) => !given.includes(scope));
  if (missing.length > 0) throw new PlatformFailure({ kind: "needs-reauth", reason: "scope", missing }, "x: permissions are missing");
  return toGrant(tokens, at);
}

/** How long a refresh token lives X does not tell: the grant names no end. */
function toGrant({ access_token, refresh_token, expires_in }: Tokens, at: Date): Grant {
  const refreshAfter = new Date(at.getTime() + expires_in * 1000 - renewBefore).toISOString();
  return { accessToken: access_token, ...(refresh_token === undefined ? {} : { refreshToken: refresh_token, refreshAfter }) };
}

async function requestTokens(baseUrl: string, app: XApp, fields: Record<string, string>, at: Date): Promise<Tokens> {
  const body = new URLSearchParams({ ...fields, client_id: app.clientId });
  const names = [app.clientId, app.clientSecret ?? ""].map(encodeURIComponent).join(":");
  const headers: Record<string, string> =
    app.clientSecret === null ? {} : { authorization: `Basic ${Buffer.from(names).toString("base64")}` };
  const answer = await send({ method: "POST", url: `${baseUrl}/2/oauth2/token`, headers, body }).catch((error: unknown) => {
    if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, false), error.message);
    throw error;
  });
  const tokens = tokensSchema.safeParse(answer.body).data;
  if (answer.status === 200 && tokens) return tokens;
  if (answer.status === 400) throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "x: the code or token is refused");
  // The app itself is refused, not this account.
  if (answer.status === 401 || answer.status === 403)
    throw new PlatformFailure({ kind: "not-entitled", what: "review" }, "x: the app is refused");
  throw new PlatformFailure(serverFailure(answer, false, at), `x: ${answer.status} to a token request`);
}
