import { type Actor, inScope } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, type Prisma, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import { type FoundCase, findCase } from "./answering.ts";
import type { Kind } from "./kinds.ts";
import { meetResolutions, reopenResolution } from "./pausing.ts";
import type { CaseRef } from "./schema.ts";

type Found = FoundCase;

/** Every change of a case: found in scope, guarded by its revision, recorded, told to open pages. */
async function change(
  tx: Tx,
  actor: Actor,
  found: Found,
  type: string,
  data: Prisma.InboxCaseUpdateManyMutationInput & { assigneeId?: string | null },
  payload: Record<string, unknown> = {},
) {
  const { count } = await tx.inboxCase.updateMany({
    where: { id: found.id, revision: found.revision },
    data: { ...data, revision: found.revision + 1 },
  });
  if (!count) throw new Refusal("stale");
  await record(tx, actor, { type, subjectType: "case", subjectId: found.id, place: found, payload });
  await signal(tx, { topic: "case", unitId: found.unitId, id: found.id });
}

/** Done without (further) answer. A duty to answer that is still open stays open for the score. */
export const finishCase = (actor: Actor, { caseId, revision }: CaseRef): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findCase(tx, actor, caseId);
    if (found.revision !== revision) throw new Refusal("stale");
    await change(tx, actor, found, "case.done", { state: "done", doneAt: now(), snoozedUntil: null });
    await meetResolutions(tx, [caseId]);
    return { ok: true };
  });

export const reopenCase = (actor: Actor, { caseId, revision }: CaseRef): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findCase(tx, actor, caseId);
    if (found.revision !== revision || found.state === "open") throw new Refusal("stale");
    await change(tx, actor, found, "case.reopened", { state: "open", doneAt: null, snoozedUntil: null });
    await reopenResolution(tx, caseId);
    return { ok: true };
  });

/** Gives a case to a person of the unit, or to nobody. */
export const assignCase = (actor: Actor, { caseId, personId }: { caseId: string; personId: string | null }): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findCase(tx, actor, caseId);
    if (personId && !(await assignablePeople(found).then((people) => people.some((p) => p.id === personId))))
      throw new Refusal("not-found");
    await change(tx, actor, found, "case.assigned", { assigneeId: personId }, { personId });
    return { ok: true };
  });

/** Corrects the kind; the deadline fixed at ingest stays. */
export const correctKind = (actor: Actor, { caseId, kind }: { caseId: string; kind: Kind }): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findCase(tx, actor, caseId);
    await change(tx, actor, found, "case.kind-corrected", { kind, kindBy: "person", confidence: 100 }, { kind });
    return { ok: true };
  });

/** A case as the agencies that see it may work with it: its owner, and those that it was referred to. */
async function findReadable(tx: Tx, actor: Actor, caseId: string) {
  const found = await tx.inboxCase.findFirst({
    where: { id: caseId, units: { some: inScope(actor, "inbox.work") } },
    select: { id: true, unitId: true, governmentId: true },
  });
  if (!found) throw new Refusal("not-found");
  return found;
}

/** A note that citizens never see. */
export const addNote = (actor: Actor, { caseId, text }: { caseId: string; text: string }): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findReadable(tx, actor, caseId);
    await tx.caseNote.create({ data: { caseId, authorId: actor.personId, text, createdAt: now() } });
    await record(tx, actor, { type: "case.noted", subjectType: "case", subjectId: caseId, place: found });
    await signal(tx, { topic: "case", unitId: found.unitId, id: caseId });
    return { ok: true };
  });

/** Who may be given a case: those who work the inbox of its unit. */
export const assignablePeople = (place: { unitId: string; governmentId: string }) => {
  const at = now();
  const held = [
    {
      OR: [
        { unitId: place.unitId, role: "admin" },
        { unitId: place.governmentId, role: "supervisor" },
      ],
    },
    { OR: [{ validTo: null }, { validTo: { gt: at } }] },
  ];
  return db.person.findMany({
    where: { disabledAt: null, grants: { some: { validFrom: { lte: at }, AND: held } } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take: 50,
  });
};
