import { type Actor, scopeSql } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import { standing } from "../scores/standing.ts";
import { localDay } from "../units/calendar.ts";

export const helps = ["visit", "meeting", "training", "task", "none"] as const;
/** What a unit was helped by in its first four weeks: a visit, another meeting, a training, tasks done; `none`: nothing that was noted. */
export type Help = (typeof helps)[number];
export const afterWeeks = [4, 8, 12] as const;

/** Cases with this help, and of those so many weeks old (`of`) how many stood higher then (`up`). */
export type HelpFigures = { help: Help; cases: number; after: { weeks: (typeof afterWeeks)[number]; of: number; up: number }[] };
export type MentorFigures = { id: string; name: string; open: number; overdue: number; closed: number; movedUp: number };
type Unit = { id: string; governmentId: string };

const within = (actor: Actor, unit: Unit) => Prisma.sql`
  ${unit.id === unit.governmentId ? Prisma.sql`k.government_id = ${unit.id}::uuid` : Prisma.sql`k.unit_id = ${unit.id}::uuid`} AND ${scopeSql(actor, "coaching.read", "k")}`;

/** Each mentor's cases: those in hand, those beyond their time, and how the others ended in the last year. */
export async function mentorFigures(actor: Actor, unit: Unit): Promise<MentorFigures[]> {
  const at = now();
  const yearAgo = new Date(at.getTime() - 365 * 86_400_000);
  return db.$queryRaw(Prisma.sql`
    SELECT p.id, p.name, count(*) FILTER (WHERE k.state = 'open')::int AS open,
      count(*) FILTER (WHERE k.state = 'open' AND k.ends_on < ${localDay(at, "Asia/Jakarta")}::date)::int AS overdue,
      count(*) FILTER (WHERE k.closed_at > ${yearAgo})::int AS closed, count(*) FILTER (WHERE k.closed_at > ${yearAgo} AND k.outcome = 'moved_up')::int AS "movedUp"
    FROM coaching_case k JOIN person p ON p.id = k.mentor_id WHERE ${within(actor, unit)} AND (k.state = 'open' OR k.closed_at > ${yearAgo})
    GROUP BY p.id ORDER BY 3 DESC, p.name LIMIT 100`);
}

/**
 * What worked: for each kind of help, in how many cases the unit's level after 4, 8 and 12 weeks stood above the one it began
 * with. A case with several helps counts under each; a case too young for a column is not in it.
 */
export async function helpFigures(actor: Actor, unit: Unit): Promise<HelpFigures[]> {
  const today = localDay(now(), "Asia/Jakarta");
  const rank = (level: Prisma.Sql) =>
    Prisma.sql`array_position(ARRAY['dead', 'dormant', 'passive', 'less_active', 'active', 'very_active'], ${level})`;
  const rows = await db.$queryRaw<{ help: Help; weeks: number | null; cases: number; of: number; up: number }[]>(Prisma.sql`
    WITH helped AS (
      SELECT k.id, k.unit_id, k.level, k.starts_on, h.help FROM coaching_case k
      JOIN unit at ON at.id = k.unit_id
      CROSS JOIN LATERAL (SELECT k.starts_on::timestamp AT TIME ZONE at.zone AS begins, (k.starts_on + 29)::timestamp AT TIME ZONE at.zone AS ends) span
      CROSS JOIN LATERAL (
        SELECT CASE m.mode WHEN 'visit' THEN 'visit' ELSE 'meeting' END AS help FROM coaching_meeting m WHERE m.case_id = k.id AND m.held_at >= begins AND m.held_at < ends
        UNION SELECT 'training' FROM training_attendance a JOIN training_session s ON s.id = a.session_id WHERE a.unit_id = k.unit_id AND a.names <> '' AND s.held_at >= begins AND s.held_at < ends
        UNION SELECT 'task' FROM coaching_task t WHERE t.case_id = k.id AND t.done_at >= begins AND t.done_at < ends
      ) h WHERE ${within(actor, unit)} AND k.starts_on IS NOT NULL AND k.level IS NOT NULL
    ), everyone AS (
      SELECT * FROM helped UNION ALL
      SELECT k.id, k.unit_id, k.level, k.starts_on, 'none' FROM coaching_case k
      WHERE ${within(actor, unit)} AND k.starts_on IS NOT NULL AND k.level IS NOT NULL AND NOT EXISTS (SELECT FROM helped h WHERE h.id = k.id)
    ), seen AS (
      SELECT e.help, e.id, w.weeks, later.level, ${rank(Prisma.sql`later.level`)} > ${rank(Prisma.sql`e.level`)} AS up
      FROM everyone e CROSS JOIN unnest(${[...afterWeeks]}::int[]) AS w(weeks) JOIN unit u ON u.id = e.unit_id
      LEFT JOIN LATERAL (SELECT s.level FROM (${standing(Prisma.sql`e.starts_on + w.weeks * 7`)}) s WHERE e.starts_on + w.weeks * 7 < ${today}::date) later ON true
    )
    SELECT help, weeks, count(DISTINCT id)::int AS cases, count(level)::int AS of, count(*) FILTER (WHERE up)::int AS up FROM seen GROUP BY help, weeks`);
  return helps.flatMap((help) => {
    const own = rows.filter((row) => row.help === help);
    if (!own.length) return [];
    const after = afterWeeks.map((weeks) => {
      const at = own.find((row) => row.weeks === weeks);
      return { weeks, of: at?.of ?? 0, up: at?.up ?? 0 };
    });
    return [{ help, cases: Math.max(...own.map(({ cases }) => cases)), after }];
  });
}
