import { type Actor, authorize, inScope, reaches } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { signal } from "../../core/live.ts";
import { homesOf } from "../homes.ts";
import type { KeepExemplarInput } from "../schema.ts";

export type ExemplarCard = {
  id: string;
  title: string;
  url: string;
  why: string;
  text: string;
  unit: string;
  uses: number;
  units: number;
  manages: boolean;
};
const A_PAGE = 24;

/** The cards of a government that stand, the newest first, with how often and by how many units each was used again. */
export async function listExemplars(
  actor: Actor,
  governmentId: string,
  after: string | null,
): Promise<{ cards: ExemplarCard[]; next: string | null }> {
  if (!homesOf(actor).includes(governmentId)) throw new Refusal("not-found");
  const found = await db.exemplar.findMany({
    where: { governmentId, retiredAt: null, ...(after ? { id: { lt: after } } : {}) },
    select: {
      id: true,
      title: true,
      url: true,
      why: true,
      text: true,
      unit: { select: { shortName: true } },
    },
    orderBy: { id: "desc" },
    take: A_PAGE + 1,
  });
  const page = found.slice(0, A_PAGE);
  const uses = await db.exemplarUse.groupBy({
    by: ["exemplarId", "unitId"],
    where: { exemplarId: { in: page.map(({ id }) => id) } },
    _count: true,
  });
  const manages = reaches(actor, "coaching.manage", { unitId: governmentId, governmentId });
  const cards = page.map(({ unit, ...card }) => {
    const own = uses.filter(({ exemplarId }) => exemplarId === card.id);
    return { ...card, unit: unit.shortName, uses: own.reduce((sum, { _count }) => sum + _count, 0), units: own.length, manages };
  });
  return { cards, next: found.length > A_PAGE ? (page.at(-1)?.id ?? null) : null };
}

/** The card that a post begins from; one of another government, or taken away, is as unknown as none. */
export async function exemplarForPost(actor: Actor, id: string) {
  const found = await db.exemplar.findFirst({
    where: { id, retiredAt: null, governmentId: { in: [...homesOf(actor)] } },
    select: { title: true, text: true, governmentId: true, unit: { select: { shortName: true } } },
  });
  if (!found) throw new Refusal("not-found");
  return found;
}

/** Makes a card of a post that worked. */
export const keepExemplar = (actor: Actor, { unitId, ...words }: KeepExemplarInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await tx.unit.findFirst({
      where: { AND: [{ id: unitId }, inScope(actor, "coaching.manage", "id")] },
      select: { id: true, governmentId: true },
    });
    if (!unit) throw new Refusal("not-found");
    const place = { unitId: unit.id, governmentId: unit.governmentId };
    authorize(actor, "coaching.manage", place);
    const { id } = await tx.exemplar.create({ data: { ...words, ...place, madeBy: actor.personId, madeAt: now() }, select: { id: true } });
    await record(tx, actor, { type: "exemplar.made", subjectType: "exemplar", subjectId: id, place });
    await signal(tx, { topic: "coaching", unitId: unit.governmentId, id });
    return { ok: true };
  });

/** Takes a card away; its uses stay known. */
export const retireExemplar = (actor: Actor, { exemplarId }: { exemplarId: string }): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await tx.exemplar.findFirst({ where: { id: exemplarId, retiredAt: null, ...inScope(actor, "coaching.manage") } });
    if (!found) throw new Refusal("not-found");
    authorize(actor, "coaching.manage", found);
    await tx.exemplar.updateMany({ where: { id: exemplarId, retiredAt: null }, data: { retiredAt: now() } });
    await record(tx, actor, { type: "exemplar.retired", subjectType: "exemplar", subjectId: exemplarId, place: found });
    await signal(tx, { topic: "coaching", unitId: found.governmentId, id: exemplarId });
    return { ok: true };
  });

/** Notes that a unit begins a post of its own from a card. */
export const countUse = (actor: Actor, { exemplarId, unitId }: { exemplarId: string; unitId: string }): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await tx.unit.findFirst({
      where: { AND: [{ id: unitId }, inScope(actor, "post.write", "id")] },
      select: { id: true, governmentId: true },
    });
    if (!unit) throw new Refusal("not-found");
    const place = { unitId: unit.id, governmentId: unit.governmentId };
    authorize(actor, "post.write", place);
    const found = await tx.exemplar.findFirst({
      where: { id: exemplarId, governmentId: unit.governmentId, retiredAt: null },
      select: { id: true },
    });
    if (!found) throw new Refusal("not-found");
    await tx.exemplarUse.create({ data: { exemplarId, unitId, usedBy: actor.personId, usedAt: now() } });
    await record(tx, actor, { type: "exemplar.used", subjectType: "exemplar", subjectId: exemplarId, place });
    return { ok: true };
  });
