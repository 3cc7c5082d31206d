import { cookies } from "next/headers";
import { cache } from "react";
import { type Actor, inScope } from "../core/access.ts";
import { db } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";

/** The columns of a `UnitCard`. */
export const unitCard = {
  id: true,
  code: true,
  name: true,
  shortName: true,
  kind: true,
  type: true,
  scoreClass: true,
  governmentId: true,
  zone: true,
  government: { select: { id: true, name: true, shortName: true, kind: true } },
} as const;
export type UnitCard = {
  id: string;
  code: string;
  name: string;
  shortName: string;
  kind: string;
  type: string | null;
  scoreClass: string | null;
  governmentId: string;
  zone: string;
  government: { id: string; name: string; shortName: string; kind: string };
};

/** Governments and the ministry: selecting one means all their units. */
export const isGovernment = (unit: Pick<UnitCard, "id" | "governmentId">) => unit.id === unit.governmentId;

/** The units on which an actor holds a role, in the order in which the roles were given: the own one comes first. */
export const unitsOf = cache(async (actor: Actor): Promise<UnitCard[]> => {
  const ids = [...new Set(actor.authorities.map((a) => a.unitId))];
  const units = await db.unit.findMany({ where: { id: { in: ids }, active: true }, select: unitCard, take: 200 });
  return units.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
});

/** The unit the actor works in now: the one chosen in the switcher if it is still his, else his first. */
export const currentUnit = cache(async (actor: Actor): Promise<UnitCard> => {
  const units = await unitsOf(actor);
  const chosen = (await cookies()).get("garda_unit")?.value;
  const unit = units.find((u) => u.id === chosen) ?? units[0];
  if (!unit) throw new Refusal("forbidden");
  return unit;
});

/** A filter on rows with unitId and governmentId: the unit itself, or all of a government. */
export const within = (unit: Pick<UnitCard, "id" | "governmentId">) =>
  isGovernment(unit) ? { governmentId: unit.id } : { unitId: unit.id };

export async function unitByCode(code: string): Promise<UnitCard | null> {
  return db.unit.findUnique({ where: { code }, select: unitCard });
}

/** The units whose news an open page is told: those whose inbox or posts the actor reads, which never lie beyond his government. */
export async function unitsHeard(actor: Actor): Promise<Set<string>> {
  const reach = { OR: [inScope(actor, "inbox.read", "id"), inScope(actor, "post.read", "id"), inScope(actor, "post.review", "id")] };
  const units = await db.unit.findMany({ where: reach, select: { id: true }, take: 5000 });
  return new Set(units.map((u) => u.id));
}
