/** Deadlines that somebody hears of in time. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { tellDeadlines } from "#lib/inbox/deadlines/escalating.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { assignCase, finishCase } from "#lib/inbox/work/working.ts";
import { ago, caseOf, comment, ownReply } from "../support/citizens.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await db.notice.deleteMany();
});

const hour = 3_600_000;
const crisisWords = "Tolong cepat, ada korban keracunan massal di sekolah, banyak anak pingsan!";
/** What was told of its deadlines; that an urgent case came in is told as well. */
const told = async (caseId: string) =>
  (await db.notice.findMany({ where: { subjectId: caseId, NOT: { type: "case.urgent" } }, orderBy: { id: "asc" } })).map(
    ({ type, personId }) => [type, personId] as const,
  );
const typesTold = async (caseId: string) => [...new Set((await told(caseId)).map(([type]) => type))];

/** A case that is due two hours from now by the clock on the wall. */
async function crisis() {
  const root = comment({ text: crisisWords, sentAt: ago(0) });
  await ingest(world.channels.facebook, [root]);
  return { root, ...(await caseOf(root)) };
}
const pass = async (ms: number) => {
  await world.passTime(ms);
  while (await tellDeadlines());
};

describe("a deadline", () => {
  it("is spoken of at 75 and 90 per cent, when it is over, and half of its time later: each once, to those concerned", async () => {
    const { id } = await crisis();
    const { admin, secondAdmin, verifier, secondVerifier, supervisor } = world.people;
    await pass(1.4 * hour);
    expect(await told(id)).toEqual([]);
    await pass(0.2 * hour);
    expect(await typesTold(id)).toEqual(["case.deadline-soon"]);
    await pass(0.3 * hour);
    await pass(0);
    expect(await typesTold(id)).toEqual(["case.deadline-soon", "case.deadline-pressing"]);
    const admins = [admin.personId, secondAdmin.personId];
    expect(new Set((await told(id)).map(([, person]) => person))).toEqual(new Set(admins));
    await pass(0.2 * hour);
    const over = (await told(id)).filter(([type]) => type === "case.overdue").map(([, person]) => person);
    expect(new Set(over)).toEqual(new Set([...admins, secondVerifier.personId]));
    expect(over).not.toContain(verifier.personId);
    await pass(1 * hour);
    const escalated = (await told(id)).filter(([type]) => type === "case.escalated").map(([, person]) => person);
    expect(escalated).toEqual([supervisor.personId]);
    await pass(10 * hour);
    expect((await told(id)).filter(([type]) => type === "case.escalated")).toHaveLength(escalated.length);
  });

  it("goes to whoever has the case, else to who is on duty", async () => {
    const { admin, secondAdmin } = world.people;
    const assigned = await crisis();
    await assignCase(admin, { caseId: assigned.id, personId: admin.personId });
    const watched = await crisis();
    const at = now();
    await db.dutyShift.create({
      data: {
        unitId: watched.unitId,
        governmentId: watched.governmentId,
        personId: secondAdmin.personId,
        from: at,
        to: new Date(at.getTime() + 3 * hour),
        createdBy: admin.personId,
        createdAt: at,
      },
    });
    await pass(1.6 * hour);
    expect(await told(assigned.id)).toEqual([["case.deadline-soon", admin.personId]]);
    expect(await told(watched.id)).toEqual([["case.deadline-soon", secondAdmin.personId]]);
    await db.dutyShift.deleteMany();
  });

  it("that was met in time is never spoken of; only its resolution still is", async () => {
    const { id, root } = await crisis();
    await world.passTime(0.5 * hour);
    await ingest(world.channels.facebook, [ownReply(root, ago(1))]);
    await pass(3 * hour);
    expect(await told(id)).toEqual([]);
    const [answer] = await db.caseDeadline.findMany({ where: { caseId: id, subject: "first_response" } });
    expect(answer?.metAt).not.toBeNull();
    await pass(16 * hour);
    expect(await typesTold(id)).toEqual(["case.deadline-soon"]);
    const { revision } = await db.inboxCase.findUniqueOrThrow({ where: { id } });
    await finishCase(world.people.admin, { caseId: id, revision });
    await db.notice.deleteMany();
    await pass(48 * hour);
    expect(await told(id)).toEqual([]);
  });

  it("that was over for more than a day when it became known alarms nobody", async () => {
    const root = comment({ text: crisisWords, sentAt: ago(60 * 50) });
    await ingest(world.channels.facebook, [root]);
    await pass(hour);
    expect(await told((await caseOf(root)).id)).toEqual([]);
  });

  it("wakes what was put off when its time is nearly over", async () => {
    const { id } = await crisis();
    await db.inboxCase.update({ where: { id }, data: { state: "snoozed", snoozedUntil: new Date(now().getTime() + 48 * hour) } });
    await pass(1.6 * hour);
    expect(await db.inboxCase.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "open", snoozedUntil: null });
  });

  it("is told once by two workers at once", async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => crisis()));
    await world.passTime(1.6 * hour);
    await Promise.all([tellDeadlines(3), tellDeadlines(3), tellDeadlines(3)]);
    while (await tellDeadlines());
    for (const { id } of made) expect(await told(id)).toHaveLength(2);
  });
});
