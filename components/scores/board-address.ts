import type { Route } from "next";
import { z } from "zod";
import { type Tier, tiers } from "#lib/scores/boards/governments.ts";
import { type Group, groups } from "#lib/scores/regions.ts";
import { type Level, levels } from "#lib/scores/rules.ts";
import { type UnitClass, unitClasses } from "#lib/scores/settings.ts";

/** What a board or the map shows, kept in its address so that it can be sent to a colleague. */
export type BoardAddress = {
  /** Code of the government or ministry; that of the chosen unit when there is none. */
  region: string | null;
  group: Group;
  class: UnitClass | null;
  level: Level | null;
  tier: Tier | null;
  province: string | null;
  q: string;
  since: "week" | "month";
  /** The day looked back to; null is the latest. */
  day: string | null;
  page: number;
};

export type BoardHref = (change: Partial<BoardAddress>) => Route;

const code = z.string().max(60).nullable().catch(null);

const asked = z.object({
  region: code,
  group: z.enum(groups).catch("agency"),
  class: z.enum(unitClasses).nullable().catch(null),
  level: z.enum(levels).nullable().catch(null),
  tier: z.enum(tiers).nullable().catch(null),
  province: code,
  q: z.string().trim().max(80).catch(""),
  since: z.enum(["week", "month"]).catch("week"),
  day: z.iso
    .date()
    .regex(/^20\d\d/)
    .nullable()
    .catch(null),
  page: z.coerce.number().int().min(1).max(100).catch(1),
});

export const readBoardAddress = (search: Record<string, unknown>): BoardAddress =>
  asked.parse({ region: null, class: null, level: null, tier: null, province: null, day: null, ...search });

const usual: Partial<BoardAddress> = { group: "agency", since: "week", q: "", page: 1 };

/** The part of an address that says something else than usual, for links and hidden fields. */
export const boardFields = (address: Partial<BoardAddress>): [string, string][] =>
  Object.entries(address).flatMap(([key, value]): [string, string][] =>
    value === null || value === usual[key as keyof BoardAddress] ? [] : [[key, String(value)]],
  );

/** Makes the addresses of the same view with something changed; a changed filter begins at the first page. */
export const boardHref =
  (path: "/scores" | "/scores/map" | "/scores/export", address: BoardAddress): BoardHref =>
  (change) => {
    const fields = new URLSearchParams(boardFields({ ...address, page: 1, ...change })).toString();
    return (fields ? `${path}?${fields}` : path) as Route;
  };
