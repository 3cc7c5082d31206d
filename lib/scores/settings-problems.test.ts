import { describe, expect, it } from "vitest";
import { type ScoreSettings, ska1 } from "./settings.ts";
import { scoreSettingsProblems } from "./settings-problems.ts";

type Change = (settings: ScoreSettings) => void;
const changed = (change: Change) => {
  const settings = structuredClone(ska1);
  change(settings);
  return settings;
};
const found = (change: Change) => scoreSettingsProblems(changed(change)).map(({ field, code }) => `${field}: ${code}`);

it("the numbers that the product ships with have none", () => {
  expect(scoreSettingsProblems(ska1)).toEqual([]);
});

describe("numbers that may be changed", () => {
  it.each<[string, Change]>([
    ["engagement that does not count", (s) => Object.assign(s.weights, { a: 40, e: 0 })],
    ["one target for all classes", (s) => Object.assign(s.weeklyTarget, { A: 3, B: 3, C: 3 })],
    ["greetings that count nothing", (s) => Object.assign(s.credit, { reducedHalves: 0, occasionsPerWeek: 0 })],
    ["a full value for late answers", (s) => Object.assign(s, { lateAnswer: 10_000 })],
    ["three messages, of which a third is answered", (s) => Object.assign(s.caps.active, { fromMessages: 3, responsiveness: 3_333 })],
    ["a single step of recency, up to the day before silence", (s) => Object.assign(s, { recency: [{ maxDays: 28, thirds: 1 }] })],
  ])("%s", (_name, change) => {
    expect(found(change)).toEqual([]);
  });
});

describe("a record of another shape", () => {
  it("is told field by field, in the units that people read", () => {
    const wrong = changed((s) => {
      Object.assign(s.weights, { a: -1, x: 2 });
      Object.assign(s.levels, { active: 1_001, lessActive: 40.5 });
      Object.assign(s.caps.active, { responsiveness: 10_001 });
      Object.assign(s, { recency: [], version: "" });
    });
    expect(scoreSettingsProblems(wrong)).toEqual([
      { field: "version", code: "required" },
      { field: "weights.a", code: "score-least", params: { least: 0 } },
      { field: "weights.x", code: "score-unknown-field" },
      { field: "recency", code: "required" },
      { field: "levels.active", code: "score-most", params: { most: 100 } },
      { field: "levels.lessActive", code: "score-number" },
      { field: "caps.active.responsiveness", code: "score-most", params: { most: 100 } },
    ]);
  });

  it.each([[null], ["ska-1"], [[]], [{}], [{ ...ska1, weights: null }]])("%j", (payload) => {
    expect(scoreSettingsProblems(payload)).not.toEqual([]);
  });
});

describe("numbers that do not add up", () => {
  it.each<[string, Change, string[]]>([
    ["another formula", (s) => Object.assign(s, { version: "ska-2" }), ["version: score-formula"]],
    ["another window", (s) => Object.assign(s, { windowWeeks: 6 }), ["windowWeeks: score-window"]],
    ["weights of 99", (s) => Object.assign(s.weights, { a: 29 }), ["weights: score-weights-sum"]],
    ["weight only on what may be unknown", (s) => Object.assign(s.weights, { a: 60, b: 0, d: 0 }), ["weights.d: score-weights-known"]],
    ["class B above class A", (s) => Object.assign(s.weeklyTarget, { B: 6 }), ["weeklyTarget.B: score-target-order"]],
    ["class C above class B", (s) => Object.assign(s.weeklyTarget, { C: 4 }), ["weeklyTarget.C: score-target-order"]],
    ["a least target above class C", (s) => Object.assign(s, { minWeeklyTarget: 3 }), ["minWeeklyTarget: score-target-least"]],
    ["more than the daily limit lets in", (s) => Object.assign(s.weeklyTarget, { A: 15 }), ["weeklyTarget.A: score-target-reach"]],
    ["days of recency that do not rise", (s) => Object.assign(s.recency[1]!, { maxDays: 7 }), ["recency.1.maxDays: score-above"]],
    ["values of recency that do not fall", (s) => Object.assign(s.recency[2]!, { thirds: 2 }), ["recency.2.thirds: score-recency-falls"]],
    ["recency in silence", (s) => Object.assign(s.recency[2]!, { maxDays: 29 }), ["recency.2.maxDays: score-recency-dormant"]],
    [
      "equal levels",
      (s) => Object.assign(s.levels, { veryActive: 700 }),
      ["levels.veryActive: score-above", "caps.veryActive.limit: score-cap-level"],
    ],
    ["levels that fall", (s) => Object.assign(s.levels, { lessActive: 710 }), ["levels.active: score-above"]],
    [
      "a lowest level from 0",
      (s) => Object.assign(s.levels, { lessActive: 0 }),
      ["levels.lessActive: score-above", "caps.dormant.limit: score-cap-level"],
    ],
    ["a cap that does not hold active down", (s) => Object.assign(s.caps.active, { limit: 700 }), ["caps.active.limit: score-cap-level"]],
    ["nor very active", (s) => Object.assign(s.caps.veryActive, { limit: 850 }), ["caps.veryActive.limit: score-cap-level"]],
    ["nor dormant", (s) => Object.assign(s.caps.dormant, { limit: 400 }), ["caps.dormant.limit: score-cap-level"]],
    ["dead above dormant", (s) => Object.assign(s.caps.dead, { limit: 241 }), ["caps.dead.limit: score-most"]],
    ["dormant above the cap of active", (s) => Object.assign(s.caps.active, { limit: 239 }), ["caps.dormant.limit: score-most"]],
    [
      "the cap of active above that of very active",
      (s) => Object.assign(s.caps.veryActive, { limit: 698 }),
      ["caps.active.limit: score-most"],
    ],
    ["dead before dormant", (s) => Object.assign(s.caps.dead, { afterDays: 28 }), ["caps.dead.afterDays: score-above"]],
    ["more weeks than there are", (s) => Object.assign(s.caps.active, { activeWeeks: 5 }), ["caps.active.activeWeeks: score-most"]],
    [
      "more asked of active than of very active",
      (s) => Object.assign(s.caps.veryActive, { responsiveness: 4_999 }),
      ["caps.active.responsiveness: score-most"],
    ],
    [
      "an answer that costs: half of three",
      (s) => Object.assign(s.caps.active, { fromMessages: 3 }),
      ["caps.active.responsiveness: score-from-messages"],
    ],
    [
      "posts that count nothing",
      (s) => Object.assign(s.credit, { fullHalves: 0, reducedHalves: 0 }),
      ["weeklyTarget.A: score-target-reach", "credit.fullHalves: score-least"],
    ],
    ["a greeting worth more than a post", (s) => Object.assign(s.credit, { reducedHalves: 3 }), ["credit.reducedHalves: score-most"]],
    ["unlike texts called copies", (s) => Object.assign(s.credit, { similarity: 4_999 }), ["credit.similarity: score-least"]],
  ])("%s", (_name, change, expected) => {
    expect(found(change)).toEqual(expected);
  });

  it("says how far one may go", () => {
    const [problem] = scoreSettingsProblems(changed((s) => Object.assign(s.caps.active, { fromMessages: 3 })));
    expect(problem?.params).toEqual({ messages: 3, most: 33.33 });
  });
});
