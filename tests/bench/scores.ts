// How long the scores of a whole nation take, all of them and those of the next night, and whether boards, map and cards stay quick beside them.
import { randomBytes } from "node:crypto";
import { registerHooks } from "node:module";
import { parseArgs } from "node:util";
import pg from "pg";
import type { Actor } from "#lib/core/access.ts";
import { benchDatabase, machine, percentile } from "../support/bench-database.ts";

const { values } = parseArgs({
  options: { scale: { type: "string", default: "full" }, accounts: { type: "string" }, keep: { type: "boolean", default: false } },
});
const smoke = values.scale === "smoke";
const ACCOUNTS = values.accounts ? Number(values.accounts) : smoke ? 250 : 100_000;
const LOOKS = smoke ? 3 : 200;
const HISTORY_WEEKS = 26;
const DAY_MS = 86_400_000;

const database = await benchDatabase("scores", values.keep);
Object.assign(process.env, {
  DATABASE_URL: database.url,
  AUTH_SECRET: "bench".repeat(8),
  LOG_LEVEL: "error",
  STATEMENT_TIMEOUT_MS: "60000", // as in the worker
  GARDA_KEYS: `b1:${randomBytes(32).toString("base64")}`,
});
// What pages read imports from Next.js, which names its files without their endings.
registerHooks({ resolve: (name, context, next) => next(/^next\/(headers|navigation)$/.test(name) ? `${name}.js` : name, context) });
const { db } = await import("#lib/core/db.ts");
const { recomputeAll } = await import("#lib/scores/recompute.ts");
const { leaderboard } = await import("#lib/scores/boards/leaderboard.ts");
const { provinceTallies } = await import("#lib/scores/boards/map.ts");
const { activeTrend } = await import("#lib/scores/boards/trend.ts");
const { reportCard } = await import("#lib/scores/report-card.ts");
const { makeAccounts, makeHistory, makeYear } = await import("../support/scores-bench.ts");

const client = new pg.Client({ connectionString: database.ownerUrl });
await client.connect();
await client.query("SET session_replication_role = replica"); // no foreign key is looked up for the made rows
try {
  // A Tuesday and the day after it: on Mondays and at the end of a month every score is written, changed or not.
  const day = lastWednesday();
  await makeAccounts(client, ACCOUNTS);
  await makeYear(client, ACCOUNTS, noonAfter(day));
  console.log(`${ACCOUNTS} accounts and their year stand …`);
  const full = await seconds(() => recomputeAll(new Date(noonAfter(day).getTime() - DAY_MS)));
  console.log(`all scores: ${full} s …`);
  const incremental = await seconds(() => recomputeAll(noonAfter(day)));
  const rss = Math.round(process.resourceUsage().maxRSS / 1024);
  const written = await count("SELECT sum(written) FROM score_run WHERE day = $1", [day]);
  console.log(`the next night: ${incremental} s, ${written} changed …`);
  await makeHistory(client, day, HISTORY_WEEKS);
  const governments = await db.unit.findMany({
    where: { kind: { in: ["province", "regency", "city"] } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const units = await db.unit.findMany({
    where: { scoreClass: { not: null } },
    select: { code: true, governmentId: true },
    orderBy: { id: "asc" },
  });
  const ministry = await db.unit.findFirstOrThrow({ where: { kind: "ministry" }, select: { id: true } });
  const boards = await p95Of("leaderboard", () => {
    const { id: governmentId } = pick(governments);
    const [actor, group] = [supervisorOf(governmentId), pick(["agency", "district"] as const)];
    return Promise.all([
      leaderboard(actor, governmentId, group, day),
      activeTrend(actor, { governmentId }, { group, scoreClass: null }, day, 12),
    ]);
  });
  const map = await p95Of("map", () => provinceTallies(analystOf(ministry.id), day, { group: "agency", scoreClass: null }));
  const cards = await p95Of("card", () => {
    const { code, governmentId } = pick(units);
    return reportCard(supervisorOf(governmentId), code);
  });
  console.log(
    JSON.stringify({
      accounts: await count("SELECT count(*) FROM channel", []),
      full_s: full,
      incremental_s: incremental,
      incremental_written: written,
      rss_mb: rss,
      leaderboard_p95_ms: boards,
      map_p95_ms: map,
      card_p95_ms: cards,
      conditions: `${values.scale}, ${await count("SELECT count(*) FROM remote_post", [])} posts and ${await count("SELECT count(*) FROM reply_duty", [])} messages owed an answer (their duties, which is what scores read of them) over 52 weeks, ${governments.length} governments; incremental is the next night's run over all accounts, which writes what changed; rss is the peak of the process that computes; ${HISTORY_WEEKS} weeks of snapshots, ${LOOKS} looks each one after another; ${machine()}`,
    }),
  );
} finally {
  await db.$disconnect();
  await client.end();
  await database.stop();
}
process.exit();

/** A full Wednesday of every zone that is not the last of its month. */
function lastWednesday(): string {
  let at = Date.now() - 2 * DAY_MS;
  while (new Date(at).getUTCDay() !== 3 || new Date(at + DAY_MS).getUTCDate() === 1) at -= DAY_MS;
  return new Date(at).toISOString().slice(0, 10);
}

/** Noon in Jakarta on the day after: that day was the last full one in every zone. */
function noonAfter(day: string): Date {
  return new Date(Date.parse(`${day}T05:00:00Z`) + DAY_MS);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.round((performance.now() - began) / 100) / 10;
}

async function count(sql: string, params: unknown[]): Promise<number> {
  const { rows } = await client.query(sql, params);
  return Number(Object.values(rows[0])[0]);
}

function pick<T>(some: readonly T[]): T {
  return some[Math.floor(Math.random() * some.length)]!;
}

async function p95Of(name: string, look: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 5; i++) await look();
  const times: number[] = [];
  for (let i = 0; i < LOOKS; i++) {
    const began = performance.now();
    await look();
    times.push(performance.now() - began);
  }
  console.log(`${name}: p50 ${percentile(times, 0.5).toFixed(1)} ms`);
  return Math.round(percentile(times, 0.95) * 10) / 10;
}

function supervisorOf(governmentId: string): Actor {
  return actorWith({ role: "supervisor", reach: "government", unitId: governmentId, governmentId });
}

function analystOf(ministryId: string): Actor {
  return actorWith({ role: "analyst", reach: "subtree", unitId: ministryId, governmentId: ministryId });
}

function actorWith(authority: Actor["authorities"][number]): Actor {
  return { personId: authority.unitId, name: "Bench", locale: "id", sessionId: authority.unitId, authorities: [authority] };
}
