import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextLevel } from "./next-level.ts";
import { levels, type ScoreFacts, score } from "./rules.ts";
import { ska1 } from "./settings.ts";

const all = { yes: 10, known: 10 };
const perfect: ScoreFacts = {
  unitClass: "B",
  isNew: false,
  fullWeeks: 4,
  weeks: [6, 6, 6, 6].map((creditedHalves) => ({ creditedHalves, workdays: 5 })),
  daysSinceLastPost: 1,
  replies: { due: 10, onTime: 10, late: 0 },
  commentsOpen: true,
  quality: { posts: 10, substantive: 10, caption: all, alt: all, contact: all },
  engagement: { readable: true, ratio: 10_000 },
};

describe("the next step", () => {
  it("is none at the top", () => {
    expect(nextLevel(perfect, ska1)).toBe(null);
  });

  it("for an account that answers all its messages late is to answer in time, up to r = 0.8", () => {
    expect(nextLevel({ ...perfect, replies: { due: 40, onTime: 0, late: 40 } }, ska1)).toEqual({
      level: "very_active",
      component: "r",
      action: "raise",
      current: 5_000,
      needed: 8_000,
    });
  });

  it("for an account held back by its regularity is to post more often, up to a = 0.6", () => {
    const weeks = [3, 3, 3, 3].map((creditedHalves) => ({ creditedHalves, workdays: 5 }));
    expect(nextLevel({ ...perfect, weeks }, ska1)).toMatchObject({ level: "very_active", component: "a", current: 5_000, needed: 6_000 });
  });

  it("for a silent account is to post", () => {
    expect(nextLevel({ ...perfect, daysSinceLastPost: 45 }, ska1)).toMatchObject({ level: "passive", component: "b", action: "post" });
  });

  it("for closed comments is to open them", () => {
    expect(nextLevel({ ...perfect, commentsOpen: false }, ska1)).toMatchObject({
      level: "very_active",
      component: "r",
      action: "open-comments",
    });
  });

  it("is none for an active account that nobody has asked anything", () => {
    expect(nextLevel({ ...perfect, replies: { due: 0, onTime: 0, late: 0 } }, ska1)).toBe(null);
  });

  it("keeps its promise: an account whose r is raised as advised reaches the level", () => {
    const replies = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60)).filter(([onTime, late, never]) => onTime + late + never > 4);
    fc.assert(
      fc.property(replies, fc.nat(10_000), fc.array(fc.nat(8), { minLength: 4, maxLength: 4 }), ([onTime, late, never], ratio, halves) => {
        const due = onTime + late + never;
        const facts: ScoreFacts = {
          ...perfect,
          weeks: halves.map((creditedHalves) => ({ creditedHalves, workdays: 5 })),
          replies: { due, onTime, late },
          engagement: { readable: true, ratio },
        };
        const step = nextLevel(facts, ska1);
        const now = score(facts, ska1).level;
        if (step === null) return;
        expect(levels.indexOf(step.level)).toBeGreaterThan(levels.indexOf(now));
        if (step.component === "r") {
          const raised = { ...facts, replies: { due: 10_000, onTime: step.needed, late: 0 } };
          expect(score(raised, ska1).level).toBe(step.level);
          const short = { ...facts, replies: { due: 10_000, onTime: step.needed - 2, late: 0 } };
          expect(score(short, ska1).level).toBe(now);
        }
        if (step.component === "e") {
          expect(score({ ...facts, engagement: { readable: true, ratio: step.needed } }, ska1).level).toBe(step.level);
          expect(score({ ...facts, engagement: { readable: true, ratio: step.needed - 1 } }, ska1).level).toBe(now);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
