import type { Place } from "../../core/access.ts";
import { db, type Tx } from "../../core/db.ts";
import { holdersOf } from "../../people/holders.ts";

export type Mentor = { id: string; name: string; open: number };

/** Who may coach a unit: its Diskominfo's head and supervisors, and its verifiers. */
export async function mentorIds(tx: Tx, { unitId }: Pick<Place, "unitId">): Promise<string[]> {
  const holders = await holdersOf(tx, [unitId], ["supervisor", "head", "verifier"]);
  return [...new Set(holders.map(({ personId }) => personId))];
}

/** The same with how many open cases each has in hand, the least burdened first. */
export async function mentorsFor(place: Place): Promise<Mentor[]> {
  const ids = await mentorIds(db, place);
  const [people, loads] = await Promise.all([
    db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
    db.coachingCase.groupBy({ by: ["mentorId"], where: { mentorId: { in: ids }, state: "open" }, _count: true }),
  ]);
  const open = new Map(loads.map(({ mentorId, _count }) => [mentorId, _count]));
  return people
    .map((person) => ({ ...person, open: open.get(person.id) ?? 0 }))
    .sort((a, b) => a.open - b.open || a.name.localeCompare(b.name));
}
