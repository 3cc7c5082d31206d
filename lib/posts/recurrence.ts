/** Posts that come again: on which local days, and at which instants. Pure. */

import { z } from "zod";
import { addDays, daysBetween, type Zone, zones } from "../units/calendar.ts";
import { instantOfField } from "../units/local-time.ts";
import { mondayOf } from "./calendar-rules.ts";

/** No series has more posts than this. */
export const mostInstances = 366;
/** A series that has not ended by then (29 February, ten times) ends there. */
const longestDays = 50 * 366;

const day = z.string().refine(isDay, "day-form");

const rhythm = {
  /** Every how many days, weeks or months, counted from the day, week or month of `from`. */
  interval: z.int().min(1).max(99),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "time-form"),
  zone: z.enum(zones),
  from: day,
  end: z.discriminatedUnion("by", [
    z.object({ by: z.literal("until"), day }),
    z.object({ by: z.literal("count"), count: z.int().min(1).max(mostInstances) }),
  ]),
  /** Where a day is a holiday: post all the same, leave it out, or take the nearest day before or after that is none. */
  onHoliday: z.enum(["keep", "skip", "before", "after"]),
};

export const recurrenceSchema = z
  .discriminatedUnion("every", [
    z.object({ ...rhythm, every: z.literal("day") }),
    z.object({ ...rhythm, every: z.literal("week"), weekdays: z.array(z.int().min(1).max(7)).min(1).max(7) }),
    /** A month without that day has no post: `last` is for the end of each month. */
    z.object({ ...rhythm, every: z.literal("month"), monthDay: z.union([z.int().min(1).max(31), z.literal("last")]) }),
    /** The nth such weekday of the month: each month has the first four of each. */
    z.object({
      ...rhythm,
      every: z.literal("month-weekday"),
      weekday: z.int().min(1).max(7),
      nth: z.union([z.int().min(1).max(4), z.literal("last")]),
    }),
  ])
  .refine(({ from, end }) => end.by === "count" || end.day >= from, { path: ["end"], message: "end-before-start" });
export type Recurrence = z.infer<typeof recurrenceSchema>;

export type Instance = { day: string; at: Date };

/**
 * The posts of a series, in time, none twice on one day and none outside its own bounds. A count counts posts that come out, not
 * those that a holiday took. `capped`: it would go on, but no series has more than 366 posts or 50 years.
 */
export function instancesOf(rule: Recurrence, holidays: ReadonlySet<string>): { instances: Instance[]; capped: boolean } {
  const until = rule.end.by === "until" ? rule.end.day : null;
  const wanted = rule.end.by === "count" ? rule.end.count : mostInstances;
  const isWithin = (candidate: string) => candidate >= rule.from && (until === null || candidate <= until);
  const days = new Set<string>();
  for (let period = 0; ; period += 1) {
    const { begins, days: candidates } = periodOf(rule, period * rule.interval);
    if (until !== null && begins > until) break;
    if (daysBetween(rule.from, begins) > longestDays) return { instances: inTime(rule, days), capped: true };
    for (const candidate of candidates) {
      const found = isWithin(candidate) ? moved(candidate, rule.onHoliday, holidays) : null;
      if (found === null || !isWithin(found) || days.has(found)) continue;
      if (days.size === wanted) return { instances: inTime(rule, days), capped: rule.end.by === "until" };
      days.add(found);
    }
    if (rule.end.by === "count" && days.size === wanted) break;
  }
  return { instances: inTime(rule, days), capped: false };
}

/** The posts of a series on the local days `first` to `last`, both included. */
export const instancesBetween = (rule: Recurrence, holidays: ReadonlySet<string>, first: string, last: string): Instance[] =>
  instancesOf(rule, holidays).instances.filter((instance) => instance.day >= first && instance.day <= last);

/** The day, week or month `n` after that of `from`: its first day, and the days on which the rule falls. */
function periodOf(rule: Recurrence, n: number): { begins: string; days: string[] } {
  if (rule.every === "day") {
    const only = addDays(rule.from, n);
    return { begins: only, days: [only] };
  }
  if (rule.every === "week") {
    const monday = addDays(mondayOf(rule.from), 7 * n);
    return { begins: monday, days: [...new Set(rule.weekdays)].sort((a, b) => a - b).map((weekday) => addDays(monday, weekday - 1)) };
  }
  const [year = 0, month = 0] = rule.from.split("-").map(Number);
  const begins = new Date(Date.UTC(year, month - 1 + n, 1)).toISOString().slice(0, 10);
  const last = new Date(Date.UTC(year, month + n, 0)).toISOString().slice(0, 10);
  if (rule.every === "month-weekday") return { begins, days: [nthWeekday(begins, last, rule)] };
  const wanted = rule.monthDay === "last" ? last : `${begins.slice(0, 8)}${String(rule.monthDay).padStart(2, "0")}`;
  return { begins, days: wanted <= last ? [wanted] : [] };
}

function nthWeekday(begins: string, last: string, { weekday, nth }: { weekday: number; nth: number | "last" }): string {
  if (nth === "last") {
    const ofLastWeek = addDays(mondayOf(last), weekday - 1);
    return ofLastWeek <= last ? ofLastWeek : addDays(ofLastWeek, -7);
  }
  const ofFirstWeek = addDays(mondayOf(begins), weekday - 1);
  return addDays(ofFirstWeek, 7 * (ofFirstWeek >= begins ? nth - 1 : nth));
}

/** A run of holidays longer than this leaves the post out. */
const longestMove = 31;

function moved(day: string, how: Recurrence["onHoliday"], holidays: ReadonlySet<string>): string | null {
  if (how === "keep" || !holidays.has(day)) return day;
  if (how === "skip") return null;
  for (let n = 1; n <= longestMove; n += 1) {
    const found = addDays(day, how === "before" ? -n : n);
    if (!holidays.has(found)) return found;
  }
  return null;
}

const inTime = ({ time, zone }: { time: string; zone: Zone }, days: ReadonlySet<string>): Instance[] =>
  [...days].sort().map((day) => ({ day, at: new Date(instantOfField(`${day}T${time}`, zone)!) }));

function isDay(text: string): boolean {
  return instantOfField(`${text}T00:00`, "Asia/Jakarta") !== null;
}
