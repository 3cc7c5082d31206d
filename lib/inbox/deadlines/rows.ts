import { now } from "../../core/clock.ts";
import { Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import type { WorkingCalendar } from "../../units/calendar.ts";
import type { DutyChanges } from "../intake/duties.ts";
import { type Deadline, nextMoment } from "./pauses.ts";

export type DeadlineSubject = "first_response" | "resolution" | "referral" | "information_request";
export type NewDeadline = Deadline & { caseId: string; subject: DeadlineSubject; subjectId: string; unitId: string; governmentId: string };

/** What became known later than this after its end is read up on, and nobody is told of it. */
const STILL_NEWS_MS = 86_400_000;

/** Writes deadlines down with the moment at which somebody is first told of each: at once of what has just been over when it became known. */
export async function writeDeadlines(tx: Tx, deadlines: readonly (NewDeadline & { calendar: WorkingCalendar })[]) {
  if (!deadlines.length) return;
  const at = now();
  const rows = deadlines.map((one) => ({
    case_id: one.caseId,
    subject: one.subject,
    subject_id: one.subjectId,
    unit_id: one.unitId,
    government_id: one.governmentId,
    opened_at: one.openedAt,
    due_at: one.dueAt,
    clock: one.clock,
    next_at: at.getTime() - one.dueAt.getTime() > STILL_NEWS_MS ? null : (nextMoment(one, [], "given", at, one.calendar)?.at ?? null),
  }));
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO case_deadline (case_id, subject, subject_id, unit_id, government_id, opened_at, due_at, clock, next_at)
    SELECT case_id, subject, subject_id, unit_id, government_id, opened_at, due_at, clock, next_at FROM ${recordset(
      rows,
      `case_id uuid, subject text, subject_id uuid, unit_id uuid, government_id uuid, opened_at timestamptz, due_at timestamptz, clock text,
       next_at timestamptz`,
    )} ON CONFLICT (subject, subject_id) DO NOTHING`);
}

/** The deadlines that new duties and newly opened matters bring: an answer by its message, a resolution by its case. */
export async function openDeadlines(tx: Tx, { made, resolutions }: DutyChanges, calendars: ReadonlyMap<string, WorkingCalendar>) {
  const answers = made
    .filter(({ answered_at }) => !answered_at)
    .map((duty) => ({
      caseId: duty.case_id,
      subject: "first_response" as const,
      subjectId: duty.message_id,
      unitId: duty.unit_id,
      governmentId: duty.government_id,
      openedAt: duty.opened_at,
      dueAt: duty.due_at,
      clock: duty.clock,
      calendar: calendars.get(duty.unit_id)!,
    }));
  const matters = resolutions.map(({ thread: { id, unitId, governmentId }, ...deadline }) => ({
    ...deadline,
    caseId: id,
    subject: "resolution" as const,
    subjectId: id,
    unitId,
    governmentId,
    calendar: calendars.get(unitId)!,
  }));
  await writeDeadlines(tx, [...answers, ...matters]);
}
