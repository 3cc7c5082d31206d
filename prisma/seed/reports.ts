import sharp from "sharp";
import type { Actor } from "#lib/core/access.ts";
import { db } from "#lib/core/db.ts";
import type { Answer } from "#lib/core/errors.ts";
import { uploadPicture } from "#lib/media/uploading.ts";
import { askForFiles, createReport, saveReport } from "#lib/reports/drafting.ts";
import { saveLetterhead } from "#lib/reports/letterhead/settings.ts";
import { letterNumber } from "#lib/reports/numbering.ts";
import { monthBefore } from "#lib/reports/period.ts";
import { planReports } from "#lib/reports/scheduling.ts";
import { localDay } from "#lib/units/calendar.ts";
import { zone } from "./days.ts";
import { actorOf, deskUnit, during } from "./desk.ts";
import { named } from "./people.ts";
import { governments } from "./units.ts";

const domain = "tegal.garda.example";
const form = { code: "500.2.3.5", kind: "LAP", office: "DISKOMINFO" };

/** The regency's letterhead, its report of last month, which the worker makes, and the schedule for those to come. */
export async function fillReports(now: Date): Promise<number> {
  const [regency, head, supervisor] = await Promise.all([
    db.unit.findUniqueOrThrow({ where: { code: governments.tegal }, select: { id: true } }),
    personOf(named.head.email),
    personOf(named.supervisor.email),
  ]);
  const unitId = regency.id;
  const signatory = {
    ...{ office: "Kepala Dinas Komunikasi dan Informatika", onBehalfOf: "Bupati Tegal", acting: null, rank: "Pembina Utama Muda" },
    ...{ name: "Drs. Hendra Saputra, M.Si.", nip: "197604122003121004" },
  };
  const today = localDay(now, zone);
  await during(now, async () => {
    if (!(await db.settingsVersion.count({ where: { kind: "letterhead", unitId } }))) {
      const letterhead = { ...usualHead, logoId: await emblem(), form, mailDomain: domain, signatory };
      done(await saveLetterhead(head, { unitId, validFrom: today, letterhead }));
    }
    if (!(await db.report.count({ where: { unitId } }))) {
      const made = done(await createReport(head, { unitId, ...monthBefore(today), paper: "f4" }));
      const number = letterNumber(form, "1358", today);
      done(await saveReport(head, { reportId: made.reportId, revision: 1, number, signatory, paper: "f4" }));
      done(await askForFiles(head, { reportId: made.reportId, revision: 2 }));
    }
    if (!(await db.reportSchedule.count({ where: { unitId } }))) {
      const to = { people: [head.personId, supervisor.personId], addresses: [`bupati@setda.${domain}`] };
      done(await planReports(head, { unitId, dayOfMonth: 2, hour: 8, paper: "f4", delivery: "attached", ...to }));
    }
  });
  return db.report.count();
}

const usualHead = {
  lines: ["Pemerintah Kabupaten Tegal", "Dinas Komunikasi dan Informatika"],
  address: "Jalan Contoh Nomor 1, Slawi, Kabupaten Tegal 52400",
  contact: `Surel diskominfo@${domain}, telepon (0283) 000000`,
  place: "Slawi",
  basis: [
    "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
    "Instruksi Presiden Nomor 9 Tahun 2015 tentang Pengelolaan Komunikasi Publik",
    "Keputusan Bupati Tegal tentang Pengelola Media Sosial Perangkat Daerah (simulasi)",
  ],
  copies: ["Bupati Tegal, sebagai laporan", "Sekretaris Daerah Kabupaten Tegal"],
};

async function personOf(email: string): Promise<Actor> {
  const { id } = await db.person.findUniqueOrThrow({ where: { email }, select: { id: true } });
  return actorOf(id);
}

function done<T extends object>(answer: Answer<T>): { ok: true } & T {
  if (!answer.ok) throw new Error(`demo report: ${JSON.stringify(answer.problems)}`);
  return answer;
}

/** A shield that is nobody's emblem. */
async function emblem(): Promise<string> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="480" viewBox="0 0 100 120">
    <path d="M50 3 95 14v42c0 30-19 50-45 61C24 106 5 86 5 56V14z" fill="#0a5c78" stroke="#063d50" stroke-width="4"/>
    <path d="M50 14 85 22v34c0 23-14 39-35 49-21-10-35-26-35-49V22z" fill="none" stroke="#e8c66a" stroke-width="3"/>
    <path d="M25 72q12-12 25 0t25 0M25 84q12-12 25 0t25 0" fill="none" stroke="#fff" stroke-width="4"/>
    <path d="m50 28 6 13 14 2-10 10 2 14-12-7-12 7 2-14-10-10 14-2z" fill="#e8c66a"/></svg>`;
  const { id, admin } = await deskUnit(`${governments.tegal}-diskominfo`);
  const taken = done(await uploadPicture(admin, id, "lambang-simulasi.png", await sharp(Buffer.from(svg)).png().toBuffer()));
  return taken.media.id;
}
