import { describe, expect, it } from "vitest";
import { type ScoreFacts, score } from "../rules.ts";
import { ska1 } from "../settings.ts";
import { changeOf, movements, nearest, places, placesByShare, type Ranked, tallyOf } from "./ranking.ts";
import type { Tally } from "./tallies.ts";

type Row = Ranked & { name: string; before: { score: number; level: NonNullable<Ranked["level"]> } | null };

const row = (name: string, change: Partial<Row> = {}): Row => ({
  name,
  scoreClass: "B",
  score: 70,
  level: "active",
  excluded: null,
  before: { score: 70, level: "active" },
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

  it("new accounts, excused ones and units without a score have none and take none away", () => {
    const rows = [
      row("new", { score: 99, excluded: "new" }),
      row("excused", { score: 98, excluded: "excused" }),
      row("none", { score: null, level: null, excluded: "no-account" }),
      row("a", { score: 50 }),
    ];
    expect(rows.map((each) => places(rows).get(each))).toEqual([undefined, undefined, undefined, 1]);
  });
});

describe("places of governments", () => {
  const government = (active: number, units: number, scored = units): Tally => ({
    ...{ very_active: 0, active, less_active: scored - active, passive: 0, dormant: 0, dead: 0 },
    ...{ units, scored },
  });

  it("shares that print the same to a tenth of a percent share a place", () => {
    const rows = [government(2, 3), government(667, 1000), government(1, 2)];
    expect(rows.map((each) => placesByShare(rows).get(each))).toEqual([1, 1, 3]);
  });

  it("one of which nothing is known has none and takes none away", () => {
    const rows = [government(0, 5, 0), government(0, 5)];
    expect(rows.map((each) => placesByShare(rows).get(each))).toEqual([undefined, 1]);
  });
});

describe("movements since a day before", () => {
  it("are changes of level, not of score alone; the largest come first", () => {
    const rows = [
      row("same level", { score: 84, before: { score: 71, level: "active" } }),
      row("one up", { level: "active", score: 71, before: { score: 69, level: "less_active" } }),
      row("two up", { level: "very_active", score: 86, before: { score: 69, level: "less_active" } }),
      row("down", { level: "dormant", score: 10, before: { score: 30, level: "passive" } }),
      row("first seen", { before: null }),
    ];
    const { up, down } = movements(rows, (each) => each.before);
    expect(up.map((each) => each.name)).toEqual(["two up", "one up"]);
    expect(down.map((each) => each.name)).toEqual(["down"]);
  });

  it("a change is exact to a tenth, and unknown while there is nothing to compare", () => {
    expect(changeOf(84.3, 81.2)).toBe(3.1);
    expect(changeOf(84.3, null)).toBe(null);
    expect(changeOf(null, 10)).toBe(null);
  });
});

it("a tally counts units without a level among all, not among the scored", () => {
  const rows = [row("a"), row("b", { level: "dead" }), row("c", { level: null, score: null, excluded: "no-account" })];
  expect(tallyOf(rows)).toEqual({ very_active: 0, active: 1, less_active: 0, passive: 0, dormant: 0, dead: 1, units: 3, scored: 2 });
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
