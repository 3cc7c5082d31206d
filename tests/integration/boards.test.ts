import { randomBytes, randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor, Reach } from "#lib/core/access.ts";
import type { Level } from "#lib/scores/rules.ts";
import { ska1 } from "#lib/scores/settings.ts";
import { addDays } from "#lib/units/calendar.ts";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";

const day = "2026-11-22";
const before = (days: number) => addDays(day, -days);
const zone = "Asia/Jakarta";

let database: FreshDatabase;
let db: typeof import("#lib/core/db.ts").db;
let boards: Awaited<ReturnType<typeof load>>;

async function load() {
  const [leaderboard, governments, map, trend, tally, ranking] = await Promise.all([
    import("#lib/scores/boards/leaderboard.ts"),
    import("#lib/scores/boards/governments.ts"),
    import("#lib/scores/boards/map.ts"),
    import("#lib/scores/boards/trend.ts"),
    import("#lib/scores/tally.ts"),
    import("#lib/scores/boards/ranking.ts"),
  ]);
  return { ...leaderboard, ...governments, ...map, ...trend, ...tally, ...ranking };
}

beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.url;
  process.env.AUTH_SECRET = randomBytes(24).toString("hex");
  process.env.GARDA_KEYS = `uji:${randomBytes(32).toString("base64")}`;
  ({ db } = await import("#lib/core/db.ts"));
  boards = await load();
});

afterAll(async () => {
  await db?.$disconnect();
  await database?.drop();
});

type Unit = { id: string; code: string; governmentId: string };
const lines = new Map<string, string[]>();

async function unit(
  name: string,
  kind: string,
  parent: Unit | null,
  government?: Unit,
  scoreClass: "A" | "B" | "C" | null = null,
): Promise<Unit> {
  const id = crypto.randomUUID();
  const governmentId = government?.id ?? id;
  const code = `${name}-${randomInt(1e9)}`;
  await db.unit.create({ data: { id, code, name, shortName: name, kind, scoreClass, governmentId, zone } });
  const line = [id, ...(parent ? (lines.get(parent.id) ?? []) : [])];
  lines.set(id, line);
  await db.unitClosure.createMany({ data: line.map((ancestorId, depth) => ({ ancestorId, unitId: id, depth })) });
  if (parent) await db.unitParent.create({ data: { unitId: id, parentId: parent.id, validFrom: new Date("2025-01-01") } });
  return { id, code, governmentId };
}

const agency = (of: Unit, name: string, scoreClass: "A" | "B" | "C" = "B") => unit(name, "agency", of, of, scoreClass);

async function account(of: Unit, change: { state?: string; firstSeenAt?: Date; disconnectedAt?: Date } = {}): Promise<string> {
  const { id } = await db.channel.create({
    data: {
      ...{ unitId: of.id, governmentId: of.governmentId, platform: "facebook", mode: "api", remoteId: String(randomInt(1e9)) },
      ...{ handle: "", name: "", baseUrl: "", isPrimary: true, firstSeenAt: new Date("2025-06-01"), nextPollAt: new Date() },
      ...change,
    },
    select: { id: true },
  });
  return id;
}

async function snapshot(
  of: Unit,
  channelId: string,
  on: string,
  tenths: number,
  level: Level,
  { isNew = false, weeks = [{}] }: { isNew?: boolean; weeks?: object[] } = {},
) {
  await db.scoreSnapshot.create({
    data: {
      ...{ channelId, unitId: of.id, governmentId: of.governmentId, day: new Date(on), isPrimary: true, scoreTenths: tenths, level },
      ...{ scoreClass: "B", isNew, facts: { weeks }, result: {}, settings: ska1, formula: "ska-1", digest: "", computedAt: new Date(on) },
    },
  });
}

async function scored(of: Unit, name: string, tenths: number, level: Level, scoreClass: "A" | "B" | "C" = "B"): Promise<Unit> {
  const made = await agency(of, name, scoreClass);
  await snapshot(made, await account(made), before(30), tenths, level);
  return made;
}

const actor = (unitId: string, governmentId: string, reach: Reach): Actor => ({
  ...{ personId: crypto.randomUUID(), name: "", locale: "id", sessionId: "" },
  authorities: [{ role: reach === "subtree" ? "analyst" : reach === "own" ? "admin" : "head", reach, unitId, governmentId }],
});
const headOf = (government: Unit) => actor(government.id, government.id, "government");

