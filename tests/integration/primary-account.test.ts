/** Which account a unit's score is taken from: connected, disconnected, connected again, chosen by somebody above. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectChannel, disconnectChannel } from "#lib/channels/connecting.ts";
import type { Actor } from "#lib/core/access.ts";
import { moveClockTo } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { boss } from "#lib/core/jobs.ts";
import type { Role } from "#lib/core/roles.ts";
import { leaderboard } from "#lib/scores/boards/leaderboard.ts";
import { scoreCard, untoldAccount } from "#lib/scores/cards.ts";
import { choosePrimary, mayChoosePrimary } from "#lib/scores/cases/choosing-primary.ts";
import { recomputeSince, recomputeZone, rescore, rescoreAfter } from "#lib/scores/recompute.ts";
import { reportCard } from "#lib/scores/report-card.ts";
import { addDays, startOfDay, type Zone } from "#lib/units/calendar.ts";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";
import { makeAccount, makeUnit, type Place, publish } from "../support/scored-units.ts";
import { refusalOf } from "../support/world.ts";

const zone: Zone = "Asia/Jakarta";
const lastDay = "2026-11-22";
let database: FreshDatabase;
let government: Place;
let unit: Place;

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
  await boss().then((queue) => queue.stop({ graceful: false }));
  await db.$disconnect();
  await database?.drop();
});
beforeEach(async () => {
  moveClockTo(startOfDay("2026-11-23", zone));
  government = await makeUnit();
  await db.unit.update({ where: { id: government.id }, data: { kind: "regency", scoreClass: null } });
  unit = await makeUnit({ above: [government.id], government: government.id });
});

function actorOf(role: Role, at: Place): Actor {
  const reach = at.id === at.governmentId ? "government" : "own";
  return {
    personId: crypto.randomUUID(),
    ...{ name: role, locale: "id", sessionId: crypto.randomUUID() },
    authorities: [{ role, reach, unitId: at.id, governmentId: at.governmentId }],
  };
}

async function connect(identifier: string) {
  const input = { unitId: unit.id, platform: "instagram", mode: "manual", identifier, secret: "" } as const;
  const answer = await connectChannel(actorOf("admin", unit), input);
  if (!answer.ok) throw new Error("not connected");
  return answer.channelId;
}
const disconnect = (channelId: string) => disconnectChannel(actorOf("admin", unit), { channelId });
const primaryOf = async () =>
  (await db.channel.findMany({ where: { unitId: unit.id, isPrimary: true, state: "connected" }, select: { id: true } })).map(
    ({ id }) => id,
  );
const recompute = (day = lastDay) => recomputeZone(zone, day, { governmentId: government.id });
const boardRow = async (day = lastDay) =>
  (await leaderboard(actorOf("supervisor", government), government.id, "agency", day)).find((row) => row.unitId === unit.id);

describe("an account that is", () => {
  it("disconnected leaves its place to the one connected next, and does not take it back", async () => {
    const [first, second, third] = [await connect("satu"), await connect("dua"), await connect("tiga")];
    expect(await primaryOf()).toEqual([first]);
    expect(await disconnect(first)).toEqual({ ok: true });
    expect(await primaryOf()).toEqual([second]);
    expect(await connect("satu")).toBe(first);
    expect(await primaryOf()).toEqual([second]);
    for (const id of [first, second, third]) await disconnect(id);
    expect(await primaryOf()).toEqual([]);
    await connect("tiga");
    expect(await primaryOf()).toEqual([third]);
  });

  it("connected again by another way, under the same name, is as old as it was", async () => {
    const firstSeenAt = new Date("2026-01-05");
    await db.channel.create({
      data: {
        ...{ unitId: unit.id, governmentId: unit.governmentId, platform: "instagram", mode: "api", remoteId: "17", handle: "Dinas" },
        ...{ name: "", baseUrl: "", state: "disconnected", disconnectedAt: new Date("2026-11-01"), firstSeenAt, nextPollAt: firstSeenAt },
      },
    });
    const found = await db.channel.findUniqueOrThrow({ where: { id: await connect("dinas") } });
    expect(found.firstSeenAt).toEqual(firstSeenAt);
    const other = await db.channel.findUniqueOrThrow({ where: { id: await connect("lain") } });
    expect(other.firstSeenAt).not.toEqual(firstSeenAt);
  });
});

describe("an account that is kept by hand", () => {
  it("is not judged before a post of it is recorded: unknown is not silent", async () => {
    const account = { ...unit, id: await connect("dinas"), unitId: unit.id };
    await db.channel.update({ where: { id: account.id }, data: { firstSeenAt: new Date("2026-01-01") } });
    await recompute();
    expect(await boardRow()).toMatchObject({ score: null, level: null, excluded: "no-data" });
    expect(await untoldAccount(unit.id)).toBe(account.id);
    await publish(account, "2026-11-20");
    await recompute();
    expect(await boardRow()).toMatchObject({ excluded: null });
    expect((await boardRow())!.score).toBeGreaterThan(0);
    expect(await untoldAccount(unit.id)).toBeNull();
  });
});

describe("the primary account", () => {
  it("is chosen by somebody above the unit, from the last scored day on", async () => {
    const [old, other] = [await makeAccount(unit), await makeAccount(unit, { isPrimary: false })];
    await publish(other, "2026-11-20");
    for (const day of [addDays(lastDay, -1), lastDay]) await recompute(day);
    const supervisor = actorOf("supervisor", government);
    const quiet = (await boardRow())!.score!;
    expect(await mayChoosePrimary(supervisor, other.id)).toBe(true);
    expect(await choosePrimary(supervisor, { channelId: other.id })).toEqual({ ok: true });
    const [job] = await db.$queryRaw<{ data: Parameters<typeof rescoreAfter>[0] }[]>`
      SELECT data FROM pgboss.job WHERE name = 'scores.rescore' AND data->'channelIds' ? ${other.id}`;
    await rescoreAfter(job!.data);
    expect((await boardRow())!.score).toBeGreaterThan(quiet);
    expect((await boardRow(addDays(lastDay, -1)))!.score).toBe(quiet);
    const card = async (day?: string) => (await reportCard(supervisor, unit.id, { day })).card!;
    expect((await card()).account).toMatchObject({ id: other.id, isPrimary: true });
    expect((await card(addDays(lastDay, -1))).account).toMatchObject({ id: old.id, isPrimary: true });
    expect(await refusalOf(choosePrimary(supervisor, { channelId: other.id }))).toBe("stale");
  });

  it("is chosen by nobody with a role on the unit, and a foreign account answers like an unknown one", async () => {
    await makeAccount(unit);
    const other = await makeAccount(unit, { isPrimary: false });
    const supervisor = actorOf("supervisor", government);
    const both = { ...supervisor, authorities: [...supervisor.authorities, ...actorOf("admin", unit).authorities] };
    expect(await choosePrimary(both, { channelId: other.id })).toEqual({ ok: false, problems: [{ code: "own-hand" }] });
    expect(await mayChoosePrimary(both, other.id)).toBe(false);
    const stranger = actorOf("supervisor", await makeUnit());
    for (const [actor, channelId] of [
      [actorOf("admin", unit), other.id],
      [stranger, other.id],
      [supervisor, crypto.randomUUID()],
    ] as const)
      expect(await refusalOf(choosePrimary(actor, { channelId }))).toBe("not-found");
  });

  it("of a past day stays on its card when it is disconnected afterwards; its last day is the unit's own", async () => {
    const east = await makeUnit({ above: [government.id], government: government.id, zone: "Asia/Jayapura" });
    const account = await makeAccount(east);
    await recomputeZone("Asia/Jayapura", lastDay, { governmentId: government.id });
    // 08.00 in Jayapura on the day after: still the day before in UTC.
    await db.channel.update({
      where: { id: account.id },
      data: { state: "disconnected", disconnectedAt: new Date("2026-11-22T23:00:00Z") },
    });
    const supervisor = actorOf("supervisor", government);
    const row = (await leaderboard(supervisor, government.id, "agency", lastDay)).find(({ unitId }) => unitId === east.id);
    const { card } = await scoreCard(supervisor, east.id, { day: lastDay });
    expect([row!.score, card!.score]).toEqual([card!.score, row!.score]);
    expect((await scoreCard(supervisor, east.id)).card).toBeNull();
  });
});

describe("a computation", () => {
  it("of a past day leaves what was known of it: its class, open comments, engagement", async () => {
    const account = await makeAccount(unit, { commentsOpen: false });
    await publish(account, "2026-11-18");
    for (const day of [addDays(lastDay, -1), lastDay]) await recompute(day);
    await db.channel.update({ where: { id: account.id }, data: { commentsOpen: true } });
    await publish(account, "2026-11-17");
    await rescore([account.id], addDays(lastDay, -1));
    const commentsOn = async (day: string) => {
      const found = await db.scoreSnapshot.findFirstOrThrow({ where: { channelId: account.id, day: new Date(day), version: 2 } });
      return (found.facts as { commentsOpen: boolean }).commentsOpen;
    };
    expect([await commentsOn(addDays(lastDay, -1)), await commentsOn(lastDay)]).toEqual([false, true]);
  });

  it("makes up for the nights that were missed", async () => {
    const account = await makeAccount(unit);
    await publish(account, "2026-11-17");
    const nights = () => db.scoreRun.findMany({ where: { zone, governmentId: null }, orderBy: { day: "asc" }, select: { day: true } });
    await recomputeSince(zone, startOfDay(addDays(lastDay, -2), zone));
    await recomputeSince(zone, startOfDay(addDays(lastDay, 1), zone));
    expect((await nights()).map(({ day }) => day.toISOString().slice(0, 10))).toEqual([
      "2026-11-19",
      "2026-11-20",
      "2026-11-21",
      "2026-11-22",
    ]);
    expect(await db.scoreSnapshot.count({ where: { channelId: account.id } })).toBeGreaterThan(1);
  });
});
