/**
 * The activity score of one account (Skor Keaktifan Akun):
 * 100 × (30·a + 15·b + w·r + 15·d + 10·e) / (70 + w), w = 30·min(1, N/5), all numbers taken from the settings.
 * A value that cannot be known leaves numerator and denominator; it is never scored as zero.
 */
import { add, atLeast, atMostOne, type Fraction, fraction, over, roundHalfUp, sum, times, zero } from "./fraction.ts";
import type { ScoreSettings, UnitClass } from "./settings.ts";

/** How many posts have it, of those where it could be read. */
export type Known = { yes: number; known: number };

/** All that a score depends on, in whole numbers: stored as JSON with the snapshot and scored again byte for byte. */
export type ScoreFacts = {
  unitClass: UnitClass;
  /** First seen less than 28 days ago: flagged, and not ranked yet. */
  isNew: boolean;
  /** Full weeks on record, at most 4. */
  fullWeeks: number;
  /** Those weeks, oldest first: credited posts in half-posts, working days without the excused. A week excused as a whole is left out, unless something was credited in it. */
  weeks: { creditedHalves: number; workdays: number }[];
  /** Excused days are not counted in it. Null when no post was ever seen. */
  daysSinceLastPost: number | null;
  /** `due` is N; `late` counts only answers within twice the deadline. */
  replies: { due: number; onTime: number; late: number };
  /** Null when the platform does not say. */
  commentsOpen: boolean | null;
  quality: { posts: number; substantive: number; caption: Known; alt: Known; contact: Known };
  /** `ratio`: own median engagement rate ÷ median of the band, in 1/10,000; null when there is nothing to compare. */
  engagement: { readable: boolean; ratio: number | null; against?: BandCompared };
};

/** What the engagement was compared with: the frozen median of the platform's follower band (0 to 4), rates in 1/1,000,000. */
export type BandCompared = { platform: string; band: number; medianPpm: number; ratePpm: number };

export const levels = ["dead", "dormant", "passive", "less_active", "active", "very_active"] as const;
export type Level = (typeof levels)[number];

export const componentKeys = ["a", "b", "r", "d", "e"] as const;
/** a regularity, b recency, r responsiveness, d quality, e engagement. */
export type ComponentKey = (typeof componentKeys)[number];

/** `value` 0 to 1 and `points` (weight × value), to four decimals; null when left out. `weight` 0 then. */
export type ComponentScore = { value: number | null; weight: number; points: number | null };

export type CapCode =
  | "dead"
  | "dormant"
  | "comments-closed"
  | "regularity"
  | "active-weeks"
  | "responsiveness"
  | "no-response-data"
  | "responsiveness-high";
export type Cap = { code: CapCode; limit: number };
export type Flag = "new" | "no-response-data" | "comments-unknown" | "engagement-unavailable";

export type ScoreResult = {
  version: string;
  /** 0 to 100, one decimal, rounded half up once, after which the caps apply. */
  score: number;
  /** The same before the caps. */
  uncapped: number;
  level: Level;
  components: Record<ComponentKey, ComponentScore>;
  /** The caps that hold the score down, lowest first. */
  caps: Cap[];
  flags: Flag[];
  /** The component that leaves the most points unearned; null when none is lost. */
  weakest: ComponentKey | null;
};

/** A component before rounding; `value` null = left out. */
export type Part = { value: Fraction | null; weight: Fraction };
export type Parts = Record<ComponentKey, Part>;

/** Scores an account. Deterministic; the facts must be consistent (see `ScoreFacts`), which their builder guarantees. */
export function score(facts: ScoreFacts, settings: ScoreSettings): ScoreResult {
  const parts = partsOf(facts, settings);
  const uncapped = uncappedTenths(parts);
  const caps = bindingCaps(facts, parts, settings, uncapped);
  const tenths = Math.min(uncapped, ...caps.map((cap) => cap.limit));
  return {
    version: settings.version,
    score: tenths / 10,
    uncapped: uncapped / 10,
    level: levelOf(tenths, facts, settings),
    components: { a: shown(parts.a), b: shown(parts.b), r: shown(parts.r), d: shown(parts.d), e: shown(parts.e) },
    caps: caps.map((cap) => ({ code: cap.code, limit: cap.limit / 10 })),
    flags: flagsOf(facts, parts),
    weakest: weakestOf(parts),
  };
}

/** The five components as exact fractions. */
export function partsOf(facts: ScoreFacts, settings: ScoreSettings): Parts {
  const part = (value: Fraction | null, weight: Fraction): Part => ({ value, weight: value === null ? zero : weight });
  const { weights } = settings;
  return {
    a: part(regularity(facts, settings), fraction(weights.a, 1)),
    b: part(recency(facts, settings), fraction(weights.b, 1)),
    r: responsiveness(facts, settings),
    d: part(quality(facts, settings), fraction(weights.d, 1)),
    e: part(engagement(facts), fraction(weights.e, 1)),
  };
}

/** The score in tenths of a point, before any cap. */
export function uncappedTenths(parts: Parts): number {
  const all = Object.values(parts);
  const earned = sum(all.map((part) => times(part.weight, part.value ?? zero)));
  return roundHalfUp(over(times(fraction(100, 1), earned), sum(all.map((part) => part.weight))), 10);
}

