import type { Place } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { Prisma, type Tx } from "../../core/db.ts";
import { holdersOf } from "../../people/holders.ts";

/**
 * Who is asked to decide on an objection: the government's supervisors and heads without a role on the unit itself; where there
 * is none, the analysts above.
 */
export async function decidersOf(tx: Tx, { unitId }: Place): Promise<string[]> {
  const near = await holdersOf(tx, [unitId], ["supervisor", "head"]);
  const involved = new Set(await peopleOf(tx, unitId));
  const free = [...new Set(near.map(({ personId }) => personId))].filter((id) => !involved.has(id));
  return free.length ? free : (await analystsAbove(tx, unitId)).filter((id) => !involved.has(id));
}

const granted = () => {
  const at = now();
  return Prisma.sql`g.valid_from <= ${at} AND (g.valid_to IS NULL OR g.valid_to > ${at})`;
};

async function peopleOf(tx: Tx, unitId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT DISTINCT g.person_id AS id FROM role_grant g WHERE g.unit_id = ${unitId}::uuid AND ${granted()}`,
  );
  return rows.map(({ id }) => id);
}

async function analystsAbove(tx: Tx, unitId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT DISTINCT g.person_id AS id FROM unit_closure c JOIN role_grant g ON g.unit_id = c.ancestor_id AND g.role = 'analyst' AND g.reach = 'subtree'
    JOIN person p ON p.id = g.person_id AND p.disabled_at IS NULL WHERE c.unit_id = ${unitId}::uuid AND ${granted()}`);
  return rows.map(({ id }) => id);
}
