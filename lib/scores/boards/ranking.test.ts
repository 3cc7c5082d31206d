import { describe, expect, it } from "vitest";
import { type ScoreFacts, score } from "../rules.ts";
import { ska1 } from "../settings.ts";
import { changeOf, movements, nearest, places, type Ranked } from "./ranking.ts";

const row = (name: string, change: Partial<Ranked> = {}) => ({
  name,
  scoreClass: "B" as const,
  score: 70 as number | null,
  isNew: false,
  level: "active" as Ranked["level"],
  before: 70 as number | null,
  levelBefore: "active" as Ranked["levelBefore"],
  ...change,
});

describe("places on a leaderboard", () => {
  it("equal scores share a place, and the next one counts them all", () => {
    const rows = [row("a", { score: 90 }), row("b", { score: 80 }), row("c", { score: 80 }), row("d", { score: 70 })];
    expect(rows.map((each) => places(rows).get(each))).toEqual([1, 2, 2, 4]);
  });

  it("are counted within a class, never a kecamatan against a Disdukcapil", () => {
    const rows = [row("a", { scoreClass: "A", score: 95 }), row("c", { scoreClass: "C", score: 60 })];
    expect(rows.map((each) => places(rows).get(each))).toEqual([1, 1]);
  });

  it("new accounts and units without a score have none and take none away", () => {
    const rows = [row("new", { score: 99, isNew: true }), row("none", { score: null, level: null }), row("a", { score: 50 })];
    expect(rows.map((each) => places(rows).get(each))).toEqual([undefined, undefined, 1]);
  });
});

describe("movements since a week before", () => {
  it("are changes of level, not of score alone; the largest come first", () => {
    const rows = [
      row("same level", { score: 84, before: 71 }),
      row("one up", { level: "active", levelBefore: "less_active", score: 71, before: 69 }),
      row("two up", { level: "very_active", levelBefore: "less_active", score: 86, before: 69 }),
      row("down", { level: "dormant", levelBefore: "passive", score: 10, before: 30 }),
      row("first seen", { levelBefore: null, before: null }),
    ];
    const { up, down } = movements(rows);
    expect(up.map((each) => each.name)).toEqual(["two up", "one up"]);
    expect(down.map((each) => each.name)).toEqual(["down"]);
  });

  it("a change is exact to a tenth, and unknown while there is nothing to compare", () => {
    expect(changeOf({ score: 84.3, before: 81.2 })).toBe(3.1);
    expect(changeOf({ score: 84.3, before: null })).toBe(null);
    expect(changeOf({ score: null, before: 10 })).toBe(null);
  });
});

describe("who is nearest to the next level", () => {
  const scored = (name: string, onTime: number, change: Partial<ScoreFacts> = {}) => {
    const facts: ScoreFacts = {
      unitClass: "B",
      isNew: false,
      fullWeeks: 4,
      weeks: Array.from({ length: 4 }, () => ({ creditedHalves: 6, workdays: 5 })),
      daysSinceLastPost: 1,
      replies: { due: 20, onTime, late: 0 },
      commentsOpen: true,
      quality: { posts: 10, substantive: 6, caption: { yes: 10, known: 10 }, alt: { yes: 10, known: 10 }, contact: { yes: 10, known: 10 } },
      engagement: { readable: true, ratio: 10_000 },
      ...change,
    };
    return { name, facts, result: score(facts, ska1), settings: ska1 };
  };

  it("is the unit whose one component needs the fewest points", () => {
    const found = nearest([scored("far", 2), scored("near", 15), scored("top", 20)]);
    expect(found?.row.name).toBe("near");
    expect(found?.step).toMatchObject({ component: "r", level: "very_active", needed: 8_000 });
  });

  it("is nobody when all are silent or at the top", () => {
    expect(nearest([scored("top", 20), scored("silent", 0, { daysSinceLastPost: 60 })])).toBe(null);
  });
});
