import type { Actor } from "#lib/core/access.ts";
import { db } from "#lib/core/db.ts";
import type { Answer } from "#lib/core/errors.ts";
import { clockOf, type ResponseKind, resolutionDue } from "#lib/inbox/deadlines/deadlines.ts";
import { writeDeadlines } from "#lib/inbox/deadlines/rows.ts";
import { keepLapor, stepLapor } from "#lib/inbox/lapor/filing.ts";
import { orderModeration } from "#lib/inbox/moderation/moderating.ts";
import { keepRequest, registerRequest } from "#lib/inbox/ppid/requesting.ts";
import { acceptReferral, bounceReferral, deliverReferral, referCase } from "#lib/inbox/referrals/referring.ts";
import { answerCase } from "#lib/inbox/replies/answering.ts";
import { saveReplyApproval } from "#lib/inbox/replies/approving.ts";
import { changeCases } from "#lib/inbox/work/bulk.ts";
import { addNote } from "#lib/inbox/work/working.ts";
import { localDay } from "#lib/units/calendar.ts";
import { calendar, DAY, MINUTE, workingMinutesAgo, zone } from "./days.ts";
import { actorOf, during } from "./desk.ts";
import { fillCanned, fillRoster } from "./inbox-tools.ts";
import { named } from "./people.ts";
import { type StoryName, stories } from "./stories.ts";
import { governments } from "./units.ts";

type Desk = { now: Date; rina: Actor; retno: Actor; tegal: string; unit: (slug: string) => Promise<{ id: string; admin: Actor }> };

/** What people did with conversations, by the commands of lib/inbox, each at its own time. Returns with how many. */
export async function fillInboxWork(now: Date): Promise<number> {
  await clearInboxWork();
  const person = async ({ email }: { email: string }) => actorOf((await db.person.findUniqueOrThrow({ where: { email } })).id);
  const unit = async (slug: string) => {
    const found = await db.unit.findUniqueOrThrow({
      where: { code: `${governments.tegal}-${slug}` },
      select: { id: true, grants: { where: { role: "admin" }, select: { personId: true } } },
    });
    return { id: found.id, admin: await actorOf(found.grants[0]!.personId) };
  };
  const tegal = (await db.unit.findUniqueOrThrow({ where: { code: governments.tegal }, select: { id: true } })).id;
  const desk: Desk = { now, rina: await person(named.admin), retno: await person(named.supervisor), tegal, unit };
  await fillCanned(desk);
  await fillRoster(desk);
  await resolutions();
  await notes(desk);
  await waitingAnswer(desk);
  await referrals(desk);
  await formalWays(desk);
  await changes(desk);
  await moderations(desk);
  await pastCrisis(desk);
  const [worked] = await db.$queryRaw<
    { count: bigint }[]
  >`SELECT count(DISTINCT subject_id) AS count FROM audit_event WHERE subject_type = 'case'`;
  return Number(worked?.count ?? 0);
}

/** Forgets what a start that was killed left; nobody else has worked here before the web process runs. */
async function clearInboxWork() {
  await db.$executeRaw`DELETE FROM audit_payload WHERE event_id IN (SELECT id FROM audit_event WHERE subject_type = 'case')`;
  await db.$executeRaw`DELETE FROM audit_event WHERE subject_type = 'case'`;
  await db.$executeRaw`DELETE FROM case_unit WHERE role = 'referred'`;
  await db.$executeRaw`UPDATE inbox_case SET state = 'open', snoozed_until = NULL WHERE state = 'snoozed'`;
  await db.$executeRaw`UPDATE inbox_case SET waiting_for = NULL, resolution_due_at = NULL WHERE waiting_for IS NOT NULL OR resolution_due_at IS NOT NULL`;
  await db.notice.deleteMany({ where: { subjectType: "case" } });
  await db.referral.deleteMany();
  await db.caseDeadline.deleteMany();
  await db.casePause.deleteMany();
  await db.moderation.deleteMany();
  await db.messageChange.deleteMany();
  await db.laporTicket.deleteMany();
  await db.informationRequest.deleteMany();
  await db.reply.deleteMany();
  await db.caseNote.deleteMany();
  await db.crisisAlert.deleteMany();
  await db.cannedReply.deleteMany();
  await db.dutyShift.deleteMany();
}

