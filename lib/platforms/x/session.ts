/** A user's grant on X: an access token of two hours, and a refresh token that renews it once. */

import { z } from "zod";
import { type Grant, PlatformFailure } from "../contract.ts";
import { HttpFailure, send, serverFailure, transportFailure } from "../http.ts";

/** The app as X knows it; without a secret it is a public client. */
export type XApp = { clientId: string; clientSecret: string | null };

/** `expiresAt` null: entered by a person, so nobody knows. */
const grantSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  expiresAt: z.iso.datetime().nullable().default(null),
});
const renewedSchema = z.object({ access_token: z.string(), refresh_token: z.string().optional(), expires_in: z.number() });

/** Renewed this long before the access token ends, so that a publication with pictures never loses it halfway. */
const renewBefore = 15 * 60_000;

/** The access token; throws where the grant has none. */
export function accessTokenOf(grant: Grant): string {
  const parsed = grantSchema.safeParse(grant);
  if (parsed.success) return parsed.data.accessToken;
  throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "x: no token", { cause: parsed.error });
}

/** What a person entered: the access token, and after a space the refresh token if there is one. */
export function readSecret(secret: string): Grant {
  const [accessToken = "", refreshToken] = secret.trim().split(/\s+/);
  return refreshToken === undefined ? { accessToken } : { accessToken, refreshToken, expiresAt: null };
}

/**
 * A renewed grant when the access token ends within a quarter of an hour, or at an unknown time, else null. Both tokens change;
 * the old refresh token dies. Source: X, "OAuth 2.0 Authorization Code Flow with PKCE".
 */
export async function renew(baseUrl: string, grant: Grant, app: XApp | null, at: Date): Promise<Grant | null> {
  const { refreshToken, expiresAt } = grantSchema.parse(grant);
  if (refreshToken === undefined || !app) return null;
  if (expiresAt !== null && Date.parse(expiresAt) - at.getTime() > renewBefore) return null;
  const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken, client_id: app.clientId });
  const names = [app.clientId, app.clientSecret ?? ""].map(encodeURIComponent).join(":");
  const headers: Record<string, string> =
    app.clientSecret === null ? {} : { authorization: `Basic ${Buffer.from(names).toString("base64")}` };
  const answer = await send({ method: "POST", url: `${baseUrl}/2/oauth2/token`, headers, body }).catch((error: unknown) => {
    if (error instanceof HttpFailure) throw new PlatformFailure(transportFailure(error, false), error.message);
    throw error;
  });
  const renewed = renewedSchema.safeParse(answer.body).data;
  if (answer.status === 200 && renewed) {
    const ends = new Date(at.getTime() + renewed.expires_in * 1000).toISOString();
    return { accessToken: renewed.access_token, refreshToken: renewed.refresh_token ?? refreshToken, expiresAt: ends };
  }
  if (answer.status === 400) throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, "x: the refresh token is refused");
  // The app itself is refused, not this account.
  if (answer.status === 401 || answer.status === 403)
    throw new PlatformFailure({ kind: "not-entitled", what: "review" }, "x: the app is refused");
  throw new PlatformFailure(serverFailure(answer, false, at), `x: ${answer.status} to a refresh`);
}
