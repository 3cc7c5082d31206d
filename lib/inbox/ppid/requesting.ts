import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { open, seal } from "../../core/crypto.ts";
import { db, type Prisma, type Tx } from "../../core/db.ts";
import { type Answer, type Problem, Refusal } from "../../core/errors.ts";
import { addDays, addWorkingDays, localDay, startOfDay } from "../../units/calendar.ts";
import { calendarOfUnit } from "../../units/hours-settings.ts";
import { nextMoment } from "../deadlines/pauses.ts";
import { writeDeadlines } from "../deadlines/rows.ts";
import { endOfDay } from "../lapor/rules.ts";
import { signalCases } from "../signalling.ts";
import { extensionDays, isOpenRequest, type RequestState, requestDays } from "./rules.ts";
import type { CloseRequestInput, ExtendRequestInput, KeepRequestInput, RegisterRequestInput, RequestForm } from "./schema.ts";

const EARLIEST_DAYS = 60;
/** A local day as its column holds it. */
const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);

/** Keeps the form of a request for information, sealed, as it names a person. It is no request yet: see `registerRequest`. */
export const keepRequest = (actor: Actor, { caseId, revision, form }: KeepRequestInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await tx.inboxCase.findFirst({
      where: { id: caseId, ...inScope(actor, "ppid.manage") },
      select: { unitId: true, governmentId: true },
    });
    if (!found) throw new Refusal("not-found");
    const kept = await tx.informationRequest.findUnique({ where: { caseId }, select: { id: true, state: true, revision: true } });
    if ((kept?.revision ?? 0) !== revision) throw new Refusal("stale");
    const sealed = { form: seal(JSON.stringify(form)), updatedAt: now() };
    if (kept) {
      const state = kept.state as RequestState;
      if (state !== "incomplete" && !isOpenRequest(state)) throw new Refusal("stale");
      const missing = state === "incomplete" ? [] : missingIn(form);
      if (missing.length) return { ok: false, problems: missing };
      await guarded(tx, { id: kept.id, revision, state }, sealed);
    } else {
      const made = await tx.informationRequest.createMany({
        data: [{ caseId, ...found, ...sealed, createdBy: actor.personId, createdAt: now() }],
        skipDuplicates: true,
      });
      if (!made.count) throw new Refusal("stale");
    }
    await note(tx, actor, "ppid.kept", { caseId, ...found });
    return { ok: true };
  });

const missingIn = (form: RequestForm): Problem[] =>
  Object.entries(form).flatMap(([field, value]) => (value ? [] : [{ field: `form.${field}`, code: "required" }]));

type Found = Prisma.InformationRequestGetPayload<object>;

async function findRequest(tx: Tx, actor: Actor, { requestId, revision }: { requestId: string; revision: number }): Promise<Found> {
  const found = await tx.informationRequest.findFirst({ where: { id: requestId, inboxCase: inScope(actor, "ppid.manage") } });
  if (!found) throw new Refusal("not-found");
  if (found.revision !== revision) throw new Refusal("stale");
  return found;
}

async function guarded(
  tx: Tx,
  { id, revision, state }: { id: string; revision: number; state: string },
  data: Prisma.InformationRequestUpdateManyMutationInput,
) {
  const { count } = await tx.informationRequest.updateMany({
    where: { id, revision, state },
    data: { ...data, revision: { increment: 1 } },
  });
  if (!count) throw new Refusal("stale");
}

/** The trail says what was done and when it is due; whom it is about stays sealed. */
async function note(
  tx: Tx,
  actor: Actor,
  type: string,
  place: { caseId: string; unitId: string; governmentId: string },
  payload: Record<string, unknown> = {},
) {
  await record(tx, actor, { type, subjectType: "case", subjectId: place.caseId, place, payload });
  await signalCases(tx, [place.caseId]);
}

/** The comment becomes a request: the form is complete, it has a number of the unit, and from `day` on its time runs. */
export const registerRequest = (actor: Actor, { number, day, ...ref }: RegisterRequestInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findRequest(tx, actor, ref);
    if (found.state !== "incomplete") throw new Refusal("stale");
    const problems = missingIn(JSON.parse(open(found.form)) as RequestForm);
    const calendar = await calendarOfUnit(tx, found.unitId);
    const today = localDay(now(), calendar.zone);
    if (day > today) problems.push({ field: "day", code: "day-future" });
    if (day < addDays(today, -EARLIEST_DAYS)) problems.push({ field: "day", code: "day-long-ago" });
    // One at a time in a unit, so that no number is given twice.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`ppid ${found.unitId}`}))`;
    if (await tx.informationRequest.count({ where: { governmentId: found.governmentId, unitId: found.unitId, number } }))
      problems.push({ field: "number", code: "number-taken" });
    if (problems.length) return { ok: false, problems };
    const dueDay = addWorkingDays(day, requestDays, calendar);
    await guarded(tx, found, { state: "registered", number, registeredDay: dateOf(day), dueDay: dateOf(dueDay), updatedAt: now() });
    await writeDeadlines(tx, [
      {
        caseId: found.caseId,
        subject: "information_request",
        subjectId: found.id,
        unitId: found.unitId,
        governmentId: found.governmentId,
        openedAt: startOfDay(day, calendar.zone),
        dueAt: endOfDay(dueDay, calendar),
        clock: "working",
        calendar,
      },
    ]);
    await note(tx, actor, "ppid.registered", found, { number, day, dueDay });
    return { ok: true };
  });

/** Seven working days more, once, with the reason that the applicant is told in writing. */
export const extendRequest = (actor: Actor, { reason, ...ref }: ExtendRequestInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findRequest(tx, actor, ref);
    if (found.state !== "registered" || !found.dueDay) throw new Refusal("stale");
    const calendar = await calendarOfUnit(tx, found.unitId);
    const given = found.dueDay.toISOString().slice(0, 10);
    if (localDay(now(), calendar.zone) > given) return { ok: false, problems: [{ field: "reason", code: "extension-late" }] };
    const dueDay = addWorkingDays(given, extensionDays, calendar);
    await guarded(tx, found, { state: "extended", extendedReason: reason, dueDay: dateOf(dueDay), updatedAt: now() });
    const row = await tx.caseDeadline.findFirstOrThrow({ where: { subject: "information_request", subjectId: found.id } });
    const dueAt = endOfDay(dueDay, calendar);
    const next = nextMoment({ openedAt: row.openedAt, dueAt, clock: "working" }, [], "given", now(), calendar);
    await tx.caseDeadline.update({ where: { id: row.id }, data: { dueAt, moment: "given", nextAt: next?.at ?? null } });
    await note(tx, actor, "ppid.extended", found, { dueDay });
    return { ok: true };
  });

/** Ends a request; a refusal names its legal ground. What was never registered can only be withdrawn. */
export const closeRequest = (actor: Actor, { outcome, note: words, ...ref }: CloseRequestInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await findRequest(tx, actor, ref);
    const state = found.state as RequestState;
    if (!isOpenRequest(state) && !(state === "incomplete" && outcome === "withdrawn")) throw new Refusal("stale");
    const at = now();
    await guarded(tx, found, { state: outcome, decisionNote: words || null, closedAt: at, updatedAt: at });
    await tx.caseDeadline.updateMany({
      where: { subject: "information_request", subjectId: found.id, metAt: null },
      data: { metAt: at, nextAt: null },
    });
    await note(tx, actor, `ppid.${outcome}`, found);
    return { ok: true };
  });
