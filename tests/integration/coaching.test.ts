/** A silent account from its first warning to the end of its coaching. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { furtherAccounts } from "#lib/coaching/accounts/list.ts";
import { agreeVerdict, finishVerdict, proposeVerdict } from "#lib/coaching/accounts/verdicts.ts";
import { caseDetail } from "#lib/coaching/cases/detail.ts";
import { closeCase, giveMentor, planCase } from "#lib/coaching/cases/leading.ts";
import { coachingFunnel, listCoached } from "#lib/coaching/cases/list.ts";
import { keepMeeting, proposedNumber, sealMeeting } from "#lib/coaching/cases/meetings.ts";
import { openCase, takeCase } from "#lib/coaching/cases/opening.ts";
import { progressOf } from "#lib/coaching/cases/progress.ts";
import { finishReminder, remindOfCases } from "#lib/coaching/cases/reminding.ts";
import { addTask, dropTask, tickTask } from "#lib/coaching/cases/tasks.ts";
import { coachedUnit } from "#lib/coaching/cases/unit.ts";
import { confirmCause, tellCause } from "#lib/coaching/causes/saying.ts";
import { countUse, exemplarForPost, keepExemplar, listExemplars, retireExemplar } from "#lib/coaching/exemplars/exemplars.ts";
import { coachingOf, countMyCases } from "#lib/coaching/queries.ts";
import { helpFigures, mentorFigures } from "#lib/coaching/results.ts";
import { trainingOf } from "#lib/coaching/training/queries.ts";
import { keepTraining, noteAttendance } from "#lib/coaching/training/sessions.ts";
import { watchDormancy } from "#lib/coaching/watching/watching.ts";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { takeInPosts } from "#lib/posts/intake.ts";
import { lastFullDay, recomputeZone } from "#lib/scores/recompute.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

const DAY = 86_400_000;
const zone = "Asia/Jakarta";

let world: World;
let posted = 0;
beforeAll(async () => {
  world = await makeWorld();
  await db.unit.updateMany({ where: { kind: "agency" }, data: { scoreClass: "C" } });
});
afterAll(() => world?.stop());

/** A post that counts, so many days ago. */
const post = (daysAgo: number) =>
  takeInPosts(db, world.channels.facebook, [
    {
      remoteId: `uji_${++posted}`,
      permalink: null,
      text: `Jadwal imunisasi ke-${posted} di puskesmas ${["Slawi", "Adiwerna", "Talang", "Kramat", "Tarub"][posted % 5]}: nomor ${posted * 7919}, pukul ${posted}.30, syarat KK dan KIA.`,
      publishedAt: new Date(now().getTime() - daysAgo * DAY),
      visual: "none",
      hasAlt: null,
      hasLink: false,
      repost: false,
      metrics: { likes: null, comments: null, shares: null, views: null, reach: null },
    },
  ]);

const night = async () => {
  await recomputeZone(zone, lastFullDay(now(), zone));
  const seen = await watchDormancy();
  await remindOfCases();
  return seen;
};
type Told = { name: string; unit: string; days?: number; week?: number; count?: number; names?: string };
const told = async (type: string): Promise<Told[]> => {
  const rows = await db.notice.findMany({
    where: { type },
    select: { params: true, person: { select: { name: true } } },
    orderBy: { id: "asc" },
  });
  return rows.map(({ person, params }) => ({ name: person.name, ...(params as Omit<Told, "name">) }));
};
const caseOf = (unitId: string) => db.coachingCase.findFirstOrThrow({ where: { unitId }, orderBy: { id: "desc" } });
const refOf = async () => {
  const { id: caseId, revision } = await caseOf(world.units.dinkes.id);
  return { caseId, revision };
};

