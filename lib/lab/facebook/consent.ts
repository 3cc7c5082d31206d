import { createHash, randomBytes } from "node:crypto";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { badCode, badSecret, invalid } from "./errors.ts";
import type { Json } from "./fields.ts";
import { parameter } from "./parameters.ts";
import type { TokenRow } from "./tables.ts";
import { allScopes, authenticate } from "./tokens.ts";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const CODE_MS = 10 * 60_000;
const SHORT_MS = 2 * HOUR;
const LONG_MS = 60 * DAY;

type CodeRow = { code: string; user: string; client: string; redirect: string; scopes: string; expires: number };
type UserToken = { access_token: string; token_type: "bearer"; expires_in: number };

/** A code for somebody who lets the app act for these pages with these permissions; it serves once, within ten minutes. */
export function issueCode(
  lab: Lab,
  pages: string[],
  { client, redirect, scopes }: { client: string; redirect: string; scopes: string[] },
): string {
  const user = lab.store.nextId();
  const code = `AQ${randomBytes(60).toString("base64url")}`;
  lab.store.run("INSERT INTO fb_user (id, name, pages) VALUES (?, ?, ?)", user, "Pengelola halaman", JSON.stringify(pages));
  lab.store.run(
    "INSERT INTO fb_code (code, user, client, redirect, scopes, expires) VALUES (?, ?, ?, ?, ?, ?)",
    ...[code, user, client, redirect, JSON.stringify(scopes), lab.now() + CODE_MS],
  );
  return code;
}

function insertToken(lab: Lab, token: string, owner: string, kind: TokenRow["kind"], scopes: string, expires: number | null): void {
  lab.store.run(
    "INSERT OR IGNORE INTO fb_token (token, owner, kind, scopes, expires) VALUES (?, ?, ?, ?, ?)",
    ...[token, owner, kind, scopes, expires],
  );
}

function issue(lab: Lab, user: string, scopes: string, life: number): UserToken {
  const token = `EAAC${randomBytes(48).toString("base64url")}`;
  insertToken(lab, token, user, "user", scopes, lab.now() + life);
  return { access_token: token, token_type: "bearer", expires_in: life / 1000 };
}

/** GET /oauth/access_token: a code becomes a person's token of two hours, and that one (`fb_exchange_token`) one of sixty days. */
export function exchange(lab: Lab, request: LabRequest): UserToken {
  const secret = lab.settings.facebookAppSecret;
  if (!secret || parameter(request, "client_secret") !== secret) throw badSecret();
  const client = parameter(request, "client_id");
  if (!client) throw invalid("The parameter client_id is required");
  const grant = parameter(request, "grant_type");
  if (grant === "fb_exchange_token") {
    const short = authenticate(lab, request, parameter(request, "fb_exchange_token"));
    if (short.kind !== "user") throw invalid("Only a person's token can be exchanged");
    return issue(lab, short.owner, short.scopes, LONG_MS);
  }
  if (grant !== undefined && grant !== "authorization_code") throw invalid(`Param grant_type ${grant} is unknown`);
  const row = lab.store.get<CodeRow>("DELETE FROM fb_code WHERE code = ? RETURNING *", parameter(request, "code") ?? "");
  if (!row) throw badCode("This authorization code has been used.", 36009);
  if (row.expires <= lab.now()) throw badCode("This authorization code has expired.", 36007);
  if (row.client !== client) throw badCode("The code was issued to another app.", 36008);
  if (row.redirect !== parameter(request, "redirect_uri"))
    throw badCode("Error validating verification code. Please make sure your redirect_uri is identical to the one you used.", 36008);
  return issue(lab, row.user, row.scopes, SHORT_MS);
}

/** GET /me/permissions: what the person gave of what there is. */
export const permissions = (viewer: TokenRow): Json => {
  const given = JSON.parse(viewer.scopes) as string[];
  return allScopes.map((permission) => ({ permission, status: given.includes(permission) ? "granted" : "declined" }));
};

/** The page's own token as this person sees it: it can do what he allowed, and lasts for good when his own is a long one. */
export function pageTokenFor(lab: Lab, viewer: TokenRow, page: string): string {
  const token = `EAAC${createHash("sha256").update(`${viewer.token}:${page}`).digest("base64url")}`;
  const lasting = viewer.expires === null || viewer.expires - lab.now() > DAY;
  insertToken(lab, token, page, "page", viewer.scopes, lasting ? null : viewer.expires);
  return token;
}
