/** How like two posts are in their words, to warn of the same text twice. Pure. */

import { findHashtags, findLinks, findMentions } from "../platforms/links.ts";

/** From here on two texts are the same to a reader, or alike enough to tell the writer. */
export const thresholds = { same: 0.95, alike: 0.7 } as const;
/** Within as many days two posts are held against each other. */
export const comparedDays = 30;
/** Longer texts are compared by their beginning. */
const comparedCharacters = 5_000;

/** A text as it is compared: its words in small letters, without links, hashtags, mentions, signs and accents. */
export function comparable(text: string): string {
  let bare = "";
  let end = 0;
  for (const span of [...findLinks(text), ...findHashtags(text), ...findMentions(text)].sort((a, b) => a.start - b.start)) {
    bare += `${text.slice(end, Math.max(end, span.start))} `;
    end = Math.max(end, span.end);
  }
  return `${bare}${text.slice(end)}`
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * How like two texts are, from 0 to 1: the share of three-letter pieces that they have in common (Dice). Two texts without a
 * word are like each other only when they are equal.
 */
export const likeness = (one: string, other: string): number => compare(fingerprint(one), fingerprint(other));

export type Candidate = { id: string; unit: string; publishedAt: Date; text: string };
export type Match<C extends Candidate> = { candidate: C; likeness: number; degree: keyof typeof thresholds; sister: boolean };

/** The candidates within 30 days of `at` whose text is the same or alike, the likest first. `sister`: it is another unit's. */
export function matches<C extends Candidate>(text: string, candidates: readonly C[], { unit, at }: { unit: string; at: Date }): Match<C>[] {
  const own = fingerprint(text);
  const found: Match<C>[] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.publishedAt.getTime() - at.getTime()) > comparedDays * 86_400_000) continue;
    const value = compare(own, fingerprint(candidate.text));
    if (value < thresholds.alike) continue;
    found.push({ candidate, likeness: value, degree: value >= thresholds.same ? "same" : "alike", sister: candidate.unit !== unit });
  }
  return found.sort((a, b) => b.likeness - a.likeness || b.candidate.publishedAt.getTime() - a.candidate.publishedAt.getTime());
}

type Fingerprint = { bare: string; pieces: Map<string, number>; size: number };

/** The pieces of a text with how often each stands there, word borders included. */
function fingerprint(text: string): Fingerprint {
  const words = ` ${comparable(text).slice(0, comparedCharacters)} `;
  const pieces = new Map<string, number>();
  for (let i = 0; i + 3 <= words.length; i += 1) {
    const piece = words.slice(i, i + 3);
    pieces.set(piece, (pieces.get(piece) ?? 0) + 1);
  }
  return { bare: text.trim(), pieces, size: Math.max(0, words.length - 2) };
}

function compare(one: Fingerprint, other: Fingerprint): number {
  if (one.size === 0 && other.size === 0) return one.bare === other.bare ? 1 : 0;
  let common = 0;
  for (const [piece, times] of one.pieces) common += Math.min(times, other.pieces.get(piece) ?? 0);
  return (2 * common) / (one.size + other.size);
}
