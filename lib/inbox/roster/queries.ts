import { type Actor, inScope } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db } from "../../core/db.ts";
import { gapsOf, type Stretch } from "./rules.ts";

export type Shift = Stretch & { id: string; name: string };
type Unit = { id: string; governmentId: string };

const DAY = 86_400_000;
/** How far ahead gaps are shown. */
export const rosterDays = 28;
const MOST_SHIFTS = 500;

/** A unit's shifts from now on, the next first, and when nobody is on duty within the next four weeks. */
export async function rosterOf(actor: Actor, unit: Unit): Promise<{ shifts: Shift[]; gaps: Stretch[] }> {
  const at = now();
  const found = await db.dutyShift.findMany({
    where: { AND: [{ unitId: unit.id, to: { gt: at } }, inScope(actor, "inbox.read")] },
    select: { id: true, from: true, to: true, person: { select: { name: true } } },
    orderBy: [{ from: "asc" }, { id: "asc" }],
    take: MOST_SHIFTS,
  });
  const shifts = found.map(({ person, ...shift }) => ({ ...shift, name: person.name }));
  const last = found.length === MOST_SHIFTS ? found.at(-1)!.from : null;
  const until = new Date(at.getTime() + rosterDays * DAY);
  return { shifts, gaps: shifts.length ? gapsOf(shifts, { from: at, to: last && last < until ? last : until }) : [] };
}

/** Who is on duty in a unit at this instant, by name. */
export async function onDutyNow(actor: Actor, unit: Unit): Promise<string[]> {
  const at = now();
  const found = await db.dutyShift.findMany({
    where: { AND: [{ unitId: unit.id, from: { lte: at }, to: { gt: at } }, inScope(actor, "inbox.read")] },
    select: { person: { select: { name: true } } },
    orderBy: { from: "asc" },
    take: 10,
  });
  return [...new Set(found.map(({ person }) => person.name))];
}
