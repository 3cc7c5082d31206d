import { readFileSync } from "node:fs";
import { ownComment } from "./citizens.ts";
import type { LabRequest, Reply } from "./http.ts";
import type { AccountLink, Lab, LabPlatform, PublicPage } from "./lab.ts";
import { html, type Markup } from "./markup.ts";

const ACCOUNTS_SHOWN = 100;
const stylesheet = readFileSync(new URL("./lab.css", import.meta.url));
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

function document(title: string, notice: string, body: Markup): string {
  return html`<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${title} · Simulasi</title><link rel="stylesheet" href="/lab.css"></head>
<body><a class="skip" href="#isi-halaman">Lewati ke isi</a>
<header><p class="banner">${notice}</p><nav class="top" aria-label="Utama"><a href="/">Semua akun simulasi</a></nav></header>
<main id="isi-halaman">${body}</main></body></html>`.text;
}

function page(status: number, title: string, notice: string, body: Markup): Reply {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "referrer-policy": "same-origin",
      "cache-control": "no-store",
    },
    body: document(title, notice, body),
  };
}

const notice = (platform: string): string => `Simulasi: ini bukan ${platform}. Data dan percakapan tidak sebenarnya.`;
const generalNotice = notice("media sosial sungguhan");

function notFound(): Reply {
  return page(
    404,
    "Tidak ditemukan",
    generalNotice,
    html`<section class="card"><h1>Halaman tidak ditemukan</h1>
    <p>Unggahan atau akun ini tidak ada, atau sudah dihapus.</p><p><a class="button" href="/">Lihat semua akun</a></p></section>`,
  );
}

function accountList(title: string, found: AccountLink[]): Markup {
  if (found.length === 0) return html`<section class="card"><h2>${title}</h2><p class="empty">Tidak ada akun yang cocok.</p></section>`;
  const rows = found.slice(0, ACCOUNTS_SHOWN);
  return html`<section class="card"><h2>${title}</h2><ul class="accounts">${rows.map(
    (row) => html`<li><a href="${row.path}">${row.name}</a><span class="quiet">${row.detail}</span></li>`,
  )}</ul>${found.length > rows.length ? html`<p class="quiet">Hanya ${ACCOUNTS_SHOWN} akun pertama yang ditampilkan. Gunakan pencarian untuk menemukan yang lain.</p>` : null}</section>`;
}

function home(lab: Lab, platforms: LabPlatform[], search: string): Reply {
  const lists = platforms.map((platform) => accountList(platform.title, platform.accounts(lab, search, ACCOUNTS_SHOWN + 1)));
  return page(
    200,
    "Semua akun",
    generalNotice,
    html`<section class="card"><h1>Akun media sosial simulasi</h1>
    <p>Pilih sebuah akun untuk membaca unggahannya dan menulis komentar sebagai warga.</p>
    <form method="get" action="/" role="search" class="search"><label for="cari">Cari akun</label>
    <input id="cari" type="search" name="q" value="${search}"><button type="submit">Cari</button></form></section>${lists}`,
  );
}

function platformPage(lab: Lab, platform: LabPlatform, request: LabRequest, path: string[]): Reply {
  return shown(platform, platform.page(lab, request, path));
}

function shown(platform: LabPlatform, found: PublicPage | null): Reply {
  if (!found) return notFound();
  if ("redirect" in found) return { status: 303, headers: { location: found.redirect, "cache-control": "no-store" }, body: "" };
  return page(found.status, found.title, notice(platform.title), found.body);
}

/** Answers everything that people open in a browser. */
export function publicPages(lab: Lab, platforms: LabPlatform[], request: LabRequest): Reply {
  const [first, second, ...rest] = request.segments;
  const reading = request.method === "GET" || request.method === "HEAD";
  if (first === undefined && reading) return home(lab, platforms, (request.url.searchParams.get("q") ?? "").trim().slice(0, 80));
  if (first === "lab.css" && second === undefined && reading) {
    return { status: 200, headers: { "content-type": "text/css; charset=utf-8", "cache-control": "max-age=60" }, body: stylesheet };
  }
  if (first === "favicon.ico") return { status: 204, headers: {}, body: "" };
  if (first === "media" && reading) {
    const media = platforms.find(({ name }) => name === second)?.media(lab, rest);
    if (!media) return notFound();
    return { status: 200, headers: { "content-type": media.mime, "cache-control": "max-age=3600" }, body: media.bytes };
  }
  if (first === "komentar") {
    const platform = platforms.find(({ name }) => name === second);
    return platform ? shown(platform, ownComment(lab, platform, request, rest.join("/"))) : notFound();
  }
  const platform = platforms.find(({ name }) => name === first);
  return platform && second !== undefined ? platformPage(lab, platform, request, [second, ...rest]) : notFound();
}
