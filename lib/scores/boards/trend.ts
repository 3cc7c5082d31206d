import type { Actor } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import { governmentScope } from "../regions.ts";
import { type Tier, tiers, within } from "./governments.ts";
import { type Counted, type Tally, tallyOn } from "./tallies.ts";

export type Trend = { day: string; active: number; scored: number; units: number }[];
type Whose = { governmentId: string } | { tier: Tier | null; province: string | null };

/** How many units of a government, or of several in the actor's reach, were active, week by week, up to `day`. */
export async function activeTrend(actor: Actor, whose: Whose, counted: Counted, day: string, weeks: number): Promise<Trend> {
  const which =
    "governmentId" in whose
      ? Prisma.sql`g.id = ${whose.governmentId}::uuid`
      : Prisma.sql`g.kind = ANY(${whose.tier ? [whose.tier] : [...tiers]}) AND ${within(whose.province)}`;
  return db.$queryRaw<Trend>(Prisma.sql`
    SELECT d.day::text AS day, sum(t.active + t.very_active)::int AS active, sum(t.scored)::int AS scored, sum(t.units)::int AS units
    FROM unit g CROSS JOIN generate_series(0, ${weeks}::int) AS n(n) CROSS JOIN LATERAL (SELECT (${day}::date - n.n * 7) AS day) d
    JOIN LATERAL (${tallyOn(Prisma.sql`d.day`, counted)}) t ON t.scored > 0
    WHERE ${which} AND ${governmentScope(actor)} GROUP BY d.day ORDER BY d.day`);
}

/** The levels of one government's units on a day, as they were counted; null when they never were. */
export async function regionTally(actor: Actor, governmentId: string, counted: Counted, day: string): Promise<Tally | null> {
  const [tally] = await db.$queryRaw<Tally[]>(Prisma.sql`
    SELECT t.* FROM unit g JOIN LATERAL (${tallyOn(Prisma.sql`${day}::date`, counted)}) t ON t.units > 0
    WHERE g.id = ${governmentId}::uuid AND ${governmentScope(actor)}`);
  return tally ?? null;
}
