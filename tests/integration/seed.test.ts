import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";
import { type RunningLab, startLab } from "../support/lab.ts";

let database: FreshDatabase;
let lab: RunningLab;
let folder: string;
let db: typeof import("#lib/core/db.ts").db;
let seed: Awaited<ReturnType<typeof load>>;

const graphUrl = () => `${lab.url}/meta`;
const quiet = () => {};
const zone = "Asia/Jakarta";

beforeAll(async () => {
  [database, lab] = await Promise.all([freshDatabase(), startLab()]);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "garda-seed-"));
  process.env.DATABASE_URL = database.ownerUrl;
  process.env.AUTH_SECRET = randomBytes(24).toString("hex");
  process.env.GARDA_KEYS = `uji:${randomBytes(32).toString("base64")}`;
  process.env.STORAGE_DIR = folder;
  process.env.STATEMENT_TIMEOUT_MS = "180000";
  ({ db } = await import("#lib/core/db.ts"));
  seed = await load();
});

afterAll(async () => {
  await db?.$disconnect();
  await lab?.stop();
  await database?.drop();
  if (folder) fs.rmSync(folder, { recursive: true });
});

async function load() {
  const [clock, scores, polling, review, administrator, demo, labSeed, regions, tree] = await Promise.all([
    import("#lib/core/clock.ts"),
    import("#lib/scores/recompute.ts"),
    import("#lib/inbox/intake/polling.ts"),
    import("#lib/posts/queries.ts"),
    import("../../prisma/seed/administrator.ts"),
    import("../../prisma/seed/demo.ts"),
    import("../../prisma/seed/lab.ts"),
    import("../../prisma/seed/regions.ts"),
    import("../../prisma/seed/tree.ts"),
  ]);
  return { ...clock, ...scores, ...polling, ...review, ...administrator, ...demo, ...labSeed, ...regions, ...tree };
}

const plant = () =>
  db.$transaction(async (tx) => (await seed.plantUnits(tx, seed.nation())) + (await seed.plantSettings(tx)), { timeout: 60_000 });

const empty = () =>
  db.$executeRaw`TRUNCATE unit, person, remote_key, message, audit_event, audit_payload, approval, band_median, score_run CASCADE`;

async function count(sql: string): Promise<Record<string, number>> {
  const [row] = await db.$queryRawUnsafe<Record<string, number>[]>(sql);
  return row!;
}

/** How many agencies of Kabupaten Tegal stand on each level, `weeks` before `day`. */
async function levelsOf(day: string, weeks: number): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ level: string; units: number }[]>`
    SELECT s.level, count(*)::int AS units FROM unit u JOIN unit g ON g.id = u.government_id AND g.code = '33.28' CROSS JOIN LATERAL (
      SELECT level FROM score_snapshot s WHERE s.unit_id = u.id AND s.is_primary AND s.day <= ${day}::date - ${weeks}::int * 7
      ORDER BY s.day DESC, s.version DESC LIMIT 1) s
    WHERE u.kind = 'agency' GROUP BY s.level`;
  return Object.fromEntries(rows.map(({ level, units }) => [level, units]));
}

const active = (levels: Record<string, number>) => (levels.active ?? 0) + (levels.very_active ?? 0);
const told = { very_active: 4, active: 11, less_active: 9, passive: 5, dormant: 5, dead: 2 };

