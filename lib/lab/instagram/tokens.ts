import { randomBytes } from "node:crypto";
import { badToken, expiredToken, invalid, noToken, revokedToken } from "../facebook/errors.ts";
import { parameter } from "../facebook/parameters.ts";
import { json, type LabRequest, type Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import type { TokenRow } from "./tables.ts";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
export const LONG_MS = 60 * DAY;

type CodeRow = { code: string; account: string; client: string; redirect: string; scopes: string; expires: number };

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

function insertToken(lab: Lab, kind: TokenRow["kind"], { account, scopes }: Pick<TokenRow, "account" | "scopes">, life: number): string {
  const token = `IGAA${randomBytes(24).toString("base64url")}`;
  lab.store.run(
    "INSERT INTO ig_token (token, account, kind, scopes, issued, expires) VALUES (?, ?, ?, ?, ?, ?)",
    ...[token, account, kind, scopes, lab.now(), lab.now() + life],
  );
  return token;
}

const issue = (lab: Lab, from: TokenRow): { access_token: string; token_type: string; expires_in: number } => ({
  access_token: insertToken(lab, "long", from, LONG_MS),
  token_type: "bearer",
  expires_in: LONG_MS / 1000,
});

/** A code that the app may exchange once, within the hour. */
export function issueCode(lab: Lab, code: Omit<CodeRow, "code" | "expires">): string {
  const text = `AQ${randomBytes(48).toString("base64url")}`;
  lab.store.run(
    "INSERT INTO ig_code (code, account, client, redirect, scopes, expires) VALUES (?, ?, ?, ?, ?, ?)",
    ...[text, code.account, code.client, code.redirect, code.scopes, lab.now() + HOUR],
  );
  return text;
}

const refuse = (error_message: string): Reply => json(400, { error_type: "OAuthException", code: 400, error_message });

/** POST /oauth/access_token: a code becomes a token of one hour, and tells which permissions the holder gave. */
export function exchangeCode(lab: Lab, request: LabRequest): Reply {
  const secret = lab.settings.instagramAppSecret;
  if (parameter(request, "grant_type") !== "authorization_code") return refuse("Invalid grant_type");
  if (!secret || parameter(request, "client_secret") !== secret) return refuse("Invalid platform app");
  const row = lab.store.get<CodeRow>("DELETE FROM ig_code WHERE code = ? RETURNING *", parameter(request, "code") ?? "");
  if (!row || row.expires <= lab.now()) return refuse("Matching code was not found or was already used");
  if (row.client !== parameter(request, "client_id")) return refuse("Invalid platform app");
  if (row.redirect !== parameter(request, "redirect_uri")) return refuse("Redirect URI does not match registered redirect URI");
  const token = { access_token: insertToken(lab, "short", row, HOUR), user_id: row.account };
  return json(200, { ...token, permissions: (JSON.parse(row.scopes) as string[]).join(",") });
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
