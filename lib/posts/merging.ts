/** Brings together what two people, or two browsers, made of one draft. What cannot be decided stays with both texts. Pure. */

import { diffArrays } from "diff";

/** A stretch both agree on, or the two that are to choose from. */
export type Piece = string | { mine: string; theirs: string };
export type MergedText = { clean: string } | { conflicts: Piece[] };

/**
 * Three-way merge by paragraphs: what only one side changed is taken, what both changed differently is a conflict. Every
 * paragraph that a side wrote stands in the result. Paragraphs are what stands between line breaks.
 */
export function mergeTexts(base: string, mine: string, theirs: string): MergedText {
  if (mine === theirs || theirs === base) return { clean: mine };
  if (mine === base) return { clean: theirs };
  const old = paragraphs(base);
  const pieces: Piece[] = [];
  let done = 0;
  for (const group of grouped([...hunks(old, mine, "mine"), ...hunks(old, theirs, "theirs")])) {
    pieces.push(old.slice(done, group.start).join(""));
    const [ofMine, ofTheirs] = (["mine", "theirs"] as const).map((side) => applied(old, group, side));
    pieces.push(ofMine === ofTheirs ? ofMine! : chosen(group, ofMine!, ofTheirs!));
    done = group.end;
  }
  pieces.push(old.slice(done).join(""));
  const joined = join(pieces);
  return joined.every((piece) => typeof piece === "string") ? { clean: joined.join("") } : { conflicts: joined };
}

type Side = "mine" | "theirs";
/** Paragraphs `start` to `end` of the base that a side replaced; equal numbers are an insertion. */
type Hunk = { side: Side; start: number; end: number; made: string };
type Group = { start: number; end: number; hunks: Hunk[] };

/** Paragraphs and the breaks between them in turn, the first and the last a paragraph, be it empty: so none is ever glued to another. */
const paragraphs = (text: string) => text.split(/(\n+)/);

/** Texts that differ in more places than this count as rewritten: to look further would take long and help nobody. */
const mostEdits = 1_000;

function hunks(old: string[], text: string, side: Side): Hunk[] {
  const changes = diffArrays(old, paragraphs(text), { maxEditLength: mostEdits });
  if (!changes) return [{ side, start: 0, end: old.length, made: text }];
  const found: Hunk[] = [];
  let at = 0;
  for (const { added, removed, value } of changes) {
    const start = at;
    if (!added) at += value.length;
    if (!added && !removed) continue;
    const made = added ? value.join("") : "";
    const last = found.at(-1);
    if (last?.end === start) {
      last.end = at;
      last.made += made;
    } else found.push({ side, start, end: at, made });
  }
  return found;
}

/** Hunks that touch the same paragraphs, or insert at the same place, belong together; such that only stand side by side do not. */
function grouped(all: Hunk[]): Group[] {
  const groups: Group[] = [];
  for (const hunk of all.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = groups.at(-1);
    const inside = last !== undefined && hunk.start < last.end;
    const atSamePlace = last !== undefined && hunk.start === hunk.end && last.start === last.end && hunk.start === last.start;
    if (last && (inside || atSamePlace)) {
      last.end = Math.max(last.end, hunk.end);
      last.hunks.push(hunk);
    } else groups.push({ start: hunk.start, end: hunk.end, hunks: [hunk] });
  }
  return groups;
}

function applied(old: string[], { start, end, hunks }: Group, side: Side): string {
  let text = "";
  let done = start;
  for (const hunk of hunks) {
    if (hunk.side !== side) continue;
    text += old.slice(done, hunk.start).join("") + hunk.made;
    done = hunk.end;
  }
  return text + old.slice(done, end).join("");
}

function chosen({ hunks }: Group, mine: string, theirs: string): Piece {
  if (hunks.every(({ side }) => side === "mine")) return mine;
  if (hunks.every(({ side }) => side === "theirs")) return theirs;
  return { mine, theirs };
}

/** Neighbouring texts as one, empty ones left out. */
function join(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece === "") continue;
    if (typeof piece === "string" && typeof last === "string") joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined;
}
