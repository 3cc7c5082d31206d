/** Makes plain text of what a paste brings, and tells what was left out. Pure; runs in the browser. */

import { cut } from "../core/text.ts";

/** A post's text is never longer, in UTF-16 units. */
export const mostCharacters = 100_000;

/** How many characters were taken out: marks that turn the reading direction, ones that show nothing, control signs; and how many were too many. */
export type Removed = { direction: number; invisible: number; control: number; beyond: number };
export type CleanText = { text: string; removed: Removed };

/**
 * A text with plain line breaks and spaces and nothing unseen in it. Joiners stay where they make one emoji of several or
 * shape Arabic and Indic letters. Cleaning a second time changes nothing.
 */
export function cleanText(pasted: string): CleanText {
  const removed: Removed = { direction: 0, invisible: 0, control: 0, beyond: 0 };
  const characters = Array.from(
    pasted
      .toWellFormed()
      .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
      .replace(/[\u00a0\u2007\u202f]/g, " "),
  );
  let text = "";
  let before = "";
  for (const [index, character] of characters.entries()) {
    const fault = faultOf(character, before, characters[index + 1] ?? "");
    if (fault) removed[fault] += 1;
    else {
      text += character;
      // What only colours an emoji or chooses its form does not part it from the joiner.
      if (!/^[\ufe0f\u{1f3fb}-\u{1f3ff}]$/u.test(character)) before = character;
    }
  }
  const kept = shortened(text);
  removed.beyond = text.length - kept.length;
  return { text: kept, removed };
}

const direction = /^[\u202a-\u202e\u2066-\u2069]$/;
const control = /^(?![\n\t])\p{Cc}$/u;
/** Spaces of no width, soft hyphens, joiners, direction hints, the stand-in for a picture, tags. */
const invisible = /^[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffc\u{e0000}-\u{e007f}]$/u;

function faultOf(character: string, before: string, after: string): "direction" | "control" | "invisible" | null {
  if (direction.test(character)) return "direction";
  if (control.test(character)) return "control";
  return invisible.test(character) && !hasPurpose(character, before, after) ? "invisible" : null;
}

const pictograph = /^\p{Extended_Pictographic}$/u;
/** Scripts whose letters change their shape with a joiner or a hint of direction beside them. */
const shaped =
  /^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Sundanese}\p{Script=Buginese}\p{Script=Batak}]$/u;

function hasPurpose(character: string, before: string, after: string): boolean {
  if (/^[\u200c-\u200f\u061c]$/.test(character) && shaped.test(before)) return true;
  if (character === "\u200d") return pictograph.test(before) && pictograph.test(after);
  // The flags of England, Scotland and Wales are a black flag with a tag behind.
  return /^[\u{e0020}-\u{e007f}]$/u.test(character) && (before === "🏴" || /^[\u{e0020}-\u{e007e}]$/u.test(before));
}

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
/** No character that a reader sees is longer. */
const longestGrapheme = 200;

/** The text up to the limit, without half a character at its end. */
function shortened(text: string): string {
  if (text.length <= mostCharacters) return text;
  const from = mostCharacters - longestGrapheme;
  const tail = segmenter.segment(text.slice(from, mostCharacters + longestGrapheme)).containing(longestGrapheme);
  return cut(text, tail && tail.index > 0 ? from + tail.index : mostCharacters);
}
