/** What becomes urgent, or turns out to be: by what citizens add, and by what people correct. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { tellDeadlines } from "#lib/inbox/deadlines/escalating.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { correctKind, markCase } from "#lib/inbox/work/correcting.ts";
import { finishCase } from "#lib/inbox/work/working.ts";
import { ago, caseOf, comment, ownReply, question } from "../support/citizens.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await db.notice.deleteMany();
});

const HOUR = 3_600_000;
const complaint = "Lapor, antrean KTP di kantor kami mengecewakan, sudah tiga bulan belum jadi, tolong diperbaiki";
const crisis = "Tolong cepat, ada korban keracunan massal di sekolah, banyak anak pingsan!";
const hoax = "Beredar kabar di grup WA, katanya vaksin di puskesmas itu berisi racun, sebarkan!";

const say = (text: string, minutesAgo = 1) => comment({ text, sentAt: ago(minutesAgo) });
const hear = (...comments: ReturnType<typeof comment>[]) => ingest(world.channels.facebook, comments);
const under = (root: { remoteId: string }, text: string, minutesAgo = 0) =>
  comment({ text, parentRemoteId: root.remoteId, sentAt: ago(minutesAgo) });
async function begin(text: string, minutesAgo = 1) {
  const root = say(text, minutesAgo);
  await hear(root);
  return { root, id: (await caseOf(root)).id };
}
const caseNow = (id: string) =>
  db.inboxCase.findUniqueOrThrow({ where: { id }, include: { duties: { orderBy: { openedAt: "asc" } }, deadlines: true } });
const alarms = (caseId: string) => db.notice.findMany({ where: { subjectId: caseId, type: "case.urgent" }, orderBy: { personId: "asc" } });
const hoursFrom = (from: Date, to: Date) => (to.getTime() - from.getTime()) / HOUR;
const refOf = async (caseId: string) => ({ caseId, revision: (await caseNow(caseId)).revision });

describe("an urgent word within a conversation that is open", () => {
  it("makes it urgent, is owed an answer in a crisis' time, and is told at once by its own words", async () => {
    const { root, id } = await begin(complaint, 30);
    const before = await caseNow(id);
    expect(before).toMatchObject({ urgent: false, kind: "complaint" });
    const fire = under(root, crisis);
    await hear(fire);
    const after = await caseNow(id);
    expect(after).toMatchObject({ urgent: true, kind: "complaint", state: "open", dueClock: "wall" });
    expect(after.duties.map(({ answeredAt }) => answeredAt)).toEqual([null, null]);
    expect(after.duties[0]).toMatchObject({ id: before.duties[0]!.id, dueAt: before.duties[0]!.dueAt });
    expect(hoursFrom(fire.sentAt, after.duties[1]!.dueAt)).toBe(2);
    expect(after.dueAt).toEqual(after.duties[1]!.dueAt);
    expect(await db.caseUnit.findFirstOrThrow({ where: { caseId: id } })).toMatchObject({ urgent: true, dueAt: after.dueAt });
    const told = await alarms(id);
    expect(told.map(({ personId }) => personId).sort()).toEqual([world.people.admin.personId, world.people.secondAdmin.personId].sort());
    expect(told[0]!.params).toMatchObject({ excerpt: expect.stringContaining("keracunan") });
  });

  it("is told once while it waits, and again when it comes after an answer", async () => {
    const { root, id } = await begin(crisis, 20);
    await hear(under(root, crisis, 15));
    expect(await alarms(id)).toHaveLength(2);
    await hear(ownReply(root, ago(10)));
    expect((await caseNow(id)).duties.every(({ answeredAt }) => answeredAt)).toBe(true);
    await hear(under(root, crisis, 5));
    expect(await alarms(id)).toHaveLength(4);
    expect(await caseNow(id)).toMatchObject({ state: "open" });
  });

  it("that speaks of a rumour alarms too; the kind stays that of what began it", async () => {
    const { root, id } = await begin(complaint, 30);
    await hear(under(root, hoax));
    expect(await caseNow(id)).toMatchObject({ kind: "complaint" });
    expect(await alarms(id)).toHaveLength(2);
  });

  it("is told when it comes by an edit", async () => {
    const { root, id } = await begin(question, 30);
    await hear({ ...root, text: crisis, editedAt: ago(1) });
    expect(await caseNow(id)).toMatchObject({ urgent: true });
    expect((await alarms(id))[0]!.params).toMatchObject({ excerpt: expect.stringContaining("keracunan") });
  });

  it("of the same kind changes neither duty nor deadline", async () => {
    const { root, id } = await begin(question, 30);
    const before = await caseNow(id);
    await hear(under(root, question));
    const after = await caseNow(id);
    expect(after.duties).toEqual(before.duties);
    expect(after.dueAt).toEqual(before.dueAt);
  });
});

describe("a correction", () => {
  it("to hoax leaves a hoax' time from now, and tells the others", async () => {
    const { admin, secondAdmin } = world.people;
    const { id } = await begin(question, 180);
    const [duty] = (await caseNow(id)).duties;
    await correctKind(admin, { caseId: id, kind: "hoax" });
    const after = await caseNow(id);
    expect(after.duties).toMatchObject([{ id: duty!.id, openedAt: duty!.openedAt, answeredAt: null }]);
    expect(Math.abs(hoursFrom(now(), after.dueAt!) - 2)).toBeLessThan(0.01);
    expect(after).toMatchObject({ dueClock: "wall", dueSince: after.duties[0]!.countedFrom });
    const [answer] = after.deadlines.filter(({ subject }) => subject === "first_response");
    expect(answer).toMatchObject({ dueAt: after.dueAt, clock: "wall", moment: "given" });
    expect((await alarms(id)).map(({ personId }) => personId)).toEqual([secondAdmin.personId]);
    // What is said next leaves it so.
    await hear(under(await db.message.findFirstOrThrow({ where: { caseId: id } }), question));
    expect((await caseNow(id)).dueAt).toEqual(after.dueAt);
    expect(await caseNow(id)).toMatchObject({ dueClock: "wall" });
  });

  it("never begins a duty that is over already", async () => {
    const { id } = await begin("Mantap, terima kasih banyak", 60 * 12);
    await correctKind(world.people.admin, { caseId: id, kind: "hoax" });
    const after = await caseNow(id);
    expect(Math.abs(hoursFrom(now(), after.dueAt!) - 2)).toBeLessThan(0.01);
    expect(hoursFrom(after.duties[0]!.openedAt, now())).toBeGreaterThan(11);
  });

  it("to urgent and back again gives the time of its kind back, from when the citizen spoke", async () => {
    const { admin } = world.people;
    const { id } = await begin(complaint, 60);
    const before = await caseNow(id);
    expect(await markCase(admin, { caseId: id, mark: "urgent", on: true })).toEqual({ ok: true });
    expect(hoursFrom(now(), (await caseNow(id)).dueAt!)).toBeLessThanOrEqual(2);
    await markCase(admin, { caseId: id, mark: "urgent", on: false });
    const after = await caseNow(id);
    expect(after).toMatchObject({ urgent: false, dueAt: before.dueAt, dueSince: before.dueSince, dueClock: "working" });
    expect(after.duties).toMatchObject([{ dueAt: before.duties[0]!.dueAt, lateUntil: before.duties[0]!.lateUntil, countedFrom: null }]);
    const trail = await db.auditEvent.findMany({ where: { subjectId: id, type: "case.urgent-corrected" } });
    expect(trail).toHaveLength(2);
  });

  it("to less than urgent comes too late once the time is over", async () => {
    const { id } = await begin(crisis, 150);
    const before = await caseNow(id);
    await markCase(world.people.admin, { caseId: id, mark: "urgent", on: false });
    expect(await caseNow(id)).toMatchObject({ urgent: false, dueAt: before.dueAt, duties: before.duties });
  });

  it("says what is sensitive, and belongs to those who work the case", async () => {
    const { admin, farAdmin } = world.people;
    const { id } = await begin(complaint, 60);
    await markCase(admin, { caseId: id, mark: "sensitive", on: true });
    expect(await caseNow(id)).toMatchObject({ sensitive: true });
    await expect(markCase(farAdmin, { caseId: id, mark: "urgent", on: true })).rejects.toThrow("not-found");
  });
});

describe("an answer that is still owed", () => {
  const pass = async (hours: number) => {
    await world.passTime(hours * HOUR);
    while (await tellDeadlines());
  };
  const warned = (caseId: string) => db.notice.count({ where: { subjectId: caseId, NOT: { type: "case.urgent" } } });

  it("is warned of no more once its case is done, and again when the citizen returns", async () => {
    const { root, id } = await begin(crisis, 0);
    await finishCase(world.people.admin, await refOf(id));
    await pass(1.6);
    expect(await warned(id)).toBe(0);
    await hear(under(root, "Halo, bagaimana kelanjutannya? Mohon segera dijawab, kapan bantuan datang?"));
    await pass(0);
    expect(await warned(id)).toBeGreaterThan(0);
  });

  it("is told of at once when it has just been over before it became known", async () => {
    const { id } = await begin(crisis, 150);
    while (await tellDeadlines());
    expect(await db.notice.count({ where: { subjectId: id, type: "case.overdue" } })).toBeGreaterThan(0);
  });
});
