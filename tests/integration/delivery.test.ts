/** Never twice, never lost: publications against a platform and a database that fail in every way. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noteSuccess } from "#lib/channels/health.ts";
import { moveClockTo, now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { type Claimed, claimDue, saveCheckpoint } from "#lib/delivery/claims.ts";
import { planPublications } from "#lib/delivery/planning.ts";
import { deliver } from "#lib/delivery/publishing.ts";
import { LEASE_SECONDS } from "#lib/delivery/rules.ts";
import { confirmPublished, giveUp, sendAgain } from "#lib/delivery/settling.ts";
import { handleEvents, runDue, startEngines } from "../support/desk.ts";
import { duePost } from "../support/publications.ts";
import { eventually, makeWorld, page, refusalOf, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.stop());

let number = 0;
/** A due publication with a text of its own. */
async function due(channel: World["channels"]["facebook"] = world.channels.facebook, dueAt = now()) {
  number += 1;
  const text = `Pengumuman nomor ${number}`;
  const id = crypto.randomUUID();
  const { id: channelId, unitId, governmentId } = channel;
  const plan = {
    channelId,
    unitId,
    governmentId,
    content: { text, link: null, pictures: [], title: null, video: null, collaborators: [], firstComment: null, replyTo: null },
  };
  await db.$transaction((tx) => planPublications(tx, { type: "post", id }, [plan], dueAt));
  const row = () => db.publication.findFirstOrThrow({ where: { subjectId: id } });
  return { text, row, id: (await row()).id };
}
const dueOnes = (count: number) => Promise.all(Array.from({ length: count }, () => due()));
/** How often the platform has the text. */
const copies = async (text: string) => (await world.posts()).filter(({ message }) => message === text).length;
/** How often it was sent, even where the platform refused a double. */
const sends = async (text: string) =>
  (await world.lab.journal()).filter(({ endpoint, body }) => endpoint === "POST feed" && body.message === text).length;
const seconds = (n: number) => world.passTime(n * 1000);
/** Lets time pass until the row's next turn, and takes it; until it is settled for good. */
async function untilSettled(row: () => Promise<{ state: string; runAt: Date }>) {
  for (let turn = 0; turn < 30; turn += 1) {
    const { state, runAt } = await row();
    if (["published", "failed", "manual"].includes(state) || runAt.getFullYear() > 9000) return;
    await world.passTime(Math.max(0, runAt.getTime() - now().getTime()) + 5);
    await runDue();
  }
  throw new Error("never settled");
}
const fail = (fault: string, more: object = {}) => world.lab.fault({ endpoint: "POST feed", fault, ...more });

it("two engines on one schedule of 60 send each post exactly once", async () => {
  const rows = await dueOnes(60);
  const since = (await world.lab.journal()).length;
  const stop = startEngines("mesin-1", "mesin-2");
  await eventually(async () => expect(await db.publication.count({ where: { state: "published" } })).toBe(60));
  await stop();
  const calls = (await world.lab.journal(since)).filter((entry) => entry.endpoint === "POST feed").map((entry) => entry.body.message);
  expect(calls.sort()).toEqual(rows.map(({ text }) => text).sort());
  const tries = await db.publicationAttempt.groupBy({ by: ["worker"], _count: true });
  expect(tries.reduce((sum, worker) => sum + worker._count, 0)).toBe(60);
  expect(await db.publicationAttempt.count({ where: { OR: [{ endedAt: null }, { outcome: { not: "done" } }] } })).toBe(0);
});

it("nothing goes out before its time", async () => {
  const post = await due(world.channels.facebook, new Date(now().getTime() + 60_000));
  await runDue();
  expect(await copies(post.text)).toBe(0);
  await seconds(61);
  await runDue();
  expect(await copies(post.text)).toBe(1);
});

