/** How long a text is, as each platform counts it. Pure, and small enough for the composer in the browser. */

import type { Measure } from "./limits.ts";
import { findLinks } from "./links.ts";

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
// Written as strings: the `v` flag in a literal would bind us to a compiler target.
const oneEmoji = /^\p{RGI_Emoji}$/v;
const pictograph = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const utf8 = new TextEncoder();

/** Characters as a reader sees them: a family emoji is one. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

export function countUtf8(text: string): number {
  return utf8.encode(text).length;
}

/** Units of one half character; a URL weighs 23 characters, whatever its length. Source: X's weighted-length rules, version 3. */
const xLinkWeight = 46;

function isLight(codePoint: number): boolean {
  return (
    codePoint <= 4351 ||
    (codePoint >= 8192 && codePoint <= 8205) ||
    (codePoint >= 8208 && codePoint <= 8223) ||
    (codePoint >= 8242 && codePoint <= 8247)
  );
}

function xWeight(text: string): number {
  let weight = 0;
  for (const grapheme of graphemes(text)) {
    if (oneEmoji.test(grapheme)) weight += 4;
    else for (const character of grapheme) weight += isLight(character.codePointAt(0)!) ? 2 : 4;
  }
  return weight;
}

/** X's weighted length: a link is 23, an emoji or a CJK character 2, most other characters 1. */
export function countX(text: string): number {
  const normal = text.normalize("NFC");
  let weight = 0;
  let end = 0;
  for (const link of findLinks(normal)) {
    weight += xWeight(normal.slice(end, link.start)) + xLinkWeight;
    end = link.end;
  }
  return (weight + xWeight(normal.slice(end))) / 2;
}

/** Threads' length: an emoji counts as many as it has UTF-8 bytes, any other character as one. */
export function countThreads(text: string): number {
  let count = 0;
  for (const grapheme of graphemes(text)) count += pictograph.test(grapheme) ? countUtf8(grapheme) : [...grapheme].length;
  return count;
}

/** The counter of each measure. */
export const counters: Record<Measure, (text: string) => number> = {
  utf16: (text) => text.length,
  codePoints: (text) => [...text].length,
  graphemes: (text) => graphemes(text).length,
  utf8: countUtf8,
  xWeighted: countX,
  threads: countThreads,
};
