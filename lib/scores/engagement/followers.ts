import { type Actor, scopeSqlWithin } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import { daysBetween } from "../../units/calendar.ts";
import type { Filter } from "./figures.ts";

/** `counted` of `accounts` are summed: those whose followers are known at both ends of the stretch, so that none begins in between. */
export type Followers = { days: { day: string; followers: number }[]; counted: number; accounts: number };

/** A count stands until the next one, but not for longer than this. */
const freshDays = 10;
const mostPoints = 92;

/** The followers of a place's accounts together, day by day, or week by week over a long stretch. */
export async function followersByDay(actor: Actor, { place, periods, platform }: Filter): Promise<Followers> {
  const { from, to } = periods.now;
  const span = daysBetween(from, to) + 1;
  const step = span > mostPoints ? 7 : 1;
  const lateStart = Math.min(freshDays, Math.floor(span / 4));
  const unit = place.unitId === null ? Prisma.empty : Prisma.sql`AND c.unit_id = ${place.unitId}::uuid`;
  const known = (day: Prisma.Sql) => Prisma.sql`SELECT f.followers FROM follower_count f
    WHERE f.channel_id = c.id AND f.day <= ${day} AND f.day > ${day} - ${freshDays}::int ORDER BY f.day DESC LIMIT 1`;
  // The first count may have come some days after the stretch began.
  const begins = Prisma.sql`EXISTS (SELECT FROM follower_count f WHERE f.channel_id = c.id AND f.day > ${from}::date - ${freshDays}::int AND f.day <= ${from}::date + ${lateStart}::int)`;
  const rows = await db.$queryRaw<{ day: string | null; followers: number | null; counted: number; accounts: number }[]>(Prisma.sql`
    WITH mine AS MATERIALIZED (
      SELECT c.id FROM channel c WHERE c.government_id = ${place.governmentId}::uuid ${unit} AND c.state <> 'disconnected'
        AND ${scopeSqlWithin(actor, "score.read", "c", place)} ${platform ? Prisma.sql`AND c.platform = ${platform}` : Prisma.empty}),
    told AS MATERIALIZED (SELECT c.id FROM mine c WHERE EXISTS (${known(Prisma.sql`${to}::date`)}) AND ${begins}),
    day AS (SELECT ${to}::date - n AS day FROM generate_series(0, ${to}::date - ${from}::date, ${step}::int) AS n),
    summed AS (
      SELECT day.day, sum(f.followers)::float8 AS followers, count(*)::int AS counted
      FROM day CROSS JOIN told c CROSS JOIN LATERAL (${known(Prisma.sql`day.day`)}) f GROUP BY day.day)
    SELECT s.day::text AS day, s.followers, (SELECT count(*)::int FROM told) AS counted, (SELECT count(*)::int FROM mine) AS accounts
    FROM (SELECT 1) one LEFT JOIN summed s ON s.counted = (SELECT count(*) FROM told) ORDER BY s.day`);
  return {
    days: rows.flatMap(({ day, followers }) => (day === null || followers === null ? [] : [{ day, followers }])),
    counted: rows[0]?.counted ?? 0,
    accounts: rows[0]?.accounts ?? 0,
  };
}