async function must<T extends object>(what: string, answer: Promise<Answer<T>>) {
  const given = await answer;
  if (!given.ok) throw new Error(`demo ${what}: ${JSON.stringify(given.problems)}`);
  return given;
}

const ago = (now: Date, minutes: number) => workingMinutesAgo(now, minutes);

/** The latest case of a citizen, with the revision that a command needs. */
async function caseOf(name: string, now: Date) {
  const found = await db.inboxCase.findFirstOrThrow({
    where: {
      authorName: name,
      receivedAt: { gt: new Date(now.getTime() - 30 * DAY) },
      unit: { code: { startsWith: `${governments.tegal}-` } },
    },
    orderBy: { receivedAt: "desc" },
    select: { id: true, revision: true },
  });
  return { caseId: found.id, revision: found.revision };
}
const story = (name: StoryName, { now }: Desk) => caseOf(stories[name].name, now);

/** What waits has to be settled some day too, and so does what will come back from another agency. */
async function resolutions() {
  const open = await db.inboxCase.findMany({
    where: { OR: [{ state: "open" }, { authorName: stories.wrongName.name }] },
    select: { id: true, unitId: true, governmentId: true, kind: true, urgent: true, receivedAt: true },
  });
  const owed = open.flatMap(({ id, unitId, governmentId, kind, urgent, receivedAt }) => {
    const as = (urgent ? "crisis" : kind) as ResponseKind;
    const dueAt = resolutionDue(as, receivedAt, calendar);
    return dueAt ? [{ caseId: id, subjectId: id, unitId, governmentId, openedAt: receivedAt, dueAt, clock: clockOf(as) }] : [];
  });
  await db.$transaction(async (tx) => {
    await writeDeadlines(
      tx,
      owed.map((one) => ({ ...one, subject: "resolution" as const, calendar })),
    );
    await tx.$executeRaw`UPDATE inbox_case c SET resolution_due_at = d.due_at FROM case_deadline d WHERE d.subject = 'resolution' AND d.subject_id = c.id`;
  });
}

async function notes(desk: Desk) {
  const { now, rina, retno } = desk;
  const told = [
    {
      from: "Nur Khasanah",
      at: ago(now, 45),
      text: "Kata Bidang Linjamsos: Adiwerna dijadwalkan Rabu depan di Kantor Pos Adiwerna, undangan lewat desa mulai Jumat.",
    },
    {
      from: "Sri Mulyati",
      at: ago(now, 30),
      text: `@${retno.name} mohon arahan, Bu: berkasnya di meja Bu Tri, kurang surat keterangan desa. Boleh langsung dijawab?`,
      mentions: [retno.personId],
    },
    {
      from: "Tarjono",
      at: new Date(now.getTime() - 40 * MINUTE),
      text: "Tautan yang sama beredar pekan lalu, lihat unggahan kami. Minta konfirmasi Diskominfo.",
    },
  ];
  for (const { from, at, ...note } of told)
    await must(
      "note",
      during(at, async () => addNote(rina, { ...note, caseId: (await caseOf(from, now)).caseId })),
    );
  // Half a question, half a reproach: a person has to say which.
  const { caseId } = await caseOf("Sri Mulyati", now);
  await db.inboxCase.update({ where: { id: caseId }, data: { unsure: true, confidence: 43 } });
  const { caseId: later, revision } = await story("sewing", desk);
  await changeCases(rina, { cases: [{ caseId: later, revision }], change: { do: "snooze", until: { choice: "workday" } } });
}

