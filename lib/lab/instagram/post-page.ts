import { asOwner, marks, otherView } from "../citizens.ts";
import { avatar } from "../facebook/pieces.ts";
import { formatCount, formatTime } from "../format.ts";
import type { Draft } from "../forms.ts";
import type { LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { authorsOf } from "./collaboration.ts";
import { type AccountRow, type CommentRow, findComment, type MediaRow, picturesOf, postPath, videoOf } from "./tables.ts";

const COMMENTS_SHOWN = 60;

function problem(id: string, text: string | null): Markup | null {
  return text ? html`<p class="problem" id="${id}-salah">${text}</p>` : null;
}
const described = (id: string, text: string | null): Markup | null =>
  text ? html`aria-invalid="true" aria-describedby="${id}-salah"` : null;

function form(lab: Lab, post: MediaRow, draft: Draft): Markup {
  const target = draft.parent ? findComment(lab.store, draft.parent) : undefined;
  const parent = target?.media === post.id ? target : undefined;
  return html`<section class="card" id="tulis"><h2>${parent ? html`Balas ${parent.username}` : "Tulis komentar"}</h2>
    ${draft.problem ? html`<p class="problem" role="alert">${draft.problem}</p>` : null}
    ${parent ? html`<blockquote>${parent.text}</blockquote><p><a href="${postPath(lab.store, post)}#tulis">Batal membalas</a></p>` : null}
    <form method="post" action="${postPath(lab.store, post)}/comments" novalidate>
      ${parent ? html`<input type="hidden" name="parent" value="${parent.id}">` : null}
      <div class="field"><label for="nama">Nama pengguna Anda</label>
        <input id="nama" name="name" maxlength="30" autocomplete="off" autocapitalize="none" required value="${draft.name}" ${described("nama", draft.nameProblem)}>
        ${problem("nama", draft.nameProblem)}</div>
      <div class="field"><label for="isi">${parent ? "Balasan" : "Komentar"}</label>
        <textarea id="isi" name="message" rows="4" required ${described("isi", draft.messageProblem)}>
${draft.message}</textarea>${problem("isi", draft.messageProblem)}</div>
      <button type="submit">${parent ? "Kirim balasan" : "Kirim komentar"}</button>
    </form></section>`;
}

function commentItem(lab: Lab, account: AccountRow, post: MediaRow, comment: CommentRow, replies: Markup | null): Markup {
  return html`<li id="komentar-${comment.id}" class="comment">${avatar(comment.username)}<div>
    <div class="bubble"><h3 class="author">${comment.username}${comment.from_id === account.id ? html` <span class="badge">Pengelola</span>` : null}</h3>
      <p class="message">${comment.text}</p></div>
    <p class="quiet">${formatTime(comment.created)} ·
      <a href="${postPath(lab.store, post)}?balas=${comment.id}#tulis" aria-label="Balas komentar ${comment.username}">Balas</a>${marks("instagram", { id: comment.id, own: comment.from_id === account.id }, { hidden: comment.hidden === 1 })}</p>
    ${replies}</div></li>`;
}

function commentList(lab: Lab, account: AccountRow, post: MediaRow, request: LabRequest): Markup {
  const all = (where: string, id: string, order: string) =>
    lab.store.all<CommentRow>(
      `SELECT * FROM ig_comment WHERE ${where} AND hidden <= ? ORDER BY created ${order}, id ${order} LIMIT ?`,
      id,
      asOwner(request) ? 1 : 0,
      COMMENTS_SHOWN,
    );
  const top = all("parent IS NULL AND media = ?", post.id, "DESC");
  const item = (comment: CommentRow) => {
    const replies = all("parent = ?", comment.id, "ASC");
    const list =
      replies.length > 0 ? html`<ul class="comments">${replies.map((row) => commentItem(lab, account, post, row, null))}</ul>` : null;
    return commentItem(lab, account, post, comment, list);
  };
  return html`<section class="card" aria-labelledby="judul-komentar"><h2 id="judul-komentar">Komentar</h2>${otherView(request)}
    ${top.length === 0 ? html`<p class="empty">Belum ada komentar.</p>` : html`<ul class="comments">${top.map(item)}</ul>`}
    ${post.unlisted_comments > 0 ? html`<p class="quiet">${formatCount(post.unlisted_comments)} komentar lain hanya dihitung dan tidak ditampilkan.</p>` : null}</section>`;
}

function mediaOf(lab: Lab, post: MediaRow): Markup {
  const video = videoOf(lab.store, post.id);
  if (video)
    return html`<video class="film" src="/media/instagram/${video.id}" poster="/media/instagram/cover-${post.id}" width="${video.width}" height="${video.height}" controls preload="metadata" aria-label="Video unggahan ini"></video>`;
  const pictures = picturesOf(lab.store, post.id);
  return html`<div class="pictures count-${Math.min(pictures.length, 4)}">${pictures.map(
    (picture) =>
      html`<img src="/media/instagram/${picture.id}" alt="${picture.alt || "Foto tanpa teks alternatif"}" width="${picture.width}" height="${picture.height}" loading="lazy">`,
  )}</div>`;
}

/** The names under which a post stands, each leading to its account. */
function authors(lab: Lab, post: MediaRow): Markup {
  const links = authorsOf(lab, post).map(({ username }) => html`<a href="/instagram/${username}">${username}</a>`);
  return html`${links.map((link, i) => html`${i === 0 ? "" : i === links.length - 1 ? " dan " : ", "}${link}`)}`;
}

/** One post with its pictures or video, caption, comments and the form for a visitor's comment or reply (`?balas=` names the comment answered). */
export function postPage(lab: Lab, account: AccountRow, post: MediaRow, request: LabRequest, draft: Draft, status: number): PublicPage {
  const reply = draft.parent || (request.url.searchParams.get("balas") ?? "");
  return {
    status,
    title: `Unggahan ${account.username}`,
    body: html`<article class="card post">
        <header>${avatar(account.name)}<div><h1 class="author">${authors(lab, post)}</h1><p class="quiet">${formatTime(post.created)}</p></div></header>
        ${mediaOf(lab, post)}
        ${post.caption ? html`<p class="message">${post.caption}</p>` : null}
        <ul class="counts"><li>${formatCount(post.likes)} suka</li></ul>
      </article>
      ${form(lab, post, { ...draft, parent: reply })}
      ${commentList(lab, account, post, request)}`,
  };
}
