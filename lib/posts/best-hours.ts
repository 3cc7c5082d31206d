/** At which hours an account's own posts did better than usual. Pure. */

import type { Weekday } from "../units/calendar.ts";

/** A post of the account: when it stood there by the unit's clock, and its figures; what the platform does not tell is null. */
export type PastPost = { weekday: Weekday; hour: number; engagement: number | null; views: number | null };
export type Measure = "engagement" | "views";

/** `lift`: the figure to expect there against a usual post of the account; 1.25 is a quarter more. */
export type Hour = { weekday: Weekday; hour: number; samples: number; lift: number };
/** `posts`: how many with a known figure there are. No hours in `known` means that none stands out. */
export type BestHours = { state: "not-enough-data"; posts: number; needed: number } | { state: "known"; posts: number; hours: Hour[] };

/** Fewer posts than this say nothing of an account. */
export const fewestPosts = 30;
/** Fewer than this say nothing of an hour. */
export const fewestSamples = 3;
/** As many posts of the usual kind as are thought into each hour, so that one lucky post does not make it the best. */
const shrinkage = 5;
/** What is less above the usual than this may be chance. */
const notable = 1.1;
const shownHours = 5;

/**
 * The hours of the week, best first, at which posts got notably more than usual. Figures are compared by their orders of
 * magnitude, for a few posts get most of everything; each hour's mean is drawn towards the account's.
 */
export function bestHours(posts: readonly PastPost[], measure: Measure): BestHours {
  const known = posts.flatMap(({ weekday, hour, ...figures }) => {
    const figure = figures[measure];
    return figure === null ? [] : [{ weekday, hour, level: Math.log1p(figure) }];
  });
  if (known.length < fewestPosts) return { state: "not-enough-data", posts: known.length, needed: fewestPosts };
  const usual = known.reduce((total, { level }) => total + level, 0) / known.length;
  const cells = [...Map.groupBy(known, ({ weekday, hour }) => weekday * 24 + hour).values()].map((there) => ({
    weekday: there[0]!.weekday,
    hour: there[0]!.hour,
    samples: there.length,
    level: there.reduce((total, { level }) => total + level - usual, 0),
  }));
  return { state: "known", posts: known.length, hours: outstanding(cells) };
}

/** The posts of an hour of the week: how many, and by how many orders of magnitude they stand above their account's usual, together. */
export type HourLevel = { weekday: Weekday; hour: number; samples: number; level: number };

/** The figure to expect there against a usual post, drawn towards the usual. */
export const liftOf = ({ samples, level }: Pick<HourLevel, "samples" | "level">) => Math.exp(level / (samples + shrinkage));

/** The hours with notably more than usual, best first. */
export const outstanding = (cells: readonly HourLevel[]): Hour[] =>
  cells
    .map((cell) => ({ weekday: cell.weekday, hour: cell.hour, samples: cell.samples, lift: liftOf(cell) }))
    .filter(({ samples, lift }) => samples >= fewestSamples && lift >= notable)
    .sort((a, b) => b.lift - a.lift || a.weekday - b.weekday || a.hour - b.hour)
    .slice(0, shownHours);
