import { now } from "../../core/clock.ts";
import type { Tx } from "../../core/db.ts";
import { calendarOfUnit } from "../../units/hours-settings.ts";
import { type Deadline, type MomentName, nextMoment, standingOf } from "./pauses.ts";

export type WaitsFor = "citizen" | "agency";

/** From now on the time of a case's resolution stands still: somebody else has the next word. The first response is never put off. */
export async function beginPause(tx: Tx, caseId: string, why: WaitsFor) {
  await tx.casePause.createMany({ data: [{ caseId, why, from: now() }], skipDuplicates: true });
  await weighPauses(tx, caseId);
}

/** The time goes on, unless it stands still for another reason too. */
export async function endPause(tx: Tx, caseId: string, why: WaitsFor) {
  const { count } = await tx.casePause.updateMany({ where: { caseId, why, to: null }, data: { to: now() } });
  if (count) await weighPauses(tx, caseId);
}

/** The matter of these cases is settled: nobody is warned of it any more, nor of an answer that is still owed in them. */
export async function meetResolutions(tx: Tx, caseIds: readonly string[]) {
  await tx.caseDeadline.updateMany({
    where: { subject: "resolution", subjectId: { in: [...caseIds] }, metAt: null },
    data: { metAt: now(), nextAt: null },
  });
  await tx.caseDeadline.updateMany({
    where: { subject: "first_response", caseId: { in: [...caseIds] }, metAt: null },
    data: { nextAt: null },
  });
}

/** It is not settled after all: its time goes on as if it had never stopped. */
export async function reopenResolution(tx: Tx, caseId: string) {
  await tx.caseDeadline.updateMany({ where: { subject: "resolution", subjectId: caseId }, data: { metAt: null } });
  await warnAgain(tx, [caseId]);
  await weighPauses(tx, caseId);
}

/** Answers that are still owed in cases that were done and are open again are warned of again. */
export const warnAgain = (tx: Tx, caseIds: readonly string[]) =>
  tx.caseDeadline.updateMany({
    where: { subject: "first_response", caseId: { in: [...caseIds] }, metAt: null, nextAt: null },
    data: { nextAt: now() },
  });

/** What the pauses so far make of the resolution's deadline, and what of that the case shows. */
async function weighPauses(tx: Tx, caseId: string) {
  const at = now();
  const found = await tx.inboxCase.findUniqueOrThrow({
    where: { id: caseId },
    select: {
      unitId: true,
      receivedAt: true,
      resolutionDueAt: true,
      pauses: { select: { why: true, from: true, to: true } },
      dueClock: true,
      duties: {
        where: { answeredAt: null },
        orderBy: { dueAt: "asc" },
        select: { dueAt: true, openedAt: true, countedFrom: true },
        take: 1,
      },
      deadlines: { where: { subject: "resolution" }, select: { id: true, clock: true, moment: true, metAt: true } },
    },
  });
  const open = found.pauses.filter(({ to }) => to === null).map(({ why }) => why as WaitsFor);
  const waitingFor = open.includes("agency") ? "agency" : (open[0] ?? null);
  const [resolution] = found.deadlines;
  const [duty] = found.duties;
  let shown = { dueAt: duty?.dueAt ?? null, dueSince: duty?.countedFrom ?? duty?.openedAt ?? null, dueClock: found.dueClock };
  if (resolution && !resolution.metAt && found.resolutionDueAt) {
    const calendar = await calendarOfUnit(tx, found.unitId);
    const clock = resolution.clock as Deadline["clock"];
    const deadline: Deadline = { openedAt: found.receivedAt, dueAt: found.resolutionDueAt, clock };
    const standing = standingOf(deadline, found.pauses, at, calendar);
    const next = nextMoment(deadline, found.pauses, resolution.moment as MomentName | "given", at, calendar);
    await tx.caseDeadline.update({ where: { id: resolution.id }, data: { dueAt: standing.dueAt, nextAt: next?.at ?? null } });
    if (!waitingFor && !duty) shown = { dueAt: standing.dueAt, dueSince: found.receivedAt, dueClock: clock };
  }
  await tx.inboxCase.update({ where: { id: caseId }, data: { waitingFor, ...shown } });
}
