import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localDay, zones } from "../units/calendar.ts";
import { isOfDomain, monthTold, nextMonthly } from "./scheduling-rules.ts";

describe("the next monthly report", () => {
  it.each([
    ["2026-11-01T02:00:00Z", "Asia/Jakarta", "2026-11-02T01:00:00.000Z"],
    ["2026-11-02T00:59:59Z", "Asia/Jakarta", "2026-11-02T01:00:00.000Z"],
    ["2026-11-02T01:00:00Z", "Asia/Jakarta", "2026-12-02T01:00:00.000Z"],
    ["2026-12-05T01:00:00Z", "Asia/Makassar", "2027-01-02T00:00:00.000Z"],
    ["2026-11-01T22:59:00Z", "Asia/Jayapura", "2026-11-01T23:00:00.000Z"],
  ] as const)("after %s in %s is made at %s: on the second at 08.00 by the unit's clock", (at, zone, next) => {
    expect(nextMonthly(2, 8, zone, new Date(at)).toISOString()).toBe(next);
  });

  it("always lies ahead, on its day, within 31 days", () => {
    const at = fc.date({ min: new Date("2026-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(
        at,
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom(...zones),
        (now, day, hour, zone) => {
          const next = nextMonthly(day, hour, zone, now);
          expect(next > now).toBe(true);
          expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(31 * 86_400_000);
          expect(Number(localDay(next, zone).slice(8))).toBe(day);
        },
      ),
    );
  });

  it("tells of the month before, by the unit's clock", () => {
    expect(monthTold(new Date("2026-10-31T17:30:00Z"), "Asia/Jakarta")).toEqual({ from: "2026-10-01", to: "2026-10-31" });
    expect(monthTold(new Date("2026-10-31T16:30:00Z"), "Asia/Jakarta")).toEqual({ from: "2026-09-01", to: "2026-09-30" });
  });
});

describe("an address of the government", () => {
  it.each([
    ["bupati@tegalkab.go.id", true],
    ["bupati@setda.tegalkab.go.id", true],
    ["BUPATI@Setda.TegalKab.go.id", true],
    ["bupati@eviltegalkab.go.id", false],
    ["bupati@tegalkab.go.id.example", false],
    ["tegalkab.go.id@gmail.com", false],
  ])("%s: %s", (address, own) => {
    expect(isOfDomain(address, "tegalkab.go.id")).toBe(own);
  });

  it("is none where no domain is entered", () => {
    expect(isOfDomain("bupati@tegalkab.go.id", null)).toBe(false);
  });
});
