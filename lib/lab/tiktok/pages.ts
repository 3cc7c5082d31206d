import { avatar } from "../facebook/pieces.ts";
import { formatCount, formatTime } from "../format.ts";
import type { LabRequest } from "../http.ts";
import type { AccountLink, Lab, PublicPage } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { dialog } from "./dialog.ts";
import { settle } from "./progress.ts";
import { everyone, filesOf, findByName, findPost, isPublic, type PostRow, postPath, type UserRow } from "./tables.ts";

const POSTS_SHOWN = 24;

function accountPage(lab: Lab, user: UserRow, request: LabRequest): PublicPage {
  const before = /^\d+$/.exec(request.url.searchParams.get("sebelum") ?? "")?.[0];
  const rows = lab.store.all<PostRow>(
    "SELECT * FROM tt_post WHERE user = ? AND privacy = ? AND public_at <= ? AND created < ? ORDER BY created DESC, id DESC LIMIT ?",
    ...[user.id, everyone, lab.now(), Number(before ?? Number.MAX_SAFE_INTEGER), POSTS_SHOWN + 1],
  );
  const shown = rows.slice(0, POSTS_SHOWN);
  const tile = (post: PostRow) => {
    const name = post.caption.slice(0, 80) || "Unggahan tanpa keterangan";
    const kind = post.kind === "video" ? "Video" : "Foto";
    return html`<a href="${postPath(user.username, post)}"><img src="/media/tiktok/cover-${post.id}" alt="${kind}: ${name}" width="720" height="720" loading="lazy"></a>`;
  };
  return {
    status: 200,
    title: user.name,
    body: html`<section class="card profile">${avatar(user.name)}<div><h1>${user.name}</h1>
        <p class="quiet">@${user.username} · TikTok · ${formatCount(user.followers)} pengikut</p>
        ${user.about ? html`<p>${user.about}</p>` : null}</div></section>
      ${shown.length === 0 ? html`<p class="card empty">Belum ada unggahan.</p>` : html`<section class="card" aria-label="Unggahan"><div class="pictures count-4">${shown.map(tile)}</div></section>`}
      <nav class="pager" aria-label="Halaman unggahan">
        ${before ? html`<a class="button" href="/tiktok/@${user.username}">Terbaru</a>` : null}
        ${rows.length > POSTS_SHOWN ? html`<a class="button" href="/tiktok/@${user.username}?sebelum=${shown.at(-1)?.created ?? 0}">Lebih lama</a>` : null}
      </nav>`,
  };
}

function visual(lab: Lab, post: PostRow): Markup | null {
  const files = filesOf(lab.store, post.id);
  const [film] = files;
  if (post.kind === "video" && film?.stored)
    return html`<video class="film" src="/media/tiktok/${film.id}" poster="/media/tiktok/cover-${post.id}" width="${film.width}" height="${film.height}" controls preload="metadata" aria-label="Video unggahan ini"></video>`;
  const name = post.caption.slice(0, 80) || "Unggahan tanpa keterangan";
  if (files.length === 0)
    return html`<div class="pictures count-1"><img src="/media/tiktok/cover-${post.id}" alt="${name}" width="720" height="720"></div>`;
  return html`<div class="pictures count-${Math.min(files.length, 4)}">${files.map(
    (file, i) =>
      html`<img src="/media/tiktok/${file.id}" alt="Foto ${i + 1}: ${name}" width="${file.width}" height="${file.height}" loading="lazy">`,
  )}</div>`;
}

function postPage(lab: Lab, user: UserRow, post: PostRow): PublicPage {
  const figures = [
    `${formatCount(post.views)} tayangan`,
    `${formatCount(post.likes)} suka`,
    `${formatCount(post.comments)} komentar`,
    `${formatCount(post.shares)} kali dibagikan`,
  ];
  return {
    status: 200,
    title: `Unggahan ${user.name}`,
    body: html`<article class="card post">
        <header>${avatar(user.name)}<div><h1 class="author"><a href="/tiktok/@${user.username}">${user.name}</a></h1><p class="quiet">@${user.username} · ${formatTime(post.created)}</p></div></header>
        ${visual(lab, post)}
        ${post.title ? html`<h2>${post.title}</h2>` : null}
        ${post.caption ? html`<p class="message">${post.caption}</p>` : null}
        <ul class="counts">${figures.map((figure) => html`<li>${figure}</li>`)}</ul>
        <p class="quiet">Komentar ditulis dan dibaca di aplikasi TikTok; di sini hanya jumlahnya.</p>
      </article>`,
  };
}

/** /tiktok/v2/auth/authorize, /tiktok/@{username} and /tiktok/@{username}/{video or photo}/{id}. */
export function page(lab: Lab, request: LabRequest, path: string[]): PublicPage | null {
  if (request.method !== "GET" && request.method !== "HEAD") return null;
  if (path.join("/") === "v2/auth/authorize") return dialog(lab, request);
  settle(lab);
  const [first = "", kind, id, ...rest] = path;
  const user = first.startsWith("@") ? findByName(lab.store, first.slice(1)) : undefined;
  if (!user || rest.length > 0) return null;
  if (kind === undefined) return accountPage(lab, user, request);
  const post = findPost(lab.store, id ?? "");
  const here = post?.user === user.id && post.kind === kind && isPublic(post, lab.now());
  return post && here ? postPage(lab, user, post) : null;
}

/** Accounts whose name or username contains the search text, by name. */
export function accounts(lab: Lab, search: string, limit: number): AccountLink[] {
  const pattern = `%${search.replace(/[%_\\]/g, "\\$&")}%`;
  return lab.store
    .all<UserRow>(
      "SELECT * FROM tt_user WHERE name LIKE ? ESCAPE '\\' OR username LIKE ? ESCAPE '\\' ORDER BY name COLLATE NOCASE LIMIT ?",
      ...[pattern, pattern, limit],
    )
    .map(({ name, username, followers }) => ({
      name,
      detail: `@${username} · ${formatCount(followers)} pengikut`,
      path: `/tiktok/@${username}`,
    }));
}
