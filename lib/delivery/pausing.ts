import { type Actor, inScope } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import type { PublicationSubject } from "../core/events.ts";
import { signal } from "../core/live.ts";

// "Jeda seluruh jadwal": what a unit and all below it would send waits as "held". It ends at the border of the unit's
// government; answers to citizens and warnings published as an emergency go on.

const LOCK = "schedule-pause";
/** Pausing and resuming wait for those who plan now, and those who plan wait for them: no row slips between. */
const alone = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${LOCK}))`;
/** To be taken before any row is locked. */
export const beforePlanning = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtext(${LOCK}))`;

/** Whether an open pause covers a row of `alias` (its `unit_id` and `government_id`). */
export const pausedSql = (alias: string, except?: string) => Prisma.sql`EXISTS (
  SELECT FROM schedule_pause s JOIN unit_closure c ON c.ancestor_id = s.unit_id
  WHERE s.ended_at IS NULL AND c.unit_id = ${Prisma.raw(alias)}.unit_id AND s.government_id = ${Prisma.raw(alias)}.government_id
    ${except ? Prisma.sql`AND s.id <> ${except}::uuid` : Prisma.empty})`;

/** Which of these units may send nothing now, save answers to citizens. Holds back new pauses until the transaction ends. */
export async function pausedUnits(tx: Tx, unitIds: string[]): Promise<Set<string>> {
  await beforePlanning(tx);
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT u.unit_id AS id FROM (SELECT id AS unit_id, government_id FROM unit WHERE id = ANY(${unitIds}::uuid[])) u WHERE ${pausedSql("u")}`);
  return new Set(rows.map(({ id }) => id));
}

type Subject = { subjectType: string; subjectId: string };

/** Answers to citizens, and warnings that were published as an emergency, go out during a pause. */
export async function goesOn(tx: Tx, { subjectType, subjectId }: Subject): Promise<boolean> {
  return subjectType === "reply" || (await tx.post.count({ where: { id: subjectId, emergencyBy: { not: null } } })) > 0;
}

/** What a publication that would be due becomes: "held" while its unit is paused. */
export async function dueOrHeld(tx: Tx, { unitId, ...subject }: Subject & { unitId: string }): Promise<"due" | "held"> {
  return !(await goesOn(tx, subject)) && (await pausedUnits(tx, [unitId])).has(unitId) ? "held" : "due";
}

/** Holds every post of the unit and all below it that has not begun. What is being sent now is not touched. */
export async function beginPause(
  actor: Actor,
  { unitId, reason }: { unitId: string; reason: string },
): Promise<Answer<{ pauseId: string; held: number }>> {
  return db.$transaction(
    async (tx) => {
      const unit = await tx.unit.findFirst({
        where: { AND: [{ id: unitId }, inScope(actor, "schedule.pause", "id")] },
        select: { id: true, governmentId: true },
      });
      if (!unit) throw new Refusal("not-found");
      await alone(tx);
      if (await tx.schedulePause.count({ where: { unitId, endedAt: null } }))
        return { ok: false, problems: [{ field: "unitId", code: "already-paused" }] };
      const { id } = await tx.schedulePause.create({
        data: { unitId, governmentId: unit.governmentId, reason, begunBy: actor.personId, begunAt: now() },
        select: { id: true },
      });
      const held = await tx.$queryRaw<{ unitId: string }[]>(Prisma.sql`
        UPDATE publication p SET state = 'held' FROM unit_closure c
        WHERE c.ancestor_id = ${unitId}::uuid AND c.unit_id = p.unit_id AND p.government_id = ${unit.governmentId}::uuid
          AND p.state = 'due' AND p.subject_type <> 'reply' AND NOT EXISTS (SELECT FROM post e WHERE e.id = p.subject_id AND e.emergency_by IS NOT NULL)
        RETURNING p.unit_id AS "unitId"`);
      const place = { unitId, governmentId: unit.governmentId };
      await record(tx, actor, {
        type: "schedule.paused",
        subjectType: "schedule-pause",
        subjectId: id,
        place,
        payload: { reason, held: held.length },
      });
      await tellUnits(tx, [unitId, ...held.map((row) => row.unitId)]);
      return { ok: true, pauseId: id, held: held.length };
    },
    { timeout: 60_000 },
  );
}

export type HeldRow = { id: string; unitId: string; subjectType: PublicationSubject; subjectId: string; dueAt: Date; text: string };

/**
 * Closes an open pause, in the caller's transaction, and answers with what it alone held, locked; what another pause covers
 * stays held. The caller says what becomes of each row.
 */
export async function closePause(tx: Tx, actor: Actor, pauseId: string): Promise<HeldRow[]> {
  await alone(tx);
  const pause = await tx.schedulePause.findFirst({ where: { AND: [{ id: pauseId }, inScope(actor, "schedule.pause")] } });
  if (!pause) throw new Refusal("not-found");
  const { count } = await tx.schedulePause.updateMany({
    where: { id: pauseId, endedAt: null },
    data: { endedAt: now(), endedBy: actor.personId },
  });
  if (!count) throw new Refusal("stale");
  const rows = await tx.$queryRaw<HeldRow[]>(Prisma.sql`${heldOf(pause)} ORDER BY p.due_at, p.id FOR UPDATE OF p`);
  await record(tx, actor, {
    type: "schedule.resumed",
    subjectType: "schedule-pause",
    subjectId: pauseId,
    place: pause,
    payload: { held: rows.length },
  });
  await tellUnits(tx, [pause.unitId, ...rows.map((row) => row.unitId)]);
  return rows;
}

/** Rows that only this pause keeps from going out. */
export const heldOf = ({ id, unitId, governmentId }: { id: string; unitId: string; governmentId: string }) => Prisma.sql`
  SELECT p.id, p.unit_id AS "unitId", p.subject_type AS "subjectType", p.subject_id AS "subjectId", p.due_at AS "dueAt",
    p.content->>'text' AS text
  FROM publication p JOIN unit_closure c ON c.unit_id = p.unit_id AND c.ancestor_id = ${unitId}::uuid
  WHERE p.government_id = ${governmentId}::uuid AND p.state = 'held' AND NOT ${pausedSql("p", id)}`;

async function tellUnits(tx: Tx, unitIds: string[]) {
  for (const unitId of new Set(unitIds)) await signal(tx, { topic: "post", unitId });
}
