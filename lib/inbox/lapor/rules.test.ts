import { describe, expect, it } from "vitest";
import { standardCalendar } from "../../units/calendar.ts";
import { endOfDay, isLaporNumber, laporDeadlines, laporNext, laporStates } from "./rules.ts";

/** No holiday but Thursday 26 November 2026. */
const calendar = standardCalendar("Asia/Makassar", new Set(["2026-11-26"]));
// Monday
const entered = { entered: "2026-11-23" };

describe("the deadlines of LAPOR!", () => {
  it("are 3 working days to the first response and 5, 5, 14 or 60 to the settlement, holidays and weekends left out", () => {
    const settled = (category: Parameters<typeof laporDeadlines>[0]) => laporDeadlines(category, "entered", entered, calendar);
    expect(settled("information")).toEqual({ first: "2026-11-27", settled: "2026-12-01", closes: null });
    expect(settled("simple").settled).toBe("2026-12-01");
    expect(settled("desk").settled).toBe("2026-12-14");
    expect(settled("field").settled).toBe("2027-02-16");
  });

  it("end with their state: no first response is awaited of what is worked on, nothing of what is over", () => {
    expect(laporDeadlines("desk", "in_progress", entered, calendar)).toEqual({ first: null, settled: "2026-12-14", closes: null });
    for (const state of ["prepared", "closed", "rejected"] as const)
      expect(laporDeadlines("desk", state, entered, calendar)).toEqual({ first: null, settled: null, closes: null });
  });

  it("close what was answered after 10 working days", () => {
    const days = { ...entered, answered: "2026-11-25" };
    expect(laporDeadlines("desk", "answered", days, calendar).closes).toBe("2026-12-10");
  });

  it("last to the end of the day on the unit's clock", () => {
    expect(endOfDay("2026-11-27", calendar).toISOString()).toBe("2026-11-27T15:59:59.999Z");
  });
});

it("a ticket goes forward alone, but for an answer that was not enough", () => {
  expect(laporNext("prepared")).toEqual(["entered"]);
  expect(laporNext("answered")).toContain("in_progress");
  for (const state of laporStates) expect(laporNext(state)).not.toContain("prepared");
});

it.each(["10234567", "LAPOR-2026/11.004", "ab12"])("%s may be a ticket's number", (number) => expect(isLaporNumber(number)).toBe(true));
it.each(["", "abc", "tidak ada", "12", "#1234", "1".repeat(41)])("%j is none", (number) => expect(isLaporNumber(number)).toBe(false));
