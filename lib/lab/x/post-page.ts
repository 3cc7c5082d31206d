import { asOwner, marks, otherView } from "../citizens.ts";
import { avatar } from "../facebook/pieces.ts";
import { formatCount, formatTime } from "../format.ts";
import { type Draft, field } from "../forms.ts";
import type { LabRequest } from "../http.ts";
import type { Lab, PublicPage } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { findTweet, findUser, isVideo, mediaOf, type TweetRow, tweetPath, type UserRow } from "./tables.ts";

const REPLIES_SHOWN = 100;

/** A post's pictures, or its video. */
export function pictures(lab: Lab, tweet: TweetRow): Markup | null {
  const media = mediaOf(lab.store, tweet.id);
  if (media.length === 0) return null;
  return html`<div class="pictures count-${Math.min(media.length, 4)}">${media.map((one) =>
    isVideo(one)
      ? html`<video src="/media/x/${one.id}" controls preload="metadata" aria-label="Video"></video>`
      : html`<img id="foto-${one.id}" src="/media/x/${one.id}" alt="${one.alt || "Foto tanpa teks alternatif"}" loading="lazy">`,
  )}</div>`;
}

/** The line of counts under a post. */
export function counts(lab: Lab, tweet: TweetRow): Markup {
  const replies = lab.store.get<{ n: number }>("SELECT count(*) AS n FROM x_tweet WHERE reply_to = ? AND hidden = 0", tweet.id)?.n ?? 0;
  const parts = [
    `${formatCount(replies + tweet.unlisted_replies)} balasan`,
    `${formatCount(tweet.reposts)} posting ulang`,
    `${formatCount(tweet.likes)} suka`,
    `${formatCount(tweet.views)} tayangan`,
  ];
  return html`<ul class="counts">${parts.map((part) => html`<li>${part}</li>`)}</ul>`;
}

function form(lab: Lab, path: string, root: TweetRow, draft: Draft): Markup {
  const target = draft.parent ? findTweet(lab.store, draft.parent) : undefined;
  const parent = target?.conversation === root.id && target.id !== root.id ? target : undefined;
  const answered = parent ? (findUser(lab.store, parent.author)?.name ?? "") : "";
  const focus = (problem: string | null): Markup | null => (problem ? html`autofocus` : null);
  return html`<section class="card" id="tulis"><h2>${parent ? html`Balas ${answered}` : "Tulis balasan"}</h2>
    ${draft.problem ? html`<p class="problem" role="alert">${draft.problem}</p>` : null}
    ${parent ? html`<blockquote>${parent.text}</blockquote><p><a href="${path}#tulis">Batal membalas</a></p>` : null}
    <form method="post" action="${path}/replies" novalidate>
      ${parent ? html`<input type="hidden" name="parent" value="${parent.id}">` : null}
      ${field("nama", "Nama Anda", draft.nameProblem, (attributes) => html`<input id="nama" name="name" maxlength="50" autocomplete="off" required value="${draft.name}" ${attributes} ${focus(draft.nameProblem)}>`)}
      ${field("isi", "Balasan", draft.messageProblem, (attributes) => html`<textarea id="isi" name="message" rows="4" required ${attributes} ${focus(draft.nameProblem ? null : draft.messageProblem)}>${draft.message}</textarea>`)}
      <button type="submit">Kirim balasan</button>
    </form></section>`;
}

function replyItem(lab: Lab, account: UserRow, path: string, root: TweetRow, reply: TweetRow): Markup {
  const author = findUser(lab.store, reply.author)!;
  const answered = reply.reply_to === root.id || !reply.reply_to_user ? null : findUser(lab.store, reply.reply_to_user);
  return html`<li id="balasan-${reply.id}" class="comment">${avatar(author.name)}<div>
    <div class="bubble"><h3 class="author">${author.name} <span class="quiet">@${author.username}</span>${author.id === account.id ? html` <span class="badge">Pengelola</span>` : null}</h3>
      ${answered ? html`<p class="quiet">menanggapi ${answered.name}</p>` : null}<p class="message">${reply.text}</p></div>
    ${pictures(lab, reply)}
    <p class="quiet">${formatTime(reply.created)} ·
      <a href="${path}?balas=${reply.id}#tulis" aria-label="Balas ${author.name}">Balas</a>${marks("x", { id: reply.id, own: author.listed === 1 }, { hidden: reply.hidden === 1 })}</p></div></li>`;
}

/** One post with its pictures, its replies and the form for a visitor's reply (`?balas=` names the reply answered). */
export function postPage(lab: Lab, account: UserRow, root: TweetRow, request: LabRequest, draft: Draft, status: number): PublicPage {
  const path = tweetPath(account.username, root.id);
  const parent = draft.parent || (request.url.searchParams.get("balas") ?? "");
  const rows = lab.store.all<TweetRow>(
    "SELECT * FROM x_tweet WHERE conversation = ? AND id <> ? AND hidden <= ? ORDER BY created DESC, id DESC LIMIT ?",
    ...[root.id, root.id, asOwner(request) ? 1 : 0, REPLIES_SHOWN],
  );
  return {
    status,
    title: `Unggahan ${account.name}`,
    body: html`<article class="card post">
        <header>${avatar(account.name)}<div><h1 class="author"><a href="/x/${account.username}">${account.name}</a></h1><p class="quiet">@${account.username} · ${formatTime(root.created)}</p></div></header>
        ${root.text ? html`<p class="message">${root.text}</p>` : null}${pictures(lab, root)}${counts(lab, root)}
      </article>
      ${form(lab, path, root, { ...draft, parent })}
      <section class="card" aria-labelledby="judul-balasan"><h2 id="judul-balasan">Balasan</h2>${otherView(request)}
        ${rows.length === 0 ? html`<p class="empty">Belum ada balasan.</p>` : html`<ul class="comments">${rows.map((row) => replyItem(lab, account, path, root, row))}</ul>`}
        ${root.unlisted_replies > 0 ? html`<p class="quiet">${formatCount(root.unlisted_replies)} balasan lain hanya dihitung dan tidak ditampilkan.</p>` : null}
      </section>`,
  };
}
