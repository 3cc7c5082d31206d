import type { Actor } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import { addDays } from "../../units/calendar.ts";
import { on, standing, unitScope } from "../standing.ts";

export type GovernmentRow = { code: string; name: string; active: number; units: number; scored: number; activeBefore: number };

/** Governments in reach whose agencies have scores, the most active share first: at most `limit`, and how many there are. */
export async function governmentsByActivity(
  actor: Actor,
  day: string,
  like: string,
  limit = 100,
): Promise<{ rows: GovernmentRow[]; all: number }> {
  const found = await db.$queryRaw<(GovernmentRow & { all: number })[]>(Prisma.sql`
    SELECT g.code, g.name, count(*) FILTER (WHERE s.level IN ('active', 'very_active'))::int AS active, count(*)::int AS units, count(s.level)::int AS scored,
      count(*) FILTER (WHERE b.level IN ('active', 'very_active'))::int AS "activeBefore", (count(*) OVER ())::int AS all
    FROM unit u JOIN unit g ON g.id = u.government_id LEFT JOIN LATERAL (${standing(on(day))}) s ON true LEFT JOIN LATERAL (${standing(on(addDays(day, -7)))}) b ON true
    WHERE u.kind = 'agency' AND u.active AND u.score_class IS NOT NULL AND g.active AND strpos(lower(g.name), lower(${like})) > 0 AND ${unitScope(actor)}
    GROUP BY g.id HAVING count(s.level) > 0
    ORDER BY count(*) FILTER (WHERE s.level IN ('active', 'very_active'))::float8 / count(*) DESC, g.name LIMIT ${limit}`);
  return { rows: found.map(({ all: _, ...row }) => row), all: found[0]?.all ?? 0 };
}
