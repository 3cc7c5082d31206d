import { z } from "zod";
import { isLoopback, type LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { html } from "../markup.ts";
import { findByName, type UserRow } from "./tables.ts";
import { allScopes, issueCode } from "./tokens.ts";

const names = (text: string): string[] => text.split(",").filter(Boolean);

const demand = z.object({
  response_type: z.literal("code"),
  client_key: z.string().min(1),
  redirect_uri: z.string().refine(isLoopback),
  state: z.string().min(1).max(500),
  scope: z
    .string()
    .transform(names)
    .refine((scopes) => scopes.length > 0 && scopes.every((scope) => allScopes.includes(scope))),
});

/**
 * /tiktok/v2/auth/authorize/: whoever looks at the page chooses an account, and the app gets a code for it. `as` names the
 * account, `without` the permissions that its holder does not give, and `deny` sends him back without any.
 */
export function dialog(lab: Lab, request: LabRequest): PublicPage {
  const params = Object.fromEntries(request.url.searchParams);
  const parsed = demand.safeParse(params);
  if (!parsed.success) {
    const body = html`<section class="card"><h1>Ada yang tidak beres</h1><p>Aplikasi ini tidak dapat dihubungkan: permintaannya tidak lengkap.</p></section>`;
    return { status: 400, title: "Izin aplikasi", body };
  }
  const { client_key, redirect_uri, state, scope } = parsed.data;
  const back = (answer: { [name: string]: string }): PublicPage => {
    const target = new URL(redirect_uri);
    for (const [name, value] of Object.entries({ ...answer, state })) target.searchParams.set(name, value);
    return { redirect: target.href };
  };
  if (params.deny === "1") return back({ error: "access_denied", error_description: "The user denied the request." });
  const user = findByName(lab.store, params.as ?? "");
  if (user) {
    const scopes = scope.filter((name) => !names(params.without ?? "").includes(name)).join(",");
    return back({ code: issueCode(lab, { user: user.id, client: client_key, redirect: redirect_uri, scopes }), scopes });
  }
  // Links, not a form: the page's policy lets no form lead to another address.
  const link = (choice: { [name: string]: string }) => `/tiktok/v2/auth/authorize/?${new URLSearchParams({ ...params, ...choice })}`;
  const users = lab.store.all<UserRow>("SELECT * FROM tt_user ORDER BY name COLLATE NOCASE LIMIT 100");
  return {
    status: 200,
    title: "Izin aplikasi",
    body: html`<section class="card"><h1>Izinkan aplikasi memakai akun?</h1><p>Aplikasi <b>${client_key}</b> meminta:</p>
      <ul>${scope.map((name) => html`<li>${name}</li>`)}</ul>
      <ul class="accounts">${users.map((one) => html`<li><a href="${link({ as: one.username })}">Izinkan sebagai ${one.name}</a><span class="quiet">@${one.username}</span></li>`)}</ul>
      <p><a class="button" href="${link({ deny: "1" })}">Jangan izinkan</a></p></section>`,
  };
}
