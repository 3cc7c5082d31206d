import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "./calendar.ts";
import { holidayDays, nationalHolidays, ramadanDays } from "./holidays.ts";

describe("national holidays", () => {
  it("holds 17 holidays and 8 days of joint leave for 2026, none of them an estimate", () => {
    const rows = nationalHolidays.filter((row) => row.day.startsWith("2026"));
    expect(rows.filter((row) => row.kind === "holiday")).toHaveLength(17);
    expect(rows.filter((row) => row.kind === "joint-leave")).toHaveLength(8);
    expect(rows.some((row) => row.estimate)).toBe(false);
  });

  it("marks all of 2027 as an estimate", () => {
    const rows = nationalHolidays.filter((row) => row.day.startsWith("2027"));
    expect(rows.map((row) => row.day)).toEqual(["2027-01-01", "2027-05-01", "2027-06-01", "2027-08-17", "2027-12-25"]);
    expect(rows.every((row) => row.estimate)).toBe(true);
  });

  it("lists real days, each once, in order", () => {
    const days = nationalHolidays.map((row) => row.day);
    expect(days).toEqual([...new Set(days)].sort());
    expect(days.map((day) => addDays(day, 0))).toEqual(days);
    expect(holidayDays().size).toBe(days.length);
  });
});

describe("Ramadan", () => {
  it("lasts 29 or 30 days, a lunar year after the last, and ends before Idulfitri", () => {
    for (const [index, { from, to }] of ramadanDays.entries()) {
      expect([28, 29]).toContain(daysBetween(from, to));
      const last = ramadanDays[index - 1];
      if (last) expect([353, 354, 355, 356]).toContain(daysBetween(last.from, from));
    }
    const after = nationalHolidays.find(({ day, kind }) => kind === "holiday" && day === addDays(ramadanDays[1]!.to, 1));
    expect(after?.name).toBe("Idulfitri 1447 Hijriah");
  });

  it("of 2027 is an estimate", () => {
    expect(ramadanDays.map(({ estimate }) => estimate)).toEqual([false, false, true]);
  });
});
