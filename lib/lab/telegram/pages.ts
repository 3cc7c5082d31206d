import { createHash } from "node:crypto";
import { z } from "zod";
import { marks } from "../citizens.ts";
import { avatar } from "../facebook/pieces.ts";
import { formatCount, formatTime } from "../format.ts";
import type { LabRequest } from "../http.ts";
import type { AccountLink, Lab, PublicPage } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { reactionsTo } from "./comments.ts";
import { say } from "./messages.ts";
import { type ChatRow, findCopy, findMessage, type MessageRow, photoOf, postPath, videoOf } from "./tables.ts";

const POSTS_SHOWN = 10;
const COMMENTS_SHOWN = 200;

type Draft = { name: string; message: string; parent: string; nameProblem?: string; messageProblem?: string; problem?: string };
const emptyDraft: Draft = { name: "", message: "", parent: "" };

/** The same visitor's name always gets the same number. */
const visitorId = (name: string): number =>
  Number(BigInt(`0x${createHash("sha256").update(name.toLowerCase()).digest("hex").slice(0, 8)}`)) + 10_000_000;

function content(lab: Lab, row: MessageRow): Markup {
  const photo = photoOf(lab.store, row.chat, row.id);
  return html`${photo ? html`<div class="pictures count-1"><img src="/media/telegram/${photo.id}" alt="Foto" width="${photo.width}" height="${photo.height}" loading="lazy"></div>` : null}
    ${film(lab, row)}${row.text ? html`<p class="message">${row.text}</p>` : null}`;
}

function film(lab: Lab, row: MessageRow): Markup | null {
  const video = videoOf(lab.store, row.chat, row.id);
  if (!video) return null;
  return html`<video class="film" src="/media/telegram/${video.id}" width="${video.width}" height="${video.height}" controls preload="metadata" aria-label="Video unggahan ini"></video>`;
}

function counts(lab: Lab, channel: ChatRow, row: MessageRow): Markup {
  const copy = findCopy(lab.store, channel.id, row.id);
  const sql = "SELECT count(*) AS n FROM tg_message WHERE chat = ? AND thread = ?";
  const comments = copy ? `${formatCount(lab.store.get<{ n: number }>(sql, copy.chat, copy.id)!.n)} komentar` : "Tanpa komentar";
  return html`<ul class="counts"><li>${comments}</li>${row.views === null ? null : html`<li>${formatCount(row.views)} tayangan</li>`}</ul>`;
}

function channelPage(lab: Lab, channel: ChatRow, request: LabRequest): PublicPage {
  const before = Number(request.url.searchParams.get("sebelum")) || Number.MAX_SAFE_INTEGER;
  const rows = lab.store.all<MessageRow>(
    "SELECT * FROM tg_message WHERE chat = ? AND id < ? ORDER BY id DESC LIMIT ?",
    channel.id,
    before,
    POSTS_SHOWN + 1,
  );
  const shown = rows.slice(0, POSTS_SHOWN);
  const cards = shown.map(
    (row) => html`<article class="card post"><header>${avatar(channel.title)}<div><h2 class="author">${channel.title}</h2>
      <p class="quiet"><a href="${postPath(channel, row.id)}">${formatTime(row.created)}</a></p></div></header>${content(lab, row)}${counts(lab, channel, row)}
      <p class="actions"><a class="button" href="${postPath(channel, row.id)}" aria-label="Lihat komentar pada unggahan ${formatTime(row.created)}">Lihat komentar</a></p></article>`,
  );
  return {
    status: 200,
    title: channel.title,
    body: html`<section class="card profile">${avatar(channel.title)}<div><h1>${channel.title}</h1>
      <p class="quiet">${channel.username ? `@${channel.username} · ` : ""}Telegram · ${formatCount(channel.members)} pelanggan</p>
      ${channel.about ? html`<p>${channel.about}</p>` : null}</div></section>
      ${shown.length === 0 ? html`<p class="card empty">Belum ada unggahan.</p>` : cards}
      <nav class="pager" aria-label="Halaman unggahan">${rows.length > POSTS_SHOWN ? html`<a class="button" href="/telegram/${channel.username ?? channel.id}?sebelum=${shown.at(-1)?.id ?? 0}">Lebih lama</a>` : null}</nav>`,
  };
}

