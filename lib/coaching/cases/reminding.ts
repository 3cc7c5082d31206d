import type { Actor } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { type News, notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";
import { caseLink } from "../links.ts";
import type { ReminderWeek } from "../rules.ts";
import type { ReminderInput } from "../schema.ts";
import { findOpenCase, noteCase } from "./moving.ts";

type Due = { caseId: string; week: ReminderWeek; unitId: string; shortName: string; mentorId: string };

/** Beside the mentor: in week 2 the unit itself, in week 8 the head, who signs the letter. */
const alsoTold = { 2: "admin", 4: null, 8: "head" } as const;

/**
 * Tells mentors what is due in open cases: the reminder of week 2, the visit of week 4, the letter of week 8, each once. Of
 * several that fell due at once only the latest is told; what was done already is not told at all.
 */
export const remindOfCases = () =>
  db.$transaction(async (tx) => {
    const due = await tx.$queryRaw<Due[]>(Prisma.sql`
      WITH due AS (
        UPDATE coaching_reminder r SET told_at = ${now()} FROM coaching_case k JOIN unit u ON u.id = k.unit_id
        WHERE k.id = r.case_id AND k.state = 'open' AND r.told_at IS NULL AND r.done_at IS NULL AND r.due_on <= (${now()} AT TIME ZONE u.zone)::date
        RETURNING r.case_id, r.week, k.unit_id, u.short_name, k.mentor_id)
      SELECT DISTINCT ON (case_id) case_id AS "caseId", week, unit_id AS "unitId", short_name AS "shortName", mentor_id AS "mentorId" FROM due ORDER BY case_id, week DESC`);
    const holders = await holdersOf(tx, [...new Set(due.map(({ unitId }) => unitId))], ["admin", "head"]);
    const news = due.map(({ caseId, week, unitId, shortName, mentorId }): News => {
      const also = holders.filter((one) => one.unitId === unitId && one.role === alsoTold[week] && (one.own || one.role === "head"));
      return {
        type: "coaching.reminder",
        to: [mentorId, ...also.map(({ personId }) => personId)],
        by: null,
        subject: { type: "coaching_case", id: caseId },
        unitId,
        params: { unit: shortName, week },
        link: caseLink(caseId),
        key: `${caseId} ${week}`,
      };
    });
    return notify(tx, news);
  });

/** Notes that a reminder, visit or letter was done. */
export const finishReminder = (actor: Actor, { caseId, week, note }: ReminderInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const one = await findOpenCase(tx, actor, { caseId });
    const { count } = await tx.coachingReminder.updateMany({
      where: { caseId, week, doneAt: null },
      data: { doneAt: now(), doneBy: actor.personId, note: note || null },
    });
    if (!count) throw new Refusal("stale");
    await noteCase(tx, actor, "coaching.reminder-done", one, { week });
    return { ok: true };
  });
