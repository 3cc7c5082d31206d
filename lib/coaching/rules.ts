/** What coaching (pembinaan) speaks of: levels that call for it, states, outcomes, and its calendar. Pure. */

import { type Level, levels } from "../scores/rules.ts";
import { addDays } from "../units/calendar.ts";

/** An account at one of these levels opens a case. */
export const lowLevels = ["passive", "dormant", "dead"] as const satisfies readonly Level[];
export type LowLevel = (typeof lowLevels)[number];
export const isLow = (level: Level | null): level is LowLevel => (lowLevels as readonly (Level | null)[]).includes(level);
/** Whether level `a` stands above level `b`. */
export const isAbove = (a: Level, b: Level): boolean => levels.indexOf(a) > levels.indexOf(b);

export const caseStates = ["proposed", "open", "closed"] as const;
export type CaseState = (typeof caseStates)[number];
export const outcomes = ["moved_up", "merged", "closed", "no_change", "withdrawn"] as const;
export type Outcome = (typeof outcomes)[number];

export const targetLevels = ["passive", "less_active", "active", "very_active"] as const satisfies readonly Level[];
export type TargetLevel = (typeof targetLevels)[number];
/** The level that a case aims at unless its mentor chooses another: out of the lowest three, else one step up. */
export const usualTarget = (level: Level | null): TargetLevel =>
  level === null || isLow(level) ? "less_active" : level === "less_active" ? "active" : "very_active";

export const meetingModes = ["visit", "office", "online", "phone"] as const;
export type MeetingMode = (typeof meetingModes)[number];

/** The time that a case has for its target. */
export const caseWeeks = 4;
export const endOfCase = (startsOn: string): string => addDays(startsOn, caseWeeks * 7);

/** The weeks after the beginning in which, while the case is open, a reminder, a visit and a letter are due. */
export const reminderWeeks = [2, 4, 8] as const;
export type ReminderWeek = (typeof reminderWeeks)[number];
export const remindersOf = (startsOn: string): { week: ReminderWeek; dueOn: string }[] =>
  reminderWeeks.map((week) => ({ week, dueOn: addDays(startsOn, week * 7) }));

/** The week of a case on a day, from 1; 0 before it has begun. */
export const weekOfCase = (startsOn: string, day: string): number =>
  Math.max(0, Math.floor((Date.parse(day) - Date.parse(startsOn)) / (7 * 86_400_000)) + 1);

/** The number that the next berita acara would have: the last one's running number plus one, and one again in a new year. */
export function nextNumber(last: string | null, year: string): string {
  // The running number stands before a slash; what follows a dot is a classification ("500.2/7/DISKOMINFO/2026").
  const found = last?.includes(year) ? /(?<![\d.])\d+(?=\/)/.exec(last) : null;
  if (!last || !found) return `BA-001/PEMBINAAN/${year}`;
  const [digits] = found;
  const next = String(Number(digits) + 1).padStart(digits.length, "0");
  return `${last.slice(0, found.index)}${next}${last.slice(found.index + digits.length)}`;
}