it("warns the unit's own admins seven and three days before it falls, and tells those above when it has; each once", async () => {
  await post(24);
  await night();
  await night();
  const warned = (await told("coaching.silence-soon")).sort((a, b) => a.name.localeCompare(b.name));
  expect(warned).toEqual([
    { name: "Budi Santoso", unit: "Dinkes", days: 6 },
    { name: "Sri Wahyuni", unit: "Dinkes", days: 6 },
  ]);
  for (let day = 0; day < 9; day++) {
    await world.passTime(DAY);
    await night();
  }
  expect((await told("coaching.silence-soon")).map(({ days }) => days)).toEqual([6, 6, 3, 3]);
  const fallen = await told("coaching.fallen");
  expect(fallen.map(({ name }) => name).sort()).toEqual(["Agus Salim", "Hendro Wibowo"]);
  expect(fallen[0]).toMatchObject({ unit: "Kabupaten Tegal", count: 1, names: "Dinkes" });
  expect((await told("coaching.cause-asked")).map(({ name }) => name).sort()).toEqual(["Budi Santoso", "Sri Wahyuni"]);
});

it("proposes one case for one spell, however often the night comes", async () => {
  expect(await db.dormancySpell.count({ where: { unitId: world.units.dinkes.id } })).toBe(1);
  expect(await db.coachingCase.count({ where: { unitId: world.units.dinkes.id } })).toBe(1);
  const one = await caseOf(world.units.dinkes.id);
  expect(one).toMatchObject({ state: "proposed", openedBy: null, mentorId: null, spellId: expect.any(String) });
  await Promise.all([watchDormancy(), watchDormancy()]);
  expect(await db.coachingCase.count({ where: { unitId: world.units.dinkes.id } })).toBe(1);
  // No account, no standing: nothing is proposed, and nothing is said of it as if it were silent.
  expect(await db.dormancySpell.count({ where: { unitId: world.units.disdukcapil.id } })).toBe(0);
  const { supervisor } = world.people;
  const { rows } = await listCoached(supervisor, world.units.regency, { view: "all", cause: null, mentor: null }, null);
  expect(rows.map(({ shortName, level }) => [shortName, level])).toEqual([
    ["Dinkes", "dormant"],
    ["Disdukcapil", null],
  ]);
  expect(await coachingFunnel(supervisor, world.units.regency)).toMatchObject({ dormant: 1, known: 0, coached: 0, proposed: 1, woken: 0 });
});

it("surmises causes with their evidence, and gives the unit's word and the mentor's precedence", async () => {
  const { admin, loneAdmin, supervisor, farAdmin, head, analyst } = world.people;
  const unitId = world.units.dinkes.id;
  const shown = async () => (await coachingOf(head, [unitId])).get(unitId)?.causes.map(({ cause, source }) => `${source} ${cause}`);
  expect(await shown()).toEqual(["inferred no_operator"]);
  await db.channel.update({
    where: { id: world.channels.facebook.id },
    data: { state: "needs_reauth", lastProblem: { code: "reauth-revoked", at: "" } },
  });
  await watchDormancy();
  expect((await shown())?.sort()).toEqual(["inferred access_lost", "inferred no_operator"]);
  await db.channel.update({
    where: { id: world.channels.facebook.id },
    data: { state: "connected", lastProblem: { code: "retryable", at: "" } },
  });
  await db.session.create({ data: { personId: admin.personId, createdAt: now(), expiresAt: new Date(now().getTime() + DAY) } });
  await watchDormancy();
  expect(await shown()).toEqual(["inferred idle"]);
  // Superseded, not deleted.
  expect(await db.dormancyCause.count({ where: { unitId, source: "inferred" } })).toBe(3);

  expect(await tellCause(admin, { unitId, cause: "lost_password", words: "Ponsel hilang" })).toEqual({ ok: true });
  expect(await shown()).toEqual(["told lost_password"]);
  expect((await told("coaching.cause-told")).map(({ name }) => name)).toEqual(["Agus Salim"]);
  for (const stranger of [loneAdmin, farAdmin, head])
    expect(await refusalOf(tellCause(stranger, { unitId, cause: "no_operator", words: "" }))).toBe("not-found");
  expect(await refusalOf(confirmCause(admin, { unitId, cause: "no_decree", words: "" }))).toBe("forbidden");
  expect(await confirmCause(supervisor, { unitId, cause: "transferred", words: "" })).toEqual({ ok: true });
  await tellCause(admin, { unitId, cause: "no_operator", words: "" });
  expect(await shown()).toEqual(["confirmed transferred"]);
  // Neither another regency nor the ministry reads of it.
  for (const actor of [farAdmin, analyst]) {
    expect((await coachingOf(actor, [unitId])).size).toBe(0);
    expect(await refusalOf(coachedUnit(actor, "33.28.dinkes"))).toBe("not-found");
  }
});

