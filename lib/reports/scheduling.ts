import { type Actor, inScope, permissions } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { type Answer, type Problem, Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import { isMailbox } from "../notices/rules.ts";
import { zoneOf } from "../units/calendar.ts";
import { letterheadFor } from "./letterhead/settings.ts";
import type { Delivery, Paper } from "./rules.ts";
import { isOfDomain, monthTold, nextMonthly } from "./scheduling-rules.ts";
import type { EndScheduleInput, ScheduleInput } from "./schema.ts";
import { findSubject, within } from "./subjects.ts";

/** A person of the product, or an address of the government's own domain. */
export type Recipient = { personId: string } | { address: string };

const readers = [...permissions["report.read"]];
/** People who may be sent a government's reports: those with a role in it that reads reports. */
const peopleOf = (tx: Tx, governmentId: string, ids?: readonly string[]) =>
  tx.person.findMany({
    where: {
      ...(ids ? { id: { in: [...ids] } } : {}),
      disabledAt: null,
      grants: {
        some: {
          role: { in: readers },
          unit: { governmentId },
          validFrom: { lte: now() },
          OR: [{ validTo: null }, { validTo: { gt: now() } }],
        },
      },
    },
    select: { id: true, name: true, email: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: 300,
  });

/** Plans a report for each month to come. Recipients are people of the government, and addresses of its domain. */
export async function planReports(actor: Actor, input: ScheduleInput): Promise<Answer<{ scheduleId: string }>> {
  const { unitId, dayOfMonth, hour, paper, delivery } = input;
  return db.$transaction(async (tx) => {
    const reported = await findSubject(tx, actor, unitId);
    const { subject, issuer } = reported;
    const { mailDomain } = await letterheadFor(tx, reported);
    const people = input.people.length ? await peopleOf(tx, issuer, input.people) : [];
    const problems = recipientProblems(input, people.length, mailDomain);
    if (problems.length) return { ok: false, problems };
    const recipients: Recipient[] = [...people.map(({ id }) => ({ personId: id })), ...new Set(input.addresses)].map((one) =>
      typeof one === "string" ? { address: one } : one,
    );
    const place = { unitId, governmentId: issuer };
    const { id } = await tx.reportSchedule.create({
      data: {
        ...place,
        ...{ subject: subject.kind, dayOfMonth, hour, paper, delivery, recipients: recipients as unknown as Prisma.InputJsonValue },
        nextAt: nextMonthly(dayOfMonth, hour, zoneOf(subject.zone), now()),
        createdBy: actor.personId,
        createdAt: now(),
      },
      select: { id: true },
    });
    await record(tx, actor, {
      type: "report.planned",
      subjectType: "report_schedule",
      subjectId: id,
      place,
      payload: { dayOfMonth, hour, recipients },
    });
    return { ok: true, scheduleId: id };
  });
}

function recipientProblems({ people, addresses }: ScheduleInput, known: number, domain: string | null): Problem[] {
  const problems: Problem[] = [];
  if (known < new Set(people).size) problems.push({ field: "people", code: "recipient-unknown" });
  for (const address of addresses) {
    if (!isMailbox(address)) problems.push({ field: "addresses", code: "address-form", params: { address } });
    else if (!isOfDomain(address, domain))
      problems.push({ field: "addresses", code: domain ? "address-foreign" : "domain-missing", params: { address, domain: domain ?? "" } });
  }
  return problems;
}

/** Ends a schedule; what it has made stays. */
export async function endSchedule(actor: Actor, { scheduleId }: EndScheduleInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const found = await tx.reportSchedule.findFirst({
      where: { AND: [{ id: scheduleId }, inScope(actor, "report.make")] },
      select: { id: true, unitId: true, governmentId: true },
    });
    if (!found) throw new Refusal("not-found");
    const { count } = await tx.reportSchedule.updateMany({ where: { id: scheduleId, endedAt: null }, data: { endedAt: now() } });
    if (!count) throw new Refusal("stale");
    await record(tx, actor, { type: "report.plan-ended", subjectType: "report_schedule", subjectId: scheduleId, place: found });
    return { ok: true };
  });
}

export type ScheduleRow = {
  id: string;
  unit: { name: string; zone: string };
  dayOfMonth: number;
  hour: number;
  paper: Paper;
  delivery: Delivery;
  nextAt: Date;
  recipients: string[];
};

const MOST_SCHEDULES = 100;

