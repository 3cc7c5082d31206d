import { type Actor, authorize, inScope } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { renewSurmises } from "../causes/surmising.ts";
import { caseLink } from "../links.ts";
import { endOfCase, remindersOf, usualTarget } from "../rules.ts";
import { dateOf, type FoundCase, findCase, moveCase, noteCase } from "./moving.ts";
import { standingOf } from "./standing.ts";

/** Takes a case that the product proposed: whoever takes it is its mentor until he gives it to another. */
export const takeCase = (actor: Actor, ref: { caseId: string; revision: number }): Promise<Answer<{ caseId: string }>> =>
  db.$transaction(async (tx) => {
    const one = await findCase(tx, actor, ref);
    authorize(actor, "coaching.manage", one);
    if (one.state !== "proposed") throw new Refusal("stale");
    await begin(tx, actor, one);
    return { ok: true, caseId: one.id };
  });

/** Opens a case for a unit by a person's own decision; takes the one that waits there, if one does. */
export const openCase = (actor: Actor, { unitId }: { unitId: string }): Promise<Answer<{ caseId: string }>> =>
  db.$transaction(async (tx) => {
    const unit = await tx.unit.findFirst({
      where: { AND: [{ id: unitId, active: true, scoreClass: { not: null } }, inScope(actor, "coaching.manage", "id")] },
      select: { id: true, governmentId: true },
    });
    if (!unit) throw new Refusal("not-found");
    authorize(actor, "coaching.manage", { unitId: unit.id, governmentId: unit.governmentId });
    // Two at once: the second sees what the first opened.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`coaching ${unit.id}`}))`;
    const live = await tx.coachingCase.findFirst({ where: { unitId, state: { not: "closed" } }, select: { id: true, state: true } });
    if (live?.state === "open") return { ok: false, problems: [{ code: "coaching-open" }] };
    const id = live?.id ?? (await make(tx, actor, unit));
    await begin(tx, actor, await findCase(tx, actor, { caseId: id }));
    return { ok: true, caseId: id };
  });

async function make(tx: Tx, actor: Actor, unit: { id: string; governmentId: string }): Promise<string> {
  const spell = await tx.dormancySpell.findFirst({
    where: { unitId: unit.id, endedOn: null, coachingCase: null },
    select: { id: true },
  });
  const { id } = await tx.coachingCase.create({
    data: {
      ...{ unitId: unit.id, governmentId: unit.governmentId, spellId: spell?.id ?? null },
      ...{ openedBy: actor.personId, openedAt: now() },
    },
    select: { id: true },
  });
  return id;
}

/** From today on it has four weeks, a target, and its days for reminder, visit and letter; the unit's admins hear of it. */
async function begin(tx: Tx, actor: Actor, one: FoundCase) {
  const today = localDay(now(), zoneOf(one.unit.zone));
  const stands = await standingOf(tx, one.unitId);
  await moveCase(tx, one, {
    state: "open",
    mentorId: actor.personId,
    level: stands?.level ?? null,
    scoreTenths: stands?.scoreTenths ?? null,
    targetLevel: usualTarget(stands?.level ?? null),
    targetPosts: stands?.weeklyTarget ?? 2,
    startsOn: dateOf(today),
    endsOn: dateOf(endOfCase(today)),
  });
  await tx.coachingReminder.createMany({
    data: remindersOf(today).map(({ week, dueOn }) => ({ caseId: one.id, week, dueOn: dateOf(dueOn) })),
    skipDuplicates: true,
  });
  await renewSurmises(tx, one.unitId);
  const admins = (await holdersOf(tx, [one.unitId], ["admin"])).filter(({ own }) => own);
  await notify(tx, {
    type: "coaching.begun",
    to: admins.map(({ personId }) => personId),
    by: actor.personId,
    subject: { type: "coaching_case", id: one.id },
    unitId: one.unitId,
    params: { unit: one.unit.shortName, by: actor.name },
    link: caseLink(one.id),
    key: one.id,
  });
  await noteCase(tx, actor, "coaching.opened", one, { level: stands?.level ?? null });
}
