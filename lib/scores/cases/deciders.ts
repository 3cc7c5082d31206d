import { now } from "../../core/clock.ts";
import { Prisma, type Tx } from "../../core/db.ts";
import { holdersOf } from "../../people/holders.ts";

/**
 * Who is asked to decide on objections of these units: the government's supervisors and heads without a role on the unit itself;
 * where there is none, the analysts above.
 */
export async function decidersOf(tx: Tx, unitIds: readonly string[]): Promise<Map<string, string[]>> {
  const units = [...new Set(unitIds)];
  const [near, above, involved] = [
    await holdersOf(tx, units, ["supervisor", "head"]),
    await analystsAbove(tx, units),
    await peopleOf(tx, units),
  ];
  const of = (held: readonly Held[], unitId: string) =>
    new Set(held.filter((one) => one.unitId === unitId).map(({ personId }) => personId));
  const free = (held: readonly Held[], unitId: string) => [...of(held, unitId).difference(of(involved, unitId))];
  return new Map(
    units.map((unitId) => {
      const nearby = free(near, unitId);
      return [unitId, nearby.length ? nearby : free(above, unitId)];
    }),
  );
}

type Held = { unitId: string; personId: string };

const granted = () => {
  const at = now();
  return Prisma.sql`g.valid_from <= ${at} AND (g.valid_to IS NULL OR g.valid_to > ${at})`;
};

const peopleOf = (tx: Tx, units: readonly string[]): Promise<Held[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT DISTINCT g.unit_id AS "unitId", g.person_id AS "personId" FROM role_grant g WHERE g.unit_id = ANY(${units}::uuid[]) AND ${granted()}`);

const analystsAbove = (tx: Tx, units: readonly string[]): Promise<Held[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT DISTINCT c.unit_id AS "unitId", g.person_id AS "personId" FROM unit_closure c
    JOIN role_grant g ON g.unit_id = c.ancestor_id AND g.role = 'analyst' AND g.reach = 'subtree'
    JOIN person p ON p.id = g.person_id AND p.disabled_at IS NULL WHERE c.unit_id = ANY(${units}::uuid[]) AND ${granted()}`);
