/** Notice boards and instants of every sort, and the calendars that mean the same, for tests with generated cases. */
import fc from "fast-check";
import { type WorkingCalendar, type WorkWindow, zones } from "#lib/units/calendar.ts";
import { nationalHolidays, ramadanDays } from "#lib/units/holidays.ts";
import { calendarFrom } from "#lib/units/hours.ts";
import type { NoticeBoard } from "./slow-clock.ts";

type Opening = NoticeBoard["openings"][number]["usual"];
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

const time = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const office = (usual: string[], friday: string[], saturday: string[] = []): Opening => ({
  Mon: usual,
  Tue: usual,
  Wed: usual,
  Thu: usual,
  Fri: friday,
  Sat: saturday,
  Sun: [],
});
const standard = office(["07:30-12:00", "13:00-16:00"], ["07:30-11:30", "13:00-16:30"]);
const fasting = office(["08:00-12:00", "12:30-15:00"], ["08:00-11:30", "12:30-15:30"]);
const sixDays = office(["07:00-12:00", "12:30-14:00"], ["07:00-11:00"], ["07:00-12:30"]);
const nights: Opening = { ...office(["00:00-06:00", "22:00-24:00"], []), Fri: ["00:00-24:00"], Sun: ["00:00-00:01", "23:59-24:00"] };

/** Up to three stretches, by cutting the day at as many points as it takes. */
const anyDayHours = fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { maxLength: 6 }).map((cuts) => {
  const sorted = [...cuts].sort((a, b) => a - b);
  return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) => `${time(sorted[2 * i]!)}-${time(sorted[2 * i + 1]!)}`);
});
const drawn: fc.Arbitrary<Opening> = fc
  .record({ Mon: anyDayHours, Tue: anyDayHours, Wed: anyDayHours, Thu: anyDayHours, Fri: anyDayHours, Sat: anyDayHours, Sun: anyDayHours })
  .map((week) => (weekdays.some((day) => worked(week[day]) >= 60) ? week : { ...week, Wed: ["09:00-11:00"] }));
const worked = (hours: readonly string[]) => hours.reduce((sum, hour) => sum + minuteOf(hour.slice(6)) - minuteOf(hour.slice(0, 5)), 0);
const minuteOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const anyOpening = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(standard, fasting, sixDays, nights) }, { weight: 2, arbitrary: drawn });

const firstDay = Date.UTC(2025, 0, 1) / 86_400_000;
const lastDay = Date.UTC(2028, 2, 5) / 86_400_000;
const dayName = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
const anyDay = fc.integer({ min: firstDay, max: lastDay }).map(dayName);
/** Where mistakes live: turns of the year and of months, leap days, Idulfitri, Christmas, both ends of Ramadan. */
const turns = [
  "2025-12-31",
  "2026-02-18",
  "2026-03-20",
  "2026-12-24",
  "2026-12-31",
  "2027-02-28",
  "2027-03-09",
  "2027-12-31",
  "2028-02-29",
];
const nearTurns = fc
  .tuple(fc.constantFrom(...turns), fc.integer({ min: -2, max: 2 }))
  .map(([day, more]) => dayName(Date.parse(day) / 86_400_000 + more));
const interestingDay = fc.oneof(anyDay, nearTurns);

/** A whole minute from January 2025 to March 2028. */
export const anyMinute = fc
  .tuple(interestingDay, fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.constantFrom(0, 450, 720, 780, 960, 990, 1020, 1439)))
  .map(([day, minute]) => new Date(Date.parse(day) + minute * 60_000));
/** The same, to the millisecond. */
export const anyInstant = fc.tuple(anyMinute, fc.integer({ min: 0, max: 59_999 })).map(([at, ms]) => new Date(at.getTime() + ms));

const anyExceptions = fc.dictionary(interestingDay, fc.constantFrom(null, "08:00-12:00", "00:00-24:00"), {
  maxKeys: 6,
  noNullPrototype: true,
});

export const anyBoard: fc.Arbitrary<NoticeBoard> = fc
  .record({
    zone: fc.constantFrom(...zones),
    first: fc.tuple(anyOpening, anyOpening),
    later: fc.array(fc.tuple(interestingDay, anyOpening, anyOpening), { maxLength: 2 }),
    localHolidays: fc.array(interestingDay, { maxLength: 8 }),
    ramadan: fc.constantFrom(true, false),
    openAnyway: anyExceptions,
  })
  .map(({ zone, first: [usual, inRamadan], later, localHolidays, ramadan, openAnyway }) => ({
    zone,
    openings: [
      { since: "0000-00-00", usual, ramadan: inRamadan },
      ...later
        .filter(([day], index) => later.findIndex(([other]) => other === day) === index)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([since, week, weekInRamadan]) => ({ since, usual: week, ramadan: weekInRamadan })),
    ],
    ramadan: ramadan ? ramadanDays.map(({ from, to }) => [from, to] as const) : [],
    closed: [...nationalHolidays.map(({ day }) => day), ...localHolidays],
    openAnyway,
  }));

const windowsOf = (opening: Opening): WorkWindow[] =>
  weekdays.flatMap((day, index) =>
    opening[day].map((hour) => ({ weekday: (index + 1) as WorkWindow["weekday"], from: hour.slice(0, 5), to: hour.slice(6) })),
  );

/** The calendar that a government gets which has entered what stands on the board. */
export function calendarOn({ zone, openings, ramadan, closed, openAnyway }: NoticeBoard): WorkingCalendar {
  const versions = openings.map(({ since, usual, ramadan: inRamadan }, index) => ({
    from: index === 0 ? "1970-01-01" : since,
    hours: { week: windowsOf(usual), ramadan: windowsOf(inRamadan) },
  }));
  return calendarFrom(zone, [versions], {
    ramadan: ramadan.map(([from, to]) => ({ from, to })),
    holidays: closed.map((day) => ({ day, name: "Libur" })),
    workingDays: Object.entries(openAnyway).map(([day, hours]) => ({
      day,
      name: "Masuk",
      hours: hours === null ? null : { from: hours.slice(0, 5), to: hours.slice(6) },
    })),
  });
}
