import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Prisma, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { signal } from "../../core/live.ts";
import type { CloseCrisis, TakeCrisis } from "./schema.ts";

/** Says who sees to a crisis; a second one who says so is refused. */
export const takeCrisis = (actor: Actor, { alertId }: TakeCrisis): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findAlert(tx, actor, alertId);
    await move(tx, found, ["open"], { state: "taken", takenBy: actor.personId, takenAt: now() });
    await note(tx, actor, found, "crisis.taken", { topic: found.topic });
    return { ok: true };
  });

/** A crisis is over, or was none; why is kept. About what was none nothing is opened for a day. */
export const closeCrisis = (actor: Actor, { alertId, falseAlarm, note: why }: CloseCrisis): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findAlert(tx, actor, alertId);
    const state = falseAlarm ? "false_alarm" : "closed";
    await move(tx, found, ["open", "taken"], { state, closedBy: actor.personId, closedAt: now(), closedNote: why });
    await note(tx, actor, found, falseAlarm ? "crisis.denied" : "crisis.closed", { topic: found.topic, note: why });
    return { ok: true };
  });

type Alert = { id: string; governmentId: string; topic: string };

/** An alert concerns its whole government: whoever handles crises in one of its units may see to it. */
async function findAlert(tx: Tx, actor: Actor, alertId: string): Promise<Alert> {
  const found = await tx.crisisAlert.findFirst({
    where: { id: alertId, government: { members: { some: inScope(actor, "crisis.handle", "id") } } },
    select: { id: true, governmentId: true, topic: true },
  });
  if (!found) throw new Refusal("not-found");
  return found;
}

async function move(tx: Tx, { id }: Alert, from: string[], data: Prisma.CrisisAlertUncheckedUpdateManyInput) {
  const { count } = await tx.crisisAlert.updateMany({ where: { id, state: { in: from } }, data });
  if (!count) throw new Refusal("stale");
}

async function note(tx: Tx, actor: Actor, { id, governmentId }: Alert, type: string, payload: Record<string, unknown>) {
  await record(tx, actor, { type, subjectType: "crisis", subjectId: id, place: { unitId: governmentId, governmentId }, payload });
  await signal(tx, { topic: "case", unitId: governmentId });
}
