import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { loadSecrets } from "../../scripts/secrets.mjs";
import { embeddedUrls } from "../../scripts/settings.mjs";

/**
 * Gives the unit that the named person writes for what a busy desk has, in the running product whose data folder is named: six
 * accounts, a draft for all of them with four pictures, and a week with so many posts. Answers with the draft and a day of the week.
 */
export async function busyDesk(data: string, email: string, postsInWeek: number): Promise<{ draft: string; day: string }> {
  const port = Number(fs.readFileSync(path.join(data, "pg", "postmaster.pid"), "utf8").split("\n")[3]);
  const client = new pg.Client({ connectionString: embeddedUrls(loadSecrets(data), port).owner });
  await client.connect();
  try {
    const { rows } = await client.query<{ person: string; unit: string; government: string }>(
      `SELECT p.id AS person, u.id AS unit, u.government_id AS government FROM person p
       JOIN role_grant g ON g.person_id = p.id AND g.role = 'admin' JOIN unit u ON u.id = g.unit_id WHERE p.email = $1`,
      [email],
    );
    const { person, unit, government } = rows[0]!;
    await client.query(
      `INSERT INTO channel (unit_id, government_id, platform, mode, remote_id, handle, name, base_url, first_seen_at, next_poll_at)
       SELECT $1, $2, p, 'manual', 'desk-' || p, 'desk-' || p, 'Akun ' || p, '', now(), now() + interval '1 day'
       FROM unnest(ARRAY['threads', 'x', 'telegram', 'youtube', 'tiktok', 'whatsapp']) WITH ORDINALITY AS x(p, n)
       WHERE p NOT IN (SELECT platform FROM channel WHERE unit_id = $1)
       ORDER BY n LIMIT 6 - (SELECT count(*) FROM channel WHERE unit_id = $1 AND state = 'connected')`,
      [unit, government],
    );
    const draft = await client.query<{ id: string }>(
      `WITH post AS (
         INSERT INTO post (unit_id, government_id, author_id, state, text, pillar, created_at, updated_at)
         VALUES ($1, $2, $3, 'draft', repeat('Loket imunisasi buka Senin pukul 08.00 WIB, bawa buku KIA. ', 4), 'layanan', now(), now()) RETURNING id),
       place AS (INSERT INTO post_channel (post_id, channel_id)
         SELECT post.id, c.id FROM post, channel c WHERE c.unit_id = $1 AND c.state = 'connected'),
       picture AS (
         INSERT INTO media (unit_id, digest, mime, width, height, bytes, name, created_by, created_at)
         SELECT unit_id, digest, mime, width, height, bytes, n || '-' || name, created_by, now()
         FROM (SELECT * FROM media WHERE unit_id = $1 AND mime = 'image/jpeg' LIMIT 1) m, generate_series(1, 4) n RETURNING id),
       shown AS (INSERT INTO post_media (post_id, media_id, alt, position)
         SELECT post.id, picture.id, 'Papan informasi', row_number() OVER () - 1 FROM post, picture)
       SELECT id FROM post`,
      [unit, government, person],
    );
    const week = await client.query<{ day: string }>(
      `WITH week AS (SELECT date_trunc('week', now()) + interval '8 weeks' AS monday),
       made AS (
         INSERT INTO post (unit_id, government_id, author_id, state, text, pillar, publish_at, created_at, updated_at)
         SELECT $1, $2, $3, (ARRAY['draft', 'submitted', 'approved', 'scheduled'])[1 + n % 4], 'Unggahan nomor ' || n || ' tentang layanan di loket',
           'layanan', monday + random() * interval '6 days 16 hours', now(), now() FROM week, generate_series(1, $4::int) n RETURNING id, publish_at, state),
       place AS (INSERT INTO post_channel (post_id, channel_id)
         SELECT made.id, c.id FROM made, channel c WHERE c.unit_id = $1 AND c.state = 'connected' AND c.platform IN ('facebook', 'instagram')),
       due AS (
         INSERT INTO publication (subject_type, subject_id, channel_id, unit_id, government_id, state, content, checkpoint, due_at, run_at, created_at)
         SELECT 'post', made.id, c.id, $1, $2, 'due', '{"text":"-"}', '{"stage":"new","at":null,"data":{}}', publish_at, publish_at, now()
         FROM made, channel c WHERE made.state = 'scheduled' AND c.unit_id = $1 AND c.platform = 'facebook')
       SELECT to_char(monday, 'YYYY-MM-DD') AS day FROM week`,
      [unit, government, person, postsInWeek],
    );
    await client.query("ANALYZE");
    return { draft: draft.rows[0]!.id, day: week.rows[0]!.day };
  } finally {
    await client.end();
  }
}