describe("the country", () => {
  test("has the ministry's 12 components and BNPP, 38 provinces and 514 kabupaten and kota, of which 546 are governments", async () => {
    await plant();
    expect(
      await count(`SELECT count(*) FILTER (WHERE kind = 'component')::int AS components, count(*) FILTER (WHERE kind = 'province')::int AS provinces,
        count(*) FILTER (WHERE kind IN ('regency', 'city', 'administrative_area'))::int AS below, count(*) FILTER (WHERE government_id = id AND kind <> 'ministry')::int AS governments,
        count(*) FILTER (WHERE kind = 'administrative_area')::int AS administrative FROM unit`),
    ).toEqual({ components: 13, provinces: 38, below: 514, governments: 546, administrative: 6 });
  });

  test("knows whose government each place is, and its time zone", async () => {
    const of = async (code: string) => {
      const unit = await db.unit.findUniqueOrThrow({
        where: { code },
        select: { name: true, kind: true, zone: true, government: { select: { code: true } } },
      });
      return [unit.name, unit.kind, unit.zone, unit.government.code];
    };
    expect(await of("31.74")).toEqual(["Kota Administrasi Jakarta Selatan", "administrative_area", "Asia/Jakarta", "31"]);
    expect(await of("33.28")).toEqual(["Kabupaten Tegal", "regency", "Asia/Jakarta", "33.28"]);
    expect(await of("61.71")).toEqual(["Kota Pontianak", "city", "Asia/Pontianak", "61.71"]);
    expect(await of("51.71")).toEqual(["Kota Denpasar", "city", "Asia/Makassar", "51.71"]);
    expect(await of("91.71")).toEqual(["Kota Jayapura", "city", "Asia/Jayapura", "91.71"]);
  });

  test("hangs together: every unit sees itself, its province and the ministry above it", async () => {
    expect(
      await count(`SELECT count(*)::int AS above FROM unit_closure c JOIN unit u ON u.id = c.unit_id JOIN unit a ON a.id = c.ancestor_id
        WHERE u.code = '33.28' AND (a.code, c.depth) IN (('33.28', 0), ('33', 1), ('kemendagri', 2))`),
    ).toEqual({ above: 3 });
    expect(await count("SELECT count(*)::int AS rows FROM unit_closure")).toEqual({ rows: 1 + 13 * 2 + 38 * 2 + 514 * 3 });
  });

  test("is planted anew without a change", async () => {
    expect(await plant()).toBe(0);
  });

  test("has a first administrator where there is nobody, and only there", async () => {
    const made = await seed.firstAdministrator({ email: "Kepala@Garda.local" });
    expect(made).toMatchObject({ email: "kepala@garda.local" });
    expect(await seed.firstAdministrator({})).toBeNull();
    expect(await seed.fillDemo(seed.now(), graphUrl(), quiet)).toBe(false);
    expect(await db.person.count()).toBe(1);
  });
});

