/** The worked examples of the activity score, from rows of a database to the snapshot; and what they must not depend on. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moveClockTo } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { scoreFacts } from "#lib/scores/facts.ts";
import { recomputeZone } from "#lib/scores/recompute.ts";
import { componentKeys, type ScoreFacts, type ScoreResult } from "#lib/scores/rules.ts";
import { ska1, type UnitClass } from "#lib/scores/settings.ts";
import { verifySnapshots } from "#lib/scores/verifying.ts";
import { addDays, startOfDay } from "#lib/units/calendar.ts";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";
import { type Account, makeAccount, makeUnit, owe, type Place, publish } from "../support/scored-units.ts";

const zone = "Asia/Jakarta";
const lastDay = "2026-11-22"; // a Sunday; the weeks begin on Mondays
const firstDay = "2026-10-26";
const followers = 1_000;
let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    AUTH_SECRET: randomBytes(24).toString("hex"),
    GARDA_KEYS: `uji:${randomBytes(32).toString("base64")}`,
  });
  moveClockTo(startOfDay("2026-11-23", zone));
  // Ten interactions with a post are what is usual in the band: a like more or less is a tenth.
  await db.bandMedian.create({ data: { week: new Date("2026-11-16"), platform: "facebook", band: 1, medianPpm: 10_000, accounts: 9 } });
});
afterAll(async () => {
  await db.$disconnect();
  await database?.drop();
});

type Example = {
  name: string;
  unitClass: UnitClass;
  weeks: [number, number, number, number];
  lastPost: number;
  replies: [due: number, onTime: number, late: number];
  /** Of ten posts or twenty: the substantive and the complete ones. Those that are no longer public are judged, not credited. */
  quality: { of: 10 | 20; substantive: number; complete: number } | null;
  likes: number | null;
  closed?: boolean;
  points: (number | null)[];
  score: number;
  level: string;
  caps: string[];
};

const perfect = {
  unitClass: "B",
  weeks: [3, 3, 3, 3],
  lastPost: 0,
  quality: { of: 20, substantive: 12, complete: 20 },
  likes: 10,
} as const;

const examples = [
  {
    ...{ name: "1. Disdukcapil", unitClass: "A", weeks: [6, 5, 5, 4], lastPost: 1, replies: [40, 32, 5], likes: 13 },
    quality: { of: 20, substantive: 16, complete: 18 },
    ...{ points: [28.5, 15, 25.9, 14.5, 10], score: 93.9, level: "very_active", caps: [] },
  },
  {
    ...{ name: "2. Kecamatan", unitClass: "C", weeks: [2, 2, 3, 1], lastPost: 4, replies: [1, 1, 0], likes: 8 },
    quality: { of: 10, substantive: 7, complete: 8 },
    ...{ points: [26.3, 15, 6, 14, 8], score: 91.1, level: "very_active", caps: [] },
  },
  {
    ...{ name: "3. Kecamatan, one post a week", unitClass: "C", weeks: [1, 1, 1, 1], lastPost: 3, replies: [0, 0, 0], likes: 5 },
    quality: { of: 10, substantive: 6, complete: 8 },
    ...{ points: [15, 15, null, 14, 5], score: 69.9, level: "less_active", caps: ["regularity"] },
  },
  {
    ...{ name: "4. Dinas that ignores its audience", unitClass: "B", weeks: [4, 3, 4, 3], lastPost: 2, replies: [12, 1, 1], likes: 9 },
    quality: { of: 20, substantive: 10, complete: 16 },
    ...{ points: [30, 15, 3.8, 12.3, 9], score: 69.9, level: "less_active", caps: ["responsiveness"] },
  },
  {
    ...{ name: "5. all six posts in the last week", unitClass: "B", weeks: [0, 0, 0, 6], lastPost: 1, replies: [2, 1, 0], likes: 3 },
    quality: { of: 10, substantive: 2, complete: 4 },
    ...{ points: [7.5, 15, 6, 5.3, 3], score: 44.9, level: "less_active", caps: [] },
  },
  {
    ...{ name: "6. comments closed", unitClass: "B", weeks: [3, 3, 3, 3], lastPost: 1, replies: [0, 0, 0], likes: 2, closed: true },
    quality: { of: 20, substantive: 12, complete: 18 },
    ...{ points: [30, 15, 0, 14.5, 2], score: 61.5, level: "less_active", caps: [] },
  },
  {
    ...{ name: "7a. silent 45 days", unitClass: "B", weeks: [0, 0, 0, 0], lastPost: 45, replies: [4, 0, 0], quality: null, likes: 0 },
    ...{ points: [0, 0, 0, 0, 0], score: 0, level: "dormant", caps: [] },
  },
  {
    ...{ name: "7b. silent 200 days", unitClass: "B", weeks: [0, 0, 0, 0], lastPost: 200, replies: [4, 0, 0], quality: null, likes: 0 },
    ...{ points: [0, 0, 0, 0, 0], score: 0, level: "dead", caps: [] },
  },
  {
    ...{ name: "8. engagement unreadable", unitClass: "C", weeks: [2, 2, 2, 2], lastPost: 3, replies: [5, 5, 0], likes: null },
    quality: { of: 10, substantive: 6, complete: 8 },
    ...{ points: [30, 15, 30, 14, null], score: 98.9, level: "very_active", caps: [] },
  },
  {
    ...{ ...perfect, name: "9. forty answers, all late", replies: [40, 0, 40] },
    ...{ points: [30, 15, 15, 15, 10], score: 84.9, level: "active", caps: ["responsiveness-high"] },
  },
  {
    ...{ ...perfect, name: "10. two messages, both ignored", replies: [2, 0, 0] },
    ...{ points: [30, 15, 0, 15, 10], score: 69.9, level: "less_active", caps: ["responsiveness", "responsiveness-high"] },
  },
  {
    ...{ ...perfect, name: "11. nobody asked anything", replies: [0, 0, 0] },
    ...{ points: [30, 15, null, 15, 10], score: 84.9, level: "active", caps: ["no-response-data"] },
  },
] satisfies (Omit<Example, "weeks"> & { weeks: readonly number[] })[] as unknown as Example[];

