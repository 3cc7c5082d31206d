/**
 * Working time in the three Indonesian time zones. Instants are `Date`, local days are strings ("2026-11-22"),
 * and nothing here looks at the time zone of the host. Indonesia knows no summer time: each zone is a fixed offset.
 */

export const zones = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"] as const;
export type Zone = (typeof zones)[number];
export type ZoneLabel = "WIB" | "WITA" | "WIT";

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;
/** Local times "HH:MM"; `to` is at most "24:00". */
export type Stretch = { from: string; to: string };
/** One stretch of working time on a weekday. Those of one weekday must not overlap; two of them leave a break between. */
export type WorkWindow = Stretch & { weekday: Weekday };
/** The usual week of an office, and its week in Ramadan. */
export type Hours = { week: readonly WorkWindow[]; ramadan: readonly WorkWindow[] };
/** Local days, both of them included. */
export type DayRange = { from: string; to: string };

export type WorkingCalendar = {
  zone: Zone;
  /** Oldest first. A day follows the last hours that had begun by then; days before all of them follow the first. */
  hours: readonly (Hours & { from: string })[];
  ramadan: readonly DayRange[];
  /** Local days without work, joint leave included. */
  holidays: ReadonlySet<string>;
  /** Days of work by exception, also on a holiday or a weekend; null: the usual time of that weekday. */
  workingDays: ReadonlyMap<string, Stretch | null>;
};

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const zoneFacts: Record<Zone, { offsetMs: number; label: ZoneLabel }> = {
  "Asia/Jakarta": { offsetMs: 420 * minuteMs, label: "WIB" },
  "Asia/Pontianak": { offsetMs: 420 * minuteMs, label: "WIB" },
  "Asia/Makassar": { offsetMs: 480 * minuteMs, label: "WITA" },
  "Asia/Jayapura": { offsetMs: 540 * minuteMs, label: "WIT" },
};

const weekOf = (mondayToThursday: readonly Stretch[], friday: readonly Stretch[]): WorkWindow[] =>
  ([1, 2, 3, 4, 5] as const).flatMap((weekday) => (weekday === 5 ? friday : mondayToThursday).map((stretch) => ({ weekday, ...stretch })));

/**
 * The hours of a government that has entered none. Perpres 21/2023, article 4: 37.5 hours from 07.30 with a break of 60
 * minutes, on Friday 90; in Ramadan 32.5 hours from 08.00 with 30 minutes, on Friday 60. When the breaks begin it leaves open.
 */
export const standardHours: Hours = {
  week: weekOf(
    [
      { from: "07:30", to: "12:00" },
      { from: "13:00", to: "16:00" },
    ],
    [
      { from: "07:30", to: "11:30" },
      { from: "13:00", to: "16:30" },
    ],
  ),
  ramadan: weekOf(
    [
      { from: "08:00", to: "12:00" },
      { from: "12:30", to: "15:00" },
    ],
    [
      { from: "08:00", to: "11:30" },
      { from: "12:30", to: "15:30" },
    ],
  ),
};

/** The calendar of a unit that has not changed its hours. `holidays` are local days, joint leave included. */
export function standardCalendar(zone: Zone, holidays: ReadonlySet<string>, ramadan: readonly DayRange[] = []): WorkingCalendar {
  return { zone, hours: [{ from: "1970-01-01", ...standardHours }], ramadan, holidays, workingDays: new Map() };
}

/** A unit's zone as it is kept. Throws RangeError on one that Indonesia does not have. */
export function zoneOf(name: string): Zone {
  const zone = zones.find((known) => known === name);
  if (!zone) throw new RangeError(`unknown zone: ${name}`);
  return zone;
}

/** The abbreviation that is printed beside every time. */
export function zoneLabel(zone: Zone): ZoneLabel {
  return zoneFacts[zone].label;
}

/** The local day ("YYYY-MM-DD") on which an instant falls. */
export function localDay(instant: Date, zone: Zone): string {
  return dayName(dayNumberAt(instant.getTime(), zone));
}

