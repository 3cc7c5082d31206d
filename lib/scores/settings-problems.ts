/** What is wrong with numbers of the activity score that somebody wants to put in force. Pure. */
import type { z } from "zod";
import type { Problem } from "../core/errors.ts";
import { type ScoreSettings, scoreSettingsSchema, ska1 } from "./settings.ts";

/**
 * The problems of a settings record: wrong fields first, and where there are none, numbers that do not add up or with which a
 * unit could raise its score by doing less. `field` is a path such as "weights.a"; parameters are in points, posts, days and percent.
 */
export function scoreSettingsProblems(payload: unknown): Problem[] {
  const read = scoreSettingsSchema.safeParse(payload);
  if (!read.success) return read.error.issues.flatMap(fieldProblems);
  const settings = read.data;
  return [
    ...formulaProblems(settings),
    ...weightProblems(settings),
    ...targetProblems(settings),
    ...recencyProblems(settings),
    ...levelProblems(settings),
    ...capProblems(settings),
    ...creditProblems(settings),
  ];
}

function fieldProblems(issue: z.core.$ZodIssue): Problem[] {
  const field = issue.path.join(".");
  const shown = (bound: number | bigint) => Number(bound) / scaleOf(field);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ field: [...issue.path, key].join("."), code: "score-unknown-field" }));
  if (issue.code === "too_big") return [{ field, code: "score-most", params: { most: shown(issue.maximum) } }];
  if (issue.code === "too_small" && issue.origin === "number")
    return [{ field, code: "score-least", params: { least: shown(issue.minimum) } }];
  if (issue.code === "too_small") return [{ field, code: "required" }];
  return [{ field, code: field === "version" ? "required" : "score-number" }];
}

/** People read shares in percent and bounds in points. */
function scaleOf(field: string): number {
  if (/^levels\.|\.limit$/.test(field)) return tenths;
  return /^lateAnswer$|\.(substantiveTarget|regularity|responsiveness|similarity)$/.test(field) ? percent : 1;
}

const tenths = 10;
const percent = 100;
const whole = 10_000;

/** The numbers belong to the formula that this program knows, which looks at four weeks. */
function formulaProblems({ version, windowWeeks }: ScoreSettings): Problem[] {
  return [
    ...when(version !== ska1.version, { field: "version", code: "score-formula", params: { version: ska1.version } }),
    ...when(windowWeeks !== ska1.windowWeeks, { field: "windowWeeks", code: "score-window", params: { weeks: ska1.windowWeeks } }),
  ];
}

function weightProblems({ weights }: ScoreSettings): Problem[] {
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
  return [
    ...when(sum !== 100, { field: "weights", code: "score-weights-sum", params: { sum } }),
    // Only recency and quality are known of every account; without their weight there would be nothing to divide by.
    ...when(weights.b + weights.d === 0, { field: "weights.d", code: "score-weights-known" }),
  ];
}

function targetProblems({ weeklyTarget, minWeeklyTarget, credit }: ScoreSettings): Problem[] {
  const { A, B, C } = weeklyTarget;
  const reachable = Math.floor((7 * credit.perDay * credit.fullHalves) / 2);
  return [
    ...when(B > A, { field: "weeklyTarget.B", code: "score-target-order", params: { higher: "A", lower: "B", most: A } }),
    ...when(C > B, { field: "weeklyTarget.C", code: "score-target-order", params: { higher: "B", lower: "C", most: B } }),
    ...when(minWeeklyTarget > C, { field: "minWeeklyTarget", code: "score-target-least", params: { most: C } }),
    ...when(Math.max(A, B, C) > reachable, { field: "weeklyTarget.A", code: "score-target-reach", params: { most: reachable } }),
  ];
}

function recencyProblems({ recency, caps }: ScoreSettings): Problem[] {
  const steps = recency.flatMap(({ maxDays, thirds }, index) => {
    const before = recency[index - 1];
    if (!before) return [];
    return [
      ...when(maxDays <= before.maxDays, { field: `recency.${index}.maxDays`, code: "score-above", params: { above: before.maxDays } }),
      ...when(thirds >= before.thirds, { field: `recency.${index}.thirds`, code: "score-recency-falls" }),
    ];
  });
  const silent = recency.some(({ maxDays }) => maxDays > caps.dormant.afterDays);
  const days = caps.dormant.afterDays;
  return [...steps, ...when(silent, { field: `recency.${recency.length - 1}.maxDays`, code: "score-recency-dormant", params: { days } })];
}

function levelProblems({ levels }: ScoreSettings): Problem[] {
  const above = (field: string, bound: number, lower: number) =>
    when(bound <= lower, { field: `levels.${field}`, code: "score-above", params: { above: lower / tenths } });
  return [
    ...above("lessActive", levels.lessActive, 0),
    ...above("active", levels.active, levels.lessActive),
    ...above("veryActive", levels.veryActive, levels.active),
  ];
}

function capProblems({ caps, levels, windowWeeks }: ScoreSettings): Problem[] {
  const { active, veryActive, dormant, dead } = caps;
  const below = (cap: keyof typeof caps, bound: number) =>
    when(caps[cap].limit >= bound, { field: `caps.${cap}.limit`, code: "score-cap-level", params: { level: bound / tenths } });
  const notAbove = (cap: keyof typeof caps, milder: keyof typeof caps) =>
    when(caps[cap].limit > caps[milder].limit, {
      field: `caps.${cap}.limit`,
      code: "score-most",
      params: { most: caps[milder].limit / tenths },
    });
  const { fromMessages } = active;
  return [
    ...below("active", levels.active),
    ...below("veryActive", levels.veryActive),
    ...below("dormant", levels.lessActive),
    ...notAbove("dead", "dormant"),
    ...notAbove("dormant", "active"),
    ...notAbove("active", "veryActive"),
    ...when(dead.afterDays <= dormant.afterDays, {
      field: "caps.dead.afterDays",
      code: "score-above",
      params: { above: dormant.afterDays },
    }),
    ...when(active.activeWeeks > windowWeeks, { field: "caps.active.activeWeeks", code: "score-most", params: { most: windowWeeks } }),
    ...when(active.responsiveness > veryActive.responsiveness, {
      field: "caps.active.responsiveness",
      code: "score-most",
      params: { most: veryActive.responsiveness / percent },
    }),
    // The cap looks from so many messages on. Were one answer of so many not enough for it, it would pay not to have received that one.
    ...when(fromMessages * active.responsiveness > whole, {
      field: "caps.active.responsiveness",
      code: "score-from-messages",
      params: { messages: fromMessages, most: Math.floor(whole / fromMessages) / percent },
    }),
  ];
}

/** Below this, texts that have little in common would be called copies. */
const leastSimilarity = 5_000;

function creditProblems({ credit }: ScoreSettings): Problem[] {
  const { fullHalves, reducedHalves, similarity } = credit;
  return [
    ...when(fullHalves < 1, { field: "credit.fullHalves", code: "score-least", params: { least: 1 } }),
    ...when(reducedHalves > fullHalves, { field: "credit.reducedHalves", code: "score-most", params: { most: fullHalves } }),
    ...when(similarity < leastSimilarity, {
      field: "credit.similarity",
      code: "score-least",
      params: { least: leastSimilarity / percent },
    }),
  ];
}

const when = (wrong: boolean, problem: Problem): Problem[] => (wrong ? [problem] : []);
