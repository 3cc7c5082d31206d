// Whether the calendar stays as quick when the database fills: the same week among few posts and among very many.
import { randomBytes } from "node:crypto";
import { registerHooks } from "node:module";
import { parseArgs } from "node:util";
import pg from "pg";
import type { Actor } from "#lib/core/access.ts";
import { benchDatabase, machine, percentile } from "../support/bench-database.ts";

const { values } = parseArgs({ options: { scale: { type: "string", default: "full" }, keep: { type: "boolean", default: false } } });
const smoke = values.scale === "smoke";
const SMALL = smoke ? 500 : 10_000;
const LARGE = smoke ? 5000 : 1_000_000;
const IN_WEEK = smoke ? 100 : 2000;
const LOOKS = smoke ? 5 : 200;
const GOVERNMENTS = smoke ? 10 : 200;
const UNITS_EACH = 40;

const zone = "Asia/Jakarta";
const week = { from: new Date("2026-11-15T17:00:00Z"), to: new Date("2026-11-22T17:00:00Z") };
const database = await benchDatabase("calendar", values.keep);
Object.assign(process.env, {
  DATABASE_URL: database.url,
  AUTH_SECRET: "bench".repeat(8),
  GARDA_KEYS: `b1:${randomBytes(32).toString("base64")}`,
});
// What pages read imports from Next.js, which names its files without their endings.
registerHooks({ resolve: (name, context, next) => next(name === "next/headers" ? "next/headers.js" : name, context) });
const { db } = await import("#lib/core/db.ts");
const { calendarChannels, calendarPosts, calendarUnits, channelHours, noFilters, plannedPosts, postsByDay, postTitles } = await import(
  "#lib/posts/calendar.ts"
);
const { unitCard } = await import("#lib/units/queries.ts");
const client = new pg.Client({ connectionString: database.ownerUrl });
await client.connect();
await client.query("SET session_replication_role = replica"); // no foreign key is looked up for the made rows
try {
  await makeUnits();
  // The first unit plans as much for the week as all units of the second government together.
  await makePosts(IN_WEEK, { units: "government = 1 AND place = 1", days: "random() * 7" });
  await makePosts(IN_WEEK, { units: "government = 2", days: "random() * 7" });
  const small = await measure(SMALL);
  const large = await measure(LARGE);
  const ratio = (after: number, before: number) => Math.round((after / before) * 100) / 100;
  console.log(
    JSON.stringify({
      small_posts: SMALL,
      large_posts: LARGE,
      unit_small_p95_ms: small.unit,
      unit_large_p95_ms: large.unit,
      ratio_unit: ratio(large.unit, small.unit),
      government_small_p95_ms: small.government,
      government_large_p95_ms: large.government,
      ratio_government: ratio(large.government, small.government),
      conditions: `${values.scale}, ${IN_WEEK} posts in each week, a quarter of the others the unit's own, ${LOOKS} looks in a row, ${machine()}`,
    }),
  );
} finally {
  await db.$disconnect();
  await client.end();
  await database.stop();
}
process.exit();

/** Governments of 40 units, of which each has two accounts. */
async function makeUnits() {
  await client.query(
    `WITH made AS (SELECT g, n, garda_uuidv7() AS id FROM generate_series(1, $1) g, generate_series(0, $2) n)
     INSERT INTO unit (id, code, name, short_name, kind, government_id)
     SELECT m.id, concat_ws('.', m.g, nullif(m.n, 0)), 'Bench ' || m.g || '.' || m.n, 'Bench ' || m.g || '.' || m.n,
       CASE m.n WHEN 0 THEN 'regency' ELSE 'agency' END, (SELECT o.id FROM made o WHERE o.g = m.g AND o.n = 0)
     FROM made m`,
    [GOVERNMENTS, UNITS_EACH],
  );
  await client.query(
    `INSERT INTO channel (unit_id, government_id, platform, mode, remote_id, handle, name, base_url, is_primary, first_seen_at, next_poll_at)
     SELECT id, government_id, p, 'api', code, code, code, '', p = 'facebook', now(), now() FROM unit, unnest(ARRAY['facebook', 'instagram']) p
     WHERE kind = 'agency'`,
  );
  await client.query(
    `CREATE TABLE bench_unit AS SELECT u.id, u.government_id, split_part(u.code, '.', 1)::int AS government, split_part(u.code, '.', 2)::int AS place,
       row_number() OVER (ORDER BY split_part(u.code, '.', 1)::int, split_part(u.code, '.', 2)::int) AS n,
       ARRAY(SELECT c.id FROM channel c WHERE c.unit_id = u.id ORDER BY c.platform) AS channels
     FROM unit u WHERE u.kind = 'agency'`,
  );
}