/** The caps below `tenths`, lowest first; limits in tenths. */
export function bindingCaps(facts: ScoreFacts, parts: Parts, settings: ScoreSettings, tenths: number): Cap[] {
  const { active, veryActive, dormant, dead } = settings.caps;
  const { due } = facts.replies;
  const below = (part: Part, bound: number) => part.value !== null && !atLeast(part.value, fraction(bound, 10_000));
  const postedWeeks = facts.weeks.filter((week) => week.creditedHalves > 0).length;
  const neededWeeks = Math.ceil((facts.weeks.length * active.activeWeeks) / settings.windowWeeks);
  const silence = silenceOf(facts, settings);

  const caps: Cap[] = [];
  if (silence === "dead") caps.push({ code: "dead", limit: dead.limit });
  if (silence === "dormant") caps.push({ code: "dormant", limit: dormant.limit });
  if (facts.commentsOpen === false) caps.push({ code: "comments-closed", limit: active.limit });
  if (below(parts.a, active.regularity)) caps.push({ code: "regularity", limit: active.limit });
  if (postedWeeks < neededWeeks) caps.push({ code: "active-weeks", limit: active.limit });
  if (due >= active.fromMessages && below(parts.r, active.responsiveness)) caps.push({ code: "responsiveness", limit: active.limit });
  if (due < veryActive.fromMessages) caps.push({ code: "no-response-data", limit: veryActive.limit });
  else if (below(parts.r, veryActive.responsiveness)) caps.push({ code: "responsiveness-high", limit: veryActive.limit });
  return caps.filter((cap) => cap.limit < tenths).sort((x, y) => x.limit - y.limit);
}

/** The level of a rounded, capped score (in tenths); silence decides before the score does. */
export function levelOf(tenths: number, facts: ScoreFacts, settings: ScoreSettings): Level {
  const silence = silenceOf(facts, settings);
  if (silence !== null) return silence;
  if (tenths >= settings.levels.veryActive) return "very_active";
  if (tenths >= settings.levels.active) return "active";
  return tenths >= settings.levels.lessActive ? "less_active" : "passive";
}

function silenceOf(facts: ScoreFacts, settings: ScoreSettings): "dormant" | "dead" | null {
  const days = facts.daysSinceLastPost;
  // Never a post: dormant once the account is old enough to be judged; that it has been dead for 90 days is not known.
  if (days === null) return facts.isNew ? null : "dormant";
  if (days > settings.caps.dead.afterDays) return "dead";
  return days > settings.caps.dormant.afterDays ? "dormant" : null;
}

/** Mean over the weeks of min(1, credited posts ÷ target), the target in proportion to the week's working days. */
function regularity(facts: ScoreFacts, settings: ScoreSettings): Fraction | null {
  if (facts.weeks.length === 0) return null;
  const weekly = facts.weeks.map((week) => {
    const scaled = fraction(settings.weeklyTarget[facts.unitClass] * week.workdays, settings.referenceWorkdays);
    const least = fraction(settings.minWeeklyTarget, 1);
    return atMostOne(over(fraction(week.creditedHalves, 2), atLeast(scaled, least) ? scaled : least));
  });
  return over(sum(weekly), fraction(weekly.length, 1));
}

function recency(facts: ScoreFacts, settings: ScoreSettings): Fraction {
  const days = facts.daysSinceLastPost;
  const step = days === null ? undefined : settings.recency.find((candidate) => days <= candidate.maxDays);
  return fraction(step?.thirds ?? 0, 3);
}

/** (on time + ½ late) ÷ N, weighing less below 5 messages; closed comments weigh in full and earn nothing. */
function responsiveness(facts: ScoreFacts, settings: ScoreSettings): Part {
  const { due, onTime, late } = facts.replies;
  const full = fraction(settings.weights.r, 1);
  if (facts.commentsOpen === false) return { value: zero, weight: full };
  if (due === 0) return { value: null, weight: zero };
  const answered = add(fraction(onTime, 1), fraction(late * settings.lateAnswer, 10_000));
  return { value: over(answered, fraction(due, 1)), weight: times(full, atMostOne(fraction(due, settings.fullWeightMessages))) };
}

function quality(facts: ScoreFacts, settings: ScoreSettings): Fraction {
  const { posts, substantive, caption, alt, contact } = facts.quality;
  if (posts === 0) return zero;
  const { substantiveTarget, substanceThirds } = settings.quality;
  const substance = atMostOne(over(fraction(substantive, posts), fraction(substantiveTarget, 10_000)));
  const known = [caption, alt, contact].filter((item) => item.known > 0);
  if (known.length === 0) return substance;
  const completeness = over(sum(known.map((item) => fraction(item.yes, item.known))), fraction(known.length, 1));
  return add(times(fraction(substanceThirds, 3), substance), times(fraction(3 - substanceThirds, 3), completeness));
}

function engagement(facts: ScoreFacts): Fraction | null {
  if (!facts.engagement.readable) return null;
  if (facts.quality.posts === 0) return zero;
  return facts.engagement.ratio === null ? null : atMostOne(fraction(facts.engagement.ratio, 10_000));
}

function flagsOf(facts: ScoreFacts, parts: Parts): Flag[] {
  const flags: Flag[] = [];
  if (facts.isNew) flags.push("new");
  if (facts.replies.due === 0) flags.push("no-response-data");
  if (facts.commentsOpen === null) flags.push("comments-unknown");
  if (parts.e.value === null) flags.push("engagement-unavailable");
  return flags;
}

function weakestOf(parts: Parts): ComponentKey | null {
  let weakest: ComponentKey | null = null;
  let most = 0;
  for (const key of componentKeys) {
    const { value, weight } = parts[key];
    const lost = value === null ? 0 : roundHalfUp(times(weight, { n: value.d - value.n, d: value.d }), 10_000);
    if (lost > most) [weakest, most] = [key, lost];
  }
  return weakest;
}

function shown({ value, weight }: Part): ComponentScore {
  const rounded = (x: Fraction) => roundHalfUp(x, 10_000) / 10_000;
  return { value: value && rounded(value), weight: rounded(weight), points: value && rounded(times(weight, value)) };
}
