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
  startOfDay,
  type WorkingCalendar,
  type WorkWindow,
  workingDaysIn,
  workingMinutesBetween,
  type Zone,
  zoneLabel,
  zones,
} from "./calendar.ts";
import { holidayDays } from "./holidays.ts";

// A host in a zone of +05:45 turns every forgotten zone into a wrong answer.
process.env.TZ = "Asia/Kathmandu";

const wib = standardCalendar("Asia/Jakarta", holidayDays());
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

describe("working time", () => {
  it.each([
    ["Friday 15.00 plus a day ends on Monday 15.00", "2026-11-20T15:00+07:00", 510, "2026-11-23T15:00+07:00"],
    ["Saturday plus a day ends on Monday's closing time", "2026-11-21T10:00+07:00", 510, "2026-11-23T16:00+07:00"],
    ["an hour from 06.00 ends at 08.30", "2026-11-23T06:00+07:00", 60, "2026-11-23T08:30+07:00"],
    ["nothing added leaves the instant alone, even at night", "2026-11-22T03:00+07:00", 0, "2026-11-22T03:00+07:00"],
    ["Christmas and its joint leave do not count", "2026-12-23T15:30+07:00", 60, "2026-12-28T08:00+07:00"],
    ["Idulfitri week: Tuesday 17 March plus two days", "2026-03-17T07:30+07:00", 1020, "2026-03-25T16:00+07:00"],
  ])("%s", (_name, start, minutes, end) => {
    expect(addWorkingMinutes(at(start), minutes, wib)).toEqual(at(end));
  });

  it("keeps a break free when a day has two windows", () => {
    const friday: WorkWindow[] = [
      { weekday: 5, from: "13:00", to: "16:00" },
      { weekday: 5, from: "07:30", to: "11:30" },
    ];
    const cal: WorkingCalendar = { zone: "Asia/Makassar", windows: friday, holidays: new Set() };
    expect(addWorkingMinutes(at("2026-11-20T11:00+08:00"), 45, cal)).toEqual(at("2026-11-20T13:15+08:00"));
    expect(dayMinutes(cal)).toBe(420);
  });

  it("counts backwards as a negative", () => {
    expect(workingMinutesBetween(at("2026-11-23T09:00+07:00"), at("2026-11-20T15:00+07:00"), wib)).toBe(-150);
  });

  it("refuses negative minutes and a calendar without work", () => {
    expect(() => addWorkingMinutes(at("2026-11-23T09:00+07:00"), -1, wib)).toThrow(RangeError);
    expect(() => addWorkingMinutes(at("2026-11-23T09:00+07:00"), 1, { ...wib, windows: [] })).toThrow(RangeError);
    expect(() => dayMinutes({ ...wib, windows: [{ weekday: 1, from: "09:00", to: "09:00" }] })).toThrow(RangeError);
    expect(() => dayMinutes({ ...wib, windows: [{ weekday: 1, from: "9:00", to: "24:30" }] })).toThrow(RangeError);
  });

  it("counts working days, not calendar days", () => {
    expect(workingDaysIn("2026-03-16", "2026-03-22", wib)).toBe(2);
    expect(workingDaysIn("2026-11-16", "2026-11-22", wib)).toBe(5);
    expect(addWorkingDays("2026-11-20", 1, wib)).toBe("2026-11-23");
    expect(addWorkingDays("2026-12-14", 10, wib)).toBe("2026-12-30");
    expect(addWorkingDays("2026-11-22", 0, wib)).toBe("2026-11-22");
    expect(dayMinutes(wib)).toBe(510);
  });
});

const offsetHours: Record<Zone, number> = { "Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9 };
const weekdayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The slow reference: asks of each single minute whether it is worked, on shifted UTC fields. */
function isWorked(minute: number, cal: WorkingCalendar): boolean {
  const local = new Date(minute * 60_000 + offsetHours[cal.zone] * 3_600_000);
  const weekday = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(weekdayNames[local.getUTCDay()] ?? "");
  const ofDay = local.getUTCHours() * 60 + local.getUTCMinutes();
  const toMinute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  if (!cal.windows.some((w) => w.weekday === weekday && ofDay >= toMinute(w.from) && ofDay < toMinute(w.to))) return false;
  const pad = (n: number) => String(n).padStart(2, "0");
  return !cal.holidays.has(`${local.getUTCFullYear()}-${pad(local.getUTCMonth() + 1)}-${pad(local.getUTCDate())}`);
}

const firstMinute = Date.UTC(2026, 0, 1) / 60_000;
const lastMinute = Date.UTC(2027, 11, 1) / 60_000;
const anyInstant = fc.integer({ min: firstMinute * 60_000, max: lastMinute * 60_000 }).map((ms) => new Date(ms));
const anyMinute = fc.integer({ min: firstMinute, max: lastMinute });
const anyCalendar: fc.Arbitrary<WorkingCalendar> = fc.record({
  zone: fc.constantFrom(...zones),
  windows: fc.constantFrom<readonly WorkWindow[]>(
    wib.windows,
    [1, 2, 3, 4].map((weekday) => ({ weekday: weekday as 1, from: "07:30", to: "16:00" })),
    [
      { weekday: 5, from: "13:30", to: "16:30" },
      { weekday: 5, from: "07:30", to: "11:30" },
      { weekday: 6, from: "08:00", to: "12:00" },
      { weekday: 2, from: "00:00", to: "24:00" },
    ],
  ),
  holidays: fc.constantFrom<ReadonlySet<string>>(holidayDays(), new Set()),
});

describe("working time against a minute-by-minute reference", () => {
  it("adds the same minutes (1,200 cases)", () => {
    fc.assert(
      fc.property(anyMinute, fc.integer({ min: 1, max: 900 }), anyCalendar, (start, minutes, cal) => {
        let minute = start;
        for (let left = minutes; left > 0; minute++) if (isWorked(minute, cal)) left--;
        expect(addWorkingMinutes(new Date(start * 60_000), minutes, cal)).toEqual(new Date(minute * 60_000));
      }),
      { numRuns: 1200 },
    );
  });

  it("measures the same minutes (1,200 cases)", () => {
    fc.assert(
      fc.property(anyMinute, fc.integer({ min: 0, max: 6_000 }), anyCalendar, (start, length, cal) => {
        let worked = 0;
        for (let minute = start; minute < start + length; minute++) if (isWorked(minute, cal)) worked++;
        expect(workingMinutesBetween(new Date(start * 60_000), new Date((start + length) * 60_000), cal)).toBe(worked);
      }),
      { numRuns: 1200 },
    );
  });

  it("adding and measuring undo each other, to the millisecond", () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 20_000 }), anyCalendar, (start, minutes, cal) => {
        expect(workingMinutesBetween(start, addWorkingMinutes(start, minutes, cal), cal)).toBeCloseTo(minutes, 9);
      }),
    );
  });
});
