import { heldUntilSql, limitedSql } from "../channels/limits.ts";
import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import type { Platform } from "../platforms/contract.ts";

/** A publication that is later than this deserves a person's attention. */
export const LATE_SECONDS = 120;

/**
 * Seconds by which the oldest publication is late that somebody should have taken: a due one, a look-up, or one whose holder
 * died; 0 when none is. What waits for a platform's limit to end is late only from then on. Rejects while the database is away.
 */
export async function oldestDueSeconds(): Promise<number> {
  const at = now();
  const [row] = await db.$queryRaw<{ oldest: Date | null }[]>(Prisma.sql`
    SELECT min(greatest(CASE WHEN state = 'publishing' THEN lease_until ELSE run_at END, ${heldUntilSql("q.channel_id")})) AS oldest
    FROM publication q WHERE (state IN ('due', 'unknown') AND run_at <= ${at}) OR (state = 'publishing' AND lease_until < ${at})`);
  return row?.oldest ? Math.max(0, Math.round((at.getTime() - row.oldest.getTime()) / 1000)) : 0;
}

/** How many publications wait now because their platform takes no calls, by platform. */
export async function heldByPlatform(): Promise<Partial<Record<Platform, number>>> {
  const at = now();
  const rows = await db.$queryRaw<{ platform: Platform; count: number }[]>(Prisma.sql`
    SELECT c.platform, count(*)::int AS count FROM publication q JOIN channel c ON c.id = q.channel_id
    WHERE q.state IN ('due', 'unknown') AND q.due_at <= ${at} AND ${limitedSql("q.channel_id", at)} GROUP BY c.platform`);
  return Object.fromEntries(rows.map(({ platform, count }) => [platform, count]));
}
