/** What a report says, that it says it everywhere, who may read it, and that many are made and sent once each. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import readExcelFile from "read-excel-file/node";
import { extractText, getDocumentProxy, getResolvedPDFJS } from "unpdf";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db, Prisma } from "#lib/core/db.ts";
import { buildDocument } from "#lib/reports/document/building.ts";
import { wordsIn } from "#lib/reports/document/wording.ts";
import { askForFiles, createReport, finaliseReport, newVersion, refreshFigures, saveReport } from "#lib/reports/drafting.ts";
import { reportFigures } from "#lib/reports/figures/reading.ts";
import { letterheadSettings, saveLetterhead } from "#lib/reports/letterhead/settings.ts";
import { claimReport, makeNext } from "#lib/reports/making.ts";
import { listReports, reportDetail, reportFile } from "#lib/reports/queries.ts";
import { retryRun, runDetail, startRun } from "#lib/reports/runs.ts";
import { endSchedule, listSchedules, makeScheduled, planReports } from "#lib/reports/scheduling.ts";
import { sendReports } from "#lib/reports/sending.ts";
import { type Mailbox, openMailbox } from "../support/mailbox.ts";
import { makeAccount, makeUnit, owe, publish } from "../support/scored-units.ts";
import { eventually, makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
let box: Mailbox;
const october = { from: "2026-10-01", to: "2026-10-31" };
const until = (instant: string) => world.passTime(new Date(instant).getTime() - now().getTime());
const signatory = {
  ...{ office: "Kepala Dinas Komunikasi dan Informatika", onBehalfOf: "Bupati Tegal", acting: null },
  ...{ name: "Drs. Hendro Wibowo, M.Si.", rank: "Pembina Utama Muda", nip: "197604122003121004" },
};

beforeAll(async () => {
  box = await openMailbox();
  Object.assign(process.env, { SMTP_URL: box.url, MAIL_FROM: "Garda <garda@tegal.example>", APP_URL: "https://garda.tegal.example" });
  world = await makeWorld();
  await until("2026-11-02T02:00:00Z");
  await fill();
});
afterAll(async () => {
  await world?.stop();
  await box?.stop();
});
beforeEach(async () => {
  await db.reportDelivery.deleteMany();
  await db.report.deleteMany();
  await db.reportRun.deleteMany();
  await db.reportSchedule.deleteMany();
  box.take();
});

/** October: Dinkes posts 3 times (before: 2), answers 3 of 4 on time, rises from passive to active; of Disdukcapil nothing is known. */
async function fill() {
  const { dinkes, disdukcapil, regency, farDinkes } = world.units;
  await db.unit.updateMany({ where: { id: { in: [dinkes.id, disdukcapil.id, farDinkes.id] } }, data: { scoreClass: "B" } });
  const { facebook, far } = world.channels;
  const score = (day: string, channel: { id: string; unitId: string; governmentId: string }, tenths: number, level: string) => Prisma.sql`
    INSERT INTO score_snapshot (channel_id, unit_id, government_id, day, is_primary, score_tenths, level, score_class, is_new, facts, result, settings, formula, digest, computed_at)
    VALUES (${channel.id}::uuid, ${channel.unitId}::uuid, ${channel.governmentId}::uuid, ${day}::date, true, ${tenths}, ${level}, 'B', false, '{}', '{}', '{}', 'ska-1', '', now())`;
  await db.$executeRaw(score("2026-09-28", facebook, 312, "passive"));
  await db.$executeRaw(score("2026-10-26", facebook, 784, "active"));
  await db.$executeRaw(score("2026-10-26", far, 900, "very_active"));
  const post = (at: string, likes: number | null, removed: string | null = null) => Prisma.sql`
    INSERT INTO remote_post (channel_id, unit_id, government_id, remote_id, text, text_key, published_at, first_seen_at, category, likes, removed_at)
    VALUES (${facebook.id}::uuid, ${dinkes.id}::uuid, ${regency.id}::uuid, ${at}, 'Imunisasi', ${at}, ${at}::timestamptz, ${at}::timestamptz, 'substantive', ${likes}, ${removed}::timestamptz)`;
  // 30 September 17.00 UTC is already October in WIB; 31 October 17.00 UTC is November.
  const posts: [string, number | null, string?][] = [
    ...([
      ["2026-09-10T02:00:00Z", 4],
      ["2026-09-30T16:59:00Z", 6],
    ] as [string, number][]),
    ...([
      ["2026-09-30T17:00:00Z", 10],
      ["2026-10-12T02:00:00Z", 20],
      ["2026-10-31T16:59:00Z", null],
    ] as [string, number | null][]),
    ["2026-10-20T02:00:00Z", 99, "2026-10-21T02:00:00Z"],
    ["2026-10-31T17:00:00Z", 50],
  ];
  for (const [at, likes, removed] of posts) await db.$executeRaw(post(at, likes, removed ?? null));
  const citizen = await db.citizen.create({ data: { channelId: facebook.id, remoteId: "w1", pseudonym: "Warga", firstSeenAt: now() } });
  const thing = async (id: string, topic: string, at: string) =>
    db.inboxCase.create({
      data: {
        ...{
          channelId: facebook.id,
          unitId: dinkes.id,
          governmentId: regency.id,
          citizenId: citizen.id,
          rootRemoteId: id,
          lastRemoteId: id,
        },
        ...{ authorName: "Warga", excerpt: "Kapan?", kind: "question", confidence: 90, reasons: [], topic },
        ...{ receivedAt: new Date(at), lastMessageAt: new Date(at) },
      },
      select: { id: true },
    });
  const coached = { unitId: dinkes.id, governmentId: regency.id, openedAt: new Date("2026-10-01") };
  const plan = { mentorId: world.people.supervisor.personId, endsOn: new Date("2026-11-02"), targetLevel: "active", targetPosts: 3 };
  await db.coachingCase.create({ data: { ...coached, ...plan, state: "open", startsOn: new Date("2026-10-05") } });
  const ended = { state: "closed", startsOn: new Date("2026-09-01"), outcome: "moved_up", closedAt: new Date("2026-10-20T02:00:00Z") };
  await db.coachingCase.create({ data: { ...coached, unitId: disdukcapil.id, ...ended } });
  const first = await thing("c1", "health", "2026-10-05T02:00:00Z");
  for (const n of [2, 3, 4, 5, 6]) await thing(`c${n}`, "water", `2026-10-0${n}T03:00:00Z`);
  await thing("c9", "water", "2026-09-05T02:00:00Z");
  const duty = (opened: string, due: string, answered: string | null) => Prisma.sql`
    INSERT INTO reply_duty (case_id, message_id, channel_id, unit_id, government_id, opened_at, due_at, late_until, answered_at)
    VALUES (${first.id}::uuid, garda_uuidv7(), ${facebook.id}::uuid, ${dinkes.id}::uuid, ${regency.id}::uuid, ${opened}::timestamptz, ${due}::timestamptz, ${due}::timestamptz + interval '1 day', ${answered}::timestamptz)`;
  await db.$executeRaw(duty("2026-10-05T02:00:00Z", "2026-10-06T02:00:00Z", "2026-10-05T04:00:00Z"));
  await db.$executeRaw(duty("2026-10-06T02:00:00Z", "2026-10-07T02:00:00Z", "2026-10-06T08:00:00Z"));
  await db.$executeRaw(duty("2026-10-07T02:00:00Z", "2026-10-08T02:00:00Z", "2026-10-07T12:00:00Z"));
  // Answered in November: in October's report it is still open.
  await db.$executeRaw(duty("2026-10-30T02:00:00Z", "2026-10-31T02:00:00Z", "2026-11-01T02:00:00Z"));
}

