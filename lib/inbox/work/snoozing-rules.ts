/** Until when a case may be put off. Pure. */

import { addDays, addWorkingDays, localDay, startOfDay, type WorkingCalendar, type Zone } from "../../units/calendar.ts";
import { instantOfField } from "../../units/local-time.ts";

const HOUR = 3_600_000;
/** Three hours later; nothing on a day of which less than that is left. */
const laterToday = 3 * HOUR;
const opening = 8 * HOUR;

export const snoozeChoices = ["today", "tomorrow", "workday"] as const;
export type SnoozeChoice = (typeof snoozeChoices)[number];
/** A choice, or a date and time on the unit's clock as its field has it ("2026-11-30T10:00"). */
export type SnoozeUntil = { choice: SnoozeChoice } | { field: string };

/** The instant that is meant, on the clock and by the working days of a unit; null when there is none, or it is past or over a year away. */
export function snoozeInstant(until: SnoozeUntil, now: Date, calendar: WorkingCalendar): Date | null {
  const { zone } = calendar;
  const today = localDay(now, zone);
  const morningOf = (day: string) => new Date(startOfDay(day, zone).getTime() + opening);
  if ("field" in until) return future(instantOfField(until.field, zone as Zone), now);
  if (until.choice === "tomorrow") return morningOf(addDays(today, 1));
  if (until.choice === "workday") return morningOf(addWorkingDays(today, 1, calendar));
  return laterOn(now, zone as Zone);
}

function laterOn(now: Date, zone: Zone): Date | null {
  const later = new Date(now.getTime() + laterToday);
  return localDay(later, zone) === localDay(now, zone) ? later : null;
}

/** The choices that there are now: late in the evening nothing of today is left. */
export const choicesAt = (now: Date, zone: Zone): SnoozeChoice[] =>
  snoozeChoices.filter((choice) => choice !== "today" || laterOn(now, zone) !== null);

function future(instant: string | null, now: Date): Date | null {
  const at = instant ? new Date(instant) : null;
  return at && at > now && at.getTime() - now.getTime() < 366 * 24 * HOUR ? at : null;
}
