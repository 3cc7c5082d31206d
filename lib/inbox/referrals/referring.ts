import { type Actor, inScope, reaches } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { notify } from "../../notices/notifying.ts";
import { peopleWithRole } from "../../people/holders.ts";
import { calendarOfUnit } from "../../units/hours-settings.ts";
import { instantAfter } from "../deadlines/deadlines.ts";
import { beginPause, endPause } from "../deadlines/pausing.ts";
import { writeDeadlines } from "../deadlines/rows.ts";
import { type FoundCase, findCase, putAnswer } from "../replies/answering.ts";
import type { BounceInput, DecideReferralInput, DeliverInput, ReferInput, ReferralRef } from "../schema.ts";
import { signalCases } from "../signalling.ts";
import { after, type ReferralState, type ReferralStep } from "./rules.ts";

type Place = { unitId: string; governmentId: string };

/**
 * Asks another agency of the same government to act. The citizen is told where it went, where `tell` is not empty; the time of
 * the resolution stands still until the agency has acted or refused, that of the first response does not.
 */
export const referCase = (actor: Actor, { caseId, revision, unitId, instruction, days, tell }: ReferInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findCase(tx, actor, caseId);
    if (found.revision !== revision) throw new Refusal("stale");
    const target = await tx.unit.findFirst({
      where: { id: unitId, governmentId: found.governmentId, active: true, NOT: { id: found.unitId } },
      select: { id: true },
    });
    if (!target) return { ok: false, problems: [{ field: "unitId", code: "referral-unit" }] };
    if (await openReferral(tx, caseId)) return { ok: false, problems: [{ field: "unitId", code: "referral-open" }] };
    if (tell) {
      const problems = await putAnswer(tx, actor, found, tell);
      if (problems.length) return { ok: false, problems: problems.map((problem) => ({ ...problem, field: "tell" })) };
    } else await moveOn(tx, found);
    await sendTo(tx, actor, found, { unitId, instruction, days });
    return { ok: true };
  });

const openReferral = (tx: Tx, caseId: string) =>
  tx.referral.findFirst({ where: { caseId, state: { in: ["sent", "accepted", "bounced"] } } });

/** A change of the case itself: refused as stale when somebody was quicker. */
async function moveOn(tx: Tx, { id, revision }: { id: string; revision: number }) {
  const { count } = await tx.inboxCase.updateMany({ where: { id, revision }, data: { revision: { increment: 1 } } });
  if (!count) throw new Refusal("stale");
}

type Asked = { unitId: string; instruction: string; days: number };

async function sendTo(
  tx: Tx,
  actor: Actor,
  found: Pick<FoundCase, "id" | "unitId" | "governmentId">,
  { unitId, instruction, days }: Asked,
) {
  const at = now();
  const calendar = await calendarOfUnit(tx, unitId);
  const dueAt = instantAfter(at, { clock: "working", days }, calendar);
  const { id: caseId, governmentId } = found;
  const referral = await tx.referral.create({
    data: {
      caseId,
      fromUnitId: found.unitId,
      toUnitId: unitId,
      governmentId,
      instruction,
      dueAt,
      createdBy: actor.personId,
      createdAt: at,
    },
    select: { id: true },
  });
  await tx.$executeRaw`
    INSERT INTO case_unit (case_id, unit_id, role, state, due_at, last_message_at) SELECT id, ${unitId}::uuid, 'referred', 'open', ${dueAt}, last_message_at
    FROM inbox_case WHERE id = ${caseId}::uuid
    ON CONFLICT (case_id, unit_id) DO UPDATE SET state = 'open', due_at = EXCLUDED.due_at`;
  const deadline = {
    caseId,
    subject: "referral" as const,
    subjectId: referral.id,
    unitId,
    governmentId,
    openedAt: at,
    dueAt,
    clock: "working" as const,
  };
  await writeDeadlines(tx, [{ ...deadline, calendar }]);
  await beginPause(tx, caseId, "agency");
  await record(tx, actor, {
    type: "referral.sent",
    subjectType: "case",
    subjectId: caseId,
    place: found,
    payload: { referralId: referral.id, toUnitId: unitId, instruction, dueAt },
  });
  await tell(tx, { id: referral.id, caseId, governmentId, fromUnitId: found.unitId, toUnitId: unitId }, "case.referred", actor);
}

