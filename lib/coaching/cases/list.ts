import { type Actor, scopeSql } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma } from "../../core/db.ts";
import type { Level } from "../../scores/rules.ts";
import { standing } from "../../scores/standing.ts";
import { localDay } from "../../units/calendar.ts";
import { type Cause, standingCauses } from "../causes/cause-rules.ts";
import { type SaidCause, saidCauses } from "../causes/queries.ts";
import { type CaseState, lowLevels, type Outcome } from "../rules.ts";

export const views = ["all", "dormant", "proposed", "open", "closed"] as const;
export type View = (typeof views)[number];
export type Filter = { view: View; cause: Cause | "unknown" | null; mentor: string | null };
/** The last row of the page before. */
export type ListCursor = { rank: number; days: number; id: string };

export type CoachedUnit = {
  unitId: string;
  code: string;
  shortName: string;
  level: Level | null;
  scoreTenths: number | null;
  /** Null where no credited post was ever seen, or the unit has no score. */
  daysSinceLastPost: number | null;
  causes: SaidCause[];
  case: {
    id: string;
    state: CaseState;
    revision: number;
    mentor: string | null;
    startsOn: string | null;
    endsOn: string | null;
    outcome: Outcome | null;
  } | null;
};

type Row = CoachedUnit & { rank: number; days: number };
type Unit = { id: string; governmentId: string };
const A_PAGE = 40;

const withinSql = (unit: Unit) =>
  unit.id === unit.governmentId ? Prisma.sql`u.government_id = ${unit.id}::uuid` : Prisma.sql`u.id = ${unit.id}::uuid`;
const inReach = (actor: Actor) =>
  Prisma.sql`EXISTS (SELECT FROM (SELECT u.id AS unit_id, u.government_id) here WHERE ${scopeSql(actor, "coaching.read", "here")})`;
const today = () => Prisma.sql`${localDay(now(), "Asia/Jayapura")}::date`;
const low = Prisma.sql`${[...lowLevels]}::text[]`;

/** Units that are low, have no account, or have a live case (or, in the view of the closed ones, had a case): the longest silent first. */
export async function listCoached(
  actor: Actor,
  unit: Unit,
  filter: Filter,
  after: ListCursor | null,
): Promise<{ rows: CoachedUnit[]; next: ListCursor | null }> {
  const closed = filter.view === "closed";
  const found = await db.$queryRaw<Row[]>(Prisma.sql`
    WITH base AS (
      SELECT u.id AS "unitId", u.code, u.short_name AS "shortName", s.level, s.score_tenths AS "scoreTenths", (s.facts->>'daysSinceLastPost')::int AS "daysSinceLastPost",
        CASE s.level WHEN 'dead' THEN 0 WHEN 'dormant' THEN 1 WHEN 'passive' THEN 2 ELSE CASE WHEN s.level IS NULL THEN 3 ELSE 4 END END AS rank,
        coalesce((s.facts->>'daysSinceLastPost')::int, 100000) AS days, said.causes, k.id AS case_id, k.state, k.mentor_id,
        CASE WHEN k.id IS NOT NULL THEN jsonb_build_object('id', k.id, 'state', k.state, 'revision', k.revision, 'mentor', p.name, 'startsOn', k.starts_on, 'endsOn', k.ends_on, 'outcome', k.outcome) END AS "case"
      FROM unit u LEFT JOIN LATERAL (${standing(today())}) s ON true
      LEFT JOIN LATERAL (SELECT * FROM coaching_case c WHERE c.unit_id = u.id AND ${closed ? Prisma.sql`c.state = 'closed' AND c.mentor_id IS NOT NULL` : Prisma.sql`c.state <> 'closed'`} ORDER BY c.id DESC LIMIT 1) k ON true
      LEFT JOIN person p ON p.id = k.mentor_id CROSS JOIN LATERAL (${saidCauses}) said
      WHERE u.active AND u.score_class IS NOT NULL AND ${withinSql(unit)} AND ${inReach(actor)}
        AND (k.id IS NOT NULL ${closed ? Prisma.empty : Prisma.sql`OR s.level IS NULL OR s.level = ANY(${low})`})
    )
    SELECT * FROM base WHERE ${conditions(filter)}
      ${after ? Prisma.sql`AND (rank, -days, "unitId") > (${after.rank}::int, ${-after.days}::int, ${after.id}::uuid)` : Prisma.empty}
    ORDER BY rank, -days, "unitId" LIMIT ${A_PAGE + 1}`);
  const page = found.slice(0, A_PAGE);
  const last = page.at(-1);
  return {
    rows: page.map(({ rank: _, days: __, causes, ...row }) => ({ ...row, causes: standingCauses(causes) })),
    next: found.length > A_PAGE && last ? { rank: last.rank, days: last.days, id: last.unitId } : null,
  };
}