/** The instant at which a local day begins. Throws RangeError on anything but a real "YYYY-MM-DD". */
export function startOfDay(day: string, zone: Zone): Date {
  return new Date(dayStartMs(dayNumber(day), zone));
}

/** The local day `n` days later (earlier when negative). */
export function addDays(day: string, n: number): string {
  return dayName(dayNumber(day) + n);
}

/** Whole days from `from` to `to`; negative when `to` is the earlier one. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** How many of the local days from `fromDay` to `toDayInclusive` have working time. */
export function workingDaysIn(fromDay: string, toDayInclusive: string, cal: WorkingCalendar): number {
  const last = dayNumber(toDayInclusive);
  let count = 0;
  for (let day = dayNumber(fromDay); day <= last; day++) if (spansOn(day, cal).length > 0) count++;
  return count;
}

/** The `n`th working day after `day`, which itself does not count: "in 10 working days" as the law counts. `n` of 0 gives `day` back. */
export function addWorkingDays(day: string, n: number, cal: WorkingCalendar): string {
  planOf(cal);
  let current = dayNumber(day);
  for (let left = n; left > 0; ) {
    current++;
    if (spansOn(current, cal).length > 0) left--;
  }
  return dayName(current);
}

/** Length of a working day in minutes at a local day: the time of the week in force there, spread evenly over its working days, rounded. */
export function dayMinutes(cal: WorkingCalendar, day: string): number {
  planOf(cal);
  const week = weekOn(day, cal.hours, cal.ramadan);
  return Math.round(weekMinutes(week) / new Set(week.map((window) => window.weekday)).size);
}

/** Working time of a week in minutes. */
export const weekMinutes = (week: readonly WorkWindow[]): number =>
  week.reduce((sum, window) => sum + minuteOfDay(window.to) - minuteOfDay(window.from), 0);

/**
 * The first instant by which `minutes` of working time have passed since `start`; 0 gives `start` itself.
 * A stretch that is used up exactly ends on its closing time, not on the next opening. Throws RangeError
 * on negative minutes and on a calendar without working time.
 */
export function addWorkingMinutes(start: Date, minutes: number, cal: WorkingCalendar): Date {
  if (!(minutes >= 0)) throw new RangeError(`working minutes must not be negative: ${minutes}`);
  planOf(cal);
  let left = Math.round(minutes * minuteMs);
  if (left === 0) return new Date(start.getTime());
  for (let day = dayNumberAt(start.getTime(), cal.zone); ; day++) {
    for (const span of spansOn(day, cal)) {
      const from = Math.max(span.from, start.getTime());
      const available = span.to - from;
      if (available <= 0) continue;
      if (left <= available) return new Date(from + left);
      left -= available;
    }
  }
}

/** Working time from `a` to `b` in minutes, fractions kept; negative when `b` is the earlier one. However long it is, it costs the same. */
export function workingMinutesBetween(a: Date, b: Date, cal: WorkingCalendar): number {
  if (b < a) return -workingMinutesBetween(b, a, cal);
  const first = dayNumberAt(a.getTime(), cal.zone);
  const last = dayNumberAt(b.getTime(), cal.zone);
  return (workedOnDays(first, last, cal) + workedOnDay(last, b, cal) - workedOnDay(first, a, cal)) / minuteMs;
}

/** Working time of a day up to an instant in it, in milliseconds. */
function workedOnDay(day: number, until: Date, cal: WorkingCalendar): number {
  return spansOn(day, cal).reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, until.getTime()) - from), 0);
}

const BLOCK = 128;
// Days are added up once in blocks: lists measure the same months for each of their rows.
const blocks = new WeakMap<WorkingCalendar, Map<number, number[]>>();

/** Working time of whole days from `first` to the one before `end`, in milliseconds. */
function workedOnDays(first: number, end: number, cal: WorkingCalendar): number {
  let total = 0;
  for (let block = Math.floor(first / BLOCK); block * BLOCK < end; block++) {
    const sums = sumsOf(block, cal);
    total += sums[Math.min(BLOCK, end - block * BLOCK)]! - sums[Math.max(0, first - block * BLOCK)]!;
  }
  return total;
}

