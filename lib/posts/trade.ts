import { type Actor, scopeSql } from "../core/access.ts";
import { db, Prisma } from "../core/db.ts";
import { isGovernment, type UnitCard } from "../units/queries.ts";

/** Figures of the trade for a unit or one author in it. What nothing is known of is null, never 0. */
export type TradeRow = {
  unitId: string;
  unit: string;
  /** Null: the whole unit. */
  person: { id: string; name: string } | null;
  published: number;
  /** Half of the published posts needed at most so many hours from the first draft to the first channel. */
  medianHours: number | null;
  /** Of the posts that were decided on: those sent back at least once. */
  returned: { share: number; of: number } | null;
  /** Of the published posts that are seen on their platform: those that were taken off at least one of them. */
  withdrawn: { share: number; of: number } | null;
  /** Of the published posts: those that a later post, published too, is marked as the correction of. */
  corrected: { share: number; of: number } | null;
};

type Row = {
  unitId: string;
  unit: string;
  personId: string | null;
  name: string | null;
  published: number;
  medianHours: number | null;
  decided: number;
  returned: number;
  seen: number;
  removed: number;
  corrected: number;
};

/**
 * The figures for a window, by unit and within it by author; units and authors without a post in it are left out. A post counts
 * as published at its first channel, and for its decisions in the window.
 */
export async function tradeFigures(actor: Actor, unit: UnitCard, from: Date, to: Date): Promise<TradeRow[]> {
  const place = isGovernment(unit) ? Prisma.sql`o.government_id = ${unit.id}::uuid` : Prisma.sql`o.unit_id = ${unit.id}::uuid`;
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    WITH own AS (
      SELECT o.id, o.unit_id, o.author_id, o.created_at FROM post o WHERE ${place} AND ${scopeSql(actor, "figures.read", "o")}
    ), published AS (
      SELECT own.id, min(p.published_at) AS at FROM own JOIN publication p ON p.subject_type = 'post' AND p.subject_id = own.id
      WHERE p.state = 'published' GROUP BY own.id HAVING min(p.published_at) >= ${from} AND min(p.published_at) < ${to}
    ), decided AS (
      SELECT own.id, bool_or(a.decision = 'return') AS returned FROM own JOIN approval a ON a.subject_type = 'post' AND a.subject_id = own.id
      WHERE a.decided_at >= ${from} AND a.decided_at < ${to} GROUP BY own.id
    ), seen AS (
      SELECT r.post_id AS id, bool_or(r.removed_at IS NOT NULL) AS removed FROM published JOIN remote_post r ON r.post_id = published.id
      GROUP BY r.post_id
    ), corrected AS (
      SELECT DISTINCT c.corrects_id AS id FROM published JOIN post c ON c.corrects_id = published.id
      JOIN publication p ON p.subject_type = 'post' AND p.subject_id = c.id AND p.state = 'published'
    ), figures AS (
      SELECT own.unit_id, own.author_id, count(published.id)::int AS published,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM published.at - own.created_at)::float8 / 3600) AS hours,
        count(decided.id)::int AS decided, (count(*) FILTER (WHERE decided.returned))::int AS returned,
        count(seen.id)::int AS seen, (count(*) FILTER (WHERE seen.removed))::int AS removed, count(corrected.id)::int AS corrected
      FROM own LEFT JOIN published ON published.id = own.id LEFT JOIN decided ON decided.id = own.id LEFT JOIN seen ON seen.id = own.id
        LEFT JOIN corrected ON corrected.id = own.id
      WHERE published.id IS NOT NULL OR decided.id IS NOT NULL
      GROUP BY GROUPING SETS ((own.unit_id), (own.unit_id, own.author_id))
    )
    SELECT f.unit_id AS "unitId", u.short_name AS unit, f.author_id AS "personId", n.name, f.published, f.hours AS "medianHours",
      f.decided, f.returned, f.seen, f.removed, f.corrected
    FROM figures f JOIN unit u ON u.id = f.unit_id LEFT JOIN person n ON n.id = f.author_id
    ORDER BY u.short_name, f.unit_id, f.author_id IS NOT NULL, n.name, f.author_id`);
  return rows.map((row) => ({
    unitId: row.unitId,
    unit: row.unit,
    person: row.personId === null ? null : { id: row.personId, name: row.name ?? "" },
    published: row.published,
    medianHours: row.medianHours,
    returned: shareOf(row.returned, row.decided),
    withdrawn: shareOf(row.removed, row.seen),
    corrected: shareOf(row.corrected, row.published),
  }));
}

const shareOf = (part: number, of: number) => (of ? { share: part / of, of } : null);
