/** How platforms and people write when a post went out. Pure. */

import type { Zone } from "../../units/calendar.ts";
import { instantOfField } from "../../units/local-time.ts";
import type { DayOrder } from "./rules.ts";

/** `dayOnly`: no time stood there and noon is taken. `yearGuessed`: no year stood there and the last such day is taken. */
export type Moment = { at: Date; day: string; dayOnly: boolean; yearGuessed: boolean };
type Reading = { order: DayOrder; zone: Zone; now: Date };
type Day = { y: number | null; m: number; d: number };

const months = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"];
const monthAliases: Record<string, string> = {
  may: "mei",
  aug: "agu",
  ags: "agu",
  agt: "agu",
  oct: "okt",
  dec: "des",
  nop: "nov",
  peb: "feb",
};
const offsets: Record<string, string> = {
  z: "+00:00",
  utc: "+00:00",
  gmt: "+00:00",
  wib: "+07:00",
  wita: "+08:00",
  wit: "+09:00",
  pst: "-08:00",
  pdt: "-07:00",
};
const dayMs = 86_400_000;

/** The instant that a cell names, on the clock of `zone` where it names none of its own; null where it names no moment. */
export function readMoment(cell: string, reading: Reading): Moment | null {
  const text = cell.replace(/[\s\u00a0\u202f]+/g, " ").trim();
  const serial = /^(?:4\d|5\d)\d{3}(?:\.\d+)?$/.exec(text);
  if (serial) return fromSerial(Number(text), reading);
  const found = leadingDay(text, reading.order);
  if (!found) return null;
  const clock = readClock(found.rest);
  if (!clock) return null;
  const year = found.day.y ?? lastSuch(found.day, reading);
  const day = `${String(year).padStart(4, "0")}-${two(found.day.m)}-${two(found.day.d)}`;
  const at = instantOf(day, clock, reading.zone);
  return at && { at, day, dayOnly: clock.time === null, yearGuessed: found.day.y === null };
}

/** A spreadsheet counts the days since the end of 1899. */
function fromSerial(serial: number, { zone }: Reading): Moment | null {
  const iso = new Date(Math.round((serial - 25_569) * 24 * 60) * 60_000).toISOString();
  const dayOnly = Number.isInteger(serial);
  const at = instantOf(iso.slice(0, 10), { time: dayOnly ? null : iso.slice(11, 16), offset: null }, zone);
  return at && { at, day: iso.slice(0, 10), dayOnly, yearGuessed: false };
}

function leadingDay(text: string, order: DayOrder): { day: Day; rest: string } | null {
  const iso = /^(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?!\d)(?<rest>.*)$/.exec(text)?.groups;
  if (iso) return { day: { y: Number(iso.y), m: Number(iso.m), d: Number(iso.d) }, rest: iso.rest! };
  const figures = /^(?<a>\d{1,2})(?<sign>[-/.])(?<b>\d{1,2})\k<sign>(?<y>\d{4}|\d{2})(?!\d)(?<rest>.*)$/.exec(text)?.groups;
  if (figures) {
    const [a, b] = [Number(figures.a), Number(figures.b)];
    const dayFirst = a > 12 || (b <= 12 && order === "dmy");
    const y = figures.y!.length === 2 ? 2000 + Number(figures.y) : Number(figures.y);
    return { day: { y, d: dayFirst ? a : b, m: dayFirst ? b : a }, rest: figures.rest! };
  }
  const bare = text.replace(/^\p{L}+\.?, *|^(?:sen|sel|rab|kam|jum|sab|min|mon|tue|wed|thu|fri|sat|sun)\p{L}*\.? +(?=\d|\p{L})/iu, "");
  const dayFirst = /^(?<d>\d{1,2})[ -](?<name>\p{L}{3,})\.?(?:,?[ -](?<y>\d{4}))?(?!\d)(?<rest>.*)$/u.exec(bare)?.groups;
  const words = dayFirst ?? /^(?<name>\p{L}{3,})\.? (?<d>\d{1,2})(?:st|nd|rd|th)?(?:,? (?<y>\d{4}))?(?!\d)(?<rest>.*)$/u.exec(bare)?.groups;
  const m = words ? monthNamed(words.name!) : 0;
  return words && m ? { day: { y: words.y ? Number(words.y) : null, m, d: Number(words.d) }, rest: words.rest! } : null;
}

function monthNamed(name: string): number {
  const short = name.slice(0, 3).toLowerCase();
  return months.indexOf(monthAliases[short] ?? short) + 1;
}

type Clock = { time: string | null; offset: string | null };

/** "08.30", "8:30:15 AM", "pukul 08.30 WIB", "T08:30+07:00"; nothing at all is a day without a time. */
function readClock(rest: string): Clock | null {
  const text = rest.replace(/^[T, ]+/i, "").trim();
  if (text === "") return { time: null, offset: null };
  const form =
    /^(?:(?:pukul|jam|pkl\.?|at) +)?(?<h>\d{1,2})[:.](?<min>\d{2})(?:[:.](?<s>\d{2})(?:[.,]\d+)?)? ?(?<half>[ap]\.?m\.?)? ?(?<zone>z|utc|gmt|wib|wita|wit|pst|pdt|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    )?.groups;
  if (!form) return null;
  const half = form.half?.[0]?.toLowerCase();
  const shown = Number(form.h);
  if (shown > 23 || Number(form.min) > 59 || (half && (shown < 1 || shown > 12))) return null;
  const hour = half ? (shown % 12) + (half === "p" ? 12 : 0) : shown;
  const zone = form.zone?.toLowerCase();
  const offset = zone ? (offsets[zone] ?? zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2")) : null;
  return { time: `${two(hour)}:${form.min}`, offset };
}

function instantOf(day: string, { time, offset }: Clock, zone: Zone): Date | null {
  if (instantOfField(`${day}T12:00`, zone) === null) return null;
  if (offset) return new Date(`${day}T${time}:00${offset}`);
  const instant = instantOfField(`${day}T${time ?? "12:00"}`, zone);
  return instant === null ? null : new Date(instant);
}

/** The year in which a day without one was last, seen from now. */
function lastSuch({ m, d }: Day, { now, zone }: Reading): number {
  const year = now.getUTCFullYear();
  const instant = instantOfField(`${year}-${two(m)}-${two(d)}T00:00`, zone);
  return instant !== null && new Date(instant).getTime() <= now.getTime() + dayMs / 2 ? year : year - 1;
}

/** What the days of a column tell of their order: each of them fits only one, or none decides. */
export function dayOrderOf(cells: Iterable<string>): { order: DayOrder | null; mixed: boolean } {
  let dmy = false;
  let mdy = false;
  for (const cell of cells) {
    const form = /^\D*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}/.exec(cell);
    if (!form) continue;
    if (Number(form[1]) > 12) dmy = true;
    else if (Number(form[2]) > 12) mdy = true;
  }
  if (dmy && mdy) return { order: null, mixed: true };
  return { order: dmy ? "dmy" : mdy ? "mdy" : null, mixed: false };
}

const two = (digits: number) => String(digits).padStart(2, "0");