async function made(reportId: string) {
  const { revision } = await db.report.findUniqueOrThrow({ where: { id: reportId } });
  expect(await askForFiles(world.people.head, { reportId, revision })).toEqual({ ok: true });
  expect(await makeNext()).toBe(true);
  return reportDetail(world.people.head, reportId);
}
async function created(unitId = world.units.regency.id, actor = world.people.head) {
  const answer = await createReport(actor, { unitId, ...october, paper: "f4" });
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer.reportId;
}

/** October of a government that nothing but its id is known of. */
const figuresOf = (id: string) =>
  reportFigures(
    { id, governmentId: id, code: "", name: "", shortName: "", governmentName: "", kind: "government", zone: "Asia/Jakarta" },
    october,
    id,
  );

describe("a report's figures", () => {
  it("are those of the local month, beside the month before, and unknown where nobody knows", async () => {
    const { figures } = await reportDetail(world.people.head, await created());
    expect(figures).toMatchObject({
      activity: { now: { active: 1, scored: 1, units: 2 }, before: { active: 0, scored: 1 } },
      posts: { now: 3, before: 2 },
      interactions: { now: 30, before: 10 },
      due: { now: 4, before: 0 },
      onTime: { now: 3 },
      unanswered: { now: 1 },
      onTimeShare: { now: 0.75, before: null },
      medianHours: { now: 6, before: null },
      moves: { up: [{ unit: "Dinkes", from: "passive", to: "active", score: 78.4 }], down: [] },
      topics: [
        { topic: "water", now: 5, before: 1 },
        { topic: "health", now: 1, before: 0 },
      ],
      coaching: { begun: { now: 1, before: 1 }, running: 1, closed: [{ outcome: "moved_up", cases: 1 }] },
    });
    expect(figures?.platforms.find(({ platform }) => platform === "instagram")?.posts).toEqual({ now: null, before: null });
    expect(figures?.units.find(({ name }) => name === "Disdukcapil")).toMatchObject({ score: null, posts: null, due: null, place: null });
  });

  it("of one unit are its own, with its score first", async () => {
    const { figures } = await reportDetail(world.people.head, await created(world.units.dinkes.id));
    expect(figures).toMatchObject({ score: { now: 78.4, before: 31.2, level: "active" }, posts: { now: 3, before: 2 } });
  });

  it("are of the units and accounts that were there: what merged, moved, came or was disconnected since changes no past month", async () => {
    const { id: governmentId } = await makeUnit();
    await db.unit.update({ where: { id: governmentId }, data: { kind: "regency", scoreClass: null } });
    const elsewhere = await makeUnit();
    const agency = async (valid: { from: string; to?: string }[]) => {
      const made = await makeUnit({ above: [governmentId], government: governmentId });
      for (const { from, to } of valid)
        await db.unitParent.create({
          data: { unitId: made.id, parentId: governmentId, validFrom: new Date(from), validTo: to ? new Date(to) : null },
        });
      return made;
    };
    const [stays, merged, moved] = [
      await agency([{ from: "2025-01-01" }]),
      await agency([{ from: "2025-01-01" }]),
      await agency([{ from: "2025-01-01", to: "2026-11-01" }]),
    ];
    await agency([{ from: "2026-11-01" }]);
    await db.unit.update({
      where: { id: merged.id },
      data: { active: false, mergedInto: stays.id, mergedOn: new Date("2026-11-01") },
    });
    await db.unitParent.create({ data: { unitId: moved.id, parentId: elsewhere.id, validFrom: new Date("2026-11-01") } });
    await db.unit.update({ where: { id: moved.id }, data: { governmentId: elsewhere.id } });
    const account = await makeAccount(stays, { state: "disconnected" });
    const disconnectedOn = (at: string) => db.channel.update({ where: { id: account.id }, data: { disconnectedAt: new Date(at) } });
    await disconnectedOn("2026-11-01T12:00:00Z");
    await publish(account, "2026-10-12");
    const read = () => figuresOf(governmentId);
    expect(await read()).toMatchObject({ activity: { now: { units: 3 } }, posts: { now: 1 }, platforms: [{ accounts: 1 }] });
    await disconnectedOn("2026-10-20T12:00:00Z");
    expect(await read()).toMatchObject({ posts: { now: 1 }, platforms: [{ accounts: 0 }] });
  });

  it("count an answer after twice the time given as none, and who waits as waiting longest", async () => {
    const unit = await makeUnit();
    const account = await makeAccount(unit);
    const answers = async () => {
      const { due, onTime, late, unanswered, medianHours } = await figuresOf(unit.id);
      return [due, onTime, late, unanswered, medianHours].map(({ now }) => now);
    };
    for (const answer of ["on-time", "late"] as const) await owe(account, "2026-10-12", answer);
    expect(await answers()).toEqual([2, 1, 1, 0, 0]);
    await db.replyDuty.updateMany({
      where: { unitId: unit.id, answeredAt: { gt: db.replyDuty.fields.dueAt } },
      data: { answeredAt: new Date("2026-10-20") },
    });
    expect(await answers()).toEqual([2, 1, 0, 1, 0]);
    for (const answer of ["never", "never"] as const) await owe(account, "2026-10-12", answer);
    expect((await answers()).slice(3)).toEqual([3, 187]);
    await owe(account, "2026-10-12", "never");
    expect((await answers()).slice(3)).toEqual([4, null]);
  });

  it("are frozen: what happens later stands in no report until its figures are read anew", async () => {
    const id = await created();
    await db.remotePost.updateMany({ where: { unitId: world.units.dinkes.id, likes: 20 }, data: { likes: 21 } });
    expect((await made(id)).figures?.interactions.now).toBe(30);
    const { revision } = await reportDetail(world.people.head, id);
    expect(await refreshFigures(world.people.head, { reportId: id, revision })).toEqual({ ok: true });
    await makeNext();
    expect((await reportDetail(world.people.head, id)).figures?.interactions.now).toBe(31);
    await db.remotePost.updateMany({ where: { likes: 21 }, data: { likes: 20 } });
  });
});

