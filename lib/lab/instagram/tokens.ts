import { randomBytes } from "node:crypto";
import { badToken, expiredToken, invalid, noToken, revokedToken } from "../facebook/errors.ts";
import { parameter } from "../facebook/parameters.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import type { TokenRow } from "./tables.ts";

const DAY = 24 * 60 * 60_000;
export const LONG_MS = 60 * DAY;

/** The permissions a token has unless the seed says otherwise. */
export const allScopes = [
  "instagram_business_basic",
  "instagram_business_content_publish",
  "instagram_business_manage_comments",
  "instagram_business_manage_insights",
];

const presented = (request: LabRequest): string | undefined =>
  parameter(request, "access_token") ?? /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? "")?.[1];

/** The token the request carries; throws the GraphError for a missing, unknown, revoked or ended one. */
export function authenticate(lab: Lab, request: LabRequest): TokenRow {
  const text = presented(request);
  if (!text) throw noToken();
  const token = lab.store.get<TokenRow>("SELECT * FROM ig_token WHERE token = ?", text);
  if (!token) throw badToken();
  if (token.revoked) throw revokedToken();
  if (token.expires <= lab.now()) throw expiredToken();
  return token;
}

/** Withdraws the token the request carries, for good. */
export function revokePresented(lab: Lab, request: LabRequest): void {
  lab.store.run("UPDATE ig_token SET revoked = 1 WHERE token = ?", presented(request) ?? "");
}

function issue(lab: Lab, from: TokenRow): { access_token: string; token_type: string; expires_in: number } {
  const token = `IGAA${randomBytes(24).toString("base64url")}`;
  lab.store.run(
    "INSERT INTO ig_token (token, account, kind, scopes, issued, expires) VALUES (?, ?, 'long', ?, ?, ?)",
    ...[token, from.account, from.scopes, lab.now(), lab.now() + LONG_MS],
  );
  return { access_token: token, token_type: "bearer", expires_in: LONG_MS / 1000 };
}

function grantType(request: LabRequest, wanted: string): void {
  if (parameter(request, "grant_type") !== wanted) throw invalid(`Param grant_type must be ${wanted}`);
}

/** GET /access_token: a token of one hour becomes one of sixty days; only the app may ask. */
export function exchange(lab: Lab, request: LabRequest): object {
  grantType(request, "ig_exchange_token");
  const token = authenticate(lab, request);
  const secret = lab.settings.instagramAppSecret;
  if (!secret || parameter(request, "client_secret") !== secret) throw invalid("Error validating client secret");
  if (token.kind !== "short") throw invalid("Only a short-lived token can be exchanged");
  return issue(lab, token);
}

/** GET /refresh_access_token: a token of sixty days, at least one day old, gets sixty days more. */
export function refresh(lab: Lab, request: LabRequest): object {
  grantType(request, "ig_refresh_token");
  const token = authenticate(lab, request);
  if (token.kind !== "long") throw invalid("Only a long-lived token can be refreshed");
  if (lab.now() - token.issued < DAY) throw invalid("The access token must be at least 24 hours old");
  return issue(lab, token);
}