/** The last days of a week first, two posts a day at most; the newest as long ago as the example says. */
function daysOf({ weeks, lastPost }: Example): string[] {
  return weeks.flatMap((posts, week) => {
    const latest = week === 3 ? addDays(lastDay, -lastPost) : addDays(firstDay, week * 7 + 6);
    return Array.from({ length: posts }, (_, nth) => addDays(latest, -Math.floor(nth / 2)));
  });
}

async function makeExample(example: Example, government: Place): Promise<Account> {
  const { unitClass, lastPost, replies, quality, likes, closed } = example;
  const unit = await makeUnit({ above: [government.id], government: government.id, scoreClass: unitClass });
  const account = await makeAccount(unit, { followers: likes === null ? null : followers, commentsOpen: !closed });
  const standing = daysOf(example);
  const free = Array.from({ length: 28 }, (_, nth) => addDays(firstDay, nth)).filter((day) => !standing.includes(day));
  const gone = free.slice(0, Math.max(0, (quality?.of ?? 0) - standing.length));
  for (const [nth, day] of [...standing, ...gone].entries()) {
    const complete = nth < quality!.complete;
    await publish(account, day, {
      ...{ hour: 8 + (nth % 2), category: nth < quality!.substantive ? "substantive" : "other", visual: "image" },
      ...{ text: complete ? `Unggahan ${nth}` : "", hasAlt: complete, hasLink: complete, ...(likes === null ? {} : { likes }) },
      ...(nth < standing.length ? {} : { removedAt: startOfDay(addDays(day, 1), zone) }),
    });
  }
  if (standing.length === 0) await publish(account, addDays(lastDay, -lastPost));
  const [due, onTime, late] = replies;
  for (let nth = 0; nth < due; nth++)
    await owe(account, addDays(lastDay, -(nth % 28)), nth < onTime ? "on-time" : nth < onTime + late ? "late" : "never");
  return account;
}

/** All the examples as units of one government, made one after the other in the order given. */
async function makeAll(order: readonly Example[]) {
  const government = await makeUnit();
  await db.unit.update({ where: { id: government.id }, data: { kind: "regency", scoreClass: null } });
  const accounts = new Map<string, Account>();
  for (const example of order) accounts.set(example.name, await makeExample(example, government));
  return { government, accounts };
}

/** What stands on record of each example. */
async function standing(accounts: ReadonlyMap<string, Account>) {
  const rows = await db.scoreSnapshot.findMany({ where: { channelId: { in: [...accounts.values()].map(({ id }) => id) } } });
  return new Map(
    [...accounts].map(([name, { id }]) => {
      const of = rows.filter(({ channelId }) => channelId === id);
      expect([name, of.length]).toEqual([name, 1]);
      const { facts, result, digest, scoreTenths, level } = of[0]!;
      return [name, { facts: facts as unknown as ScoreFacts, result: result as unknown as ScoreResult, digest, scoreTenths, level }];
    }),
  );
}

const recompute = ({ id }: Place, day = lastDay) => recomputeZone(zone, day, { governmentId: id });

let made: Awaited<ReturnType<typeof makeAll>>;
let seen: Awaited<ReturnType<typeof standing>>;
beforeAll(async () => {
  made = await makeAll(examples);
  await recompute(made.government);
  seen = await standing(made.accounts);
});

