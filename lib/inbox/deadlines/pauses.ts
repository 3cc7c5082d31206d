/**
 * A deadline whose time stands still while the citizen or another agency has the next word, and the moments at which somebody
 * is told of it. Pure.
 */
import { addWorkingMinutes, type WorkingCalendar } from "../../units/calendar.ts";
import { type Clock, minutesBetween, type TimeLeft, timeLeft } from "./deadlines.ts";

/** As it was fixed when it began: `dueAt` knows of no pauses. */
export type Deadline = { openedAt: Date; dueAt: Date; clock: Clock };
/** `to` null: it goes on. */
export type Pause = { from: Date; to: Date | null };

export type DeadlineStanding = {
  /** Moved by the pauses so far; while one goes on, by that one up to now. */
  dueAt: Date;
  paused: boolean;
  /** Share of the time used: 0 at the beginning, 1 when due, more when overdue. */
  share: number;
  left: TimeLeft;
};

/**
 * How a deadline stands at `now`. Pauses may overlap and come in any order; each instant is taken out once. What of a pause lies
 * before the beginning, after `now` or after the deadline had passed changes nothing: who is late stays late.
 */
export function standingOf(deadline: Deadline, pauses: readonly Pause[], now: Date, cal: WorkingCalendar): DeadlineStanding {
  const { openedAt, clock } = deadline;
  const dueAt = shifted(deadline.dueAt, stretchesOf(pauses, openedAt, now), clock, cal);
  const total = minutesBetween(openedAt, deadline.dueAt, cal, clock);
  const left = minutesBetween(now, dueAt, cal, clock);
  return {
    dueAt,
    paused: now < dueAt && isPaused(pauses, now),
    share: total > 0 ? Math.max(0, 1 - left / total) : now < dueAt ? 0 : 1,
    left: timeLeft(dueAt, now, cal, clock),
  };
}

/** soon and pressing: 75 % and 90 % of the time are used; due: over; escalated: half of the given time later still open. */
export const momentNames = ["soon", "pressing", "due", "escalated"] as const;
export type MomentName = (typeof momentNames)[number];
export type Moment = { name: MomentName; at: Date };

/**
 * The moments at which a deadline is spoken of, in their order. At `due` the head of the unit hears of it, at `escalated` Kabid
 * IKP: half of the given time after, while a late answer still counts (it does until twice the time) and as much time is left to
 * bring one about. A pause does not put off the escalation of what is overdue. What a pause that goes on at `now` holds back is left out.
 */
export function momentsOf(deadline: Deadline, pauses: readonly Pause[], now: Date, cal: WorkingCalendar): Moment[] {
  const { openedAt, dueAt, clock } = deadline;
  const stretches = stretchesOf(pauses, openedAt, now);
  const total = Math.max(0, minutesBetween(openedAt, dueAt, cal, clock));
  const due = shifted(dueAt, stretches, clock, cal);
  const warnedAt = (share: number) => earlier(due, shifted(forward(openedAt, share * total, cal, clock), stretches, clock, cal));
  const all: Moment[] = [
    { name: "soon", at: warnedAt(0.75) },
    { name: "pressing", at: warnedAt(0.9) },
    { name: "due", at: due },
    { name: "escalated", at: later(due, forward(due, total / 2, cal, clock)) },
  ];
  if (!isPaused(pauses, now) || due <= now) return all;
  return all.filter(({ at }) => at < now);
}

/** The first moment after the one that was told last ("given": none was), past or to come; null when none follows or the time stands still. */
export function nextMoment(
  deadline: Deadline,
  pauses: readonly Pause[],
  told: MomentName | "given",
  now: Date,
  cal: WorkingCalendar,
): Moment | null {
  const order: readonly string[] = momentNames;
  return momentsOf(deadline, pauses, now, cal).find(({ name }) => order.indexOf(name) > order.indexOf(told)) ?? null;
}

type Stretch = { from: Date; to: Date };

/** Pauses as they count so far: cut to the time from the beginning until now, in order, those that touch joined. */
function stretchesOf(pauses: readonly Pause[], openedAt: Date, now: Date): Stretch[] {
  const cut = pauses
    .map(({ from, to }) => ({ from: later(from, openedAt), to: earlier(to ?? now, now) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from.getTime() - b.from.getTime());
  const joined: Stretch[] = [];
  for (const { from, to } of cut) {
    const last = joined.at(-1);
    if (last && from <= last.to) last.to = later(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** An instant moved by the pauses that began before it: what was left when one began is left when it ends. */
function shifted(instant: Date, stretches: readonly Stretch[], clock: Clock, cal: WorkingCalendar): Date {
  return stretches.reduce(
    (at, { from, to }) => (from < at ? later(at, forward(to, minutesBetween(from, at, cal, clock), cal, clock)) : at),
    instant,
  );
}

const isPaused = (pauses: readonly Pause[], now: Date) => pauses.some(({ from, to }) => from <= now && (to === null || now < to));
const forward = (start: Date, minutes: number, cal: WorkingCalendar, clock: Clock) =>
  clock === "wall" ? new Date(start.getTime() + minutes * 60_000) : addWorkingMinutes(start, minutes, cal);
const later = (a: Date, b: Date) => (a > b ? a : b);
const earlier = (a: Date, b: Date) => (a < b ? a : b);
