import { randomBytes } from "node:crypto";
import { json, type LabRequest, type Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { badToken, missingScope, oauthError } from "./errors.ts";
import { findUser, type TokenRow, type UserRow } from "./tables.ts";

const ACCESS_MS = 2 * 3_600_000;
export const REFRESH_MS = 180 * 86_400_000;
const CODE_MS = 10 * 60_000;

export const allScopes = ["user.info.basic", "user.info.profile", "user.info.stats", "video.list", "video.publish", "video.upload"];

type CodeRow = { code: string; user: string; client: string; redirect: string; scopes: string; expires: number };

const presented = (request: LabRequest): string => /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";

/** Whoever the access token belongs to, and what it opens; throws TikTok's refusals. One of `scopes` is enough. */
export function authenticate(lab: Lab, request: LabRequest, scopes: readonly string[]): { user: UserRow; granted: string[] } {
  const token = lab.store.get<TokenRow>("SELECT * FROM tt_token WHERE token = ? AND kind = 'access'", presented(request));
  const user = token && findUser(lab.store, token.user);
  if (!user || token.expires <= lab.now()) throw badToken();
  const granted = token.scopes.split(",");
  if (!scopes.some((scope) => granted.includes(scope))) throw missingScope();
  return { user, granted };
}

/** Withdraws every token of whoever the request's token belongs to. */
export function revokePresented(lab: Lab, request: LabRequest): void {
  lab.store.run("DELETE FROM tt_token WHERE user = (SELECT user FROM tt_token WHERE token = ?)", presented(request));
}

const fresh = (kind: string): string => `${kind}.${randomBytes(30).toString("base64url")}!4${randomBytes(2).toString("hex")}.i1`;

/** A code that the app may exchange once. */
export function issueCode(lab: Lab, code: Omit<CodeRow, "code" | "expires">): string {
  const text = `${randomBytes(24).toString("base64url")}*0!5${randomBytes(2).toString("hex")}.e1`;
  lab.store.run(
    "INSERT INTO tt_code (code, user, client, redirect, scopes, expires) VALUES (?, ?, ?, ?, ?, ?)",
    ...[text, code.user, code.client, code.redirect, code.scopes, lab.now() + CODE_MS],
  );
  return text;
}

/** Stores a token, or replaces it. */
export function insertToken(lab: Lab, row: TokenRow): void {
  lab.store.run(
    "INSERT OR REPLACE INTO tt_token (token, user, kind, client, scopes, expires) VALUES (?, ?, ?, ?, ?, ?)",
    ...[row.token, row.user, row.kind, row.client, row.scopes, row.expires],
  );
}

/** `refreshUntil`: a renewed refresh token ends when the first one would have. */
function issueTokens(lab: Lab, user: string, client: string, scopes: string, refreshUntil: number): Reply {
  const [access, refresh] = [fresh("act"), fresh("rft")];
  insertToken(lab, { token: access, user, kind: "access", client, scopes, expires: lab.now() + ACCESS_MS });
  insertToken(lab, { token: refresh, user, kind: "refresh", client, scopes, expires: refreshUntil });
  return json(200, {
    access_token: access,
    expires_in: ACCESS_MS / 1000,
    open_id: user,
    refresh_expires_in: Math.floor((refreshUntil - lab.now()) / 1000),
    refresh_token: refresh,
    scope: scopes,
    token_type: "Bearer",
  });
}

/** POST /v2/oauth/token/: a code and a refresh token each serve once. */
export function exchange(lab: Lab, request: LabRequest): Reply {
  const { client_key, client_secret, grant_type, code, redirect_uri, refresh_token } = request.fields;
  const client = String(client_key ?? "");
  const secret = lab.settings.tiktokClientSecret;
  if (client === "" || (secret !== null && client_secret !== secret))
    return oauthError(401, "invalid_client", "Client key or secret is incorrect.");
  return lab.store.transaction(() => {
    if (grant_type === "authorization_code") {
      const row = lab.store.get<CodeRow>("DELETE FROM tt_code WHERE code = ? RETURNING *", String(code ?? ""));
      if (!row || row.expires <= lab.now() || row.client !== client)
        return oauthError(400, "invalid_grant", "Authorization code is expired or used.");
      if (redirect_uri !== row.redirect)
        return oauthError(400, "invalid_request", "Redirect_uri is not matched with the uri when requesting code.");
      return issueTokens(lab, row.user, client, row.scopes, lab.now() + REFRESH_MS);
    }
    if (grant_type !== "refresh_token") return oauthError(400, "unsupported_grant_type", "The grant type is not supported.");
    const row = lab.store.get<TokenRow>(
      "DELETE FROM tt_token WHERE token = ? AND kind = 'refresh' RETURNING *",
      String(refresh_token ?? ""),
    );
    // A seeded token belongs to no app in particular. A dead one is told with status 200, as it was seen on TikTok.
    if (!row || row.expires <= lab.now() || (row.client !== "" && row.client !== client))
      return oauthError(200, "invalid_grant", "Refresh token is invalid or expired.");
    lab.store.run("DELETE FROM tt_token WHERE user = ? AND client = ? AND kind = 'access'", row.user, row.client);
    return issueTokens(lab, row.user, client, row.scopes, row.expires);
  });
}
