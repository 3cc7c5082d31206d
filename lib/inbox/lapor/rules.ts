/** SP4N-LAPOR!: how a ticket goes on there, and by when. Pure. */

import { addDays, addWorkingDays, startOfDay, type WorkingCalendar } from "../../units/calendar.ts";

/** What is reported there; by it the time to settle it is given. */
export const laporCategories = ["information", "simple", "desk", "field"] as const;
export type LaporCategory = (typeof laporCategories)[number];

/** As a person reads it at lapor.go.id and notes it here. */
export const laporStates = ["prepared", "entered", "in_progress", "answered", "closed", "rejected"] as const;
export type LaporState = (typeof laporStates)[number];

/** Working days of a ticket of LAPOR!, not of our inbox. Source: PermenPANRB 5/2025, Permendagri 8/2023. */
export const laporDays: Record<LaporCategory, number> = { information: 5, simple: 5, desk: 14, field: 60 };
/** Until the first response, and until it closes by itself after the answer; same source. */
export const laporFirstDays = 3;
export const laporClosingDays = 10;

const moves: Record<LaporState, readonly LaporState[]> = {
  prepared: ["entered"],
  entered: ["in_progress", "answered", "rejected"],
  in_progress: ["answered", "rejected"],
  answered: ["in_progress", "closed"],
  closed: [],
  rejected: [],
};

/** Where a ticket may go from here. */
export const laporNext = (state: LaporState): readonly LaporState[] => moves[state];

/** Local days ("2026-11-23") on which a ticket came into its states, as far as it did. */
export type LaporDays = Partial<Record<LaporState, string>>;
export type LaporDeadlines = { first: string | null; settled: string | null; closes: string | null };

/** The days by which LAPOR! wants the first response and the settlement, and on which it closes what was answered; null while nothing is due. */
export function laporDeadlines(category: LaporCategory, state: LaporState, days: LaporDays, calendar: WorkingCalendar): LaporDeadlines {
  const after = (day: string | undefined, count: number) => (day ? addWorkingDays(day, count, calendar) : null);
  return {
    first: state === "entered" ? after(days.entered, laporFirstDays) : null,
    settled: state === "entered" || state === "in_progress" ? after(days.entered, laporDays[category]) : null,
    closes: state === "answered" ? after(days.answered, laporClosingDays) : null,
  };
}

/** The last instant of a local day. */
export const endOfDay = (day: string, { zone }: Pick<WorkingCalendar, "zone">): Date =>
  new Date(startOfDay(addDays(day, 1), zone).getTime() - 1);

/** Checked loosely, as nobody has published the form: letters, digits and separators, with a digit among them. */
export const isLaporNumber = (number: string): boolean => /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9./-]{3,39}$/.test(number);
