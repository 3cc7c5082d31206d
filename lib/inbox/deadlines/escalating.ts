import { now } from "../../core/clock.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import type { Role } from "../../core/roles.ts";
import { type News, notify } from "../../notices/notifying.ts";
import { type Holder, holdersOf } from "../../people/holders.ts";
import type { WorkingCalendar } from "../../units/calendar.ts";
import { calendarsOf } from "../../units/hours-settings.ts";
import { type Deadline, type MomentName, momentsOf, nextMoment, type Pause } from "./pauses.ts";
import type { DeadlineSubject } from "./rows.ts";

type Due = Deadline & {
  id: string;
  caseId: string;
  subject: DeadlineSubject;
  unitId: string;
  unitShortName: string;
  zone: string;
  governmentId: string;
  moment: MomentName | "given";
  platform: string;
  excerpt: string;
  assigneeId: string | null;
  /** When what was owed was done; null while it is not. */
  metAt: Date | null;
  pauses: Pause[];
};

/**
 * Tells people of deadlines whose moment has come, the latest that has passed of each, once: who answers at 75 and 90 per cent,
 * the head of the unit too when it is over, Kabid IKP when half of the given time has passed since. What was met meanwhile is
 * told of no more. Returns how many it looked at.
 */
export const tellDeadlines = (limit = 200): Promise<number> =>
  db.$transaction(
    async (tx) => {
      const due = await claim(tx, limit);
      if (!due.length) return 0;
      const open = due.filter(({ metAt }) => metAt === null);
      const calendars = await calendarsOf(tx, [...new Set(due.map(({ unitId }) => unitId))]);
      const told = open.map((one) => ({ ...one, reached: reached(one, calendars.get(one.unitId)!) }));
      await wake(
        tx,
        told.map(({ caseId }) => caseId),
      );
      await notify(tx, await newsOf(tx, told));
      await moveOn(tx, due, told, calendars);
      return due.length;
    },
    { timeout: 30_000 },
  );

/** Deadlines whose next moment has come, locked; another worker takes others. */
const claim = (tx: Tx, limit: number): Promise<Due[]> =>
  tx
    .$queryRaw<Due[]>(Prisma.sql`
    WITH due AS MATERIALIZED (
      SELECT * FROM case_deadline WHERE met_at IS NULL AND next_at <= ${now()} ORDER BY next_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    SELECT d.id, d.case_id AS "caseId", d.subject, d.unit_id AS "unitId", u.short_name AS "unitShortName", u.zone, d.government_id AS "governmentId",
      d.opened_at AS "openedAt", CASE WHEN d.subject = 'resolution' THEN coalesce(c.resolution_due_at, d.due_at) ELSE d.due_at END AS "dueAt", d.clock, d.moment,
      ch.platform, c.excerpt, CASE WHEN d.unit_id = c.unit_id THEN c.assignee_id ELSE (SELECT cu.assignee_id FROM case_unit cu WHERE cu.case_id = c.id AND cu.unit_id = d.unit_id) END AS "assigneeId",
      CASE d.subject
        WHEN 'first_response' THEN (SELECT coalesce(max(r.answered_at), CASE WHEN count(*) = 0 THEN d.opened_at END) FROM reply_duty r WHERE r.case_id = d.case_id AND r.message_id = d.subject_id)
        WHEN 'resolution' THEN CASE WHEN c.state = 'done' THEN coalesce(c.done_at, c.last_message_at) END
        WHEN 'referral' THEN (SELECT coalesce(f.result_at, f.decided_at, f.created_at) FROM referral f WHERE f.id = d.subject_id AND f.state NOT IN ('sent', 'accepted', 'bounced'))
        WHEN 'information_request' THEN (SELECT i.closed_at FROM information_request i WHERE i.id = d.subject_id)
      END AS "metAt",
      CASE WHEN d.subject = 'resolution' THEN coalesce((SELECT jsonb_agg(jsonb_build_object('from', p."from", 'to', p."to")) FROM case_pause p WHERE p.case_id = c.id), '[]') ELSE '[]' END AS pauses
    FROM due d JOIN inbox_case c ON c.id = d.case_id JOIN channel ch ON ch.id = c.channel_id JOIN unit u ON u.id = d.unit_id`)
    .then((rows) => rows.map(revived));

