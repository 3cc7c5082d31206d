import { type Actor, authorize, inScope } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import { localDay, zoneOf } from "../units/calendar.ts";
import { reportFigures } from "./figures/reading.ts";
import { letterheadFor } from "./letterhead/settings.ts";
import { letterNumber, numberProblem } from "./numbering.ts";
import { dayOf, type Period, periodProblem } from "./period.ts";
import { nextState, type ReportMove, type ReportState } from "./rules.ts";
import type { CreateInput, ReportInput, SaveInput } from "./schema.ts";
import { findSubject, type Reported, subjectById } from "./subjects.ts";

const json = (value: object) => value as unknown as Prisma.InputJsonValue;

/** What a report says at this moment: its figures, and the letterhead that stands above them. */
async function written(reported: Reported, period: Period) {
  const [figures, letterhead] = await Promise.all([reportFigures(reported.subject, period, reported.issuer), letterheadFor(db, reported)]);
  return { figures, letterhead, columns: { figures: json(figures), figuresAt: new Date(figures.at), letterhead: json(letterhead) } };
}

/** A new report as a draft, its figures frozen now. */
export async function createReport(actor: Actor, { unitId, from, to, paper }: CreateInput): Promise<Answer<{ reportId: string }>> {
  const reported = await findSubject(db, actor, unitId);
  const today = localDay(now(), zoneOf(reported.subject.zone));
  const problem = periodProblem({ from, to }, today);
  if (problem) return { ok: false, problems: [{ field: "to", code: problem }] };
  const { letterhead, columns } = await written(reported, { from, to });
  const place = { unitId, governmentId: reported.issuer };
  const reportId = await db.$transaction(async (tx) => {
    const { id } = await tx.report.create({
      data: {
        ...place,
        subject: reported.subject.kind,
        fromDay: new Date(from),
        toDay: new Date(to),
        paper,
        state: "draft",
        number: letterhead.form.code ? letterNumber(letterhead.form, null, today) : null,
        signatory: letterhead.signatory ? json(letterhead.signatory) : undefined,
        ...columns,
        createdBy: actor.personId,
        createdAt: now(),
      },
      select: { id: true },
    });
    await record(tx, actor, { type: "report.created", subjectType: "report", subjectId: id, place, payload: { from, to } });
    return id;
  });
  return { ok: true, reportId };
}

const columns = {
  id: true,
  unitId: true,
  governmentId: true,
  subject: true,
  state: true,
  revision: true,
  number: true,
  signatory: true,
  paper: true,
  version: true,
  fromDay: true,
  toDay: true,
  finalisedAt: true,
} as const;
type Row = Awaited<ReturnType<typeof owned>>;

/** A report that the actor may work on; refuses any other. */
async function owned(tx: Tx, actor: Actor, reportId: string) {
  const report = await tx.report.findFirst({ where: { AND: [{ id: reportId }, inScope(actor, "report.make")] }, select: columns });
  if (!report) throw new Refusal("not-found");
  authorize(actor, "report.make", report);
  return report;
}

/** Moves a report on, if nobody else did since `revision`; refuses what its state does not allow. */
async function move(tx: Tx, actor: Actor, report: Row, revision: number, by: ReportMove, data: Prisma.ReportUncheckedUpdateInput = {}) {
  const state = nextState(report.state as ReportState, by, report.finalisedAt !== null);
  if (!state) throw new Refusal("stale");
  const again = state === "waiting" ? { attempts: 0, problem: null, pdfDigest: null, xlsxDigest: null, text: null, madeAt: null } : {};
  const { count } = await tx.report.updateMany({
    where: { id: report.id, state: report.state, revision, finalisedAt: null },
    data: { ...again, ...data, state, revision: { increment: 1 } },
  });
  if (!count) throw new Refusal("stale");
  await record(tx, actor, { type: `report.${by}`, subjectType: "report", subjectId: report.id, place: report });
  if (state === "waiting") await signal(tx, { topic: "report-due" });
}

/** Asks for the files of a draft, or once more for those of a report that failed. */
export async function askForFiles(actor: Actor, { reportId, revision }: ReportInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    await move(tx, actor, await owned(tx, actor, reportId), revision, "make");
    return { ok: true };
  });
}

/** Number, signatory and paper until the report is final. Files that exist are made anew with them. */
export async function saveReport(actor: Actor, { reportId, revision, number, signatory, paper }: SaveInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const report = await owned(tx, actor, reportId);
    await move(tx, actor, report, revision, "save", { number, paper, signatory: signatory ? json(signatory) : Prisma.DbNull });
    return { ok: true };
  });
}

/** Reads the figures anew, as long as the report is not final. */
export async function refreshFigures(actor: Actor, { reportId, revision }: ReportInput): Promise<Answer> {
  const report = await owned(db, actor, reportId);
  const reported = { subject: await subjectById(db, report.unitId), issuer: report.governmentId };
  const { columns: fresh } = await written(reported, { from: dayOf(report.fromDay), to: dayOf(report.toDay) });
  return db.$transaction(async (tx) => {
    await move(tx, actor, report, revision, "refresh", fresh);
    return { ok: true };
  });
}

/** Sets a report as final: numbered, with a signatory, and unchangeable from then on. */
export async function finaliseReport(actor: Actor, { reportId, revision }: ReportInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const report = await owned(tx, actor, reportId);
    const problem = numberProblem(report.number);
    const problems = [
      ...(problem ? [{ field: "number", code: problem }] : []),
      ...(report.signatory ? [] : [{ field: "signatory", code: "signatory-missing" }]),
    ];
    if (problems.length) return { ok: false, problems };
    await move(tx, actor, report, revision, "finalise", { finalisedAt: now(), finalisedBy: actor.personId });
    return { ok: true };
  });
}

/** The next version of a final report: the same matter with the figures of now, as a draft. The old one stays as it is. */
export async function newVersion(actor: Actor, { reportId }: Pick<ReportInput, "reportId">): Promise<Answer<{ reportId: string }>> {
  const report = await owned(db, actor, reportId);
  if (!report.finalisedAt) throw new Refusal("stale");
  const existing = await db.report.findUnique({ where: { previousId: reportId }, select: { id: true } });
  if (existing) return { ok: true, reportId: existing.id };
  const reported = { subject: await subjectById(db, report.unitId), issuer: report.governmentId };
  const { letterhead, columns: fresh } = await written(reported, { from: dayOf(report.fromDay), to: dayOf(report.toDay) });
  const { id: _, state: __, revision: ___, finalisedAt: ____, signatory, ...same } = report;
  const today = localDay(now(), zoneOf(reported.subject.zone));
  const made = await db.$transaction(async (tx) => {
    const { id } = await tx.report.create({
      data: {
        ...same,
        ...fresh,
        version: report.version + 1,
        previousId: reportId,
        state: "draft",
        number: letterhead.form.code ? letterNumber(letterhead.form, null, today) : null,
        signatory: signatory ?? undefined,
        createdBy: actor.personId,
        createdAt: now(),
      },
      select: { id: true },
    });
    await record(tx, actor, {
      type: "report.version",
      subjectType: "report",
      subjectId: id,
      place: report,
      payload: { previousId: reportId },
    });
    return id;
  });
  return { ok: true, reportId: made };
}
