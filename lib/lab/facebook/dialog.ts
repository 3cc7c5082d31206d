import { incomplete, linkHere, metaDemand, names, sendBack } from "../dialogs.ts";
import type { LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { html } from "../markup.ts";
import { issueCode } from "./consent.ts";
import { findPage, type PageRow } from "./tables.ts";
import { allScopes } from "./tokens.ts";

const PAGES_SHOWN = 50;
/** Facebook's own mark at the end of the address that leads back. */
const mark = "_=_";
const demand = metaDemand((scopes) => scopes.length > 0 && scopes.every((scope) => allScopes.includes(scope)));

/**
 * /facebook/{version}/dialog/oauth: whoever looks at the page selects pages (`pilih`), then lets the app act for them. `?as=` names
 * the pages at once, or "all", `without=` permissions that are not given, `deny=1` is a refusal.
 */
export function dialog(lab: Lab, request: LabRequest): PublicPage {
  const params = Object.fromEntries(request.url.searchParams);
  const parsed = demand.safeParse(params);
  if (!parsed.success) return incomplete;
  const { client_id, redirect_uri, state, scope } = parsed.data;
  if (params.deny === "1") {
    const told = { error: "access_denied", error_code: "200", error_reason: "user_denied", error_description: "Permissions error" };
    return sendBack(redirect_uri, { ...told, state }, mark);
  }
  const all = () => lab.store.all<{ id: string }>("SELECT id FROM fb_page ORDER BY id").map(({ id }) => id);
  const pages = (params.as === "all" ? all() : names(params.as)).filter((id) => findPage(lab.store, id));
  if (pages.length > 0) {
    const scopes = scope.filter((name) => !names(params.without).includes(name));
    return sendBack(redirect_uri, { code: issueCode(lab, pages, { client: client_id, redirect: redirect_uri, scopes }), state }, mark);
  }
  return choice(lab, request, client_id, scope);
}

function choice(lab: Lab, request: LabRequest, client: string, scope: string[]): PublicPage {
  const params = Object.fromEntries(request.url.searchParams);
  const link = (more: { [name: string]: string }) => linkHere(request, more);
  const chosen = names(params.pilih);
  const search = (params.cari ?? "").trim().slice(0, 80);
  const rows = lab.store.all<PageRow>(
    "SELECT * FROM fb_page WHERE name LIKE ? ESCAPE '\\' ORDER BY name COLLATE NOCASE LIMIT ?",
    ...[`%${search.replace(/[%_\\]/g, "\\$&")}%`, PAGES_SHOWN],
  );
  const toggled = (id: string) => (chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]).join(",");
  const { cari: _, ...kept } = params;
  return {
    status: 200,
    title: "Izin aplikasi",
    body: html`<section class="card"><h1>Pilih halaman untuk aplikasi</h1><p>Aplikasi <b>${client}</b> meminta:</p>
      <ul>${scope.map((name) => html`<li>${name}</li>`)}</ul>
      <form method="get" action="${request.url.pathname}" role="search" class="search">
        ${Object.entries(kept).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
        <label for="cari">Cari halaman</label><input id="cari" type="search" name="cari" value="${search}"><button type="submit">Cari</button></form>
      <ul class="accounts">${rows.map(
        ({ id, name, username }) =>
          html`<li><a href="${link({ pilih: toggled(id) })}">${chosen.includes(id) ? "✓ " : ""}${name}<span class="quiet"> · ${chosen.includes(id) ? "batal memilih" : "pilih"}</span></a><span class="quiet">@${username}</span></li>`,
      )}</ul>
      <nav class="pager" aria-label="Jawaban">
        ${chosen.length > 0 ? html`<a class="button" href="${link({ as: chosen.join(",") })}">Izinkan ${chosen.length} halaman</a>` : null}
        <a class="button" href="${link({ as: "all" })}">Izinkan semua halaman</a>
        <a class="button" href="${link({ deny: "1" })}">Jangan izinkan</a></nav></section>`,
  };
}
