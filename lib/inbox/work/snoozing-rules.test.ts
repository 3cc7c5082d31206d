import { describe, expect, it } from "vitest";
import { standardCalendar } from "../../units/calendar.ts";
import { choicesAt, snoozeInstant } from "./snoozing-rules.ts";

// Thursday, 26 November 2026; the Friday after it is a holiday here.
const calendar = standardCalendar("Asia/Jayapura", new Set(["2026-11-27"]));
const until = (choice: "today" | "tomorrow" | "workday", at: string) => snoozeInstant({ choice }, new Date(at), calendar)?.toISOString();
const field = (value: string) => snoozeInstant({ field: value }, new Date("2026-11-26T10:00:00+09:00"), calendar)?.toISOString();

describe("a case is put off", () => {
  it("until later today, while three hours of the day are left", () => {
    expect(until("today", "2026-11-26T10:00:00+09:00")).toBe("2026-11-26T04:00:00.000Z");
    expect(until("today", "2026-11-26T21:30:00+09:00")).toBeUndefined();
    expect(choicesAt(new Date("2026-11-26T20:59:00+09:00"), "Asia/Jayapura")).toContain("today");
    expect(choicesAt(new Date("2026-11-26T21:00:00+09:00"), "Asia/Jayapura")).toEqual(["tomorrow", "workday"]);
  });
  it("until 08.00 tomorrow, on the unit's clock", () => {
    expect(until("tomorrow", "2026-11-26T00:30:00+09:00")).toBe("2026-11-26T23:00:00.000Z");
  });
  it("until 08.00 of the next working day, past holidays and weekends", () => {
    expect(until("workday", "2026-11-26T10:00:00+09:00")).toBe("2026-11-29T23:00:00.000Z");
  });
  it("until a time that was entered, if it is to come within a year", () => {
    expect(field("2026-12-01T09:15")).toBe("2026-12-01T00:15:00.000Z");
    for (const wrong of ["2026-11-26T09:59", "2028-01-01T08:00", "2026-02-30T08:00", "besok", ""]) expect(field(wrong)).toBeUndefined();
  });
});
