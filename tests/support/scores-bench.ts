/** A nation's accounts with a year of posts and of messages that were owed an answer, written set-wise. */
import type pg from "pg";
import { db } from "#lib/core/db.ts";
import { nation } from "../../prisma/seed/regions.ts";
import { plantUnits } from "../../prisma/seed/tree.ts";

const WEEKS = 52;
const POSTS_EACH = 50;
const DUTIES_EACH = 100;

/**
 * Every government of the country with agencies and districts, of which two in three have a second account besides their primary
 * one; `bench_channel` lists the accounts that are not asleep. Some accounts are new, some tell no followers, some take no comments.
 */
export async function makeAccounts(client: pg.Client, accounts: number) {
  await db.$transaction((tx) => plantUnits(tx, nation()), { timeout: 60_000 });
  await client.query(
    `WITH g AS (SELECT id, code, zone, row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS n FROM unit WHERE kind IN ('province', 'regency', 'city')),
     made AS (INSERT INTO unit (id, code, name, short_name, kind, government_id, zone, score_class)
       SELECT garda_uuidv7(), g.code || '.u' || i, 'Unit ' || i || ' ' || g.code, 'Unit ' || i, CASE WHEN i % 5 < 2 THEN 'agency' ELSE 'district' END, g.id, g.zone,
         CASE WHEN i % 5 >= 2 THEN 'C' WHEN i % 10 = 0 THEN 'A' ELSE 'B' END
       FROM generate_series(0, $1::int - 1) k JOIN g ON g.place = 1 + k % g.n CROSS JOIN LATERAL (SELECT k / g.n AS i) AS nth RETURNING id, government_id),
     hung AS (INSERT INTO unit_parent (unit_id, parent_id, valid_from) SELECT id, government_id, '2025-01-01' FROM made)
     INSERT INTO unit_closure (ancestor_id, unit_id, depth)
     SELECT id, id, 0 FROM made UNION ALL SELECT c.ancestor_id, m.id, c.depth + 1 FROM made m JOIN unit_closure c ON c.unit_id = m.government_id`,
    [Math.ceil(accounts * 0.6)],
  );
  await client.query(
    `INSERT INTO channel (unit_id, government_id, platform, mode, remote_id, handle, name, base_url, is_primary, followers, comments_open, first_seen_at, next_poll_at)
     SELECT u.id, u.government_id, p, 'api', u.code, u.code, u.code, '', p = 'facebook', CASE WHEN random() < 0.9 THEN 10 ^ (2 + random() * 3.3) END, random() > 0.03,
       now() - CASE WHEN random() < 0.02 THEN random() * interval '28 days' ELSE interval '2 years' END, '2999-01-01'
     FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM unit WHERE score_class IS NOT NULL) u, unnest(ARRAY['facebook', 'instagram']) p
     WHERE p = 'facebook' OR u.n % 3 > 0 ORDER BY p, u.n LIMIT $1`,
    [accounts],
  );
  await client.query(
    `CREATE TABLE bench_channel AS SELECT id, unit_id, government_id, row_number() OVER (ORDER BY random())::int - 1 AS n FROM channel WHERE random() < 0.88`,
  );
  await client.query("CREATE INDEX ON bench_channel (n)");
  await client.query("ANALYZE");
}

/** A year that ends at an instant: 50 posts and 100 messages for each account, few of them lively and many quiet. */
export async function makeYear(client: pg.Client, accounts: number, end: Date) {
  await client.query("SET synchronous_commit = off");
  await client.query("SET maintenance_work_mem = '1GB'");
  const rebuild = await dropIndexes(client, ["remote_post", "reply_duty"]);
  for (let week = 0; week < WEEKS; week++) {
    const from = new Date(end.getTime() - (WEEKS - week) * 7 * 86_400_000);
    await addPosts(client, Math.round((accounts * POSTS_EACH) / WEEKS), from);
    await addDuties(client, Math.round((accounts * DUTIES_EACH) / WEEKS), from);
    if (week % 10 === 9) console.log(`${week + 1} weeks …`);
  }
  await rebuild();
  await client.query("VACUUM ANALYZE");
}

