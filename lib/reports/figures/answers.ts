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

/** The messages whose answer was due in the period, by unit (for the ministry: by region) and all together. Answers after its end do not count. */
export async function answered(subject: Subject, { from, to, beforeFrom, beforeTo }: Window): Promise<AnsweredRow[]> {
  const inNow = Prisma.sql`d.due_at >= ${from}`;
  const inBefore = Prisma.sql`d.due_at < ${beforeTo}`;
  const hours = Prisma.sql`extract(epoch FROM d.answered_at - d.opened_at)::float8 / 3600`;
  return db.$queryRaw<AnsweredRow[]>(Prisma.sql`
    WITH ${members(subject)}
    SELECT m.key, (count(*) FILTER (WHERE ${inNow}))::int AS due,
      (count(*) FILTER (WHERE ${inNow} AND d.answered_at <= d.due_at AND d.answered_at < ${to}))::int AS "onTime",
      (count(*) FILTER (WHERE ${inNow} AND d.answered_at > d.due_at AND d.answered_at < ${to}))::int AS late,
      (count(*) FILTER (WHERE ${inNow} AND (d.answered_at IS NULL OR d.answered_at >= ${to})))::int AS unanswered,
      (count(*) FILTER (WHERE ${inBefore}))::int AS "dueBefore",
      (count(*) FILTER (WHERE ${inBefore} AND d.answered_at <= d.due_at AND d.answered_at < ${beforeTo}))::int AS "onTimeBefore",
      (count(*) FILTER (WHERE ${inBefore} AND d.answered_at > d.due_at AND d.answered_at < ${beforeTo}))::int AS "lateBefore",
      (count(*) FILTER (WHERE ${inBefore} AND (d.answered_at IS NULL OR d.answered_at >= ${beforeTo})))::int AS "unansweredBefore",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY ${hours}) FILTER (WHERE ${inNow} AND d.answered_at < ${to}) AS "medianHours",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY ${hours}) FILTER (WHERE ${inBefore} AND d.answered_at < ${beforeTo}) AS "medianHoursBefore"
    FROM reply_duty d JOIN member m ON m.id = d.unit_id WHERE d.due_at >= ${beforeFrom} AND d.due_at < ${to}
    GROUP BY GROUPING SETS ((m.key), ())`);
}
