/** The engine of the activity score on a real database: what it counts, for whom, and what is left when it is disturbed. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { moveClockTo } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { takeInPosts } from "#lib/posts/intake.ts";
import { scoreFacts } from "#lib/scores/facts.ts";
import { recomputeZone, rescore } from "#lib/scores/recompute.ts";
import { score } from "#lib/scores/rules.ts";
import { ska1 } from "#lib/scores/settings.ts";
import { settingsOfUnit } from "#lib/scores/settings-in-force.ts";
import { verifySnapshots } from "#lib/scores/verifying.ts";
import { addDays, startOfDay, type Zone } from "#lib/units/calendar.ts";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";
import { type Account, makeAccount, makeUnit, owe, type Place, publish } from "../support/scored-units.ts";

const zone: Zone = "Asia/Jakarta";
const lastDay = "2026-11-22"; // a Sunday; the weeks begin on Mondays
const week = "2026-11-16";
let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    AUTH_SECRET: randomBytes(24).toString("hex"),
    GARDA_KEYS: `uji:${randomBytes(32).toString("base64")}`,
  });
  moveClockTo(startOfDay("2026-11-23", zone));
});
afterAll(async () => {
  await db.$disconnect();
  await database?.drop();
});

const excuse = async (of: { unitId: string; governmentId: string; channelId?: string }, fromDay: string, toDay: string) =>
  db.excusedSpan.create({
    data: {
      ...{ ...of, fromDay: new Date(fromDay), toDay: new Date(toDay), cause: "outage", evidence: "gangguan" },
      grantedAt: new Date("2026-11-22"),
    },
  });

async function factsOf({ id, zone }: Account, day = lastDay) {
  const [found] = await scoreFacts(day, zone, ska1, week, { channelIds: [id] });
  return found?.facts ?? null;
}
const pointsOf = async (account: Account) => score((await factsOf(account))!, ska1).score;
const workdaysOf = async (account: Account) => (await factsOf(account))!.weeks.map(({ workdays }) => workdays);
const snapshotsOf = ({ id }: Account) =>
  db.scoreSnapshot.findMany({ where: { channelId: id }, orderBy: [{ day: "asc" }, { version: "asc" }] });
const recompute = (unit: Place, day = lastDay) => recomputeZone(unit.zone, day, { governmentId: unit.governmentId });

let unit: Place;
let account: Account;
beforeEach(async () => {
  unit = await makeUnit();
  account = await makeAccount(unit);
});

describe("days that do not count", () => {
  it("leave target and silence of one account or of all of a unit, until they are revoked", async () => {
    const further = await makeAccount(unit, { isPrimary: false });
    for (const each of [account, further]) await publish(each, "2026-11-12");
    const span = await excuse({ unitId: unit.id, governmentId: unit.id, channelId: account.id }, "2026-11-16", "2026-11-17");
    expect([await workdaysOf(account), (await factsOf(account))!.daysSinceLastPost]).toEqual([[5, 5, 5, 3], 8]);
    expect([await workdaysOf(further), (await factsOf(further))!.daysSinceLastPost]).toEqual([[5, 5, 5, 5], 10]);
    await excuse({ unitId: unit.id, governmentId: unit.id }, "2026-11-17", "2026-11-22");
    expect([await workdaysOf(account), (await factsOf(account))!.daysSinceLastPost]).toEqual([[5, 5, 5], 3]);
    expect(await workdaysOf(further)).toEqual([5, 5, 5, 1]);
    await db.excusedSpan.update({ where: { id: span.id }, data: { revokedAt: new Date(), revokedBy: unit.id, revokeReason: "keliru" } });
    expect(await workdaysOf(account)).toEqual([5, 5, 5, 1]);
  });

  it("never cost: a week excused as a whole stays while something was credited in it", async () => {
    await publish(account, "2026-10-27");
    const before = await pointsOf(account);
    await excuse({ unitId: unit.id, governmentId: unit.id }, "2026-10-26", "2026-11-01");
    expect((await factsOf(account))!.weeks[0]).toEqual({ creditedHalves: 2, workdays: 0 });
    expect(await pointsOf(account)).toBeGreaterThanOrEqual(before);
  });

  it("are a government's own: its holidays and its week of six days", async () => {
    const inside = await makeUnit({ above: [unit.id], government: unit.id });
    const there = await makeAccount(inside);
    const stretch = { from: "08:00", to: "14:00" };
    const sixDays = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, ...stretch }));
    const version = (kind: string, payload: object) =>
      db.settingsVersion.create({
        data: { kind, unitId: unit.id, validFrom: new Date("2026-01-01"), payload, digest: "", createdAt: new Date("2026-01-01") },
      });
    await version("hours", { hours: { week: sixDays, ramadan: sixDays } });
    await version("days", { ramadan: [], holidays: [{ day: "2026-11-18", name: "Hari jadi" }], workingDays: [] });
    expect(await workdaysOf(there)).toEqual([6, 6, 6, 5]);
    expect(await workdaysOf(await makeAccount(await makeUnit()))).toEqual([5, 5, 5, 5]);
  });
});

describe("posts", () => {
  it("are not undone to advantage: neither a poor one, nor a greeting, nor all of them", async () => {
    for (const day of ["2026-11-16", "2026-11-17", "2026-11-20"]) await publish(account, day, { category: "greeting" });
    for (const day of ["2026-10-28", "2026-11-04", "2026-11-11"]) await publish(account, day);
    const before = { points: await pointsOf(account), facts: (await factsOf(account))! };
    expect(before.facts.daysSinceLastPost).toBe(5);
    const removedAt = new Date(startOfDay("2026-11-21", zone));
    const posts = await db.remotePost.findMany({ where: { channelId: account.id }, orderBy: { publishedAt: "asc" } });
    for (const { id } of posts) {
      await db.remotePost.update({ where: { id }, data: { removedAt } });
      const facts = (await factsOf(account))!;
      expect(score(facts, ska1).score).toBeLessThanOrEqual(before.points);
      expect(facts.quality).toEqual(before.facts.quality);
      await db.remotePost.update({ where: { id }, data: { removedAt: null } });
    }
    await db.remotePost.updateMany({ where: { channelId: account.id }, data: { removedAt } });
    expect(score((await factsOf(account))!, ska1).level).toBe("dormant");
  });

  it("beyond the limits change nothing", async () => {
    for (const hour of [8, 9]) await publish(account, "2026-11-18", { hour });
    for (const day of ["2026-11-16", "2026-11-17"]) await publish(account, day, { category: "greeting" });
    const before = await factsOf(account);
    await publish(account, "2026-11-18", { hour: 10, category: "other" });
    await publish(account, "2026-11-19", { category: "ceremony" });
    await publish(account, "2026-11-20", { similarOwn: 9_500 });
    expect(await factsOf(account)).toEqual(before);
  });

  it("count for what a person says that they are", async () => {
    const id = await publish(account, "2026-11-18", { category: "greeting" });
    await db.remotePost.update({ where: { id }, data: { category: "substantive" } });
    expect((await factsOf(account))!).toMatchObject({ quality: { posts: 1, substantive: 1 }, weeks: [{}, {}, {}, { creditedHalves: 2 }] });
  });

  it("belong to the day of their own zone, in all three", async () => {
    const at = new Date("2026-11-18T16:30:00Z"); // 23:30 WIB, 00:30 WITA, 01:30 WIT
    const silence = async (where: Zone) => {
      const there = await makeAccount(await makeUnit({ zone: where }));
      const place = { channelId: there.id, unitId: there.unitId, governmentId: there.governmentId };
      await db.remotePost.create({
        data: { ...place, remoteId: "tengah-malam", text: "", textKey: "", firstSeenAt: at, publishedAt: at, category: "substantive" },
      });
      return (await factsOf(there))!.daysSinceLastPost;
    };
    expect([await silence("Asia/Jakarta"), await silence("Asia/Makassar"), await silence("Asia/Jayapura")]).toEqual([4, 3, 3]);
  });

  it("read twice are one, and figures that fall are taken as they are told", async () => {
    const publishedAt = new Date(startOfDay("2026-11-18", zone).getTime() + 3_600_000);
    const metrics = (likes: number) => ({ likes, comments: null, shares: null, views: null, reach: null });
    const listed = (likes: number) => ({
      ...{ remoteId: "sama", permalink: null, text: "Layanan akta lahir dibuka", publishedAt, visual: null, hasAlt: null, hasLink: false },
      ...{ repost: false, metrics: metrics(likes) },
    });
    for (const likes of [90, 90, 40]) await db.$transaction((tx) => takeInPosts(tx, account, [listed(likes) as never]));
    expect(await db.remotePost.findMany({ where: { channelId: account.id }, select: { likes: true } })).toEqual([{ likes: 40 }]);
    expect((await factsOf(account))!.quality.posts).toBe(1);
  });

  it("are copies of what was posted before them, in whatever order they are taken in", async () => {
    const text = "Layanan perekaman KTP elektronik dibuka di balai desa setiap hari Rabu pagi";
    const posted = (day: string, words = text) => ({
      ...{
        remoteId: day,
        permalink: null,
        text: words,
        publishedAt: new Date(`${day}T03:00:00Z`),
        visual: null,
        hasAlt: null,
        hasLink: false,
      },
      ...{ repost: false, metrics: { likes: null, comments: null, shares: null, views: null, reach: null } },
    });
    const own = [posted("2026-10-20"), posted("2026-10-27", `${text}.`), posted("2026-11-03", "Vaksin tersedia"), posted("2026-11-30")];
    const others = [posted("2026-10-19"), posted("2026-11-10")];
    const taken = async (order: (readonly [Account, (typeof own)[number]])[]) => {
      for (const [account, post] of order) await db.$transaction((tx) => takeInPosts(tx, account, [post]));
      const rows = await db.remotePost.findMany({
        where: { channelId: { in: order.map(([{ id }]) => id) } },
        orderBy: { publishedAt: "asc" },
        select: { remoteId: true, similarOwn: true, similarOther: true },
      });
      await db.remotePost.deleteMany({ where: { channelId: { in: order.map(([{ id }]) => id) } } });
      return rows;
    };
    const other = await makeAccount(await makeUnit());
    const all = [...own.map((post) => [account, post] as const), ...others.map((post) => [other, post] as const)];
    const expected = await taken(all.toSorted(([, a], [, b]) => a.publishedAt.getTime() - b.publishedAt.getTime()));
    expect(expected).toMatchObject([
      { remoteId: "2026-10-19", similarOwn: 0, similarOther: 0 },
      { remoteId: "2026-10-20", similarOwn: 0, similarOther: 10_000 },
      { remoteId: "2026-10-27", similarOwn: 10_000, similarOther: 10_000 },
      { remoteId: "2026-11-03", similarOther: 0 },
      { remoteId: "2026-11-10", similarOwn: 10_000, similarOther: 10_000 },
      { remoteId: "2026-11-30", similarOther: 10_000 },
    ]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (order) => {
        expect(await taken(order)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});

describe("who is scored", () => {
  it("an account that changed its unit takes its posts along; answers stay owed by the unit that had them", async () => {
    await publish(account, "2026-11-10");
    await owe(account, "2026-11-10", "never");
    const other = await makeUnit();
    await db.channel.update({ where: { id: account.id }, data: { unitId: other.id, governmentId: other.id } });
    const moved = { ...account, unitId: other.id, governmentId: other.id };
    await owe(moved, "2026-11-18", "on-time");
    const facts = (await factsOf(moved))!;
    expect(facts.replies).toEqual({ due: 1, onTime: 1, late: 0 });
    expect(facts.weeks.map(({ creditedHalves }) => creditedHalves)).toEqual([0, 0, 2, 0]);
  });

  it("no merged unit and no disconnected account; what was written stays", async () => {
    const gone = await makeAccount(unit, { isPrimary: false });
    await recompute(unit);
    await db.channel.update({ where: { id: gone.id }, data: { state: "disconnected" } });
    await recompute(unit, addDays(lastDay, 1));
    expect([(await snapshotsOf(account)).length, (await snapshotsOf(gone)).length]).toEqual([2, 1]);
    await db.unit.update({ where: { id: unit.id }, data: { active: false } });
    await recompute(unit, addDays(lastDay, 8));
    expect((await snapshotsOf(account)).length).toBe(2);
  });

  it("for every message: one that was left unanswered is not gone with the account that the unit disconnects", async () => {
    const further = await makeAccount(unit, { isPrimary: false });
    await owe(account, "2026-11-10", "on-time");
    for (const answer of ["never", "never", "late"] as const) await owe(further, "2026-11-11", answer);
    const before = await factsOf(account);
    expect(before!.replies).toEqual({ due: 4, onTime: 1, late: 1 });
    await db.channel.update({ where: { id: further.id }, data: { state: "disconnected", disconnectedAt: new Date("2026-11-12") } });
    expect(await factsOf(account)).toEqual(before);
  });

  it("a young account by its full weeks, flagged, and not called dormant", async () => {
    const young = await makeAccount(unit, { isPrimary: false, firstSeenAt: startOfDay(addDays(lastDay, -16), zone) });
    const facts = (await factsOf(young))!;
    expect([facts.isNew, facts.fullWeeks, facts.weeks.length, score(facts, ska1).level]).toEqual([true, 2, 2, "passive"]);
  });

  it("by the settings that are nearest on the day, the later of two of one day", async () => {
    const ministry = await makeUnit();
    const government = await makeUnit({ above: [ministry.id] });
    const agency = await makeUnit({ above: [government.id, ministry.id], government: government.id });
    const target = async (day: string) => (await settingsOfUnit(agency.id, day)).settings.weeklyTarget.C;
    const enter = (at: Place, from: string, C: number, created: string) =>
      db.settingsVersion.create({
        data: {
          ...{ kind: "score", unitId: at.id, validFrom: new Date(from), digest: String(C), createdAt: new Date(created) },
          payload: { ...ska1, weeklyTarget: { A: 9, B: 9, C } },
        },
      });
    await enter(ministry, "2026-02-01", 3, "2026-01-01");
    await enter(government, "2026-03-01", 4, "2026-01-01");
    await enter(government, "2026-03-01", 5, "2026-01-02");
    await enter(agency, "2026-04-01", 6, "2026-01-01");
    expect(await Promise.all(["2026-01-31", "2026-02-01", "2026-03-01", "2026-04-01"].map(target))).toEqual([2, 3, 5, 6]);
    const there = await makeAccount(agency);
    await recompute(agency);
    expect((await snapshotsOf(there))[0]!.settings).toMatchObject({ weeklyTarget: { C: 6 } });
  });
});

describe("a computation", () => {
  it("that fails half way leaves what stood", async () => {
    await recompute(unit);
    const before = await snapshotsOf(account);
    await publish(account, "2026-11-18");
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      await owner.query(`CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
        CREATE TRIGGER broken BEFORE INSERT ON score_run FOR EACH ROW EXECUTE FUNCTION broken();`);
      await expect(recompute(unit)).rejects.toThrow("broken");
      expect(await snapshotsOf(account)).toEqual(before);
    } finally {
      await owner.query("DROP TRIGGER IF EXISTS broken ON score_run; DROP FUNCTION IF EXISTS broken()");
      await owner.end();
    }
    await recompute(unit);
    expect((await snapshotsOf(account)).map(({ version }) => version)).toEqual([1, 2]);
  });

  it("beside another writes nothing twice", async () => {
    await Promise.all([recompute(unit), recompute(unit), rescore([account.id], lastDay)]);
    expect((await snapshotsOf(account)).length).toBe(1);
  });

  it("of one account again keeps the version that stood", async () => {
    await recompute(unit);
    await publish(account, "2026-11-18");
    await rescore([account.id], lastDay);
    const [first, second] = await snapshotsOf(account);
    expect([first!.version, second!.version]).toEqual([1, 2]);
    expect(second!.scoreTenths).toBeGreaterThan(first!.scoreTenths);
  });

  it("can be verified from what it stored; a row changed past the product is found", async () => {
    const further = await makeAccount(unit, { isPrimary: false });
    for (const each of [account, further]) await publish(each, "2026-11-18");
    await recompute(unit);
    const verify = () => verifySnapshots({ day: lastDay, governmentId: unit.id });
    expect(await verify()).toEqual({ verified: 2, differ: 0, differing: [], unknown: {} });

    const folder = await mkdtemp(path.join(tmpdir(), "garda-verify-"));
    const run = async (...args: string[]) => {
      const env = { ...process.env, DATA_DIR: folder, NODE_ENV: "production" as const };
      const child = spawn(process.execPath, ["scripts/scores-verify.mjs", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
      const [code] = await once(child, "close");
      return { code, said };
    };
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      const change = (sql: string, { id }: Account) => owner.query(`UPDATE score_snapshot SET ${sql} WHERE channel_id = $1`, [id]);
      await change("score_tenths = score_tenths + 1", account);
      expect(await verify()).toMatchObject({ verified: 1, differ: 1, differing: [{ unit: unit.id, day: lastDay, version: 1 }] });
      await change("score_tenths = score_tenths - 1", account);
      await change("facts = jsonb_set(facts, '{weeks,0,creditedHalves}', '4')", account);
      await change("formula = 'ska-9'", further);
      const { code, said } = await run("--day", lastDay, "--government", unit.id);
      expect(said).toContain(`differs: unit ${unit.id}, ${lastDay}, version 1`);
      expect(said).toContain('1 not verified: the formula "ska-9" is not known');
      expect([code, said]).toEqual([1, expect.stringMatching(/^0 verified, 1 differ$/m)]);
      expect(await run("--day", "2026-02-30")).toEqual({ code: 1, said: expect.stringContaining("Usage") });
    } finally {
      await owner.end();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
