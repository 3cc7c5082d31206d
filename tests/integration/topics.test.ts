/** What citizens talk about: figures that can be followed down to the sentences they were counted from. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { ingest } from "#lib/inbox/intake/ingest.ts";
import type { Kind } from "#lib/inbox/kinds.ts";
import { tableFile } from "#lib/inbox/table-file.ts";
import type { Topic } from "#lib/inbox/topics/topic-rules.ts";
import {
  aspirationsOf,
  type BehindCase,
  type BehindCursor,
  casesBehind,
  namesBehind,
  topicFigures,
} from "#lib/inbox/topics/week-figures.ts";
import { caseOf, comment } from "../support/citizens.ts";
import { makeWorld, type World } from "../support/world.ts";

const DAY = 86_400_000;
const to = new Date("2026-06-15T00:00:00+07:00");
const from = new Date(to.getTime() - 7 * DAY);
const period = { from, to, compareFrom: new Date(from.getTime() - 7 * DAY), compareTo: from };

let world: World;
type Facts = { topic: Topic | null; kind: Kind; day: number; place?: string; sensitive?: boolean; answered?: boolean; text?: string };

/** A case that came so many days before the end of the week. */
async function made(channel: World["channels"]["far"], { day, answered, text, ...facts }: Facts) {
  const root = comment({ text: text ?? "Mohon diperhatikan" });
  await ingest(channel, [root]);
  const { id } = await caseOf(root);
  const receivedAt = new Date(to.getTime() - day * DAY);
  await db.inboxCase.update({ where: { id }, data: { place: null, ...facts, receivedAt, answeredAt: answered ? now() : null } });
  return id;
}

beforeAll(async () => {
  world = await makeWorld();
  const { facebook, far } = world.channels;
  const { regency } = world.units;
  await db.unit.create({
    data: {
      code: "33.28.01",
      name: "Kecamatan Slawi",
      shortName: "Slawi",
      kind: "district",
      governmentId: regency.id,
      zone: "Asia/Jakarta",
    },
  });
  for (const facts of [
    { topic: "roads", kind: "complaint", day: 1, place: "33.28.01" },
    { topic: "roads", kind: "complaint", day: 2, place: "33.28.01" },
    { topic: "roads", kind: "aspiration", day: 7, text: "Tolong jalan ke pasar dilebarkan agar tidak macet setiap pagi" },
    { topic: "roads", kind: "complaint", day: 8 },
    { topic: "health", kind: "question", day: 3 },
    { topic: "health", kind: "feedback", day: 3, answered: true, text: "Sebaiknya loket dibuka sampai sore" },
    {
      topic: "health",
      kind: "aspiration",
      day: 3,
      sensitive: true,
      text: "Anak saya korban, mohon ada pendampingan di puskesmas terdekat",
    },
    { topic: null, kind: "other", day: 4 },
    { topic: null, kind: "complaint", day: 15 },
    { topic: "roads", kind: "spam", day: 2 },
    // The end belongs to the next week.
    { topic: "roads", kind: "complaint", day: 0 },
  ] satisfies Facts[])
    await made(facebook, facts);
  for (let i = 0; i < 3; i += 1) await made(far, { topic: "roads", kind: "complaint", day: 1 });
});
afterAll(() => world?.stop());

it("counts each topic beside the period before, what is not sorted among them, and leaves out spam and other weeks", async () => {
  const figures = await topicFigures(world.people.supervisor, world.units.regency, period);
  expect(figures).toMatchObject({ now: 7, before: 1 });
  expect(figures.topics.map(({ topic, now, before }) => [topic, now, before])).toEqual([
    ["roads", 3, 1],
    ["health", 3, 0],
    [null, 1, 0],
  ]);
  expect(figures.topics[0]?.kinds).toEqual([
    { kind: "complaint", now: 2, before: 1 },
    { kind: "aspiration", now: 1, before: 0 },
  ]);
  expect(figures.places).toEqual([
    { place: null, name: null, now: 5, before: 1 },
    { place: "33.28.01", name: "Kecamatan Slawi", now: 2, before: 0 },
  ]);
  expect(figures.units).toEqual([{ unitId: world.units.dinkes.id, shortName: "Dinkes", now: 7, before: 1 }]);
});

it("every figure is the number of the cases behind it, page by page", async () => {
  const { supervisor } = world.people;
  const { regency } = world.units;
  const behind = async (narrowed: Omit<Parameters<typeof casesBehind>[2], "from" | "to">) => {
    const all: BehindCase[] = [];
    let after: BehindCursor | null = null;
    do {
      const page = await casesBehind(supervisor, regency, { ...narrowed, from, to }, after, 2);
      all.push(...page.rows);
      after = page.next;
    } while (after);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    return all.length;
  };
  const { now: all, topics, places, units } = await topicFigures(supervisor, regency, period);
  expect(await behind({})).toBe(all);
  for (const { topic, now: count, kinds } of topics) {
    expect(await behind({ topic })).toBe(count);
    for (const { kind, now: ofKind } of kinds) expect(await behind({ topic, kind })).toBe(ofKind);
  }
  for (const { place, now: count } of places) expect(await behind({ place })).toBe(count);
  for (const { unitId, now: count } of units) expect(await behind({ unitId })).toBe(count);
});

it("counts no foreign unit's cases, nor those that a unit was only asked to act in", async () => {
  const { admin, loneAdmin, farAdmin, analyst } = world.people;
  const { dinkes, disdukcapil, regency } = world.units;
  expect((await topicFigures(admin, dinkes, period)).now).toBe(7);
  const [referred] = (await casesBehind(admin, dinkes, { from, to }, null, 1)).rows;
  await db.caseUnit.create({
    data: { caseId: referred!.id, unitId: disdukcapil.id, role: "referred", state: "open", lastMessageAt: now() },
  });
  expect((await topicFigures(loneAdmin, disdukcapil, period)).now).toBe(0);
  for (const actor of [loneAdmin, farAdmin, analyst]) {
    expect(await topicFigures(actor, dinkes, period)).toEqual({ now: 0, before: 0, topics: [], places: [], units: [] });
    expect((await casesBehind(actor, regency, { from, to })).rows).toEqual([]);
    expect(await aspirationsOf(actor, regency, period)).toEqual([]);
  }
  expect(await namesBehind(dinkes, { place: "33.28.01", unitId: world.units.farDinkes.id })).toEqual({
    place: "Kecamatan Slawi",
    unit: null,
  });
});

it("tells aspirations and feedback by topic with their sentences, but quotes no delicate matter", async () => {
  const [health, roads, ...others] = await aspirationsOf(world.people.head, world.units.regency, period);
  expect(others).toEqual([]);
  expect(health).toEqual({
    ...{ topic: "health", aspirations: 1, feedback: 1, answered: 1 },
    sentences: [{ id: expect.any(String), excerpt: "Sebaiknya loket dibuka sampai sore", said: 1, answered: 1 }],
  });
  expect(roads).toMatchObject({ topic: "roads", aspirations: 1, feedback: 0, answered: 0, sentences: [{ said: 1, answered: 0 }] });
});

it("writes no cell that a spreadsheet takes for a formula", () => {
  expect(
    tableFile([
      ["=1+1", "+62", "-5", "@SUM(A1)", "\tx"],
      ['Jalan "Poros"', 42],
    ]),
  ).toBe(`\uFEFF"'=1+1","'+62","'-5","'@SUM(A1)","'\tx"\r\n"Jalan ""Poros""","42"\r\n`);
});
