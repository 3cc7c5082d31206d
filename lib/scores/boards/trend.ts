import type { Actor } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import type { Group } from "../regions.ts";
import { standing, unitScope } from "../standing.ts";

export type Trend = { day: string; active: number; all: number }[];

/** How many units were active, week by week, up to `day`. */
export async function activeTrend(actor: Actor, governmentId: string, group: Group, day: string, weeks: number): Promise<Trend> {
  const rows = await db.$queryRaw<{ day: string; active: bigint; all: bigint }[]>(Prisma.sql`
    SELECT d.day::text AS day, count(*) FILTER (WHERE s.level IN ('active', 'very_active')) AS active, count(s.level) AS all
    FROM generate_series(0, ${weeks}::int) AS n(n) CROSS JOIN LATERAL (SELECT (${day}::date - n.n * 7) AS day) d
    JOIN unit u ON u.government_id = ${governmentId}::uuid AND u.kind = ${group} AND u.active AND u.score_class IS NOT NULL
    LEFT JOIN LATERAL (${standing(Prisma.sql`d.day`)}) s ON true
    WHERE ${unitScope(actor)} GROUP BY d.day ORDER BY d.day`);
  return rows.filter((r) => r.all > 0n).map((r) => ({ day: r.day, active: Number(r.active), all: Number(r.all) }));
}
