import { z } from "zod";
import { formatCount, formatTime } from "../format.ts";
import { type Draft, draftOf, emptyDraft, visitorId } from "../forms.ts";
import type { LabRequest } from "../http.ts";
import type { AccountLink, Lab, PublicPage } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { dialog } from "./dialog.ts";
import { avatar, counts, linkCard, pictures } from "./pieces.ts";
import { postPage } from "./post-page.ts";
import { findComment, findPost, findVideo, type PageRow, type PostRow, postPath } from "./tables.ts";
import { addComment } from "./writing.ts";

const POSTS_SHOWN = 10;

function postCard(lab: Lab, page: PageRow, post: PostRow): Markup {
  return html`<article class="card post">
    <header>${avatar(page.name)}<div><h2 class="author">${page.name}</h2><p class="quiet"><a href="${postPath(post)}">${formatTime(post.created)}</a></p></div></header>
    ${post.message ? html`<p class="message">${post.message}</p>` : null}
    ${linkCard(post.link)}${pictures(lab, post)}${counts(lab, post)}
    <p class="actions"><a class="button" href="${postPath(post)}" aria-label="Lihat komentar pada unggahan ${formatTime(post.created)}">Lihat komentar</a></p>
  </article>`;
}

function accountPage(lab: Lab, page: PageRow, request: LabRequest): PublicPage {
  const [, created = "", id = ""] = /^(\d+)\.([\d_]+)$/.exec(request.url.searchParams.get("sebelum") ?? "") ?? [];
  const older = created ? "AND (created, id) < (CAST(? AS INTEGER), ?)" : "AND (? = ?)";
  const rows = lab.store.all<PostRow>(
    `SELECT * FROM fb_post WHERE page = ? AND published = 1 ${older} ORDER BY created DESC, id DESC LIMIT ?`,
    ...[page.id, created, id, POSTS_SHOWN + 1],
  );
  const shown = rows.slice(0, POSTS_SHOWN);
  const last = shown.at(-1);
  return {
    status: 200,
    title: page.name,
    body: html`<section class="card profile">${avatar(page.name)}<div><h1>${page.name}</h1>
        <p class="quiet">@${page.username} · Facebook · ${formatCount(page.followers)} pengikut</p>
        ${page.about ? html`<p>${page.about}</p>` : null}</div></section>
      ${shown.length === 0 ? html`<p class="card empty">Belum ada unggahan.</p>` : shown.map((post) => postCard(lab, page, post))}
      <nav class="pager" aria-label="Halaman unggahan">
        ${created ? html`<a class="button" href="/facebook/${page.username}">Terbaru</a>` : null}
        ${rows.length > POSTS_SHOWN && last ? html`<a class="button" href="/facebook/${page.username}?sebelum=${last.created}.${last.id}">Lebih lama</a>` : null}
      </nav>`,
  };
}

const visitorComment = z.object({
  name: z.string().trim().min(1, "Tuliskan nama Anda.").max(60, "Nama paling panjang 60 huruf."),
  message: z.string().trim().min(1, "Tuliskan komentar Anda.").max(2_000, "Komentar paling panjang 2.000 huruf."),
  parent: z.string().default(""),
});

function takeComment(lab: Lab, page: PageRow, post: PostRow, request: LabRequest): PublicPage {
  if (request.headers["sec-fetch-site"] === "cross-site")
    return postPage(lab, page, post, request, { ...emptyDraft, problem: "Komentar hanya dapat dikirim dari halaman ini." }, 403);
  const draft: Draft = draftOf(request.fields);
  const checked = visitorComment.safeParse(request.fields);
  if (!checked.success) {
    const { name, message } = z.flattenError(checked.error).fieldErrors;
    return postPage(lab, page, post, request, { ...draft, nameProblem: name?.[0] ?? null, messageProblem: message?.[0] ?? null }, 422);
  }
  const parent = checked.data.parent ? findComment(lab.store, checked.data.parent) : null;
  if (checked.data.parent && parent?.post !== post.id) {
    return postPage(lab, page, post, request, { ...draft, parent: "", problem: "Komentar yang Anda balas sudah tidak ada." }, 422);
  }
  const from = { id: visitorId(checked.data.name), name: checked.data.name };
  const comment = lab.store.transaction(() => addComment(lab, post, parent?.id ?? null, from, checked.data.message));
  return { redirect: `${postPath(post)}#komentar-${comment.id.split("_")[1]}` };
}

/** The post behind the address of a video or a reel. */
function videoPage(lab: Lab, id: string): PublicPage | null {
  const post = findPost(lab.store, findVideo(lab.store, id)?.post ?? "");
  return post ? { redirect: postPath(post) } : null;
}

/** /facebook/{username or id}, …/posts/{post} with the visitor's comment form below, …/reel/{video} and the consent page. */
export function page(lab: Lab, request: LabRequest, path: string[]): PublicPage | null {
  const [account = "", posts, postId = "", comments] = path;
  if (/^v\d+\.\d+\/dialog\/oauth$/.test(path.join("/"))) return request.method === "GET" ? dialog(lab, request) : null;
  if ((account === "reel" || account === "watch") && path.length === 2) return videoPage(lab, posts ?? "");
  const row = lab.store.get<PageRow>("SELECT * FROM fb_page WHERE id = ? OR username = ?", account, account);
  if (!row || path.length > 4) return null;
  const reading = request.method === "GET" || request.method === "HEAD";
  if (posts === undefined) return reading ? accountPage(lab, row, request) : null;
  const post = findPost(lab.store, postId.includes("_") ? postId : `${row.id}_${postId}`);
  if (posts !== "posts" || !post?.published || post.page !== row.id) return null;
  if (comments === undefined) return reading ? postPage(lab, row, post, request, emptyDraft, 200) : null;
  return comments === "comments" && request.method === "POST" ? takeComment(lab, row, post, request) : null;
}

/** Pages whose name or username contains the search text, by name. */
export function accounts(lab: Lab, search: string, limit: number): AccountLink[] {
  const pattern = `%${search.replace(/[%_\\]/g, "\\$&")}%`;
  return lab.store
    .all<PageRow>(
      "SELECT * FROM fb_page WHERE name LIKE ? ESCAPE '\\' OR username LIKE ? ESCAPE '\\' ORDER BY name COLLATE NOCASE LIMIT ?",
      pattern,
      pattern,
      limit,
    )
    .map(({ name, username, followers }) => ({
      name,
      detail: `@${username} · ${formatCount(followers)} pengikut`,
      path: `/facebook/${username}`,
    }));
}
