/** The weeks that figures are told of. Pure; days are local to the unit. */
import { addDays, localDay, startOfDay, weekdayOf, type Zone } from "../../units/calendar.ts";

/** Instants, the first included, the last not; and what they are compared with. */
export type Period = { from: Date; to: Date; compareFrom: Date; compareTo: Date };

/** The Monday of the week in which an instant falls for those in `zone`. */
export function mondayAt(at: Date, zone: Zone): string {
  const day = localDay(at, zone);
  return addDays(day, 1 - weekdayOf(day));
}

/**
 * `weeks` whole weeks, the last of which begins on `monday`, beside as many before them. Weeks that still run are compared with
 * the same stretch of those before: half a week is no fall.
 */
export function periodOf(monday: string, weeks: number, zone: Zone, at: Date): Period {
  const instant = (days: number) => startOfDay(addDays(monday, days), zone);
  const from = instant(7 - 7 * weeks);
  const compareFrom = instant(7 - 14 * weeks);
  const to = new Date(Math.min(instant(7).getTime(), Math.max(at.getTime(), from.getTime())));
  return { from, to, compareFrom, compareTo: new Date(compareFrom.getTime() + to.getTime() - from.getTime()) };
}
