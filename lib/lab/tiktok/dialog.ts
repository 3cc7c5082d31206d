import { z } from "zod";
import { accountChoice, incomplete, names, sendBack } from "../dialogs.ts";
import { isLoopback, type LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { findByName, type UserRow } from "./tables.ts";
import { allScopes, issueCode } from "./tokens.ts";

const demand = z.object({
  response_type: z.literal("code"),
  client_key: z.string().min(1),
  redirect_uri: z.string().refine(isLoopback),
  state: z.string().min(1).max(500),
  scope: z
    .string()
    .transform((text) => names(text))
    .refine((scopes) => scopes.length > 0 && scopes.every((scope) => allScopes.includes(scope))),
});

/**
 * /tiktok/v2/auth/authorize/: whoever looks at the page chooses an account, and the app gets a code for it. `as` names the
 * account, `without` the permissions that its holder does not give, and `deny` sends him back without any.
 */
export function dialog(lab: Lab, request: LabRequest): PublicPage {
  const params = Object.fromEntries(request.url.searchParams);
  const parsed = demand.safeParse(params);
  if (!parsed.success) return incomplete;
  const { client_key, redirect_uri, state, scope } = parsed.data;
  const back = (answer: { [name: string]: string }): PublicPage => sendBack(redirect_uri, { ...answer, state });
  if (params.deny === "1") return back({ error: "access_denied", error_description: "The user denied the request." });
  const user = findByName(lab.store, params.as ?? "");
  if (user) {
    const scopes = scope.filter((name) => !names(params.without).includes(name)).join(",");
    return back({ code: issueCode(lab, { user: user.id, client: client_key, redirect: redirect_uri, scopes }), scopes });
  }
  const accounts = lab.store.all<UserRow>("SELECT * FROM tt_user ORDER BY name COLLATE NOCASE LIMIT 100");
  return accountChoice(request, { client: client_key, scopes: scope, accounts });
}
