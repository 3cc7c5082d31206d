import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addWorkingDays,
  addWorkingMinutes,
  dayMinutes,
  daysBetween,
  localDay,
  standardCalendar,
  standardHours,
  startOfDay,
  type WorkingCalendar,
  type WorkWindow,
  weekdayOf,
  weekMinutes,
  workingDaysIn,
  workingMinutesBetween,
  zoneLabel,
  zoneOf,
  zones,
} from "./calendar.ts";
import { holidayDays, ramadanDays } from "./holidays.ts";

// A host in a zone of +05:45 turns every forgotten zone into a wrong answer.
process.env.TZ = "Asia/Kathmandu";

const wib = standardCalendar("Asia/Jakarta", holidayDays(), ramadanDays);
const at = (text: string) => new Date(text);

describe("the suite itself", () => {
  it("runs in a hostile host time zone", () => {
    expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(-345);
  });
});

describe("days and zones", () => {
  it.each([
    ["2026-11-22T16:59:59.999Z", "Asia/Jakarta", "2026-11-22"],
    ["2026-11-22T17:00:00.000Z", "Asia/Jakarta", "2026-11-23"],
    ["2026-11-22T16:00:00.000Z", "Asia/Makassar", "2026-11-23"],
    ["2026-11-22T15:00:00.000Z", "Asia/Jayapura", "2026-11-23"],
    ["2026-11-22T15:00:00.000Z", "Asia/Pontianak", "2026-11-22"],
  ] as const)("%s in %s falls on %s", (instant, zone, day) => {
    expect(localDay(at(instant), zone)).toBe(day);
  });

  it("agrees with the platform's own time zone data", () => {
    const formats = new Map(zones.map((zone) => [zone, new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" })]));
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...zones), (instant, zone) => {
        expect(localDay(instant, zone)).toBe(formats.get(zone)?.format(instant));
        expect(localDay(startOfDay(localDay(instant, zone), zone), zone)).toBe(localDay(instant, zone));
      }),
    );
  });

  it("names the zones as they are printed", () => {
    expect(zones.map(zoneLabel)).toEqual(["WIB", "WIB", "WITA", "WIT"]);
  });

  it("steps over month ends and leap days", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
    expect(daysBetween("2026-12-31", "2027-01-02")).toBe(2);
  });

  it.each(["2026-02-30", "22-11-2026", "", "2026-1-1"])("refuses %j as a day", (day) => {
    expect(() => addDays(day, 1)).toThrow(RangeError);
  });
});

describe("the hours of Perpres 21/2023", () => {
  it("make 37.5 hours a week, and 32.5 in Ramadan", () => {
    expect(weekMinutes(standardHours.week)).toBe(37.5 * 60);
    expect(weekMinutes(standardHours.ramadan)).toBe(32.5 * 60);
  });

  it.each([
    ["a Monday", "2026-11-23", "07:30", "16:00", 60],
    ["a Friday", "2026-11-20", "07:30", "16:30", 90],
    ["a Monday in Ramadan", "2026-03-02", "08:00", "15:00", 30],
    ["a Friday in Ramadan", "2026-03-06", "08:00", "15:30", 60],
  ])("on %s, from opening to closing without the break", (_name, day, opens, closes, pause) => {
    const open = at(`${day}T${opens}+07:00`);
    const closed = at(`${day}T${closes}+07:00`);
    const worked = (closed.getTime() - open.getTime()) / 60_000 - pause;
    expect(workingMinutesBetween(startOfDay(day, "Asia/Jakarta"), startOfDay(addDays(day, 1), "Asia/Jakarta"), wib)).toBe(worked);
    expect(workingMinutesBetween(open, closed, wib)).toBe(worked);
    expect(dayMinutes(wib, day)).toBe(worked);
  });

  it("know Ramadan by its two ends", () => {
    expect(["2026-02-18", "2026-02-19", "2026-03-20", "2026-03-21"].map((day) => dayMinutes(wib, day))).toEqual([450, 390, 390, 450]);
  });
});

