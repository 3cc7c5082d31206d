import { db, Prisma } from "../core/db.ts";
import { addDays, startOfDay } from "../units/calendar.ts";
import { bandSql } from "./facts.ts";

const LEAST_ACCOUNTS = 5;
const BANDS = [0, 1, 2, 3, 4];

/** The Monday of a day's week: medians are frozen for a week, so that a score is not moved by its neighbours daily. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/**
 * Freezes the engagement medians of a week, from the 28 days before it, once. A band of fewer than five accounts is
 * merged with its neighbours until there are enough.
 */
export async function freezeBandMedians(week: string) {
  if (await db.bandMedian.count({ where: { week: new Date(week) } })) return;
  const end = startOfDay(week, "Asia/Jakarta");
  const start = startOfDay(addDays(week, -28), "Asia/Jakarta");
  const rates = await db.$queryRaw<{ platform: string; band: number; rate: number }[]>(Prisma.sql`
    SELECT c.platform, ${bandSql(Prisma.sql`c.followers`)} AS band,
      (percentile_cont(0.5) WITHIN GROUP (ORDER BY coalesce(r.likes, 0) + coalesce(r.comments, 0) + coalesce(r.shares, 0)) * 1000000.0 / c.followers)::float8 AS rate
    FROM channel c JOIN remote_post r ON r.channel_id = c.id
    WHERE c.followers > 0 AND c.state <> 'disconnected' AND r.published_at >= ${start} AND r.published_at < ${end}
      AND (r.removed_at IS NULL OR r.removed_at >= ${end}) AND (r.likes IS NOT NULL OR r.comments IS NOT NULL OR r.shares IS NOT NULL)
    GROUP BY c.id`);
  const rows = [...new Set(rates.map((r) => r.platform))].flatMap((platform) =>
    mediansOf(rates.filter((r) => r.platform === platform)).map((m) => ({ ...m, platform, week: new Date(week) })),
  );
  await db.bandMedian.createMany({ data: rows, skipDuplicates: true });
}

/** Medians by band of one platform; pure. Bands that stay too small even when merged have none. */
export function mediansOf(rates: { band: number; rate: number }[]): { band: number; medianPpm: number; accounts: number }[] {
  return BANDS.flatMap((band) => {
    let reach = 0;
    let near: number[] = [];
    do {
      near = rates.filter((r) => Math.abs(r.band - band) <= reach).map((r) => r.rate);
      reach += 1;
    } while (near.length < LEAST_ACCOUNTS && reach < BANDS.length);
    if (near.length < LEAST_ACCOUNTS) return [];
    const sorted = near.sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    const median = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
    return [{ band, medianPpm: Math.max(1, Math.round(median)), accounts: near.length }];
  });
}
