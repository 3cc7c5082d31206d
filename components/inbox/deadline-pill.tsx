import { useTranslations } from "next-intl";
import { givenTime, timeLeft, usedShare } from "#lib/inbox/deadlines.ts";
import { calendarOf } from "#lib/units/working.ts";
import { Deadline } from "../ui/deadline.tsx";

/** A duty to answer as a case carries it; `zone` is the unit's. */
export type Duty = { dueAt: Date | null; dueSince: Date | null; zone: string };

export type DeadlineWords = { key: "left" | "late"; unit: "day" | "hour" | "minute"; value: number; rest: number };
export type DutyState = { share: number; over: boolean; given: ReturnType<typeof givenTime>; words: DeadlineWords };

/** How a duty stands at `now`, in the unit's working time where its clock is that; null when nobody waits. */
export function dutyState({ dueAt, dueSince, zone }: Duty, now: Date): DutyState | null {
  if (!dueAt) return null;
  const since = dueSince ?? dueAt;
  const calendar = calendarOf({ zone });
  const given = givenTime(since, dueAt, calendar);
  const { over, unit, value, rest } = timeLeft(dueAt, now, calendar, given.clock);
  return {
    share: usedShare(since, dueAt, now, calendar, given.clock),
    over,
    given,
    words: { key: over ? "late" : "left", unit, value, rest },
  };
}

/** The time left of a case as a pill: "sisa 1 j 18 m", "lewat 38 m". Nothing when no answer is due. */
export function CaseDeadline({ now, ...duty }: Duty & { now: Date }) {
  const t = useTranslations("inbox.deadline");
  const state = dutyState(duty, now);
  if (!state) return null;
  const { key, unit, value, rest } = state.words;
  return <Deadline share={state.share} over={state.over} label={t(`${key}.${unit}`, { value, rest })} />;
}
