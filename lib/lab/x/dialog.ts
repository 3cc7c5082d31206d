import { z } from "zod";
import { linkHere, sendBack } from "../dialogs.ts";
import { isLoopback, type LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { html } from "../markup.ts";
import { findByName, type UserRow } from "./tables.ts";
import { allScopes, issueCode, knowsApp } from "./tokens.ts";

const demand = z.object({
  response_type: z.literal("code"),
  client_id: z.string().min(1),
  redirect_uri: z.string().refine(isLoopback),
  state: z.string().min(1).max(500),
  code_challenge: z.string().min(43),
  code_challenge_method: z.string().regex(/^s256$/i),
  scope: z
    .string()
    .refine((text) => text.split(" ").every((scope) => allScopes.includes(scope)))
    .default(""),
});

/**
 * /x/i/oauth2/authorize: whoever looks at the page chooses an account, and the app gets a code for it. `as` names the account,
 * `without` the scopes that its holder does not give, and `deny` sends him back without any.
 */
export function dialog(lab: Lab, request: LabRequest): PublicPage {
  const params = Object.fromEntries(request.url.searchParams);
  const parsed = demand.safeParse(params);
  if (!parsed.success || !knowsApp(lab, parsed.data.client_id)) {
    const body = html`<section class="card"><h1>Ada yang tidak beres</h1><p>Aplikasi ini tidak dapat dihubungkan: permintaannya tidak lengkap, atau aplikasinya tidak terdaftar.</p></section>`;
    return { status: 400, title: "Izin aplikasi", body };
  }
  const { client_id, redirect_uri, state, code_challenge, scope } = parsed.data;
  const back = (answer: { [name: string]: string }): PublicPage => sendBack(redirect_uri, { state, ...answer });
  if (params.deny === "1") return back({ error: "access_denied" });
  const user = findByName(lab.store, params.as ?? "");
  if (user?.listed) {
    const withheld = (params.without ?? "").split(",");
    const scopes = scope
      .split(" ")
      .filter((one) => !withheld.includes(one))
      .join(" ");
    return back({ code: issueCode(lab, { user: user.id, client: client_id, redirect: redirect_uri, challenge: code_challenge, scopes }) });
  }
  const link = (choice: { [name: string]: string }) => linkHere(request, choice);
  const users = lab.store.all<UserRow>("SELECT * FROM x_user WHERE listed = 1 ORDER BY name COLLATE NOCASE LIMIT 100");
  return {
    status: 200,
    title: "Izin aplikasi",
    body: html`<section class="card"><h1>Izinkan aplikasi memakai akun?</h1><p>Aplikasi <b>${client_id}</b> meminta: ${scope || "tanpa izin khusus"}.</p>
      <ul class="accounts">${users.map((one) => html`<li><a href="${link({ as: one.username })}">Izinkan sebagai ${one.name}</a><span class="quiet">@${one.username}</span></li>`)}</ul>
      <p><a class="button" href="${link({ deny: "1" })}">Tolak</a></p></section>`,
  };
}
