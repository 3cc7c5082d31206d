import { createHmac } from "node:crypto";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { badToken, expiredToken, invalid, noToken, revokedToken } from "./errors.ts";
import { parameter } from "./parameters.ts";
import { findPage, type TokenRow } from "./tables.ts";

/** The permissions a Page token has unless the seed says otherwise. */
export const allScopes = [
  "pages_show_list",
  "pages_manage_posts",
  "pages_manage_engagement",
  "pages_manage_metadata",
  "pages_read_engagement",
  "pages_read_user_content",
  "read_insights",
];

const presented = (request: LabRequest): string | undefined =>
  parameter(request, "access_token") ?? /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? "")?.[1];

const findToken = (lab: Lab, token: string) => lab.store.get<TokenRow>("SELECT * FROM fb_token WHERE token = ?", token);
const expired = (lab: Lab, token: TokenRow): boolean => token.expires !== null && token.expires <= lab.now();

/** The token the request carries, or the given one; throws the GraphError with which Graph refuses a missing, unknown, revoked or expired one. */
export function authenticate(lab: Lab, request: LabRequest, text = presented(request)): TokenRow {
  if (!text) throw noToken();
  const token = findToken(lab, text);
  if (!token) throw badToken();
  if (token.revoked) throw revokedToken();
  if (expired(lab, token)) throw expiredToken();
  const proof = parameter(request, "appsecret_proof");
  const secret = lab.settings.facebookAppSecret;
  if (proof && secret && proof !== createHmac("sha256", secret).update(text).digest("hex")) {
    throw invalid("Invalid appsecret_proof provided in the API argument");
  }
  return token;
}

/** Withdraws the token the request carries, for good. */
export function revokePresented(lab: Lab, request: LabRequest): void {
  lab.store.run("UPDATE fb_token SET revoked = 1 WHERE token = ?", presented(request) ?? "");
}

/** GET /debug_token: what is known of `input_token`. */
export function debugToken(lab: Lab, request: LabRequest): { data: { [key: string]: unknown } } {
  const input = parameter(request, "input_token");
  if (!input) throw invalid("The parameter input_token is required");
  const isApp = /^\d+\|/.test(presented(request) ?? "");
  if (!isApp) authenticate(lab, request);
  const token = findToken(lab, input);
  if (!token) return { data: { error: { code: 190, message: "Invalid OAuth access token." }, is_valid: false, scopes: [] } };
  const page = findPage(lab.store, token.owner);
  return {
    data: {
      app_id: "100000000000001",
      application: "Garda",
      type: token.kind.toUpperCase(),
      ...(page ? { profile_id: page.id } : { user_id: token.owner }),
      is_valid: !token.revoked && !expired(lab, token),
      expires_at: token.expires === null ? 0 : Math.floor(token.expires / 1000),
      data_access_expires_at: 0,
      scopes: JSON.parse(token.scopes),
    },
  };
}
