import type { Actor } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import { addDays } from "../../units/calendar.ts";
import { governmentScope } from "../regions.ts";
import { MONTH, WEEK } from "./leaderboard.ts";
import { type Counted, type Share, type Tally, tallyOn } from "./tallies.ts";

/** Levels of government. */
export const tiers = ["province", "regency", "city"] as const;
export type Tier = (typeof tiers)[number];

export type GovernmentRow = Tally & {
  code: string;
  name: string;
  tier: Tier;
  /** Whether its units are here to be opened, and not its figures alone. */
  opens: boolean;
  weekBefore: Share | null;
  monthBefore: Share | null;
};

type RawRow = Omit<GovernmentRow, "weekBefore" | "monthBefore"> &
  Record<"weekActive" | "weekUnits" | "monthActive" | "monthUnits", number | null>;

/** Every government in reach that has figures, of a tier or within a province, the most active share first: as many as the country has. */
export async function governmentTallies(
  actor: Actor,
  day: string,
  { tier, province, ...counted }: Counted & { tier: Tier | null; province: string | null },
): Promise<GovernmentRow[]> {
  const on = (back: number) => tallyOn(Prisma.sql`${addDays(day, -back)}::date`, counted);
  const share = (alias: string) => Prisma.raw(`${alias}.active + ${alias}.very_active`);
  const rows = await db.$queryRaw<RawRow[]>(Prisma.sql`
    SELECT g.code, g.name, g.kind AS tier, t.*, ${share("w")} AS "weekActive", w.units AS "weekUnits", ${share("m")} AS "monthActive", m.units AS "monthUnits",
      EXISTS (SELECT FROM unit u WHERE u.government_id = g.id AND u.kind = ${counted.group} AND u.score_class IS NOT NULL) AS opens
    FROM unit g JOIN LATERAL (${on(0)}) t ON t.scored > 0 LEFT JOIN LATERAL (${on(WEEK)}) w ON w.scored > 0 LEFT JOIN LATERAL (${on(MONTH)}) m ON m.scored > 0
    WHERE g.kind = ANY(${tier ? [tier] : [...tiers]}) AND g.active AND ${governmentScope(actor)}
      AND ${within(province)}
    ORDER BY (t.active + t.very_active)::float8 / t.units DESC, t.active + t.very_active DESC, g.name`);
  return rows.map(({ weekActive, weekUnits, monthActive, monthUnits, ...row }) => ({
    ...row,
    weekBefore: shareOf(weekActive, weekUnits),
    monthBefore: shareOf(monthActive, monthUnits),
  }));
}

/** Governments `g` of a province, its own among them. */
export const within = (province: string | null) =>
  province
    ? Prisma.sql`EXISTS (SELECT FROM unit_closure c JOIN unit p ON p.id = c.ancestor_id WHERE c.unit_id = g.id AND p.code = ${province} AND p.kind = 'province')`
    : Prisma.sql`true`;

const shareOf = (active: number | null, units: number | null): Share | null =>
  active === null || units === null ? null : { active, units };
