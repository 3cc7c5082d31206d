import { now } from "#lib/core/clock.ts";
import { canonical, sha256 } from "#lib/core/crypto.ts";
import { Prisma, type Tx } from "#lib/core/db.ts";
import { ska1 } from "#lib/scores/settings.ts";
import { ministryCode } from "./regions.ts";

/** `parent` and `government` are codes; a government names itself. */
export type UnitRow = {
  code: string;
  name: string;
  short_name: string;
  kind: string;
  parent: string | null;
  government: string;
  zone: string;
  type?: string;
  score_class?: string;
};

/** Puts units where their rows say, new or known by code, and tells how many were new or changed. Nothing is removed. */
export async function plantUnits(tx: Tx, rows: readonly UnitRow[]): Promise<number> {
  const given = Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    AS g(code text, name text, short_name text, kind text, parent text, government text, zone text, type text, score_class text)`;
  const changed = await tx.$executeRaw(Prisma.sql`
    WITH given AS (SELECT * FROM ${given}),
    ids AS MATERIALIZED (SELECT g.code, coalesce(u.id, garda_uuidv7()) AS id FROM given g LEFT JOIN unit u ON u.code = g.code)
    INSERT INTO unit AS u (id, code, name, short_name, kind, type, score_class, government_id, zone)
    SELECT ids.id, g.code, g.name, g.short_name, g.kind, g.type, g.score_class, coalesce(own.id, known.id), g.zone
    FROM given g JOIN ids ON ids.code = g.code LEFT JOIN ids own ON own.code = g.government LEFT JOIN unit known ON known.code = g.government
    ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name, short_name = EXCLUDED.short_name, kind = EXCLUDED.kind, type = EXCLUDED.type,
      score_class = EXCLUDED.score_class, government_id = EXCLUDED.government_id, zone = EXCLUDED.zone
    WHERE (u.name, u.short_name, u.kind, u.type, u.score_class, u.government_id, u.zone) IS DISTINCT FROM
      (EXCLUDED.name, EXCLUDED.short_name, EXCLUDED.kind, EXCLUDED.type, EXCLUDED.score_class, EXCLUDED.government_id, EXCLUDED.zone)`);
  const moved = await hang(tx, given);
  if (changed || moved) await close(tx);
  return changed + moved;
}

/** A unit hangs under its parent from today, a new one since always. */
async function hang(tx: Tx, given: Prisma.Sql): Promise<number> {
  const wanted = Prisma.sql`SELECT u.id AS unit_id, p.id AS parent_id FROM ${given} JOIN unit u ON u.code = g.code JOIN unit p ON p.code = g.parent`;
  const left = await tx.$executeRaw(Prisma.sql`
    UPDATE unit_parent o SET valid_to = ${now()}::date FROM (${wanted}) w
    WHERE o.unit_id = w.unit_id AND o.valid_to IS NULL AND o.parent_id <> w.parent_id`);
  return tx.$executeRaw(Prisma.sql`
    INSERT INTO unit_parent (unit_id, parent_id, valid_from)
    SELECT w.unit_id, w.parent_id, ${left > 0 ? now() : new Date("2025-01-01")}::date FROM (${wanted}) w
    WHERE NOT EXISTS (SELECT FROM unit_parent o WHERE o.unit_id = w.unit_id AND o.valid_to IS NULL)`);
}

/** Makes the closure say what the parents in force say. */
const close = (tx: Tx) => tx.$executeRaw`
  WITH RECURSIVE up AS (
    SELECT id AS unit_id, id AS ancestor_id, 0 AS depth FROM unit
    UNION ALL SELECT up.unit_id, p.parent_id, up.depth + 1 FROM up JOIN unit_parent p ON p.unit_id = up.ancestor_id AND p.valid_to IS NULL
  ), gone AS (
    DELETE FROM unit_closure c WHERE NOT EXISTS (SELECT FROM up WHERE up.unit_id = c.unit_id AND up.ancestor_id = c.ancestor_id)
  )
  INSERT INTO unit_closure AS c (ancestor_id, unit_id, depth) SELECT ancestor_id, unit_id, depth FROM up
  ON CONFLICT (ancestor_id, unit_id) DO UPDATE SET depth = EXCLUDED.depth WHERE c.depth <> EXCLUDED.depth`;

/** The shipped score settings as the ministry's first version, unless it has one. */
export const plantSettings = (tx: Tx) => tx.$executeRaw`
  INSERT INTO settings_version (kind, unit_id, valid_from, payload, digest, created_at)
  SELECT 'score', id, date '2026-01-01', ${JSON.stringify(ska1)}::jsonb, ${sha256(canonical(ska1))}, ${now()}
  FROM unit WHERE code = ${ministryCode} AND NOT EXISTS (SELECT FROM settings_version WHERE kind = 'score')`;
