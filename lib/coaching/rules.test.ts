import fc from "fast-check";
import { expect, it } from "vitest";
import { endOfCase, nextNumber, remindersOf, usualTarget, weekOfCase } from "./rules.ts";

it("a case begun on Monday 23 November has four weeks, and its reminder, visit and letter after 2, 4 and 8", () => {
  expect(endOfCase("2026-11-23")).toBe("2026-12-21");
  expect(remindersOf("2026-11-23")).toEqual([
    { week: 2, dueOn: "2026-12-07" },
    { week: 4, dueOn: "2026-12-21" },
    { week: 8, dueOn: "2027-01-18" },
  ]);
});

it.each([
  ["2026-11-22", 0],
  ["2026-11-23", 1],
  ["2026-11-29", 1],
  ["2026-11-30", 2],
  ["2026-12-21", 5],
])("%s lies in week %i of a case that begins on 23 November", (day, week) => expect(weekOfCase("2026-11-23", day)).toBe(week));

it.each([
  [null, "BA-001/PEMBINAAN/2026"],
  ["BA-009/PEMBINAAN/2026", "BA-010/PEMBINAAN/2026"],
  ["BA-031/PEMBINAAN/2025", "BA-001/PEMBINAAN/2026"],
  ["500.2/7/DISKOMINFO/2026", "500.2/8/DISKOMINFO/2026"],
])("after %s comes %s", (last, next) => expect(nextNumber(last, "2026")).toBe(next));

it("however many there were, no number comes twice in a year", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1200 }), (many) => {
      const given = new Set<string>();
      for (let last: string | null = null; given.size < many; given.add(last)) last = nextNumber(last, "2026");
      expect(given.size).toBe(many);
    }),
    { numRuns: 5 },
  );
});

it("aims out of the lowest levels first, then one step up", () => {
  expect(["dead", "dormant", "passive", "less_active", "active"].map((level) => usualTarget(level as "dead"))).toEqual([
    "less_active",
    "less_active",
    "less_active",
    "active",
    "very_active",
  ]);
});