describe("working time", () => {
  it.each([
    [
      "Friday 15.00 plus a day ends on Monday at 14.30: Friday closes half an hour later",
      "2026-11-20T15:00+07:00",
      450,
      "2026-11-23T14:30+07:00",
    ],
    ["Saturday plus a day ends on Monday's closing time", "2026-11-21T10:00+07:00", 450, "2026-11-23T16:00+07:00"],
    ["an hour from 06.00 ends at 08.30", "2026-11-23T06:00+07:00", 60, "2026-11-23T08:30+07:00"],
    ["nothing added leaves the instant alone, even at night", "2026-11-22T03:00+07:00", 0, "2026-11-22T03:00+07:00"],
    ["a break does not count", "2026-11-23T11:30+07:00", 60, "2026-11-23T13:30+07:00"],
    ["what is used up when the break begins ends there", "2026-11-23T11:30+07:00", 30, "2026-11-23T12:00+07:00"],
    ["Friday's break is longer", "2026-11-20T11:00+07:00", 60, "2026-11-20T13:30+07:00"],
    ["Christmas and its joint leave do not count", "2026-12-23T15:30+07:00", 60, "2026-12-28T08:00+07:00"],
    ["Idulfitri week: Tuesday 17 March, still Ramadan, plus a day of each sort", "2026-03-17T08:00+07:00", 840, "2026-03-25T16:00+07:00"],
  ])("%s", (_name, start, minutes, end) => {
    expect(addWorkingMinutes(at(start), minutes, wib)).toEqual(at(end));
  });

  it("takes windows in whatever order they were entered", () => {
    const friday: WorkWindow[] = [
      { weekday: 5, from: "13:00", to: "16:00" },
      { weekday: 5, from: "07:30", to: "11:30" },
    ];
    const cal = withWeek(friday, "Asia/Makassar");
    expect(addWorkingMinutes(at("2026-11-20T11:00+08:00"), 45, cal)).toEqual(at("2026-11-20T13:15+08:00"));
    expect(dayMinutes(cal, "2026-11-20")).toBe(420);
  });

  it("works by exception on a Saturday and on a holiday, and then as said or as usual", () => {
    const cal: WorkingCalendar = {
      ...wib,
      workingDays: new Map([
        ["2026-11-21", { from: "08:00", to: "10:00" }],
        ["2026-12-25", null],
      ]),
    };
    expect(addWorkingMinutes(at("2026-11-20T16:30+07:00"), 60, cal)).toEqual(at("2026-11-21T09:00+07:00"));
    expect(addWorkingMinutes(at("2026-12-24T08:00+07:00"), 450, cal)).toEqual(at("2026-12-25T16:30+07:00"));
    expect(workingDaysIn("2026-11-16", "2026-11-22", cal)).toBe(6);
  });

  it("follows new hours from their first day on", () => {
    const cal: WorkingCalendar = {
      ...wib,
      hours: [...wib.hours, { ...standardHours, from: "2026-11-24", week: [{ weekday: 2, from: "10:00", to: "12:00" }] }],
    };
    expect(addWorkingMinutes(at("2026-11-23T15:30+07:00"), 60, cal)).toEqual(at("2026-11-24T10:30+07:00"));
    expect([dayMinutes(cal, "2026-11-23"), dayMinutes(cal, "2026-11-24")]).toEqual([450, 120]);
  });

  it("counts backwards as a negative", () => {
    expect(workingMinutesBetween(at("2026-11-23T09:00+07:00"), at("2026-11-20T15:00+07:00"), wib)).toBe(-180);
  });

  it("refuses negative minutes, a calendar without work and an unknown zone", () => {
    expect(() => addWorkingMinutes(at("2026-11-23T09:00+07:00"), -1, wib)).toThrow(RangeError);
    expect(() => addWorkingMinutes(at("2026-11-23T09:00+07:00"), 1, withWeek([]))).toThrow(RangeError);
    expect(() => dayMinutes(withWeek([{ weekday: 1, from: "09:00", to: "09:00" }]), "2026-11-23")).toThrow(RangeError);
    expect(() => dayMinutes(withWeek([{ weekday: 1, from: "9:00", to: "24:30" }]), "2026-11-23")).toThrow(RangeError);
    expect(zoneOf("Asia/Jayapura")).toBe("Asia/Jayapura");
    expect(() => zoneOf("Asia/Kathmandu")).toThrow("unknown zone");
  });

  it("counts working days, not calendar days", () => {
    expect(workingDaysIn("2026-03-16", "2026-03-22", wib)).toBe(2);
    expect(workingDaysIn("2026-11-16", "2026-11-22", wib)).toBe(5);
    expect(addWorkingDays("2026-11-20", 1, wib)).toBe("2026-11-23");
    expect(addWorkingDays("2026-12-14", 10, wib)).toBe("2026-12-30");
    expect(addWorkingDays("2026-11-22", 0, wib)).toBe("2026-11-22");
    expect(["2026-11-20", "2026-11-22", "1969-12-31"].map(weekdayOf)).toEqual([5, 7, 3]);
  });
});

const withWeek = (week: WorkWindow[], zone = wib.zone): WorkingCalendar => ({
  ...standardCalendar(zone, new Set()),
  hours: [{ from: "1970-01-01", week, ramadan: standardHours.ramadan }],
});
const anyInstant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 1) }).map((ms) => new Date(ms));
