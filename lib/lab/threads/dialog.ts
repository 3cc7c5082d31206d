import { z } from "zod";
import { isLoopback, type LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { html } from "../markup.ts";
import { type AccountRow, findByName } from "./tables.ts";
import { allScopes, issueCode } from "./tokens.ts";

const names = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

const demand = z.object({
  response_type: z.literal("code"),
  client_id: z.string().min(1),
  redirect_uri: z.string().refine(isLoopback),
  state: z.string().max(500).default(""),
  scope: z
    .string()
    .transform(names)
    .refine((scopes) => scopes.includes("threads_basic") && scopes.every((scope) => allScopes.includes(scope))),
});

/** Back to the app, with Meta's own mark at the end. */
function sendBack(redirect: string, answer: { [name: string]: string }): PublicPage {
  const target = new URL(redirect);
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  target.hash = "_";
  return { redirect: target.href };
}

/**
 * /threads/oauth/authorize: whoever looks at the page chooses an account, and the app gets a code for it. `?as=` names the
 * account, `without=` permissions that its holder does not give, `deny=1` is his refusal.
 */
export function dialog(lab: Lab, request: LabRequest): PublicPage {
  const params = Object.fromEntries(request.url.searchParams);
  const parsed = demand.safeParse(params);
  if (!parsed.success) {
    const body = html`<section class="card"><h1>Ada yang tidak beres</h1><p>Aplikasi ini tidak dapat dihubungkan: permintaannya tidak lengkap.</p></section>`;
    return { status: 400, title: "Izin aplikasi", body };
  }
  const { client_id, redirect_uri, state, scope } = parsed.data;
  if (params.deny === "1") {
    const told = { error: "access_denied", error_reason: "user_denied", error_description: "The user denied your request" };
    return sendBack(redirect_uri, { ...told, state });
  }
  const account = findByName(lab.store, params.as ?? "");
  if (account) {
    const given = scope.filter((name) => !names(params.without ?? "").includes(name));
    const grant = { account: account.id, client: client_id, redirect: redirect_uri, scopes: JSON.stringify(given) };
    return sendBack(redirect_uri, { code: issueCode(lab, grant), state });
  }
  // Links, not a form: the page's policy lets no form lead to another address.
  const link = (more: { [name: string]: string }) => `/threads/oauth/authorize?${new URLSearchParams({ ...params, ...more })}`;
  const rows = lab.store.all<AccountRow>("SELECT * FROM th_account ORDER BY name COLLATE NOCASE LIMIT 100");
  return {
    status: 200,
    title: "Izin aplikasi",
    body: html`<section class="card"><h1>Izinkan aplikasi memakai akun?</h1><p>Aplikasi <b>${client_id}</b> meminta:</p>
      <ul>${scope.map((name) => html`<li>${name}</li>`)}</ul>
      <ul class="accounts">${rows.map((row) => html`<li><a href="${link({ as: row.username })}">Izinkan sebagai ${row.name}</a><span class="quiet">@${row.username}</span></li>`)}</ul>
      <p><a class="button" href="${link({ deny: "1" })}">Jangan izinkan</a></p></section>`,
  };
}
