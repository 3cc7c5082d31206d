import { type Actor, inScope, scopeSql } from "../core/access.ts";
import { db, Prisma } from "../core/db.ts";

/** Agencies, districts and the ministry's components are ranked apart. */
export const groups = ["agency", "district", "component"] as const;
export type Group = (typeof groups)[number];

export type Region = { id: string; code: string; name: string; kind: string; zone: string };

/** The government or ministry whose whole leaderboard an actor may read, by id or code; null when his reach ends at single units. */
export async function regionInReach(actor: Actor, which: { id: string } | { code: string }): Promise<Region | null> {
  return db.unit.findFirst({
    where: { AND: [which, { kind: { notIn: [...groups] } }, inScope(beyondUnits(actor), "score.read", "id")] },
    select: { id: true, code: true, name: true, kind: true, zone: true },
  });
}

/** Governments `g` of which an actor may read the whole board: his reach over single units opens none. */
export const governmentScope = (actor: Actor) =>
  Prisma.sql`EXISTS (SELECT FROM (SELECT g.id AS unit_id, g.id AS government_id) here WHERE ${scopeSql(beyondUnits(actor), "score.read", "here")})`;

/** An actor without what he holds over single units. */
const beyondUnits = (actor: Actor): Actor => ({ ...actor, authorities: actor.authorities.filter((a) => a.reach !== "own") });

/** When the scores of a zone, or of a government in it, were last computed, and for which day. */
export async function lastRun(zone: string, governmentId?: string): Promise<{ day: string; at: Date } | null> {
  const run = await db.scoreRun.findFirst({
    where: { zone, finishedAt: { not: null }, OR: [{ governmentId: null }, ...(governmentId ? [{ governmentId }] : [])] },
    orderBy: [{ day: "desc" }, { startedAt: "desc" }],
    select: { day: true, finishedAt: true },
  });
  return run?.finishedAt ? { day: run.day.toISOString().slice(0, 10), at: run.finishedAt } : null;
}
