/** Reach, engagement, hours, followers and answer times of a unit or a region: what is not known is null, never zero. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noteFollowers } from "#lib/channels/followers.ts";
import { db } from "#lib/core/db.ts";
import { type TakenPost, takeInPosts } from "#lib/posts/intake.ts";
import { answerTimes } from "#lib/scores/engagement/answers.ts";
import { breakdown, type Filter, postFigures, postHours } from "#lib/scores/engagement/figures.ts";
import { followersByDay } from "#lib/scores/engagement/followers.ts";
import { analysedPlace } from "#lib/scores/engagement/places.ts";
import { makeWorld, type World } from "../support/world.ts";

let world: World;
const periods = { now: { from: "2026-11-16", to: "2026-11-22" }, before: { from: "2026-11-09", to: "2026-11-15" } };
const none = { likes: null, comments: null, shares: null, views: null, reach: null };
let made = 0;
const post = (at: string, metrics: Partial<TakenPost["metrics"]>, text = `Unggahan ${made}`): TakenPost => ({
  ...{ remoteId: String(++made), permalink: null, text, publishedAt: new Date(at), visual: null },
  ...{ hasAlt: null, hasLink: null, repost: false, metrics: { ...none, ...metrics } },
});
const filter = (change: Partial<Filter> = {}): Filter => {
  const { id, governmentId } = world.units.dinkes;
  return { place: { unitId: id, governmentId, zone: "Asia/Jakarta" }, periods, platform: null, pillar: null, ...change };
};
const region = () => ({ place: { unitId: null, governmentId: world.units.dinkes.governmentId, zone: "Asia/Jakarta" as const } });

beforeAll(async () => {
  world = await makeWorld();
  const { facebook, instagram, far } = world.channels;
  const take = (channel: { id: string; unitId: string; governmentId: string }, posts: TakenPost[]) =>
    db.$transaction((tx) => takeInPosts(tx, channel, posts));
  await take(facebook, [
    // 23.30 in UTC is Monday 06.30 in WIB: the first morning of the week asked for.
    post("2026-11-15T23:30:00Z", { likes: 10, comments: 5, shares: 5, reach: 1000 }),
    post("2026-11-18T02:10:00Z", { likes: 30, reach: 1000 }),
    post("2026-11-18T02:40:00Z", { likes: 90 }),
    post("2026-11-22T16:59:00Z", {}),
    // Sunday's last minute is over.
    post("2026-11-22T17:00:00Z", { likes: 999, reach: 1 }),
    post("2026-11-10T02:00:00Z", { likes: 10, reach: 500 }),
  ]);
  await take(instagram, [post("2026-11-19T02:00:00Z", { likes: 40, reach: 400, views: 900 })]);
  await take(far, [post("2026-11-18T02:00:00Z", { likes: 7777, reach: 10_000 })]);
  await db.remotePost.updateMany({ where: { remoteId: "3" }, data: { removedAt: null } });
  const other = await db.channel.create({
    data: {
      ...{ unitId: world.units.disdukcapil.id, governmentId: world.units.disdukcapil.governmentId, platform: "facebook", mode: "manual" },
      ...{ remoteId: "dukcapil", handle: "dukcapil", name: "Disdukcapil", baseUrl: "", firstSeenAt: new Date(), nextPollAt: new Date() },
    },
    select: { id: true, unitId: true, governmentId: true },
  });
  await take(other, [post("2026-11-17T02:00:00Z", { likes: 1, comments: 1, reach: 100 })]);
  await db.$transaction(async (tx) => {
    await noteFollowers(tx, facebook.id, "api", [
      { day: "2026-11-14", followers: 1000 },
      { day: "2026-11-20", followers: 1100 },
    ]);
    await noteFollowers(tx, instagram.id, "file", [{ day: "2026-11-21", followers: 5000 }]);
    await noteFollowers(tx, other.id, "hand", [{ day: "2026-11-01", followers: 9 }]);
  });
});
afterAll(() => world.stop());

const day = (text: string) => Number(text.slice(-2));

describe("a unit", () => {
  test("its posts by the local days, beside the stretch before; a figure that no post tells is unknown", async () => {
    const { now, before, platforms, categories, pillars, weeks } = await breakdown(world.people.admin, filter());
    expect(now).toMatchObject({
      ...{ posts: 5, reach: 2400, reachPosts: 3, views: 900, viewPosts: 1 },
      // 20/1000, 30/1000 and 40/400: the middle one of those whose reach is told.
      ...{ interactions: 180, interactionPosts: 4, ratePpm: 30_000, ratePosts: 3 },
    });
    expect(before).toMatchObject({ posts: 1, interactions: 10, views: null, viewPosts: 0 });
    expect(platforms.map(({ key, posts, ratePpm, ratePosts }) => [key, posts, ratePpm, ratePosts])).toEqual([
      ["facebook", 4, 25_000, 2],
      ["instagram", 1, 100_000, 1],
    ]);
    expect(categories.reduce((sum, { posts }) => sum + posts, 0)).toBe(5);
    expect(pillars).toEqual([]);
    expect(weeks.map(({ key, posts }) => [key, posts])).toEqual([["2026-11-16", 5]]);
  });

  test("nothing at all is nothing known, not zero figures", async () => {
    const empty = await breakdown(world.people.admin, filter({ platform: "tiktok" }));
    expect(empty.now).toMatchObject({ posts: 0, reach: null, interactions: null, ratePpm: null });
    expect(await postHours(world.people.admin, filter({ platform: "tiktok" }))).toEqual({ cells: [], posts: 0 });
  });

  test("the hours of its week, on its own clock, against the usual of each account", async () => {
    const { cells, posts } = await postHours(world.people.admin, filter());
    expect(posts).toBe(4);
    expect(cells.map(({ weekday, hour, samples }) => [weekday, hour, samples])).toEqual([
      [1, 6, 1],
      [3, 9, 2],
      [4, 9, 1],
    ]);
    expect(cells[2]!.level, "the only post of an account is its usual").toBeCloseTo(0);
    expect(cells.reduce((sum, { level }) => sum + level, 0)).toBeCloseTo(0);
  });

  test("its posts by a figure, those that do not tell it last", async () => {
    const rows = await postFigures(world.people.admin, filter(), "rate", 10);
    expect(rows.map(({ ratePpm, interactions }) => [ratePpm, interactions])).toEqual([
      [100_000, 40],
      [30_000, 30],
      [20_000, 20],
      [null, null],
      [null, 90],
    ]);
    expect(await postFigures(world.people.admin, filter(), "interactions", 1)).toMatchObject([{ interactions: 90 }]);
  });

  test("its followers by day, of the accounts that are known at both ends", async () => {
    expect(await followersByDay(world.people.admin, filter())).toEqual({
      days: ["16", "17", "18", "19", "20", "21", "22"].map((d) => ({ day: `2026-11-${d}`, followers: day(d) < 20 ? 1000 : 1100 })),
      counted: 1,
      accounts: 2,
    });
  });

  test("its answer times; who still waits waits longest", async () => {
    const { id: channelId, unitId, governmentId } = world.channels.facebook;
    const owe = async (opened: string, minutes: number | null) => {
      const openedAt = new Date(opened);
      const later = (hours: number) => new Date(openedAt.getTime() + hours * 3_600_000);
      const place = { channelId, unitId, governmentId };
      const remoteId = crypto.randomUUID();
      const citizen = await db.citizen.create({ data: { channelId, remoteId, pseudonym: "Warga", firstSeenAt: openedAt } });
      const thread = await db.inboxCase.create({
        data: {
          ...{ ...place, rootRemoteId: remoteId, lastRemoteId: remoteId, citizenId: citizen.id, authorName: "Warga", excerpt: "" },
          ...{ kind: "question", confidence: 1, reasons: [], receivedAt: openedAt, lastMessageAt: openedAt },
        },
      });
      const answeredAt = minutes === null ? null : later(minutes / 60);
      await db.replyDuty.create({
        data: { ...place, caseId: thread.id, messageId: crypto.randomUUID(), openedAt, dueAt: later(8), lateUntil: later(16), answeredAt },
      });
    };
    await owe("2026-11-17T02:00:00Z", 30);
    await owe("2026-11-17T02:30:00Z", 90);
    await owe("2026-11-18T03:00:00Z", null);
    const found = await answerTimes(world.people.admin, filter());
    expect(found.now).toMatchObject({ messages: 3, answered: 2, medianMinutes: 90 });
    expect(found.before).toEqual({ messages: 0, answered: 0, medianMinutes: null });
    expect(found.cells).toEqual([
      { weekday: 2, hour: 9, messages: 2, answered: 2, medianMinutes: 30 },
      { weekday: 3, hour: 10, messages: 1, answered: 0, medianMinutes: null },
    ]);
  });
});

describe("a region", () => {
  test("all of it for those who reach it, and nothing of others", async () => {
    expect((await breakdown(world.people.head, filter(region()))).now).toMatchObject({ posts: 6, interactions: 182 });
    expect((await breakdown(world.people.analyst, filter(region()))).now.posts, "scores are read upwards").toBe(6);
    expect((await breakdown(world.people.farVerifier, filter(region()))).now.posts).toBe(0);
    expect((await breakdown(world.people.admin, filter(region()))).now.posts, "his own unit's share of it").toBe(5);
  });

  test("is found by its code; foreign codes answer like unknown ones", async () => {
    const { people } = world;
    expect(await analysedPlace(people.head, "33.28")).toMatchObject({ isRegion: true, place: { unitId: null, zone: "Asia/Jakarta" } });
    expect(await analysedPlace(people.admin, "33.28.dinkes")).toMatchObject({ isRegion: false, region: null });
    expect(await analysedPlace(people.analyst, "00")).toBeNull();
    for (const [actor, code] of [
      [people.admin, "33.28"],
      [people.admin, "33.28.disdukcapil"],
      [people.farVerifier, "33.28"],
      [people.head, "tidak-ada"],
    ] as const)
      await expect(analysedPlace(actor, code), code).rejects.toMatchObject({ code: "not-found" });
  });
});