const tally = (on: string) => db.$transaction((tx) => boards.tallyDay(tx, zone, on));
const all = { group: "agency", scoreClass: null } as const;

async function regency() {
  const ministry = await unit("Kementerian", "ministry", null);
  const province = await unit("Provinsi", "province", ministry);
  return { ministry, province, regency: await unit("Kabupaten", "regency", province) };
}

test("a leaderboard gives the score of the day and of a week and four weeks before, and says why a unit has no place", async () => {
  const { regency: here } = await regency();
  const moved = await agency(here, "Naik");
  const channel = await account(moved);
  await snapshot(moved, channel, before(40), 600, "less_active");
  await snapshot(moved, channel, before(10), 650, "less_active");
  await snapshot(moved, channel, before(2), 712, "active");
  await scored(here, "Seri A", 712, "active");
  const fresh = await agency(here, "Baru");
  await snapshot(fresh, await account(fresh), day, 990, "very_active", { isNew: true });
  const excused = await agency(here, "Bencana");
  await snapshot(excused, await account(excused), before(3), 300, "passive", { weeks: [] });
  const lost = await agency(here, "Terputus");
  await snapshot(lost, await account(lost, { state: "disconnected" }), before(9), 800, "active");
  await account(await agency(here, "Sunyi"));
  await agency(here, "Tanpa akun");

  const rows = await boards.leaderboard(headOf(here), here.id, "agency", day);
  const found = Object.fromEntries(rows.map((row) => [row.name, row]));
  expect(found.Naik).toMatchObject({
    score: 71.2,
    weekBefore: { score: 65, level: "less_active" },
    monthBefore: { score: 60, level: "less_active" },
    excluded: null,
  });
  expect(Object.fromEntries(rows.map((row) => [row.name, row.excluded]))).toEqual({
    ...{ Naik: null, "Seri A": null, Baru: "new", Bencana: "excused" },
    ...{ Terputus: "disconnected", Sunyi: "no-data", "Tanpa akun": "no-account" },
  });
  const place = boards.places(rows);
  expect([found.Naik, found["Seri A"], found.Bencana, found.Baru].map((row) => place.get(row!))).toEqual([1, 1, undefined, undefined]);
  expect(rows.filter((row) => row.score !== null).every((row) => row.settings?.version === "ska-1")).toBe(true);
});

test("a day in the past shows what stood then: an account that was connected still, and nothing that came later", async () => {
  const { regency: here } = await regency();
  const lost = await agency(here, "Terputus");
  await snapshot(lost, await account(lost, { state: "disconnected", disconnectedAt: new Date(before(5)) }), before(20), 800, "active");
  const late = await agency(here, "Menyusul");
  await snapshot(late, await account(late, { firstSeenAt: new Date(before(3)) }), before(2), 900, "very_active");
  const on = async (past: string) =>
    Object.fromEntries(
      (await boards.leaderboard(headOf(here), here.id, "agency", past)).map((row) => [row.name, row.score ?? row.excluded]),
    );
  expect(await on(before(6))).toEqual({ Terputus: 80, Menyusul: "no-account" });
  expect(await on(day)).toEqual({ Terputus: "disconnected", Menyusul: 90 });
});

