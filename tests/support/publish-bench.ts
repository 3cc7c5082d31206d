/** A schedule in a database of its own, a Facebook lab and worker processes: what the benches of publishing share. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { benchDatabase, machine, percentile } from "./bench-database.ts";
import { compileCache, startLab } from "./lab.ts";

export type PublishBench = Awaited<ReturnType<typeof publishBench>>;
export type Schedule = { units: number; channelsEach: number; publications: number };

/** What a worker needs to start, and to see the schedule before it falls due; on the small scale nobody asks how late it was. */
const calm = { full: { start: 1000, lead: 1500 }, smoke: { start: 0, lead: 0 } };

/** Starts database and lab, and plans publications with a text of their own over the channels, none of them due yet. */
export async function publishBench(name: string, keep: boolean, schedule: Schedule) {
  const [database, lab] = await Promise.all([benchDatabase(name, keep), startLab()]);
  const environment = {
    PATH: process.env.PATH,
    NODE_ENV: "production" as const,
    NODE_COMPILE_CACHE: compileCache,
    DATABASE_URL: database.url,
    AUTH_SECRET: randomBytes(24).toString("hex"),
    GARDA_KEYS: `b1:${randomBytes(32).toString("base64")}`,
    FACEBOOK_GRAPH_URL: `${lab.url}/meta`,
    STORAGE_DIR: database.folder,
    POLL_SECONDS: "86400",
    LOG_LEVEL: process.env.LOG_LEVEL ?? "error",
  };
  Object.assign(process.env, environment);
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const workers = new Set<ChildProcess>();
  const stop = async () => {
    await Promise.all([...workers].map((worker) => end(worker, "SIGKILL")));
    await client.end();
    await lab.stop();
    await database.stop();
  };
  await fill(client, lab, schedule).catch(async (error) => {
    await stop();
    throw error;
  });
  return {
    client,
    lab,
    stop,
    /** Starts one worker process as the product runs it, its clock so many ms from the machine's. */
    startWorker: (offsetMs = 0): ChildProcess => {
      const env = { ...environment, GARDA_CLOCK_OFFSET_MS: String(offsetMs) };
      const worker = spawn(process.execPath, ["lib/worker/main.ts"], { env, stdio: ["ignore", "ignore", "inherit"] });
      workers.add(worker);
      worker.once("exit", () => workers.delete(worker));
      return worker;
    },
    /** Makes everything due, evenly over so many seconds from `first`. */
    fallDue: async (first: Date, spreadSeconds: number) => {
      await client.query(
        `UPDATE publication SET due_at = x.at, run_at = x.at
         FROM (SELECT id AS planned, $1::timestamptz + (row_number() OVER (ORDER BY id) - 1) * $2::float8 / $3 * interval '1 s' AS at FROM publication) x
         WHERE id = planned`,
        [first, spreadSeconds, schedule.publications],
      );
      await client.query(`SELECT pg_notify('garda_live', '{"topic":"publication-due"}')`);
    },
    /** How many publications are in each state. */
    states: async (): Promise<Record<string, number>> => {
      const { rows } = await client.query<{ state: string; count: string }>(
        "SELECT state, count(*) AS count FROM publication GROUP BY state",
      );
      return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
    },
  };
}

/** Ends a worker and waits until it is gone. */
export async function end(worker: ChildProcess, signal: NodeJS.Signals) {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = new Promise((resolve) => worker.once("exit", resolve));
  worker.kill(signal);
  await gone;
}

/** Lets the schedule fall due over so many seconds before one worker, and prints how late each publication went out. */
export async function measureLateness(name: string, scale: keyof typeof calm, keep: boolean, spreadSeconds: number, schedule: Schedule) {
  const bench = await publishBench(name, keep, schedule);
  const due = schedule.publications;
  try {
    const worker = bench.startWorker();
    await sleep(calm[scale].start);
    console.log(`${due} publications fall due ${spreadSeconds ? `over ${spreadSeconds} s` : "at one instant"} …`);
    const first = new Date(Date.now() + calm[scale].lead);
    await bench.fallDue(first, spreadSeconds);
    const deadline = first.getTime() + (spreadSeconds + 180) * 1000;
    const settled = ({ published = 0, failed = 0 }: Record<string, number>) => published + failed;
    while (settled(await bench.states()) < due && Date.now() < deadline) await sleep(scale === "smoke" ? 50 : 200);
    await end(worker, "SIGTERM");

    const { rows } = await bench.client.query<{ late: string; last: Date }>(
      "SELECT extract(epoch FROM published_at - due_at) * 1000 AS late, max(published_at) OVER () AS last FROM publication WHERE state = 'published'",
    );
    const late = rows.map((row) => Number(row.late));
    const sent = await sendsByText(bench);
    const figures = {
      due,
      p50_late_ms: Math.round(percentile(late, 0.5)),
      p99_late_ms: Math.round(percentile(late, 0.99)),
      total_s: Math.round(((rows[0]?.last.getTime() ?? Date.now()) - first.getTime()) / 100) / 10,
      doubled: doubles(sent),
      lost: due - sent.size,
    };
    console.log(JSON.stringify({ ...figures, conditions: `${scale}, ${machine()}, 1 worker, Facebook lab on the same machine` }));
    if (figures.doubled || figures.lost || late.length !== due) process.exitCode = 1;
  } finally {
    await bench.stop();
  }
}