const columns = {
  id: true,
  caseId: true,
  fromUnitId: true,
  toUnitId: true,
  governmentId: true,
  state: true,
  revision: true,
  bouncedAt: true,
  instruction: true,
} as const;

/** A referral as its asked or its asking agency, or who decides for both, may work with it. */
async function findReferral(tx: Tx, actor: Actor, { referralId, revision }: ReferralRef, side: "asked" | "asking" | "deciding") {
  const found = await tx.referral.findFirst({
    where: { id: referralId, inboxCase: { units: { some: inScope(actor, "inbox.read") } } },
    select: columns,
  });
  if (!found) throw new Refusal("not-found");
  const place = { unitId: side === "asked" ? found.toUnitId : found.fromUnitId, governmentId: found.governmentId };
  if (!reaches(actor, side === "deciding" ? "referral.decide" : "inbox.work", place)) throw new Refusal("forbidden");
  if (found.revision !== revision) throw new Refusal("stale");
  return found;
}
type Found = Awaited<ReturnType<typeof findReferral>>;

async function step(tx: Tx, actor: Actor, found: Found, how: ReferralStep, data: object) {
  const state = after(found.state as ReferralState, how, found.bouncedAt !== null);
  if (!state) throw new Refusal("stale");
  const { count } = await tx.referral.updateMany({
    where: { id: found.id, revision: found.revision, state: found.state },
    data: { ...data, state, revision: { increment: 1 } },
  });
  if (!count) throw new Refusal("stale");
  const place: Place = {
    unitId: how === "accept" || how === "bounce" || how === "deliver" ? found.toUnitId : found.fromUnitId,
    governmentId: found.governmentId,
  };
  await record(tx, actor, {
    type: `referral.${how}`,
    subjectType: "case",
    subjectId: found.caseId,
    place,
    payload: { referralId: found.id, ...data },
  });
  await signalCases(tx, [found.caseId]);
}

/** The asked agency takes it on. */
export const acceptReferral = (actor: Actor, ref: ReferralRef): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findReferral(tx, actor, ref, "asked");
    await step(tx, actor, found, "accept", { acceptedBy: actor.personId, acceptedAt: now() });
    return { ok: true };
  });

/** The asked agency says once, with its reason, that it is not the one to act; Kabid IKP decides. */
export const bounceReferral = (actor: Actor, { reason, ...ref }: BounceInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findReferral(tx, actor, ref, "asked");
    if (found.bouncedAt) return { ok: false, problems: [{ field: "reason", code: "bounced-before" }] };
    await step(tx, actor, found, "bounce", { bounceReason: reason, bouncedBy: actor.personId, bouncedAt: now() });
    await tell(tx, found, "case.bounced", actor);
    return { ok: true };
  });

/** What Kabid IKP makes of a bounce: the agency acts after all, the case goes back to who asked, or another agency is asked. */
export const decideReferral = (actor: Actor, { decision, note, unitId, ...ref }: DecideReferralInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findReferral(tx, actor, ref, "deciding");
    const how = { upheld: "uphold", returned: "return", redirected: "redirect" } as const;
    const decided = { decision, decisionNote: note, decidedBy: actor.personId, decidedAt: now() };
    if (decision === "redirected") {
      const other = await tx.unit.findFirst({
        where: {
          id: unitId ?? undefined,
          governmentId: found.governmentId,
          active: true,
          NOT: { id: { in: [found.toUnitId, found.fromUnitId] } },
        },
        select: { id: true },
      });
      if (!unitId || !other) return { ok: false, problems: [{ field: "unitId", code: "referral-unit" }] };
    }
    await step(tx, actor, found, how[decision], decided);
    if (decision !== "upheld") await close(tx, found);
    if (decision === "redirected" && unitId)
      await sendTo(
        tx,
        actor,
        { id: found.caseId, unitId: found.fromUnitId, governmentId: found.governmentId },
        { unitId, instruction: found.instruction, days: 3 },
      );
    await tell(tx, found, "case.referral-decided", actor, decision === "upheld" ? "refuse" : "accept");
    return { ok: true };
  });