describe("when the platform's answer is lost", () => {
  it.each([
    ["after it took the post", "accept-then-drop", {}],
    ["and it says it broke, though it took the post", "accept-then-500", {}],
    ["by a time-out, though it took the post", "accept-then-timeout", { ms: 300 }],
  ])("%s: the post is found, not sent again", async (_, fault, more) => {
    const post = await due();
    const since = (await world.lab.journal()).length;
    await fail(fault, more);
    await runDue();
    expect(await post.row()).toMatchObject({ state: "unknown", problem: { code: "outcome-unknown" } });
    await untilSettled(post.row);
    expect(await post.row()).toMatchObject({ state: "published", remoteId: expect.stringContaining(page.id), problem: null });
    expect(await copies(post.text)).toBe(1);
    expect((await world.lab.journal(since)).filter((entry) => entry.endpoint === "POST feed")).toHaveLength(1);
  });

  it.each([
    ["before it took the post", "drop-before", {}],
    ["and it broke before it took the post", "500-before", {}],
    ["by a time-out, and it took nothing", "timeout", { ms: 300 }],
  ])("%s: sent again only after two looks that did not find it", async (_, fault, more) => {
    const post = await due();
    await fail(fault, more);
    await runDue();
    await seconds(10);
    await runDue();
    expect(await post.row()).toMatchObject({ state: "unknown", lookups: 1 });
    await seconds(30);
    await runDue();
    expect(await post.row()).toMatchObject({ state: "due", attempts: 1 });
    expect(await copies(post.text)).toBe(0);
    await untilSettled(post.row);
    expect(await post.row()).toMatchObject({ state: "published", attempts: 2 });
    expect(await copies(post.text)).toBe(1);
  });

  it("while our clock runs minutes ahead of the platform's: the post is found all the same", async () => {
    const ahead = (n: number) => moveClockTo(new Date(now().getTime() + n * 1000));
    ahead(240);
    const post = await due();
    await fail("accept-then-drop");
    await runDue();
    ahead(11);
    await runDue();
    await seconds(260); // both clocks again
    expect(await post.row()).toMatchObject({ state: "published", attempts: 1, lookups: 1 });
    expect(await sends(post.text)).toBe(1);
  });

  it("again and again: it is given up, with not one copy too many", async () => {
    const post = await due();
    await fail("drop-before", { times: 6 });
    await runDue();
    await untilSettled(post.row);
    expect(await post.row()).toMatchObject({ state: "failed", attempts: 6, problem: { code: "gave-up" } });
    expect(await copies(post.text)).toBe(0);
  });

  it("and the looks fail too: a person is asked, and nothing is sent meanwhile", async () => {
    const post = await due();
    await fail("accept-then-drop");
    await world.lab.fault({ endpoint: "GET feed", fault: "500-before", times: 4 });
    await runDue();
    await untilSettled(post.row);
    expect(await post.row()).toMatchObject({ state: "unknown", lookups: 4, problem: { code: "ask-person" } });
    await seconds(86_400);
    expect(await runDue()).toBe(0);
    const [out] = (await world.posts()).filter(({ message }) => message === post.text);
    const permalink = `https://www.facebook.com/${out?.id.replace("_", "/posts/")}`;
    expect(await confirmPublished(world.people.admin, { publicationId: post.id, permalink })).toEqual({ ok: true });
    expect(await post.row()).toMatchObject({ state: "published", remoteId: out?.id, settledBy: world.people.admin.personId });
  });

  it("and a person saw that it is not out: it is sent again, once", async () => {
    const post = await due();
    await fail("drop-before");
    await world.lab.fault({ endpoint: "GET feed", fault: "500-before", times: 4 });
    await runDue();
    expect(await refusalOf(sendAgain(world.people.admin, { publicationId: post.id }))).toBe("stale");
    await untilSettled(post.row);
    const twice = await Promise.all([1, 2].map(() => refusalOf(sendAgain(world.people.admin, { publicationId: post.id }))));
    expect(twice.sort()).toEqual(["done", "stale"]);
    await untilSettled(post.row);
    expect(await post.row()).toMatchObject({ state: "published" });
    expect(await copies(post.text)).toBe(1);
  });

  it("a post with the same text that is another publication hides it: a person is asked", async () => {
    const first = await due();
    await fail("accept-then-drop");
    await runDue();
    const second = await due();
    await db.publication.update({
      where: { id: second.id },
      data: { content: { ...((await second.row()).content as object), text: first.text } },
    });
    await seconds(601); // the platform refuses equal texts for ten minutes
    await db.publication.update({ where: { id: first.id }, data: { runAt: new Date(now().getTime() + 700_000) } });
    await runDue();
    expect(await second.row()).toMatchObject({ state: "published" });
    await untilSettled(first.row);
    expect(await copies(first.text)).toBe(2);
    expect(await first.row()).toMatchObject({ state: "unknown", remoteId: null, problem: { code: "ask-person" } });
  });
});

