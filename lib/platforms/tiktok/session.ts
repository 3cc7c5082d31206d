/** A user's grant on TikTok: an access token of some hours, and a refresh token that renews it once and is replaced with it. */

import { z } from "zod";
import { type Grant, PlatformFailure } from "../contract.ts";
import { serverFailure } from "../http.ts";
import { exchange } from "./client.ts";

/** The app as TikTok knows it. `dialogUrl`: the host of the consent page, without a trailing slash. */
export type TikTokApp = { clientKey: string; clientSecret: string; dialogUrl: string };

const grantSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  scopes: z.array(z.string()),
  refreshAfter: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

const tokensSchema = z.object({
  open_id: z.string().min(1),
  scope: z.string(),
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1),
  refresh_expires_in: z.number().positive(),
});
type Tokens = z.output<typeof tokensSchema>;
const errorSchema = z.object({ error: z.string().min(1) });

/** Renewed this long before the access token ends, so that a publication with a long video never loses it halfway. */
const renewBefore = 20 * 60_000;

export const statsScope = "user.info.stats";
const neededScopes = ["user.info.basic", "user.info.profile", "video.publish", "video.list"];
/** What is asked for; without the figures of the account, and without drafts, it is still of use. */
const askedScopes = [...neededScopes, statsScope, "video.upload"];

/** The access token and what it opens; throws where the grant has none. */
export function openGrant(grant: Grant): { token: string; scopes: string[] } {
  const parsed = grantSchema.safeParse(grant);
  if (parsed.success) return { token: parsed.data.accessToken, scopes: parsed.data.scopes };
  throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "tiktok: no token", { cause: parsed.error });
}

/** The consent page. TikTok's flow for web apps has no PKCE. It is shown even to whoever consented before, so that he sees which account it is. */
export function consentUrl({ clientKey, dialogUrl }: TikTokApp, { state, redirectUri }: { state: string; redirectUri: string }): string {
  const query = new URLSearchParams({
    client_key: clientKey,
    scope: askedScopes.join(","),
    response_type: "code",
    redirect_uri: redirectUri,
    state,
    disable_auto_auth: "1",
  });
  return `${dialogUrl}/v2/auth/authorize/?${query}`;
}

/** The grant for the code that a consent brought back. Throws needs-reauth `scope` when a needed permission is missing. */
export async function redeem(baseUrl: string, app: TikTokApp, answer: { code: string; redirectUri: string }, at: Date): Promise<Grant> {
  const fields = { grant_type: "authorization_code", code: answer.code, redirect_uri: answer.redirectUri };
  const tokens = await requestTokens(baseUrl, app, fields, at);
  const given = tokens.scope.split(",");
  const missing = neededScopes.filter((scope) => !given.includes(scope));
  if (missing.length > 0) throw new PlatformFailure({ kind: "needs-reauth", reason: "scope", missing }, "tiktok: permissions are missing");
  return toGrant(tokens, at);
}

/**
 * A renewed grant when the access token is nearly used up, else null; without the app nothing can be renewed. The old refresh
 * token dies with the answer. Source: TikTok, "Refresh a User Access Token".
 */
export async function renew(baseUrl: string, grant: Grant, app: TikTokApp | null, at: Date): Promise<Grant | null> {
  const kept = grantSchema.safeParse(grant).data;
  if (!kept || !app || at < new Date(kept.refreshAfter)) return null;
  return toGrant(await requestTokens(baseUrl, app, { grant_type: "refresh_token", refresh_token: kept.refreshToken }, at), at);
}

function toGrant({ access_token, refresh_token, expires_in, refresh_expires_in, scope }: Tokens, at: Date): Grant {
  const after = (ms: number) => new Date(at.getTime() + ms).toISOString();
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    scopes: scope.split(","),
    // A token that lives no longer than that is renewed at half its time.
    refreshAfter: after(Math.max(expires_in * 1000 - renewBefore, expires_in * 500)),
    expiresAt: after(refresh_expires_in * 1000),
  };
}

/** Errors here are not those of the other calls, and may come with status 200. Source: TikTok, "OAuth error handling". */
async function requestTokens(baseUrl: string, app: TikTokApp, fields: Record<string, string>, at: Date): Promise<Tokens> {
  const body = new URLSearchParams({ client_key: app.clientKey, client_secret: app.clientSecret, ...fields });
  const answer = await exchange({ method: "POST", url: `${baseUrl}/v2/oauth/token/`, body }, false);
  const tokens = tokensSchema.safeParse(answer.body).data;
  if (answer.status === 200 && tokens) return tokens;
  const error = errorSchema.safeParse(answer.body).data?.error ?? "";
  const said = `tiktok: ${answer.status} ${error || "without an error"} to a token request`;
  if (answer.status < 500 && isRefused(error, fields.grant_type))
    throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, said);
  // The app itself is refused, not this account.
  if (["invalid_client", "unauthorized_client"].includes(error)) throw new PlatformFailure({ kind: "not-entitled", what: "review" }, said);
  throw new PlatformFailure(serverFailure(answer, false, at), said);
}

/** A code that is used up is told as a malformed request too; a refresh token is given up only where TikTok speaks of the token. */
const isRefused = (error: string, grantType: string | undefined): boolean =>
  error === "invalid_grant" || (error === "invalid_request" && grantType === "authorization_code");