/** Answers to delicate matters wait in the whole regency; one does. */
async function waitingAnswer(desk: Desk) {
  const { now, rina, retno, tegal } = desk;
  const validFrom = localDay(ago(now, 4 * 480), zone);
  const approval = { kinds: [], sensitive: true };
  await must(
    "rules",
    during(ago(now, 4 * 480), () => saveReplyApproval(retno, { unitId: tegal, validFrom, approval })),
  );
  const text =
    "Bu Kartinah, uang yang dipotong sudah dikembalikan kepada tetangga Ibu, dan penyalurnya kami ganti. Kalau terjadi lagi, tulis saja lewat pesan langsung; nama pelapor tidak kami buka.";
  await must(
    "answer",
    during(ago(now, 50), async () => answerCase(rina, { ...(await story("cut", desk)), text })),
  );
}

/** Asked and not yet taken on, taken on, sent back for Kabid IKP to decide, delivered; and one of Dinsos's own. */
async function referrals(desk: Desk) {
  const { now, rina } = desk;
  const dinsos = await desk.unit("dinsos");
  const refer = async (
    minutes: number,
    by: Actor,
    found: Promise<{ caseId: string; revision: number }>,
    to: string,
    instruction: string,
  ) => {
    const { id: unitId } = await desk.unit(to);
    const { caseId, revision } = await found;
    await must(
      "referral",
      during(ago(now, minutes), () => referCase(by, { caseId, revision, unitId, instruction, days: 3, tell: "" })),
    );
    const ref = async () => {
      const { id, revision: at } = await db.referral.findFirstOrThrow({ where: { caseId }, select: { id: true, revision: true } });
      return { referralId: id, revision: at };
    };
    return ref;
  };
  const adminOf = async (slug: string) => (await desk.unit(slug)).admin;
  const placard = "Mohon balai desa diminta menempel daftar penerima bantuan. Kabari kami bila surat edaran diperlukan.";
  await refer(100, rina, caseOf("Wahyu Prasetyo", now), "dispermasdes", placard);
  await refer(
    90,
    await adminOf("kec-adiwerna"),
    story("ageing", desk),
    "dinsos",
    "Mohon Mbah Rasem didata, dan beri tahu kami jawabannya untuk warga.",
  );
  const taken = await refer(
    200,
    await adminOf("dikbud"),
    story("uniform", desk),
    "dinsos",
    "Mohon dicek status PKH keluarganya; soal seragam kami yang menjawab.",
  );
  await must(
    "taken on",
    during(ago(now, 120), async () => acceptReferral(dinsos.admin, await taken())),
  );
  const lamp = await refer(
    240,
    await adminOf("dpu"),
    story("lamp", desk),
    "dishub",
    "Mohon lampu di depan balai desa Karangjati diperiksa.",
  );
  const reason = "Ruas itu jalan desa. Lampunya dipasang desa dari dana desa, bukan aset Dishub.";
  await must(
    "bounce",
    during(ago(now, 70), async () => bounceReferral(await adminOf("dishub"), { ...(await lamp()), reason })),
  );
  const card = await refer(
    2 * 480 - 200,
    await adminOf("kec-slawi"),
    story("wrongName", desk),
    "disdukcapil",
    "Mohon dicek pembetulan nama di kartu keluarga.",
  );
  const result = "Kartu keluarga sudah dicetak ulang dengan nama yang benar dan dapat diambil di loket 2 dengan membawa KTP.";
  await must(
    "result",
    during(ago(now, 130), async () => deliverReferral(await adminOf("disdukcapil"), { ...(await card()), result })),
  );
}

