import type { Actor } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { findCase } from "../replies/answering.ts";
import type { CaseRef } from "../schema.ts";
import { signalCases } from "../signalling.ts";
import { beginPause, endPause } from "./pausing.ts";

/** The citizen has the next word: until he writes, or somebody stops the waiting, the time of the resolution stands still. */
export const waitForCitizen = (actor: Actor, ref: CaseRef): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await takeOn(tx, actor, ref);
    if (found.state === "done" || (await isWaiting(tx, found.id))) throw new Refusal("stale");
    await beginPause(tx, found.id, "citizen");
    await tell(tx, actor, found, "case.waiting");
    return { ok: true };
  });

/** The time goes on, though the citizen has not written. */
export const stopWaiting = (actor: Actor, ref: CaseRef): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await takeOn(tx, actor, ref);
    if (!(await isWaiting(tx, found.id))) throw new Refusal("stale");
    await endPause(tx, found.id, "citizen");
    await tell(tx, actor, found, "case.waiting-stopped");
    return { ok: true };
  });

async function takeOn(tx: Tx, actor: Actor, { caseId, revision }: CaseRef) {
  const found = await findCase(tx, actor, caseId);
  const { count } = await tx.inboxCase.updateMany({ where: { id: caseId, revision }, data: { revision: { increment: 1 } } });
  if (!count) throw new Refusal("stale");
  return found;
}

const isWaiting = async (tx: Tx, caseId: string) => (await tx.casePause.count({ where: { caseId, why: "citizen", to: null } })) > 0;

async function tell(
  tx: Tx,
  actor: Actor,
  { id, unitId, governmentId }: { id: string; unitId: string; governmentId: string },
  type: string,
) {
  await record(tx, actor, { type, subjectType: "case", subjectId: id, place: { unitId, governmentId } });
  await signalCases(tx, [id]);
}