it("is taken with one tap by who coaches there, and by nobody else", async () => {
  const { admin, supervisor, head, verifier, farVerifier } = world.people;
  const ref = await refOf();
  expect(await refusalOf(takeCase(farVerifier, ref))).toBe("not-found");
  for (const actor of [admin, verifier]) expect(await refusalOf(takeCase(actor, ref))).toBe("forbidden");
  expect(await refusalOf(takeCase(supervisor, { ...ref, revision: 99 }))).toBe("stale");
  const both = await Promise.all([supervisor, head].map((actor) => refusalOf(takeCase(actor, ref))));
  expect(both.sort()).toEqual(["done", "stale"]);
  expect(await openCase(supervisor, { unitId: world.units.dinkes.id })).toMatchObject({ problems: [{ code: "coaching-open" }] });
  expect(await refusalOf(openCase(farVerifier, { unitId: world.units.disdukcapil.id }))).toBe("not-found");
  const one = await caseDetail(admin, ref.caseId);
  expect(one).toMatchObject({
    state: "open",
    level: "dormant",
    targetLevel: "less_active",
    targetPosts: 2,
    may: { work: false, manage: false, answer: true },
  });
  expect(one.reminders.map(({ week }) => week)).toEqual([2, 4, 8]);
  expect((await told("coaching.begun")).map(({ name }) => name).sort()).toEqual(["Budi Santoso", "Sri Wahyuni"]);
});

it("is planned, handed to a mentor with his load, and worked on by him alone beside those who manage", async () => {
  const { admin, supervisor, verifier, namedVerifier, farAdmin, loneAdmin } = world.people;
  const plan = { plan: "Dua unggahan layanan sepekan", targetLevel: "less_active" as const, targetPosts: 2, endsOn: "2000-01-01" };
  expect(await planCase(supervisor, { ...(await refOf()), ...plan })).toMatchObject({ problems: [{ code: "case-end-before-start" }] });
  const endsOn = new Date(now().getTime() + 30 * DAY).toISOString().slice(0, 10);
  expect(await planCase(supervisor, { ...(await refOf()), ...plan, endsOn })).toEqual({ ok: true });
  expect(await giveMentor(supervisor, { ...(await refOf()), mentorId: farAdmin.personId })).toMatchObject({
    problems: [{ code: "mentor-unknown" }],
  });
  expect(await refusalOf(addTask(verifier, { caseId: (await refOf()).caseId, text: "Foto", dueOn: null }))).toBe("forbidden");
  await giveMentor(supervisor, { ...(await refOf()), mentorId: verifier.personId });
  expect(await countMyCases(verifier)).toBe(1);
  const { caseId } = await refOf();
  expect(await addTask(verifier, { caseId, text: "Tunjuk operator dengan SK", dueOn: null })).toEqual({ ok: true });
  expect(await refusalOf(addTask(admin, { caseId, text: "Lain", dueOn: null }))).toBe("forbidden");
  const [task] = (await caseDetail(admin, caseId)).tasks;
  expect(await tickTask(admin, { taskId: task!.id, done: true })).toEqual({ ok: true });
  expect((await caseDetail(verifier, caseId)).tasks[0]).toMatchObject({ doneBy: "Sri Wahyuni" });
  expect(await refusalOf(dropTask(admin, { taskId: task!.id }))).toBe("forbidden");
  for (const stranger of [namedVerifier, loneAdmin, farAdmin]) {
    expect(await refusalOf(caseDetail(stranger, caseId))).toBe("not-found");
    expect(await refusalOf(tickTask(stranger, { taskId: task!.id, done: false }))).toBe("not-found");
  }
});

