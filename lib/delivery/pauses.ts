import { type Actor, inScope, reaches } from "../core/access.ts";
import { db, Prisma } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { isGovernment, type UnitCard, within } from "../units/queries.ts";
import { type HeldRow, heldOf } from "./pausing.ts";

export type OpenPause = {
  id: string;
  unitId: string;
  unit: string;
  zone: string;
  reason: string;
  by: string;
  at: Date;
  held: number;
  mayEnd: boolean;
};

/** The pauses that touch a unit: those above it within its government, its own and, for a government, those of its units. */
export async function openPauses(actor: Actor, unit: Pick<UnitCard, "id" | "governmentId">): Promise<OpenPause[]> {
  const rows = await db.schedulePause.findMany({
    where: {
      endedAt: null,
      OR: [within(unit), { governmentId: unit.governmentId, unit: { descendants: { some: { unitId: unit.id } } } }],
    },
    select: {
      id: true,
      unitId: true,
      governmentId: true,
      reason: true,
      begunBy: true,
      begunAt: true,
      unit: { select: { shortName: true, zone: true } },
    },
    orderBy: { begunAt: "asc" },
    take: 50,
  });
  if (!rows.length) return [];
  const ids = rows.map(({ id }) => id);
  const [people, mine, counts] = await Promise.all([
    db.person.findMany({ where: { id: { in: rows.map(({ begunBy }) => begunBy) } }, select: { id: true, name: true } }),
    db.schedulePause.findMany({ where: { AND: [{ id: { in: ids } }, inScope(actor, "schedule.pause")] }, select: { id: true } }),
    db.$queryRaw<{ id: string; held: number }[]>(Prisma.sql`
      SELECT s.id, count(*)::int AS held FROM schedule_pause s JOIN unit_closure c ON c.ancestor_id = s.unit_id
        JOIN publication p ON p.unit_id = c.unit_id AND p.government_id = s.government_id AND p.state = 'held'
      WHERE s.id = ANY(${ids}::uuid[]) GROUP BY s.id`),
  ]);
  return rows.map(({ id, unitId, reason, begunBy, begunAt, unit: { shortName, zone } }) => ({
    ...{ id, unitId, unit: shortName, zone, reason, at: begunAt },
    by: people.find((person) => person.id === begunBy)?.name ?? "",
    held: counts.find((count) => count.id === id)?.held ?? 0,
    mayEnd: mine.some((pause) => pause.id === id),
  }));
}

/** What a person decides on when he ends a pause: at most 500, soonest first, and how many there are. Words only for their readers. */
export async function heldBy(actor: Actor, pauseId: string): Promise<{ rows: (HeldRow & { readable: boolean })[]; count: number }> {
  const pause = await db.schedulePause.findFirst({ where: { AND: [{ id: pauseId, endedAt: null }, inScope(actor, "schedule.pause")] } });
  if (!pause) throw new Refusal("not-found");
  const [rows, counted] = await Promise.all([
    db.$queryRaw<HeldRow[]>(Prisma.sql`${heldOf(pause)} ORDER BY p.due_at, p.id LIMIT 500`),
    db.$queryRaw<{ count: number }[]>(Prisma.sql`SELECT count(*)::int AS count FROM (${heldOf(pause)}) held`),
  ]);
  const seen = rows.map((row) => {
    const readable = reaches(actor, "post.read", { unitId: row.unitId, governmentId: pause.governmentId });
    return { ...row, readable, text: readable ? row.text : "" };
  });
  return { rows: seen, count: counted[0]?.count ?? 0 };
}

/** The units that a person may pause now, seen from one: itself, and of a government its units. */
export async function pausableUnits(actor: Actor, unit: UnitCard): Promise<{ id: string; name: string }[]> {
  const seen = isGovernment(unit) ? { governmentId: unit.id } : { id: unit.id };
  const units = await db.unit.findMany({
    where: { AND: [seen, { active: true, pauses: { none: { endedAt: null } } }, inScope(actor, "schedule.pause", "id")] },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take: 500,
  });
  return units.sort((a, b) => Number(b.id === unit.id) - Number(a.id === unit.id));
}
