/** When a citizen's message must first be answered, how much of that time is used, and what is left. */
import { addWorkingMinutes, dayMinutes, type WorkingCalendar, workingMinutesBetween } from "#lib/units/calendar.ts";
import type { Kind } from "./kinds.ts";

/** A crisis is any message that triage or a person marked urgent, whatever its kind. */
export type ResponseKind = Kind | "crisis";

/** `working` counts the unit's working time, `wall` every hour of day and night. */
export type Clock = "working" | "wall";

/** Null: an answer is welcome, but none is due. */
export type ResponseTarget = { clock: "working"; days: number } | { clock: "wall"; minutes: number } | null;

/** The defaults until a government sets its own: acknowledging a complaint counts as its first response. */
export const firstResponseTargets: Record<ResponseKind, ResponseTarget> = {
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

/** An answer by `dueAt` is on time; after it, until twice the time has passed at `lateUntil`, it is late; then it counts as none. */
export type FirstResponse = { dueAt: Date; lateUntil: Date };

/** When the first response to a message is due; null when none is. A day of working time is the calendar's `dayMinutes`. */
export function firstResponse(
  kind: ResponseKind,
  receivedAt: Date,
  cal: WorkingCalendar,
  targets = firstResponseTargets,
): FirstResponse | null {
  const target = targets[kind];
  if (target === null) return null;
  const after = (times: number) =>
    target.clock === "wall"
      ? new Date(receivedAt.getTime() + times * target.minutes * 60_000)
      : addWorkingMinutes(receivedAt, times * target.days * dayMinutes(cal), cal);
  return { dueAt: after(1), lateUntil: after(2) };
}

/** The same, only when it is due. */
export function firstResponseDue(kind: ResponseKind, receivedAt: Date, cal: WorkingCalendar, targets = firstResponseTargets): Date | null {
  return firstResponse(kind, receivedAt, cal, targets)?.dueAt ?? null;
}

/** On which clock a kind's time runs. */
export function clockOf(kind: ResponseKind, targets = firstResponseTargets): Clock {
  return targets[kind]?.clock ?? "working";
}

/**
 * The time that was given when a duty to answer began, read from its two instants: its message may have been of another
 * kind than the case, and the case's kind may have been corrected since.
 */
export function givenTime(openedAt: Date, dueAt: Date, cal: WorkingCalendar, targets = firstResponseTargets): NonNullable<ResponseTarget> {
  const minutes = (dueAt.getTime() - openedAt.getTime()) / 60_000;
  if (Object.values(targets).some((target) => target?.clock === "wall" && target.minutes === minutes)) return { clock: "wall", minutes };
  return { clock: "working", days: Math.max(1, Math.round(workingMinutesBetween(openedAt, dueAt, cal) / dayMinutes(cal))) };
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
  const over = now >= dueAt;
  const minutes = Math.floor(Math.abs(minutesBetween(now, dueAt, cal, clock)));
  const day = clock === "working" ? dayMinutes(cal) : 1440;
  if (minutes >= day) return { over, minutes, unit: "day", value: Math.floor(minutes / day), rest: 0 };
  if (minutes >= 60) return { over, minutes, unit: "hour", value: Math.floor(minutes / 60), rest: minutes % 60 };
  return { over, minutes, unit: "minute", value: minutes, rest: 0 };
}

function minutesBetween(a: Date, b: Date, cal: WorkingCalendar, clock: Clock): number {
  return clock === "working" ? workingMinutesBetween(a, b, cal) : (b.getTime() - a.getTime()) / 60_000;
}