describe("when the platform refuses", () => {
  it("too many calls: waits as long as it is told, then sends once", async () => {
    const post = await due();
    await fail("429");
    await runDue();
    expect(await post.row()).toMatchObject({ state: "due", problem: { code: "rate-limited" } });
    expect((await post.row()).runAt.getTime()).toBeGreaterThan(now().getTime() + 30_000);
    expect(await runDue()).toBe(0);
    await untilSettled(post.row);
    expect(await copies(post.text)).toBe(1);
  });

  it("an expired key: failed, the account asks for a new one, and the post can be sent again", async () => {
    const post = await due();
    await fail("190");
    await runDue();
    expect(await post.row()).toMatchObject({ state: "failed", problem: { code: "reauth-expired" } });
    const channel = () => db.channel.findUniqueOrThrow({ where: { id: world.channels.facebook.id } });
    expect(await channel()).toMatchObject({ state: "needs_reauth" });
    await sendAgain(world.people.admin, { publicationId: post.id });
    await runDue();
    expect(await post.row()).toMatchObject({ state: "published" });
    expect(await channel()).toMatchObject({ state: "connected", lastProblem: null });
    expect(await copies(post.text)).toBe(1);
  });

  it("what was to be published by hand is given up on one channel, but not on the last one left", async () => {
    const { admin, farAdmin } = world.people;
    const post = await duePost(world.channels.instagram);
    await runDue();
    const { content, checkpoint, id, ...row } = await post.row();
    expect(row.state).toBe("manual");
    expect(await giveUp(admin, { publicationId: id })).toEqual({ ok: false, problems: [{ code: "last-channel" }] });
    const other = { ...row, content: content!, checkpoint: checkpoint!, ref: undefined, problem: undefined };
    await db.publication.create({ data: { ...other, channelId: world.channels.facebook.id, state: "published" } });
    expect(await refusalOf(giveUp(farAdmin, { publicationId: id }))).toBe("not-found");
    expect(await giveUp(admin, { publicationId: id })).toEqual({ ok: true });
    expect(await db.publication.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "cancelled", settledBy: admin.personId });
    await handleEvents();
    expect(await refusalOf(giveUp(admin, { publicationId: id }))).toBe("stale");
  });

  it("the look after a lost answer, since the access is gone: the account asks for a new key, the post for a person", async () => {
    const post = await due();
    await fail("accept-then-drop");
    await runDue();
    await world.lab.fault({ endpoint: "GET feed", fault: "190", times: 4 });
    await untilSettled(post.row);
    expect(await post.row()).toMatchObject({ state: "unknown", problem: { code: "ask-person" } });
    const channel = () => db.channel.findUniqueOrThrow({ where: { id: world.channels.facebook.id } });
    expect(await channel()).toMatchObject({ state: "needs_reauth", lastProblem: { code: "reauth-expired" } });
    await noteSuccess(world.channels.facebook.id);
    expect(await channel()).toMatchObject({ state: "connected" });
  });

  it("by policy: failed at once, with the platform's own words", async () => {
    const post = await due();
    await fail("368");
    await runDue();
    expect(await post.row()).toMatchObject({
      state: "failed",
      attempts: 1,
      problem: { code: "rejected-policy", detail: expect.stringContaining("limit") },
    });
    expect(await copies(post.text)).toBe(0);
  });
});