it("keeps minutes as a draft until they are sealed; then not even the database lets them be changed", async () => {
  const { verifier, admin } = world.people;
  const { caseId } = await refOf();
  const words = { place: "Kantor Dinkes", attendees: "Sri Wahyuni", minutes: "Akun dibuka kembali.", agreed: "Dua unggahan sepekan." };
  const meeting = { caseId, meetingId: null, revision: 0, heldAt: now().toISOString(), mode: "visit" as const, ...words };
  const future = new Date(now().getTime() + DAY).toISOString();
  expect(await keepMeeting(verifier, { ...meeting, heldAt: future })).toMatchObject({ problems: [{ code: "meeting-future" }] });
  expect(await refusalOf(keepMeeting(admin, meeting))).toBe("forbidden");
  await keepMeeting(verifier, meeting);
  const [draft] = (await caseDetail(admin, caseId)).meetings;
  const edit = { ...meeting, meetingId: draft!.id, revision: draft!.revision, minutes: "Akun dibuka kembali, sandi diganti." };
  expect(await keepMeeting(verifier, edit)).toEqual({ ok: true });
  expect(await refusalOf(keepMeeting(verifier, edit))).toBe("stale");
  const seal = async (number: string) => {
    const [latest] = (await caseDetail(verifier, caseId)).meetings;
    return sealMeeting(verifier, { meetingId: latest!.id, revision: latest!.revision, number });
  };
  const number = await proposedNumber({ governmentId: world.units.dinkes.governmentId, zone });
  expect(await seal(number)).toEqual({ ok: true });
  expect(await refusalOf(seal("lain"))).toBe("stale");
  expect(await refusalOf(keepMeeting(verifier, { ...edit, revision: 3 }))).toBe("stale");
  await expect(db.coachingMeeting.update({ where: { id: draft!.id }, data: { minutes: "lain" } })).rejects.toThrow();
  await expect(db.coachingMeeting.delete({ where: { id: draft!.id } })).rejects.toThrow();
  expect((await caseDetail(verifier, caseId)).reminders[1]).toMatchObject({ week: 4, doneBy: "Ani Lestari", note: number });
  await keepMeeting(verifier, meeting);
  expect(await seal(number)).toMatchObject({ problems: [{ code: "minutes-number-taken" }] });
  expect(await proposedNumber({ governmentId: world.units.dinkes.governmentId, zone })).toBe(number.replace("001", "002"));
});

it("reminds in week 2 and, the visit being done, in week 8; nobody twice", async () => {
  const weeks = async () => (await told("coaching.reminder")).map(({ week, name }) => `${week} ${name}`).sort();
  await world.passTime(15 * DAY);
  await night();
  await night();
  expect(await weeks()).toEqual(["2 Ani Lestari", "2 Budi Santoso", "2 Sri Wahyuni"]);
  await world.passTime(14 * DAY);
  await night();
  expect(await weeks()).toHaveLength(3);
  const { caseId } = await refOf();
  expect(await finishReminder(world.people.verifier, { caseId, week: 2, note: "Telepon" })).toEqual({ ok: true });
  expect(await refusalOf(finishReminder(world.people.verifier, { caseId, week: 2, note: "" }))).toBe("stale");
});

