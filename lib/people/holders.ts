import { type Permission, type Place, permissions } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { Prisma, type Tx } from "../core/db.ts";
import type { Role } from "../core/roles.ts";

/** `own`: by a grant on the unit itself, not by one that reaches it from above. */
export type Holder = { unitId: string; personId: string; role: Role; own: boolean };

/**
 * Who holds one of `roles` over each of the units now, by the reach of the grant as `access.ts` reads it; disabled people hold
 * none. Unordered; one row a person and role.
 */
export async function holdersOf(tx: Tx, unitIds: readonly string[], roles: readonly Role[]): Promise<Holder[]> {
  if (!unitIds.length || !roles.length) return [];
  const at = now();
  return tx.$queryRaw<Holder[]>(Prisma.sql`
    SELECT u.id AS "unitId", g.person_id AS "personId", g.role, bool_or(held.id = u.id) AS own
    FROM unit u JOIN unit held ON held.government_id = u.government_id
    JOIN role_grant g ON g.unit_id = held.id JOIN person p ON p.id = g.person_id AND p.disabled_at IS NULL
    WHERE u.id = ANY(${[...new Set(unitIds)]}::uuid[]) AND g.role = ANY(${[...roles]}::text[])
      AND g.valid_from <= ${at} AND (g.valid_to IS NULL OR g.valid_to > ${at})
      AND (g.reach = 'government' OR held.id = u.id OR (g.reach = 'subtree' AND held.id = held.government_id))
    GROUP BY u.id, g.person_id, g.role`);
}

/** The people who may do something at a place, or hold one of some roles over it. */
export async function peopleWithRole(tx: Tx, place: Place, allowed: Permission | readonly Role[]): Promise<string[]> {
  const roles: readonly Role[] = typeof allowed === "string" ? permissions[allowed] : allowed;
  const holders = await holdersOf(tx, [place.unitId], roles);
  return [...new Set(holders.map(({ personId }) => personId))];
}
