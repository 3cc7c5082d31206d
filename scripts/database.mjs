// Everything a database needs before the product runs on it: tables, roles, the queue's own schema, grants.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { migrate } from "./migrate.mjs";

export const roles = ["garda_web", "garda_worker", "garda_records"];
const grantsFile = path.join(import.meta.dirname, "..", "prisma", "grants.sql");
const bossVersion = createRequire(import.meta.url)("pg-boss/package.json").pgboss.schema;

/**
 * @param {{ ownerUrl: string, passwords?: Record<string, string> }} options `passwords` by role; without them no role is made,
 *   and the grants are left alone where the roles do not exist
 * @returns {Promise<string[]>} names of the migrations applied
 */
export async function prepareDatabase({ ownerUrl, passwords }) {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('garda: prepare'))"); // several machines may start at once
    const applied = await migrate(ownerUrl);
    const present = await ensureRoles(client, passwords);
    await ensureQueue(client, ownerUrl);
    if (present && fs.existsSync(grantsFile)) await client.query(fs.readFileSync(grantsFile, "utf8"));
    return applied;
  } finally {
    await client.end();
  }
}

async function ensureRoles(client, passwords) {
  const { rows } = await client.query("SELECT rolname FROM pg_roles WHERE rolname = ANY($1)", [roles]);
  const absent = roles.filter((role) => !rows.some(({ rolname }) => rolname === role));
  if (!passwords) return absent.length === 0;
  for (const role of absent) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(passwords[role])}`);
  return true;
}

async function ensureQueue(client, ownerUrl) {
  const { rows } = await client.query("SELECT to_regclass('pgboss.version') IS NOT NULL AS installed");
  if (rows[0].installed) {
    const current = await client.query("SELECT version FROM pgboss.version");
    if (Number(current.rows[0]?.version) >= bossVersion) return;
  }
  const boss = new PgBoss({ connectionString: ownerUrl, schema: "pgboss", supervise: false, schedule: false });
  boss.on("error", (error) => console.error(`  queue: ${error.message}`));
  await boss.start();
  await boss.stop({ graceful: false });
}
