import { type Actor, inScope, reaches } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import type { AddTaskInput, TaskInput } from "../schema.ts";
import { dateOf, findOpenCase, noteCase, worksOn } from "./moving.ts";

const MOST_TASKS = 50;

/** Something to be done by the unit or its mentor, perhaps by a day. */
export const addTask = (actor: Actor, { caseId, text, dueOn }: AddTaskInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const one = await findOpenCase(tx, actor, { caseId });
    if ((await tx.coachingTask.count({ where: { caseId, droppedAt: null } })) >= MOST_TASKS)
      return { ok: false, problems: [{ field: "text", code: "too-many-tasks", params: { limit: MOST_TASKS } }] };
    await tx.coachingTask.create({ data: { caseId, text, dueOn: dueOn ? dateOf(dueOn) : null, madeBy: actor.personId, madeAt: now() } });
    await noteCase(tx, actor, "coaching.task-added", one);
    return { ok: true };
  });

async function findTask(tx: Tx, actor: Actor, taskId: string) {
  const task = await tx.coachingTask.findFirst({
    where: { id: taskId, droppedAt: null, coachingCase: inScope(actor, "coaching.read") },
    select: { id: true, coachingCase: { select: { id: true, unitId: true, governmentId: true, mentorId: true, state: true } } },
  });
  if (!task) throw new Refusal("not-found");
  if (task.coachingCase.state !== "open") throw new Refusal("stale");
  return task;
}

/** Ticks a task, or takes the tick away: the unit itself and whoever coaches it. */
export const tickTask = (actor: Actor, { taskId, done }: TaskInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const { coachingCase: one } = await findTask(tx, actor, taskId);
    if (!worksOn(actor, one) && !reaches(actor, "coaching.answer", one)) throw new Refusal("forbidden");
    const { count } = await tx.coachingTask.updateMany({
      where: { id: taskId, doneAt: done ? null : { not: null } },
      data: done ? { doneAt: now(), doneBy: actor.personId } : { doneAt: null, doneBy: null },
    });
    // Ticked by another in the same moment: it is as it was wanted.
    if (count) await noteCase(tx, actor, done ? "coaching.task-done" : "coaching.task-undone", one, { taskId });
    return { ok: true };
  });

/** Takes a task off the list; the trail keeps it. */
export const dropTask = (actor: Actor, { taskId }: { taskId: string }): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const { coachingCase: one } = await findTask(tx, actor, taskId);
    if (!worksOn(actor, one)) throw new Refusal("forbidden");
    await tx.coachingTask.updateMany({ where: { id: taskId, droppedAt: null }, data: { droppedAt: now() } });
    await noteCase(tx, actor, "coaching.task-dropped", one, { taskId });
    return { ok: true };
  });
