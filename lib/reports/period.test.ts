import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "../units/calendar.ts";
import { changeBetween, monthBefore, monthPeriod, periodBefore, periodProblem, wholeMonths } from "./period.ts";

describe("a period", () => {
  it.each([
    ["2026-10", "2026-10-01", "2026-10-31"],
    ["2026-02", "2026-02-01", "2026-02-28"],
    ["2028-02", "2028-02-01", "2028-02-29"],
    ["2026-12", "2026-12-01", "2026-12-31"],
  ])("of the month %s goes from %s to %s", (month, from, to) => {
    expect(monthPeriod(month)).toEqual({ from, to });
  });

  it("of the month before a day in January lies in the year before", () => {
    expect(monthBefore("2027-01-15")).toEqual({ from: "2026-12-01", to: "2026-12-31" });
  });

  it.each([
    [monthPeriod("2026-10"), monthPeriod("2026-09")],
    [monthPeriod("2026-03"), monthPeriod("2026-02")],
    [
      { from: "2026-07-01", to: "2026-09-30" },
      { from: "2026-04-01", to: "2026-06-30" },
    ],
    [
      { from: "2026-10-01", to: "2026-10-15" },
      { from: "2026-09-16", to: "2026-09-30" },
    ],
  ])("%j is compared with %j: whole months with whole months, days with as many days", (period, before) => {
    expect(periodBefore(period)).toEqual(before);
  });

  it("and the one before it touch without a gap, and either both are whole months or both are as long", () => {
    const day = fc.integer({ min: 0, max: 4000 }).map((n) => addDays("2024-01-01", n));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 365 }), (from, length) => {
        const period = { from, to: addDays(from, length) };
        const before = periodBefore(period);
        expect(addDays(before.to, 1)).toBe(from);
        expect(wholeMonths(before)).toBe(wholeMonths(period) ?? wholeMonths(before));
        if (wholeMonths(period) === null) expect(daysBetween(before.from, before.to)).toBe(length);
      }),
    );
  });

  it("cannot run backwards, lie ahead or last longer than a year", () => {
    expect(periodProblem({ from: "2026-10-02", to: "2026-10-01" }, "2026-11-01")).toBe("period-backwards");
    expect(periodProblem({ from: "2026-11-01", to: "2026-11-30" }, "2026-11-01")).toBe("period-future");
    expect(periodProblem({ from: "2026-11-01", to: "2026-11-30" }, "2026-11-02")).toBe(null);
    expect(periodProblem({ from: "2025-01-01", to: "2026-01-02" }, "2026-11-01")).toBe("period-long");
  });
});

describe("a change", () => {
  it.each([
    [15, 12, { way: "up", by: 3 }],
    [48.7, 52.3, { way: "down", by: 3.6 }],
    [0.04, 0, { way: "same", by: 0 }],
    [7, 7, { way: "same", by: 0 }],
  ] as const)("from %s against %s", (now, before, change) => {
    expect(changeBetween(now, before)).toEqual(change);
  });

  it("is unknown as soon as one side is, never a fall to nothing", () => {
    expect(changeBetween(null, 12)).toBe(null);
    expect(changeBetween(12, null)).toBe(null);
  });
});