describe("page, PDF, workbook and text", () => {
  it("say the same figures, and the PDF draws its charts as lines", async () => {
    const { head } = world.people;
    const id = await created();
    const { revision } = await reportDetail(head, id);
    const number = "500.2.3.5/1358/LAP/DISKOMINFO/XI/2026";
    expect(await saveReport(head, { reportId: id, revision, number, signatory, paper: "f4" })).toEqual({ ok: true });
    const report = await made(id);
    expect(report).toMatchObject({ state: "ready", hasFiles: true });
    const page = buildDocument(report.figures!, report.letterhead!.basis, await wordsIn("id"), "id");
    const texts = page.parts[0]!.figures.map(({ text }) => text);
    expect(texts).toEqual(["1", "3", "4", "75,0%", "6,0 jam"]);

    const pdf = await getDocumentProxy(new Uint8Array((await reportFile(head, id, "pdf")).bytes));
    const { text, totalPages } = await extractText(pdf, { mergePages: true });
    const words = text.replaceAll(/\s+/g, " ");
    for (const said of [...texts, "1 dari 2 perangkat daerah aktif", number, "KABUPATEN TEGAL", "OKTOBER 2026", "data tidak tersedia"])
      expect(words).toContain(said);
    expect(words).toContain("Drs. Hendro Wibowo, M.Si.");
    expect(words).toContain("NIP 19760412 200312 1 004");
    expect(words).toContain("Ruang tanda tangan elektronik");
    expect(words).toContain("Selesai: Naik kelas 1");
    expect(words).toContain(`Halaman 1 dari ${totalPages}`);
    const { info } = (await pdf.getMetadata()) as unknown as { info: object };
    expect(info).toMatchObject({ Title: "Laporan Bulanan Pengelolaan Media Sosial: Kabupaten Tegal, Oktober 2026", Language: "id-ID" });
    const first = await pdf.getPage(1);
    expect(first.view.slice(2).map((points: number) => Math.round((points / 72) * 25.4))).toEqual([215, 330]);
    const operators = await operatorsOf(pdf);
    expect(operators.paths).toBeGreaterThan(20);
    expect(operators.images).toBe(0);

    const sheets = await readExcelFile(Buffer.from((await reportFile(head, id, "xlsx")).bytes));
    const rows = sheets.flatMap(({ data }) => data);
    expect(rows.find(([name]) => name === "Unggahan terbit")?.[1]).toBe(3);
    expect(rows.find(([name]) => name === "Dijawab tepat waktu")?.[1]).toBe(0.75);
    expect(rows.find(([name]) => name === "Dari")?.[1]).toEqual(new Date("2026-10-01T00:00:00Z"));
    expect(rows.find(([, name]) => name === "Disdukcapil")?.slice(2)).toEqual([null, null, null, null, null, null]);
    for (const said of texts) expect(report.text).toContain(`*${said}*`);
    expect(report.text!.length).toBeLessThanOrEqual(1000);
  });

  it("keep long names inside their columns, and formulas as texts", async () => {
    const { dinkes } = world.units;
    const name = `=HYPERLINK("x") Dinas ${"Pemberdayaan Masyarakat dan Perempuan ".repeat(5)}`.trim();
    await db.unit.update({ where: { id: dinkes.id }, data: { shortName: name } });
    const id = await created();
    const report = await made(id);
    await db.unit.update({ where: { id: dinkes.id }, data: { shortName: "Dinkes" } });
    expect(report.state).toBe("ready");
    const pdf = await getDocumentProxy(new Uint8Array((await reportFile(world.people.head, id, "pdf")).bytes));
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const right = Math.max(...items.map((item) => ("transform" in item ? item.transform[4] + item.width : 0)));
      expect(right).toBeLessThanOrEqual(page.view[2]! - 50);
    }
    const sheets = await readExcelFile(Buffer.from((await reportFile(world.people.head, id, "xlsx")).bytes));
    expect(sheets.flatMap(({ data }) => data).some((row) => row.includes(name))).toBe(true);
  });
});

