/** Made inboxes: units with accounts and a year of citizens' words, written set-wise. */
import type pg from "pg";

const common =
  "jalan rusak lampu mati air sampah banjir petugas layanan antre kantor surat pajak sekolah guru rumah obat warga pasar taman".split(" ");
const MIDDLE = 200;
const RARE = 5000;
const ACCOUNTS = ["facebook", "instagram"];
const POSTS_EACH = 5;
const CHUNK = 100_000;

const letters = (n: string) => `translate((${n})::text, '0123456789', 'aeioumnprt')`;
const pick = (words: number) => `floor(random() * ${words})::int`;
const commonWord = `(ARRAY[${common.map((word) => `'${word}'`).join(",")}])[1 + ${pick(common.length)}]`;
const sentence = `concat_ws(' ', ${commonWord}, ${commonWord}, 'di', ${commonWord}, 'zm' || ${letters(pick(MIDDLE))} || 'q', 'belum', ${commonWord}, 'zr' || ${letters(pick(RARE))} || 'q')`;

/** Words to look for: one in five messages has the common one, one in 200 the middle, one in 5,000 the rare. */
export const wordsLookedFor = () => {
  const coded = (prefix: string, most: number) =>
    `${prefix}${String(Math.floor(Math.random() * most)).replace(/\d/g, (digit) => "aeioumnprt"[Number(digit)]!)}q`;
  return [common[Math.floor(Math.random() * common.length)]!, coded("zm", MIDDLE), coded("zr", RARE)];
};

/** Governments with their agencies, of which each has two accounts with some posts; `bench_unit` and `bench_channel` list them in order. */
export async function makeUnits(client: pg.Client, governments: number, unitsEach: number) {
  await client.query(
    `WITH made AS (SELECT g, n, garda_uuidv7() AS id FROM generate_series(1, $1::int) g, generate_series(0, $2::int - 1) n)
     INSERT INTO unit (id, code, name, short_name, kind, government_id)
     SELECT m.id, concat_ws('.', m.g, nullif(m.n, 0)), 'Bench ' || m.g || '.' || m.n, 'Bench ' || m.g || '.' || m.n,
       CASE m.n WHEN 0 THEN 'regency' ELSE 'agency' END, (SELECT o.id FROM made o WHERE o.g = m.g AND o.n = 0)
     FROM made m`,
    [governments, unitsEach],
  );
  await client.query(
    `INSERT INTO unit_closure (ancestor_id, unit_id, depth)
     SELECT id, id, 0 FROM unit UNION ALL SELECT government_id, id, 1 FROM unit WHERE id <> government_id`,
  );
  await client.query(
    `INSERT INTO channel (unit_id, government_id, platform, mode, remote_id, handle, name, base_url, is_primary, first_seen_at, next_poll_at)
     SELECT id, government_id, p, 'api', code, code, code, '', p = 'facebook', now(), '2999-01-01' FROM unit, unnest($1::text[]) p`,
    [ACCOUNTS],
  );
  await client.query(
    `CREATE TABLE bench_unit AS SELECT u.id, u.government_id, u.code,
       row_number() OVER (ORDER BY split_part(u.code, '.', 1)::int, nullif(split_part(u.code, '.', 2), '')::int NULLS FIRST) - 1 AS n FROM unit u`,
  );
  await client.query(
    `CREATE TABLE bench_channel AS SELECT c.id, c.unit_id, c.government_id, row_number() OVER (ORDER BY u.n, c.platform)::int - 1 AS n
     FROM channel c JOIN bench_unit u ON u.id = c.unit_id`,
  );
  await client.query(
    `INSERT INTO remote_post (channel_id, unit_id, government_id, remote_id, text, text_key, published_at, first_seen_at, category)
     SELECT id, unit_id, government_id, 'post-' || i, 'Unggahan nomor ' || i, id || '-' || i, now() - interval '1 year', now() - interval '1 year', 'substantive'
     FROM bench_channel, generate_series(1, $1::int) i`,
    [POSTS_EACH],
  );
  await client.query(
    `CREATE TABLE bench_post AS SELECT id, channel_id, row_number() OVER (PARTITION BY channel_id ORDER BY id)::int AS n FROM remote_post`,
  );
  await client.query("CREATE INDEX ON bench_channel (n)");
  await client.query("CREATE INDEX ON bench_post (channel_id, n)");
  await client.query("ANALYZE");
}

/** Fills the inboxes up to so many messages. Few units hear much, many hear little; what is open came mostly of late. */
export async function fillInboxes(client: pg.Client, messages: number) {
  const { rows } = await client.query<{ standing: number }>("SELECT count(*)::int AS standing FROM message");
  const standing = rows[0]?.standing ?? 0;
  const large = messages - standing > 5 * CHUNK;
  // Building the index over the words once is several times quicker than adding to it.
  if (large) await client.query("DROP INDEX message_search_idx");
  await client.query("SET synchronous_commit = off");
  await client.query("SET work_mem = '256MB'");
  await client.query("SET maintenance_work_mem = '1GB'");
  for (let made = standing; made < messages; made += CHUNK) {
    await addMessages(client, made, Math.min(CHUNK, messages - made));
    if ((made - standing) % (10 * CHUNK) === 0 && made > standing) console.log(`${made} messages …`);
  }
  if (large) await client.query("CREATE INDEX message_search_idx ON message USING GIN (search)");
  await client.query("VACUUM ANALYZE");
}

