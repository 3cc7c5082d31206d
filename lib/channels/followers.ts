import { now } from "../core/clock.ts";
import { Prisma, type Tx } from "../core/db.ts";
import { recordset } from "../core/recordset.ts";

export type FollowerSource = "api" | "file" | "hand";
export type DayCount = { day: string; followers: number };

/**
 * Writes down the followers of local days: the last word on a day stands, but nobody's word stands over the platform's own. An
 * account without an interface has as many now as on the newest day told. Returns how many days changed.
 */
export async function noteFollowers(tx: Tx, channelId: string, source: FollowerSource, days: readonly DayCount[]): Promise<number> {
  if (!days.length) return 0;
  const written = await tx.$executeRaw(Prisma.sql`
    INSERT INTO follower_count AS f (channel_id, day, followers, source, noted_at)
    SELECT ${channelId}::uuid, x.day, x.followers, ${source}, ${now()} FROM ${recordset(days, "day date, followers int")}
    ON CONFLICT (channel_id, day) DO UPDATE SET followers = EXCLUDED.followers, source = EXCLUDED.source, noted_at = EXCLUDED.noted_at
      WHERE (f.source <> 'api' OR EXCLUDED.source = 'api') AND (f.followers, f.source) IS DISTINCT FROM (EXCLUDED.followers, EXCLUDED.source)`);
  if (source !== "api")
    await tx.$executeRaw`
      UPDATE channel SET followers = (SELECT followers FROM follower_count WHERE channel_id = ${channelId}::uuid ORDER BY day DESC LIMIT 1)
      WHERE id = ${channelId}::uuid AND mode = 'manual'`;
  return written;
}

/** The followers that the platform tells now, as those of today on the clock of the account's unit. */
export const noteFollowersNow = (tx: Pick<Tx, "$executeRaw">, channelId: string, followers: number) => tx.$executeRaw`
  INSERT INTO follower_count AS f (channel_id, day, followers, source, noted_at)
  SELECT c.id, (${now()}::timestamptz AT TIME ZONE u.zone)::date, ${followers}, 'api', ${now()}
  FROM channel c JOIN unit u ON u.id = c.unit_id WHERE c.id = ${channelId}::uuid
  ON CONFLICT (channel_id, day) DO UPDATE SET followers = EXCLUDED.followers, source = 'api', noted_at = EXCLUDED.noted_at
    WHERE f.followers <> EXCLUDED.followers OR f.source <> 'api'`;