function conditions({ view, cause, mentor }: Filter): Prisma.Sql {
  const parts = [Prisma.sql`true`];
  if (view === "dormant") parts.push(Prisma.sql`level IN ('dormant', 'dead')`);
  if (view === "proposed" || view === "open") parts.push(Prisma.sql`state = ${view}`);
  if (cause === "unknown") parts.push(Prisma.sql`causes = '[]'::jsonb`);
  else if (cause) parts.push(Prisma.sql`causes @> ${JSON.stringify([{ cause }])}::jsonb`);
  if (mentor) parts.push(Prisma.sql`mentor_id = ${mentor}::uuid`);
  return Prisma.join(parts, " AND ");
}

export type Funnel = { dormant: number; known: number; coached: number; proposed: number; woken: number; open: number };
const WOKEN_DAYS = 84;

/** How many are Dorman or Mati, of how many the cause is known and not surmised, how many are coached, and how many left Pasif or lower in twelve weeks. */
export async function coachingFunnel(actor: Actor, unit: Unit): Promise<Funnel> {
  const since = new Date(now().getTime() - WOKEN_DAYS * 86_400_000);
  const [row] = await db.$queryRaw<Funnel[]>(Prisma.sql`
    SELECT count(*) FILTER (WHERE silent)::int AS dormant, count(*) FILTER (WHERE silent AND known)::int AS known, count(*) FILTER (WHERE silent AND state = 'open')::int AS coached,
      count(*) FILTER (WHERE state = 'proposed')::int AS proposed, count(*) FILTER (WHERE state = 'open')::int AS open, count(*) FILTER (WHERE woke)::int AS woken
    FROM (
      SELECT coalesce(s.level IN ('dormant', 'dead'), false) AS silent,
        EXISTS (SELECT FROM dormancy_cause c WHERE c.unit_id = u.id AND c.superseded_at IS NULL AND c.source <> 'inferred') AS known,
        (SELECT k.state FROM coaching_case k WHERE k.unit_id = u.id AND k.state <> 'closed') AS state,
        EXISTS (SELECT FROM dormancy_spell w WHERE w.unit_id = u.id AND w.deepest IS NOT NULL AND w.ended_on > ${since}::date) AS woke
      FROM unit u LEFT JOIN LATERAL (${standing(today())}) s ON true
      WHERE u.active AND u.score_class IS NOT NULL AND ${withinSql(unit)} AND ${inReach(actor)}) each`);
  return row ?? { dormant: 0, known: 0, coached: 0, proposed: 0, woken: 0, open: 0 };
}

/** The mentors of open cases there, for the filter. */
export async function mentorsInUse(actor: Actor, unit: Unit): Promise<{ id: string; name: string; open: number }[]> {
  return db.$queryRaw(Prisma.sql`
    SELECT p.id, p.name, count(*)::int AS open FROM coaching_case k JOIN unit u ON u.id = k.unit_id JOIN person p ON p.id = k.mentor_id
    WHERE k.state = 'open' AND ${withinSql(unit)} AND ${inReach(actor)} GROUP BY p.id ORDER BY p.name LIMIT 50`);
}
