/** What people may say of a score, and who may say it: objections, excused days, corrected posts. Pure. */
import type { Actor } from "../../core/access.ts";
import type { Problem } from "../../core/errors.ts";
import { addDays, addWorkingDays, localDay, type WorkingCalendar } from "../../units/calendar.ts";
import { componentKeys } from "../rules.ts";

/** What is disputed: a component, or a cap that holds the score down. */
export const disputable = [...componentKeys, "cap"] as const;
export type Disputable = (typeof disputable)[number];

export const decisions = ["accepted", "partly", "rejected"] as const;
export type Decision = (typeof decisions)[number];
export type ObjectionState = "open" | "withdrawn" | Decision;

export const objectionViews = ["open", "closed"] as const;
export type ObjectionView = (typeof objectionViews)[number];
export const statesOf: Record<ObjectionView, readonly ObjectionState[]> = { open: ["open"], closed: [...decisions, "withdrawn"] };

/** Working days within which an objection is to be decided. */
export const decisionDays = 5;
/** The last day on which an objection is decided in time, on the unit's calendar. */
export const dueDayOf = (filedAt: Date, calendar: WorkingCalendar): string =>
  addWorkingDays(localDay(filedAt, calendar.zone), decisionDays, calendar);
/** A score can be disputed for so many days: a month's last day throughout the month after it, when it is reported. */
export const disputableDays = 45;

export const excuseCauses = ["outage", "token", "pause", "disaster", "mourning", "other"] as const;
export type ExcuseCause = (typeof excuseCauses)[number];
/** How far into the future days may be excused, and how many at once. */
export const excusedAhead = 31;
export const longestSpan = 92;

/** Whoever holds a role on the unit itself has a hand in its score: he neither corrects it, nor excuses days, nor decides. */
export const hasOwnHand = (actor: Pick<Actor, "authorities">, unitId: string): boolean =>
  actor.authorities.some((authority) => authority.unitId === unitId);

export type Span = { channelId: string | null; fromDay: string; toDay: string };

/** What is wrong with days to be excused; `granted`: those of the same unit that stand. Null as account: all of them. */
export function spanProblems(span: Span, granted: readonly Span[], today: string): Problem[] {
  const { fromDay, toDay } = span;
  if (toDay < fromDay) return [{ field: "toDay", code: "span-backwards" }];
  if (toDay > addDays(today, excusedAhead)) return [{ field: "toDay", code: "span-ahead", params: { days: excusedAhead } }];
  if (addDays(fromDay, longestSpan) <= toDay) return [{ field: "toDay", code: "span-long", params: { days: longestSpan } }];
  const other = granted.find(
    (one) =>
      (one.channelId === null || span.channelId === null || one.channelId === span.channelId) &&
      one.fromDay <= toDay &&
      fromDay <= one.toDay,
  );
  return other ? [{ field: "fromDay", code: "span-double", params: { from: other.fromDay, to: other.toDay } }] : [];
}
