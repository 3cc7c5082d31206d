/** What the desk is told when posts do not go out as planned. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAccount, sealGrant } from "#lib/channels/accounts.ts";
import { noteFailure, noteSuccess } from "#lib/channels/health.ts";
import { listChannels } from "#lib/channels/queries.ts";
import { healthOf } from "#lib/channels/rules.ts";
import type { Actor } from "#lib/core/access.ts";
import { now } from "#lib/core/clock.ts";
import { db, Prisma } from "#lib/core/db.ts";
import { claimDue, saveCheckpoint } from "#lib/delivery/claims.ts";
import { planPublications } from "#lib/delivery/planning.ts";
import { alarmsOf, troubledDeliveries } from "#lib/delivery/queries.ts";
import { sendAgain } from "#lib/delivery/settling.ts";
import type { UnitCard } from "#lib/units/queries.ts";
import { runDue } from "../support/desk.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
let dinkes: UnitCard;
let regency: UnitCard;
beforeAll(async () => {
  world = await makeWorld();
  const card = (id: string) => db.unit.findUniqueOrThrow({ where: { id }, include: { government: true } });
  dinkes = await card(world.units.dinkes.id);
  regency = await card(world.units.regency.id);
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await db.publicationAttempt.deleteMany();
  await db.publication.deleteMany();
});

let number = 0;
async function due(dueAt: Date, channel: World["channels"]["facebook"] = world.channels.facebook) {
  number += 1;
  const { id: channelId, unitId, governmentId } = channel;
  const content = {
    text: `Pengumuman nomor ${number}`,
    link: null,
    pictures: [],
    title: null,
    video: null,
    collaborators: [],
    firstComment: null,
    replyTo: null,
  };
  const id = crypto.randomUUID();
  await db.$transaction((tx) => planPublications(tx, { type: "post", id }, [{ channelId, unitId, governmentId, content }], dueAt));
  return { text: content.text, row: await db.publication.findFirstOrThrow({ where: { subjectId: id } }) };
}
const inSeconds = (seconds: number) => new Date(now().getTime() + seconds * 1000);
const troubles = async (actor: Actor, unit = dinkes) => (await troubledDeliveries(actor, unit, now(), null)).rows;

it("posts that are more than two minutes late are counted for those who look after them, and for nobody else", async () => {
  await due(inSeconds(-100));
  await due(inSeconds(-130));
  await due(inSeconds(-400));
  await due(inSeconds(-400), world.channels.far);
  const { admin, supervisor, farAdmin } = world.people;
  expect((await alarmsOf(admin, dinkes, now())).late).toBe(2);
  expect((await alarmsOf(supervisor, regency, now())).late).toBe(2);
  expect((await alarmsOf(farAdmin, dinkes, now())).late).toBe(0);
});

describe("posts due within a day are at risk", () => {
  const id = () => world.channels.facebook.id;
  const channel = (change: object) => db.channel.update({ where: { id: id() }, data: change });
  const accessEnds = (expiresAt: Date | null) => db.channelGrant.update({ where: { channelId: id() }, data: { expiresAt } });
  const atRisk = async (actor = world.people.admin) => (await alarmsOf(actor, dinkes, now())).atRisk;
  afterEach(async () => {
    await channel({ state: "connected", lastProblem: Prisma.DbNull });
    await accessEnds(null);
  });

  it("on an account that lost its access; not later ones, nor what people publish by hand", async () => {
    await channel({ state: "needs_reauth" });
    const soon = await due(inSeconds(3600));
    await due(inSeconds(90_000));
    await due(inSeconds(3600), world.channels.instagram);
    expect(await atRisk()).toMatchObject([{ postId: soon.row.subjectId, text: soon.text, platform: "facebook", reason: "reconnect" }]);
    expect((await atRisk(world.people.farAdmin)).length).toBe(0);
  });

  it("on an account whose last call failed, until one succeeds", async () => {
    const soon = await due(inSeconds(3600));
    expect(await atRisk()).toEqual([]);
    await noteFailure(id(), "retryable");
    expect(await atRisk()).toMatchObject([{ postId: soon.row.subjectId, reason: "trouble" }]);
    await noteSuccess(id());
    expect(await atRisk()).toEqual([]);
  });

  it("when access ends before their time", async () => {
    await due(inSeconds(3600));
    const later = await due(inSeconds(7200));
    await accessEnds(inSeconds(5400));
    expect(await atRisk()).toMatchObject([{ postId: later.row.subjectId, reason: "ending" }]);
  });
});

describe("access that ends soon", () => {
  const ends = (expiresAt: Date | null) =>
    db.channelGrant.update({ where: { channelId: world.channels.facebook.id }, data: { expiresAt } });
  const ending = async (actor = world.people.admin, unit = dinkes) => (await alarmsOf(actor, unit, now())).ending;
  const DAY = 86_400;
  afterEach(() => ends(null));

  it.each([
    [7 * DAY + 60, null],
    [7 * DAY - 60, "week"],
    [3700, "week"],
    [3500, "hour"],
    [-60, "over"],
  ])("in %i s is told: %s", async (left, within) => {
    await ends(inSeconds(left));
    expect(await ending()).toMatchObject(within ? [{ platform: "facebook", channelId: world.channels.facebook.id, within }] : []);
    expect(await ending(world.people.supervisor, regency)).toHaveLength(within ? 1 : 0);
    expect(await ending(world.people.farAdmin)).toEqual([]);
    const [row] = (await listChannels(world.people.admin, dinkes)).filter(({ id }) => id === world.channels.facebook.id);
    expect(healthOf(row!, now()).kind).toBe(within ? "expiring" : row?.lastProblem ? "trouble" : row?.lastOkAt ? "healthy" : "unproved");
  });

  it("is kept when the platform gives a longer life, and not told any more", async () => {
    const { id: unitId, governmentId } = world.units.dinkes;
    const account = { id: "17841400000000001", username: "pemkabtegal", name: "Pemkab Tegal", token: "IGAA-akun-uji" };
    await world.lab.seed({ platform: "instagram", accounts: [account] });
    const grant = { accessToken: account.token, refreshAfter: inSeconds(-60).toISOString(), expiresAt: inSeconds(2 * DAY).toISOString() };
    const { id } = await db.channel.create({
      data: {
        ...{ unitId, governmentId, platform: "instagram", mode: "api", remoteId: account.id, handle: account.username, name: account.name },
        ...{ baseUrl: `${world.lab.url}/ig`, firstSeenAt: now(), nextPollAt: now() },
        grant: { create: { sealed: sealGrant(grant), expiresAt: new Date(grant.expiresAt), updatedAt: now() } },
      },
    });
    expect(await ending()).toMatchObject([{ channelId: id }]);
    await openAccount(id);
    const { expiresAt } = await db.channelGrant.findUniqueOrThrow({ where: { channelId: id } });
    expect(expiresAt!.getTime()).toBeGreaterThan(now().getTime() + 50 * DAY * 1000);
    expect(await ending()).toEqual([]);
  });
});

it("the list holds what failed, is unsure, late or was tried again, newest first, and leaves out what went well", async () => {
  await due(now()); // goes well
  await runDue();
  const late = await due(inSeconds(-300));
  await runDue();
  await world.lab.fault({ endpoint: "POST feed", fault: "368" });
  const failed = await due(inSeconds(-1));
  await runDue();
  await world.lab.fault({ endpoint: "POST feed", fault: "accept-then-drop" });
  const unsure = await due(now());
  await runDue();
  const rows = await troubles(world.people.supervisor, regency);
  expect(rows.map(({ text, state }) => [text, state])).toEqual([
    [unsure.text, "unknown"],
    [failed.text, "failed"],
    [late.text, "published"],
  ]);
  expect(rows.map(({ late: isLate }) => isLate)).toEqual([false, false, true]);
  expect(rows[0]?.nextAt?.getTime()).toBeGreaterThan(now().getTime());
  expect(rows[1]?.tries).toMatchObject([{ purpose: "publish", outcome: "rejected" }]);
});

it("a try that a dead worker left open is shown as cut off, beside those that followed", async () => {
  await due(now());
  const [claim] = await claimDue("mati", 1);
  await saveCheckpoint(claim!, { stage: "committing", at: now().toISOString(), data: { firstAt: now().toISOString() } });
  await world.passTime(91_000);
  await runDue();
  const [row] = await troubles(world.people.admin);
  expect(row?.tries.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
    ["publish", "cut-off"],
    ["look-up", "look-up-absent"],
  ]);
});

it("only who settles posts may send again, and only what waits for a person; other units' rows stay unseen", async () => {
  await world.lab.fault({ endpoint: "POST feed", fault: "368" });
  await due(now());
  await runDue();
  const { admin, supervisor, farAdmin } = world.people;
  const [row] = await troubles(admin);
  expect(row?.maySendAgain).toBe(true);
  expect((await troubles(supervisor))[0]?.maySendAgain).toBe(false);
  expect(await troubles(farAdmin)).toEqual([]);
  await sendAgain(admin, { publicationId: row!.id });
  expect((await troubles(admin))[0]).toMatchObject({ state: "due", maySendAgain: false });
});

it("pages hold 25 rows and go on where the last one ended", async () => {
  const at = inSeconds(-600);
  for (let index = 0; index < 30; index += 1) await due(at);
  const first = await troubledDeliveries(world.people.admin, dinkes, now(), null);
  const last = first.rows.at(-1)!;
  const second = await troubledDeliveries(world.people.admin, dinkes, now(), { dueAt: last.dueAt, id: last.id });
  expect([first.rows.length, first.more, second.rows.length, second.more]).toEqual([25, true, 5, false]);
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(30);
});
