/** When a citizen's message must be answered and resolved, how much of that time is used, and what is left. */
import { addWorkingMinutes, dayMinutes, localDay, type WorkingCalendar, workingMinutesBetween } from "#lib/units/calendar.ts";
import { type Kind, kinds } from "../kinds.ts";

/** A crisis is any message that triage or a person marked urgent, whatever its kind. */
export type ResponseKind = Kind | "crisis";
export const responseKinds: readonly ResponseKind[] = [...kinds, "crisis"];

/** `working` counts the unit's working time, `wall` every hour of day and night. */
export type Clock = "working" | "wall";

/** The time that is given: working days or minutes of working time, or minutes by the clock on the wall. */
export type Given = { clock: "working"; days: number } | { clock: "working"; minutes: number } | { clock: "wall"; minutes: number };

/** Without minutes of working time: what can be told again from two instants. */
export type GivenBack = Exclude<Given, { clock: "working"; minutes: number }>;

/** Null: an answer is welcome, but none is due. */
export type ResponseTarget = Given | null;

/** The times given to each kind for its first response and for its resolution. */
export type Targets = { first: PerKind; resolution: PerKind };
type PerKind = Record<ResponseKind, ResponseTarget>;

/** The defaults until a government sets its own: acknowledging a complaint counts as its first response. */
export const firstResponseTargets: Record<ResponseKind, GivenBack | null> = {
  complaint: { clock: "working", days: 1 },
  question: { clock: "working", days: 1 },
  information_request: { clock: "working", days: 1 },
  criticism: { clock: "working", days: 5 },
  feedback: { clock: "working", days: 5 },
  aspiration: { clock: "working", days: 5 },
  hoax: { clock: "wall", minutes: 120 },
  crisis: { clock: "wall", minutes: 120 },
  praise: null,
  hate_speech: null,
  spam: null,
  other: null,
};

/**
 * When a matter should be settled, until a government sets its own. Complaints 14 working days and questions 5 as LAPOR! gives
 * them (PermenPANRB 5/2025), information requests 10 as UU 14/2008 does; the others are our proposal.
 */
const resolutionTargets: PerKind = {
  complaint: { clock: "working", days: 14 },
  question: { clock: "working", days: 5 },
  information_request: { clock: "working", days: 10 },
  criticism: { clock: "working", days: 14 },
  feedback: { clock: "working", days: 14 },
  aspiration: { clock: "working", days: 14 },
  hoax: { clock: "wall", minutes: 1440 },
  crisis: { clock: "wall", minutes: 1440 },
  praise: null,
  hate_speech: null,
  spam: null,
  other: null,
};

export const defaultTargets: Targets = { first: firstResponseTargets, resolution: resolutionTargets };

type Reference = { days: number; basis: "lapor" | "kip" };

/**
 * What rules give at most for the like of a kind, in working days: shown beside a target, not enforced, since they speak of
 * LAPOR! tickets and of registered information requests. A complaint that needs a look in the field has 60 days, a request 7 more.
 */
export const references: { [which in keyof Targets]: Partial<Record<ResponseKind, Reference>> } = {
  first: { complaint: { days: 3, basis: "lapor" }, question: { days: 3, basis: "lapor" } },
  resolution: {
    complaint: { days: 14, basis: "lapor" },
    question: { days: 5, basis: "lapor" },
    information_request: { days: 10, basis: "kip" },
  },
};

/** Whether a target gives more than the rule that it can be held against; null where there is none. */
export function exceedsReference(which: keyof Targets, kind: ResponseKind, target: ResponseTarget, workday: number): boolean | null {
  const reference = references[which][kind];
  if (!reference) return null;
  if (target === null) return true;
  if ("days" in target) return target.days > reference.days;
  return target.minutes > reference.days * (target.clock === "wall" ? 1440 : workday);
}

/** The instant at which the given time has passed. A day of working time is as long as one of the week in which it begins. */
export function instantAfter(start: Date, given: Given, cal: WorkingCalendar): Date {
  if (given.clock === "wall") return new Date(start.getTime() + given.minutes * 60_000);
  return addWorkingMinutes(start, "days" in given ? given.days * dayMinutes(cal, localDay(start, cal.zone)) : given.minutes, cal);
}

/** When a matter should be settled; null when it need not be. */
export function resolutionDue(
  kind: ResponseKind,
  receivedAt: Date,
  cal: WorkingCalendar,
  targets: PerKind = resolutionTargets,
): Date | null {
  const target = targets[kind];
  return target && instantAfter(receivedAt, target, cal);
}

