import { db, Prisma } from "../../core/db.ts";
import { members } from "./members.ts";
import type { Window } from "./reading.ts";
import type { Subject } from "./types.ts";

export type AnsweredRow = {
  /** Null: all together. */
  key: string | null;
  due: number;
  onTime: number;
  late: number;
  unanswered: number;
  dueBefore: number;
  onTimeBefore: number;
  lateBefore: number;
  unansweredBefore: number;
  medianHours: number | null;
  medianHoursBefore: number | null;
};

/**
 * The messages whose answer was due in the period, by unit (for the ministry: by region) and all together. Answers after its end
 * do not count, nor, as in the score, those after twice the time given. Who still waits counts as waiting longest.
 */
export async function answered(subject: Subject, { from, to, beforeFrom, beforeTo, lastDay }: Window): Promise<AnsweredRow[]> {
  const inNow = Prisma.sql`d.due_at >= ${from}`;
  const inBefore = Prisma.sql`d.due_at < ${beforeTo}`;
  const hours = (end: Date) =>
    Prisma.sql`CASE WHEN d.answered_at < ${end} THEN extract(epoch FROM d.answered_at - d.opened_at)::float8 / 3600 ELSE 'Infinity' END`;
  const median = (of: Prisma.Sql, which: Prisma.Sql) =>
    Prisma.sql`nullif(percentile_disc(0.5) WITHIN GROUP (ORDER BY ${of}) FILTER (WHERE ${which}), 'Infinity')`;
  return db.$queryRaw<AnsweredRow[]>(Prisma.sql`
    WITH ${members(subject, lastDay)}
    SELECT m.key, (count(*) FILTER (WHERE ${inNow}))::int AS due,
      (count(*) FILTER (WHERE ${inNow} AND d.answered_at <= d.due_at AND d.answered_at < ${to}))::int AS "onTime",
      (count(*) FILTER (WHERE ${inNow} AND d.answered_at > d.due_at AND d.answered_at <= d.late_until AND d.answered_at < ${to}))::int AS late,
      (count(*) FILTER (WHERE ${inNow} AND (d.answered_at <= greatest(d.due_at, d.late_until) AND d.answered_at < ${to}) IS NOT TRUE))::int AS unanswered,
      (count(*) FILTER (WHERE ${inBefore}))::int AS "dueBefore",
      (count(*) FILTER (WHERE ${inBefore} AND d.answered_at <= d.due_at AND d.answered_at < ${beforeTo}))::int AS "onTimeBefore",
      (count(*) FILTER (WHERE ${inBefore} AND d.answered_at > d.due_at AND d.answered_at <= d.late_until AND d.answered_at < ${beforeTo}))::int AS "lateBefore",
      (count(*) FILTER (WHERE ${inBefore} AND (d.answered_at <= greatest(d.due_at, d.late_until) AND d.answered_at < ${beforeTo}) IS NOT TRUE))::int AS "unansweredBefore",
      ${median(hours(to), inNow)} AS "medianHours",
      ${median(hours(beforeTo), inBefore)} AS "medianHoursBefore"
    FROM reply_duty d JOIN member m ON m.id = d.unit_id WHERE d.due_at >= ${beforeFrom} AND d.due_at < ${to}
    GROUP BY GROUPING SETS ((m.key), ())`);
}