/** A request for information in the register, and a ticket at LAPOR!. */
async function formalWays(desk: Desk) {
  const { now, rina } = desk;
  const registered = ago(now, 3 * 480);
  const form = {
    name: "Anisa Fitri (data simulasi)",
    address: "Jalan Contoh 1, Slawi",
    contact: "anisa@example.org",
    information: "Jumlah penerima PKH tiap desa tahun 2025",
    purpose: "Skripsi",
    way: "email" as const,
  };
  const { caseId } = await story("thesis", desk);
  await must(
    "request",
    during(registered, () => keepRequest(rina, { caseId, revision: 0, form })),
  );
  const { id: requestId, revision } = await db.informationRequest.findUniqueOrThrow({ where: { caseId } });
  const number = { requestId, revision, number: `001/PPID/${localDay(now, zone).slice(0, 4)}`, day: localDay(registered, zone) };
  await must(
    "number",
    during(registered, () => registerRequest(rina, number)),
  );

  const prepared = ago(now, 2 * 480);
  const found = await story("parcel", desk);
  const ticket = {
    title: "Beras bantuan rusak di Kedungbanteng",
    body: stories.parcel.text,
    place: "Kecamatan Kedungbanteng, Kabupaten Tegal",
    happenedOn: localDay(ago(now, 4 * 480), zone),
    agency: "Dinas Sosial Kabupaten Tegal",
    attachments: "",
  };
  await must(
    "ticket",
    during(prepared, () => keepLapor(rina, { caseId: found.caseId, revision: 0, category: "desk", form: ticket })),
  );
  const kept = await db.laporTicket.findUniqueOrThrow({ where: { caseId: found.caseId } });
  const step = {
    ticketId: kept.id,
    revision: kept.revision,
    to: "entered" as const,
    day: localDay(prepared, zone),
    number: "SIMULASI-10482213",
  };
  await must(
    "ticket number",
    during(prepared, () => stepLapor(rina, step)),
  );
}

/** One citizen added to his words, another took them back. */
async function changes(desk: Desk) {
  const { now } = desk;
  const edited = await caseOf("Dian Ayu", now);
  const text = "Syarat mengurus kursi roda untuk orang tua apa saja ya? Ibu saya baru pulang dari rumah sakit.";
  const [asked, removed] = await Promise.all(
    [edited.caseId, (await story("number", desk)).caseId].map((caseId) =>
      db.message.findFirstOrThrow({ where: { caseId, direction: "in" }, orderBy: { id: "asc" }, select: { id: true, caseId: true } }),
    ),
  );
  await db.messageChange.createMany({
    data: [
      { ...keyOf(asked!), kind: "edited", text, at: ago(now, 95) },
      { ...keyOf(removed!), kind: "removed", at: ago(now, 480) },
    ],
  });
  await db.inboxCase.update({ where: { id: edited.caseId }, data: { excerpt: text } });
}
const keyOf = ({ id, caseId }: { id: string; caseId: string }) => ({ messageId: id, caseId });

/** An advertisement that is hidden, and a criticism that only a second person may hide. */
async function moderations(desk: Desk) {
  const { now, rina } = desk;
  const order = async (name: StoryName, at: Date, reason: "phishing" | "personal-data", note: string) => {
    const { caseId, revision } = await story(name, desk);
    const { id: messageId } = await db.message.findFirstOrThrow({ where: { caseId, direction: "in" }, select: { id: true } });
    await must(
      "moderation",
      during(at, () => orderModeration(rina, { caseId, revision, messageId, action: "hide", reason, note })),
    );
  };
  await order("loan", ago(now, 480), "phishing", "");
  await order("named", ago(now, 40), "personal-data", "Menyebut letak rumah petugas; isinya tetap kami jawab.");
}

/** A burst that is over, so that the history of crises is not empty. */
async function pastCrisis({ now, retno, tegal }: Desk) {
  const at = (minutes: number) => new Date(ago(now, 6 * 480).getTime() + minutes * MINUTE);
  await db.crisisAlert.create({
    data: {
      ...{ governmentId: tegal, topic: "water", openedAt: at(0), lastAt: at(95), count: 27, usual: 0.6, units: 3, state: "closed" },
      ...{ takenBy: retno.personId, takenAt: at(6), closedBy: retno.personId, closedAt: at(180) },
      closedNote: "Pipa induk di Lebaksiu tersambung lagi; penjelasan dan jadwal tangki air terbit di akun Diskominfo dan kecamatan.",
    },
  });
}