function field(id: string, label: string, problem: string | undefined, control: (attributes: Markup) => Markup): Markup {
  const attributes = problem ? html`aria-invalid="true" aria-describedby="${id}-salah"` : html``;
  return html`<div class="field"><label for="${id}">${label}</label>${control(attributes)}${problem ? html`<p class="problem" id="${id}-salah">${problem}</p>` : null}</div>`;
}

function form(lab: Lab, path: string, copy: MessageRow, draft: Draft): Markup {
  const target = draft.parent ? findMessage(lab.store, copy.chat, Number(draft.parent)) : undefined;
  const parent = target?.thread === copy.id ? target : undefined;
  return html`<section class="card" id="tulis"><h2>${parent ? `Balas komentar ${parent.from_name}` : "Tulis komentar"}</h2>
    ${draft.problem ? html`<p class="problem" role="alert">${draft.problem}</p>` : null}
    ${parent ? html`<blockquote>${parent.text}</blockquote><p><a href="${path}#tulis">Batal membalas</a></p>` : null}
    <form method="post" action="${path}/comments" novalidate>${parent ? html`<input type="hidden" name="parent" value="${parent.id}">` : null}
    ${field("nama", "Nama Anda", draft.nameProblem, (attributes) => html`<input id="nama" name="name" maxlength="60" autocomplete="off" required value="${draft.name}" ${attributes}>`)}
    ${field(
      "isi",
      parent ? "Balasan" : "Komentar",
      draft.messageProblem,
      (attributes) => html`<textarea id="isi" name="message" rows="4" required ${attributes}>
${draft.message}</textarea>`,
    )}
    <button type="submit">${parent ? "Kirim balasan" : "Kirim komentar"}</button></form></section>`;
}

function comments(lab: Lab, path: string, copy: MessageRow): Markup {
  const sql = "SELECT * FROM tg_message WHERE chat = ? AND thread = ? ORDER BY id LIMIT ?";
  const rows = lab.store.all<MessageRow>(sql, copy.chat, copy.id, COMMENTS_SHOWN);
  const items = rows.map((row) => {
    const answered = row.reply_to === copy.id || row.reply_to === null ? undefined : findMessage(lab.store, row.chat, row.reply_to);
    const name = row.from_name ?? "";
    const shown = { liked: reactionsTo(lab, row).includes("👍"), edited: row.edited !== null };
    const state = marks("telegram", { id: `${row.chat}/${row.id}`, own: row.bot !== null }, shown);
    return html`<li id="komentar-${row.id}" class="comment">${avatar(name)}<div><div class="bubble"><h3 class="author">${name}${row.bot === null ? null : html` <span class="badge">Pengelola</span>`}</h3>
      ${answered ? html`<p class="quiet">menanggapi ${answered.from_name}</p>` : null}<p class="message">${row.text}</p></div>
      <p class="quiet">${formatTime(row.created)} · <a href="${path}?balas=${row.id}#tulis" aria-label="Balas komentar ${name}">Balas</a>${state}</p></div></li>`;
  });
  return html`<section class="card" aria-labelledby="judul-komentar"><h2 id="judul-komentar">Komentar</h2>
    ${items.length === 0 ? html`<p class="empty">Belum ada komentar.</p>` : html`<ul class="comments">${items}</ul>`}</section>`;
}

function postPage(lab: Lab, channel: ChatRow, row: MessageRow, draft: Draft, status: number): PublicPage {
  const path = postPath(channel, row.id);
  const copy = findCopy(lab.store, channel.id, row.id);
  return {
    status,
    title: `Unggahan ${channel.title}`,
    body: html`<article class="card post"><header>${avatar(channel.title)}<div><h1 class="author"><a href="/telegram/${channel.username ?? channel.id}">${channel.title}</a></h1>
      <p class="quiet">${formatTime(row.created)}</p></div></header>${content(lab, row)}${counts(lab, channel, row)}</article>
      ${copy ? html`${form(lab, path, copy, draft)}${comments(lab, path, copy)}` : html`<p class="card empty">Saluran ini tidak membuka komentar.</p>`}`,
  };
}

