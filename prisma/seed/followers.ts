import { Prisma, type Tx } from "#lib/core/db.ts";

/**
 * The followers of every account that tells them, day by day until yesterday: a line that leads to the number of now, with a slope
 * and a wave of its own. Both follow from the account's name, so that each filling draws the same.
 */
export const fillFollowers = (tx: Tx, lastDay: string, days: number) =>
  tx.$executeRaw(Prisma.sql`
    INSERT INTO follower_count (channel_id, day, followers, source, noted_at)
    SELECT c.id, ${lastDay}::date - n,
      greatest(1, round(c.followers * (1 - n * (h.seed % 60 - 6) / 100000.0 + sin(n / 9.0 + h.seed) * 0.0015 * least(n, 10) / 10)))::int, 'api', ${lastDay}::date - n + interval '20 hours'
    FROM channel c CROSS JOIN LATERAL (SELECT ('x' || substr(md5(c.platform || c.handle), 1, 6))::bit(24)::int AS seed) h
      CROSS JOIN generate_series(0, ${days - 1}::int) AS n
    WHERE c.followers IS NOT NULL`);
