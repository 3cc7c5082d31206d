import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Prisma, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { notify } from "../../notices/notifying.ts";
import { meetResolutions, reopenResolution } from "../deadlines/pausing.ts";
import { type FoundCase, findCase } from "../replies/answering.ts";
import type { CaseRef, NoteInput } from "../schema.ts";
import { signalCases } from "../signalling.ts";
import { tellAssigned } from "./assigning.ts";
import { readersOfCase } from "./mentioning.ts";

type Found = FoundCase;

/** Every change of a case: found in scope, guarded by its revision, recorded, told to open pages. */
export async function change(
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
  await signalCases(tx, [found.id]);
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
    if (personId) {
      const { platform, unit } = await placeOf(tx, found);
      await tellAssigned(tx, actor, [{ ...found, personId, revision: found.revision + 1, platform, unitShortName: unit }]);
    }
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

/** A note that citizens never see. Whom it calls upon is told, as far as he may read the case. */
export const addNote = (actor: Actor, { caseId, text, mentions = [] }: NoteInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findReadable(tx, actor, caseId);
    const called = [...new Set(mentions)];
    const readers = called.length ? new Set((await readersOfCase(tx, caseId)).map(({ id }) => id)) : new Set<string>();
    if (called.some((id) => !readers.has(id))) return { ok: false, problems: [{ field: "mentions", code: "mention-unknown" }] };
    const note = await tx.caseNote.create({
      data: { caseId, authorId: actor.personId, text, mentions: called, createdAt: now() },
      select: { id: true },
    });
    await record(tx, actor, { type: "case.noted", subjectType: "case", subjectId: caseId, place: found, payload: { mentions: called } });
    if (called.length) {
      const { platform, unit, excerpt } = await placeOf(tx, found);
      await notify(tx, {
        type: "case.mentioned",
        to: called,
        by: actor.personId,
        subject: { type: "case", id: caseId },
        unitId: found.unitId,
        link: `/inbox/${caseId}`,
        key: note.id,
        params: { unit, platform, by: actor.name, excerpt },
      });
    }
    await signalCases(tx, [caseId]);
    return { ok: true };
  });

/** What a notice says of a case. */
async function placeOf(tx: Tx, { id }: { id: string }) {
  const { excerpt, channel, unit } = await tx.inboxCase.findUniqueOrThrow({
    where: { id },
    select: { excerpt: true, channel: { select: { platform: true } }, unit: { select: { shortName: true } } },
  });
  return { excerpt, platform: channel.platform, unit: unit.shortName };
}

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
