import { type Actor, reaches, scopeSql } from "../core/access.ts";
import { db, Prisma } from "../core/db.ts";
import { standingCauses } from "./causes/cause-rules.ts";
import { type SaidCause, saidCauses } from "./causes/queries.ts";
import type { CaseState } from "./rules.ts";

export type LiveCase = {
  id: string;
  state: Exclude<CaseState, "closed">;
  mentor: string | null;
  startsOn: string | null;
  endsOn: string | null;
};
/** What is known of why a unit is silent, and the case that helps it. */
export type UnitCoaching = { causes: SaidCause[]; liveCase: LiveCase | null };

/** The causes and the live case of each of these units, as far as the actor may read of coaching there; units without either are left out. */
export async function coachingOf(actor: Actor, unitIds: readonly string[]): Promise<Map<string, UnitCoaching>> {
  if (!unitIds.length) return new Map();
  const rows = await db.$queryRaw<{ unitId: string; causes: SaidCause[]; liveCase: LiveCase | null }[]>(Prisma.sql`
    SELECT u.id AS "unitId", said.causes, (SELECT jsonb_build_object('id', k.id, 'state', k.state, 'mentor', p.name, 'startsOn', k.starts_on, 'endsOn', k.ends_on)
      FROM coaching_case k LEFT JOIN person p ON p.id = k.mentor_id WHERE k.unit_id = u.id AND k.state <> 'closed') AS "liveCase"
    FROM unit u CROSS JOIN LATERAL (${saidCauses}) said
    WHERE u.id = ANY(${[...unitIds]}::uuid[]) AND EXISTS (SELECT FROM (SELECT u.id AS unit_id, u.government_id) here WHERE ${scopeSql(actor, "coaching.read", "here")})`);
  const known = rows.filter(({ causes, liveCase }) => causes.length || liveCase);
  return new Map(known.map(({ unitId, causes, liveCase }) => [unitId, { causes: standingCauses(causes), liveCase }]));
}

/** Open cases that the actor is the mentor of. */
export const countMyCases = (actor: Actor): Promise<number> =>
  db.coachingCase.count({ where: { mentorId: actor.personId, state: "open" } });

/** The units of a government in whose name somebody who coaches there may act; none for everybody else. */
export const coachableUnits = (actor: Actor, governmentId: string): Promise<{ id: string; shortName: string }[]> =>
  reaches(actor, "coaching.manage", { unitId: governmentId, governmentId })
    ? db.unit.findMany({
        where: { governmentId, active: true, scoreClass: { not: null } },
        select: { id: true, shortName: true },
        orderBy: { shortName: "asc" },
        take: 500,
      })
    : Promise.resolve([]);
