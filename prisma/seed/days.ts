import { addDays, addWorkingMinutes, localDay, startOfDay, type WorkingCalendar, workingMinutesBetween } from "#lib/units/calendar.ts";
import { calendarOf } from "#lib/units/working.ts";

/** All demo units lie in WIB. */
export const zone = "Asia/Jakarta";
export const calendar: WorkingCalendar = calendarOf({ zone });
export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** Whole seconds: platforms tell no finer time. */
export const wholeSeconds = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000);

/** A local day and a minute of it. */
export const moment = (day: string, minute: number) => new Date(startOfDay(day, zone).getTime() + Math.floor(minute * 60) * 1000);

/** The week of an instant, counted back from `lastDay`: its last seven days are week 0, what comes after is week -1. */
export const weekOf = (at: Date, lastDay: string) =>
  Math.floor((startOfDay(addDays(lastDay, 1), zone).getTime() - at.getTime() - 1) / (7 * DAY));

/** The latest instant since which `minutes` of working time have passed. */
export function workingMinutesAgo(now: Date, minutes: number): Date {
  let late = now.getTime();
  let early = late - 40 * DAY;
  while (late - early > 1000) {
    const middle = (late + early) / 2;
    if (workingMinutesBetween(new Date(middle), now, calendar) >= minutes) early = middle;
    else late = middle;
  }
  return wholeSeconds(new Date(early));
}

/** A time of day on the first working day that is at least `days` after `now`. */
export function onWorkingDay(now: Date, days: number, hour: number): Date {
  const first = startOfDay(addDays(localDay(now, zone), days), zone);
  const day = localDay(addWorkingMinutes(first, 1, calendar), zone);
  return moment(day, hour * 60);
}
