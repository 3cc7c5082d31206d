import { randomBytes, randomInt } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PostCategory } from "#lib/posts/substance.ts";
import { type CreditablePost, creditPosts, judgedPosts } from "#lib/scores/credit.ts";
import { ska1 } from "#lib/scores/settings.ts";
import { addDays, daysBetween, localDay, startOfDay } from "#lib/units/calendar.ts";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";

const zone = "Asia/Jayapura";
const lastDay = "2026-11-22";
const firstDay = "2026-10-26";
const afterwards = startOfDay(addDays(lastDay, 1), zone);

let database: FreshDatabase;
let db: typeof import("#lib/core/db.ts").db;
let scoreFacts: typeof import("#lib/scores/facts.ts").scoreFacts;
let unitId: string;

beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.url;
  process.env.AUTH_SECRET = randomBytes(24).toString("hex");
  process.env.GARDA_KEYS = `uji:${randomBytes(32).toString("base64")}`;
  ({ db } = await import("#lib/core/db.ts"));
  ({ scoreFacts } = await import("#lib/scores/facts.ts"));
});

afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});

beforeEach(async () => {
  unitId = await makeUnit();
});

async function makeUnit(): Promise<string> {
  const [{ id }] = await db.$queryRaw<[{ id: string }]>`SELECT garda_uuidv7() AS id`;
  await db.unit.create({ data: { id, code: id, name: id, shortName: id, kind: "agency", scoreClass: "B", governmentId: id, zone } });
  return id;
}

async function makeChannel(isPrimary = true): Promise<string> {
  const { id } = await db.channel.create({
    data: {
      ...{
        unitId,
        governmentId: unitId,
        platform: "facebook",
        mode: "api",
        remoteId: String(randomInt(1e9)),
        handle: "",
        name: "",
        baseUrl: "",
      },
      ...{ isPrimary, firstSeenAt: new Date("2026-01-01"), nextPollAt: new Date() },
    },
    select: { id: true },
  });
  return id;
}

type Made = { at: Date; category: PostCategory; similarOwn: number; similarOther: number; repost: boolean; removedAt: Date | null };

const plain = { category: "substantive" as PostCategory, similarOwn: 0, similarOther: 0, repost: false, removedAt: null };

async function publish(channelId: string, posts: readonly Made[]) {
  await db.remotePost.createMany({
    data: posts.map(({ at, category, similarOwn, similarOther, repost, removedAt }, index) => ({
      ...{ channelId, unitId, governmentId: unitId, remoteId: String(index), text: "", textKey: "", firstSeenAt: at },
      ...{ publishedAt: at, category, similarOwn, similarOther, repost, removedAt },
    })),
  });
}

/** As told among all accounts of the zone, or of those named. */
const factsOf = async (channelId: string, channelIds?: string[]) =>
  (await scoreFacts(lastDay, zone, ska1, "2026-11-16", channelIds ? { channelIds } : {})).find((one) => one.channelId === channelId)!.facts;

/** What the pure rules say of the same posts. */
function credited(posts: readonly Made[]) {
  const inOrder = [...posts].sort((a, b) => a.at.getTime() - b.at.getTime());
  const creditable = inOrder.map(
    (post, index): CreditablePost => ({
      id: String(index),
      day: localDay(post.at, zone),
      category: post.category,
      similarOwn: post.similarOwn,
      similarOther: post.similarOther,
      linkedNarrative: false,
      repost: post.repost,
      stillPublic: post.removedAt === null || post.removedAt >= afterwards,
      removedAfterDays: null,
    }),
  );
  const window = { firstDay, weeks: 4 };
  const { weeks, lastCreditedDay } = creditPosts(creditable, window, ska1.credit);
  const first = creditable.find(({ similarOwn, day }) => similarOwn < ska1.credit.similarity && day <= lastDay);
  const gone = first ? Math.max(29, daysBetween(first.day, lastDay)) : null;
  const daysSinceLastPost = lastCreditedDay ? daysBetween(lastCreditedDay, lastDay) : gone;
  return { credited: lastCreditedDay !== null, weeks, daysSinceLastPost, judged: judgedPosts(creditable, window, ska1.credit).size };
}

const seen = (facts: Awaited<ReturnType<typeof factsOf>>) => ({
  weeks: facts.weeks.map((week) => week.creditedHalves),
  daysSinceLastPost: facts.daysSinceLastPost,
  judged: facts.quality.posts,
});

const noon = (day: string, hour = 12) => new Date(startOfDay(day, zone).getTime() + hour * 3_600_000);