/** The agency has acted: its result goes back to who asked, who answers the citizen with it. */
export const deliverReferral = (actor: Actor, { result, ...ref }: DeliverInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findReferral(tx, actor, ref, "asked");
    await step(tx, actor, found, "deliver", { result, resultBy: actor.personId, resultAt: now() });
    await close(tx, found);
    await tell(tx, found, "case.referral-delivered", actor);
    return { ok: true };
  });

/** Who asked no longer does. */
export const withdrawReferral = (actor: Actor, ref: ReferralRef): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findReferral(tx, actor, ref, "asking");
    await step(tx, actor, found, "withdraw", {});
    await close(tx, found);
    await tell(tx, found, "case.referral-withdrawn", actor);
    return { ok: true };
  });

/** Nobody is asked any more: the agency's row is done, the time goes on, and the case is with its owner again. */
async function close(tx: Tx, { id, caseId, toUnitId }: Found) {
  const at = now();
  await tx.caseUnit.updateMany({ where: { caseId, unitId: toUnitId, role: "referred" }, data: { state: "done" } });
  await tx.caseDeadline.updateMany({ where: { subject: "referral", subjectId: id, metAt: null }, data: { metAt: at, nextAt: null } });
  await endPause(tx, caseId, "agency");
  await tx.inboxCase.update({
    where: { id: caseId },
    data: { state: "open", doneAt: null, snoozedUntil: null, revision: { increment: 1 } },
  });
}

type Told = Pick<Found, "id" | "caseId" | "governmentId" | "fromUnitId" | "toUnitId">;

type News = "case.referred" | "case.bounced" | "case.referral-decided" | "case.referral-delivered" | "case.referral-withdrawn";

/** Tells those whose turn it is: the asked agency, who asked, Kabid IKP, or both agencies. */
async function tell(tx: Tx, found: Told, type: News, actor: Actor, decision = "accept") {
  const { caseId, fromUnitId, toUnitId } = found;
  const to = await hearersOf(tx, found, type);
  const { inboxCase, names } = await wordsOf(tx, caseId, [fromUnitId, toUnitId]);
  const common = { platform: inboxCase.channel.platform, excerpt: inboxCase.excerpt };
  const told = { to, by: actor.personId, subject: { type: "case", id: caseId }, unitId: toUnitId, link: `/inbox/${caseId}`, key: found.id };
  const [asking, asked] = [names.get(fromUnitId) ?? "", names.get(toUnitId) ?? ""];
  if (type === "case.referral-decided") await notify(tx, { ...told, type, params: { ...common, unit: asking, to: asked, decision } });
  else if (type === "case.bounced" || type === "case.referral-delivered")
    await notify(tx, { ...told, type, params: { ...common, unit: asking, from: asked } });
  else await notify(tx, { ...told, type, params: { ...common, unit: asked, from: asking } });
}

async function hearersOf(tx: Tx, { governmentId, fromUnitId, toUnitId }: Told, type: News): Promise<string[]> {
  const of = (unitId: string): Place => ({ unitId, governmentId });
  switch (type) {
    case "case.referred":
      return answerersOf(tx, of(toUnitId));
    case "case.bounced":
      return peopleWithRole(tx, of(governmentId), "referral.decide");
    case "case.referral-delivered":
      return answerersOf(tx, of(fromUnitId));
    case "case.referral-withdrawn":
      return peopleWithRole(tx, of(toUnitId), ["admin"]);
    case "case.referral-decided":
      return [...(await peopleWithRole(tx, of(toUnitId), ["admin"])), ...(await peopleWithRole(tx, of(fromUnitId), ["admin"]))];
  }
}

/** Who answers for an agency; Kabid IKP where it has nobody. */
async function answerersOf(tx: Tx, place: Place): Promise<string[]> {
  const admins = await peopleWithRole(tx, place, ["admin"]);
  return admins.length ? admins : peopleWithRole(tx, place, ["supervisor"]);
}

async function wordsOf(tx: Tx, caseId: string, unitIds: string[]) {
  const inboxCase = await tx.inboxCase.findUniqueOrThrow({
    where: { id: caseId },
    select: { excerpt: true, channel: { select: { platform: true } } },
  });
  const units = await tx.unit.findMany({ where: { id: { in: unitIds } }, select: { id: true, shortName: true } });
  return { inboxCase, names: new Map(units.map(({ id, shortName }) => [id, shortName])) };
}
