/** Piket: shifts of a unit and the hours in which nobody is on duty. Pure. */

export type Stretch = { from: Date; to: Date };

const WEEK = 7 * 86_400_000;
/** No shift is longer than a week, and none repeats for more than half a year. */
export const longestShift = WEEK;
export const mostWeeks = 26;

/** The same shift in each of `weeks` weeks. The zones of Indonesia know no summer time: a week is always as long. */
export const weekly = ({ from, to }: Stretch, weeks: number): Stretch[] =>
  Array.from({ length: weeks }, (_, week) => ({ from: new Date(from.getTime() + week * WEEK), to: new Date(to.getTime() + week * WEEK) }));

/** When nobody is on duty within `span`. Shifts may overlap and come in any order. */
export function gapsOf(shifts: readonly Stretch[], span: Stretch): Stretch[] {
  const gaps: Stretch[] = [];
  let covered = span.from;
  for (const { from, to } of [...shifts].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    if (from >= span.to) break;
    if (from > covered) gaps.push({ from: covered, to: from });
    if (to > covered) covered = to;
  }
  if (covered < span.to) gaps.push({ from: covered, to: span.to });
  return gaps;
}