async function operatorsOf(pdf: Awaited<ReturnType<typeof getDocumentProxy>>) {
  const { OPS } = await getResolvedPDFJS();
  const all: number[] = [];
  for (let number = 1; number <= pdf.numPages; number++) all.push(...(await (await pdf.getPage(number)).getOperatorList()).fnArray);
  const count = (...wanted: number[]) => all.filter((operator) => wanted.includes(operator)).length;
  return { paths: count(OPS.constructPath), images: count(OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject) };
}

describe("who reads and makes reports", () => {
  it("ends at the government's border: a stranger finds nothing, a unit's admin only what is told of his unit", async () => {
    const { head, admin, loneAdmin, farVerifier, supervisor } = world.people;
    const [whole, own] = [await created(), await created(world.units.dinkes.id)];
    for (const id of [whole, own]) expect(await refusalOf(reportDetail(farVerifier, id))).toBe("not-found");
    expect((await reportDetail(admin, own)).mine).toBe(false);
    expect(await refusalOf(reportDetail(admin, whole))).toBe("not-found");
    expect(await refusalOf(reportDetail(loneAdmin, own))).toBe("not-found");
    await made(own);
    expect(await refusalOf(reportFile(loneAdmin, own, "pdf"))).toBe("not-found");
    expect((await reportFile(admin, own, "pdf")).bytes.length).toBeGreaterThan(10_000);
    expect(await refusalOf(createReport(head, { unitId: world.units.far.id, ...october, paper: "f4" }))).toBe("not-found");
    expect(await refusalOf(askForFiles(farVerifier, { reportId: whole, revision: 1 }))).toBe("not-found");
    const { rows } = await listReports(supervisor, world.units.regency, "all", null);
    expect(rows.map(({ id }) => id).sort()).toEqual([whole, own].sort());
  });

  it("lets the ministry report on a region in its own name, without what citizens spoke of there", async () => {
    const { analyst, head } = world.people;
    const id = await created(world.units.regency.id, analyst);
    const { figures } = await reportDetail(analyst, id);
    expect(figures).toMatchObject({ posts: { now: 3 }, topics: null, coaching: null });
    expect(await refusalOf(reportDetail(head, id))).toBe("not-found");
    expect(await refusalOf(createReport(analyst, { unitId: world.units.dinkes.id, ...october, paper: "f4" }))).toBe("not-found");
    const ministry = await reportDetail(analyst, await created(world.units.ministry.id, analyst));
    expect(ministry.figures).toMatchObject({ activity: { now: { active: 2, units: 3 } }, units: [] });
    expect(ministry.figures?.regions?.map(({ name, active, units }) => [name, active, units])).toEqual([
      ["Kabupaten Jayapura", 1, 1],
      ["Kabupaten Tegal", 1, 2],
    ]);
  });

  it("refuses a period that has not begun", async () => {
    const answer = await createReport(world.people.head, {
      unitId: world.units.regency.id,
      from: "2026-11-02",
      to: "2026-11-30",
      paper: "a4",
    });
    expect(answer).toMatchObject({ ok: false, problems: [{ code: "period-future" }] });
  });
});

