import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, localDay, type Zone, zones } from "../units/calendar.ts";
import { holidayDays } from "../units/holidays.ts";
import { weekdayOf } from "./calendar-rules.ts";
import { instancesBetween, instancesOf, mostInstances, type Recurrence, recurrenceSchema } from "./recurrence.ts";

const common = { interval: 1, time: "08:30", zone: "Asia/Jakarta" as Zone, from: "2026-11-02", onHoliday: "keep" as const };
const times = (count: number) => ({ by: "count" as const, count });
const until = (day: string) => ({ by: "until" as const, day });
const none = new Set<string>();
const days = (rule: Recurrence, holidays: ReadonlySet<string> = none) => instancesOf(rule, holidays).instances.map(({ day }) => day);

describe("a series of posts", () => {
  it.each<[string, Recurrence, string[]]>([
    ["every day", { ...common, every: "day", end: times(3) }, ["2026-11-02", "2026-11-03", "2026-11-04"]],
    [
      "every third day until one that is met",
      { ...common, every: "day", interval: 3, end: until("2026-11-08") },
      ["2026-11-02", "2026-11-05", "2026-11-08"],
    ],
    [
      "Mondays and Thursdays, in whatever order they were ticked, from a Wednesday",
      { ...common, every: "week", weekdays: [4, 1, 4], from: "2026-11-04", end: times(3) },
      ["2026-11-05", "2026-11-09", "2026-11-12"],
    ],
    [
      "every second week, counted from the week of the first day, Sunday at its end",
      { ...common, every: "week", interval: 2, weekdays: [1, 7], from: "2026-11-04", end: times(4) },
      ["2026-11-08", "2026-11-16", "2026-11-22", "2026-11-30"],
    ],
    [
      "the 31st, only in months that have it",
      { ...common, every: "month", monthDay: 31, from: "2026-12-01", end: times(4) },
      ["2026-12-31", "2027-01-31", "2027-03-31", "2027-05-31"],
    ],
    [
      "the last day of each month, of a leap year too",
      { ...common, every: "month", monthDay: "last", from: "2027-12-15", end: times(4) },
      ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"],
    ],
    [
      "29 February",
      { ...common, every: "month", interval: 12, monthDay: 29, from: "2027-02-01", end: times(2) },
      ["2028-02-29", "2032-02-29"],
    ],
    [
      "the second Tuesday of each month, in one that begins on a Tuesday and one that does not",
      { ...common, every: "month-weekday", weekday: 2, nth: 2, from: "2026-11-02", end: times(3) },
      ["2026-11-10", "2026-12-08", "2027-01-12"],
    ],
    [
      "the last Friday of each month, the fifth where there is one",
      { ...common, every: "month-weekday", weekday: 5, nth: "last", from: "2026-11-02", end: times(3) },
      ["2026-11-27", "2026-12-25", "2027-01-29"],
    ],
    [
      "the first Sunday, of a month that begins on one too",
      { ...common, every: "month-weekday", weekday: 7, nth: 1, from: "2026-11-01", end: times(3) },
      ["2026-11-01", "2026-12-06", "2027-01-03"],
    ],
    ["a first day that is past this month's", { ...common, every: "month", monthDay: 1, end: times(2) }, ["2026-12-01", "2027-01-01"]],
  ])("comes on %s", (_name, rule, expected) => {
    expect(recurrenceSchema.parse(rule)).toEqual(rule);
    expect(days(rule)).toEqual(expected);
  });

  it.each([
    ["Asia/Jakarta", "2026-11-01T17:10:00.000Z"],
    ["Asia/Makassar", "2026-11-01T16:10:00.000Z"],
    ["Asia/Jayapura", "2026-11-01T15:10:00.000Z"],
  ] as const)("goes out at ten past midnight on the clock of %s", (zone, instant) => {
    const [first] = instancesOf({ ...common, every: "day", time: "00:10", zone, end: times(1) }, none).instances;
    expect(first?.day).toBe("2026-11-02");
    expect(first?.at.toISOString()).toBe(instant);
  });

  it.each([
    ["keep", ["2026-12-23", "2026-12-24", "2026-12-25", "2026-12-26"]],
    ["skip", ["2026-12-23", "2026-12-26", "2026-12-27", "2026-12-28"]],
  ] as const)("with a daily post on Christmas: %s", (onHoliday, expected) => {
    expect(days({ ...common, every: "day", from: "2026-12-23", onHoliday, end: times(4) }, holidayDays())).toEqual(expected);
  });

  it.each([
    ["before", ["2026-12-18", "2026-12-23", "2026-12-31"]],
    ["after", ["2026-12-18", "2026-12-26", "2027-01-02"]],
    ["skip", ["2026-12-18", "2027-01-08", "2027-01-15"]],
  ] as const)("with a Friday post on Christmas and New Year: %s", (onHoliday, expected) => {
    expect(days({ ...common, every: "week", weekdays: [5], from: "2026-12-18", onHoliday, end: times(3) }, holidayDays())).toEqual(
      expected,
    );
  });

  it("posts once where two days are moved onto one, and never outside its bounds", () => {
    const holidays = new Set(["2026-11-03", "2026-11-05"]);
    expect(days({ ...common, every: "week", weekdays: [2, 3], onHoliday: "after", end: times(2) }, holidays)).toEqual([
      "2026-11-04",
      "2026-11-10",
    ]);
    expect(days({ ...common, every: "day", from: "2026-11-05", onHoliday: "before", end: until("2026-11-06") }, holidays)).toEqual([
      "2026-11-06",
    ]);
    expect(days({ ...common, every: "day", onHoliday: "after", end: until("2026-11-03") }, holidays)).toEqual(["2026-11-02"]);
  });

  it("ends after 366 posts and says that it would go on", () => {
    const long = instancesOf({ ...common, every: "day", end: until("2030-01-01") }, none);
    expect(long.instances).toHaveLength(mostInstances);
    expect(long.capped).toBe(true);
    expect(instancesOf({ ...common, every: "day", end: until(addDays(common.from, 365)) }, none).capped).toBe(false);
    expect(instancesOf({ ...common, every: "day", end: times(366) }, none)).toMatchObject({ capped: false });
    const last = addDays(common.from, 366);
    const movedOntoKnown = instancesOf({ ...common, every: "day", onHoliday: "before", end: until(last) }, new Set([last]));
    expect(movedOntoKnown).toMatchObject({ capped: false, instances: { length: 366 } });
  });

  it("gives up on a day that never comes", () => {
    const never: Recurrence = { ...common, every: "month", interval: 12, monthDay: 31, end: times(1) };
    expect(instancesOf(never, none)).toEqual({ instances: [], capped: true });
  });

  it("shows a window of it", () => {
    const rule: Recurrence = { ...common, every: "week", weekdays: [1], end: times(10) };
    expect(instancesBetween(rule, none, "2026-11-09", "2026-11-16").map(({ day }) => day)).toEqual(["2026-11-09", "2026-11-16"]);
    expect(instancesBetween(rule, none, "2026-11-10", "2026-11-15")).toEqual([]);
  });

  it.each([
    ["no weekday", { ...common, every: "week", weekdays: [], end: times(1) }],
    ["a 32nd", { ...common, every: "month", monthDay: 32, end: times(1) }],
    ["24.00", { ...common, every: "day", time: "24:00", end: times(1) }],
    ["a day that no calendar has", { ...common, every: "day", from: "2026-02-30", end: times(1) }],
    ["an end before the start", { ...common, every: "day", end: until("2026-11-01") }],
    ["no end", { ...common, every: "day" }],
    ["a fifth Monday", { ...common, every: "month-weekday", weekday: 1, nth: 5, end: times(1) }],
    ["no step", { ...common, every: "day", interval: 0, end: times(1) }],
    ["367 posts", { ...common, every: "day", end: times(367) }],
  ])("refuses %s", (_name, rule) => expect(recurrenceSchema.safeParse(rule).success).toBe(false));
});

