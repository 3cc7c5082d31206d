import { cut } from "#lib/core/text.ts";
import type { Platform } from "#lib/platforms/contract.ts";

// How a post is laid out on each platform, near enough to judge it by: where a text folds depends on the device, and of the
// platforms Instagram alone says where (docs/platform-facts.md). Pure.

/** After so many characters the platform folds a text behind "more"; null where it shows all that it accepts. */
const foldAfter: Record<Platform, number | null> = {
  facebook: 480,
  instagram: 125,
  threads: null,
  x: null,
  youtube: 100,
  tiktok: 150,
  telegram: null,
  whatsapp: 700,
  bluesky: null,
};
/** Lines count too: a text of many short lines folds earlier. */
const foldLines: Partial<Record<Platform, number>> = { facebook: 5, instagram: 3, youtube: 2, tiktok: 2 };

/** The part of a text that is seen before it is unfolded; null where the platform folds nothing of it. */
export function foldedAt(platform: Platform, text: string): string | null {
  const most = foldAfter[platform];
  if (most === null) return null;
  const lines = foldLines[platform];
  const byLines = lines ? text.split("\n").slice(0, lines).join("\n") : text;
  const shown = byLines.length > most ? cut(byLines, most).replace(/\s+\S*$/, "") : byLines;
  return shown.length < text.trimEnd().length ? shown.trimEnd() : null;
}

/** `overlay`: words over a tall picture; `titled`: the film, its title, then words; `below`: picture first, words under it. */
export type Layout = "plain" | "below" | "titled" | "overlay";
const layouts: Partial<Record<Platform, Layout>> = {
  instagram: "below",
  youtube: "titled",
  tiktok: "overlay",
  telegram: "below",
  whatsapp: "below",
};
export const layoutOf = (platform: Platform): Layout => layouts[platform] ?? "plain";

/** Pictures one at a time, to be swiped; elsewhere up to four stand in a grid and the last tells how many more there are. */
const swiped: ReadonlySet<Platform> = new Set(["instagram", "threads", "tiktok"]);
export const isSwiped = (platform: Platform) => swiped.has(platform);
