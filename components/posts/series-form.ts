import type { Recurrence } from "#lib/posts/recurrence.ts";
import type { Zone } from "#lib/units/calendar.ts";

export const patterns = ["work", "day", "week", "month", "month-weekday"] as const;

/** What the form holds, also of the patterns that are not chosen. */
export type SeriesForm = {
  pattern: (typeof patterns)[number];
  weekdays: number[];
  monthDay: number | "last";
  nth: number | "last";
  weekday: number;
  time: string;
  from: string;
  until: string;
  onHoliday: Recurrence["onHoliday"];
};

/** The rule that the form's words mean. */
export function ruleOf(form: SeriesForm, zone: Zone): Recurrence {
  const { pattern, weekdays, monthDay, nth, weekday, time, from, onHoliday } = form;
  const rhythm = { interval: 1, time, zone, from, end: { by: "until" as const, day: form.until }, onHoliday };
  switch (pattern) {
    case "work":
      return { ...rhythm, every: "week", weekdays: [1, 2, 3, 4, 5] };
    case "day":
      return { ...rhythm, every: "day" };
    case "week":
      return { ...rhythm, every: "week", weekdays };
    case "month":
      return { ...rhythm, every: "month", monthDay };
    case "month-weekday":
      return { ...rhythm, every: "month-weekday", nth, weekday };
  }
}
