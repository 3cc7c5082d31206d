import { Prisma, type Tx } from "../core/db.ts";
import { groups } from "./regions.ts";
import { homeOn, on, scoredUnit, standing } from "./standing.ts";

/**
 * Counts the levels of every government of a zone at the end of a day, from the snapshots that stand then. Called in the
 * transaction that writes them, so that boards across governments never show a half-done recompute. Governments without
 * scored units keep what is there.
 */
export async function tallyDay(tx: Tx, zone: string, day: string, governmentId?: string): Promise<void> {
  const which = governmentId ? Prisma.sql`g.id = ${governmentId}::uuid` : Prisma.sql`g.zone = ${zone}`;
  const counted = Prisma.sql`
    SELECT u.home AS government_id, u.kind, u.score_class, s.level, s.is_new
    FROM (SELECT u.id, u.kind, u.score_class, u.zone, ${homeOn(on(day))} AS home FROM unit u WHERE u.kind = ANY(${[...groups]}) AND ${scoredUnit(on(day))}) u
    JOIN unit g ON g.id = u.home AND ${which}
    LEFT JOIN LATERAL (${standing(on(day))}) s ON true`;
  await tx.$executeRaw(Prisma.sql`
    WITH fresh AS (
      SELECT government_id, kind, score_class, count(*) AS units, ${levelCounts}, count(*) FILTER (WHERE is_new) AS fresh
      FROM (${counted}) c GROUP BY government_id, kind, score_class
    ), stale AS (
      DELETE FROM activity_tally t USING (SELECT DISTINCT government_id FROM fresh) f WHERE t.government_id = f.government_id AND t.day = ${day}::date
        AND NOT EXISTS (SELECT FROM fresh n WHERE n.government_id = t.government_id AND n.kind = t.kind AND n.score_class = t.score_class)
    )
    INSERT INTO activity_tally AS t (government_id, kind, day, score_class, units, very_active, active, less_active, passive, dormant, dead, fresh)
    SELECT government_id, kind, ${day}::date, score_class, units, very_active, active, less_active, passive, dormant, dead, fresh FROM fresh
    ON CONFLICT (government_id, kind, day, score_class) DO UPDATE SET units = EXCLUDED.units, very_active = EXCLUDED.very_active, active = EXCLUDED.active,
      less_active = EXCLUDED.less_active, passive = EXCLUDED.passive, dormant = EXCLUDED.dormant, dead = EXCLUDED.dead, fresh = EXCLUDED.fresh`);
}

const levelCounts = Prisma.raw(
  ["very_active", "active", "less_active", "passive", "dormant", "dead"]
    .map((level) => `count(*) FILTER (WHERE level = '${level}') AS ${level}`)
    .join(", "),
);
