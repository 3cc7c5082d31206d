/** What a plan looks like on the calendar: where posts crowd, where nothing stands, and how a week and a month are drawn. Pure. */

import { addDays, daysBetween, localDay, startOfDay, type Weekday, type Zone } from "../units/calendar.ts";

/** A post on one of its channels; `at` is when it goes out. */
export type PlannedPost = { postId: string; channelId: string; at: Date };

const aMonday = "1970-01-05";

/** The weekday of a local day. */
export const weekdayOf = (day: string): Weekday => ((((daysBetween(aMonday, day) % 7) + 7) % 7) + 1) as Weekday;

/** The Monday of a local day's week. */
export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day));

export type Clash =
  | { code: "too-close"; channelId: string; postIds: [string, string]; minutes: number }
  | { code: "too-many"; channelId: string; postIds: string[]; day: string; limit: number };

/** Posts of one channel less than `withinMinutes` apart, and local days on which it has more than `perDay`; channel by channel, in time. */
export function clashesIn(
  posts: readonly PlannedPost[],
  { zone, withinMinutes, perDay }: { zone: Zone; withinMinutes: number; perDay: number },
): Clash[] {
  const clashes: Clash[] = [];
  for (const [channelId, own] of Map.groupBy(inTime(posts), (post) => post.channelId)) {
    for (const [index, next] of own.entries()) {
      const post = own[index - 1];
      if (!post) continue;
      const minutes = (next.at.getTime() - post.at.getTime()) / 60_000;
      if (minutes < withinMinutes)
        clashes.push({ code: "too-close", channelId, postIds: [post.postId, next.postId], minutes: Math.floor(minutes) });
    }
    for (const [day, ofDay] of Map.groupBy(own, (post) => localDay(post.at, zone)))
      if (ofDay.length > perDay)
        clashes.push({ code: "too-many", channelId, postIds: ofDay.map((post) => post.postId), day, limit: perDay });
  }
  return clashes;
}

/** `emptyDays`: those from today on, for only they can still be filled. */
export type Gap = { channelId: string; planned: number; target: number; emptyDays: string[] };

/** The channels that have fewer posts in a week than they aim at, each with the days that are free. `monday` begins the week. */
export function gapsIn(
  posts: readonly PlannedPost[],
  { zone, monday, today, targets }: { zone: Zone; monday: string; today: string; targets: ReadonlyMap<string, number> },
): Gap[] {
  const days = weekFrom(monday);
  return [...targets].flatMap(([channelId, target]) => {
    const planned = posts.filter((post) => post.channelId === channelId).map((post) => localDay(post.at, zone));
    const inWeek = planned.filter((day) => days.includes(day));
    if (inWeek.length >= target) return [];
    return [{ channelId, planned: inWeek.length, target, emptyDays: days.filter((day) => day >= today && !inWeek.includes(day)) }];
  });
}

/** A card of the week: `minute` of its local day, and its place among `columns` side by side. */
export type Card = { id: string; day: string; minute: number; column: number; columns: number };

/**
 * Cards of one week, each as tall as `minutes`; those that would cover each other stand in columns, the earlier to the left.
 * What falls outside the week is left out. A late card may reach beyond midnight.
 */
export function layOutWeek(
  items: readonly { id: string; at: Date }[],
  { zone, monday, minutes }: { zone: Zone; monday: string; minutes: number },
): Card[] {
  const days = new Set(weekFrom(monday));
  const cards = inTime(items)
    .map(({ id, at }) => ({ id, day: localDay(at, zone), at }))
    .filter(({ day }) => days.has(day))
    .map(({ id, day, at }): Card => ({ id, day, minute: minuteIn(at, day, zone), column: 0, columns: 1 }));
  for (const ofDay of Map.groupBy(cards, (card) => card.day).values()) placeColumns(ofDay, minutes);
  return cards;
}

/** Cards in time: a group ends where a card begins that touches none before; its cards share the width. */
function placeColumns(cards: Card[], minutes: number) {
  let group: Card[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const card of group) card.columns = ends.length;
    group = [];
    ends = [];
  };
  for (const card of cards) {
    if (ends.every((end) => end <= card.minute)) close();
    const free = ends.findIndex((end) => end <= card.minute);
    card.column = free === -1 ? ends.length : free;
    ends[card.column] = card.minute + minutes;
    group.push(card);
  }
  close();
}

/** Of posts in time the first of each hour; all zones of the country are whole hours apart. */
export function firstOfHours<T extends { publishAt: Date }>(posts: readonly T[]): T[] {
  const hourOf = ({ publishAt }: T) => Math.floor(publishAt.getTime() / 3_600_000);
  return posts.filter((post, at) => at === 0 || hourOf(post) !== hourOf(posts[at - 1]!));
}

export type GridDay<Mark> = { day: string; inMonth: boolean; marks: Mark[] };

/** The weeks, from Monday to Sunday, that hold a month ("2026-11"), each day with its holidays and national days. Throws RangeError on no month. */
export function monthGrid<Mark extends { day: string }>(month: string, marks: readonly Mark[]): GridDay<Mark>[][] {
  const first = `${month}-01`;
  const byDay = Map.groupBy(marks, (mark) => mark.day);
  const weeks: GridDay<Mark>[][] = [];
  for (let monday = mondayOf(first); weeks.length === 0 || monday.startsWith(month); monday = addDays(monday, 7))
    weeks.push(weekFrom(monday).map((day) => ({ day, inMonth: day.startsWith(month), marks: byDay.get(day) ?? [] })));
  return weeks;
}

const weekFrom = (monday: string) => Array.from({ length: 7 }, (_, index) => addDays(monday, index));
const minuteIn = (at: Date, day: string, zone: Zone) => Math.floor((at.getTime() - startOfDay(day, zone).getTime()) / 60_000);
const inTime = <T extends { at: Date }>(items: readonly T[]): T[] => [...items].sort((a, b) => a.at.getTime() - b.at.getTime());
