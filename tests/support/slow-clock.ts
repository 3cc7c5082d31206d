/**
 * Working time told the slow way, for tests alone: a clock that ticks from minute to minute and looks up on a notice board
 * whether the office is open. It shares nothing with lib: local time comes from the platform's zones, days are counted on fingers.
 */

/** "HH:MM-HH:MM", several a day; by the day's name. */
type Opening = { [weekday in "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun"]: readonly string[] };

export type NoticeBoard = {
  zone: string;
  /** The first hangs there for ever; each later one from a day on. */
  openings: readonly { since: string; usual: Opening; ramadan: Opening }[];
  ramadan: readonly (readonly [first: string, last: string])[];
  closed: readonly string[];
  /** Open all the same: at these hours, or (null) as usual on that weekday. */
  openAnyway: { readonly [day: string]: string | null };
};

type Clock = { year: number; month: number; day: number; minute: number };
const names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const twoDigits = (n: number) => (n < 10 ? `0${n}` : String(n));
const times = Array.from({ length: 1440 }, (_, minute) => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`);

const formats = new Map<string, Intl.DateTimeFormat>();
function readClock(instant: Date, timeZone: string): Clock {
  const options = {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", options);
  formats.set(timeZone, format);
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return { year: part.year!, month: part.month!, day: part.day!, minute: part.hour! * 60 + part.minute! };
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysOf = (year: number, month: number) => (month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

function tick(clock: Clock) {
  clock.minute += 1;
  if (clock.minute < 1440) return;
  clock.minute = 0;
  clock.day += 1;
  if (clock.day <= daysOf(clock.year, clock.month)) return;
  clock.day = 1;
  clock.month += 1;
  if (clock.month <= 12) return;
  clock.month = 1;
  clock.year += 1;
}

/** Sakamoto's table. */
function nameOf({ year, month, day }: Clock) {
  const y = month < 3 ? year - 1 : year;
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1]!;
  return names[(y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shift + day) % 7]!;
}

function hoursOf(clock: Clock, board: NoticeBoard): readonly string[] {
  const date = `${clock.year}-${twoDigits(clock.month)}-${twoDigits(clock.day)}`;
  const special = board.openAnyway[date];
  if (typeof special === "string") return [special];
  if (special === undefined && board.closed.includes(date)) return [];
  let hanging = board.openings[0]!;
  for (const opening of board.openings) if (opening.since <= date) hanging = opening;
  const fasting = board.ramadan.some(([first, last]) => date >= first && date <= last);
  return (fasting ? hanging.ramadan : hanging.usual)[nameOf(clock)];
}

/** From an instant on, one minute after the other: is the office open in it? */
function* minutesFrom(start: Date, board: NoticeBoard) {
  const clock = readClock(start, board.zone);
  let hours = hoursOf(clock, board);
  for (;;) {
    const time = times[clock.minute]!;
    yield hours.some((hour) => time >= hour.slice(0, 5) && time < hour.slice(6));
    tick(clock);
    if (clock.minute === 0) hours = hoursOf(clock, board);
  }
}

const isIn = (instant: number, stretches: readonly { from: Date; to: Date }[]) =>
  stretches.some(({ from, to }) => instant >= from.getTime() && instant < to.getTime());

/**
 * When so many minutes have been worked since `start`; what falls into `without` does not count. `board` null: every minute does.
 * All instants lie on whole minutes.
 */
export function slowlyAdd(
  start: Date,
  minutes: number,
  board: NoticeBoard | null,
  without: readonly { from: Date; to: Date }[] = [],
): Date {
  if (minutes === 0) return start;
  let at = start.getTime();
  let left = minutes;
  const open = board === null ? null : minutesFrom(start, board);
  for (;;) {
    const isOpen = open === null || open.next().value === true;
    if (isOpen && (without.length === 0 || !isIn(at, without))) left -= 1;
    at += 60_000;
    if (left === 0) return new Date(at);
  }
}

/** How many minutes are worked from `a` to `b`, which is not the earlier one. */
export function slowlyMeasure(a: Date, b: Date, board: NoticeBoard | null): number {
  if (board === null) return (b.getTime() - a.getTime()) / 60_000;
  const open = minutesFrom(a, board);
  let worked = 0;
  for (let at = a.getTime(); at < b.getTime(); at += 60_000) if (open.next().value === true) worked += 1;
  return worked;
}