const anyDay = fc.integer({ min: 0, max: 1500 }).map((n) => addDays("2026-01-01", n));
const rest = {
  interval: fc.integer({ min: 1, max: 5 }),
  time: fc.constantFrom("00:00", "08:30", "23:59"),
  zone: fc.constantFrom(...zones),
  from: anyDay,
  end: fc.oneof(fc.integer({ min: 1, max: 60 }).map(times), anyDay.map(until)),
  onHoliday: fc.constantFrom("keep" as const, "skip" as const, "before" as const, "after" as const),
};
const anyRule: fc.Arbitrary<Recurrence> = fc
  .oneof(
    fc.record({ ...rest, every: fc.constant("day" as const) }),
    fc.record({
      ...rest,
      every: fc.constant("week" as const),
      weekdays: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    }),
    fc.record({
      ...rest,
      every: fc.constant("month" as const),
      monthDay: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant("last" as const)),
    }),
    fc.record({
      ...rest,
      every: fc.constant("month-weekday" as const),
      weekday: fc.integer({ min: 1, max: 7 }),
      nth: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant("last" as const)),
    }),
  )
  .filter((rule) => recurrenceSchema.safeParse(rule).success);
const anyHolidays = fc.array(anyDay, { maxLength: 40 }).map((list) => new Set([...list, ...holidayDays()]));

