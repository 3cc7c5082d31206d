/**
 * Working time in the three Indonesian time zones. Instants are `Date`, local days are strings ("2026-11-22"),
 * and nothing here looks at the time zone of the host. Indonesia knows no summer time: each zone is a fixed offset.
 */

export const zones = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"] as const;
export type Zone = (typeof zones)[number];
export type ZoneLabel = "WIB" | "WITA" | "WIT";

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;
/** One stretch of working time on a weekday; `from` and `to` are local times "HH:MM", `to` at most "24:00". */
export type WorkWindow = { weekday: Weekday; from: string; to: string };
/** Windows of one weekday must not overlap; two of them leave a break between. */
export type WorkingCalendar = { zone: Zone; windows: readonly WorkWindow[]; holidays: ReadonlySet<string> };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const zoneFacts: Record<Zone, { offsetMs: number; label: ZoneLabel }> = {
  "Asia/Jakarta": { offsetMs: 420 * minuteMs, label: "WIB" },
  "Asia/Pontianak": { offsetMs: 420 * minuteMs, label: "WIB" },
  "Asia/Makassar": { offsetMs: 480 * minuteMs, label: "WITA" },
  "Asia/Jayapura": { offsetMs: 540 * minuteMs, label: "WIT" },
};

/** Monday to Friday, 07.30 to 16.00 local time: the default until a government enters its own hours. */
export const standardWindows: readonly WorkWindow[] = ([1, 2, 3, 4, 5] as const).map((weekday) => ({
  weekday,
  from: "07:30",
  to: "16:00",
}));

/** The calendar of a unit that has not changed its hours. `holidays` are local days, joint leave included. */
export function standardCalendar(zone: Zone, holidays: ReadonlySet<string>): WorkingCalendar {
  return { zone, windows: standardWindows, holidays };
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
  mustWork(cal);
  let current = dayNumber(day);
  for (let left = n; left > 0; ) {
    current++;
    if (spansOn(current, cal).length > 0) left--;
  }
  return dayName(current);
}

/** Length of a working day in minutes: the week's working time spread evenly over its working days, rounded. */
export function dayMinutes(cal: WorkingCalendar): number {
  mustWork(cal);
  const total = cal.windows.reduce((sum, window) => sum + minuteOfDay(window.to) - minuteOfDay(window.from), 0);
  return Math.round(total / new Set(cal.windows.map((window) => window.weekday)).size);
}

/**
 * The first instant by which `minutes` of working time have passed since `start`; 0 gives `start` itself.
 * A stretch that is used up exactly ends on its closing time, not on the next opening. Throws RangeError
 * on negative minutes and on a calendar without working time.
 */
export function addWorkingMinutes(start: Date, minutes: number, cal: WorkingCalendar): Date {
  if (!(minutes >= 0)) throw new RangeError(`working minutes must not be negative: ${minutes}`);
  mustWork(cal);
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

/** Working time from `a` to `b` in minutes, fractions kept; negative when `b` is the earlier one. */
export function workingMinutesBetween(a: Date, b: Date, cal: WorkingCalendar): number {
  if (b < a) return -workingMinutesBetween(b, a, cal);
  const end = b.getTime();
  const lastDay = dayNumberAt(end, cal.zone);
  let total = 0;
  for (let day = dayNumberAt(a.getTime(), cal.zone); day <= lastDay; day++) {
    for (const span of spansOn(day, cal)) total += Math.max(0, Math.min(span.to, end) - Math.max(span.from, a.getTime()));
  }
  return total / minuteMs;
}

type Span = { from: number; to: number };

function spansOn(day: number, cal: WorkingCalendar): Span[] {
  if (cal.holidays.has(dayName(day))) return [];
  const weekday = weekdayOf(day);
  const midnight = dayStartMs(day, cal.zone);
  return cal.windows
    .filter((window) => window.weekday === weekday)
    .map((window) => ({ from: midnight + minuteOfDay(window.from) * minuteMs, to: midnight + minuteOfDay(window.to) * minuteMs }))
    .sort((x, y) => x.from - y.from);
}

function mustWork(cal: WorkingCalendar): void {
  if (cal.windows.length === 0) throw new RangeError("the calendar has no working time");
  for (const window of cal.windows) {
    if (minuteOfDay(window.from) >= minuteOfDay(window.to)) throw new RangeError(`the window ${window.from}–${window.to} is empty`);
  }
}

/** Day 0 is 1 January 1970, a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
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

function minuteOfDay(time: string): number {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time);
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (!(minute <= 1440)) throw new RangeError(`not a local time: ${time}`);
  return minute;
}