const visitorComment = z.object({
  name: z.string().trim().min(1, "Tuliskan nama Anda.").max(60, "Nama paling panjang 60 huruf."),
  message: z.string().trim().min(1, "Tuliskan komentar Anda.").max(2_000, "Komentar paling panjang 2.000 huruf."),
  parent: z.string().regex(/^\d*$/).default(""),
});

function takeComment(lab: Lab, channel: ChatRow, row: MessageRow, request: LabRequest): PublicPage | null {
  const copy = findCopy(lab.store, channel.id, row.id);
  if (!copy) return null;
  const typed = (name: string): string => (typeof request.fields[name] === "string" ? request.fields[name] : "");
  const draft = { name: typed("name"), message: typed("message"), parent: typed("parent") };
  if (request.headers["sec-fetch-site"] === "cross-site")
    return postPage(lab, channel, row, { ...draft, problem: "Komentar hanya dapat dikirim dari halaman ini." }, 403);
  const checked = visitorComment.safeParse(request.fields);
  if (!checked.success) {
    const { name, message } = z.flattenError(checked.error).fieldErrors;
    const problems = { ...(name?.[0] ? { nameProblem: name[0] } : {}), ...(message?.[0] ? { messageProblem: message[0] } : {}) };
    return postPage(lab, channel, row, { ...draft, ...problems }, 422);
  }
  const { name, message, parent } = checked.data;
  const answered = parent ? findMessage(lab.store, copy.chat, Number(parent)) : copy;
  if (!answered || (parent && answered.thread !== copy.id))
    return postPage(lab, channel, row, { ...draft, parent: "", problem: "Komentar yang Anda balas sudah tidak ada." }, 422);
  const said = { text: message, from_id: visitorId(name), from_name: name, reply_to: answered.id };
  const comment = lab.store.transaction(() => say(lab, copy.chat, said));
  return { redirect: `${postPath(channel, row.id)}#komentar-${comment.id}` };
}

/** /telegram/{name or number}, …/{post} and the visitor's comment form below it. */
export function page(lab: Lab, request: LabRequest, path: string[]): PublicPage | null {
  const [account = "", post, comments] = path;
  const channel = lab.store.get<ChatRow>(
    "SELECT * FROM tg_chat WHERE type = 'channel' AND (username = ? OR CAST(id AS TEXT) = ?)",
    account,
    account,
  );
  const reading = request.method === "GET" || request.method === "HEAD";
  if (!channel || path.length > 3) return null;
  if (post === undefined) return reading ? channelPage(lab, channel, request) : null;
  const row = /^\d+$/.test(post) ? findMessage(lab.store, channel.id, Number(post)) : undefined;
  if (!row) return null;
  if (comments === undefined)
    return reading ? postPage(lab, channel, row, { ...emptyDraft, parent: request.url.searchParams.get("balas") ?? "" }, 200) : null;
  return comments === "comments" && request.method === "POST" ? takeComment(lab, channel, row, request) : null;
}

/** Channels whose title or name contains the search text, by title. */
export function accounts(lab: Lab, search: string, limit: number): AccountLink[] {
  const pattern = `%${search.replace(/[%_\\]/g, "\\$&")}%`;
  const sql = `SELECT * FROM tg_chat WHERE type = 'channel' AND (title LIKE ? ESCAPE '\\' OR username LIKE ? ESCAPE '\\') ORDER BY title COLLATE NOCASE LIMIT ?`;
  return lab.store.all<ChatRow>(sql, pattern, pattern, limit).map(({ id, title, username, members }) => ({
    name: title,
    detail: `${username ? `@${username} · ` : ""}${formatCount(members)} pelanggan`,
    path: `/telegram/${username ?? id}`,
  }));
}
