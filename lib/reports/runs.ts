import { type Actor, inScope } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import { localDay, zoneOf } from "../units/calendar.ts";
import { dayOf, type Period, periodProblem } from "./period.ts";
import type { ReportState, RunScope } from "./rules.ts";
import type { RetryInput, RunInput } from "./schema.ts";
import { findSubject, within } from "./subjects.ts";

/** Which units a run is of: the governments below the ministry, or the scored units of a government. */
const membersOf = (scope: RunScope, unitId: string, governmentId: string) =>
  scope === "governments"
    ? Prisma.sql`u.government_id = u.id AND u.id <> ${unitId}::uuid`
    : Prisma.sql`u.government_id = ${governmentId}::uuid AND u.score_class IS NOT NULL`;

/** Asks for a report of every government below the ministry, or of every unit of a government; the worker makes them one by one. */
export async function startRun(actor: Actor, { unitId, scope, from, to, paper }: RunInput): Promise<Answer<{ runId: string }>> {
  const { subject, issuer } = await findSubject(db, actor, unitId);
  const whole = scope === "governments" ? subject.kind === "ministry" : subject.kind === "government";
  if (!whole || issuer !== subject.governmentId) throw new Refusal("not-found");
  const problem = periodProblem({ from, to }, localDay(now(), zoneOf(subject.zone)));
  if (problem) return { ok: false, problems: [{ field: "to", code: problem }] };
  const place = { unitId: subject.id, governmentId: issuer };
  return db.$transaction(async (tx) => {
    const days = { fromDay: new Date(from), toDay: new Date(to) };
    const { id } = await tx.reportRun.create({
      data: { ...place, ...days, scope, count: 0, createdBy: actor.personId, createdAt: now() },
      select: { id: true },
    });
    const count = await tx.$executeRaw(Prisma.sql`
      INSERT INTO report (unit_id, government_id, subject, from_day, to_day, paper, run_id, state, created_by, created_at)
      SELECT u.id, ${issuer}::uuid, ${scope === "governments" ? "government" : "unit"}, ${from}::date, ${to}::date, ${paper}, ${id}::uuid, 'waiting', ${actor.personId}::uuid, ${now()}
      FROM unit_closure c JOIN unit u ON u.id = c.unit_id
      WHERE c.ancestor_id = ${unitId}::uuid AND u.active AND ${membersOf(scope, unitId, issuer)} ORDER BY u.code`);
    await tx.reportRun.update({ where: { id }, data: { count } });
    await record(tx, actor, { type: "report.run", subjectType: "report_run", subjectId: id, place, payload: { scope, from, to, count } });
    await signal(tx, { topic: "report-due" });
    return { ok: true, runId: id };
  });
}

/** Asks once more for all reports of a run that were not made. */
export async function retryRun(actor: Actor, { runId }: RetryInput): Promise<Answer<{ count: number }>> {
  return db.$transaction(async (tx) => {
    const run = await tx.reportRun.findFirst({
      where: { AND: [{ id: runId }, inScope(actor, "report.make")] },
      select: { id: true, unitId: true, governmentId: true },
    });
    if (!run) throw new Refusal("not-found");
    const { count } = await tx.report.updateMany({
      where: { runId, state: "failed" },
      data: { state: "waiting", attempts: 0, problem: null, revision: { increment: 1 } },
    });
    await record(tx, actor, { type: "report.run-retried", subjectType: "report_run", subjectId: runId, place: run, payload: { count } });
    await signal(tx, { topic: "report-due" });
    return { ok: true, count };
  });
}

export type RunProgress = { all: number; ready: number; failed: number; left: number };
export type RunRow = {
  id: string;
  unit: { name: string; zone: string };
  scope: RunScope;
  period: Period;
  createdAt: Date;
  progress: RunProgress;
};

const PAGE = 20;
const columns = {
  id: true,
  unit: { select: { name: true, zone: true } },
  scope: true,
  fromDay: true,
  toDay: true,
  count: true,
  createdAt: true,
} as const;

/** The runs of a government, the newest first, a page of 20 after the given id. */
export async function listRuns(
  actor: Actor,
  unit: { id: string; governmentId: string },
  after: string | null,
): Promise<{ rows: RunRow[]; next: string | null }> {
  const found = await db.reportRun.findMany({
    where: { AND: [within(unit), inScope(actor, "report.read"), after ? { id: { lt: after } } : {}] },
    select: columns,
    orderBy: { id: "desc" },
    take: PAGE + 1,
  });
  const rows = await withProgress(found.slice(0, PAGE));
  return { rows, next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null };
}

type Found = { id: string; unit: RunRow["unit"]; scope: string; fromDay: Date; toDay: Date; count: number; createdAt: Date };

async function withProgress(found: readonly Found[]): Promise<RunRow[]> {
  const counts = await db.report.groupBy({ by: ["runId", "state"], where: { runId: { in: found.map(({ id }) => id) } }, _count: true });
  return found.map(({ fromDay, toDay, count, scope, ...run }) => {
    const of = (state: ReportState) => counts.find((row) => row.runId === run.id && row.state === state)?._count ?? 0;
    const [ready, failed] = [of("ready"), of("failed")];
    const progress = { all: count, ready, failed, left: of("waiting") + of("making") };
    return { ...run, scope: scope as RunScope, period: { from: dayOf(fromDay), to: dayOf(toDay) }, progress };
  });
}

export type RunLine = { id: string; name: string; state: ReportState; revision: number; problem: string | null };
export type RunDetail = RunRow & { mine: boolean; rows: RunLine[]; next: string | null };

const LINES = 50;
const order: Record<"all" | "failed", object> = { all: {}, failed: { state: "failed" } };

/** A run with its reports, or with those that were not made; a page of 50 after the given id. */
export async function runDetail(actor: Actor, id: string, view: "all" | "failed", after: string | null): Promise<RunDetail> {
  const found = await db.reportRun.findFirst({
    where: { AND: [{ id }, inScope(actor, "report.read")] },
    select: { ...columns, unitId: true, governmentId: true },
  });
  if (!found) throw new Refusal("not-found");
  const [[row], mine, lines] = await Promise.all([
    withProgress([found]),
    db.reportRun.count({ where: { AND: [{ id }, inScope(actor, "report.make")] } }),
    db.report.findMany({
      where: { AND: [{ runId: id }, order[view], inScope(actor, "report.read"), after ? { id: { gt: after } } : {}] },
      select: { id: true, state: true, revision: true, problem: true, unit: { select: { name: true } } },
      orderBy: { id: "asc" },
      take: LINES + 1,
    }),
  ]);
  const rows = lines.slice(0, LINES).map(({ unit, state, ...line }) => ({ ...line, name: unit.name, state: state as ReportState }));
  return { ...row!, mine: mine > 0, rows, next: lines.length > LINES ? (rows.at(-1)?.id ?? null) : null };
}
