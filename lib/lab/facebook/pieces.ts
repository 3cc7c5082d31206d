import { formatCount } from "../format.ts";
import type { Lab } from "../lab.ts";
import { html, type Markup } from "../markup.ts";
import { type PostRow, photosOf, videoOf } from "./tables.ts";

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? "")
    .join("")
    .toUpperCase();

/** A round mark with a name's initials, in one of eight colours. */
export function avatar(name: string): Markup {
  const tint = [...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % 8;
  return html`<span class="avatar tint-${tint}" aria-hidden="true">${initials(name)}</span>`;
}

/** A post's pictures, or its video. */
export function pictures(lab: Lab, post: PostRow): Markup | null {
  const video = videoOf(lab.store, post.id);
  if (video)
    return html`<video class="film" src="/media/facebook/${video.id}" poster="/media/facebook/cover-${video.id}" width="${video.width}" height="${video.height}" controls preload="metadata" aria-label="Video unggahan ini"></video>`;
  const photos = photosOf(lab.store, post.id);
  if (photos.length === 0) return null;
  return html`<div class="pictures count-${Math.min(photos.length, 4)}">${photos.map(
    (photo) =>
      html`<img id="foto-${photo.id}" src="/media/facebook/${photo.id}" alt="${photo.alt || "Foto tanpa teks alternatif"}" width="${photo.width}" height="${photo.height}" loading="lazy">`,
  )}</div>`;
}

/** The line of counts under a post. */
export function counts(lab: Lab, post: PostRow): Markup {
  const rows = lab.store.get<{ n: number }>("SELECT count(*) AS n FROM fb_comment WHERE post = ? AND hidden = 0", post.id)?.n ?? 0;
  const parts = [
    `${formatCount(post.reactions + post.liked)} reaksi`,
    `${formatCount(rows + post.unlisted_comments)} komentar`,
    `${formatCount(post.shares)} kali dibagikan`,
  ];
  if (post.views !== null) parts.push(`${formatCount(post.views)} penonton`);
  return html`<ul class="counts">${parts.map((part) => html`<li>${part}</li>`)}</ul>`;
}

/** The link a post carries. */
export function linkCard(link: string | null): Markup | null {
  if (!link || !URL.canParse(link)) return null;
  return html`<p class="link-card"><a href="${link}" rel="nofollow noopener noreferrer">${new URL(link).hostname}<span>${link}</span></a></p>`;
}
