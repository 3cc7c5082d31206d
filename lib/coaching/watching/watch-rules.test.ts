import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Level } from "../../scores/rules.ts";
import { type Spell, type Standing, type Step, stepOf } from "./watch-rules.ts";

const standing = (level: Level, daysSinceLastPost: number | null): Standing => ({ level, daysSinceLastPost, dormantAfterDays: 28 });
const fresh: Spell = { deepest: null, stage: "none" };

describe("a day's standing", () => {
  it.each([
    ["an active account that posts", "active", 3, null, null],
    ["21 days silent: eight days are left", "less_active", 21, null, null],
    ["22 days silent: seven days are left", "less_active", 22, null, { kind: "begin", tell: "week", low: false, deepest: null }],
    ["26 days silent: three days are left", "less_active", 26, { ...fresh, stage: "week" }, { kind: "keep", tell: "days" }],
    ["28 days silent is not Dorman yet", "less_active", 28, { ...fresh, stage: "days" }, { kind: "keep", tell: null, stage: "days" }],
    ["29 days silent: fallen", "dormant", 29, { ...fresh, stage: "days" }, { kind: "keep", tell: "fallen", low: true, deepest: "dormant" }],
    ["found Dorman at once: told only that", "dormant", 60, null, { kind: "begin", tell: "fallen", low: true }],
    ["never posted", "dormant", null, null, { kind: "begin", tell: "fallen", low: true }],
    ["Pasif though it posts", "passive", 2, null, { kind: "begin", tell: null, low: true, deepest: "passive" }],
    [
      "posts again, still Pasif: the warnings begin anew",
      "passive",
      1,
      { deepest: "dormant", stage: "fallen" },
      { kind: "keep", stage: "none", deepest: "dormant" },
    ],
    ["the fall put off by excused days", "less_active", 23, { ...fresh, stage: "days" }, { kind: "keep", tell: null, stage: "days" }],
    ["stands above again", "less_active", 2, { deepest: "dormant", stage: "fallen" }, { kind: "end" }],
  ] as const)("%s", (_, level, days, spell, expected) => {
    const step = stepOf(standing(level, days), spell as Spell | null);
    if (expected === null) expect(step).toBeNull();
    else expect(step).toMatchObject(expected);
  });
});

/** A life of an account: on each day it posts or not, and has some level while it is not silent too long. */
const lives = fc.array(fc.record({ posts: fc.boolean(), level: fc.constantFrom<Level>("passive", "less_active", "active") }), {
  maxLength: 200,
});

describe("for every life of an account", () => {
  const live = (days: { posts: boolean; level: Level }[]) => {
    let silent = 0;
    let spell: Spell | null = null;
    const steps: (Step | null)[] = [];
    const silences: number[] = [];
    for (const day of days) {
      silent = day.posts ? 0 : silent + 1;
      const level: Level = silent > 90 ? "dead" : silent > 28 ? "dormant" : day.level;
      const step = stepOf(standing(level, silent), spell);
      // The same day seen twice changes nothing and tells nobody.
      if (step && step.kind !== "end")
        expect(stepOf(standing(level, silent), { deepest: step.deepest, stage: step.stage })).toMatchObject({ kind: "keep", tell: null });
      if (step?.kind === "end") spell = null;
      else if (step) spell = { deepest: step.deepest, stage: step.stage };
      steps.push(step);
      silences.push(silent);
    }
    return { steps, silences };
  };

  it("a spell begins once before it ends, and no silence is told of twice in the same words", () => {
    fc.assert(
      fc.property(lives, (days) => {
        const { steps, silences } = live(days);
        let open = false;
        let told: string[] = [];
        for (const [index, step] of steps.entries()) {
          if (silences[index] === 0) told = [];
          if (step?.kind === "begin") {
            expect(open).toBe(false);
            open = true;
          }
          if (step?.kind === "keep") expect(open).toBe(true);
          if (step?.kind === "end") {
            expect(open).toBe(true);
            open = false;
          }
          if (step && step.kind !== "end" && step.tell) {
            expect(told).not.toContain(step.tell);
            told.push(step.tell);
          }
        }
      }),
    );
  });

  it("nobody falls without having been warned seven and three days before, when every day is seen", () => {
    fc.assert(
      fc.property(lives, (days) => {
        const { steps, silences } = live(days);
        for (const [index, step] of steps.entries())
          if (step && step.kind !== "end" && step.tell === "fallen") {
            const since = steps.slice(index - silences[index]! + 1, index);
            const warned = since.flatMap((one) => (one && one.kind !== "end" && one.tell ? [one.tell] : []));
            expect(warned).toEqual(["week", "days"]);
          }
      }),
    );
  });
});