test("a unit that moved counts where it was on the day, one that merged until then: never twice", async () => {
  const { ministry, regency: old, province } = await regency();
  const next = await unit("Kabupaten baru", "regency", province);
  const mover = await scored(old, "Pindah", 900, "very_active");
  const merged = await scored(old, "Lebur", 750, "active");
  const target = await scored(old, "Tujuan", 300, "passive");
  await db.unitParent.updateMany({ where: { unitId: mover.id }, data: { validTo: new Date(before(10)) } });
  await db.unitParent.create({ data: { unitId: mover.id, parentId: next.id, validFrom: new Date(before(10)) } });
  await db.unit.update({ where: { id: mover.id }, data: { governmentId: next.id } });
  await db.unit.update({ where: { id: merged.id }, data: { active: false, mergedInto: target.id, mergedOn: new Date(before(10)) } });

  const analyst = actor(ministry.id, ministry.id, "subtree");
  const names = async (government: Unit, past: string) =>
    (await boards.leaderboard(analyst, government.id, "agency", past)).map((row) => row.name).sort();
  expect(await names(old, before(11))).toEqual(["Lebur", "Pindah", "Tujuan"]);
  expect(await names(next, before(11))).toEqual([]);
  expect(await names(old, day)).toEqual(["Tujuan"]);
  expect(await names(next, day)).toEqual(["Pindah"]);

  for (const on of [before(11), day]) await tally(on);
  const sums = async (on: string) =>
    Object.fromEntries(
      (await boards.governmentTallies(analyst, on, { ...all, tier: null, province: province.code })).map((row) => [row.name, row.units]),
    );
  expect(await sums(before(11))).toEqual({ Kabupaten: 3 });
  expect(await sums(day)).toEqual({ Kabupaten: 1, "Kabupaten baru": 1 });
});

test("what is counted across governments is what each one's leaderboard shows, by class, and counting again changes nothing", async () => {
  const { ministry, regency: here, province } = await regency();
  await scored(here, "A", 900, "very_active", "A");
  await scored(here, "B", 720, "active");
  await scored(here, "C", 100, "dormant", "C");
  await agency(here, "D", "C");
  const analyst = actor(ministry.id, ministry.id, "subtree");
  for (let time = 0; time < 2; time++) await tally(day);
  const shown = boards.tallyOf(await boards.leaderboard(analyst, here.id, "agency", day));
  expect(await boards.regionTally(analyst, here.id, all, day)).toEqual(shown);
  expect(shown).toMatchObject({ very_active: 1, active: 1, dormant: 1, units: 4, scored: 3 });
  expect(await boards.regionTally(analyst, here.id, { group: "agency", scoreClass: "C" }, day)).toMatchObject({
    units: 2,
    scored: 1,
    dormant: 1,
  });
  await tally(before(7));
  expect(await boards.activeTrend(analyst, { tier: null, province: province.code }, all, day, 3)).toEqual([
    { day: before(7), active: 2, scored: 3, units: 4 },
    { day, active: 2, scored: 3, units: 4 },
  ]);
});

test("nobody sees a government beyond his reach: not its board, not its count, not by a sum that would give it away", async () => {
  const { ministry, province, regency: here } = await regency();
  await scored(here, "Sendiri", 800, "active");
  const others = await Promise.all([1, 2, 3].map((n) => unit(`Tetangga ${n}`, "regency", province)));
  for (const other of others.slice(0, 2)) await scored(other, "Asing", 100, "dormant");
  await tally(day);
  const head = headOf(here);
  const foreign = others[0]!;
  expect(await boards.leaderboard(head, foreign.id, "agency", day)).toEqual([]);
  expect(await boards.regionTally(head, foreign.id, all, day)).toBe(null);
  expect(await boards.activeTrend(head, { governmentId: foreign.id }, all, day, 3)).toEqual([]);
  expect((await boards.governmentTallies(head, day, { ...all, tier: null, province: null })).map((row) => row.code)).toEqual([here.code]);

  const provinceOf = async (who: Actor) => (await boards.provinceTallies(who, day, all)).find((row) => row.code === province.code);
  expect(await provinceOf(actor(ministry.id, ministry.id, "subtree"))).toMatchObject({
    opens: true,
    tally: { active: 1, dormant: 2, units: 3 },
  });
  expect(await provinceOf(head)).toMatchObject({ opens: true, tally: null });
  await scored(others[2]!, "Asing", 100, "dormant");
  await tally(day);
  expect(await provinceOf(head)).toMatchObject({ opens: true, tally: { active: 1, dormant: 3, units: 4 } });

  const areas = await boards.areasOfProvince(head, province.code);
  expect(areas.filter((area) => area.readable).map((area) => area.code)).toEqual([here.code]);
  const elsewhere = (await regency()).province;
  await expect(boards.areasOfProvince(head, elsewhere.code)).rejects.toThrow();
  const admin = actor(here.id, here.id, "own");
  expect(await boards.provinceTallies(admin, day, all)).toEqual([]);
  expect(await boards.leaderboard(admin, here.id, "agency", day)).toEqual([]);
});
