/**
 * A first, explainable sorting of citizens' messages by the word lists of triage-rules.ts. It proposes; people decide.
 * Every conclusion names its words.
 */
import { type Kind, kinds } from "./kinds.ts";
import { maskPersonalData } from "./masking.ts";
import { kindRules, sensitiveRules, spellings, urgentRules, type WordRule } from "./triage-rules.ts";

export type Reason = { code: string; words: string[] };
export type Triage = {
  kind: Kind;
  needsReply: boolean;
  urgent: boolean;
  sensitive: boolean;
  hasPii: boolean;
  /** 0 to 1: how far the kind stands out, and how much spoke for it. */
  confidence: number;
  reasons: Reason[];
};

/** Below this a message counts as not understood: it is never called spam or hate speech, and a person looks at it. */
const understood = 0.45;

const answered: ReadonlySet<Kind> = new Set(["complaint", "aspiration", "feedback", "question", "information_request", "hoax"]);

/** Kinds that nobody answers: an accusation to make only when sure. */
const unanswerable: ReadonlySet<Kind> = new Set(["spam", "hate_speech"]);

/** Sorts one message. The text may be masked already. */
export function triage(text: string): Triage {
  const plain = normalise(text);
  const wordCount = plain.split(" ").filter((word) => /\p{L}/u.test(word)).length;
  const hasPii = /⟦[a-z]+⟧/.test(text) || maskPersonalData(text).found.length > 0;

  const spoken = matches(kindRules, plain);
  const silent =
    nothingSaid(text) ?? (wordCount <= 1 && spoken.length === 0 && !text.includes("?") ? { code: "single-word", words: [] } : null);
  if (silent) return { kind: "other", needsReply: false, urgent: false, sensitive: false, hasPii, confidence: 1, reasons: [silent] };

  const hits = [...spoken, ...structure(text, wordCount)];
  const disguised = matches(
    kindRules.filter((rule) => rule.adds === "spam"),
    undisguise(text),
  ).filter((hit) => !hits.some((known) => known.code === hit.code && known.words.join() === hit.words.join()));
  const ranked = rank([...hits, ...disguised]);
  let best = ranked[0] ?? { kind: "other" as const, score: 0 };
  let confidence = confidenceOf(best.score, ranked[1]?.score ?? 0);
  if (unanswerable.has(best.kind) && confidence < understood) {
    best = ranked.find((entry) => !unanswerable.has(entry.kind)) ?? { kind: "other", score: 0 };
    confidence = Math.min(confidence, understood / 2);
  }
  const { kind } = best;

  const danger = (kind === "praise" && confidence >= understood) || kind === "spam" ? [] : matches(urgentRules, plain);
  const delicate = kind === "spam" ? [] : matches(sensitiveRules, plain);
  const urgent = total(danger) >= 1;
  const asks = text.includes("?");
  const needsReply =
    answered.has(kind) ||
    (urgent && kind !== "hate_speech") ||
    (kind === "criticism" && (asks || delicate.length > 0 || wordCount >= 14)) ||
    (confidence < understood && wordCount >= 6 && kind !== "praise" && kind !== "criticism" && kind !== "hate_speech");

  return {
    kind,
    needsReply,
    urgent,
    sensitive: delicate.length > 0,
    hasPii,
    confidence,
    reasons: merge([...[...hits, ...disguised].filter((hit) => hit.adds === kind), ...(urgent ? danger : []), ...delicate]),
  };
}

type Hit = { code: string; adds: string; score: number; words: string[] };

/** Small letters, one space between words, drawn-out letters shortened, common abbreviations spelled out. */
function normalise(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(\p{L})\1{2,}/gu, "$1")
    .replace(/[\p{L}\p{M}]+/gu, (word) => (Object.hasOwn(spellings, word) ? (spellings[word] ?? word) : word))
    .replace(/\s+/g, " ");
}

/** Spammers write "S L O T", "G4C0R", "f0llow": the same in plain letters. */
function undisguise(text: string): string {
  const letters: Record<string, string> = { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t" };
  return text
    .toLowerCase()
    .replace(/(?<=\b[\p{L}\d]) (?=[\p{L}\d]\b)/gu, "")
    .replace(/[\p{L}\d]+/gu, (word) =>
      /\p{L}/u.test(word) && !/^\d+\p{L}+$/u.test(word) ? word.replace(/[013457]/g, (digit) => letters[digit] ?? digit) : word,
    )
    .replace(/\s+/g, " ");
}

/** Nothing that could be answered: emoji, tags of friends. */
function nothingSaid(text: string): Reason | null {
  if (!/[\p{L}\p{N}]/u.test(text)) return { code: "emoji-only", words: [] };
  const tags = text.match(/@[\w.]+/g) ?? [];
  const rest = text.replace(/@[\w.]+/g, "").match(/\p{L}+/gu) ?? [];
  return tags.length > 0 && text.startsWith("@") && rest.length <= 3 && !text.includes("?") ? { code: "tag-only", words: tags } : null;
}

/** What the form of a message says about it. */
function structure(text: string, wordCount: number): Hit[] {
  const hits: Hit[] = [];
  if (text.includes("?")) hits.push({ code: "question-mark", adds: "question", score: /\?\W*$/u.test(text) ? 1.5 : 0.8, words: ["?"] });
  if (wordCount >= 16) hits.push({ code: "long-account", adds: "complaint", score: 0.9, words: [] });
  if (wordCount <= 6) hits.push({ code: "short-remark", adds: "other", score: 0.7, words: [] });
  return hits;
}

function rank(hits: Hit[]): { kind: Kind; score: number }[] {
  return kinds
    .map((kind) => ({ kind, score: total(hits.filter((hit) => hit.adds === kind)) }))
    .filter((entry) => entry.score > 0)
    .sort((x, y) => y.score - x.score);
}

/** Half way when two kinds are level; less when little spoke for either. */
function confidenceOf(best: number, second: number): number {
  if (best === 0) return 0;
  return Math.round((best / (best + second)) * Math.min(1, best / 2) * 100) / 100;
}

function total(hits: readonly Hit[]): number {
  return hits.reduce((sum, hit) => sum + hit.score, 0);
}

/** One reason per code, its words once each. */
function merge(hits: readonly Hit[]): Reason[] {
  const byCode = new Map<string, Set<string>>();
  for (const hit of hits) byCode.set(hit.code, new Set([...(byCode.get(hit.code) ?? []), ...hit.words]));
  return [...byCode].map(([code, words]) => ({ code, words: [...words] }));
}

const patterns = new WeakMap<object, RegExp>();

function matches(rules: readonly WordRule<string>[], plain: string): Hit[] {
  return rules.flatMap((rule) => {
    const words = [...new Set([...plain.matchAll(patternOf(rule))].map((match) => match[0]))];
    return words.length > 0 ? [{ code: rule.code, adds: rule.adds, score: rule.weight * words.length, words }] : [];
  });
}

/** All words of a rule as one pattern, longest first; `*` is any ending, `#` any number. Built once. */
function patternOf(rule: WordRule<string>): RegExp {
  const known = patterns.get(rule);
  if (known) return known;
  const alternatives = [...rule.words]
    .sort((x, y) => y.length - x.length)
    .map((word) =>
      word
        .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", "\\p{L}*")
        .replaceAll("#", "\\d+"),
    );
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  patterns.set(rule, pattern);
  return pattern;
}