describe("a worker that dies", () => {
  const claimOne = async (worker: string): Promise<Claimed> => {
    const [claim, ...others] = await claimDue(worker, 50);
    if (!claim || others.length) throw new Error("expected one claim");
    return claim;
  };
  const committing = () => ({ stage: "committing" as const, at: now().toISOString(), data: { firstAt: now().toISOString() } });
  const leaseOver = () => seconds(LEASE_SECONDS + 1);

  it("before the call: another sends, once the lease is over and not sooner", async () => {
    const post = await due();
    await claimOne("mati");
    expect(await runDue()).toBe(0);
    await leaseOver();
    await runDue();
    expect(await post.row()).toMatchObject({ state: "published", attempts: 2 });
    expect(await copies(post.text)).toBe(1);
  });

  it("after the platform took the post: another looks and finds it", async () => {
    const post = await due();
    await saveCheckpoint(await claimOne("mati"), committing());
    await world.graph(`${page.id}/feed`, { message: post.text });
    await leaseOver();
    await runDue();
    expect(await post.row()).toMatchObject({ state: "published", attempts: 1, lookups: 1 });
    expect(await copies(post.text)).toBe(1);
  });

  it("on the way to the platform: another looks twice before it sends", async () => {
    const post = await due();
    await saveCheckpoint(await claimOne("mati"), committing());
    await leaseOver();
    await runDue();
    expect(await post.row()).toMatchObject({ state: "unknown" });
    await untilSettled(post.row);
    expect(await copies(post.text)).toBe(1);
  });

  it("but only seemed dead: it neither sends nor settles what has passed to another", async () => {
    const post = await due();
    const asleep = await claimOne("lambat");
    await leaseOver();
    await deliver(await claimOne("cepat"));
    const before = await post.row();
    await deliver(asleep);
    expect(await post.row()).toEqual(before);
    expect(await sends(post.text)).toBe(1);
    expect(await copies(post.text)).toBe(1);
  });

  it("but slept past its lease: it sends nothing, even before another has taken the row over", async () => {
    const post = await due();
    const asleep = await claimOne("lambat");
    await leaseOver();
    await deliver(asleep);
    expect(await sends(post.text)).toBe(0);
    await runDue();
    expect(await post.row()).toMatchObject({ state: "published" });
    expect(await sends(post.text)).toBe(1);
  });

  it("but only slept, and takes its own row up again: its two selves do not both send", async () => {
    const post = await due();
    const asleep = await claimOne("sama");
    await leaseOver();
    const awake = await claimOne("sama");
    await Promise.all([deliver(asleep), deliver(awake)]);
    expect(await post.row()).toMatchObject({ state: "published" });
    expect(await sends(post.text)).toBe(1);
    expect(await copies(post.text)).toBe(1);
  });

  it("but its call was only slow: it does not settle over whoever looks meanwhile", async () => {
    const post = await due();
    await fail("slow", { ms: 1200 });
    const slow = deliver(await claimOne("lambat"));
    await eventually(async () => expect((await post.row()).checkpoint).toMatchObject({ stage: "committing" }));
    await leaseOver();
    await runDue("cepat");
    expect(await post.row()).toMatchObject({ state: "unknown" });
    await slow;
    expect(await post.row()).toMatchObject({ state: "unknown" });
    await untilSettled(post.row);
    expect(await post.row()).toMatchObject({ state: "published", attempts: 1 });
    expect(await sends(post.text)).toBe(1);
    expect(await copies(post.text)).toBe(1);
  });
});

describe("an account served by hand", () => {
  it("hands the post to a person, who says where it stands", async () => {
    const { admin } = world.people;
    const post = await due(world.channels.instagram);
    await runDue();
    expect(await post.row()).toMatchObject({ state: "manual", publishedAt: null });
    await seconds(86_400);
    expect(await runDue()).toBe(0);
    const confirm = (permalink: string) => confirmPublished(admin, { publicationId: post.id, permalink });
    expect(await confirm("https://www.facebook.com/1/posts/2")).toEqual({
      ok: false,
      problems: [{ field: "permalink", code: "other-platform", params: { platform: "instagram" } }],
    });
    expect(await post.row()).toMatchObject({ state: "manual" });
    expect(await confirm("https://www.instagram.com/p/C9xYz12AbCd/?igsh=abc")).toEqual({ ok: true });
    expect(await post.row()).toMatchObject({
      state: "published",
      permalink: "https://www.instagram.com/p/C9xYz12AbCd/",
      remoteId: "C9xYz12AbCd",
    });
    expect(await refusalOf(confirm("https://www.instagram.com/p/C9xYz12AbCd/"))).toBe("stale");
    await handleEvents();
    expect(await db.remotePost.findMany({ where: { channelId: world.channels.instagram.id } })).toMatchObject([
      { remoteId: "C9xYz12AbCd" },
    ]);
  });
});

it("the engine goes on after the database was away", async () => {
  const rows = await dueOnes(8);
  await fail("slow", { ms: 400, times: 8 });
  const stop = startEngines("mesin");
  const admin = new pg.Client({ connectionString: world.database.ownerUrl.replace(/[^/]+$/, "postgres") });
  const name = new URL(world.database.ownerUrl).pathname.slice(1);
  await admin.connect();
  await eventually(async () => expect(await db.publication.count({ where: { state: "publishing" } })).toBeGreaterThan(0));
  await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
  await expect(db.publication.count()).rejects.toThrow();
  await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  await admin.end();

  // What was under way when it went is looked up once its lease is over; the rest goes out by itself.
  await eventually(async () => {
    await seconds(30);
    expect(await db.publication.count({ where: { id: { in: rows.map(({ id }) => id) }, state: "published" } })).toBe(8);
  });
  await stop();
  for (const { text } of rows) expect(await copies(text)).toBe(1);
});