it("ends with 'naik kelas' only when the level is higher; the spell is over with it, and has no second case", async () => {
  const { verifier, supervisor } = world.people;
  expect(await closeCase(verifier, { ...(await refOf()), outcome: "no_change", note: "" })).toMatchObject({
    problems: [{ field: "note", code: "required" }],
  });
  expect(await closeCase(verifier, { ...(await refOf()), outcome: "moved_up", note: "" })).toMatchObject({
    problems: [{ code: "level-not-higher" }],
  });
  for (const daysAgo of [2, 5, 9, 12, 16, 19, 23, 26]) await post(daysAgo);
  await night();
  const { caseId, revision } = await refOf();
  const weeks = await progressOf({ id: world.units.dinkes.id, zone }, (await caseDetail(verifier, caseId)).startsOn!, null);
  expect(weeks[0]?.level).toBe("dormant");
  expect(weeks.at(-1)?.score).toBeGreaterThan(weeks[0]?.score ?? 100);
  expect(await closeCase(verifier, { caseId, revision, outcome: "moved_up", note: "" })).toEqual({ ok: true });
  expect(await refusalOf(closeCase(verifier, { caseId, revision: revision + 1, outcome: "moved_up", note: "" }))).toBe("stale");
  expect(await db.dormancySpell.count({ where: { unitId: world.units.dinkes.id, endedOn: null } })).toBe(0);
  expect((await coachingOf(supervisor, [world.units.dinkes.id])).size).toBe(0);
  await night();
  expect(await db.coachingCase.count({ where: { unitId: world.units.dinkes.id } })).toBe(1);
  expect(await coachingFunnel(supervisor, world.units.regency)).toMatchObject({ dormant: 0, open: 0, woken: 1 });
  const closed = await listCoached(supervisor, world.units.regency, { view: "closed", cause: null, mentor: null }, null);
  expect(closed.rows.map(({ shortName, case: one }) => [shortName, one?.outcome])).toEqual([["Dinkes", "moved_up"]]);
});

it("a proposal that nobody took is withdrawn when the account wakes by itself", async () => {
  await db.coachingCase.updateMany({ data: { closedAt: new Date(now().getTime() - 60 * DAY) } });
  await world.passTime(60 * DAY);
  await night();
  expect(await caseOf(world.units.dinkes.id)).toMatchObject({ state: "proposed" });
  for (const daysAgo of [2, 5, 9, 12, 16, 19, 23, 26]) await post(daysAgo);
  await night();
  expect(await caseOf(world.units.dinkes.id)).toMatchObject({ state: "closed", outcome: "withdrawn", closedBy: null });
});

it("a further account is proposed for, agreed to by its unit and done; nothing of it touches a score or a connection", async () => {
  const { supervisor, admin, loneAdmin, farVerifier } = world.people;
  const { id: channelId } = world.channels.instagram;
  const before = await db.scoreSnapshot.count();
  const merge = { channelId, verdict: "merge" as const, intoChannelId: world.channels.facebook.id, reason: "Isinya sama" };
  expect(await proposeVerdict(supervisor, { ...merge, channelId: world.channels.facebook.id })).toMatchObject({
    problems: [{ code: "account-primary" }],
  });
  expect(await proposeVerdict(supervisor, { ...merge, intoChannelId: world.channels.far.id })).toMatchObject({
    problems: [{ code: "merge-elsewhere" }],
  });
  for (const stranger of [farVerifier, admin]) expect(await refusalOf(proposeVerdict(stranger, merge))).toBe("not-found");
  expect(await proposeVerdict(supervisor, merge)).toEqual({ ok: true });
  expect(await refusalOf(proposeVerdict(supervisor, merge))).toBe("stale");
  const shown = async () =>
    (await furtherAccounts(supervisor, world.units.regency, null)).rows.find((row) => row.channelId === channelId)?.verdict;
  const ref = async () => ({ verdictId: (await shown())!.id, revision: (await shown())!.revision });
  expect(await refusalOf(finishVerdict(supervisor, await ref()))).toBe("stale");
  expect(await refusalOf(agreeVerdict(loneAdmin, await ref()))).toBe("not-found");
  expect(await refusalOf(agreeVerdict(supervisor, await ref()))).toBe("forbidden");
  expect(await agreeVerdict(admin, await ref())).toEqual({ ok: true });
  expect(await finishVerdict(supervisor, await ref())).toEqual({ ok: true });
  expect(await shown()).toMatchObject({ state: "done", verdict: "merge" });
  expect(await db.scoreSnapshot.count()).toBe(before);
  expect(await db.channel.findUniqueOrThrow({ where: { id: channelId } })).toMatchObject({ state: "connected", isPrimary: false });
});