/** The schedules of a government that run, with those they go to by name. */
export async function listSchedules(actor: Actor, unit: { id: string; governmentId: string }): Promise<ScheduleRow[]> {
  const found = await db.reportSchedule.findMany({
    where: { AND: [within(unit), inScope(actor, "report.make"), { endedAt: null }] },
    include: { unit: { select: { name: true, zone: true } } },
    orderBy: { id: "desc" },
    take: MOST_SCHEDULES,
  });
  const lists = found.map(({ recipients }) => recipients as unknown as Recipient[]);
  const ids = lists.flat().flatMap((one) => ("personId" in one ? [one.personId] : []));
  const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const nameOf = (one: Recipient) => ("address" in one ? one.address : (people.find(({ id }) => id === one.personId)?.name ?? "–"));
  return found.map(({ id, unit: of, dayOfMonth, hour, paper, delivery, nextAt }, index) => ({
    ...{ id, unit: of, dayOfMonth, hour, nextAt },
    paper: paper as Paper,
    delivery: delivery as Delivery,
    recipients: lists[index]!.map(nameOf),
  }));
}

/** Who may be chosen as recipients for the government that reports, and of which domain further addresses may be. */
export async function possibleRecipients(
  actor: Actor,
  unitId: string,
): Promise<{ people: { id: string; name: string }[]; domain: string | null }> {
  const reported = await findSubject(db, actor, unitId);
  const [people, { mailDomain }] = await Promise.all([peopleOf(db, reported.issuer), letterheadFor(db, reported)]);
  return { people: people.map(({ id, name }) => ({ id, name })), domain: mailDomain };
}

type Due = {
  id: string;
  unitId: string;
  governmentId: string;
  subject: string;
  dayOfMonth: number;
  hour: number;
  paper: string;
  recipients: Recipient[];
  nextAt: Date;
  zone: string;
};

const LONGEST_WAIT_MS = 6 * 3_600_000;

/**
 * Asks for the reports of all schedules whose time has come, once a month each, however often this runs. What a standing worker
 * has missed is made up for the latest month alone. The scores of the month's last day are waited for, but not for ever. Returns how many were asked for.
 */
export async function makeScheduled(): Promise<number> {
  return db.$transaction(async (tx) => {
    const at = now();
    const due = await tx.$queryRaw<Due[]>(Prisma.sql`
      SELECT s.id, s.unit_id AS "unitId", s.government_id AS "governmentId", s.subject, s.day_of_month AS "dayOfMonth", s.hour, s.paper, s.recipients, s.next_at AS "nextAt", u.zone
      FROM report_schedule s JOIN unit u ON u.id = s.unit_id
      WHERE s.ended_at IS NULL AND s.next_at <= ${at} AND u.active
        AND (s.next_at <= ${new Date(at.getTime() - LONGEST_WAIT_MS)} OR EXISTS (SELECT FROM score_run r WHERE r.zone = u.zone AND (r.government_id IS NULL OR r.government_id = u.government_id)
          AND r.finished_at IS NOT NULL AND r.day >= date_trunc('month', ${at}::timestamptz AT TIME ZONE u.zone)::date - 1))
      ORDER BY s.next_at LIMIT 200 FOR UPDATE OF s SKIP LOCKED`);
    for (const schedule of due) await ask(tx, schedule, at);
    if (due.length) await signal(tx, { topic: "report-due" });
    return due.length;
  });
}

async function ask(tx: Tx, schedule: Due, at: Date) {
  const zone = zoneOf(schedule.zone);
  const period = monthTold(at, zone);
  const { id, unitId, governmentId, subject, paper } = schedule;
  await tx.reportSchedule.update({ where: { id }, data: { nextAt: nextMonthly(schedule.dayOfMonth, schedule.hour, zone, at) } });
  const [made] = await tx.report.createManyAndReturn({
    data: [
      {
        ...{ unitId, governmentId, subject, paper, scheduleId: id, state: "waiting", createdAt: at },
        fromDay: new Date(period.from),
        toDay: new Date(period.to),
      },
    ],
    skipDuplicates: true,
    select: { id: true },
  });
  if (!made) return;
  const addresses = await addressesOf(tx, schedule);
  await tx.reportDelivery.createMany({
    data: addresses.map(({ name, address }) => ({ reportId: made.id, name, address, state: "waiting", sendAfter: at })),
    skipDuplicates: true,
  });
  await record(tx, null, {
    type: "report.scheduled",
    subjectType: "report",
    subjectId: made.id,
    place: { unitId, governmentId },
    payload: { scheduleId: id, ...period },
  });
}

/** Addresses as they are now: who has lost his role since is not written to. */
async function addressesOf(tx: Tx, { governmentId, recipients }: Due): Promise<{ name: string; address: string }[]> {
  const ids = recipients.flatMap((one) => ("personId" in one ? [one.personId] : []));
  const people = ids.length ? await peopleOf(tx, governmentId, ids) : [];
  const free = recipients.flatMap((one) => ("address" in one ? [{ name: one.address, address: one.address }] : []));
  return [...people.map(({ name, email }) => ({ name, address: email.toLowerCase() })), ...free];
}
