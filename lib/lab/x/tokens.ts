import { createHash, randomBytes } from "node:crypto";
import { json, type LabRequest, type Reply } from "../http.ts";
import type { Lab } from "../lab.ts";
import { missingScope, unauthorized } from "./errors.ts";
import { findUser, type UserRow } from "./tables.ts";

const ACCESS_MS = 2 * 3_600_000;
const CODE_MS = 30_000;
export const allScopes = ["tweet.read", "tweet.write", "users.read", "tweet.moderate.write", "media.write", "offline.access"];

export type TokenRow = { token: string; user: string; kind: "access" | "refresh"; client: string; scopes: string; expires: number | null };
type CodeRow = { code: string; user: string; client: string; redirect: string; challenge: string; scopes: string; expires: number };

const presented = (request: LabRequest): string => /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";

/** Whoever the access token belongs to; throws 401 for an unknown or expired one, 403 for a missing scope. */
export function authenticate(lab: Lab, request: LabRequest, scopes: readonly string[]): UserRow {
  const token = lab.store.get<TokenRow>("SELECT * FROM x_token WHERE token = ? AND kind = 'access'", presented(request));
  const user = token && findUser(lab.store, token.user);
  if (!user || (token.expires !== null && token.expires <= lab.now())) throw unauthorized();
  const granted = token.scopes.split(" ");
  if (!scopes.every((scope) => granted.includes(scope))) throw missingScope();
  return user;
}

/** Withdraws every token of whoever the request's token belongs to. */
export function revokePresented(lab: Lab, request: LabRequest): void {
  lab.store.run("DELETE FROM x_token WHERE user = (SELECT user FROM x_token WHERE token = ?)", presented(request));
}

const fresh = (): string => randomBytes(36).toString("base64url");
const refuse = (status: number, error: string, error_description: string): Reply => json(status, { error, error_description });
const badToken = (name: string) => refuse(400, "invalid_request", `Value passed for the ${name} was invalid.`);

/** A code that the app may exchange once, within 30 seconds. */
export function issueCode(lab: Lab, code: Omit<CodeRow, "code" | "expires">): string {
  const text = fresh();
  lab.store.run(
    "INSERT INTO x_code (code, user, client, redirect, challenge, scopes, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ...[text, code.user, code.client, code.redirect, code.challenge, code.scopes, lab.now() + CODE_MS],
  );
  return text;
}

/** Stores a token, or replaces it. */
export function insertToken(lab: Lab, row: TokenRow): void {
  lab.store.run(
    "INSERT OR REPLACE INTO x_token (token, user, kind, client, scopes, expires) VALUES (?, ?, ?, ?, ?, ?)",
    ...[row.token, row.user, row.kind, row.client, row.scopes, row.expires],
  );
}

function issueTokens(lab: Lab, user: string, client: string, scopes: string): Reply {
  const token = { user, client, scopes };
  const access = fresh();
  insertToken(lab, { ...token, token: access, kind: "access", expires: lab.now() + ACCESS_MS });
  const answer = { token_type: "bearer", expires_in: ACCESS_MS / 1000, access_token: access, scope: scopes };
  if (!scopes.split(" ").includes("offline.access")) return json(200, answer);
  const refresh = fresh();
  insertToken(lab, { ...token, token: refresh, kind: "refresh", expires: null });
  return json(200, { ...answer, refresh_token: refresh });
}

/** Who asks: a public client names itself in the body, a confidential one in the header, with its secret. Null for an app that X does not know. */
function clientOf(lab: Lab, request: LabRequest): string | null {
  const { xClientId, xClientSecret } = lab.settings;
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const [named, secret = ""] = basic
    ? Buffer.from(basic, "base64").toString("utf8").split(":").map(decodeURIComponent)
    : [String(request.fields.client_id ?? "")];
  if (!named || !knowsApp(lab, named)) return null;
  return xClientId !== null && xClientSecret !== null && secret !== xClientSecret ? null : named;
}

/** Whether an app is registered. */
export const knowsApp = ({ settings }: Lab, client: string): boolean => settings.xClientId === null || settings.xClientId === client;

/** POST /2/oauth2/token. A code and a refresh token each serve once; a used refresh token takes its access token with it. */
export function exchange(lab: Lab, request: LabRequest): Reply {
  const { grant_type, code, code_verifier, redirect_uri, refresh_token } = request.fields;
  const client = clientOf(lab, request);
  if (client === null) return refuse(401, "unauthorized_client", "Missing valid authorization header");
  return lab.store.transaction(() => {
    if (grant_type === "authorization_code") {
      const row = lab.store.get<CodeRow>("DELETE FROM x_code WHERE code = ? RETURNING *", String(code ?? ""));
      if (!row || row.expires <= lab.now() || row.client !== client) return badToken("authorization code");
      const verifier = createHash("sha256")
        .update(String(code_verifier ?? ""))
        .digest("base64url");
      if (verifier !== row.challenge) return badToken("code verifier");
      if (redirect_uri !== row.redirect) return badToken("redirect uri");
      return issueTokens(lab, row.user, client, row.scopes);
    }
    if (grant_type !== "refresh_token") return refuse(400, "unsupported_grant_type", "Grant type is not supported");
    const row = lab.store.get<TokenRow>(
      "DELETE FROM x_token WHERE token = ? AND kind = 'refresh' RETURNING *",
      String(refresh_token ?? ""),
    );
    // A seeded token belongs to no app in particular.
    if (!row || (row.client !== "" && row.client !== client)) return badToken("token");
    lab.store.run("DELETE FROM x_token WHERE user = ? AND client = ? AND kind = 'access'", row.user, row.client);
    return issueTokens(lab, row.user, client, row.scopes);
  });
}
