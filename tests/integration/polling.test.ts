/** What webhooks leave out, and all of it where there are none. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { claimPolls, pollChannel } from "#lib/inbox/intake/polling.ts";
import { takeInPosts } from "#lib/posts/intake.ts";
import { ago, minute, poll, question } from "../support/citizens.ts";
import { runDue } from "../support/desk.ts";
import { duePost } from "../support/publications.ts";
import { farPage, makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

describe("polling", () => {
  const far = () => world.channels.far.id;
  const days = (n: number) => new Date(now().getTime() - n * 86_400_000).toISOString();
  const post = (id: string, age: number, more: object = {}) => ({
    page: farPage.id,
    id: `${farPage.id}_${id}`,
    message: `Kabar ${id}`,
    created_time: days(age),
    ...more,
  });
  const seeded = (id: string, on: string, age: number) => ({
    post: `${farPage.id}_${on}`,
    id: `${on}_${id}`,
    from: { id: `77${id}`, name: `Warga ${id}` },
    message: question,
    created_time: days(age),
  });
  const known = async () =>
    (await db.remotePost.findMany({ where: { channelId: far() }, orderBy: { publishedAt: "asc" } })).map(
      ({ remoteId }) => remoteId.split("_")[1],
    );
  const one = (id: string) => db.remotePost.findFirstOrThrow({ where: { channelId: far(), remoteId: `${farPage.id}_${id}` } });
  const remove = (id: string) =>
    fetch(`${world.lab.url}/meta/v26.0/${farPage.id}_${id}`, { method: "DELETE", headers: { authorization: `Bearer ${farPage.token}` } });

  it("first goes back 90 days, posts and comments", async () => {
    await world.lab.seed({
      posts: [post("70100", 100), post("70080", 80, { reactions: 4 }), post("70010", 10, { reactions: 7 }), post("70001", 1)],
      comments: [seeded("81", "70080", 79), seeded("82", "70010", 9)],
    });
    await poll(world.channels.far);
    expect(await known()).toEqual(["70080", "70010", "70001"]);
    expect(await db.message.count({ where: { channelId: far(), remoteId: { in: ["70080_81", "70010_82"] } } })).toBe(2);
    expect(await one("70080")).toMatchObject({ likes: 4, shares: 0, reach: null });
    expect(await db.channel.findUniqueOrThrow({ where: { id: far() } })).toMatchObject({
      followers: 300,
      name: "Dinkes Kabupaten Jayapura",
    });
  });

  it("renews figures, and keeps the last one where the platform no longer tells", async () => {
    await world.lab.seed({ posts: [post("70001", 1, { reactions: 25, shares: 3 })] });
    await poll(world.channels.far);
    expect(await one("70001")).toMatchObject({ likes: 25, shares: 3 });
    const { metricsAt } = await db.remotePost.update({ where: { id: (await one("70001")).id }, data: { reach: 120 } });
    await world.passTime(minute);
    await world.lab.seed({ posts: [post("70001", 1, { reactions: 26, shares: 3 })] });
    await poll(world.channels.far);
    expect(await one("70001")).toMatchObject({ likes: 26, reach: 120 });
    expect((await one("70001")).metricsAt?.getTime()).toBeGreaterThan(metricsAt?.getTime() ?? Number.NaN);
  });

  it("marks what the page took down, but not what is merely new to it, and sees it come back", async () => {
    await remove("70001");
    await poll(world.channels.far);
    expect((await one("70001")).removedAt).toBeNull(); // seen a moment ago: the platform may only be slow
    await world.passTime(20 * minute);
    const { id } = await one("70010");
    await db.remotePost.create({
      data: {
        ...(await one("70010")),
        ...{ id: crypto.randomUUID(), remoteId: `${farPage.id}_79999`, publishedAt: now(), firstSeenAt: now(), figuresFell: undefined },
      },
    });
    await poll(world.channels.far);
    expect((await one("70001")).removedAt).toBeInstanceOf(Date);
    expect((await one("79999")).removedAt).toBeNull();
    expect(await db.remotePost.findUniqueOrThrow({ where: { id } })).toMatchObject({ removedAt: null }); // older than a quick look
    await world.lab.seed({ posts: [post("70001", 1)] });
    await poll(world.channels.far);
    expect((await one("70001")).removedAt).toBeNull();
  });

  it("finds comments under older posts, though the quick looks pass them over", async () => {
    await world.passTime(30 * minute);
    await world.lab.seed({ comments: [seeded("90", "70010", 0.01)] });
    await world.passTime(60 * minute);
    await poll(world.channels.far);
    await world.passTime(7 * 60 * minute);
    await poll(world.channels.far);
    expect(await db.message.count({ where: { channelId: far(), remoteId: "70010_90" } })).toBe(1);
  });

  it("is not stopped by one post with a broken character or one listed twice", async () => {
    const text = `${"𝗔".repeat(399)}b𝗔 \u0000 \ud83d`;
    const metrics = { likes: 1, comments: null, shares: null, views: null, reach: null };
    const odd = {
      remoteId: `${farPage.id}_70500`,
      permalink: null,
      text,
      publishedAt: now(),
      visual: "none" as const,
      hasAlt: null,
      hasLink: false,
      repost: false,
      metrics,
    };
    const { id, unitId, governmentId } = world.channels.far;
    expect(
      await db.$transaction((tx) => takeInPosts(tx, { id, unitId, governmentId }, [odd, { ...odd, metrics: { ...metrics, likes: 2 } }])),
    ).toHaveLength(1);
    expect(await one("70500")).toMatchObject({ likes: 2 });
  });

  it("that fails waits longer and leaves what was known; a key that is gone asks for a new one", async () => {
    const look = async (fault: string) => {
      await world.lab.fault({ endpoint: "*", fault });
      await db.channel.update({ where: { id: far() }, data: { nextPollAt: ago(1), pollLeaseUntil: null } });
      const [due, ...others] = await claimPolls(5);
      expect(await claimPolls(5)).toEqual([]); // nobody else reads it meanwhile
      expect([due?.id, others]).toEqual([far(), []]);
      if (due) await pollChannel(due);
      return db.channel.findUniqueOrThrow({ where: { id: far() } });
    };
    const before = await known();
    expect(await look("500-before")).toMatchObject({ state: "connected", lastProblem: { code: "retryable" }, pollLeaseUntil: null });
    expect((await look("429")).nextPollAt.getTime()).toBeGreaterThan(now().getTime() + 10 * minute);
    await db.rateLimit.deleteMany();
    expect(await look("190")).toMatchObject({ state: "needs_reauth", lastProblem: { code: "reauth-expired" } });
    expect(await known()).toEqual(before);
  });

  describe("when a platform takes no calls", () => {
    const others = ["facebook", "far"] as const;
    const ready = () =>
      db.channel.updateMany({ where: { mode: "api" }, data: { ...{ nextPollAt: ago(1), pollLeaseUntil: null }, state: "connected" } });
    const claimed = async () => {
      await ready();
      const due = await claimPolls(9);
      return others.filter((name) => due.some(({ id }) => id === world.channels[name].id));
    };
    const limit = (scope: string, channelId: string | null) =>
      db.rateLimit.create({ data: { platform: "facebook", scope, channelId, until: ahead(10), notedAt: now() } });
    const ahead = (minutes: number) => new Date(now().getTime() + minutes * minute);
    beforeEach(() => db.rateLimit.deleteMany());

    it("the account, or all of the platform's, is not read until it said; a limit on one kind of call hinders no reading", async () => {
      expect(await claimed()).toEqual(["facebook", "far"]);
      await limit("endpoint", far());
      expect(await claimed()).toEqual(["facebook", "far"]);
      await limit("account", far());
      expect(await claimed()).toEqual(["facebook"]);
      await limit("app", null);
      expect(await claimed()).toEqual([]);
      await world.passTime(11 * minute);
      expect(await claimed()).toEqual(["facebook", "far"]);
    });

    it("what a reading is told holds for sending too", async () => {
      await ready();
      await world.lab.fault({ endpoint: "*", fault: "429", code: 32 });
      const due = (await claimPolls(9)).find(({ id }) => id === far());
      await pollChannel(due!);
      expect(await db.rateLimit.findMany()).toMatchObject([{ platform: "facebook", scope: "account", channelId: far() }]);
      const { runAt, row } = await duePost(world.channels.far).then(async (post) => ({ ...(await post.row()), row: post.row }));
      expect(await runDue()).toBe(0);
      expect(await row()).toMatchObject({ state: "due", attempts: 0, runAt });
    });
  });
});
