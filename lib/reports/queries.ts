import { type Actor, inScope, reaches } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { readKept } from "../core/storage.ts";
import { localDay, zoneOf } from "../units/calendar.ts";
import { reportFigures } from "./figures/reading.ts";
import type { ReportFigures, SubjectKind } from "./figures/types.ts";
import { fileName } from "./files/naming.ts";
import type { Letterhead } from "./letterhead/schema.ts";
import { letterheadFor } from "./letterhead/settings.ts";
import { dayOf, type Period, periodProblem } from "./period.ts";
import type { Paper, ReportState } from "./rules.ts";
import type { Signatory } from "./signing.ts";
import { findSubject, within } from "./subjects.ts";

const PAGE = 30;

export type ReportRow = {
  id: string;
  unit: { name: string; shortName: string; zone: string };
  subject: SubjectKind;
  period: Period;
  number: string | null;
  version: number;
  state: ReportState;
  problem: string | null;
  createdAt: Date;
  finalisedAt: Date | null;
};

const rowColumns = {
  id: true,
  unit: { select: { name: true, shortName: true, zone: true } },
  subject: true,
  fromDay: true,
  toDay: true,
  number: true,
  version: true,
  state: true,
  problem: true,
  createdAt: true,
  finalisedAt: true,
} as const;

type Found = Awaited<ReturnType<typeof findRows>>[number];
const findRows = (where: object, take: number) => db.report.findMany({ where, select: rowColumns, orderBy: { id: "desc" }, take });
const rowOf = ({ fromDay, toDay, subject, state, ...row }: Found): ReportRow => ({
  ...row,
  subject: subject as SubjectKind,
  state: state as ReportState,
  period: { from: dayOf(fromDay), to: dayOf(toDay) },
});

export const reportViews = ["all", "final", "failed"] as const;
export type ReportView = (typeof reportViews)[number];
const views: Record<ReportView, object> = { all: {}, final: { finalisedAt: { not: null } }, failed: { state: "failed" } };

/** The reports of a government, or on a unit, the newest first, a page of 30 after the given id. */
export async function listReports(
  actor: Actor,
  unit: { id: string; governmentId: string },
  view: ReportView,
  after: string | null,
): Promise<{ rows: ReportRow[]; next: string | null }> {
  const found = await findRows(
    { AND: [within(unit), inScope(actor, "report.read"), views[view], after ? { id: { lt: after } } : {}] },
    PAGE + 1,
  );
  const rows = found.slice(0, PAGE).map(rowOf);
  return { rows, next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null };
}

export type ReportDetail = ReportRow & {
  unitId: string;
  revision: number;
  paper: Paper;
  figures: ReportFigures | null;
  letterhead: Letterhead | null;
  signatory: Signatory | null;
  text: string | null;
  hasFiles: boolean;
  madeAt: Date | null;
  runId: string | null;
  previousId: string | null;
  nextId: string | null;
  sent: { name: string; address: string; state: string; sentAt: Date | null; problem: string | null }[];
  /** Whether the actor may work on it. */
  mine: boolean;
};

/** One report with all that it says. Foreign ones answer like unknown ones. */
export async function reportDetail(actor: Actor, id: string): Promise<ReportDetail> {
  const found = await db.report.findFirst({
    where: { AND: [{ id }, inScope(actor, "report.read")] },
    select: {
      ...rowColumns,
      ...{ unitId: true, governmentId: true, revision: true, paper: true, figures: true, letterhead: true, signatory: true, text: true },
      ...{ pdfDigest: true, madeAt: true, runId: true, previousId: true },
      next: { select: { id: true } },
      deliveries: { select: { name: true, address: true, state: true, sentAt: true, problem: true }, orderBy: { id: "asc" }, take: 60 },
    },
  });
  if (!found) throw new Refusal("not-found");
  const { figures, letterhead, signatory, paper, pdfDigest, next, deliveries, governmentId, ...row } = found;
  return {
    ...row,
    ...rowOf(found),
    paper: paper as Paper,
    figures: figures as unknown as ReportFigures | null,
    letterhead: letterhead as unknown as Letterhead | null,
    signatory: signatory as unknown as Signatory | null,
    hasFiles: pdfDigest !== null,
    nextId: next?.id ?? null,
    sent: deliveries,
    mine: reaches(actor, "report.make", { unitId: row.unitId, governmentId }),
  };
}

export type PreviewedReport = { figures: ReportFigures; letterhead: Letterhead };

/** What a report would say now; null while the period is not one that can be reported on. Nothing is kept. */
export async function previewReport(actor: Actor, unitId: string, period: Period): Promise<PreviewedReport | { problem: string }> {
  const reported = await findSubject(db, actor, unitId);
  const problem = periodProblem(period, localDay(now(), zoneOf(reported.subject.zone)));
  if (problem) return { problem };
  const [figures, letterhead] = await Promise.all([reportFigures(reported.subject, period, reported.issuer), letterheadFor(db, reported)]);
  return { figures, letterhead };
}

export const fileKinds = ["pdf", "xlsx"] as const;
export type FileKind = (typeof fileKinds)[number];
const mimes: Record<FileKind, string> = {
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** A file of a report in reach: its bytes and the name under which it is saved. */
export async function reportFile(actor: Actor, id: string, kind: FileKind): Promise<{ bytes: Uint8Array; name: string; mime: string }> {
  const found = await db.report.findFirst({
    where: { AND: [{ id }, inScope(actor, "report.read")] },
    select: { pdfDigest: true, xlsxDigest: true, fromDay: true, toDay: true, version: true, unit: { select: { shortName: true } } },
  });
  const digest = kind === "pdf" ? found?.pdfDigest : found?.xlsxDigest;
  if (!found || !digest) throw new Refusal("not-found");
  return { bytes: await readKept(digest), mime: mimes[kind], name: `${fileName(found)}.${kind}` };
}