/** An answer by `dueAt` is on time; after it, until twice the time has passed at `lateUntil`, it is late; then it counts as none. */
export type FirstResponse = { dueAt: Date; lateUntil: Date };

/** When the first response to a message is due; null when none is. */
export function firstResponse(
  kind: ResponseKind,
  receivedAt: Date,
  cal: WorkingCalendar,
  targets: PerKind = firstResponseTargets,
): FirstResponse | null {
  const target = targets[kind];
  return target && { dueAt: instantAfter(receivedAt, target, cal), lateUntil: instantAfter(receivedAt, twice(target), cal) };
}

const twice = (given: Given): Given => ("days" in given ? { ...given, days: 2 * given.days } : { ...given, minutes: 2 * given.minutes });

/** The same, only when it is due. */
export function firstResponseDue(
  kind: ResponseKind,
  receivedAt: Date,
  cal: WorkingCalendar,
  targets: PerKind = firstResponseTargets,
): Date | null {
  return firstResponse(kind, receivedAt, cal, targets)?.dueAt ?? null;
}

/** On which clock a kind's time runs. */
export function clockOf(kind: ResponseKind, targets: PerKind = firstResponseTargets): Clock {
  return targets[kind]?.clock ?? "working";
}

/**
 * The time that was given when a duty to answer began, read from its two instants: its message may have been of another
 * kind than the case, and the case's kind may have been corrected since.
 */
export function givenTime(openedAt: Date, dueAt: Date, cal: WorkingCalendar, targets: PerKind = firstResponseTargets): GivenBack {
  const minutes = (dueAt.getTime() - openedAt.getTime()) / 60_000;
  if (Object.values(targets).some((target) => target?.clock === "wall" && target.minutes === minutes)) return { clock: "wall", minutes };
  const workday = dayMinutes(cal, localDay(openedAt, cal.zone));
  return { clock: "working", days: Math.max(1, Math.round(workingMinutesBetween(openedAt, dueAt, cal) / workday)) };
}

/** Share of the time used: 0 at receipt, 1 when due, more when overdue (though not before working time goes on). */
export function usedShare(receivedAt: Date, dueAt: Date, now: Date, cal: WorkingCalendar, clock: Clock = "working"): number {
  const total = minutesBetween(receivedAt, dueAt, cal, clock);
  if (total <= 0) return now < dueAt ? 0 : 1;
  return Math.max(0, minutesBetween(receivedAt, now, cal, clock) / total);
}

export type DeadlineLevel = "calm" | "soon" | "pressing" | "over";

/** The level of a used share: warned of at 75 % and 90 %. */
export function deadlineLevel(share: number): DeadlineLevel {
  if (share >= 1) return "over";
  if (share >= 0.9) return "pressing";
  return share >= 0.75 ? "soon" : "calm";
}

/**
 * What is left, or what it is late by, for rendering: days from one day on, else hours and minutes, else minutes.
 * `minutes` is the whole amount; `value` counts whole units, `rest` the minutes beyond whole hours.
 */
export type TimeLeft = { over: boolean; minutes: number; unit: "day" | "hour" | "minute"; value: number; rest: number };

export function timeLeft(dueAt: Date, now: Date, cal: WorkingCalendar, clock: Clock = "working"): TimeLeft {
  const minutes = Math.floor(Math.abs(minutesBetween(now, dueAt, cal, clock)));
  return { over: now >= dueAt, minutes, ...inUnits(minutes, clock === "working" ? dayMinutes(cal, localDay(now, cal.zone)) : 1440) };
}

function inUnits(minutes: number, day: number): Pick<TimeLeft, "unit" | "value" | "rest"> {
  if (minutes >= day) return { unit: "day", value: Math.floor(minutes / day), rest: 0 };
  if (minutes >= 60) return { unit: "hour", value: Math.floor(minutes / 60), rest: minutes % 60 };
  return { unit: "minute", value: minutes, rest: 0 };
}

/** Minutes from `a` to `b` on one of the clocks, fractions kept. */
export function minutesBetween(a: Date, b: Date, cal: WorkingCalendar, clock: Clock): number {
  return clock === "working" ? workingMinutesBetween(a, b, cal) : (b.getTime() - a.getTime()) / 60_000;
}