describe("the demo, filled now", () => {
  let day: string;
  const sizes = () =>
    count(`SELECT (SELECT count(*)::int FROM person) AS people, (SELECT count(*)::int FROM remote_post) AS posts, (SELECT count(*)::int FROM remote_post WHERE removed_at IS NOT NULL) AS removed,
      (SELECT count(*)::int FROM message) AS messages, (SELECT count(*)::int FROM inbox_case) AS cases, (SELECT count(*)::int FROM post) AS desk, (SELECT count(*)::int FROM case_note) AS notes,
      (SELECT count(*)::int FROM approval) AS decisions, (SELECT count(*)::int FROM score_snapshot) AS scores`);

  beforeAll(async () => {
    await empty();
    await plant();
    const at = seed.now();
    day = seed.lastFullDay(at, zone);
    await seed.fillDemo(at, graphUrl(), quiet);
    await seed.fillLab(lab.url, graphUrl(), "v26.0", at);
  }, 240_000);

  test("has 36 agencies and 18 districts in Kabupaten Tegal, 40 and 10 in Kabupaten Bintan", async () => {
    expect(
      await count(`SELECT count(*) FILTER (WHERE g.code = '33.28' AND u.kind = 'agency')::int AS tegal, count(*) FILTER (WHERE g.code = '33.28' AND u.kind = 'district')::int AS districts,
        count(*) FILTER (WHERE g.code = '21.01' AND u.kind = 'agency')::int AS bintan, count(*) FILTER (WHERE g.code = '21.01' AND u.kind = 'district')::int AS others
        FROM unit u JOIN unit g ON g.id = u.government_id`),
    ).toEqual({ tegal: 36, districts: 18, bintan: 40, others: 10 });
  });

  test("has 15 of the 36 agencies active, and had nine twelve weeks ago", async () => {
    expect(await levelsOf(day, 0)).toEqual(told);
    expect(active(await levelsOf(day, 12))).toBeGreaterThanOrEqual(8);
    expect(active(await levelsOf(day, 12))).toBeLessThanOrEqual(10);
    expect(Object.values(await levelsOf(day, 26)).reduce((a, b) => a + b, 0)).toBe(36);
  });

  test("has every component of the ministry on the leaderboard, each with an account, some active and some not", async () => {
    const rows = await db.$queryRaw<{ code: string; level: string; accounts: number }[]>`
      SELECT u.code, s.level, (SELECT count(*)::int FROM channel c WHERE c.unit_id = u.id) AS accounts FROM unit u CROSS JOIN LATERAL (
        SELECT level FROM score_snapshot s WHERE s.unit_id = u.id AND s.is_primary AND s.day <= ${day}::date ORDER BY s.day DESC, s.version DESC LIMIT 1) s
      WHERE u.kind = 'component'`;
    expect(rows).toHaveLength(13);
    expect(rows.every(({ accounts }) => accounts === 1 || accounts === 2)).toBe(true);
    const some = rows.filter(({ level }) => level === "active" || level === "very_active").length;
    expect(some).toBeGreaterThanOrEqual(3);
    expect(some).toBeLessThanOrEqual(10);
  });

  test("shows coaching in every state, with causes of every kind, sealed minutes, a training and good practice", async () => {
    expect(
      await count(`SELECT (SELECT count(DISTINCT state) FROM coaching_case)::int AS states, (SELECT count(*) FROM coaching_case WHERE state = 'open')::int AS open,
        (SELECT count(*) FROM coaching_case WHERE state = 'closed' AND mentor_id IS NOT NULL)::int AS closed, (SELECT count(DISTINCT mentor_id) FROM coaching_case WHERE state = 'open')::int AS mentors,
        (SELECT count(*) FROM coaching_meeting WHERE sealed_at IS NOT NULL)::int AS sealed, (SELECT count(*) FROM coaching_meeting WHERE sealed_at IS NULL)::int AS unsealed,
        (SELECT count(*) FROM training_session)::int AS trainings,
        (SELECT count(DISTINCT source) FROM dormancy_cause)::int AS sources, (SELECT count(*) FROM exemplar WHERE retired_at IS NULL)::int AS exemplars`),
    ).toEqual({ states: 3, open: 3, closed: 1, mentors: 2, sealed: 2, unsealed: 1, trainings: 1, sources: 3, exemplars: 3 });
  });

  test("lets five citizens wait at Dinsos: one too long, one with a rumour, one with little time left", async () => {
    const rows = await db.inboxCase.findMany({
      where: { state: "open", unit: { code: "33.28-dinsos" } },
      select: { kind: true, dueAt: true },
      orderBy: { dueAt: "asc" },
    });
    expect(rows.map((row) => row.kind)).toEqual(expect.arrayContaining(["hoax", "question", "aspiration"]));
    expect(rows).toHaveLength(5);
    expect(rows.filter((row) => row.dueAt! < seed.now())).toHaveLength(1);
    const most = await count(
      "SELECT max(n)::int AS most FROM (SELECT count(*) AS n FROM inbox_case i JOIN unit u ON u.id = i.unit_id WHERE state = 'open' AND u.code <> '33.28-dinsos' GROUP BY unit_id) x",
    );
    expect(most.most).toBeLessThanOrEqual(4);
  });

  test("shows every way in which a conversation goes on", async () => {
    const states = async (rows: Promise<{ state: string }[]>) => [...new Set((await rows).map(({ state }) => state))].sort();
    expect(await states(db.referral.findMany())).toEqual(["accepted", "bounced", "delivered", "sent"]);
    expect(await states(db.reply.findMany())).toEqual(["submitted"]);
    expect(await states(db.moderation.findMany())).toEqual(["asked", "waiting"]);
    const told =
      await count(`SELECT (SELECT count(*) FROM inbox_case WHERE unsure)::int AS unsure, (SELECT count(*) FROM inbox_case WHERE state = 'snoozed')::int AS snoozed,
      (SELECT count(*) FROM case_note WHERE mentions <> '{}')::int AS mentions, (SELECT count(DISTINCT kind) FROM message_change)::int AS changes,
      (SELECT count(*) FROM lapor_ticket WHERE state = 'entered')::int AS lapor, (SELECT count(*) FROM information_request WHERE state = 'registered')::int AS ppid,
      (SELECT count(*) FROM inbox_case c WHERE state = 'open' AND resolution_due_at IS NULL AND kind NOT IN ('other', 'praise', 'spam'))::int AS endless`);
    expect(told).toEqual({ unsure: 1, snoozed: 1, mentions: 1, changes: 2, lapor: 1, ppid: 1, endless: 0 });
    expect(await db.cannedReply.count()).toBeGreaterThan(8);
    expect(await db.dutyShift.count()).toBe(21);
  });

  test("masks what citizens tell of themselves", async () => {
    expect(await count("SELECT count(*)::int AS bare FROM message WHERE text ~ '\\d{16}'")).toEqual({ bare: 0 });
  });

  test("has four posts in the queue of the named verifier, one of them handed in again after a return", async () => {
    const person = await db.person.findUniqueOrThrow({
      where: { email: "agus@diskominfo.tegal.garda.example" },
      select: { id: true, grants: { select: { unitId: true, unit: { select: { governmentId: true } } } } },
    });
    const authorities = person.grants.map(({ unitId, unit }) => ({
      role: "verifier" as const,
      reach: "own" as const,
      unitId,
      governmentId: unit.governmentId,
    }));
    const queue = await seed.reviewQueue({ personId: person.id, name: "", locale: "id", sessionId: "", authorities });
    expect(queue.map((item) => item.round).sort()).toEqual([1, 1, 1, 2]);
  });

  test("shows a post in every state", async () => {
    const states = await db.post.findMany({ distinct: ["state"], select: { state: true } });
    expect(states.map((row) => row.state).sort()).toEqual([
      "approved",
      "cancelled",
      "draft",
      "rejected",
      "returned",
      "scheduled",
      "submitted",
    ]);
    const outcomes = await db.publication.findMany({ distinct: ["state"], select: { state: true } });
    expect(outcomes.map((row) => row.state).sort()).toEqual(["due", "failed", "manual", "published"]);
  });

  test("is on the platform exactly as it is here: reading an account finds nothing new and nothing gone", async () => {
    const before = await sizes();
    const channels = await db.$queryRaw<Parameters<typeof seed.pollChannel>[0][]>`
      SELECT c.id, c.unit_id, c.government_id, u.zone, NULL::timestamptz AS polled_until, c.first_seen_at FROM channel c JOIN unit u ON u.id = c.unit_id
      WHERE c.mode = 'api' AND u.code IN ('33.28-dinsos', '33.28-disdukcapil', '33.28-inspektorat', '21.01-damkar', '33.28-kec-slawi')`;
    expect(channels).toHaveLength(5);
    for (const channel of channels) await seed.pollChannel(channel);
    expect(await sizes()).toEqual(before);
    expect(await db.channel.count({ where: { lastProblem: { not: { equals: null } } } })).toBe(0);
  });

  test("gives a lab that lost its file everything back, and otherwise nothing", async () => {
    expect(await seed.fillLab(lab.url, graphUrl(), "v26.0", seed.now())).toBe(0);
    await lab.reset();
    expect(await seed.fillLab(lab.url, graphUrl(), "v26.0", seed.now())).toBeGreaterThan(1000);
  });

  test("is filled once, and what a killed start left undone is done by the next", async () => {
    const before = await sizes();
    await seed.fillDemo(seed.now(), graphUrl(), quiet);
    expect(await sizes()).toEqual(before);
    await db.settingsVersion.deleteMany({ where: { kind: { in: ["demo-desk", "demo-scores"] } } });
    await seed.fillDemo(seed.now(), graphUrl(), quiet);
    expect(await sizes()).toEqual(before);
  }, 120_000);
});

test.each(["2026-12-28T02:30:00Z", "2027-04-14T04:00:00Z"])(
  "tells the same story when it is filled at %s",
  async (moment) => {
    seed.moveClockTo(new Date(moment));
    await empty();
    await plant();
    const at = seed.now();
    await db.$transaction((tx) => seed.fillHistory(tx, at, graphUrl(), quiet), { timeout: 240_000 });
    await db.$executeRaw`ANALYZE`;
    const day = seed.lastFullDay(at, zone);
    await seed.recomputeZone(zone, day);
    expect(await levelsOf(day, 0)).toEqual(told);
  },
  240_000,
);
