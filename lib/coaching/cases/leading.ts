import { type Actor, authorize } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, type Problem, Refusal } from "../../core/errors.ts";
import { notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";
import type { Level } from "../../scores/rules.ts";
import { caseLink } from "../links.ts";
import { isAbove, type Outcome } from "../rules.ts";
import type { CloseCaseInput, GiveMentorInput, PlanCaseInput } from "../schema.ts";
import { mentorIds } from "./mentors.ts";
import { dateOf, type FoundCase, findCase, findOpenCase, moveCase, noteCase } from "./moving.ts";
import { standingOf } from "./standing.ts";

/** The plan and the target of an open case. */
export const planCase = (actor: Actor, { plan, targetLevel, targetPosts, endsOn, ...ref }: PlanCaseInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const one = await findOpenCase(tx, actor, ref);
    if (dateOf(endsOn) <= one.startsOn!) return { ok: false, problems: [{ field: "endsOn", code: "case-end-before-start" }] };
    await moveCase(tx, one, { plan, targetLevel, targetPosts, endsOn: dateOf(endsOn) });
    await noteCase(tx, actor, "coaching.planned", one, { targetLevel, targetPosts, endsOn });
    return { ok: true };
  });

/** Gives an open case to another mentor, who is told. */
export const giveMentor = (actor: Actor, { mentorId, ...ref }: GiveMentorInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const one = await findOpenCase(tx, actor, ref);
    authorize(actor, "coaching.manage", one);
    if (!(await mentorIds(tx, one)).includes(mentorId)) return { ok: false, problems: [{ field: "mentorId", code: "mentor-unknown" }] };
    await moveCase(tx, one, { mentorId });
    await notify(tx, {
      type: "coaching.mentor-given",
      to: [mentorId],
      by: actor.personId,
      subject: { type: "coaching_case", id: one.id },
      unitId: one.unitId,
      params: { unit: one.unit.shortName, by: actor.name },
      link: caseLink(one.id),
      key: `${one.id} ${one.revision}`,
    });
    await noteCase(tx, actor, "coaching.mentor-given", one, { mentorId });
    return { ok: true };
  });

/**
 * Ends a case with its outcome. "Naik kelas" is said only of a unit whose level is above the one it began with; every other
 * outcome says why. A case that nobody took can only be set aside.
 */
export const closeCase = (actor: Actor, { outcome, note, ...ref }: CloseCaseInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const one = await findCase(tx, actor, ref);
    if (one.state === "closed") throw new Refusal("stale");
    if (one.state === "proposed" && outcome !== "withdrawn") throw new Refusal("stale");
    const stands = await standingOf(tx, one.unitId);
    const problems = blockers(one, outcome, note, stands?.level ?? null);
    if (problems.length) return { ok: false, problems };
    await moveCase(tx, one, {
      ...{ state: "closed", outcome, outcomeNote: note || null },
      ...{ closedLevel: stands?.level ?? null, closedScoreTenths: stands?.scoreTenths ?? null },
      ...{ closedBy: actor.personId, closedAt: now() },
    });
    if (one.state === "open") await tellClosed(tx, actor, one, outcome);
    await noteCase(tx, actor, "coaching.closed", one, { outcome });
    return { ok: true };
  });

function blockers(one: FoundCase, outcome: Outcome, note: string, level: Level | null): Problem[] {
  if (outcome !== "moved_up") return note ? [] : [{ field: "note", code: "required" }];
  const above = level !== null && (one.level === null || isAbove(level, one.level as Level));
  return above ? [] : [{ field: "outcome", code: "level-not-higher" }];
}

async function tellClosed(tx: Tx, actor: Actor, one: FoundCase, outcome: Outcome) {
  const admins = (await holdersOf(tx, [one.unitId], ["admin"])).filter(({ own }) => own);
  await notify(tx, {
    type: "coaching.closed",
    to: [...admins.map(({ personId }) => personId), ...(one.mentorId ? [one.mentorId] : [])],
    by: actor.personId,
    subject: { type: "coaching_case", id: one.id },
    unitId: one.unitId,
    params: { unit: one.unit.shortName, by: actor.name, outcome },
    link: caseLink(one.id),
    key: one.id,
  });
}
