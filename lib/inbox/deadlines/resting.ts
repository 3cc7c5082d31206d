import { recordAll } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import { addDays, addWorkingDays, localDay, startOfDay, type WorkingCalendar } from "../../units/calendar.ts";
import { calendarsOf } from "../../units/hours-settings.ts";
import { signalCases } from "../signalling.ts";

/** Working days without a new word after which an answered case is over, as LAPOR! closes what it answered. */
export const restingDays = 10;

/** What was said before this instant has had more than ten working days without a word since. */
export function restsBefore(at: Date, calendar: WorkingCalendar): Date {
  const today = localDay(at, calendar.zone);
  let day = addDays(today, -restingDays);
  while (addWorkingDays(day, restingDays, calendar) >= today) day = addDays(day, -1);
  return startOfDay(addDays(day, 1), calendar.zone);
}

/** Answered cases that nobody has added to for ten working days of their unit are done. Not those in which something is still owed. Returns how many. */
export async function restAnswered(limit = 1000): Promise<number> {
  let rested = 0;
  for (let more = limit; more === limit; rested += more) more = await db.$transaction((tx) => restSome(tx, limit), { timeout: 60_000 });
  return rested;
}

async function restSome(tx: Tx, limit: number): Promise<number> {
  const at = now();
  const longAgo = startOfDay(addDays(localDay(at, "Asia/Jakarta"), -restingDays), "Asia/Jakarta");
  const units = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT u.id FROM unit u WHERE EXISTS (SELECT FROM case_unit cu
      WHERE cu.unit_id = u.id AND cu.role = 'owner' AND cu.state = 'answered' AND cu.last_message_at < ${longAgo})`);
  if (!units.length) return 0;
  const calendars = await calendarsOf(
    tx,
    units.map(({ id }) => id),
  );
  const rows = [...calendars].map(([id, calendar]) => ({ id, before: restsBefore(at, calendar) }));
  const rested = await tx.$queryRaw<{ id: string; unitId: string; governmentId: string }[]>(Prisma.sql`
    WITH over AS MATERIALIZED (
      SELECT c.id FROM ${recordset(rows, "id uuid, before timestamptz")} JOIN case_unit cu ON cu.unit_id = x.id JOIN inbox_case c ON c.id = cu.case_id
      WHERE cu.role = 'owner' AND cu.state = 'answered' AND cu.last_message_at < x.before AND c.state = 'answered' AND c.waiting_for IS NULL
        AND NOT EXISTS (SELECT FROM case_deadline d WHERE d.case_id = c.id AND d.met_at IS NULL)
      LIMIT ${limit} FOR UPDATE OF c SKIP LOCKED)
    UPDATE inbox_case c SET state = 'done', done_at = ${at}, revision = c.revision + 1 FROM over WHERE c.id = over.id
    RETURNING c.id, c.unit_id AS "unitId", c.government_id AS "governmentId"`);
  const entries = rested.map((place) => ({
    type: "case.done",
    subjectType: "case",
    subjectId: place.id,
    place,
    payload: { by: "rule", workingDays: restingDays },
  }));
  await recordAll(tx, null, entries);
  await signalCases(
    tx,
    rested.map(({ id }) => id),
  );
  return rested.length;
}