describe("the worked examples, from the database to the snapshot", () => {
  it.each(examples)("$name → $score $level", (example) => {
    const { facts, result, scoreTenths, level } = seen.get(example.name)!;
    const { quality, replies } = example;
    const weeks = facts.weeks.map(({ creditedHalves, workdays }) => [creditedHalves / 2, workdays]);
    expect(weeks).toEqual(example.weeks.map((posts) => [posts, 5]));
    expect([facts.daysSinceLastPost, facts.replies]).toEqual([example.lastPost, { due: replies[0], onTime: replies[1], late: replies[2] }]);
    const complete = { yes: quality?.complete ?? 0, known: quality?.of ?? 0 };
    expect(facts.quality).toEqual({
      ...{ posts: quality?.of ?? 0, substantive: quality?.substantive ?? 0 },
      ...{ caption: complete, alt: complete, contact: complete },
    });
    const points = componentKeys.map((key) => result.components[key].points);
    expect(points.map((value) => value && Math.round(value * 10) / 10)).toEqual(example.points);
    expect([result.score, scoreTenths, result.level, level]).toEqual([
      ...[example.score, Math.round(example.score * 10)],
      ...[example.level, example.level],
    ]);
    expect(result.caps.map(({ code }) => code)).toEqual(example.caps);
  });

  it("are scored again from what they stored, byte for byte", async () => {
    expect(await verifySnapshots({ governmentId: made.government.id, day: lastDay })).toMatchObject({ verified: 12, differ: 0 });
  });
});

describe("what a score does not depend on", () => {
  it("is in which order units came to be, and how many are read at once", async () => {
    const mirrored = await makeAll([...examples].reverse());
    await recompute(mirrored.government);
    expect(await standing(mirrored.accounts)).toEqual(seen);
    const ids = [...mirrored.accounts.values()].map(({ id }) => id);
    const told: [string | undefined, ScoreFacts][] = [];
    const named = new Map([...mirrored.accounts].map(([name, { id }]) => [id, name]));
    for (let from = 0; from < ids.length; from += 5)
      for (const { channelId, facts } of await scoreFacts(lastDay, zone, ska1, "2026-11-16", { channelIds: ids.slice(from, from + 5) }))
        told.push([named.get(channelId), facts]);
    expect(new Map(told)).toEqual(new Map([...seen].map(([name, { facts }]) => [name, facts])));
  });

  it("is the time zone of the server: computed again far from here, nothing differs", async () => {
    const before = await db.scoreSnapshot.findMany({ orderBy: { id: "asc" } });
    for (const TZ of ["America/St_Johns", "Pacific/Kiritimati"]) {
      const program = `import { recomputeAll } from "#lib/scores/recompute.ts"; import { db } from "#lib/core/db.ts";
        await recomputeAll(new Date("2026-11-22T17:00:00Z"), ["${made.government.id}"]); await db.$disconnect();`;
      const [code] = await once(runElsewhere(program, TZ), "close");
      expect(code).toBe(0);
    }
    expect(await db.scoreSnapshot.findMany({ orderBy: { id: "asc" } })).toEqual(before);
    const runs = await db.scoreRun.findMany({ where: { governmentId: made.government.id }, select: { day: true, written: true } });
    expect(runs.map(({ day, written }) => [day.toISOString().slice(0, 10), written])).toEqual([
      [lastDay, 12],
      [lastDay, 0],
      [lastDay, 0],
    ]);
  });
});

it("a computation whose process is killed half-way leaves what stood whole, and the next one completes", async () => {
  for (const name of ["3. Kecamatan, one post a week", "6. comments closed"]) await publish(made.accounts.get(name)!, "2026-11-12");
  const written = () =>
    db.$queryRaw<
      unknown[]
    >`SELECT s.id, s.digest, s.version FROM score_snapshot s UNION ALL SELECT government_id, score_class, units * 1000 + active FROM activity_tally ORDER BY 1, 2, 3`;
  const before = await written();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  let child: ChildProcess | null = null;
  try {
    // It has written scores and counts, and waits to note its run, which is the last it does.
    await owner.query("BEGIN; LOCK TABLE score_run IN ACCESS EXCLUSIVE MODE");
    const program = `import { recomputeZone } from "#lib/scores/recompute.ts"; await recomputeZone("${zone}", "${lastDay}", { governmentId: "${made.government.id}" });`;
    child = runElsewhere(program, "UTC");
    const waiting = "SELECT pid FROM pg_locks WHERE relation = 'score_run'::regclass AND NOT granted";
    const found = await until(async () => (await owner.query<{ pid: number }>(waiting)).rows[0]);
    const dying = once(child, "close");
    child.kill("SIGKILL");
    expect((await dying)[1]).toBe("SIGKILL");
    await owner.query("ROLLBACK");
    await until(async () => (await owner.query("SELECT FROM pg_stat_activity WHERE pid = $1", [found.pid])).rowCount === 0 || undefined);
    expect(await written()).toEqual(before);
  } finally {
    child?.kill("SIGKILL");
    await owner.end();
  }
  expect(await recompute(made.government)).toEqual({ accounts: 12, written: 2 });
  expect(await verifySnapshots({ governmentId: made.government.id, day: lastDay })).toMatchObject({ verified: 14, differ: 0 });
});

/** A process of its own, as another server would have it. */
function runElsewhere(program: string, TZ: string) {
  return spawn(process.execPath, ["--input-type=module", "-e", program], {
    env: { ...process.env, TZ },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(20);
  }
}
