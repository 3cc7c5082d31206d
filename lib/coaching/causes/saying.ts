import { type Actor, authorize, inScope, type Permission, reaches } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { signal } from "../../core/live.ts";
import { notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";
import { unitLink } from "../links.ts";
import type { ConfirmCauseInput, TellCauseInput } from "../schema.ts";

const select = { id: true, governmentId: true, code: true, shortName: true } as const;

/** A unit in reach; who says something of its causes waits for whoever does so in the same moment. */
async function findUnit(tx: Tx, actor: Actor, unitId: string, permission: Permission) {
  const unit = await tx.unit.findFirst({
    where: { AND: [{ id: unitId, active: true, scoreClass: { not: null } }, inScope(actor, permission, "id")] },
    select,
  });
  if (!unit) throw new Refusal("not-found");
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`coaching ${unit.id}`}))`;
  return { ...unit, unitId: unit.id };
}

type Unit = Awaited<ReturnType<typeof findUnit>>;

async function say(tx: Tx, actor: Actor, unit: Unit, source: "told" | "confirmed", { cause, words }: { cause: string; words: string }) {
  const at = now();
  await tx.dormancyCause.updateMany({ where: { unitId: unit.id, source, supersededAt: null }, data: { supersededAt: at } });
  await tx.dormancyCause.create({
    data: {
      ...{ unitId: unit.id, governmentId: unit.governmentId, cause, source },
      ...{ words: words || null, saidBy: actor.personId, saidAt: at },
    },
  });
  await record(tx, actor, { type: `coaching.cause-${source}`, subjectType: "unit", subjectId: unit.id, place: unit, payload: { cause } });
  await signal(tx, { topic: "coaching", unitId: unit.id, id: unit.id });
}

/** A unit's own word on why it is silent; its mentor hears it, or who coaches there while it has none. */
export const tellCause = (actor: Actor, { unitId, ...said }: TellCauseInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await findUnit(tx, actor, unitId, "coaching.answer");
    authorize(actor, "coaching.answer", unit);
    await say(tx, actor, unit, "told", said);
    const open = await tx.coachingCase.findFirst({ where: { unitId, state: "open" }, select: { mentorId: true } });
    const to = open?.mentorId ? [open.mentorId] : (await holdersOf(tx, [unitId], ["supervisor"])).map(({ personId }) => personId);
    await notify(tx, {
      type: "coaching.cause-told",
      to,
      by: actor.personId,
      subject: { type: "unit", id: unit.id },
      unitId,
      params: { unit: unit.shortName, by: actor.name },
      link: unitLink(unit.code),
      key: `${unit.id} ${now().toISOString()}`,
    });
    return { ok: true };
  });

/** A cause as the one who coaches found it: it stands before the unit's word and before every surmise. */
export const confirmCause = (actor: Actor, { unitId, ...said }: ConfirmCauseInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await findUnit(tx, actor, unitId, "coaching.read");
    const mentors = await tx.coachingCase.count({ where: { unitId, state: "open", mentorId: actor.personId } });
    if (!mentors && !reaches(actor, "coaching.manage", unit)) throw new Refusal("forbidden");
    await say(tx, actor, unit, "confirmed", said);
    return { ok: true };
  });
