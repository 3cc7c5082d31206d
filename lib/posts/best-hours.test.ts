import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Weekday } from "../units/calendar.ts";
import { bestHours, fewestPosts, fewestSamples, type PastPost } from "./best-hours.ts";

const posts = (count: number, weekday: Weekday, hour: number, engagement: number | null, views: number | null = null): PastPost[] =>
  Array.from({ length: count }, () => ({ weekday, hour, engagement, views }));
const hoursOf = (rows: PastPost[], measure: "engagement" | "views" = "engagement") => {
  const found = bestHours(rows, measure);
  if (found.state !== "known") throw new Error(found.state);
  return found.hours;
};

describe("best hours", () => {
  it("are not told from too few posts, and posts without a figure do not count", () => {
    expect(bestHours([], "engagement")).toEqual({ state: "not-enough-data", posts: 0, needed: fewestPosts });
    const rows = [...posts(29, 1, 8, 10), ...posts(200, 2, 9, null)];
    expect(bestHours(rows, "engagement")).toEqual({ state: "not-enough-data", posts: 29, needed: fewestPosts });
    expect(bestHours([...rows, ...posts(1, 1, 8, 0)], "engagement")).toMatchObject({ state: "known", posts: 30 });
  });

  it("are the hours above the account's usual, best first", () => {
    const hours = hoursOf([...posts(40, 1, 8, 20), ...posts(10, 3, 19, 80), ...posts(10, 5, 12, 200)]);
    expect(hours.map(({ weekday, hour, samples }) => [weekday, hour, samples])).toEqual([
      [5, 12, 10],
      [3, 19, 10],
    ]);
    for (const { lift } of hours) expect(lift).toBeGreaterThan(1.1);
  });

  it("are none where all hours do alike", () => {
    expect(hoursOf([...posts(20, 1, 8, 20), ...posts(20, 2, 9, 20)])).toEqual([]);
  });

  it("are not made by one lucky post, nor by an hour hardly tried", () => {
    const usual = posts(60, 1, 8, 20);
    expect(hoursOf([...usual, ...posts(1, 2, 3, 1_000_000)])).toEqual([]);
    expect(hoursOf([...usual, ...posts(fewestSamples - 1, 2, 3, 500)])).toEqual([]);
    expect(hoursOf([...usual, ...posts(fewestSamples, 2, 3, 500)])).toHaveLength(1);
  });

  it("are asked by views or by engagement", () => {
    const rows = [...posts(40, 1, 8, 20, 100), ...posts(10, 2, 9, 20, 900), ...posts(10, 3, 10, 90, null)];
    expect(hoursOf(rows, "views").map(({ weekday }) => weekday)).toEqual([2]);
    expect(hoursOf(rows).map(({ weekday }) => weekday)).toEqual([3]);
  });
});

const anyPost: fc.Arbitrary<PastPost> = fc.record({
  weekday: fc.constantFrom<Weekday>(1, 3, 5),
  hour: fc.constantFrom(8, 12, 19),
  engagement: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 5_000 })),
  views: fc.constant(null),
});

describe("whatever the history", () => {
  it("is the same in any order, and unknown figures change nothing", () => {
    fc.assert(
      fc.property(fc.array(anyPost, { maxLength: 80 }), (rows) => {
        const near = (found: ReturnType<typeof bestHours>) =>
          JSON.parse(JSON.stringify(found), (_, value) => (typeof value === "number" ? Number(value.toFixed(9)) : value));
        const found = near(bestHours(rows, "engagement"));
        expect(near(bestHours([...rows].reverse(), "engagement"))).toEqual(found);
        expect(near(bestHours([...rows, ...posts(50, 2, 2, null)], "engagement"))).toEqual(found);
      }),
    );
  });

  it("promises less than the hour's own mean, and more with more posts of the same kind", () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 5_000 }), fc.integer({ min: 3, max: 20 }), (figure, count) => {
        const lift = (times: number) => {
          // As many usual posts as keep the account's own mean where it is.
          const [best] = hoursOf([...posts(400, 1, 8, 10), ...posts(times, 2, 9, figure), ...posts(40 - times, 3, 10, figure)]).filter(
            (h) => h.weekday === 2,
          );
          return best?.lift ?? 1;
        };
        const raw = (figure + 1) / 11;
        expect(lift(count)).toBeLessThan(raw);
        expect(lift(count + 5)).toBeGreaterThan(lift(count));
      }),
    );
  });
});