const revived = (row: Due): Due => ({
  ...row,
  pauses: row.pauses.map(({ from, to }) => ({ from: new Date(from), to: to === null ? null : new Date(to) })),
});

/** The last moment that has come. */
function reached(deadline: Due, calendar: WorkingCalendar): MomentName | null {
  const at = now();
  return momentsOf(deadline, deadline.pauses, at, calendar).findLast((moment) => moment.at <= at)?.name ?? null;
}

type Told = Due & { reached: MomentName | null };

/** What was put off comes back when its time is nearly over. */
const wake = (tx: Tx, caseIds: readonly string[]) =>
  tx.inboxCase.updateMany({
    where: { id: { in: [...caseIds] }, state: "snoozed" },
    data: { state: "open", snoozedUntil: null, revision: { increment: 1 } },
  });

const types = {
  soon: "case.deadline-soon",
  pressing: "case.deadline-pressing",
  due: "case.overdue",
  escalated: "case.escalated",
} as const satisfies Record<MomentName, string>;

async function newsOf(tx: Tx, told: readonly Told[]): Promise<News[]> {
  const units = [...new Set(told.map(({ unitId }) => unitId))];
  const holders = Map.groupBy(await holdersOf(tx, units, ["admin", "verifier", "supervisor", "head"]), ({ unitId }) => unitId);
  const onDuty = Map.groupBy(
    await tx.dutyShift.findMany({
      where: { unitId: { in: units }, from: { lte: now() }, to: { gt: now() } },
      select: { unitId: true, personId: true },
    }),
    ({ unitId }) => unitId,
  );
  return told.flatMap((one) => {
    if (!one.reached) return [];
    const shift = onDuty.get(one.unitId)?.map(({ personId }) => personId) ?? [];
    return [
      {
        type: types[one.reached],
        to: toldOf(one, holders.get(one.unitId) ?? [], shift),
        by: null,
        subject: { type: "case", id: one.caseId },
        unitId: one.unitId,
        link: `/inbox/${one.caseId}`,
        key: `${one.id} ${one.reached}`,
        params: { unit: one.unitShortName, platform: one.platform, excerpt: one.excerpt, at: one.dueAt.toISOString(), zone: one.zone },
      },
    ];
  });
}

/** Who hears of it: whoever has the case, else who is on duty, else all who answer for the unit; above them when it is over. */
function toldOf({ assigneeId, reached }: Told, holders: readonly Holder[], onDuty: readonly string[]): string[] {
  const held = (...roles: Role[]) => holders.filter(({ role }) => roles.includes(role)).map(({ personId }) => personId);
  const answers = assigneeId ? [assigneeId] : onDuty.length ? onDuty : held("admin");
  const heads = holders.filter(({ role, own }) => own && role === "verifier").map(({ personId }) => personId);
  if (reached === "due") return [...new Set([...answers, ...(heads.length ? heads : held("verifier"))])];
  if (reached === "escalated") return above(answers, held("supervisor"), held("head"));
  return [...answers];
}

/** Kabid IKP, the head where Kabid IKP has the case himself; whoever answers has been told twice and is not asked to see to himself. */
function above(answers: readonly string[], supervisors: readonly string[], heads: readonly string[]): string[] {
  const others = supervisors.filter((one) => !answers.includes(one));
  return others.length ? others : heads.filter((one) => !answers.includes(one));
}

async function moveOn(tx: Tx, due: readonly Due[], told: readonly Told[], calendars: ReadonlyMap<string, WorkingCalendar>) {
  const at = now();
  const rows = due.map((one) => {
    const moment = told.find(({ id }) => id === one.id)?.reached ?? one.moment;
    const next = one.metAt ? null : nextMoment(one, one.pauses, moment, at, calendars.get(one.unitId)!);
    return { id: one.id, moment, next_at: next?.at ?? null, met_at: one.metAt };
  });
  await tx.$executeRaw(Prisma.sql`
    UPDATE case_deadline d SET moment = x.moment, next_at = x.next_at, met_at = x.met_at
    FROM ${recordset(rows, "id uuid, moment text, next_at timestamptz, met_at timestamptz")} WHERE d.id = x.id`);
}