describe("a final report", () => {
  it("wants its number and its signatory, changes no more, and has a next version once", async () => {
    const { head, supervisor } = world.people;
    const id = await created();
    const revisionOf = async () => (await reportDetail(head, id)).revision;
    await made(id);
    const unfinished = await finaliseReport(head, { reportId: id, revision: await revisionOf() });
    expect(unfinished).toMatchObject({ ok: false, problems: [{ code: "number-missing" }, { code: "signatory-missing" }] });
    const stale = await revisionOf();
    expect(await saveReport(head, { reportId: id, revision: stale, number: "1/LAP/2026", signatory, paper: "a4" })).toEqual({ ok: true });
    expect(await refusalOf(saveReport(supervisor, { reportId: id, revision: stale, number: "2/LAP/2026", signatory, paper: "a4" }))).toBe(
      "stale",
    );
    await makeNext();
    expect(await finaliseReport(head, { reportId: id, revision: await revisionOf() })).toEqual({ ok: true });
    const final = await reportDetail(head, id);
    expect(final.finalisedAt).toEqual(expect.any(Date));
    const again = { reportId: id, revision: final.revision };
    for (const step of [askForFiles, refreshFigures, finaliseReport]) expect(await refusalOf(step(head, again))).toBe("stale");
    const next = await newVersion(head, { reportId: id });
    expect(next).toMatchObject({ ok: true });
    expect(await newVersion(head, { reportId: id })).toEqual(next);
    expect((await reportDetail(head, id)).number).toBe("1/LAP/2026");
  });
});

