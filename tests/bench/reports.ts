// How long the monthly reports of every government take, when they are all asked for at once.
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import pg from "pg";
import type { Actor } from "#lib/core/access.ts";
import { benchDatabase, machine } from "../support/bench-database.ts";

const { values } = parseArgs({ options: { scale: { type: "string", default: "full" }, keep: { type: "boolean", default: false } } });
const smoke = values.scale === "smoke";
const GOVERNMENTS = smoke ? 2 : 550;
const UNITS_EACH = smoke ? 5 : 40;
const POSTS_EACH = smoke ? 4 : 24;
const DUTIES_EACH = smoke ? 4 : 20;
const october = { from: "2026-10-01", to: "2026-10-31" };

const database = await benchDatabase("reports", values.keep);
Object.assign(process.env, {
  DATABASE_URL: database.url,
  AUTH_SECRET: "bench".repeat(8),
  GARDA_KEYS: `b1:${randomBytes(32).toString("base64")}`,
  STORAGE_DIR: database.folder,
  STATEMENT_TIMEOUT_MS: "60000",
});
const { moveClockTo } = await import("#lib/core/clock.ts");
moveClockTo(new Date("2026-11-02T02:00:00Z"));
const { db } = await import("#lib/core/db.ts");
const { makeNext } = await import("#lib/reports/making.ts");
const { startRun, runDetail } = await import("#lib/reports/runs.ts");
const client = new pg.Client({ connectionString: database.ownerUrl });
await client.connect();
await client.query("SET session_replication_role = replica"); // no foreign key is looked up for the made rows
try {
  const ministry = await fill();
  const authority = { role: "analyst" as const, reach: "subtree" as const, unitId: ministry, governmentId: ministry };
  const actor: Actor = { personId: ministry, name: "Bench", locale: "id", sessionId: ministry, authorities: [authority] };
  const began = performance.now();
  const run = await startRun(actor, { unitId: ministry, scope: "governments", ...october, paper: "f4" });
  if (!run.ok) throw new Error(JSON.stringify(run.problems));
  for (let count = 1; await makeNext(); count++) if (count % 50 === 0) console.log(`${count} reports …`);
  const seconds = (performance.now() - began) / 1000;
  const { progress } = await runDetail(actor, run.runId, "all", null);
  if (progress.all !== GOVERNMENTS || progress.left) throw new Error(`not all were made: ${JSON.stringify(progress)}`);
  console.log(
    JSON.stringify({
      reports: progress.ready,
      total_s: Math.round(seconds * 10) / 10,
      failed: progress.failed,
      conditions: `${values.scale}, PDF and workbook each, ${UNITS_EACH} units with ${POSTS_EACH} posts and ${DUTIES_EACH} answers a month each, one worker, ${machine()}`,
    }),
  );
} finally {
  await db.$disconnect();
  await client.end();
  await database.stop();
}
process.exit();

/** Governments below a ministry, their units with one account each, two months of posts and answers, and a year of weekly scores. */
async function fill(): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO unit (id, code, name, short_name, kind, government_id) SELECT id, '00', 'Kementerian', 'Kementerian', 'ministry', id FROM (SELECT garda_uuidv7() AS id) x RETURNING id`,
  );
  const ministry = rows[0]!.id;
  await client.query(
    `WITH made AS (SELECT g, n, garda_uuidv7() AS id FROM generate_series(1, $1::int) g, generate_series(0, $2::int) n)
     INSERT INTO unit (id, code, name, short_name, kind, government_id, score_class)
     SELECT m.id, concat_ws('.', m.g, nullif(m.n, 0)), CASE m.n WHEN 0 THEN 'Kabupaten Contoh ' || m.g ELSE 'Dinas Contoh ' || m.n END,
       CASE m.n WHEN 0 THEN 'Kab. Contoh ' || m.g ELSE 'Dinas ' || m.n END, CASE m.n WHEN 0 THEN 'regency' ELSE 'agency' END,
       (SELECT o.id FROM made o WHERE o.g = m.g AND o.n = 0), CASE WHEN m.n > 0 THEN (ARRAY['A', 'B', 'C'])[1 + m.n % 3] END
     FROM made m`,
    [GOVERNMENTS, UNITS_EACH],
  );
  await client.query(
    `INSERT INTO unit_closure (ancestor_id, unit_id, depth)
     SELECT id, id, 0 FROM unit UNION ALL SELECT government_id, id, 1 FROM unit WHERE government_id <> id
     UNION ALL SELECT $1::uuid, id, CASE WHEN government_id = id THEN 1 ELSE 2 END FROM unit WHERE id <> $1::uuid`,
    [ministry],
  );
  await client.query(
    `INSERT INTO channel (unit_id, government_id, platform, mode, remote_id, handle, name, base_url, is_primary, followers, first_seen_at, next_poll_at)
     SELECT id, government_id, 'facebook', 'api', code, code, code, '', true, 1000, timestamptz '2026-01-01', now() FROM unit WHERE kind = 'agency'`,
  );
  await client.query(
    `INSERT INTO score_snapshot (channel_id, unit_id, government_id, day, is_primary, score_tenths, level, score_class, is_new, facts, result, settings, formula, digest, computed_at)
     SELECT c.id, c.unit_id, c.government_id, date '2026-10-26' - w * 7, true, s.tenths,
       CASE WHEN s.tenths >= 850 THEN 'very_active' WHEN s.tenths >= 700 THEN 'active' WHEN s.tenths >= 400 THEN 'less_active' ELSE 'passive' END,
       u.score_class, false, '{}', '{}', '{}', 'ska-1', '', now()
     FROM channel c JOIN unit u ON u.id = c.unit_id CROSS JOIN generate_series(0, $1::int) w
       CROSS JOIN LATERAL (SELECT abs(hashtext(c.id::text || w)) % 1000 AS tenths) s`,
    [smoke ? 14 : 52],
  );
  await client.query(
    `INSERT INTO remote_post (channel_id, unit_id, government_id, remote_id, text, text_key, published_at, first_seen_at, category, likes, comments)
     SELECT c.id, c.unit_id, c.government_id, i::text, 'Unggahan ' || i, i::text, at, at, 'substantive', i % 50, i % 7
     FROM channel c CROSS JOIN generate_series(1, 2 * $1::int) i CROSS JOIN LATERAL (SELECT timestamptz '2026-09-01' + i * interval '61 days' / (2 * $1::int + 1) AS at) t`,
    [POSTS_EACH],
  );
  await client.query(
    `INSERT INTO reply_duty (case_id, message_id, channel_id, unit_id, government_id, opened_at, due_at, late_until, answered_at)
     SELECT garda_uuidv7(), garda_uuidv7(), c.id, c.unit_id, c.government_id, at, at + interval '1 day', at + interval '2 days',
       CASE WHEN i % 5 > 0 THEN at + (i % 40) * interval '1 hour' END
     FROM channel c CROSS JOIN generate_series(1, 2 * $1::int) i CROSS JOIN LATERAL (SELECT timestamptz '2026-09-01' + i * interval '61 days' / (2 * $1::int + 1) AS at) t`,
    [DUTIES_EACH],
  );
  await client.query("VACUUM ANALYZE");
  return ministry;
}
