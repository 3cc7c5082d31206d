import { asOwner, marks, otherView } from "../citizens.ts";
import { avatar, linkCard } from "../facebook/pieces.ts";
import { formatCount, formatTime } from "../format.ts";
import type { Draft } from "../forms.ts";
import type { LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { type AccountRow, type FileRow, filesOf, findPost, isHidden, type PostRow, postPath } from "./tables.ts";

const REPLIES_SHOWN = 100;

function problem(id: string, text: string | null): Markup | null {
  return text ? html`<p class="problem" id="${id}-salah">${text}</p>` : null;
}
const described = (id: string, text: string | null): Markup | null =>
  text ? html`aria-invalid="true" aria-describedby="${id}-salah"` : null;

function form(lab: Lab, post: PostRow, draft: Draft): Markup {
  const target = draft.parent ? findPost(lab.store, draft.parent) : undefined;
  const parent = target?.root === post.id ? target : undefined;
  return html`<section class="card" id="tulis"><h2>${parent ? html`Balas ${parent.username}` : "Tulis balasan"}</h2>
    ${draft.problem ? html`<p class="problem" role="alert">${draft.problem}</p>` : null}
    ${parent ? html`<blockquote>${parent.text}</blockquote><p><a href="${postPath(post)}#tulis">Batal membalas</a></p>` : null}
    <form method="post" action="${postPath(post)}/comments" novalidate>
      ${parent ? html`<input type="hidden" name="parent" value="${parent.id}">` : null}
      <div class="field"><label for="nama">Nama pengguna Anda</label>
        <input id="nama" name="name" maxlength="30" autocomplete="off" autocapitalize="none" required value="${draft.name}" ${described("nama", draft.nameProblem)}>
        ${problem("nama", draft.nameProblem)}</div>
      <div class="field"><label for="isi">Balasan</label>
        <textarea id="isi" name="message" rows="4" required ${described("isi", draft.messageProblem)}>
${draft.message}</textarea>${problem("isi", draft.messageProblem)}</div>
      <button type="submit">Kirim balasan</button>
    </form></section>`;
}

function file(row: Omit<FileRow, "bytes">): Markup {
  if (row.mime.startsWith("video/"))
    return html`<video class="film" src="/media/threads/${row.id}" poster="/media/threads/cover-${row.id}" width="${row.width}" height="${row.height}" controls preload="metadata" aria-label="${row.alt || "Video unggahan ini"}"></video>`;
  return html`<img src="/media/threads/${row.id}" alt="${row.alt || "Foto tanpa teks alternatif"}" width="${row.width}" height="${row.height}" loading="lazy">`;
}

/** A post's pictures or video, or else the card of its link. */
export function attachments(lab: Lab, post: PostRow): Markup | null {
  const files = filesOf(lab.store, post.id);
  const [first] = files;
  if (!first) return linkCard(post.link);
  if (files.length === 1 && first.mime.startsWith("video/")) return file(first);
  return html`<div class="pictures count-${Math.min(files.length, 4)}">${files.map(file)}</div>`;
}

/** The line of counts under a post. */
export function counts(post: PostRow, replies: number): Markup {
  const parts = [
    `${formatCount(post.likes)} suka`,
    `${formatCount(replies)} balasan`,
    `${formatCount(post.reposts + post.quotes)} kali dibagikan`,
  ];
  if (post.views !== null) parts.push(`${formatCount(post.views)} tayangan`);
  return html`<ul class="counts">${parts.map((part) => html`<li>${part}</li>`)}</ul>`;
}

type Reply = PostRow & { answered: string };

function replyItem(lab: Lab, account: AccountRow, post: PostRow, reply: Reply): Markup {
  const own = reply.author === account.id;
  return html`<li id="komentar-${reply.id}" class="comment">${avatar(reply.username)}<div>
    <div class="bubble"><h3 class="author">${reply.username}${own ? html` <span class="badge">Pengelola</span>` : null}</h3>
      ${reply.parent === post.id ? null : html`<p class="quiet">menanggapi ${reply.answered}</p>`}
      ${reply.text ? html`<p class="message">${reply.text}</p>` : null}${attachments(lab, reply)}</div>
    <p class="quiet">${formatTime(reply.created)} ·
      <a href="${postPath(post)}?balas=${reply.id}#tulis" aria-label="Balas ${reply.username}">Balas</a>${marks("threads", { id: reply.id, own }, { hidden: isHidden(lab.store, reply.id) })}</p></div></li>`;
}

function replyList(lab: Lab, account: AccountRow, post: PostRow, request: LabRequest): Markup {
  const all = lab.store.all<Reply>(
    `SELECT r.*, p.username AS answered FROM th_post r JOIN th_post p ON p.id = r.parent WHERE r.root = ?
     ORDER BY r.created DESC, r.id DESC LIMIT ?`,
    ...[post.id, REPLIES_SHOWN],
  );
  const rows = asOwner(request) ? all : all.filter(({ id }) => !isHidden(lab.store, id));
  return html`<section class="card" aria-labelledby="judul-balasan"><h2 id="judul-balasan">Balasan</h2>${otherView(request)}
    ${rows.length === 0 ? html`<p class="empty">Belum ada balasan.</p>` : html`<ul class="comments">${rows.map((row) => replyItem(lab, account, post, row))}</ul>`}
    ${post.unlisted_replies > 0 ? html`<p class="quiet">${formatCount(post.unlisted_replies)} balasan lain hanya dihitung dan tidak ditampilkan.</p>` : null}</section>`;
}

/** One post with what is attached, its replies and the form for a visitor's own (`?balas=` names the reply answered). */
export function postPage(
  lab: Lab,
  { account, post, replies }: { account: AccountRow; post: PostRow; replies: number },
  request: LabRequest,
  draft: Draft,
  status: number,
): PublicPage {
  const reply = draft.parent || (request.url.searchParams.get("balas") ?? "");
  return {
    status,
    title: `Unggahan ${account.username}`,
    body: html`<article class="card post">
        <header>${avatar(account.name)}<div><h1 class="author"><a href="/threads/@${account.username}">${account.username}</a></h1><p class="quiet">${formatTime(post.created)}</p></div></header>
        ${post.text ? html`<p class="message">${post.text}</p>` : null}
        ${attachments(lab, post)}${counts(post, replies)}
      </article>
      ${form(lab, post, { ...draft, parent: reply })}
      ${replyList(lab, account, post, request)}`,
  };
}
