import sharp from "sharp";
import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import { env } from "../core/env.ts";
import { signal } from "../core/live.ts";
import { log } from "../core/log.ts";
import { keep, readKept } from "../core/storage.ts";
import { formatInstant } from "../core/text.ts";
import { buildDocument } from "./document/building.ts";
import { wordsIn } from "./document/wording.ts";
import { reportFigures } from "./figures/reading.ts";
import type { ReportFigures } from "./figures/types.ts";
import { messageOf } from "./files/message.ts";
import { pdfOf } from "./files/pdf.ts";
import { sheetsOf } from "./files/sheets.ts";
import type { Letterhead } from "./letterhead/schema.ts";
import { letterheadFor } from "./letterhead/settings.ts";
import { dayOf } from "./period.ts";
import type { Paper } from "./rules.ts";
import type { Signatory } from "./signing.ts";
import { subjectById } from "./subjects.ts";

/** Longer than one report takes; a worker that was killed leaves its report to others after it. */
const LEASE_MS = 120_000;
const MOST_ATTEMPTS = 3;

export type ClaimedReport = {
  id: string;
  unitId: string;
  governmentId: string;
  fromDay: Date;
  toDay: Date;
  paper: Paper;
  number: string | null;
  signatory: Signatory | null;
  figures: ReportFigures | null;
  letterhead: Letterhead | null;
  createdBy: string | null;
  attempts: number;
  leaseUntil: Date;
};

/** Takes the oldest report that waits, or that a lost worker left, and commits that before anything is made. */
export async function claimReport(): Promise<ClaimedReport | null> {
  const at = now();
  const until = new Date(at.getTime() + LEASE_MS);
  const [claimed] = await db.$queryRaw<ClaimedReport[]>(Prisma.sql`
    UPDATE report SET state = 'making', lease_until = ${until}, attempts = attempts + 1 WHERE id = (
      SELECT id FROM report WHERE state IN ('waiting', 'making') AND (state = 'waiting' OR lease_until <= ${at}) ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, unit_id AS "unitId", government_id AS "governmentId", from_day AS "fromDay", to_day AS "toDay", paper, number, signatory, figures, letterhead,
      created_by AS "createdBy", attempts, lease_until AS "leaseUntil"`);
  return claimed ?? null;
}

/** Makes the next report that waits; false when none does. */
export async function makeNext(): Promise<boolean> {
  const claimed = await claimReport();
  if (!claimed) return false;
  if (claimed.attempts > MOST_ATTEMPTS) await settle(claimed, { state: "failed", problem: "interrupted" });
  else await makeReport(claimed);
  return true;
}

/** Makes the files of a claimed report. What goes wrong in it is its own failure, told to a person; others go on. */
export async function makeReport(claimed: ClaimedReport): Promise<void> {
  try {
    await settle(claimed, await filesOf(claimed));
  } catch (error) {
    log.error({ err: error, report: claimed.id }, "a report was not made");
    await settle(claimed, { state: "failed", problem: "not-made" });
  }
}

const json = (value: object) => value as unknown as Prisma.InputJsonValue;

async function filesOf(claimed: ClaimedReport): Promise<Prisma.ReportUncheckedUpdateManyInput> {
  const subject = await subjectById(db, claimed.unitId);
  const period = { from: dayOf(claimed.fromDay), to: dayOf(claimed.toDay) };
  const figures = claimed.figures ?? (await reportFigures(subject, period, claimed.governmentId));
  const letterhead = claimed.letterhead ?? (await letterheadFor(db, { subject, issuer: claimed.governmentId }));
  const signatory = claimed.signatory ?? letterhead.signatory;
  const figuresAt = new Date(figures.at);
  // A report is an official letter: it is written in Indonesian, whoever asks for it.
  const say = await wordsIn("id");
  const document = buildDocument(figures, letterhead.basis, say, "id");
  const dress = {
    ...{ letterhead, number: claimed.number, signatory, paper: claimed.paper, createdAt: figuresAt },
    logo: await logoOf(letterhead.logoId),
    signedDay: formatInstant(figuresAt, subject.zone, "id", "date"),
    simulated: env().DEMO !== "0",
  };
  const [pdf, xlsx] = await Promise.all([pdfOf(document, dress, say), sheetsOf(document, figures, claimed.number, say)]);
  return {
    state: "ready",
    figures: json(figures),
    figuresAt,
    letterhead: json(letterhead),
    ...(signatory ? { signatory: json(signatory) } : {}),
    pdfDigest: await keep(pdf),
    xlsxDigest: await keep(xlsx),
    text: messageOf(document, say),
    problem: null,
    madeAt: now(),
  };
}

const LOGO_HEIGHT = 400;

/** The logo as a PNG of modest size, whatever picture the library has; null where it is gone. Judged by its bytes. */
async function logoOf(mediaId: string | null): Promise<Uint8Array | null> {
  if (!mediaId) return null;
  const media = await db.media.findUnique({ where: { id: mediaId }, select: { digest: true } });
  if (!media) return null;
  const picture = sharp(await readKept(media.digest), { limitInputPixels: 50_000_000 });
  return picture
    .resize({ height: LOGO_HEIGHT, width: LOGO_HEIGHT, fit: "inside", withoutEnlargement: true })
    .png({ palette: true })
    .toBuffer();
}

/** Ends a try, if the report is still this worker's, and tells the page of him who asked. */
async function settle({ id, leaseUntil, createdBy }: ClaimedReport, data: Prisma.ReportUncheckedUpdateManyInput): Promise<void> {
  const { count } = await db.report.updateMany({
    where: { id, state: "making", leaseUntil },
    data: { ...data, leaseUntil: null, revision: { increment: 1 } },
  });
  if (count) await signal(db, { topic: "report", ...(createdBy ? { personId: createdBy } : {}) });
}
