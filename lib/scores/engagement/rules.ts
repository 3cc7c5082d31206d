/** What engagement figures mean and which stretches of time they are told of. Pure. */

import type { Platform } from "../../platforms/contract.ts";
import { addDays, daysBetween } from "../../units/calendar.ts";

/**
 * What a post's interactions (likes, comments, shares) are divided by, as each platform's own analytics define its rate: by those
 * whom it reached, by how often it was shown, or, where neither is told, by the account's followers.
 */
export const rateBases: Record<Platform, "reach" | "views" | "followers"> = {
  facebook: "reach",
  instagram: "reach",
  threads: "views",
  x: "views",
  youtube: "views",
  tiktok: "views",
  telegram: "views",
  whatsapp: "views",
  bluesky: "followers",
};

export const spans = [28, 90, 365] as const;
export const comparisons = ["before", "year"] as const;
export type Comparison = (typeof comparisons)[number];

/** Local days, both ends included. */
export type Days = { from: string; to: string };
export type Periods = { now: Days; before: Days };

const mostDays = 366;

/** The days asked for, at most a year and none ahead of `today`, beside as many right before them or the same ones a year earlier. */
export function periodsOf(asked: { days: number; from: string | null; to: string | null; compare: Comparison }, today: string): Periods {
  const to = asked.to !== null && asked.to < today ? asked.to : today;
  const first = asked.from !== null && asked.from <= to ? asked.from : addDays(to, 1 - asked.days);
  const from = daysBetween(first, to) < mostDays ? first : addDays(to, 1 - mostDays);
  const length = daysBetween(from, to) + 1;
  const back = asked.compare === "year" ? 364 : length;
  return { now: { from, to }, before: { from: addDays(from, -back), to: addDays(to, -back) } };
}

/** How a figure moved, as a share of what it was; null where either is unknown or there was nothing to compare with. */
export const changeOf = (now: number | null, before: number | null): number | null =>
  now === null || before === null || before === 0 ? null : (now - before) / before;

/** Fewer posts than this say nothing of a group's usual rate. */
export const fewestInGroup = 3;
