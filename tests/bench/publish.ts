// How late publications go out when many fall due within a minute, and whether any is doubled or lost.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { benchDatabase, machine, percentile } from "../support/bench-database.ts";
import { startLab } from "../support/lab.ts";

const { values } = parseArgs({ options: { scale: { type: "string", default: "full" }, keep: { type: "boolean", default: false } } });
const { due, channels, spreadSeconds } =
  values.scale === "smoke" ? { due: 20, channels: 5, spreadSeconds: 0.5 } : { due: 500, channels: 50, spreadSeconds: 60 };
const LEAD_MS = 1500;

const database = await benchDatabase("publish", values.keep);
const lab = await startLab();
const environment = {
  PATH: process.env.PATH,
  NODE_ENV: "production" as const,
  DATABASE_URL: database.url,
  AUTH_SECRET: randomBytes(24).toString("hex"),
  GARDA_KEYS: `b1:${randomBytes(32).toString("base64")}`,
  FACEBOOK_GRAPH_URL: `${lab.url}/meta`,
  STORAGE_DIR: database.folder,
  POLL_SECONDS: "86400",
  LOG_LEVEL: "error",
};
Object.assign(process.env, environment);
const { sealGrant } = await import("#lib/channels/accounts.ts");
const client = new pg.Client({ connectionString: database.ownerUrl });
await client.connect();

try {
  await fill();
  const worker = spawn(process.execPath, ["lib/worker/main.ts"], { env: environment, stdio: ["ignore", "ignore", "inherit"] });
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  await sleep(1000);
  console.log(`${due} publications fall due over ${spreadSeconds} s …`);
  const started = Date.now();
  const first = new Date(started + LEAD_MS);
  await client.query(
    "UPDATE publication SET due_at = $1::timestamptz + (n * $2::float8 / $3) * interval '1 s', run_at = $1::timestamptz + (n * $2::float8 / $3) * interval '1 s', state = 'due' FROM (SELECT id AS nid, row_number() OVER (ORDER BY id) - 1 AS n FROM publication) x WHERE id = nid",
    [first, spreadSeconds, due],
  );
  await client.query(`SELECT pg_notify('garda_live', '{"topic":"publication-due"}')`);
  const deadline = started + (spreadSeconds + 120) * 1000;
  while ((await open()) > 0 && Date.now() < deadline) await sleep(200);
  const total_s = Math.round((Date.now() - first.getTime()) / 100) / 10;
  worker.kill("SIGTERM");
  await ended;

  const { rows } = await client.query<{ late: number }>(
    "SELECT extract(epoch FROM published_at - due_at) * 1000 AS late FROM publication WHERE state = 'published'",
  );
  const late = rows.map((row) => Number(row.late));
  const sent = (await lab.journal()).filter((entry) => entry.endpoint === "POST feed" && entry.status === 200).length;
  const figures = {
    due,
    p50_late_ms: Math.round(percentile(late, 0.5)),
    p99_late_ms: Math.round(percentile(late, 0.99)),
    total_s,
    doubled: Math.max(0, sent - late.length),
    lost: due - late.length,
  };
  console.log(JSON.stringify({ ...figures, conditions: `${values.scale}, ${machine()}, 1 worker, Facebook lab on the same machine` }));
  if (figures.doubled || figures.lost) process.exitCode = 1;
} finally {
  await client.end();
  await lab.stop();
  await database.stop();
}
process.exit();

async function open(): Promise<number> {
  const { rows } = await client.query<{ open: string }>(
    "SELECT count(*) AS open FROM publication WHERE state NOT IN ('published', 'failed')",
  );
  return Number(rows[0]!.open);
}

async function fill() {
  const unit = (
    await client.query<{ id: string }>(
      "INSERT INTO unit (id, code, name, short_name, kind, government_id) SELECT id, 'bench', 'Bench', 'Bench', 'regency', id FROM (SELECT garda_uuidv7() AS id) x RETURNING id",
    )
  ).rows[0]!.id;
  const pages = Array.from({ length: channels }, (_, i) => ({
    id: String(100_000_000 + i),
    name: `Halaman ${i}`,
    username: `halaman${i}`,
    token: `token-${i}`,
  }));
  await lab.seed({ pages });
  for (const page of pages) {
    const { rows } = await client.query<{ id: string }>(
      "INSERT INTO channel (unit_id, government_id, platform, mode, remote_id, handle, name, base_url, first_seen_at, next_poll_at) VALUES ($1, $1, 'facebook', 'api', $2, $3, $4, $5, now(), now() + interval '1 day') RETURNING id",
      [unit, page.id, page.username, page.name, `${lab.url}/meta`],
    );
    await client.query("INSERT INTO channel_grant (channel_id, sealed, updated_at) VALUES ($1, $2, now())", [
      rows[0]!.id,
      sealGrant({ pageToken: page.token }),
    ]);
  }
  await client.query(
    `INSERT INTO publication (subject_type, subject_id, channel_id, unit_id, government_id, state, content, checkpoint, due_at, run_at, created_at)
     SELECT 'post', garda_uuidv7(), c.id, $1, $1, 'due', jsonb_build_object('text', 'Unggahan nomor ' || n, 'link', null, 'pictures', '[]'::jsonb, 'replyTo', null),
       '{"stage":"new","at":null,"data":{}}', now() + interval '1 day', now() + interval '1 day', now()
     FROM generate_series(1, $2) AS n JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM channel) c ON c.place = n % $3 + 1`,
    [unit, due, channels],
  );
}