/** The working time of a block before each of its days, and at the end of it all. */
function sumsOf(block: number, cal: WorkingCalendar): number[] {
  const known = blocks.get(cal) ?? new Map<number, number[]>();
  blocks.set(cal, known);
  const sums = known.get(block) ?? [0];
  known.set(block, sums);
  for (let day = sums.length - 1; day < BLOCK; day++)
    sums.push(sums[day]! + spansOn(block * BLOCK + day, cal).reduce((sum, { from, to }) => sum + to - from, 0));
  return sums;
}

type Span = { from: number; to: number };

function spansOn(number: number, cal: WorkingCalendar): Span[] {
  const day = dayName(number);
  const midnight = dayStartMs(number, cal.zone);
  return minutesOn(number, day, cal).map(({ from, to }) => ({ from: midnight + from * minuteMs, to: midnight + to * minuteMs }));
}

function minutesOn(number: number, day: string, cal: WorkingCalendar): readonly Span[] {
  const exception = cal.workingDays.get(day);
  if (exception) return [{ from: minuteOfDay(exception.from), to: minuteOfDay(exception.to) }];
  if (exception === undefined && cal.holidays.has(day)) return [];
  return weekOn(day, planOf(cal), cal.ramadan)[weekdayNumber(number)] ?? [];
}

function weekOn<W>(day: string, hours: readonly { from: string; week: W; ramadan: W }[], ramadan: readonly DayRange[]): W {
  const inForce = hours.findLast(({ from }) => from <= day) ?? hours[0]!;
  return ramadan.some(({ from, to }) => from <= day && day <= to) ? inForce.ramadan : inForce.week;
}

/** The weeks of a calendar by weekday, in minutes of the day and in their order. */
type Plan = readonly { from: string; week: Span[][]; ramadan: Span[][] }[];
// A calendar counts for a whole batch of messages: its words are read once.
const plans = new WeakMap<WorkingCalendar, Plan>();

/** Throws RangeError on a calendar that never works, of which no addition would come to an end. */
function planOf(cal: WorkingCalendar): Plan {
  const known = plans.get(cal);
  if (known) return known;
  if (cal.hours.length === 0) throw new RangeError("the calendar has no working time");
  const made = cal.hours.map(({ from, week, ramadan }) => ({ from, week: byWeekday(week), ramadan: byWeekday(ramadan) }));
  plans.set(cal, made);
  return made;
}

function byWeekday(week: readonly WorkWindow[]): Span[][] {
  if (week.length === 0) throw new RangeError("the calendar has no working time");
  const days: Span[][] = Array.from({ length: 8 }, () => []);
  for (const { weekday, from, to } of week) {
    const span = { from: minuteOfDay(from), to: minuteOfDay(to) };
    if (span.from >= span.to) throw new RangeError(`the window ${from}–${to} is empty`);
    days[weekday]!.push(span);
  }
  for (const day of days) day.sort((x, y) => x.from - y.from);
  return days;
}

/** The weekday of a local day. */
export const weekdayOf = (day: string): Weekday => weekdayNumber(dayNumber(day));

/** Day 0 is 1 January 1970, a Thursday. */
function weekdayNumber(day: number): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}

function dayNumberAt(ms: number, zone: Zone): number {
  return Math.floor((ms + zoneFacts[zone].offsetMs) / dayMs);
}

function dayStartMs(day: number, zone: Zone): number {
  return day * dayMs - zoneFacts[zone].offsetMs;
}

function dayName(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

function dayNumber(day: string): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms) || dayName(ms / dayMs) !== day) throw new RangeError(`not a local day: ${day}`);
  return ms / dayMs;
}

/** Minutes from midnight to a local time. Throws RangeError on anything but "00:00" to "24:00". */
export function minuteOfDay(time: string): number {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time);
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (!(minute <= 1440)) throw new RangeError(`not a local time: ${time}`);
  return minute;
}
