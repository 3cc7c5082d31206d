// Applies prisma/migrations in order as `prisma migrate deploy` does (its table, checksum and lock), with one difference: a
// migration and its row commit together, so that a kill in the middle leaves nothing half done.
import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";

const PRISMA_LOCK = 72707369;
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;
const BEGUN = "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)";
const FINISHED = "UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1";
const ROLLED_BACK = "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = $1 AND finished_at IS NULL";

const folder = path.join(import.meta.dirname, "..", "prisma", "migrations");

/**
 * Brings the database at `url` up to date and returns the names of what it applied. A file whose first line is
 * `-- no-transaction` holds one statement that PostgreSQL refuses inside a transaction; it runs alone. Such a one that was cut
 * off is tried again only where the line says `-- no-transaction, retry`; else a person must look.
 */
export async function migrate(url, dir = folder) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // A server notices within a second that a killed migrator is gone, and rolls its work back.
    await client.query("SET client_connection_check_interval = '1s'");
    const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS locked", [PRISMA_LOCK]);
    if (!rows[0].locked) {
      console.log("  waiting for another migration of this database to end …");
      await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    }
    await client.query(TABLE);
    return await applyMissing(client, dir);
  } finally {
    await client.end();
  }
}

async function applyMissing(client, dir) {
  const { rows } = await client.query("SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL");
  const known = new Map(rows.map((row) => [row.migration_name, row]));
  const migrations = read(dir);
  const unknown = rows.find((row) => !migrations.some(({ name }) => name === row.migration_name));
  if (unknown) console.warn(`  the database knows migration ${unknown.migration_name}, this version does not: is it older than the data?`);
  const applied = [];
  for (const migration of migrations) {
    const row = known.get(migration.name);
    if (row?.finished_at) {
      if (row.checksum !== migration.checksum) console.warn(`  migration ${migration.name} was edited after it was applied`);
      continue;
    }
    if (row && !migration.retry) {
      throw new Error(`migration ${migration.name} was cut off and may be half done: look, then use "prisma migrate resolve"`);
    }
    if (row) await client.query(ROLLED_BACK, [migration.name]);
    await apply(client, migration);
    applied.push(migration.name);
  }
  return applied;
}

async function apply(client, { name, sql, checksum, alone }) {
  const id = randomUUID();
  try {
    if (!alone) await client.query("BEGIN");
    await client.query(BEGUN, [id, checksum, name]);
    await client.query(sql);
    await client.query(FINISHED, [id]);
    if (!alone) await client.query("COMMIT");
  } catch (error) {
    if (!alone) await client.query("ROLLBACK").catch(() => {}); // the connection itself may be what failed
    throw new Error(`migration ${name}: ${error.message}`, { cause: error });
  }
}

function read(dir) {
  if (!fs.existsSync(dir)) return [];
  const folders = fs.readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map((entry) => entry.name).sort();
  return names.map((name) => {
    const sql = fs.readFileSync(path.join(dir, name, "migration.sql"), "utf8");
    const mark = /^-- no-transaction(, retry)?\s*$/m.exec(sql.split("\n", 1)[0]);
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex"), alone: mark !== null, retry: mark?.[1] !== undefined };
  });
}