describe("the letterhead", () => {
  const letterhead = {
    ...{
      lines: ["Pemerintah Kabupaten Tegal", "Dinas Komunikasi dan Informatika"],
      address: "",
      contact: "",
      place: "Slawi",
      logoId: null,
    },
    ...{
      basis: ["Peraturan Bupati"],
      copies: ["Bupati Tegal"],
      form: { code: "500.2.3.5", kind: "LAP", office: "DISKOMINFO" },
      mailDomain: "tegal.example",
      signatory,
    },
  };

  it("is the nearest upwards, and its logo is a picture of the own government", async () => {
    const { head } = world.people;
    const input = { unitId: world.units.regency.id, validFrom: "2026-11-02", letterhead };
    expect(await saveLetterhead(head, { ...input, letterhead: { ...letterhead, logoId: crypto.randomUUID() } })).toMatchObject({
      ok: false,
      problems: [{ code: "logo-unknown" }],
    });
    expect(await saveLetterhead(head, input)).toEqual({ ok: true });
    expect((await letterheadSettings(head, world.units.dinkes.id)).from?.unitId).toBe(world.units.regency.id);
    const report = await reportDetail(head, await created(world.units.dinkes.id));
    expect(report).toMatchObject({ number: "500.2.3.5/…/LAP/DISKOMINFO/XI/2026", signatory: { nip: signatory.nip } });
    const pdfed = await made(report.id);
    expect(pdfed).toMatchObject({ state: "ready", letterhead: { basis: ["Peraturan Bupati"], copies: ["Bupati Tegal"] } });
  });
});

/** A worker's process as the product runs it, on the clock of this one. */
function startWorker(): ChildProcess {
  const env = { ...process.env, GARDA_CLOCK_OFFSET_MS: String(now().getTime() - Date.now()), POLL_SECONDS: "86400", LOG_LEVEL: "error" };
  return spawn(process.execPath, ["lib/worker/main.ts"], { env, stdio: ["ignore", "ignore", "inherit"] });
}

async function killed(worker: ChildProcess) {
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}

