import type { Outcome } from "../../coaching/rules.ts";
import { db, Prisma } from "../../core/db.ts";
import { members } from "./members.ts";
import type { Window } from "./reading.ts";
import type { CoachingFigures, Subject } from "./types.ts";

type Row = { begun: number; begunBefore: number; running: number; outcomes: Partial<Record<Outcome, number>> | null };

/** Cases of coaching that began and ended in the period, and those that ran at its end; proposals that nobody took up do not count. */
export async function coachingOf(subject: Subject, { from, to, beforeFrom, beforeTo, lastDay }: Window): Promise<CoachingFigures> {
  const startDay = (at: Date) => Prisma.sql`(${at}::timestamptz AT TIME ZONE ${subject.zone})::date`;
  const [row] = await db.$queryRaw<Row[]>(Prisma.sql`
    WITH ${members(subject, lastDay)}, own AS (
      SELECT c.starts_on, c.closed_at, c.outcome FROM coaching_case c JOIN member m ON m.id = c.unit_id WHERE c.starts_on IS NOT NULL AND c.starts_on <= ${lastDay}::date
    )
    SELECT (count(*) FILTER (WHERE starts_on >= ${startDay(from)}))::int AS begun,
      (count(*) FILTER (WHERE starts_on >= ${startDay(beforeFrom)} AND starts_on < ${startDay(beforeTo)}))::int AS "begunBefore",
      (count(*) FILTER (WHERE closed_at IS NULL OR closed_at >= ${to}))::int AS running,
      (SELECT jsonb_object_agg(o.outcome, o.cases) FROM (
        SELECT outcome, count(*) AS cases FROM own WHERE closed_at >= ${from} AND closed_at < ${to} AND outcome IS NOT NULL GROUP BY outcome) o) AS outcomes
    FROM own`);
  const { begun, begunBefore, running, outcomes } = row!;
  const closed = Object.entries(outcomes ?? {}).map(([outcome, cases]) => ({ outcome: outcome as Outcome, cases }));
  return {
    begun: { now: begun, before: begunBefore },
    running,
    closed: closed.sort((a, b) => b.cases - a.cases || a.outcome.localeCompare(b.outcome)),
  };
}
