import { type Actor, inScope } from "../core/access.ts";
import { db } from "../core/db.ts";

export const groups = ["agency", "district"] as const;
/** OPD and kecamatan are ranked apart. */
export type Group = (typeof groups)[number];

export type Region = { id: string; code: string; name: string; kind: string; zone: string };

/** The government or ministry whose whole leaderboard an actor may read, by id or code; null when his reach ends at single units. */
export async function regionInReach(actor: Actor, which: { id: string } | { code: string }): Promise<Region | null> {
  const beyondUnits = { ...actor, authorities: actor.authorities.filter((a) => a.reach !== "own") };
  return db.unit.findFirst({
    where: { AND: [which, { kind: { notIn: ["component", ...groups] } }, inScope(beyondUnits, "score.read", "id")] },
    select: { id: true, code: true, name: true, kind: true, zone: true },
  });
}

/** When the scores of a zone, or of a government in it, were last computed, and for which day. */
export async function lastRun(zone: string, governmentId?: string): Promise<{ day: string; at: Date } | null> {
  const run = await db.scoreRun.findFirst({
    where: { zone, finishedAt: { not: null }, OR: [{ governmentId: null }, { governmentId }] },
    orderBy: [{ day: "desc" }, { startedAt: "desc" }],
    select: { day: true, finishedAt: true },
  });
  return run?.finishedAt ? { day: run.day.toISOString().slice(0, 10), at: run.finishedAt } : null;
}
