import type { Route } from "next";
import { z } from "zod";
import { type CalendarFilters, planFilters, type Window } from "#lib/posts/calendar.ts";
import { mondayOf, monthGrid } from "#lib/posts/calendar-rules.ts";
import { pillars } from "#lib/posts/rules.ts";
import { readTag } from "#lib/posts/tags.ts";
import { addDays, daysBetween, startOfDay, type Zone } from "#lib/units/calendar.ts";

/** `list` is a week as a table, `day` one day of it. */
export const views = ["month", "week", "list", "day"] as const;
export type View = (typeof views)[number];
export type Address = { view: View; day: string; page: number; filters: CalendarFilters };

/** Farther from today than this there is nothing to plan or to look back on; it keeps every window a real one. */
const farthestDays = 3660;

const isDay = (value: string) => {
  const ms = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === value;
};

/** What an address asks for; what it spells wrongly is left out. */
export function readAddress(search: Record<string, unknown>, today: string): Address {
  const oneOf = <T extends string>(values: readonly T[], value: unknown) =>
    z
      .enum(values as readonly [T, ...T[]])
      .nullable()
      .catch(null)
      .parse(value ?? null);
  const id = (value: unknown) =>
    z
      .uuid()
      .nullable()
      .catch(null)
      .parse(value ?? null);
  const day = typeof search.day === "string" && /^\d{4}-\d\d-\d\d$/.test(search.day) && isDay(search.day) ? search.day : today;
  return {
    view: oneOf(views, search.view) ?? "week",
    day: Math.abs(daysBetween(today, day)) > farthestDays ? today : day,
    page: z.coerce
      .number()
      .int()
      .min(1)
      .max(1000)
      .catch(1)
      .parse(search.page ?? 1),
    filters: {
      unitId: id(search.unit),
      channelId: id(search.channel),
      pillar: oneOf(pillars, search.pillar),
      tag: readTag(search.tag),
      state: oneOf(planFilters, search.state),
    },
  };
}

/** The same address with a change; a new day or view begins at its first page. */
export function hrefOf(address: Address, change: Partial<Omit<Address, "filters">> = {}): Route {
  const { view, day, page, filters } = { ...address, page: 1, ...change };
  const parts = {
    view: view === "week" ? "" : view,
    day,
    unit: filters.unitId ?? "",
    channel: filters.channelId ?? "",
    pillar: filters.pillar ?? "",
    tag: filters.tag ?? "",
    state: filters.state ?? "",
    page: page > 1 ? String(page) : "",
  };
  return `/calendar?${new URLSearchParams(Object.entries(parts).filter(([, value]) => value))}` as Route;
}

export type Span = { first: string; last: string };

/** The local days that a view shows. */
export function spanOf({ view, day }: Pick<Address, "view" | "day">): Span {
  if (view === "day") return { first: day, last: day };
  if (view !== "month") return { first: mondayOf(day), last: addDays(mondayOf(day), 6) };
  const weeks = monthGrid(day.slice(0, 7), []);
  return { first: weeks[0]![0]!.day, last: weeks.at(-1)![6]!.day };
}

export const windowOf = ({ first, last }: Span, zone: Zone): Window => ({
  from: startOfDay(first, zone),
  to: startOfDay(addDays(last, 1), zone),
});

/** The day from which the view before or after is drawn. */
export function stepped({ view, day }: Pick<Address, "view" | "day">, direction: -1 | 1): string {
  if (view === "day") return addDays(day, direction);
  if (view !== "month") return addDays(day, direction * 7);
  const first = `${day.slice(0, 7)}-01`;
  return direction === 1 ? `${addDays(first, 31).slice(0, 7)}-01` : `${addDays(first, -1).slice(0, 7)}-01`;
}
