import { z } from "zod";
import { formatCount } from "../format.ts";
import { type Draft, draftOf, emptyDraft, visitorId } from "../forms.ts";
import type { LabRequest } from "../http.ts";
import type { AccountLink, Lab, PublicPage } from "../lab.ts";
import { html } from "../markup.ts";
import { addComment } from "./comments.ts";
import { dialog } from "./dialog.ts";
import { postPage } from "./post-page.ts";
import { type AccountRow, findAccount, findByName, findComment, type MediaRow, picturesOf, postPath, videoOf } from "./tables.ts";

const POSTS_SHOWN = 24;

function accountPage(lab: Lab, account: AccountRow, request: LabRequest): PublicPage {
  const [, created = "", id = ""] = /^(\d+)\.(\d+)$/.exec(request.url.searchParams.get("sebelum") ?? "") ?? [];
  const older = created ? "AND (created, id) < (CAST(? AS INTEGER), ?)" : "AND (? = ?)";
  const rows = lab.store.all<MediaRow>(
    `SELECT * FROM ig_media WHERE (account = ? OR id IN (SELECT media FROM ig_collaboration WHERE account = ? AND state = 'Accepted'))
     ${older} ORDER BY created DESC, id DESC LIMIT ?`,
    ...[account.id, account.id, created, id, POSTS_SHOWN + 1],
  );
  const shown = rows.slice(0, POSTS_SHOWN);
  const last = shown.at(-1);
  const tile = (post: MediaRow) => {
    const name = post.caption.slice(0, 80) || "Unggahan tanpa keterangan";
    const first = picturesOf(lab.store, post.id)[0];
    const shown = videoOf(lab.store, post.id)
      ? html`<img src="/media/instagram/cover-${post.id}" alt="Video: ${name}" width="720" height="720" loading="lazy">`
      : first &&
        html`<img src="/media/instagram/${first.id}" alt="${first.alt || name}" width="${first.width}" height="${first.height}" loading="lazy">`;
    return html`<a href="${postPath(lab.store, post)}">${shown ?? name}</a>`;
  };
  return {
    status: 200,
    title: account.name,
    body: html`<section class="card profile"><div><h1>${account.username}</h1>
        <p class="quiet">${account.name} · Instagram · ${formatCount(account.followers)} pengikut</p>
        ${account.about ? html`<p>${account.about}</p>` : null}</div></section>
      ${shown.length === 0 ? html`<p class="card empty">Belum ada unggahan.</p>` : html`<section class="card" aria-label="Unggahan"><div class="pictures count-4">${shown.map(tile)}</div></section>`}
      <nav class="pager" aria-label="Halaman unggahan">
        ${created ? html`<a class="button" href="/instagram/${account.username}">Terbaru</a>` : null}
        ${rows.length > POSTS_SHOWN && last ? html`<a class="button" href="/instagram/${account.username}?sebelum=${last.created}.${last.id}">Lebih lama</a>` : null}
      </nav>`,
  };
}

const visitorComment = z.object({
  name: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9._]{1,30}$/, "Nama pengguna: huruf kecil, angka, titik dan garis bawah, paling panjang 30."),
  message: z.string().trim().min(1, "Tuliskan komentar Anda.").max(2_200, "Komentar paling panjang 2.200 huruf."),
  parent: z.string().default(""),
});

function takeComment(lab: Lab, account: AccountRow, post: MediaRow, request: LabRequest): PublicPage {
  const again = (draft: Draft, status: number) => postPage(lab, account, post, request, draft, status);
  if (request.headers["sec-fetch-site"] === "cross-site")
    return again({ ...emptyDraft, problem: "Komentar hanya dapat dikirim dari halaman ini." }, 403);
  const draft = draftOf(request.fields);
  const checked = visitorComment.safeParse(request.fields);
  if (!checked.success) {
    const { name, message } = z.flattenError(checked.error).fieldErrors;
    return again({ ...draft, nameProblem: name?.[0] ?? null, messageProblem: message?.[0] ?? null }, 422);
  }
  const parent = checked.data.parent ? findComment(lab.store, checked.data.parent) : null;
  if (checked.data.parent && parent?.media !== post.id)
    return again({ ...draft, parent: "", problem: "Komentar yang Anda balas sudah tidak ada." }, 422);
  const from = { id: visitorId(checked.data.name), username: checked.data.name };
  // An answer to an answer stands under the comment at the top.
  const top = parent ? (parent.parent ?? parent.id) : null;
  const comment = lab.store.transaction(() => addComment(lab, post.id, top, from, checked.data.message));
  return { redirect: `${postPath(lab.store, post)}#komentar-${comment.id}` };
}

/** /instagram/{username}, /instagram/p/{short code} or /reel/{short code} with the visitor's comment form below, and the consent page. */
export function page(lab: Lab, request: LabRequest, path: string[]): PublicPage | null {
  const [first = "", shortcode, comments, ...rest] = path;
  const reading = request.method === "GET" || request.method === "HEAD";
  if (rest.length > 0) return null;
  if (first === "oauth" && shortcode === "authorize" && comments === undefined) return reading ? dialog(lab, request) : null;
  if (shortcode === undefined) {
    const account = findByName(lab.store, first);
    return account && reading ? accountPage(lab, account, request) : null;
  }
  const post =
    first === "p" || first === "reel" ? lab.store.get<MediaRow>("SELECT * FROM ig_media WHERE shortcode = ?", shortcode) : undefined;
  const account = post && findAccount(lab.store, post.account);
  if (!post || !account) return null;
  if (comments === undefined) return reading ? postPage(lab, account, post, request, emptyDraft, 200) : null;
  return comments === "comments" && request.method === "POST" ? takeComment(lab, account, post, request) : null;
}

/** Accounts whose name or username contains the search text, by name. */
export function accounts(lab: Lab, search: string, limit: number): AccountLink[] {
  const pattern = `%${search.replace(/[%_\\]/g, "\\$&")}%`;
  return lab.store
    .all<AccountRow>(
      "SELECT * FROM ig_account WHERE name LIKE ? ESCAPE '\\' OR username LIKE ? ESCAPE '\\' ORDER BY name COLLATE NOCASE LIMIT ?",
      ...[pattern, pattern, limit],
    )
    .map(({ name, username, followers }) => ({
      name,
      detail: `@${username} · ${formatCount(followers)} pengikut`,
      path: `/instagram/${username}`,
    }));
}
