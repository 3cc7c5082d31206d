import { db } from "../../core/db.ts";

/** Where to look: one unit, a government, or all in the actor's reach. */
export type Where = { unitId?: string; governmentId?: string };

/** A column of days as a local day. */
export const dayOf = (date: Date) => date.toISOString().slice(0, 10);
/** A local day as its column holds it. */
export const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);

/** The names of people by their ids. */
export async function namesOf(ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.person.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