async function addMessages(client: pg.Client, from: number, count: number) {
  const cases = Math.round(count * 0.6);
  await client.query("BEGIN");
  await client.query(
    `CREATE TEMP TABLE made ON COMMIT DROP AS
     WITH drawn AS MATERIALIZED (
       SELECT i, random() AS s, random() AS age, random() AS k, random() AS p,
         floor((SELECT count(*) FROM bench_channel) * random() ^ 1.5)::int AS place, ${sentence} AS text FROM generate_series(1, $1::int) i),
     placed AS (
       SELECT d.*, c.id AS channel_id, c.unit_id, c.government_id,
         CASE WHEN s < 0.85 THEN 'done' WHEN s < 0.93 THEN 'answered' WHEN s < 0.99 THEN 'open' ELSE 'snoozed' END AS state,
         date_trunc('milliseconds', now() - interval '3 minutes' - (CASE WHEN s < 0.93 THEN age ELSE age ^ 4 END) * interval '364 days') AS at,
         (ARRAY['complaint', 'complaint', 'complaint', 'question', 'question', 'question', 'praise', 'praise', 'feedback', 'criticism', 'aspiration',
           'information_request', 'spam', 'other', 'other', 'other', 'hoax', 'hate_speech'])[1 + floor(k * 18)::int] AS kind,
         (row_number() OVER (PARTITION BY d.place) - 1) / 3 AS writer
       FROM drawn d JOIN bench_channel c ON c.n = d.place)
     SELECT p.i, p.channel_id, p.unit_id, p.government_id, p.state, p.kind, p.text, p.at, p.p < 0.04 AS urgent, p.writer, garda_uuidv7(p.at) AS case_id,
       $2 || '-' || p.i AS remote_id, bp.id AS post_id,
       CASE WHEN p.state = 'open' AND p.k < 0.7 OR p.state = 'snoozed' AND p.k < 0.2 THEN p.at + interval '1 day' * (1 + p.p * 3) END AS due_at,
       CASE WHEN p.state <> 'done' AND p.p < 0.5 OR p.state = 'done' AND p.p < 0.7 THEN p.unit_id END AS assignee_id
     FROM placed p JOIN bench_post bp ON bp.channel_id = p.channel_id AND bp.n = 1 + p.i % ${POSTS_EACH}`,
    [cases, `c${from}`],
  );
  await client.query(
    `CREATE TEMP TABLE writers ON COMMIT DROP AS
     SELECT channel_id, writer, garda_uuidv7(min(at)) AS id, min(at) AS at FROM made GROUP BY channel_id, writer`,
  );
  await client.query(
    `INSERT INTO citizen (id, channel_id, remote_id, pseudonym, first_seen_at)
     SELECT id, channel_id, id::text, 'Warga ' || right(id::text, 6), at FROM writers`,
  );
  await client.query("CREATE INDEX ON made (i)");
  await client.query("ANALYZE made, writers");
  // What follows a first comment: most by citizens, a third the agency's answers.
  await client.query(
    `CREATE TEMP TABLE followed ON COMMIT DROP AS
     WITH drawn AS MATERIALIZED (SELECT j, 1 + ${pick(cases)} AS i, random() AS later, ${sentence} AS text FROM generate_series(1, $1::int) j)
     SELECT d.j, d.text, m.channel_id, m.government_id, m.case_id, m.remote_id AS parent, m.kind, d.j % 3 = 0 AS own,
       date_trunc('milliseconds', least(m.at + d.later * interval '2 days', now() - interval '1 minute')) AS at FROM drawn d JOIN made m USING (i)`,
    [count - cases],
  );
  await client.query(
    `INSERT INTO inbox_case (id, channel_id, unit_id, government_id, remote_post_id, root_remote_id, citizen_id, author_name, excerpt, state, kind, confidence,
       reasons, urgent, assignee_id, received_at, last_message_at, last_remote_id, due_at, due_since, answered_at, done_at)
     SELECT m.case_id, m.channel_id, m.unit_id, m.government_id, m.post_id, m.remote_id, w.id, 'Warga ' || right(w.id::text, 6), m.text, m.state, m.kind, 80,
       '[]', m.urgent, m.assignee_id, m.at, coalesce(f.at, m.at), m.remote_id, m.due_at, CASE WHEN m.due_at IS NOT NULL THEN m.at END,
       CASE WHEN m.state = 'answered' THEN m.at + interval '1 hour' END, CASE WHEN m.state = 'done' THEN m.at + interval '1 day' END
     FROM made m JOIN writers w USING (channel_id, writer) LEFT JOIN (SELECT case_id, max(at) AS at FROM followed GROUP BY case_id) f USING (case_id)`,
  );
  await client.query(
    `INSERT INTO case_unit (case_id, unit_id, role, state, due_at, last_message_at, government_id, channel_id, kind, urgent, assignee_id)
     SELECT c.id, c.unit_id, 'owner', c.state, c.due_at, c.last_message_at, c.government_id, c.channel_id, c.kind, c.urgent, c.assignee_id
     FROM made m JOIN inbox_case c ON c.id = m.case_id`,
  );
  await client.query(
    `INSERT INTO message (id, channel_id, case_id, remote_id, parent_remote_id, direction, author_name, text, masked, sent_at, received_at, kind, needs_reply,
       urgent, via, search)
     SELECT garda_uuidv7(sent_at), channel_id, case_id, remote_id, parent, direction, 'Warga', text, '{}', sent_at, sent_at, kind, direction = 'in', false, 'webhook',
       to_tsvector('indonesian', text) || array_to_tsvector(ARRAY['g:' || government_id || ':' || to_char(sent_at AT TIME ZONE 'UTC', 'YYYYMM')])
     FROM (SELECT channel_id, government_id, case_id, remote_id, NULL AS parent, 'in' AS direction, text, at AS sent_at, kind FROM made
       UNION ALL SELECT channel_id, government_id, case_id, parent || '-' || j, parent, CASE WHEN own THEN 'out' ELSE 'in' END, text, at, kind FROM followed) said`,
  );
  await client.query("COMMIT");
}
