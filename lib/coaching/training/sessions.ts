import { type Actor, authorize, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { signal } from "../../core/live.ts";
import type { AttendanceInput, KeepTrainingInput } from "../schema.ts";

const place = (governmentId: string) => ({ unitId: governmentId, governmentId });

async function note(tx: Tx, actor: Actor, type: string, id: string, governmentId: string) {
  await record(tx, actor, { type, subjectType: "training_session", subjectId: id, place: place(governmentId) });
  await signal(tx, { topic: "coaching", unitId: governmentId, id });
}

/** Keeps a training of a government for its units, new or changed: what, when, where, by whom, with which materials. */
export const keepTraining = (
  actor: Actor,
  { sessionId, revision, governmentId, heldAt, ...words }: KeepTrainingInput,
): Promise<Answer<{ sessionId: string }>> =>
  db.$transaction(async (tx) => {
    const unit = await tx.unit.findFirst({
      where: { AND: [{ id: governmentId }, inScope(actor, "coaching.manage", "id")] },
      select: { id: true, governmentId: true },
    });
    if (!unit || unit.id !== unit.governmentId) throw new Refusal("not-found");
    authorize(actor, "coaching.manage", place(governmentId));
    const ids = words.materials.flatMap((one) => ("mediaId" in one ? [one.mediaId] : []));
    const known = ids.length ? await tx.media.count({ where: { id: { in: ids }, unit: { governmentId } } }) : 0;
    if (known !== new Set(ids).size) return { ok: false, problems: [{ field: "materials", code: "media-unknown" }] };
    const data = { ...words, heldAt: new Date(heldAt) };
    if (sessionId) {
      const { count } = await tx.trainingSession.updateMany({
        where: { id: sessionId, governmentId, revision },
        data: { ...data, revision: { increment: 1 } },
      });
      if (!count) throw new Refusal((await tx.trainingSession.count({ where: { id: sessionId, governmentId } })) ? "stale" : "not-found");
      await note(tx, actor, "training.changed", sessionId, governmentId);
      return { ok: true, sessionId };
    }
    const { id } = await tx.trainingSession.create({
      data: { ...data, ...place(governmentId), madeBy: actor.personId, madeAt: now() },
      select: { id: true },
    });
    await note(tx, actor, "training.made", id, governmentId);
    return { ok: true, sessionId: id };
  });

/** Who came from a unit, by name; without names: the unit was asked and nobody came. */
export const noteAttendance = (actor: Actor, { sessionId, unitId, names }: AttendanceInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const session = await tx.trainingSession.findFirst({
      where: { id: sessionId, ...inScope(actor, "coaching.manage") },
      select: { governmentId: true },
    });
    if (!session) throw new Refusal("not-found");
    authorize(actor, "coaching.manage", place(session.governmentId));
    const unit = await tx.unit.count({ where: { id: unitId, governmentId: session.governmentId } });
    if (!unit) throw new Refusal("not-found");
    const noted = { names, notedBy: actor.personId, notedAt: now() };
    await tx.trainingAttendance.upsert({
      where: { sessionId_unitId: { sessionId, unitId } },
      create: { sessionId, unitId, ...noted },
      update: noted,
    });
    await note(tx, actor, "training.attendance", sessionId, session.governmentId);
    return { ok: true };
  });
