/** The stretch of local days that a report tells of, and the one before it. Pure. */
import { addDays, daysBetween } from "../units/calendar.ts";

/** Local days, both included. */
export type Period = { from: string; to: string };

/** The local day of a date column. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

const LONGEST_DAYS = 366;

const pad = (value: number) => String(value).padStart(2, "0");
const parts = (day: string) => ({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) });
const firstOf = (year: number, month: number) => {
  const index = year * 12 + month - 1;
  return `${Math.floor(index / 12)}-${pad((index % 12) + 1)}-01`;
};

/** A month ("2026-10") from its first to its last day. */
export function monthPeriod(month: string): Period {
  const { year, month: number } = parts(`${month}-01`);
  return { from: firstOf(year, number), to: addDays(firstOf(year, number + 1), -1) };
}

/** The month before the one in which a day falls. */
export function monthBefore(day: string): Period {
  const { year, month } = parts(day);
  return monthPeriod(firstOf(year, month - 1).slice(0, 7));
}

/** How many whole months a period is; null when it begins or ends within one. */
export function wholeMonths({ from, to }: Period): number | null {
  if (!from.endsWith("-01") || !addDays(to, 1).endsWith("-01")) return null;
  const [begin, end] = [parts(from), parts(addDays(to, 1))];
  return (end.year - begin.year) * 12 + end.month - begin.month;
}

/** What a period is compared with: as many whole months, else as many days, right before it. */
export function periodBefore(period: Period): Period {
  const months = wholeMonths(period);
  const to = addDays(period.from, -1);
  if (months === null) return { from: addDays(period.from, -(daysBetween(period.from, period.to) + 1)), to };
  const { year, month } = parts(period.from);
  return { from: firstOf(year, month - months), to };
}

/** Why a period cannot be reported on by a day on the reporter's clock; null when it can. */
export function periodProblem({ from, to }: Period, today: string): "period-backwards" | "period-future" | "period-long" | null {
  if (from > to) return "period-backwards";
  if (from >= today) return "period-future";
  return daysBetween(from, to) >= LONGEST_DAYS ? "period-long" : null;
}

/** How a figure stands against the period before: unknown as soon as either is. */
export type Change = { way: "up" | "down" | "same"; by: number } | null;

/** The change to one decimal. */
export function changeBetween(now: number | null, before: number | null): Change {
  if (now === null || before === null) return null;
  const by = Math.round((now - before) * 10) / 10;
  return { way: by > 0 ? "up" : by < 0 ? "down" : "same", by: Math.abs(by) };
}
