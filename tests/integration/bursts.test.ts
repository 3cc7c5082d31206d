/** Many like comments at once: who hears of it, who sees it, and when it is none. */
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import { watchBursts } from "#lib/inbox/topics/bursts.ts";
import { closeCrisis, takeCrisis } from "#lib/inbox/topics/crises.ts";
import { crisisDetail, openCrises, pastCrises } from "#lib/inbox/topics/crisis-queries.ts";
import type { RemoteComment } from "#lib/platforms/contract.ts";
import { ago, comment, minute } from "../support/citizens.ts";
import { makeWorld, refusalOf, type World } from "../support/world.ts";

let world: World;
let owner: pg.Client;
beforeAll(async () => {
  world = await makeWorld();
  owner = new pg.Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await world?.stop();
});
beforeEach(async () => {
  await owner.query("TRUNCATE inbox_case, message, remote_key, citizen, crisis_alert, notice, duty_shift CASCADE");
  // What is known of the weeks before: an inbox that is used, about other things.
  await said(world.channels.facebook, 30, "Jam berapa loket imunisasi di puskesmas buka?", (i) => ago((i + 2) * 24 * 60));
});

const flood = "Kampung kami banjir, air sudah selutut sejak subuh";
/** As many comments, each of another person, in the last hour unless told otherwise. */
const said = (
  channel: World["channels"]["far"],
  count: number,
  text: string,
  at: (i: number) => Date = (i) => ago(1 + i * 3),
  author?: RemoteComment["author"],
) =>
  ingest(
    channel,
    Array.from({ length: count }, (_, i) => comment({ text, sentAt: at(i), ...(author ? { author } : {}) })),
  );
const alerts = () => db.crisisAlert.findMany({ orderBy: { id: "asc" } });
const told = async () => (await db.notice.findMany({ where: { type: "crisis.opened" } })).map(({ personId }) => personId).sort();
const mine = () => openCrises(world.people.supervisor, world.units.regency.id);

describe("many like comments of many people", () => {
  it("open one alert, once, however many look at the same time, and tell who answers for the government and who is on duty", async () => {
    const { supervisor, head, secondAdmin } = world.people;
    const { dinkes, regency } = world.units;
    const shift = { unitId: dinkes.id, governmentId: regency.id, personId: secondAdmin.personId };
    await db.dutyShift.create({ data: { ...shift, from: ago(60), to: ago(-60), createdBy: supervisor.personId, createdAt: now() } });
    await said(world.channels.facebook, 12, flood);
    await Promise.all([watchBursts(), watchBursts()]);
    await watchBursts();
    expect(await alerts()).toMatchObject([{ governmentId: regency.id, topic: "disaster", state: "open", count: 12, units: 1 }]);
    expect(await told()).toEqual([supervisor.personId, head.personId, secondAdmin.personId].sort());
  });

  it("keep being counted while it goes on, with its time line, its agencies and examples", async () => {
    await said(world.channels.facebook, 10, flood);
    expect(await watchBursts()).toBe(1);
    await said(world.channels.instagram, 5, "Rumah saya kebanjiran, tolong kirim perahu", () => now());
    expect(await watchBursts()).toBe(0);
    const [alert] = await mine();
    expect(alert).toMatchObject({ topic: "disaster", count: 15, state: "open" });
    const detail = await crisisDetail(world.people.supervisor, alert!);
    expect(detail.steps.reduce((sum, { count }) => sum + count, 0)).toBe(15);
    expect(detail.units).toEqual([{ shortName: "Dinkes", count: 15 }]);
    expect(detail.examples.map(({ excerpt }) => excerpt)).toEqual(["Rumah saya kebanjiran, tolong kirim perahu", flood]);
  });

  it("are noticed by a word that they share where no topic is known", async () => {
    await said(world.channels.facebook, 12, "Beneran ada harimau lepas dari kebun binatang?");
    expect(await watchBursts()).toBe(1);
    const [alert] = await mine();
    expect(alert).toMatchObject({ topic: null, count: 12 });
    expect(["harimau", "lepas", "kebun", "binatang", "beneran"]).toContain((await crisisDetail(world.people.supervisor, alert!)).spoken);
    expect(await watchBursts()).toBe(0);
  });

  it("are none of a neighbour's: he sees, hears and may do nothing", async () => {
    const { farAdmin, farVerifier } = world.people;
    await said(world.channels.facebook, 12, flood);
    await watchBursts();
    const [alert] = await alerts();
    expect(await openCrises(farVerifier, world.units.regency.id)).toEqual([]);
    expect(await openCrises(farVerifier, world.units.far.id)).toEqual([]);
    expect((await told()).includes(farVerifier.personId)).toBe(false);
    for (const actor of [farAdmin, farVerifier]) {
      expect(await refusalOf(takeCrisis(actor, { alertId: alert!.id }))).toBe("not-found");
      expect(await refusalOf(closeCrisis(actor, { alertId: alert!.id, falseAlarm: true, note: "x" }))).toBe("not-found");
    }
    // An agency of the same government knows of it, without the words of the inbox that it does not read.
    const { loneAdmin } = world.people;
    const [seen] = await openCrises(loneAdmin, world.units.regency.id);
    expect((await crisisDetail(loneAdmin, seen!)).examples).toEqual([]);
  });
});