/** Building indexes once is several times quicker than adding to them; what this returns makes them again. */
async function dropIndexes(client: pg.Client, tables: string[]) {
  const { rows } = await client.query<{ name: string; made: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS made FROM pg_index i
     WHERE i.indrelid = ANY($1::regclass[]) AND NOT i.indisprimary`,
    [tables],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return async () => {
    for (const { made } of rows) await client.query(made);
  };
}

const drawn = `
  SELECT i, c.id AS channel_id, c.unit_id, c.government_id, date_trunc('milliseconds', $2::timestamptz + random() * interval '7 days') AS at, random() AS a, random() AS b, random() AS k
  FROM (SELECT i, floor((SELECT count(*) FROM bench_channel) * random() ^ 1.5)::int AS place FROM generate_series(1, $1::int) i) d JOIN bench_channel c ON c.n = d.place`;

const addPosts = (client: pg.Client, count: number, from: Date) =>
  client.query(
    `INSERT INTO remote_post (id, channel_id, unit_id, government_id, remote_id, text, text_key, published_at, first_seen_at, removed_at, visual, has_alt, has_link,
       has_contact, category, similar_own, similar_other, likes, comments, shares, metrics_at)
     SELECT garda_uuidv7(at), channel_id, unit_id, government_id, extract(epoch FROM $2)::bigint || '-' || i, 'Unggahan nomor ' || i || repeat(' tentang layanan di loket', 5),
       md5(i::text), at, at, CASE WHEN a < 0.02 THEN at + b * interval '20 days' END, (ARRAY['image', 'image', 'video', NULL])[1 + floor(b * 4)::int],
       CASE WHEN a < 0.7 THEN b < 0.5 END, CASE WHEN b < 0.9 THEN k < 0.3 END, CASE WHEN b < 0.9 THEN k > 0.8 END,
       (ARRAY['substantive', 'substantive', 'substantive', 'substantive', 'greeting', 'ceremony', 'other', 'repost'])[1 + floor(k * 8)::int],
       (a ^ 8 * 10000)::int, (b ^ 10 * 10000)::int, CASE WHEN k < 0.95 THEN (b * 400)::int END, CASE WHEN k < 0.95 THEN (a * 40)::int END, (k * 20)::int, at
     FROM (${drawn}) d ORDER BY at`,
    [count, from],
  );

const addDuties = (client: pg.Client, count: number, from: Date) =>
  client.query(
    `INSERT INTO reply_duty (id, case_id, message_id, channel_id, unit_id, government_id, opened_at, due_at, late_until, answered_at)
     SELECT garda_uuidv7(at), garda_uuidv7(at), garda_uuidv7(at), channel_id, unit_id, government_id, at, at + given, at + 2 * given,
       CASE WHEN k < 0.6 THEN at + a * given WHEN k < 0.75 THEN at + (1 + 2 * a) * given END
     FROM (SELECT d.*, interval '1 day' * (1 + floor(b * 4)) AS given FROM (${drawn}) d) d ORDER BY at`,
    [count, from],
  );

/** The scores of a day once more on the same weekday of the weeks before, up and down a little, and what was counted of them. */
export async function makeHistory(client: pg.Client, day: string, weeks: number) {
  const { rows } = await client.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ') AS columns FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = 'score_snapshot' AND column_name NOT IN ('id', 'day', 'score_tenths')`,
  );
  const { columns } = rows[0]!;
  const rebuild = await dropIndexes(client, ["score_snapshot"]);
  for (let week = 1; week <= weeks; week++)
    await client.query(
      `INSERT INTO score_snapshot (day, score_tenths, ${columns})
       SELECT $1::date - 7 * $2::int, greatest(0, least(1000, score_tenths + floor(random() * 100 - 50)::int)), ${columns}
       FROM (SELECT DISTINCT ON (channel_id) * FROM score_snapshot WHERE day BETWEEN $1::date - 1 AND $1::date ORDER BY channel_id, day DESC, version DESC) s`,
      [day, week],
    );
  await rebuild();
  await client.query(
    `INSERT INTO activity_tally (government_id, kind, day, score_class, units, very_active, active, less_active, passive, dormant, dead, fresh)
     SELECT government_id, kind, $1::date - 7 * week, score_class, units, very_active, active, less_active, passive, dormant, dead, fresh
     FROM activity_tally, generate_series(1, $2::int) week WHERE day = $1::date`,
    [day, weeks],
  );
  await client.query("VACUUM ANALYZE score_snapshot, activity_tally");
}