it("a training is kept by who coaches, and a unit sees its own attendance alone; a card is used within its government", async () => {
  const { supervisor, admin, loneAdmin, farAdmin } = world.people;
  const { dinkes, disdukcapil, regency } = world.units;
  const words = { title: "Kalender konten", place: "Slawi", speaker: "Diskominfo", summary: "", materials: [] };
  const training = { sessionId: null, revision: 0, governmentId: regency.id, heldAt: now().toISOString(), ...words };
  expect(await refusalOf(keepTraining(admin, training))).toBe("not-found");
  expect(await keepTraining(supervisor, { ...training, materials: [{ name: "Berkas", mediaId: crypto.randomUUID() }] })).toMatchObject({
    problems: [{ code: "media-unknown" }],
  });
  const kept = await keepTraining(supervisor, training);
  const sessionId = kept.ok ? kept.sessionId : "";
  for (const [unitId, names] of [
    [dinkes.id, "Sri Wahyuni"],
    [disdukcapil.id, "Dwi Hartono"],
  ] as const)
    expect(await noteAttendance(supervisor, { sessionId, unitId, names })).toEqual({ ok: true });
  expect(await refusalOf(noteAttendance(supervisor, { sessionId, unitId: world.units.farDinkes.id, names: "" }))).toBe("not-found");
  expect((await trainingOf(loneAdmin, sessionId)).attendance.map(({ unit }) => unit)).toEqual(["Disdukcapil"]);
  expect((await trainingOf(supervisor, sessionId)).attendance).toHaveLength(2);
  expect(await refusalOf(trainingOf(farAdmin, sessionId))).toBe("not-found");

  const card = { unitId: dinkes.id, title: "Jadwal imunisasi", url: "https://contoh.example/1", why: "Singkat", text: "Imunisasi …" };
  await keepExemplar(supervisor, card);
  const [made] = (await listExemplars(loneAdmin, regency.id, null)).cards;
  expect(await countUse(loneAdmin, { exemplarId: made!.id, unitId: disdukcapil.id })).toEqual({ ok: true });
  expect(await refusalOf(countUse(farAdmin, { exemplarId: made!.id, unitId: world.units.farDinkes.id }))).toBe("not-found");
  expect(await refusalOf(listExemplars(farAdmin, regency.id, null))).toBe("not-found");
  expect((await listExemplars(admin, regency.id, null)).cards[0]).toMatchObject({ uses: 1, units: 1, manages: false });
  expect(await exemplarForPost(loneAdmin, made!.id)).toMatchObject({ text: card.text, governmentId: regency.id });
  expect(await refusalOf(exemplarForPost(farAdmin, made!.id))).toBe("not-found");
  expect(await retireExemplar(supervisor, { exemplarId: made!.id })).toEqual({ ok: true });
  expect(await refusalOf(exemplarForPost(loneAdmin, made!.id))).toBe("not-found");
  const [visit] = await helpFigures(supervisor, regency);
  expect(visit).toMatchObject({ help: "visit", cases: 1, after: [{ weeks: 4, of: 1 }, { weeks: 8, of: 1 }, { weeks: 12 }] });
  expect((await mentorFigures(supervisor, regency)).map(({ name, closed, movedUp }) => [name, closed, movedUp])).toEqual([
    ["Ani Lestari", 1, 1],
  ]);
});