describe("many reports at once", () => {
  it("are made once each, also when a worker is lost in the middle, and those that fail can be made again", async () => {
    const { head, analyst } = world.people;
    const answer = await startRun(head, { unitId: world.units.regency.id, scope: "units", ...october, paper: "f4" });
    if (!answer.ok) throw new Error();
    const progress = async () => (await runDetail(head, answer.runId, "all", null)).progress;
    expect(await progress()).toEqual({ all: 2, ready: 0, failed: 0, left: 2 });
    // Killed after it had claimed: its report waits for the end of the lease, the other goes on.
    const lost = await claimReport();
    const broken = {
      kind: "letterhead",
      unitId: world.units.disdukcapil.id,
      validFrom: new Date("2026-01-01"),
      payload: {},
      digest: "broken",
      createdAt: now(),
    };
    const { id: brokenId } = await db.settingsVersion.create({ data: broken });
    while (await makeNext());
    expect(lost).not.toBe(null);
    expect((await progress()).left).toBe(1);
    await world.passTime(3 * 60_000);
    while (await makeNext());
    expect(await progress()).toEqual({ all: 2, ready: 1, failed: 1, left: 0 });
    const { rows } = await runDetail(head, answer.runId, "failed", null);
    expect(rows).toMatchObject([{ name: "Disdukcapil", problem: "not-made" }]);
    await db.settingsVersion.delete({ where: { id: brokenId } });
    expect(await retryRun(head, { runId: answer.runId })).toEqual({ ok: true, count: 1 });
    while (await makeNext());
    expect(await progress()).toEqual({ all: 2, ready: 2, failed: 0, left: 0 });
    expect(await db.report.count({ where: { runId: answer.runId } })).toBe(2);
    expect(await refusalOf(startRun(analyst, { unitId: world.units.regency.id, scope: "units", ...october, paper: "f4" }))).toBe(
      "not-found",
    );
    const governments = await startRun(analyst, { unitId: world.units.ministry.id, scope: "governments", ...october, paper: "a4" });
    expect(governments.ok && (await runDetail(analyst, governments.runId, "all", null)).rows.map(({ name }) => name).sort()).toEqual([
      "Jawa Tengah",
      "Kabupaten Jayapura",
      "Kabupaten Tegal",
    ]);
  });

  it("go on where a worker's process was killed: none is lost, none is made twice", async () => {
    const { far } = world.units;
    const { farVerifier } = world.people;
    for (let n = 1; n <= 6; n++)
      await makeUnit({ above: [far.id, world.units.ministry.id], government: far.id, zone: "Asia/Jayapura", scoreClass: "B" });
    const answer = await startRun(farVerifier, { unitId: far.id, scope: "units", ...october, paper: "f4" });
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    const reports = () => db.report.findMany({ where: { runId: answer.runId }, orderBy: { id: "asc" } });
    const made = async () => (await reports()).filter(({ state }) => state === "ready");

    const first = startWorker();
    // Stopped where it stands; killed when that is in the middle of a report, after it has made others.
    for (let begun: string[] = []; begun.length === 0; ) {
      await eventually(async () => expect((await made()).length).toBeGreaterThan(1));
      first.kill("SIGSTOP");
      await sleep(50);
      begun = (await reports()).filter(({ state }) => state === "making").map(({ id }) => id);
      if (begun.length === 0) first.kill("SIGCONT");
    }
    await killed(first);
    const before = await made();
    expect(before.length).toBeLessThan(7);

    await world.passTime(3 * 60_000); // the lease of the one that it had begun is over
    while (await makeNext());
    const all = await reports();
    expect((await runDetail(farVerifier, answer.runId, "all", null)).progress).toEqual({ all: 7, ready: 7, failed: 0, left: 0 });
    expect(new Set(all.map(({ unitId }) => unitId)).size).toBe(7);
    expect(all.map(({ attempts }) => attempts).sort()).toEqual([1, 1, 1, 1, 1, 1, 2]);
    expect(
      all.filter(({ id }) => before.some((one) => one.id === id)),
      "what was made stays as it was",
    ).toEqual(before);
    for (const { id } of all) expect((await reportFile(farVerifier, id, "pdf")).bytes.subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("are shared by workers without making one twice", async () => {
    const answer = await startRun(world.people.head, { unitId: world.units.regency.id, scope: "units", ...october, paper: "f4" });
    const claims = await Promise.all([claimReport(), claimReport(), claimReport()]);
    expect(new Set(claims.map((claim) => claim?.id)).size).toBe(3);
    expect(claims.filter(Boolean)).toHaveLength(2);
    expect(answer.ok).toBe(true);
  });
});

describe("a monthly schedule", () => {
  const plan = {
    dayOfMonth: 3,
    hour: 8,
    paper: "f4" as const,
    delivery: "attached" as const,
    people: [] as string[],
    addresses: [] as string[],
  };

  it("takes people of the government and addresses of its domain alone", async () => {
    const { head, farVerifier } = world.people;
    const ask = (change: Partial<typeof plan>) => planReports(head, { ...plan, ...change, unitId: world.units.regency.id });
    expect(await ask({ people: [farVerifier.personId] })).toMatchObject({ ok: false, problems: [{ code: "recipient-unknown" }] });
    for (const [address, code] of [
      ["bupati@gmail.com", "address-foreign"],
      ["bupati@eviltegal.example", "address-foreign"],
      ["bukan alamat", "address-form"],
    ] as const)
      expect(await ask({ addresses: [address] })).toMatchObject({ ok: false, problems: [{ code }] });
  });

  it("makes last month's report once and sends it to each once, the PDF with it", async () => {
    const { head, supervisor } = world.people;
    const addresses = ["bupati@setda.tegal.example"];
    const planned = await planReports(head, { ...plan, people: [supervisor.personId], addresses, unitId: world.units.regency.id });
    if (!planned.ok) throw new Error(JSON.stringify(planned));
    expect(await makeScheduled()).toBe(0);
    await until("2026-11-03T00:59:00Z");
    expect(await makeScheduled()).toBe(0);
    await until("2026-11-03T01:00:30Z");
    // The scores of October's last day are waited for.
    expect(await makeScheduled()).toBe(0);
    const scored = { zone: "Asia/Jakarta", accounts: 1, written: 1, startedAt: now(), finishedAt: now() };
    await db.scoreRun.create({ data: { ...scored, day: new Date("2026-10-30") } });
    expect(await makeScheduled()).toBe(0);
    await db.scoreRun.create({ data: { ...scored, day: new Date("2026-10-31") } });
    expect(await Promise.all([makeScheduled(), makeScheduled()]).then((counts) => counts[0]! + counts[1]!)).toBe(1);
    expect(await makeScheduled()).toBe(0);
    expect(await sendReports()).toBe(0);
    await makeNext();
    box.next.refuse = { at: "DATA", code: 451 };
    expect(await sendReports()).toBe(1);
    await world.passTime(2 * 60_000);
    await Promise.all([sendReports(), sendReports()]);
    const mails = box.take().filter(({ subject }) => subject === "Laporan media sosial Kabupaten Tegal, Oktober 2026");
    expect(mails.flatMap(({ to }) => to).sort()).toEqual(["agus.salim@tegal.example", "bupati@setda.tegal.example"]);
    expect(mails[0]!.text).toContain("Unit aktif: 1");
    expect(mails[0]!.attachments).toEqual(["laporan-kabupaten-tegal-2026-10-01-2026-10-31.pdf"]);
    expect(await sendReports()).toBe(0);
    // … but not for ever.
    await until("2026-12-03T01:00:30Z");
    expect(await makeScheduled()).toBe(0);
    await until("2026-12-03T07:00:30Z");
    expect(await makeScheduled()).toBe(1);
    const reports = await db.report.findMany({ where: { scheduleId: planned.scheduleId }, orderBy: { id: "asc" } });
    expect(reports.map(({ fromDay }) => fromDay.toISOString().slice(0, 10))).toEqual(["2026-10-01", "2026-11-01"]);
    expect(await endSchedule(head, { scheduleId: planned.scheduleId })).toEqual({ ok: true });
    expect(await listSchedules(head, world.units.regency)).toEqual([]);
    await until("2027-01-03T01:00:30Z");
    expect(await makeScheduled()).toBe(0);
  });
});