describe("no crisis", () => {
  it.each([
    [
      "one person writing fifty times",
      () => said(world.channels.facebook, 50, flood, (i) => ago(1 + i), { remoteId: "satu", name: "Satu" }),
    ],
    ["seven people", () => said(world.channels.facebook, 7, flood)],
    ["praise", () => said(world.channels.facebook, 20, "Terima kasih petugas banjir, mantap sekali, kerja bagus, salut")],
    ["what was written yesterday", () => said(world.channels.facebook, 20, flood, (i) => ago(26 * 60 + i))],
  ])("is %s", async (_, happens) => {
    await happens();
    expect(await watchBursts()).toBe(0);
    expect(await alerts()).toEqual([]);
  });

  it("is what is always said as often", async () => {
    // Ten in two hours, for four weeks.
    await said(world.channels.facebook, 3360, flood, (i) => new Date(ago(120).getTime() - i * 12 * minute));
    await said(world.channels.facebook, 12, flood);
    expect(await watchBursts()).toBe(0);
  });
});

describe("somebody who sees to it", () => {
  it("is one; it ends with his note, and what goes on is told anew only after a while", async () => {
    const { admin, supervisor } = world.people;
    await said(world.channels.facebook, 12, flood);
    await watchBursts();
    const [{ id: alertId } = { id: "" }] = await mine();
    expect(await takeCrisis(admin, { alertId })).toEqual({ ok: true });
    expect(await refusalOf(takeCrisis(supervisor, { alertId }))).toBe("stale");
    expect(await mine()).toMatchObject([{ state: "taken", takenBy: admin.name }]);
    expect(await closeCrisis(supervisor, { alertId, falseAlarm: false, note: "Sudah dijawab bersama" })).toEqual({ ok: true });
    expect(await mine()).toEqual([]);
    const { rows } = await pastCrises(supervisor, world.units.regency.id, null);
    expect(rows).toMatchObject([{ state: "closed", closedBy: supervisor.name, closedNote: "Sudah dijawab bersama" }]);
    expect(await watchBursts()).toBe(0);
    const events = await db.auditEvent.findMany({ where: { subjectId: alertId }, select: { type: true }, orderBy: { id: "asc" } });
    expect(events.map(({ type }) => type)).toEqual(["crisis.taken", "crisis.closed"]);
  });

  it("may say that it is none: nothing is opened about it for a day", async () => {
    const { supervisor } = world.people;
    await said(world.channels.facebook, 12, flood);
    await watchBursts();
    const [{ id: alertId } = { id: "" }] = await mine();
    expect(await closeCrisis(supervisor, { alertId, falseAlarm: true, note: "Lomba berhadiah" })).toEqual({ ok: true });
    await world.passTime(3 * 60 * minute);
    await said(world.channels.facebook, 15, flood);
    expect(await watchBursts()).toBe(0);
    await world.passTime(24 * 60 * minute);
    await said(world.channels.facebook, 15, flood);
    expect(await watchBursts()).toBe(1);
  });
});
