import { asOwner, marks, otherView } from "../citizens.ts";
import { formatCount, formatTime } from "../format.ts";
import { type Draft, field } from "../forms.ts";
import type { LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { avatar, counts, linkCard, pictures } from "./pieces.ts";
import { type CommentRow, findComment, type PageRow, type PostRow, postPath, tail } from "./tables.ts";

const COMMENTS_SHOWN = 40;
const REPLIES_SHOWN = 50;

function form(lab: Lab, post: PostRow, draft: Draft): Markup {
  const target = draft.parent ? findComment(lab.store, draft.parent) : undefined;
  const parent = target?.post === post.id ? target : undefined;
  const focus = (problem: string | null): Markup | null => (problem ? html`autofocus` : null);
  return html`<section class="card" id="tulis"><h2>${parent ? html`Balas komentar ${parent.from_name}` : "Tulis komentar"}</h2>
    ${draft.problem ? html`<p class="problem" role="alert">${draft.problem}</p>` : null}
    ${parent ? html`<blockquote>${parent.message}</blockquote><p><a href="${postPath(post)}#tulis">Batal membalas</a></p>` : null}
    <form method="post" action="${postPath(post)}/comments" novalidate>
      ${parent ? html`<input type="hidden" name="parent" value="${parent.id}">` : null}
      ${field("nama", "Nama Anda", draft.nameProblem, (attributes) => html`<input id="nama" name="name" maxlength="60" autocomplete="off" required value="${draft.name}" ${attributes} ${focus(draft.nameProblem)}>`)}
      ${field(
        "isi",
        parent ? "Balasan" : "Komentar",
        draft.messageProblem,
        (
          attributes,
        ) => html`<textarea id="isi" name="message" rows="4" required ${attributes} ${focus(draft.nameProblem ? null : draft.messageProblem)}>
${draft.message}</textarea>`,
      )}
      <button type="submit">${parent ? "Kirim balasan" : "Kirim komentar"}</button>
    </form></section>`;
}

function commentItem(page: PageRow, post: PostRow, comment: CommentRow, replies: Markup | null, answered: string | null): Markup {
  const likes = comment.likes + comment.liked;
  const own = comment.from_id === page.id;
  const state = marks("facebook", { id: comment.id, own }, { hidden: comment.hidden === 1, liked: comment.liked === 1 });
  return html`<li id="komentar-${tail(comment.id)}" class="comment">${avatar(comment.from_name)}<div>
    <div class="bubble"><h3 class="author">${comment.from_name}${own ? html` <span class="badge">Pengelola</span>` : null}</h3>
      ${answered ? html`<p class="quiet">menanggapi ${answered}</p>` : null}<p class="message">${comment.message}</p></div>
    <p class="quiet">${formatTime(comment.created)}${likes > 0 ? ` · ${formatCount(likes)} suka` : ""} ·
      <a href="${postPath(post)}?balas=${comment.id}#tulis" aria-label="Balas komentar ${comment.from_name}">Balas</a>${state}</p>
    ${replies}</div></li>`;
}

function replyList(lab: Lab, page: PageRow, post: PostRow, top: CommentRow, hiddenToo: boolean): Markup | null {
  const rows = lab.store.all<CommentRow & { answered: string }>(
    `WITH RECURSIVE thread (id, depth) AS (SELECT id, 1 FROM fb_comment WHERE parent = ?
       UNION ALL SELECT c.id, depth + 1 FROM fb_comment c JOIN thread t ON c.parent = t.id)
     SELECT c.*, CASE WHEN depth > 1 THEN p.from_name ELSE '' END AS answered FROM thread t JOIN fb_comment c ON c.id = t.id
     JOIN fb_comment p ON p.id = c.parent WHERE c.hidden <= ? ORDER BY c.created, c.id LIMIT ?`,
    top.id,
    hiddenToo ? 1 : 0,
    REPLIES_SHOWN,
  );
  if (rows.length === 0) return null;
  return html`<ul class="comments">${rows.map((row) => commentItem(page, post, row, null, row.answered || null))}</ul>`;
}

function commentList(lab: Lab, page: PageRow, post: PostRow, request: LabRequest): Markup {
  const start = Math.max(0, Math.min(100_000, Number.parseInt(request.url.searchParams.get("mulai") ?? "0", 10) || 0));
  const hiddenToo = asOwner(request);
  const rows = lab.store.all<CommentRow>(
    "SELECT * FROM fb_comment WHERE post = ? AND parent IS NULL AND hidden <= ? ORDER BY created DESC, id DESC LIMIT ? OFFSET ?",
    ...[post.id, hiddenToo ? 1 : 0, COMMENTS_SHOWN + 1, start],
  );
  const shown = rows.slice(0, COMMENTS_SHOWN);
  return html`<section class="card" aria-labelledby="judul-komentar"><h2 id="judul-komentar">Komentar</h2>${otherView(request)}
    ${shown.length === 0 ? html`<p class="empty">Belum ada komentar.</p>` : html`<ul class="comments">${shown.map((row) => commentItem(page, post, row, replyList(lab, page, post, row, hiddenToo), null))}</ul>`}
    ${post.unlisted_comments > 0 ? html`<p class="quiet">${formatCount(post.unlisted_comments)} komentar lain hanya dihitung dan tidak ditampilkan.</p>` : null}
    <nav class="pager" aria-label="Halaman komentar">
      ${start > 0 ? html`<a class="button" href="${postPath(post)}">Terbaru</a>` : null}
      ${rows.length > COMMENTS_SHOWN ? html`<a class="button" href="${postPath(post)}?mulai=${start + COMMENTS_SHOWN}">Lebih lama</a>` : null}
    </nav></section>`;
}

/** One post with its pictures, comments and the form for a visitor's comment or reply (`?balas=` names the comment answered). */
export function postPage(lab: Lab, page: PageRow, post: PostRow, request: LabRequest, draft: Draft, status: number): PublicPage {
  const reply = draft.parent || (request.url.searchParams.get("balas") ?? "");
  return {
    status,
    title: `Unggahan ${page.name}`,
    body: html`<article class="card post">
        <header>${avatar(page.name)}<div><h1 class="author"><a href="/facebook/${page.username}">${page.name}</a></h1><p class="quiet">${formatTime(post.created)}</p></div></header>
        ${post.message ? html`<p class="message">${post.message}</p>` : null}
        ${linkCard(post.link)}${pictures(lab, post)}${counts(lab, post)}
      </article>
      ${form(lab, post, { ...draft, parent: reply })}
      ${commentList(lab, page, post, request)}`,
  };
}
