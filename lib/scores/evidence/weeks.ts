/** The weeks of a score's window, each with what it asked and what was made of it; and whether the data says the same today. Pure. */
import { addDays, type WorkingCalendar, workingDaysIn } from "../../units/calendar.ts";
import type { Credit } from "../credit.ts";
import type { ScoreFacts } from "../rules.ts";
import type { ScoreSettings } from "../settings.ts";

export type EvidenceWeek = {
  from: string;
  to: string;
  /** Half-posts by the posts as they stand now. */
  halves: number;
  /** As the score counted it; null for a week that it left out: excused as a whole, or before the account was seen. */
  counted: { halves: number; workdays: number; target: number } | null;
  holidays: { day: string; name: string }[];
  /** Working days that were excused. */
  excused: number;
};

type Window = { day: string; settings: ScoreSettings; facts: ScoreFacts };
type Spans = readonly { fromDay: string; toDay: string }[];

/** `holidays`: days without work by name; `excused`: spans that stand. */
export function evidenceWeeks(
  { day, settings, facts }: Window,
  credit: Credit,
  calendar: WorkingCalendar,
  holidays: readonly { day: string; name: string }[],
  excused: Spans,
): EvidenceWeek[] {
  const { windowWeeks } = settings;
  const first = addDays(day, 1 - windowWeeks * 7);
  const works = (one: string) => workingDaysIn(one, one, calendar) > 0;
  const weeks = Array.from({ length: windowWeeks }, (_, place) => {
    const from = addDays(first, place * 7);
    const days = Array.from({ length: 7 }, (_unused, offset) => addDays(from, offset));
    const working = days.filter(works);
    const off = working.filter((one) => excused.some((span) => span.fromDay <= one && one <= span.toDay));
    return {
      from,
      to: days[6]!,
      halves: credit.weeks[place] ?? 0,
      holidays: holidays.filter((holiday) => days.includes(holiday.day) && !works(holiday.day)),
      excused: off.length,
      whole: off.length > 0 && off.length === working.length,
    };
  });
  // The facts hold only the weeks that count, oldest first. Left out are the first of a young account and those excused whole.
  const young = windowWeeks - facts.fullWeeks;
  let outs = facts.fullWeeks - facts.weeks.length;
  let place = 0;
  return weeks.map(({ whole, ...week }, index) => {
    if (index < young) return { ...week, counted: null };
    if (whole && outs > 0 && week.halves === 0) {
      outs -= 1;
      return { ...week, counted: null };
    }
    const fact = facts.weeks[place++];
    if (!fact) return { ...week, counted: null };
    const scaled = (settings.weeklyTarget[facts.unitClass] * fact.workdays) / settings.referenceWorkdays;
    const target = Math.max(settings.minWeeklyTarget, scaled);
    return { ...week, counted: { halves: fact.creditedHalves, workdays: fact.workdays, target } };
  });
}

export type Change = "weeks" | "posts" | "replies";

/** Where the data says something else today than the stored facts: its posts, their number and kind, its answers. */
export function changesSince(
  facts: ScoreFacts,
  weeks: readonly EvidenceWeek[],
  judged: { posts: number; substantive: number },
  replies: { onTime: number; late: number; never: number },
): Change[] {
  const { quality, replies: stored } = facts;
  return [
    ...(weeks.some((week) => week.counted && week.counted.halves !== week.halves) ? (["weeks"] as const) : []),
    ...(judged.posts !== quality.posts || judged.substantive !== quality.substantive ? (["posts"] as const) : []),
    ...(replies.onTime !== stored.onTime || replies.late !== stored.late || replies.onTime + replies.late + replies.never !== stored.due
      ? (["replies"] as const)
      : []),
  ];
}
