import { asOwner, marks, otherView } from "../citizens.ts";
import { avatar } from "../facebook/pieces.ts";
import { formatCount, formatTime } from "../format.ts";
import { type Draft, field } from "../forms.ts";
import type { LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { type ChannelRow, type CommentRow, findChannel, findComment, published, stateOf, type VideoRow, videoPath } from "./tables.ts";
import { commentCount } from "./view.ts";

const COMMENTS_SHOWN = 100;

/** The video itself, or its still picture where the lab has no video. */
export function player(video: VideoRow): Markup {
  const still = `/media/youtube/${video.id}/thumbnail`;
  const poster = video.illustrated ? html` poster="${still}"` : null;
  return video.playable
    ? html`<video class="film" src="/media/youtube/${video.id}"${poster} controls preload="metadata" aria-label="${video.title}"></video>`
    : html`<div class="pictures count-1"><img src="${still}" alt="Gambar mini: ${video.title}" width="960" height="540" loading="lazy"></div>`;
}

/** The line of counts under a video. */
export function counts(lab: Lab, video: VideoRow): Markup {
  const parts = [
    `${formatCount(video.views)} kali ditonton`,
    `${formatCount(video.likes)} suka`,
    video.comments_open ? `${formatCount(commentCount(lab, video))} komentar` : "komentar dinonaktifkan",
  ];
  return html`<ul class="counts">${parts.map((part) => html`<li>${part}</li>`)}</ul>`;
}

function form(lab: Lab, video: VideoRow, draft: Draft): Markup {
  if (!video.comments_open) return html`<section class="card"><p class="empty">Komentar dinonaktifkan untuk video ini.</p></section>`;
  const target = draft.parent ? findComment(lab.store, draft.parent) : undefined;
  const parent = target?.video === video.id ? target : undefined;
  const answered = parent ? (findChannel(lab.store, parent.author)?.title ?? "") : "";
  const focus = (problem: string | null): Markup | null => (problem ? html`autofocus` : null);
  return html`<section class="card" id="tulis"><h2>${parent ? html`Balas ${answered}` : "Tulis komentar"}</h2>
    ${draft.problem ? html`<p class="problem" role="alert">${draft.problem}</p>` : null}
    ${parent ? html`<blockquote>${parent.text}</blockquote><p><a href="${videoPath(video.id)}#tulis">Batal membalas</a></p>` : null}
    <form method="post" action="/youtube/watch/comments?v=${video.id}" novalidate>
      ${parent ? html`<input type="hidden" name="parent" value="${parent.id}">` : null}
      ${field("nama", "Nama Anda", draft.nameProblem, (attributes) => html`<input id="nama" name="name" maxlength="60" autocomplete="off" required value="${draft.name}" ${attributes} ${focus(draft.nameProblem)}>`)}
      ${field("isi", "Komentar", draft.messageProblem, (attributes) => html`<textarea id="isi" name="message" rows="4" required ${attributes} ${focus(draft.nameProblem ? null : draft.messageProblem)}>${draft.message}</textarea>`)}
      <button type="submit">Kirim komentar</button>
    </form></section>`;
}

function commentItem(lab: Lab, video: VideoRow, comment: CommentRow, shown: string): Markup {
  const author = findChannel(lab.store, comment.author)!;
  const replies = lab.store.all<CommentRow>(
    `SELECT * FROM yt_comment WHERE parent = ? AND ${shown} ORDER BY created, id LIMIT ?`,
    comment.id,
    COMMENTS_SHOWN,
  );
  const { moderation, edited } = stateOf(lab.store, comment.id);
  const own = author.id === video.channel;
  const state = marks("youtube", { id: comment.id, own }, { hidden: moderation !== "published", edited: edited !== null });
  return html`<li id="komentar-${comment.id}" class="comment">${avatar(author.title)}<div>
    <div class="bubble"><h3 class="author">${author.title} <span class="quiet">@${author.handle}</span>${own ? html` <span class="badge">Pemilik</span>` : null}</h3>
      <p class="message">${comment.text}</p></div>
    <p class="quiet">${formatTime(comment.created)} ·
      <a href="${videoPath(video.id)}&amp;balas=${comment.id}#tulis" aria-label="Balas ${author.title}">Balas</a>${state}</p>
    ${replies.length > 0 ? html`<ul class="comments">${replies.map((reply) => commentItem(lab, video, reply, shown))}</ul>` : null}</div></li>`;
}

/** One video with its comments and the form for a visitor's (`?balas=` names the comment answered). */
export function watchPage(lab: Lab, channel: ChannelRow, video: VideoRow, request: LabRequest, draft: Draft, status: number): PublicPage {
  const parent = draft.parent || (request.url.searchParams.get("balas") ?? "");
  const shown = asOwner(request) ? "1 = 1" : published;
  const rows = lab.store.all<CommentRow>(
    `SELECT * FROM yt_comment WHERE video = ? AND parent IS NULL AND ${shown} ORDER BY created DESC, id DESC LIMIT ?`,
    ...[video.id, COMMENTS_SHOWN],
  );
  return {
    status,
    title: video.title,
    body: html`<article class="card post">${player(video)}<h1>${video.title}</h1>
        <header>${avatar(channel.title)}<div><p class="author"><a href="/youtube/@${channel.handle}">${channel.title}</a></p><p class="quiet">@${channel.handle} · ${formatTime(video.created)}</p></div></header>
        ${counts(lab, video)}${video.description ? html`<p class="message">${video.description}</p>` : null}
      </article>
      ${form(lab, video, { ...draft, parent })}
      <section class="card" aria-labelledby="judul-komentar"><h2 id="judul-komentar">Komentar</h2>${otherView(request)}
        ${rows.length === 0 ? html`<p class="empty">Belum ada komentar.</p>` : html`<ul class="comments">${rows.map((row) => commentItem(lab, video, row, shown))}</ul>`}
        ${video.unlisted_comments > 0 ? html`<p class="quiet">${formatCount(video.unlisted_comments)} komentar lain hanya dihitung dan tidak ditampilkan.</p>` : null}
      </section>`,
  };
}