/** What the platform still does although the caller may never hear of it. */
const reachesTheDesk = (fault: string | null) => fault === null || fault === "slow" || fault.startsWith("accept-");

/**
 * How often each text reached the platform's desk, from the lab's journal after entry `since`, added to `sends`. A repeat
 * counts even where the platform refuses it as a duplicate.
 */
export async function sendsByText(bench: Pick<PublishBench, "lab">, sends = new Map<string, number>(), from = { since: 0 }) {
  for (;;) {
    const entries = await bench.lab.journal(from.since);
    for (const { endpoint, fault, body } of entries) {
      if (endpoint !== "POST feed" || !reachesTheDesk(fault)) continue;
      const text = String(body.message);
      sends.set(text, (sends.get(text) ?? 0) + 1);
    }
    const last = entries.at(-1);
    if (!last) return sends;
    from.since = last.n;
  }
}

/** How many sends were one too many. */
export const doubles = (sends: Map<string, number>) => [...sends.values()].reduce((sum, count) => sum + count - 1, 0);

async function fill(client: pg.Client, lab: PublishBench["lab"], { units, channelsEach, publications }: Schedule) {
  const { sealGrant } = await import("#lib/channels/accounts.ts");
  const pages = Array.from({ length: units * channelsEach }, (_, i) => ({
    id: String(100_000_000 + i),
    name: `Halaman ${i}`,
    username: `halaman${i}`,
    token: `token-${i}`,
  }));
  await lab.seed({ pages });
  await client.query(
    `WITH made AS (SELECT n, garda_uuidv7() AS id FROM generate_series(1, $1) AS n)
     INSERT INTO unit (id, code, name, short_name, kind, government_id)
     SELECT id, 'bench-' || n, 'Bench ' || n, 'Bench ' || n, 'agency', (SELECT id FROM made WHERE n = 1) FROM made`,
    [units],
  );
  await client.query(
    `WITH place AS (SELECT id, government_id, row_number() OVER (ORDER BY id) - 1 AS n FROM unit),
     made AS (
       INSERT INTO channel (unit_id, government_id, platform, mode, remote_id, handle, name, base_url, first_seen_at, next_poll_at)
       SELECT p.id, p.government_id, 'facebook', 'api', x.page, x.page, x.page, $3, now(), now() + interval '1 day'
       FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS x(page, sealed, n) JOIN place p ON p.n = (x.n - 1) % $4
       RETURNING id, remote_id)
     INSERT INTO channel_grant (channel_id, sealed, updated_at)
     SELECT made.id, x.sealed, now() FROM made JOIN unnest($1::text[], $2::text[]) AS x(page, sealed) ON x.page = made.remote_id`,
    [pages.map((page) => page.id), pages.map((page) => sealGrant({ pageToken: page.token })), `${lab.url}/meta`, units],
  );
  await client.query(
    `INSERT INTO publication (subject_type, subject_id, channel_id, unit_id, government_id, state, content, checkpoint, due_at, run_at, created_at)
     SELECT 'post', garda_uuidv7(), c.id, c.unit_id, c.government_id, 'due',
       jsonb_build_object('text', 'Unggahan nomor ' || n, 'link', null, 'pictures', '[]'::jsonb, 'replyTo', null),
       '{"stage":"new","at":null,"data":{}}', now() + interval '1 day', now() + interval '1 day', now()
     FROM generate_series(1, $1) AS n
     JOIN (SELECT id, unit_id, government_id, row_number() OVER (ORDER BY id) - 1 AS place FROM channel) c ON c.place = n % $2`,
    [publications, pages.length],
  );
  await client.query("ANALYZE");
}
