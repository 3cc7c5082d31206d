import { createHash, randomBytes } from "node:crypto";
import { json, type LabRequest, type Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { missingScope, unauthorized } from "./errors.ts";
import { type ChannelRow, findChannel } from "./tables.ts";

const ACCESS_S = 3_599;
const CODE_MS = 10 * 60_000;
const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;
export const uploadScope = scope("youtube.upload");
export const fullScope = scope("youtube.force-ssl");
export const readScope = scope("youtube.readonly");
export const allScopes = [uploadScope, fullScope, readScope];

type TokenRow = { token: string; channel: string; kind: "access" | "refresh"; client: string; scopes: string; expires: number | null };
type CodeRow = {
  code: string;
  channel: string;
  client: string;
  redirect: string;
  challenge: string;
  scopes: string;
  offline: 0 | 1;
  expires: number;
};

const presented = (request: LabRequest): string => /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";

/** Whose channel the access token opens; throws 401 for an unknown or expired one, 403 where it has none of the scopes. */
export function authenticate(lab: Lab, request: LabRequest, scopes: readonly string[]): ChannelRow {
  const token = lab.store.get<TokenRow>("SELECT * FROM yt_token WHERE token = ? AND kind = 'access'", presented(request));
  const channel = token && findChannel(lab.store, token.channel);
  if (!channel || (token.expires !== null && token.expires <= lab.now())) throw unauthorized();
  const granted = token.scopes.split(" ");
  if (!scopes.some((one) => granted.includes(one))) throw missingScope();
  return channel;
}

/** Withdraws every token of whoever the request's token belongs to, as its holder does in his Google account. */
export function revokePresented(lab: Lab, request: LabRequest): void {
  lab.store.run("DELETE FROM yt_token WHERE channel = (SELECT channel FROM yt_token WHERE token = ?)", presented(request));
}

const fresh = (start: string): string => start + randomBytes(36).toString("base64url");
const refuse = (status: number, error: string, error_description: string): Reply => json(status, { error, error_description });

/** A code that the app may exchange once, within ten minutes. */
export function issueCode(lab: Lab, code: Omit<CodeRow, "code" | "expires">): string {
  const text = fresh("4/0");
  lab.store.run(
    "INSERT INTO yt_code (code, channel, client, redirect, challenge, scopes, offline, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ...[text, code.channel, code.client, code.redirect, code.challenge, code.scopes, code.offline, lab.now() + CODE_MS],
  );
  return text;
}

/** Stores a token, or replaces it. */
export function insertToken(lab: Lab, row: TokenRow): void {
  lab.store.run(
    "INSERT OR REPLACE INTO yt_token (token, channel, kind, client, scopes, expires) VALUES (?, ?, ?, ?, ?, ?)",
    ...[row.token, row.channel, row.kind, row.client, row.scopes, row.expires],
  );
}

function issueAccess(lab: Lab, { channel, client, scopes }: { channel: string; client: string; scopes: string }) {
  const access = fresh("ya29.");
  insertToken(lab, { token: access, channel, client, scopes, kind: "access", expires: lab.now() + ACCESS_S * 1000 });
  return { access_token: access, expires_in: ACCESS_S, scope: scopes, token_type: "Bearer" };
}

function exchangeCode(lab: Lab, fields: LabRequest["fields"], client: string): Reply {
  const row = lab.store.get<CodeRow>("DELETE FROM yt_code WHERE code = ? RETURNING *", String(fields.code ?? ""));
  if (!row || row.expires <= lab.now() || row.client !== client) return refuse(400, "invalid_grant", "Malformed auth code.");
  if (fields.redirect_uri !== row.redirect) return refuse(400, "redirect_uri_mismatch", "Bad Request");
  const verifier = createHash("sha256").update(String(fields.code_verifier ?? ""));
  if (row.challenge !== "" && verifier.digest("base64url") !== row.challenge) return refuse(400, "invalid_grant", "Invalid code verifier.");
  const answer = issueAccess(lab, row);
  if (row.offline === 0) return json(200, answer);
  const refresh = fresh("1//0");
  insertToken(lab, { token: refresh, channel: row.channel, client, scopes: row.scopes, kind: "refresh", expires: null });
  return json(200, { ...answer, refresh_token: refresh });
}

/** POST /token. A code serves once; a refresh token serves until it is withdrawn. */
export function exchange(lab: Lab, { fields }: LabRequest): Reply {
  const { googleClientId, googleClientSecret } = lab.settings;
  const client = String(fields.client_id ?? "");
  if (client === "" || (googleClientId !== null && client !== googleClientId))
    return refuse(401, "invalid_client", "The OAuth client was not found.");
  if (googleClientSecret !== null && fields.client_secret !== googleClientSecret) return refuse(401, "invalid_client", "Unauthorized");
  return lab.store.transaction(() => {
    if (fields.grant_type === "authorization_code") return exchangeCode(lab, fields, client);
    if (fields.grant_type !== "refresh_token") return refuse(400, "unsupported_grant_type", "Invalid grant_type");
    const row = lab.store.get<TokenRow>("SELECT * FROM yt_token WHERE token = ? AND kind = 'refresh'", String(fields.refresh_token ?? ""));
    // A seeded token belongs to no app in particular.
    if (!row || (row.client !== "" && row.client !== client)) return refuse(400, "invalid_grant", "Token has been expired or revoked.");
    return json(200, issueAccess(lab, { ...row, client }));
  });
}

/** POST /revoke?token=…: an access or refresh token, and with it all that the same consent gave. */
export function revoke(lab: Lab, request: LabRequest): Reply {
  const token = String(request.url.searchParams.get("token") ?? request.fields.token ?? "");
  const row = lab.store.get<TokenRow>("SELECT * FROM yt_token WHERE token = ?", token);
  if (!row) return refuse(400, "invalid_token", "Token expired or revoked");
  lab.store.run("DELETE FROM yt_token WHERE channel = ? AND client = ?", row.channel, row.client);
  return json(200, {});
}
