import { db, Prisma } from "../../core/db.ts";
import type { Level } from "../../scores/rules.ts";
import { on, ranked, standing } from "../../scores/standing.ts";
import { members } from "./members.ts";
import type { Window } from "./reading.ts";
import type { ClassGroup, Subject } from "./types.ts";

const WEEKS = 12;

export type StandingRow = {
  key: string;
  name: string;
  governmentId: string;
  governmentName: string;
  group: ClassGroup;
  /** Whether it has a place among its like. */
  ranked: boolean;
  level: Level | null;
  score: number | null;
  levelBefore: Level | null;
  scoreBefore: number | null;
};

/** Every unit that is scored, with its score at the end of the period and at the end of the one before. Of the regions the ministry is told the agencies alone. */
export async function standings(subject: Subject, { lastDay, beforeDay }: Window): Promise<StandingRow[]> {
  return db.$queryRaw<StandingRow[]>(Prisma.sql`
    WITH ${members(subject, lastDay)}
    SELECT u.key, u.short_name AS name, u.government_id AS "governmentId", g.name AS "governmentName", CASE u.kind WHEN 'district' THEN 'district' ELSE u.score_class END AS "group",
      coalesce(${ranked}, false) AS ranked, s.level, s.score_tenths::float8 / 10 AS score, b.level AS "levelBefore", b.score_tenths::float8 / 10 AS "scoreBefore"
    FROM member u JOIN unit g ON g.id = u.government_id
      LEFT JOIN LATERAL (${standing(on(lastDay))}) s ON true LEFT JOIN LATERAL (${standing(on(beforeDay))}) b ON true
    WHERE u.score_class IS NOT NULL ${subject.kind === "ministry" ? Prisma.sql`AND u.kind = 'agency'` : Prisma.empty} ORDER BY "group", u.short_name, u.id`);
}

type Week = { day: string; active: number; scored: number; score: number | null };

/** How many units were active, and the mean score, week by week up to a day; weeks before the first score are left out. A region's districts do not count. */
export async function trendOf(subject: Subject, lastDay: string): Promise<Week[]> {
  return db.$queryRaw<Week[]>(Prisma.sql`
    WITH ${members(subject, lastDay)}
    SELECT d.day::text AS day, (count(*) FILTER (WHERE s.level IN ('active', 'very_active')))::int AS active, count(s.level)::int AS scored,
      round(avg(s.score_tenths))::float8 / 10 AS score
    FROM generate_series(0, ${WEEKS}::int) AS n(n) CROSS JOIN LATERAL (SELECT (${lastDay}::date - n.n * 7) AS day) d
    JOIN member u ON u.score_class IS NOT NULL ${subject.kind === "unit" ? Prisma.empty : Prisma.sql`AND u.kind <> 'district'`} LEFT JOIN LATERAL (${standing(Prisma.sql`d.day`)}) s ON true
    GROUP BY d.day HAVING count(s.level) > 0 ORDER BY d.day`);
}
