// Whether publications are doubled or lost while workers are killed in mid-publish, answers get lost and clocks jump.
import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { machine } from "../support/bench-database.ts";
import { doubles, end, publishBench, sendsByText } from "../support/publish-bench.ts";

const { values } = parseArgs({
  options: {
    scale: { type: "string", default: "full" },
    keep: { type: "boolean", default: false },
    publications: { type: "string" },
    kills: { type: "string" },
  },
});
const smoke = values.scale === "smoke";
const publications = Number(values.publications ?? (smoke ? 8 : 10_000));
const wantedKills = Number(values.kills ?? (smoke ? 1 : 60));
const DEADLINE_MS = smoke ? 60_000 : 20 * 60_000;
/** How far a worker's clock is from the platform's, one after another. */
const skews = [0, 45_000, -45_000, 0, 240_000, -240_000];
/** Each replacement of a killed worker meets these: at the next calls the platform takes a post and hides it, or drops it. */
const faults = [
  { endpoint: "POST feed", fault: "slow", ms: 400, times: 3 },
  { endpoint: "POST feed", fault: "accept-then-drop", call: 4, times: 2 },
  { endpoint: "POST feed", fault: "accept-then-500", call: 6, times: 2 },
  { endpoint: "POST feed", fault: "drop-before", call: 8, times: 2 },
  { endpoint: "GET feed", fault: "500-before", call: 3 },
];
/** The same in little: one answer is lost before the only kill. */
const smokeFaults = [
  { endpoint: "POST feed", fault: "slow", ms: 400, times: 2 },
  { endpoint: "POST feed", fault: "accept-then-drop", call: 3, times: 1 },
];

const began = Date.now();
const say = (text: string) => console.log(`${Math.round((Date.now() - began) / 1000)} s: ${text} …`);
const bench = await publishBench("publish-chaos", values.keep, {
  units: smoke ? 2 : 40,
  channelsEach: 5,
  publications,
});
const sends = new Map<string, number>();
const read = { since: 0 };
const workers: ChildProcess[] = [];
let kills = 0;
/** How far all clocks, the platform's too, have been moved forward. */
let passed = 0;

try {
  await bench.fallDue(new Date(Date.now() - 600_000), 0); // so that it is also due by the slowest clock
  say(`${publications} are due`);
  await disturb();
  while (workers.length < (smoke ? 1 : 2)) start(0);
  await underFire();
  say("nobody is killed any more");
  await untilNothingMoves();
  say("nothing moves");
  for (const worker of workers.splice(0)) await end(worker, "SIGTERM");

  await sendsByText(bench, sends, read);
  const figures = await result();
  console.log(JSON.stringify({ ...figures, conditions: `${values.scale}, ${Math.round((Date.now() - began) / 1000)} s, ${machine()}` }));
  if (figures.doubled || figures.lost || figures.unresolved || kills < wantedKills) process.exitCode = 1;
} finally {
  await bench.stop();
}
process.exit();

/** A worker that ended without being killed would leave the bench waiting for nothing. */
function demandAlive() {
  const gone = workers.find(({ exitCode }) => exitCode !== null);
  if (gone) throw new Error(`a worker ended by itself (exit code ${gone.exitCode})`);
}

function start(skew: number) {
  workers.push(bench.startWorker(passed + skew));
}

async function disturb() {
  for (const fault of smoke ? smokeFaults : faults) await bench.lab.fault(fault);
}

/** Kills a worker in mid-publish each time so many more were begun; from half way there are four workers instead of two. */
async function underFire() {
  while (kills < wantedKills && Date.now() - began < DEADLINE_MS) {
    demandAlive();
    const { rows } = await bench.client.query<{ fresh: string }>(
      "SELECT count(*) AS fresh FROM publication WHERE state = 'due' AND attempts = 0",
    );
    const fresh = Number(rows[0]?.fresh);
    const turn = publications - fresh >= (publications * (kills + 1)) / (wantedKills + 1);
    const victim = turn ? ((await busiest()) ?? (fresh ? undefined : workers[0])) : undefined;
    if (victim) {
      await end(victim, "SIGKILL");
      workers.splice(workers.indexOf(victim), 1);
      kills += 1;
      if (!smoke) await disturb();
      const wanted = smoke ? 0 : kills < wantedKills / 2 ? 2 : 4;
      while (workers.length < wanted) start(skews[(kills + workers.length) % skews.length] ?? 0);
      await sendsByText(bench, sends, read);
      if (kills % 10 === 0) say(`${kills} kills, ${publications - fresh} of ${publications} begun`);
    }
    await sleep(smoke ? 10 : 50);
  }
}

/** The worker that holds most publications at this moment. */
async function busiest(): Promise<ChildProcess | undefined> {
  const { rows } = await bench.client.query<{ pid: string }>(
    "SELECT split_part(leased_by, '-', 1) AS pid FROM publication WHERE state = 'publishing' GROUP BY 1 ORDER BY count(*) DESC",
  );
  return rows.map(({ pid }) => workers.find((worker) => worker.pid === Number(pid))).find((worker) => worker !== undefined);
}

/** Calm again: as soon as nothing can be done now, time passes everywhere until all that waits can be. */
async function untilNothingMoves() {
  while (Date.now() - began < DEADLINE_MS) {
    demandAlive();
    const at = new Date(Date.now() + passed);
    const { rows } = await bench.client.query<{ waiting: number; last: Date | null; busy: boolean }>(
      `SELECT count(*)::int AS waiting, max(CASE WHEN state = 'publishing' THEN lease_until ELSE run_at END) FILTER (WHERE state = 'publishing' OR run_at < '9000-01-01') AS last,
         coalesce(bool_or(CASE WHEN state = 'publishing' THEN lease_until < $2 OR split_part(leased_by, '-', 1) = ANY($1::text[]) ELSE run_at <= $2 END), false) AS busy
       FROM publication WHERE state IN ('due', 'unknown', 'publishing')`,
      [workers.map(({ pid }) => String(pid)), at],
    );
    const { waiting = 0, last = null, busy = false } = rows[0] ?? {};
    if (!last) return;
    if (busy && workers.length > 0) {
      await sleep(smoke ? 20 : 100);
      continue;
    }
    say(`${waiting} wait; ${Math.round((last.getTime() - at.getTime()) / 1000)} s pass`);
    for (const worker of workers.splice(0)) await end(worker, "SIGKILL");
    passed += last.getTime() - at.getTime() + 2000;
    await bench.lab.clock(passed);
    while (workers.length < (smoke ? 1 : 2)) start(0);
    await sendsByText(bench, sends, read);
  }
}

async function result() {
  const { rows } = await bench.client.query<{ state: string; text: string; asks: boolean }>(
    "SELECT state, content->>'text' AS text, state = 'unknown' AND run_at > '9000-01-01' AS asks FROM publication",
  );
  const count = (of: (row: (typeof rows)[number]) => boolean) => rows.filter(of).length;
  const published = count(({ state }) => state === "published");
  const failed = count(({ state }) => state === "failed");
  const asked_person = count(({ asks }) => asks);
  const unresolved = count(({ state, asks }) => ["due", "publishing", "unknown"].includes(state) && !asks);
  const notOut = count(({ state, text }) => state === "published" && !sends.has(text));
  const lost = publications - published - failed - asked_person - unresolved + notOut;
  return { accepted: publications, published, failed, asked_person, kills, doubled: doubles(sends), lost, unresolved };
}
