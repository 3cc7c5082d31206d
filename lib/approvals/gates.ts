/** Words that need a second person's yes: terms that a government bans, and candidates' names while an election runs. Pure. */

export type GateSettings = {
  /** The time of an election ("mode tahapan pemilu"), in which civil servants keep away from candidates. */
  electionMode: boolean;
  bannedTerms: readonly string[];
  candidateNames: readonly string[];
};
/** `start` and `end` are UTF-16 positions in the text as it was written; a suffix belongs to the hit. */
export type GateHit = { kind: "banned" | "candidate"; term: string; start: number; end: number };

/**
 * Every banned term of a text, and in election mode every candidate's name, in reading order. Case, accents, letter look-alikes
 * among digits, repeated spaces and invisible characters hide none; "-nya", "-lah", "-kan" and the like may follow. A term
 * within a longer word is no hit, except in a hashtag or a mention, which is written without spaces.
 */
export function gatesOf(text: string, { electionMode, bannedTerms, candidateNames }: GateSettings): GateHit[] {
  const folded = fold(text);
  const tags = tagsIn(folded);
  const terms = [
    ...bannedTerms.map((term) => ({ kind: "banned" as const, term })),
    ...(electionMode ? candidateNames.map((term) => ({ kind: "candidate" as const, term })) : []),
  ];
  return terms
    .flatMap(({ kind, term }) => placesOf(term, folded, tags).map((place) => ({ kind, term, ...place })))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

/** What a reader takes a text for, with the place of each of its units in the original. */
type Folded = { text: string; from: number[]; to: number[]; upper: boolean[] };
type Place = { start: number; end: number };

/** Accents, and what shows nothing: zero-width characters, joiners, direction marks, fillers. */
const unseen = /^[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]$/u;
const control = /^\p{Cc}$/u;

function fold(text: string): Folded {
  const folded: Folded = { text: "", from: [], to: [], upper: [] };
  let at = 0;
  for (const written of text) {
    for (const character of written.normalize("NFKD")) {
      if (unseen.test(character) || (control.test(character) && !/\s/.test(character))) continue;
      const small = character.toLowerCase();
      folded.text += small;
      for (let unit = 0; unit < small.length; unit += 1) {
        folded.from.push(at);
        folded.to.push(at + written.length);
        folded.upper.push(small !== character);
      }
    }
    at += written.length;
  }
  return folded;
}

/** Digits that are written for a letter. */
const lookAlikes: Record<string, string> = { o: "0", i: "1", l: "1", e: "3", a: "4", s: "5", t: "7" };
/** What may stand between the words of a term. */
const gap = "[\\s\\p{Pd}\\p{Pc}.'’]";
const suffix = "(?:kan)?(?:nya|ku|mu)?(?:lah|kah|pun)?";

/** The words of a term as patterns; none when it has neither letters nor digits. */
function wordsOf(term: string): string[] {
  const words = fold(term).text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => Array.from(word, (letter) => (lookAlikes[letter] ? `[${letter}${lookAlikes[letter]}]` : letter)).join(""));
}

function placesOf(term: string, folded: Folded, tags: readonly Place[]): Place[] {
  const words = wordsOf(term);
  if (words.length === 0) return [];
  const found = new Map<number, Place>();
  const keep = (start: number, end: number) => {
    const place = { start: folded.from[start]!, end: folded.to[end - 1]! };
    if ((found.get(place.start)?.end ?? 0) < place.end) found.set(place.start, place);
  };
  const free = new RegExp(`(?<![\\p{L}\\p{N}])${words.join(`${gap}+`)}${suffix}(?![\\p{L}\\p{N}])`, "gu");
  for (const match of folded.text.matchAll(free)) keep(match.index, match.index + match[0].length);
  if (tags.length === 0) return [...found.values()];
  const tagged = new RegExp(`(?=(${words.join(`${gap}*`)}))`, "gu");
  const long = fold(term).text.length >= longTerm;
  for (const tag of tags)
    for (const match of folded.text.slice(tag.start, tag.end).matchAll(tagged)) {
      const start = tag.start + match.index;
      const end = start + match[1]!.length;
      if (long || (isBorder(folded, start) && isBorder(folded, end))) keep(start, end);
    }
  return [...found.values()];
}

/** A term this long is found anywhere in a hashtag; a shorter one (a party's, say) only where a word of it begins and ends. */
const longTerm = 6;

/** Hashtags and mentions, as positions in the folded text. */
const tagsIn = ({ text }: Folded): Place[] =>
  Array.from(text.matchAll(/[#@][\p{L}\p{N}_.]+/gu), (match) => ({ start: match.index, end: match.index + match[0].length }));

const isLetter = (character: string | undefined) => character !== undefined && /^\p{L}$/u.test(character);
const isDigit = (character: string | undefined) => character !== undefined && /^\p{N}$/u.test(character);

/** Whether a word may begin or end here in a text without spaces: at a sign, between letter and digit, before a capital that begins a word. */
function isBorder({ text, upper }: Folded, at: number): boolean {
  const [before, after] = [text[at - 1], text[at]];
  if (!(isLetter(before) || isDigit(before)) || !(isLetter(after) || isDigit(after))) return true;
  return isLetter(before) !== isLetter(after) || (upper[at] === true && (upper[at - 1] === false || upper[at + 1] === false));
}
