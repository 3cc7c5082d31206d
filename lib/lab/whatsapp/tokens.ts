import { badToken, expiredToken, GraphError, invalid, missing, missingScope, noToken, revokedToken } from "../facebook/errors.ts";
import { parameter } from "../facebook/parameters.ts";
import type { LabRequest } from "../http.ts";
import type { Lab } from "../lab.ts";
import { findNumber, type NumberRow, type TokenRow } from "./tables.ts";

export const appId = "100000000000001";

export const management = "whatsapp_business_management";
export const messaging = "whatsapp_business_messaging";
export const allScopes = [management, messaging];

const presented = (request: LabRequest): string | undefined =>
  parameter(request, "access_token") ?? /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? "")?.[1];

const tokensOf = (lab: Lab, token: string) => lab.store.all<TokenRow>("SELECT * FROM wa_token WHERE token = ? ORDER BY number", token);

/** The rows of the request's token, one for each number that it opens. Throws for a missing, unknown, withdrawn or expired one. */
function authenticate(lab: Lab, request: LabRequest): TokenRow[] {
  const text = presented(request);
  if (!text) throw noToken();
  const rows = tokensOf(lab, text);
  if (rows.length === 0) throw badToken();
  if (rows.every(({ revoked }) => revoked)) throw revokedToken();
  if (rows.every(({ expires }) => expires !== null && expires <= lab.now())) throw expiredToken();
  return rows;
}

/** The number that a call is about, if the token opens it and holds the permission. */
export function numberOf(lab: Lab, request: LabRequest, id: string, scope: string): NumberRow {
  const rows = authenticate(lab, request);
  const number = findNumber(lab.store, id);
  if (!number) throw missing(request.method, id);
  const row = rows.find((one) => one.number === id);
  if (!row) throw new GraphError("(#10) Application does not have permission for this action", { status: 403, code: 10 });
  if (!(JSON.parse(row.scopes) as string[]).includes(scope)) throw missingScope(scope);
  return number;
}

/** The business accounts that a token reaches. */
const accountsOf = (lab: Lab, rows: TokenRow[]): string[] => [
  ...new Set(rows.flatMap((row) => findNumber(lab.store, row.number)?.waba ?? [])),
];

/** The business account that a call is about, if the token reaches it and may manage it. */
export function accountOf(lab: Lab, request: LabRequest, id: string): string {
  const rows = authenticate(lab, request);
  if (!accountsOf(lab, rows).includes(id)) throw missing(request.method, id);
  if (!rows.some((row) => (JSON.parse(row.scopes) as string[]).includes(management))) throw missingScope(management);
  return id;
}

/** Withdraws the request's token, for good. */
export function revokePresented(lab: Lab, request: LabRequest): void {
  lab.store.run("UPDATE wa_token SET revoked = 1 WHERE token = ?", presented(request) ?? "");
}

/** GET /debug_token: what is known of `input_token`, which may be the very token that asks. */
export function debugToken(lab: Lab, request: LabRequest): object {
  const input = parameter(request, "input_token");
  if (!input) throw invalid("The parameter input_token is required");
  authenticate(lab, request);
  const rows = tokensOf(lab, input);
  const [first] = rows;
  if (!first) return { data: { error: { code: 190, message: "Invalid OAuth access token." }, is_valid: false, scopes: [] } };
  return {
    data: {
      app_id: appId,
      type: "SYSTEM_USER",
      application: "Garda",
      expires_at: first.expires === null ? 0 : Math.floor(first.expires / 1000),
      is_valid: !first.revoked,
      scopes: JSON.parse(first.scopes),
      granular_scopes: (JSON.parse(first.scopes) as string[]).map((scope) => ({ scope, target_ids: accountsOf(lab, rows) })),
    },
  };
}
