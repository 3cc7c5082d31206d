import type { Tx } from "../../core/db.ts";
import { dayMinutes, localDay, type WorkingCalendar } from "../../units/calendar.ts";
import { calendarsOf } from "../../units/hours-settings.ts";
import { type Clock, type GivenBack, minutesBetween, type TimeLeft, timeLeft, usedShare } from "./deadlines.ts";

/** How what is owed stands: the share of its time that is used, what was given, and what is left. */
export type DutyState = { share: number; over: boolean; given: GivenBack; left: TimeLeft };
type Row = { unitId: string; dueAt: Date | null; dueSince: Date | null; dueClock: Clock };

/** The same rows with how each stands at `at`, in its unit's own working time; null where nothing is owed. One query for all. */
export async function withDutyStates<R extends Row>(tx: Tx, rows: readonly R[], at: Date): Promise<(R & { duty: DutyState | null })[]> {
  const calendars = await calendarsOf(tx, [...new Set(rows.flatMap(({ unitId, dueAt }) => (dueAt ? [unitId] : [])))]);
  return rows.map((row) => ({ ...row, duty: dutyState(row, calendars.get(row.unitId), at) }));
}

function dutyState({ dueAt, dueSince, dueClock: clock }: Row, calendar: WorkingCalendar | undefined, at: Date): DutyState | null {
  if (!dueAt || !calendar) return null;
  const since = dueSince ?? dueAt;
  const minutes = minutesBetween(since, dueAt, calendar, clock);
  const days = Math.max(1, Math.round(minutes / dayMinutes(calendar, localDay(since, calendar.zone))));
  const left = timeLeft(dueAt, at, calendar, clock);
  return {
    share: left.over ? 1 : usedShare(since, dueAt, at, calendar, clock),
    over: left.over,
    given: clock === "wall" ? { clock, minutes } : { clock, days },
    left,
  };
}