/** Adds posts at `days` (SQL) from the week's first, in turn to each of the units, on both accounts; the past ones are out. */
async function makePosts(count: number, { units, days }: { units: string; days: string }) {
  await client.query(
    `WITH chosen AS (SELECT *, row_number() OVER (ORDER BY n) - 1 AS turn FROM bench_unit WHERE ${units}),
     made AS (SELECT garda_uuidv7() AS id, i, $2::timestamptz + (${days}) * interval '1 day' AS at FROM generate_series(1, $1::int) i),
     placed AS (SELECT m.*, c.id AS unit_id, c.government_id, c.channels,
       CASE WHEN m.at < $2 THEN 'scheduled' ELSE (ARRAY['draft', 'submitted', 'approved', 'scheduled'])[1 + m.i % 4] END AS state
       FROM made m JOIN chosen c ON c.turn = m.i % (SELECT count(*) FROM chosen)),
     post AS (INSERT INTO post (id, unit_id, government_id, author_id, state, text, pillar, publish_at, created_at, updated_at)
       SELECT id, unit_id, government_id, unit_id, state, 'Unggahan nomor ' || i || repeat(' tentang layanan di loket', 8), 'layanan', at, at, at FROM placed),
     place AS (INSERT INTO post_channel (post_id, channel_id) SELECT p.id, unnest(p.channels) FROM placed p),
     remote AS (INSERT INTO remote_post (channel_id, unit_id, government_id, remote_id, post_id, text, text_key, published_at, first_seen_at, category, likes)
       SELECT channels[1], unit_id, government_id, id::text, id, 'Unggahan nomor ' || i, id::text, at, at, 'substantive', i % 50 FROM placed WHERE at < $2)
     INSERT INTO publication (subject_type, subject_id, channel_id, unit_id, government_id, state, content, checkpoint, due_at, run_at, created_at)
     SELECT 'post', p.id, unnest(p.channels), p.unit_id, p.government_id, CASE WHEN p.at < $2 THEN 'published' ELSE 'due' END, '{"text":"-"}',
       '{"stage":"new","at":null,"data":{}}', p.at, p.at, p.at FROM placed p WHERE p.state = 'scheduled'`,
    [count, week.from],
  );
}

/** Fills the database to so many posts, none of them in the week, and looks at the week of the unit and of the government. */
async function measure(posts: number) {
  const { rows } = await client.query<{ standing: number }>("SELECT count(*)::int AS standing FROM post");
  const missing = posts - (rows[0]?.standing ?? 0);
  const otherWeeks = "CASE WHEN i % 10 = 0 THEN 8 + random() * 90 ELSE -random() * 1000 END";
  const shares = [
    { units: "government = 1 AND place = 1", share: 0.25 },
    { units: "government = 2", share: 0.25 },
    { units: "government > 2", share: 0.5 },
  ];
  for (const { units, share } of shares)
    for (let left = Math.round(missing * share); left > 0; left -= 50_000)
      await makePosts(Math.min(left, 50_000), { units, days: otherWeeks });
  await client.query("VACUUM ANALYZE");
  console.log(`${posts} posts stand …`);
  return { unit: await p95Of("1.1"), government: await p95Of("2") };
}

async function p95Of(code: string): Promise<number> {
  const unit = await db.unit.findUniqueOrThrow({ where: { code }, select: unitCard });
  const reach = unit.id === unit.governmentId ? ("government" as const) : ("own" as const);
  const authority = { role: "supervisor" as const, reach, unitId: unit.id, governmentId: unit.governmentId };
  const actor: Actor = { personId: unit.id, name: "Bench", locale: "id", sessionId: unit.id, authorities: [authority] };
  const times: number[] = [];
  for (let look = 0; look < LOOKS + 3; look++) {
    const began = performance.now();
    const [channels] = await Promise.all([calendarChannels(actor, unit, null), calendarUnits(actor, unit)]);
    const account = reach === "own" ? channels[0] : undefined;
    const [, planned] = await Promise.all([
      calendarPosts(actor, unit, week, noFilters, { slot: "hour", most: 2 }),
      plannedPosts(actor, unit, week, noFilters),
      postsByDay(actor, unit, week, noFilters),
      account && channelHours(actor, account.id, zone, week.to),
    ]);
    await postTitles(
      actor,
      planned.slice(0, 6).map((post) => post.postId),
    );
    if (new Set(planned.map((post) => post.postId)).size !== IN_WEEK) throw new Error(`${code} does not show its ${IN_WEEK} posts`);
    if (look >= 3) times.push(performance.now() - began);
  }
  return Math.round(percentile(times, 0.95) * 10) / 10;
}
