/** What a platform said it takes no more of is not asked of it again, by any worker, until it said. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { nextDueAt } from "#lib/delivery/claims.ts";
import { heldByPlatform, LATE_SECONDS, oldestDueSeconds } from "#lib/delivery/lateness.ts";
import { planPublications } from "#lib/delivery/planning.ts";
import { alarmsOf } from "#lib/delivery/queries.ts";
import { runDue, startEngines } from "../support/desk.ts";
import { duePost } from "../support/publications.ts";
import { eventually, makeWorld, page, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

type Channel = World["channels"]["facebook"];
let number = 0;
/** So many posts that are due now on a channel; returns how to count them by state. */
async function due(channel: Channel, count: number) {
  const subjects = Array.from({ length: count }, () => crypto.randomUUID());
  for (const id of subjects) {
    number += 1;
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
    const plan = { channelId: channel.id, unitId: channel.unitId, governmentId: channel.governmentId, content };
    await db.$transaction((tx) => planPublications(tx, { type: "post", id }, [plan], now()));
  }
  return (state: string) =>
    db.publication.count({ where: { subjectId: { in: subjects }, state, ...(state === "due" ? { attempts: 0 } : {}) } });
}
const calls = async (pageId: string) =>
  (await world.lab.journal()).filter(({ endpoint, path }) => endpoint === "POST feed" && path.includes(pageId)).length;
const limits = () => db.rateLimit.findMany({ select: { platform: true, scope: true, channelId: true, until: true } });
/** Meets the refusal with one post: "32" is the page's own limit at Meta, "4" the app's. */
async function refused(code: number) {
  await due(world.channels.facebook, 1);
  await world.lab.fault({ endpoint: "POST feed", fault: "429", code });
  await runDue("pertama");
}

it("after a refusal on one account its other posts wait, on two engines; other accounts go on", async () => {
  await refused(32);
  const [limit, ...others] = await limits();
  expect(others).toEqual([]);
  expect(limit).toMatchObject({ platform: "facebook", scope: "account", channelId: world.channels.facebook.id });
  expect(limit!.until.getTime()).toBeGreaterThan(now().getTime() + 30_000);
  expect((await nextDueAt())?.getTime()).toBe(limit!.until.getTime());

  const before = await calls(page.id);
  const here = await due(world.channels.facebook, 15);
  const far = await due(world.channels.far, 15);
  const byHand = await due(world.channels.instagram, 1);
  const stop = startEngines("mesin-1", "mesin-2");
  await eventually(async () => expect([await far("published"), await byHand("manual")]).toEqual([15, 1]));
  expect(await here("due")).toBe(15);
  expect(await calls(page.id)).toBe(before);

  await world.passTime(limit!.until.getTime() - now().getTime() + 1000);
  await eventually(async () => expect(await here("published")).toBe(15));
  await stop();
});

it("a limit of the whole app stops the platform's accounts, and no other platform", async () => {
  await refused(4);
  const limit = (await limits()).find(({ scope }) => scope === "app");
  expect(limit).toMatchObject({ platform: "facebook", channelId: null });
  const far = await due(world.channels.far, 5);
  const byHand = await due(world.channels.instagram, 1);
  const stop = startEngines("mesin-1", "mesin-2");
  await eventually(async () => expect(await byHand("manual")).toBe(1));
  expect(await far("due")).toBe(5);
  await world.passTime(limit!.until.getTime() - now().getTime() + 1000);
  await eventually(async () => expect(await far("published")).toBe(5));
  await stop();
});

it("the later end holds when a platform refuses twice", async () => {
  await refused(32);
  const [{ until } = { until: new Date(0) }] = (await limits()).filter(({ scope }) => scope === "account");
  await world.passTime(until.getTime() - now().getTime() + 1000);
  await refused(32);
  const again = (await limits()).filter(({ scope }) => scope === "account");
  expect(again).toHaveLength(1);
  expect(again[0]!.until.getTime()).toBeGreaterThan(until.getTime());
});

it("a look-up that is put off by a limit is none of the four, and breaks no row of absences", async () => {
  await db.rateLimit.deleteMany();
  const post = await duePost(world.channels.facebook);
  await world.lab.fault({ endpoint: "POST feed", fault: "drop-before" });
  await runDue();
  const turn = async () => {
    const { runAt } = await post.row();
    await world.passTime(runAt.getTime() - now().getTime() + 5);
    await runDue();
    return post.row();
  };
  expect(await turn()).toMatchObject({ state: "unknown", lookups: 1, checkpoint: { data: { absences: 1 } } });
  for (let refusals = 0; refusals < 5; refusals += 1) {
    await world.lab.fault({ endpoint: "GET feed", fault: "429", code: 32 });
    expect(await turn()).toMatchObject({ state: "unknown", lookups: 1, checkpoint: { data: { absences: 1 } } });
    expect((await post.row()).runAt.getTime()).toBeGreaterThan(now().getTime() + 30_000);
  }
  expect(await turn()).toMatchObject({ state: "due", lookups: 0 });
  expect(await turn()).toMatchObject({ state: "published", attempts: 2 });
});

it("what waits for a limit is not late, until some time after its end; the desk and the watch are told which platform holds it", async () => {
  await db.publicationAttempt.deleteMany();
  await db.publication.deleteMany();
  await db.rateLimit.deleteMany();
  const unit = await db.unit.findUniqueOrThrow({ where: { id: world.units.dinkes.id }, include: { government: true } });
  const alarms = () => alarmsOf(world.people.admin, unit, now());
  await duePost(world.channels.facebook);
  await duePost(world.channels.facebook);
  const until = new Date(now().getTime() + 20 * 60_000);
  const { id: channelId } = world.channels.facebook;
  await db.rateLimit.create({ data: { platform: "facebook", scope: "account", channelId, until, notedAt: now() } });
  await world.passTime(10 * 60_000);
  expect(await oldestDueSeconds()).toBe(0);
  expect(await heldByPlatform()).toEqual({ facebook: 2 });
  expect(await alarms()).toMatchObject({ late: 0, held: [{ platform: "facebook", count: 2, until }] });
  await world.passTime(11 * 60_000);
  expect(await oldestDueSeconds()).toBeLessThan(90);
  expect(await alarms()).toMatchObject({ late: 0, held: [] });
  await world.passTime(2 * 60_000);
  expect(await oldestDueSeconds()).toBeGreaterThan(LATE_SECONDS);
  expect(await alarms()).toMatchObject({ late: 2, held: [] });
  expect(await heldByPlatform()).toEqual({});
});
