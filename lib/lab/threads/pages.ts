import { z } from "zod";
import { avatar } from "../facebook/pieces.ts";
import { formatCount, formatTime } from "../format.ts";
import { type Draft, draftOf, emptyDraft, visitorId } from "../forms.ts";
import type { LabRequest } from "../http.ts";
import type { AccountLink, Lab, PublicPage } from "../lab.ts";
import { html } from "../markup.ts";
import { replyAdded } from "./changes.ts";
import { insertPost } from "./containers.ts";
import { dialog } from "./dialog.ts";
import { attachments, counts, postPage } from "./post-page.ts";
import { type AccountRow, findAccount, findByName, findPost, type PostRow, postPath } from "./tables.ts";
import { replyCount } from "./view.ts";

const POSTS_SHOWN = 20;

const followersOf = ({ followers }: AccountRow): string => (followers === null ? "" : ` · ${formatCount(followers)} pengikut`);

function accountPage(lab: Lab, account: AccountRow, request: LabRequest): PublicPage {
  const [, created = "", id = ""] = /^(\d+)\.(\d+)$/.exec(request.url.searchParams.get("sebelum") ?? "") ?? [];
  const older = created ? "AND (created, id) < (CAST(? AS INTEGER), ?)" : "AND (? = ?)";
  const rows = lab.store.all<PostRow>(
    `SELECT * FROM th_post WHERE author = ? AND parent IS NULL ${older} ORDER BY created DESC, id DESC LIMIT ?`,
    ...[account.id, created, id, POSTS_SHOWN + 1],
  );
  const shown = rows.slice(0, POSTS_SHOWN);
  const last = shown.at(-1);
  const item = (post: PostRow) => html`<article class="card post">
      <p class="quiet"><a href="${postPath(post)}">${formatTime(post.created)}</a></p>
      ${post.text ? html`<p class="message">${post.text}</p>` : null}
      ${attachments(lab, post)}${counts(post, replyCount(lab, post))}</article>`;
  return {
    status: 200,
    title: account.name,
    body: html`<section class="card profile">${avatar(account.name)}<div><h1>${account.name}</h1>
        <p class="quiet">@${account.username} · Threads${followersOf(account)}</p>
        ${account.about ? html`<p>${account.about}</p>` : null}</div></section>
      ${shown.length === 0 ? html`<p class="card empty">Belum ada unggahan.</p>` : shown.map(item)}
      <nav class="pager" aria-label="Halaman unggahan">
        ${created ? html`<a class="button" href="/threads/@${account.username}">Terbaru</a>` : null}
        ${rows.length > POSTS_SHOWN && last ? html`<a class="button" href="/threads/@${account.username}?sebelum=${last.created}.${last.id}">Lebih lama</a>` : null}
      </nav>`,
  };
}

const visitorReply = z.object({
  name: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9._]{1,30}$/, "Nama pengguna: huruf kecil, angka, titik dan garis bawah, paling panjang 30."),
  message: z.string().trim().min(1, "Tuliskan balasan Anda.").max(500, "Balasan paling panjang 500 huruf."),
  parent: z.string().default(""),
});

function takeReply(lab: Lab, account: AccountRow, post: PostRow, request: LabRequest): PublicPage {
  const again = (draft: Draft, status: number) => postPage(lab, { account, post, replies: replyCount(lab, post) }, request, draft, status);
  if (request.headers["sec-fetch-site"] === "cross-site")
    return again({ ...emptyDraft, problem: "Balasan hanya dapat dikirim dari halaman ini." }, 403);
  const draft = draftOf(request.fields);
  const checked = visitorReply.safeParse(request.fields);
  if (!checked.success) {
    const { name, message } = z.flattenError(checked.error).fieldErrors;
    return again({ ...draft, nameProblem: name?.[0] ?? null, messageProblem: message?.[0] ?? null }, 422);
  }
  const { name, message, parent } = checked.data;
  if (findByName(lab.store, name)) return again({ ...draft, nameProblem: "Nama ini sudah dipakai sebuah akun." }, 422);
  const target = parent ? findPost(lab.store, parent) : post;
  if (!target || (target.root ?? target.id) !== post.id)
    return again({ ...draft, parent: "", problem: "Balasan yang Anda jawab sudah tidak ada." }, 422);
  const reply = lab.store.transaction(() => {
    const by = { account: account.id, author: visitorId(name), username: name };
    const added = insertPost(lab, { ...by, text: message, link: null, parent: target, byApi: false });
    replyAdded(lab, added);
    return added;
  });
  return { redirect: `${postPath(post)}#komentar-${reply.id}` };
}

/** /threads/@{name}, /threads/@{name}/post/{code}, the visitor's reply form below it, and the consent page. */
export function page(lab: Lab, request: LabRequest, path: string[]): PublicPage | null {
  const reading = request.method === "GET" || request.method === "HEAD";
  if (path.join("/") === "oauth/authorize") return reading ? dialog(lab, request) : null;
  const [name = "", kind, shortcode, comments, ...rest] = path;
  if (rest.length > 0 || !name.startsWith("@")) return null;
  if (kind === undefined) {
    const account = findByName(lab.store, name.slice(1));
    return account && reading ? accountPage(lab, account, request) : null;
  }
  const found = kind === "post" ? lab.store.get<PostRow>("SELECT * FROM th_post WHERE shortcode = ?", shortcode ?? "") : undefined;
  if (!found || found.username !== name.slice(1)) return null;
  const root = found.root === null ? found : findPost(lab.store, found.root);
  const account = root && findAccount(lab.store, root.account);
  if (!root || !account) return null;
  if (comments === "comments") return request.method === "POST" && root === found ? takeReply(lab, account, root, request) : null;
  if (comments !== undefined || !reading) return null;
  if (root !== found) return { redirect: `${postPath(root)}#komentar-${found.id}` };
  return postPage(lab, { account, post: root, replies: replyCount(lab, root) }, request, emptyDraft, 200);
}

/** Accounts whose name or username contains the search text, by name. */
export function accounts(lab: Lab, search: string, limit: number): AccountLink[] {
  const pattern = `%${search.replace(/[%_\\]/g, "\\$&")}%`;
  return lab.store
    .all<AccountRow>(
      "SELECT * FROM th_account WHERE name LIKE ? ESCAPE '\\' OR username LIKE ? ESCAPE '\\' ORDER BY name COLLATE NOCASE LIMIT ?",
      ...[pattern, pattern, limit],
    )
    .map((row) => ({ name: row.name, detail: `@${row.username}${followersOf(row)}`, path: `/threads/@${row.username}` }));
}
