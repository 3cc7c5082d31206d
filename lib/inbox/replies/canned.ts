import { type Actor, authorize, inScope, reaches } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import type { Kind } from "../kinds.ts";
import type { CannedRef, KeepCannedInput } from "../schema.ts";
import { unknownVariables } from "./canned-rules.ts";

export type Canned = {
  id: string;
  name: string;
  text: string;
  kind: Kind | null /** From the government: for all its units. */;
  shared: boolean;
  writable: boolean;
};
const MOST = 200;

/** The canned replies that serve a unit, its own and its government's, by name. */
export async function listCanned(actor: Actor, unit: { id: string; governmentId: string }, archived = false): Promise<Canned[]> {
  if (!reaches(actor, "inbox.read", { unitId: unit.id, governmentId: unit.governmentId })) throw new Refusal("not-found");
  const rows = await db.cannedReply.findMany({
    where: { unitId: { in: [unit.id, unit.governmentId] }, archivedAt: archived ? { not: null } : null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MOST,
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    text: row.text,
    kind: row.kind as Kind | null,
    shared: row.unitId !== unit.id,
    writable: reaches(actor, "inbox.work", row),
  }));
}

/** Keeps a canned reply, new or changed. */
export const keepCanned = (actor: Actor, { cannedId, unitId, ...content }: KeepCannedInput): Promise<Answer<{ cannedId: string }>> =>
  db.$transaction(async (tx) => {
    const [unknown] = unknownVariables(content.text);
    if (unknown) return { ok: false, problems: [{ field: "text", code: "variable-unknown", params: { name: unknown } }] };
    if (cannedId) {
      const found = await findCanned(tx, actor, cannedId);
      await tx.cannedReply.update({ where: { id: found.id }, data: content });
      await note(tx, actor, "changed", found);
      return { ok: true, cannedId };
    }
    const unit = await tx.unit.findFirst({
      where: { AND: [{ id: unitId }, inScope(actor, "inbox.work", "id")] },
      select: { id: true, governmentId: true },
    });
    if (!unit) throw new Refusal("not-found");
    const place = { unitId: unit.id, governmentId: unit.governmentId };
    authorize(actor, "inbox.work", place);
    const { id } = await tx.cannedReply.create({ data: { ...content, ...place, createdBy: actor.personId, createdAt: now() } });
    await note(tx, actor, "kept", { id, ...place });
    return { ok: true, cannedId: id };
  });

/** Takes a canned reply out of use, or back. */
export const archiveCanned = (actor: Actor, { cannedId, archived }: CannedRef): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findCanned(tx, actor, cannedId);
    await tx.cannedReply.update({ where: { id: found.id }, data: { archivedAt: archived ? now() : null } });
    await note(tx, actor, archived ? "archived" : "restored", found);
    return { ok: true };
  });

type Found = { id: string; unitId: string; governmentId: string };

async function findCanned(tx: Tx, actor: Actor, id: string): Promise<Found> {
  const found = await tx.cannedReply.findFirst({
    where: { AND: [{ id }, inScope(actor, "inbox.work")] },
    select: { id: true, unitId: true, governmentId: true },
  });
  if (!found) throw new Refusal("not-found");
  return found;
}

const note = (tx: Tx, actor: Actor, what: string, { id, ...place }: Found) =>
  record(tx, actor, { type: `canned.${what}`, subjectType: "canned-reply", subjectId: id, place });
