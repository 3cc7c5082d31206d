import { now } from "../core/clock.ts";
import type { Prisma, Tx } from "../core/db.ts";
import { signal } from "../core/live.ts";
import { type FrozenContent, newCheckpoint } from "./content.ts";

export type Plan = { channelId: string; unitId: string; governmentId: string; content: FrozenContent };

/** Puts one due row per channel on the schedule, in the caller's transaction. A subject is planned once per channel. */
export async function planPublications(tx: Tx, subject: { type: "post" | "reply"; id: string }, plans: Plan[], dueAt: Date) {
  const createdAt = now();
  await tx.publication.createMany({
    data: plans.map((p) => ({
      ...p,
      content: p.content as unknown as Prisma.InputJsonValue,
      checkpoint: newCheckpoint as unknown as Prisma.InputJsonValue,
      subjectType: subject.type,
      subjectId: subject.id,
      dueAt,
      runAt: dueAt,
      createdAt,
    })),
  });
  await signal(tx, { topic: "publication-due" });
}

/** Calls off what has not begun; returns how many rows were and how many could no longer be. */
export async function cancelPublications(tx: Tx, subject: { type: "post" | "reply"; id: string }) {
  const where = { subjectType: subject.type, subjectId: subject.id };
  const { count: cancelled } = await tx.publication.updateMany({
    where: { ...where, state: { in: ["due", "manual", "failed"] } },
    data: { state: "cancelled" },
  });
  const running = await tx.publication.count({ where: { ...where, state: { in: ["publishing", "unknown", "published"] } } });
  return { cancelled, running };
}
