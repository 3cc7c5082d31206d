import { invalid } from "../facebook/errors.ts";
import { badLink, tooManyLinks } from "./errors.ts";

const LONGEST = 500;
const MOST_LINKS = 5;
const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const link = /(?:https?:\/\/|www\.)[^\s"'<>]+/gi;

/** A text's length as Threads counts: an emoji is as long as its UTF-8 bytes. */
export const lengthOf = (text: string): number =>
  Array.from(segmenter.segment(text)).reduce(
    (sum, { segment }) => sum + (emoji.test(segment) ? Buffer.byteLength(segment) : [...segment].length),
    0,
  );

/** The links that a text shows. */
export const linksIn = (text: string): string[] => (text.match(link) ?? []).map((found) => found.replace(/[.,;:!?)]+$/, ""));

/** Throws where Threads would refuse the text, or what is attached to it. */
export function checkText(text: string, attached: string | null): void {
  if (lengthOf(text) > LONGEST) throw invalid(`Param text must be at most ${LONGEST} characters long.`);
  if (attached !== null && !/^https?:$/.test(URL.canParse(attached) ? new URL(attached).protocol : "")) throw badLink();
  if (new Set([...linksIn(text), ...(attached === null ? [] : [attached])]).size > MOST_LINKS) throw tooManyLinks();
}
