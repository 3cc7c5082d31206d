/** Working hours and days of its own that a government enters: how they make a calendar, and what is wrong with them. Pure. */

import type { Problem } from "../core/errors.ts";
import { type Hours, standardHours, type WorkingCalendar, type WorkWindow, weekdayOf, zoneOf } from "./calendar.ts";
import { holidayDays, ramadanDays } from "./holidays.ts";
import type { DaysSettings } from "./hours-schema.ts";

/** What a unit has entered, in force from a local day on; null from that day on takes over what stands above it. */
export type HoursVersion = { from: string; hours: Hours | null };

/** What is in force where a government has entered no days: the nation's Ramadan, nothing else. */
export const standardDays: DaysSettings = { ramadan: ramadanDays.map(({ from, to }) => ({ from, to })), holidays: [], workingDays: [] };

const national = holidayDays();
const always = "1970-01-01";

/**
 * The calendar of a unit. `line`: what the unit and those above it up to its government have entered, the nearest first; on a
 * day the nearest with hours in force counts, else the standard hours. `days` are the government's. Throws RangeError on an unknown zone.
 */
export function calendarFrom(zone: string, line: readonly (readonly HoursVersion[])[], days: DaysSettings | null): WorkingCalendar {
  const { ramadan, holidays, workingDays } = days ?? standardDays;
  const begins = [...new Set([always, ...line.flat().map(({ from }) => from)])].sort();
  return {
    zone: zoneOf(zone),
    hours: begins.map((from) => ({ from, ...hoursOn(from, line) })),
    ramadan,
    holidays: new Set([...national, ...holidays.map(({ day }) => day)]),
    workingDays: new Map(workingDays.map(({ day, hours }) => [day, hours])),
  };
}

function hoursOn(day: string, line: readonly (readonly HoursVersion[])[]): Hours {
  for (const versions of line) {
    const begun = versions.filter(({ from }) => from <= day).sort((a, b) => (a.from < b.from ? 1 : -1));
    if (begun[0]?.hours) return begun[0].hours;
  }
  return standardHours;
}

/** Windows of a weekday that run into each other, and weeks without work: `field` names the week and the day. */
export const hoursProblems = ({ week, ramadan }: Hours): Problem[] => [...weekProblems("week", week), ...weekProblems("ramadan", ramadan)];

function weekProblems(field: string, week: readonly WorkWindow[]): Problem[] {
  if (week.length === 0) return [{ field, code: "hours-none" }];
  const order = [...week].sort((a, b) => a.weekday - b.weekday || (a.from < b.from ? -1 : 1));
  return order.flatMap(({ weekday, from, to }, index): Problem[] => {
    const params = { weekday: String(weekday), from, to };
    if (from >= to) return [{ field: `${field}.${weekday}`, code: "hours-backwards", params }];
    const next = order[index + 1];
    if (next?.weekday !== weekday || next.from >= to) return [];
    return [{ field: `${field}.${weekday}`, code: "hours-overlap", params: { weekday: String(weekday), first: from, second: next.from } }];
  });
}

/**
 * What is wrong with a government's days. What was yesterday stays as it was: deadlines and scores have counted it. `known` are
 * the days in force, `today` is a local day, and `week` the usual one: work on a day off there needs its hours said.
 */
export function daysProblems(days: DaysSettings, known: DaysSettings, today: string, week: readonly WorkWindow[]): Problem[] {
  return [
    ...days.ramadan
      .filter(({ from, to }) => from > to)
      .map(({ from, to }) => ({ field: "ramadan", code: "days-backwards", params: { from, to } })),
    ...overlapping(days.ramadan).map(({ from }) => ({ field: "ramadan", code: "days-overlap", params: { day: from } })),
    ...twice(days.holidays).map((day) => ({ field: "holidays", code: "days-twice", params: { day } })),
    ...twice(days.workingDays).map((day) => ({ field: "workingDays", code: "days-twice", params: { day } })),
    ...days.workingDays.flatMap(({ day, hours }) => {
      if (hours) return hours.from < hours.to ? [] : [{ field: "workingDays", code: "day-hours-backwards", params: { day } }];
      return week.some(({ weekday }) => weekday === weekdayOf(day))
        ? []
        : [{ field: "workingDays", code: "day-hours-missing", params: { day } }];
    }),
    ...changedPast(days, known, today).map((day) => ({ field: "days", code: "days-past", params: { day } })),
  ];
}

const twice = (list: readonly { day: string }[]): string[] => [
  ...new Set(list.map(({ day }) => day).filter((day, index, all) => all.indexOf(day) !== index)),
];

const overlapping = (ranges: readonly { from: string; to: string }[]) =>
  [...ranges].sort((a, b) => (a.from < b.from ? -1 : 1)).filter((range, index, all) => index > 0 && range.from <= all[index - 1]!.to);

/** The past days that would count otherwise than they did. */
function changedPast(days: DaysSettings, known: DaysSettings, today: string): string[] {
  const past = (list: readonly { day: string; hours?: unknown }[]) =>
    list.filter(({ day }) => day < today).map(({ day, hours }) => `${day} ${JSON.stringify(hours ?? null)}`);
  const ended = (list: readonly { from: string; to: string }[]) =>
    list.filter(({ from }) => from < today).map(({ from, to }) => `${from} ${to < today ? to : ""}`);
  return [
    ...different(past(days.holidays), past(known.holidays)),
    ...different(past(days.workingDays), past(known.workingDays)),
    ...different(ended(days.ramadan), ended(known.ramadan)),
  ].map((entry) => entry.slice(0, 10));
}

const different = (some: readonly string[], others: readonly string[]): string[] => [
  ...new Set([...some.filter((entry) => !others.includes(entry)), ...others.filter((entry) => !some.includes(entry))]),
];
