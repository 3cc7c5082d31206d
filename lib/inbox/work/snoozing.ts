import { recordAll } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import { calendarsOf } from "../../units/hours-settings.ts";
import { givenTime } from "../deadlines/deadlines.ts";
import { type Deadline, momentsOf } from "../deadlines/pauses.ts";
import { signalCases } from "../signalling.ts";
import { type SnoozeUntil, snoozeInstant } from "./snoozing-rules.ts";

/** Whether, and until when, a case may be put off; `capped`: its deadline's first warning comes earlier than what was meant. */
export type SnoozeTime = { until: Date; capped: boolean } | "past" | "too-late";

/**
 * Until when each of these cases is put off: never past the moment at which 75 per cent of a deadline are used, and not at all
 * after it ("too-late"). "past": what was chosen is no time to come.
 */
export async function snoozeTimes(
  tx: Tx,
  cases: readonly { id: string; unitId: string }[],
  until: SnoozeUntil,
): Promise<ReadonlyMap<string, SnoozeTime>> {
  const at = now();
  const calendars = await calendarsOf(tx, [...new Set(cases.map(({ unitId }) => unitId))]);
  const ids = cases.map(({ id }) => id);
  const deadlines = await tx.caseDeadline.findMany({
    where: { caseId: { in: ids }, metAt: null },
    select: { caseId: true, subject: true, openedAt: true, dueAt: true, clock: true, inboxCase: { select: { resolutionDueAt: true } } },
  });
  const duties = await tx.inboxCase.findMany({
    where: { id: { in: ids }, dueAt: { not: null } },
    select: { id: true, dueSince: true, dueAt: true },
  });
  const pauses = await tx.casePause.findMany({ where: { caseId: { in: ids } }, select: { caseId: true, from: true, to: true } });
  const rows = Map.groupBy(deadlines, ({ caseId }) => caseId);
  const stood = Map.groupBy(pauses, ({ caseId }) => caseId);
  return new Map(
    cases.map(({ id, unitId }): [string, SnoozeTime] => {
      const calendar = calendars.get(unitId)!;
      const wished = snoozeInstant(until, at, calendar);
      if (!wished) return [id, "past"];
      const warnings = (rows.get(id) ?? []).flatMap(({ subject, openedAt, dueAt, clock, inboxCase }) => {
        const resolves = subject === "resolution";
        const fixed = resolves ? (inboxCase.resolutionDueAt ?? dueAt) : dueAt;
        const deadline: Deadline = { openedAt, dueAt: fixed, clock: clock as Deadline["clock"] };
        return momentsOf(deadline, resolves ? (stood.get(id) ?? []) : [], at, calendar).flatMap((moment) =>
          moment.name === "soon" ? [moment.at] : [],
        );
      });
      // An answer that is owed since before deadlines were written down has its own.
      const duty = duties.find((one) => one.id === id);
      if (duty?.dueSince && duty.dueAt && !rows.get(id)?.some(({ subject }) => subject === "first_response")) {
        const { clock } = givenTime(duty.dueSince, duty.dueAt, calendar);
        const soon = momentsOf({ openedAt: duty.dueSince, dueAt: duty.dueAt, clock }, [], at, calendar).find(({ name }) => name === "soon");
        if (soon) warnings.push(soon.at);
      }
      const cap = warnings.reduce<Date | null>((first, warning) => (!first || warning < first ? warning : first), null);
      if (cap && cap <= at) return [id, "too-late"];
      return [id, cap && cap < wished ? { until: cap, capped: true } : { until: wished, capped: false }];
    }),
  );
}

/** Cases whose time has come wait again. Another worker takes others. Returns how many woke. */
export const wakeSnoozed = (limit = 500): Promise<number> =>
  db.$transaction(async (tx) => {
    const woken = await tx.$queryRaw<{ id: string; unitId: string; governmentId: string }[]>(Prisma.sql`
      WITH due AS MATERIALIZED (
        SELECT id FROM inbox_case WHERE state = 'snoozed' AND snoozed_until <= ${now()} ORDER BY snoozed_until LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      UPDATE inbox_case c SET state = 'open', snoozed_until = NULL, revision = c.revision + 1 FROM due WHERE c.id = due.id
      RETURNING c.id, c.unit_id AS "unitId", c.government_id AS "governmentId"`);
    await recordAll(
      tx,
      null,
      woken.map((place) => ({ type: "case.woken", subjectType: "case", subjectId: place.id, place })),
    );
    await signalCases(
      tx,
      woken.map(({ id }) => id),
    );
    return woken.length;
  });