describe("whatever the series", () => {
  it("is in time, once a day, within its bounds, at its hour, and not on a holiday that it avoids", () => {
    fc.assert(
      fc.property(anyRule, anyHolidays, (rule, holidays) => {
        const { instances } = instancesOf(rule, holidays);
        for (const [index, { day, at }] of instances.entries()) {
          expect(day > (instances[index - 1]?.day ?? "")).toBe(true);
          expect(day >= rule.from).toBe(true);
          if (rule.end.by === "until") expect(day <= rule.end.day).toBe(true);
          expect(localDay(at, rule.zone)).toBe(day);
          if (rule.onHoliday !== "keep") expect(holidays.has(day)).toBe(false);
        }
        expect(instances.length).toBeLessThanOrEqual(rule.end.by === "count" ? rule.end.count : mostInstances);
      }),
    );
  });

  it("falls on the days that a day-by-day reading finds", () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        const found = days({ ...rule, onHoliday: "keep" });
        const last = found.at(-1) ?? rule.from;
        const expected: string[] = [];
        for (let day = rule.from, n = 0; day <= last; day = addDays(day, 1), n += 1) if (fallsOn(rule, day, n)) expected.push(day);
        expect(found).toEqual(expected);
      }),
    );
  });
});

/** Whether a rule falls on a day, asked of the day itself; `n` days after the first. */
function fallsOn(rule: Recurrence, day: string, n: number): boolean {
  if (rule.every === "day") return n % rule.interval === 0;
  if (rule.every === "week") {
    const week = Math.floor((n + weekdayOf(rule.from) - 1) / 7);
    return week % rule.interval === 0 && rule.weekdays.includes(weekdayOf(day));
  }
  const months = (of: string) => Number(of.slice(0, 4)) * 12 + Number(of.slice(5, 7));
  if ((months(day) - months(rule.from)) % rule.interval !== 0) return false;
  const date = Number(day.slice(8));
  if (rule.every === "month-weekday")
    return (
      weekdayOf(day) === rule.weekday &&
      (rule.nth === "last" ? !addDays(day, 7).startsWith(day.slice(0, 7)) : Math.ceil(date / 7) === rule.nth)
    );
  return rule.monthDay === "last" ? addDays(day, 1).endsWith("-01") : date === rule.monthDay;
}