test("credits any posts as the pure rules do", async () => {
  const any = <T>(...of: readonly T[]) => of[randomInt(of.length)]!;
  for (let round = 0; round < 40; round++) {
    unitId = await makeUnit();
    const channelId = await makeChannel();
    const posts = Array.from({ length: randomInt(1, 40) }, (): Made => {
      // Few days and hours, so that the limits of a day and a week bind, and some outside the window.
      const at = new Date(noon(addDays(firstDay, randomInt(-1, 29)), 0).getTime() + randomInt(0, 24 * 60) * 60_000);
      return {
        at,
        category: any<PostCategory>("substantive", "substantive", "greeting", "ceremony", "repost", "other"),
        similarOwn: any(0, 0, 0, 8_999, 9_000),
        similarOther: any(0, 0, 0, 8_999, 10_000),
        repost: any(false, false, false, true),
        removedAt: any(null, null, null, noon(addDays(firstDay, randomInt(0, 40)))),
      };
    });
    await publish(channelId, posts);
    const { credited: alive, ...expected } = credited(posts);
    const inside = posts.filter((post) => post.at >= startOfDay(firstDay, zone));
    if (!alive && inside.length < posts.length) continue; // what lies before the window is the next test's
    expect({ posts, ...seen(await factsOf(channelId, [channelId])) }).toEqual({ posts, ...expected });
  }
});

test("counts the silence from before the window when nothing in it was credited", async () => {
  const channelId = await makeChannel();
  await publish(channelId, [
    { ...plain, at: noon(addDays(firstDay, -12)) },
    { ...plain, at: noon(addDays(firstDay, -3)), removedAt: noon(firstDay) },
    { ...plain, at: noon(addDays(firstDay, 2)), similarOwn: 9_500 },
  ]);
  expect(await factsOf(channelId)).toMatchObject({ daysSinceLastPost: 39 });
});

test("a third greeting in a week is no sign of life", async () => {
  const channelId = await makeChannel();
  await publish(
    channelId,
    [0, 1, 5].map((day) => ({ ...plain, category: "greeting", at: noon(addDays(firstDay, 21 + day)) }) as const),
  );
  expect(seen(await factsOf(channelId))).toEqual({ weeks: [0, 0, 0, 2], daysSinceLastPost: 5, judged: 2 });
});

test("whoever deletes every post is silent since the first of them, never less than before", async () => {
  const [dead, fresh] = [await makeChannel(), await makeChannel(false)];
  const gone = noon(addDays(lastDay, -1));
  await publish(dead, [
    { ...plain, at: noon(addDays(lastDay, -120)), removedAt: gone },
    { ...plain, at: noon(addDays(lastDay, -95)), removedAt: gone },
  ]);
  await publish(fresh, [{ ...plain, at: gone, removedAt: gone }]);
  expect((await factsOf(dead)).daysSinceLastPost).toBe(120);
  expect((await factsOf(fresh)).daysSinceLastPost).toBe(29);
  expect((await factsOf(await makeChannel(false))).daysSinceLastPost).toBe(null);
});

test("a removal after the window's end does not change what the window was", async () => {
  const channelId = await makeChannel();
  await publish(channelId, [
    { ...plain, at: noon("2026-11-20"), removedAt: new Date(afterwards.getTime()) },
    { ...plain, at: noon("2026-11-21"), removedAt: new Date(afterwards.getTime() - 1) },
  ]);
  expect(seen(await factsOf(channelId))).toEqual({ weeks: [0, 0, 0, 2], daysSinceLastPost: 2, judged: 2 });
});

test("a unit owes answers on all its accounts, a further account only its own", async () => {
  const [primary, further] = [await makeChannel(true), await makeChannel(false)];
  const owe = async (channelId: string, dueAt: Date, answeredAt: Date | null) => {
    const citizen = await db.citizen.create({
      data: { channelId, remoteId: String(randomInt(1e9)), pseudonym: "", firstSeenAt: dueAt },
      select: { id: true },
    });
    const place = { channelId, unitId, governmentId: unitId };
    const found = await db.inboxCase.create({
      data: {
        ...{ ...place, rootRemoteId: String(randomInt(1e9)), citizenId: citizen.id, authorName: "", excerpt: "", kind: "question" },
        ...{ confidence: 1, reasons: [], receivedAt: dueAt, lastMessageAt: dueAt, lastRemoteId: "" },
      },
      select: { id: true },
    });
    const lateUntil = new Date(dueAt.getTime() + 86_400_000);
    await db.replyDuty.create({
      data: { ...place, caseId: found.id, messageId: found.id, openedAt: noon(firstDay, 0), dueAt, lateUntil, answeredAt },
    });
  };
  const due = noon("2026-11-10");
  await owe(primary, due, noon("2026-11-10", 11));
  await owe(primary, due, noon("2026-11-11", 11)); // late
  await owe(primary, due, noon("2026-11-12")); // too late to count
  await owe(further, due, noon("2026-11-09"));
  await owe(further, due, null);
  await owe(primary, noon(lastDay), afterwards); // not yet answered at the window's end
  await owe(primary, afterwards, null); // falls due after it
  await owe(primary, new Date(startOfDay(firstDay, zone).getTime() - 1), null); // fell due before it
  expect((await factsOf(primary)).replies).toEqual({ due: 6, onTime: 2, late: 1 });
  expect((await factsOf(further)).replies).toEqual({ due: 2, onTime: 1, late: 0 });
  // Read alone or with those of its government, an account is told the same as among all.
  const [alone] = await scoreFacts(lastDay, zone, ska1, "2026-11-16", { channelIds: [primary] });
  expect(alone!.facts).toEqual(await factsOf(primary));
  const [first] = await scoreFacts(lastDay, zone, ska1, "2026-11-16", { governmentId: unitId });
  expect(first!.facts).toEqual(await factsOf(first!.channelId));
});
