import { randomBytes } from "node:crypto";
import { badToken, expiredToken, invalid, noToken, revokedToken } from "../facebook/errors.ts";
import { parameter } from "../facebook/parameters.ts";
import { json, type LabRequest, type Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import type { CodeRow, TokenRow } from "./tables.ts";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
export const LONG_MS = 60 * DAY;

/** The permissions a token has unless the seed says otherwise. */
export const allScopes = [
  "threads_basic",
  "threads_content_publish",
  "threads_manage_replies",
  "threads_read_replies",
  "threads_manage_insights",
];

const presented = (request: LabRequest): string | undefined =>
  parameter(request, "access_token") ?? /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? "")?.[1];

const findToken = (lab: Lab, token: string) => lab.store.get<TokenRow>("SELECT * FROM th_token WHERE token = ?", token);

/** The token the request carries; throws the GraphError for a missing, unknown, revoked or ended one. */
export function authenticate(lab: Lab, request: LabRequest): TokenRow {
  const text = presented(request);
  if (!text) throw noToken();
  const token = findToken(lab, text);
  if (!token) throw badToken();
  if (token.revoked) throw revokedToken();
  if (token.expires <= lab.now()) throw expiredToken();
  return token;
}

/** Withdraws the token the request carries, for good. */
export function revokePresented(lab: Lab, request: LabRequest): void {
  lab.store.run("UPDATE th_token SET revoked = 1 WHERE token = ?", presented(request) ?? "");
}

function issue(lab: Lab, from: Pick<TokenRow, "account" | "scopes">, kind: TokenRow["kind"]): string {
  const token = `THAA${randomBytes(24).toString("base64url")}`;
  lab.store.run(
    "INSERT INTO th_token (token, account, kind, scopes, issued, expires) VALUES (?, ?, ?, ?, ?, ?)",
    ...[token, from.account, kind, from.scopes, lab.now(), lab.now() + (kind === "long" ? LONG_MS : HOUR)],
  );
  return token;
}

const longToken = (lab: Lab, from: TokenRow) => ({
  access_token: issue(lab, from, "long"),
  token_type: "bearer",
  expires_in: LONG_MS / 1000,
});

function grantType(request: LabRequest, wanted: string): void {
  if (parameter(request, "grant_type") !== wanted) throw invalid(`Param grant_type must be ${wanted}`);
}

const isOurSecret = (lab: Lab, secret: unknown): boolean =>
  lab.settings.threadsAppSecret !== null && secret === lab.settings.threadsAppSecret;

/** A code that the app may exchange once, within an hour. */
export function issueCode(lab: Lab, code: Omit<CodeRow, "code" | "expires">): string {
  const text = `AQ${randomBytes(24).toString("base64url")}`;
  lab.store.run(
    "INSERT INTO th_code (code, account, client, redirect, scopes, expires) VALUES (?, ?, ?, ?, ?, ?)",
    ...[text, code.account, code.client, code.redirect, code.scopes, lab.now() + HOUR],
  );
  return text;
}

/** POST /oauth/access_token: a code becomes a token of one hour. Its errors have a form of their own. */
export function exchangeCode(lab: Lab, request: LabRequest): Reply {
  const refuse = (error_message: string) => json(400, { error_type: "OAuthException", code: 400, error_message });
  const { client_id, client_secret, code, grant_type, redirect_uri } = request.fields;
  if (grant_type !== "authorization_code") return refuse("Invalid grant_type");
  if (!isOurSecret(lab, client_secret)) return refuse("Error validating client secret");
  return lab.store.transaction(() => {
    const row = lab.store.get<CodeRow>("DELETE FROM th_code WHERE code = ? RETURNING *", String(code ?? ""));
    if (!row || row.expires <= lab.now() || row.client !== client_id) return refuse("Matching code was not found or was already used");
    if (row.redirect !== redirect_uri) return refuse("Error validating verification code: the redirect_uri is not the same");
    // Threads writes the id as a number too long for a number: written by hand, as JSON.stringify cannot.
    const body = `{"access_token":${JSON.stringify(issue(lab, row, "short"))},"user_id":${row.account}}`;
    return { status: 200, headers: { "content-type": "application/json; charset=UTF-8" }, body };
  });
}

/** GET /access_token: a token of one hour becomes one of sixty days; only the app may ask. */
export function exchange(lab: Lab, request: LabRequest): object {
  grantType(request, "th_exchange_token");
  const token = authenticate(lab, request);
  if (!isOurSecret(lab, parameter(request, "client_secret"))) throw invalid("Error validating client secret");
  if (token.kind !== "short") throw invalid("Only a short-lived token can be exchanged");
  return longToken(lab, token);
}

/** GET /refresh_access_token: a token of sixty days, at least one day old, gets sixty days more. */
export function refresh(lab: Lab, request: LabRequest): object {
  grantType(request, "th_refresh_token");
  const token = authenticate(lab, request);
  if (token.kind !== "long") throw invalid("Only a long-lived token can be refreshed");
  if (lab.now() - token.issued < DAY) throw invalid("The access token must be at least 24 hours old");
  return longToken(lab, token);
}

/** GET /debug_token: what is known of `input_token`. */
export function debugToken(lab: Lab, request: LabRequest): object {
  authenticate(lab, request);
  const input = parameter(request, "input_token");
  if (!input) throw invalid("The parameter input_token is required");
  const token = findToken(lab, input);
  if (!token) return { data: { error: { code: 190, message: "Invalid OAuth access token." }, is_valid: false, scopes: [] } };
  return {
    data: {
      type: "USER",
      application: "Garda",
      data_access_expires_at: Math.floor((token.issued + 90 * DAY) / 1000),
      expires_at: Math.floor(token.expires / 1000),
      is_valid: !token.revoked && token.expires > lab.now(),
      issued_at: Math.floor(token.issued / 1000),
      scopes: JSON.parse(token.scopes),
      user_id: token.account,
    },
  };
}
