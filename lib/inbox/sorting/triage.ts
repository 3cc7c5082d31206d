/**
 * Sorts citizens' messages: rules for what says nothing, a trained model for the rest. It proposes; people decide. Every conclusion
 * names its words. Nothing leaves the machine, and the same text is always judged the same.
 */

import { type Kind, kinds } from "../kinds.ts";
import { type Features, featuresOfReading } from "./classifier/features.ts";
import { type Flag, flags } from "./classifier/learning.ts";
import { judge, type Model, model, speaksFor } from "./classifier/model.ts";
import { type Reading, read } from "./classifier/reading.ts";
import { maskAgain, maskPersonalData } from "./masking.ts";
import { dangerAheadLists, dangerLists, sensitiveLists, wordsFound } from "./triage-rules.ts";

export type Reason = { code: string; words: string[] };
export type Triage = {
  kind: Kind;
  needsReply: boolean;
  urgent: boolean;
  sensitive: boolean;
  hasPii: boolean;
  /** 0 to 1, calibrated: of the messages sorted with 0.7 about 70 % are sorted right. */
  confidence: number;
  /** The kind is only the best guess: a person decides. */
  unsure: boolean;
  reasons: Reason[];
};

/** Below this a message counts as not understood. */
export const understood = 0.45;
/** Accusations, and nobody answers them: made only when sure. Below this the next best kind is taken, unsure. */
const sure: ReadonlyMap<Kind, number> = new Map([
  ["spam", 0.6],
  ["hate_speech", 0.5],
]);
/** From which probability on a flag is set. */
const thresholds: Readonly<Record<Exclude<Flag, "urgent">, number>> = { needsReply: 0.4, sensitive: 0.25 };
/** The same for urgent, by what is named: danger is missed less readily than it is feared in vain. */
const urgentFrom = { danger: 0.04, dangerAhead: 0.12, neither: 0.3 };

/** Thanks for help in need speak of danger too: what looks like praise is urgent only from here on, and nothing is spam from here on. */
const surelyUrgent = 0.6;

const urgentAt = kinds.length + flags.indexOf("urgent");

const kindCodes: Readonly<Record<Kind, string>> = {
  complaint: "reports-fault",
  aspiration: "wishes",
  feedback: "suggests",
  criticism: "reproaches",
  praise: "praises",
  question: "asks",
  information_request: "requests-document",
  hoax: "spreads-rumour",
  hate_speech: "insults",
  spam: "advertises",
  other: "chats",
};

/** Sorts one message, by the model in use unless another is given. The text may be masked already. */
export function triage(text: string, by: Model = model()): Triage {
  const masked = hasMarker(text) ? maskAgain(text) : maskPersonalData(text);
  const hasPii = masked.found.length > 0 || hasMarker(masked.text);
  const reading = read(masked.text);
  const lists = wordsFound(reading.words);
  const silent = nothingSaid(masked.text) ?? lone(reading, lists, masked.text);
  if (silent)
    return { kind: "other", needsReply: false, urgent: false, sensitive: false, hasPii, confidence: 1, unsure: false, reasons: [silent] };

  const features = featuresOfReading(reading, masked.text);
  const chances = judge(features, by);
  const { kind, confidence } = decide(chances, chances[urgentAt]! >= surelyUrgent);
  const unsure = confidence < understood;
  const tells = (flag: keyof typeof thresholds) => chances[kinds.length + flags.indexOf(flag)]! >= thresholds[flag];
  const harmless = kind === "spam" || (kind === "praise" && !unsure && chances[urgentAt]! < surelyUrgent);
  const named = (codes: readonly string[]) => codes.some((code) => lists.has(code));
  const needed = named(dangerLists) ? urgentFrom.danger : named(dangerAheadLists) ? urgentFrom.dangerAhead : urgentFrom.neither;
  const urgent = !harmless && chances[urgentAt]! >= needed;
  const sensitive = kind !== "spam" && tells("sensitive");
  const answerable = kind !== "spam" && kind !== "hate_speech";
  const needsReply = answerable && (urgent || tells("needsReply") || (unsure && reading.words.length >= 6));
  const warning = [...(urgent ? [...dangerLists, ...dangerAheadLists] : []), ...(sensitive ? sensitiveLists : [])];
  const warnings = [...new Set(warning)].flatMap((code) => (lists.has(code) ? [{ code, words: lists.get(code)! }] : []));
  return {
    kind,
    needsReply,
    urgent,
    sensitive,
    hasPii,
    confidence,
    unsure,
    reasons: [...reasonsFor(kind, features, lists, by), ...warnings],
  };
}

const hasMarker = (text: string) => /⟦[a-z]+⟧/.test(text);

/** The likeliest kind; an accusation only when sure, and nobody in need is called spam. */
function decide(chances: Float64Array, inNeed: boolean): { kind: Kind; confidence: number } {
  const ranked = kinds.map((kind, k) => ({ kind, chance: chances[k]! })).sort((x, y) => y.chance - x.chance);
  const best = ranked.find(({ kind, chance }) => chance >= (sure.get(kind) ?? 0) && !(inNeed && kind === "spam"))!;
  return { kind: best.kind, confidence: Math.round(best.chance * 100) / 100 };
}

/** Nothing that could be answered: emoji, tags of friends. */
function nothingSaid(text: string): Reason | null {
  if (!/[\p{L}\p{N}]/u.test(text)) return { code: "emoji-only", words: [] };
  const tags = text.match(/@[\w.]+/g) ?? [];
  const rest = text.replace(/@[\w.]+/g, "").match(/\p{L}+/gu) ?? [];
  return tags.length > 0 && text.startsWith("@") && rest.length <= 3 && !text.includes("?") ? { code: "tag-only", words: tags } : null;
}

/** One word that none of the lists knows, "Up" or "fyp". */
function lone({ words, disguised }: Reading, lists: ReadonlyMap<string, unknown>, text: string): Reason | null {
  return words.length <= 1 && lists.size === 0 && disguised === 0 && !text.includes("?") ? { code: "single-word", words: [] } : null;
}

/** The words that spoke most for the kind, those of its own list first, and what of the form did. */
function reasonsFor(kind: Kind, features: Features, lists: ReadonlyMap<string, readonly string[]>, by: Model): Reason[] {
  const code = kindCodes[kind];
  const strongest = speaksFor(features, kinds.indexOf(kind), by);
  const telling = strongest.flatMap(({ feature }) => (/^w[^#⟦]/.test(feature) ? [feature.slice(1)] : []));
  const listed = lists.get(code) ?? [];
  const words = [...listed, ...telling.filter((word) => !listed.some((known) => known.split(" ").includes(word)))].slice(0, 5);
  const forms = strongest.flatMap(({ feature, weight }) => (weight > 0.3 && formCodes.has(feature) ? [formCodes.get(feature)!] : []));
  return [...(words.length > 0 ? [{ code, words }] : []), ...[...new Set(forms)].map((form) => ({ code: form, words: [] }))];
}

const formCodes: ReadonlyMap<string, string> = new Map([
  ["fquestion-mark", "question-mark"],
  ["fquestion-end", "question-mark"],
  ["fvery-long", "long-account"],
  ["fbrief", "short-remark"],
  ["fshort", "short-remark"],
  ["fdisguised", "disguised"],
  ["fmuch-disguised", "disguised"],
]);
