import { z } from "zod";
import { avatar } from "../facebook/pieces.ts";
import { formatCount, formatTime } from "../format.ts";
import { type Draft, draftOf, emptyDraft, visitorId } from "../forms.ts";
import type { LabRequest } from "../http.ts";
import type { AccountLink, Lab, PublicPage } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { addComment } from "./comments.ts";
import { dialog } from "./dialog.ts";
import { counts, player, watchPage } from "./post-page.ts";
import { insertChannel } from "./seed.ts";
import { type ChannelRow, findByHandle, findChannel, findComment, findVideo, type VideoRow, videoFields, videoPath } from "./tables.ts";

const VIDEOS_SHOWN = 10;

function videoCard(lab: Lab, video: VideoRow): Markup {
  const path = videoPath(video.id);
  return html`<article class="card post">${player(video)}
    <h2><a href="${path}">${video.title}</a></h2><p class="quiet">${formatTime(video.created)}</p>${counts(lab, video)}
    <p class="actions"><a class="button" href="${path}" aria-label="Lihat komentar pada ${video.title}">Lihat komentar</a></p>
  </article>`;
}

function channelPage(lab: Lab, channel: ChannelRow, request: LabRequest): PublicPage {
  const [, created = "", id = ""] = /^(\d+)\.([\w-]+)$/.exec(request.url.searchParams.get("sebelum") ?? "") ?? [];
  const older = created ? "AND (created, id) < (CAST(? AS INTEGER), ?)" : "AND (? = ?)";
  const rows = lab.store.all<VideoRow>(
    `SELECT ${videoFields} FROM yt_video WHERE channel = ? AND privacy = 'public' ${older} ORDER BY created DESC, id DESC LIMIT ?`,
    ...[channel.id, created, id, VIDEOS_SHOWN + 1],
  );
  const shown = rows.slice(0, VIDEOS_SHOWN);
  const last = shown.at(-1);
  const subscribers = channel.subscribers_hidden ? "" : ` · ${formatCount(channel.subscribers)} pelanggan`;
  return {
    status: 200,
    title: channel.title,
    body: html`<section class="card profile">${avatar(channel.title)}<div><h1>${channel.title}</h1>
        <p class="quiet">@${channel.handle} · YouTube${subscribers}</p>
        ${channel.about ? html`<p>${channel.about}</p>` : null}</div></section>
      ${shown.length === 0 ? html`<p class="card empty">Belum ada video.</p>` : shown.map((video) => videoCard(lab, video))}
      <nav class="pager" aria-label="Halaman video">
        ${created ? html`<a class="button" href="/youtube/@${channel.handle}">Terbaru</a>` : null}
        ${rows.length > VIDEOS_SHOWN && last ? html`<a class="button" href="/youtube/@${channel.handle}?sebelum=${last.created}.${last.id}">Lebih lama</a>` : null}
      </nav>`,
  };
}

/** The visitor as a user of YouTube; the same name is always the same one. */
function visitor(lab: Lab, name: string): ChannelRow {
  const number = visitorId(name);
  const id = `UC${number}`;
  const known = findChannel(lab.store, id);
  if (known) return known;
  const plain = name.normalize("NFD").replace(/\W/g, "").slice(0, 20) || "warga";
  const handle = findByHandle(lab.store, plain) ? `${plain}${number.slice(-5)}` : plain;
  insertChannel(lab, { id, title: name, handle, about: "", subscribers: 0, subscribers_hidden: 0, listed: 0 });
  return findChannel(lab.store, id)!;
}

const visitorComment = z.object({
  name: z.string().trim().min(1, "Tuliskan nama Anda.").max(60, "Nama paling panjang 60 huruf."),
  message: z.string().trim().min(1, "Tuliskan komentar Anda.").max(2_000, "Komentar paling panjang 2.000 huruf."),
  parent: z.string().default(""),
});

function takeComment(lab: Lab, channel: ChannelRow, video: VideoRow, request: LabRequest): PublicPage {
  const draft: Draft = draftOf(request.fields);
  const again = (status: number, more: Partial<Draft>) => watchPage(lab, channel, video, request, { ...draft, ...more }, status);
  if (request.headers["sec-fetch-site"] === "cross-site") return again(403, { problem: "Komentar hanya dapat dikirim dari halaman ini." });
  if (!video.comments_open) return again(403, {});
  const checked = visitorComment.safeParse(request.fields);
  if (!checked.success) {
    const { name, message } = z.flattenError(checked.error).fieldErrors;
    return again(422, { nameProblem: name?.[0] ?? null, messageProblem: message?.[0] ?? null });
  }
  const answered = checked.data.parent ? findComment(lab.store, checked.data.parent) : null;
  if (checked.data.parent && answered?.video !== video.id)
    return again(422, { parent: "", problem: "Komentar yang Anda balas sudah tidak ada." });
  // What answers a reply stands beside it, under the comment at the top.
  const top = answered?.parent ? findComment(lab.store, answered.parent) : answered;
  const comment = lab.store.transaction(() => addComment(lab, visitor(lab, checked.data.name), video, top ?? null, checked.data.message));
  return { redirect: `${videoPath(video.id)}#komentar-${comment.id}` };
}

/** /youtube/@{handle}, …/channel/{id}, …/watch?v={video}, the visitor's form below it, and Google's consent page at /youtube/o/oauth2/v2/auth. */
export function page(lab: Lab, request: LabRequest, path: string[]): PublicPage | null {
  const [first = "", second, ...rest] = path;
  const reading = request.method === "GET" || request.method === "HEAD";
  if (path.join("/") === "o/oauth2/v2/auth") return reading ? dialog(lab, request) : null;
  if (rest.length > 0) return null;
  if (first === "watch") {
    const video = findVideo(lab.store, request.url.searchParams.get("v") ?? "");
    const channel = video && findChannel(lab.store, video.channel);
    if (!channel || video.privacy === "private") return null;
    if (second === undefined) return reading ? watchPage(lab, channel, video, request, emptyDraft, 200) : null;
    return second === "comments" && request.method === "POST" ? takeComment(lab, channel, video, request) : null;
  }
  const byId = first === "channel" && second !== undefined ? findChannel(lab.store, second) : undefined;
  const channel = byId ?? (second === undefined && first.startsWith("@") ? findByHandle(lab.store, first) : undefined);
  return channel && reading ? channelPage(lab, channel, request) : null;
}

/** Channels whose name or handle contains the search text, by name. */
export function accounts(lab: Lab, search: string, limit: number): AccountLink[] {
  const pattern = `%${search.replace(/[%_\\]/g, "\\$&")}%`;
  return lab.store
    .all<ChannelRow>(
      `SELECT * FROM yt_channel WHERE listed = 1 AND (title LIKE ? ESCAPE '\\' OR handle LIKE ? ESCAPE '\\') ORDER BY title COLLATE NOCASE LIMIT ?`,
      ...[pattern, pattern, limit],
    )
    .map(({ title, handle, subscribers, subscribers_hidden }) => ({
      name: title,
      detail: subscribers_hidden ? `@${handle}` : `@${handle} · ${formatCount(subscribers)} pelanggan`,
      path: `/youtube/@${handle}`,
    }));
}
