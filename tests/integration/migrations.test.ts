import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "../../scripts/migrate.mjs";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";

let database: FreshDatabase;
let client: pg.Client;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query("TRUNCATE _prisma_migrations");
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "garda-migrations-"));
});

afterAll(async () => {
  await client?.end();
  await database?.drop();
  if (folder) fs.rmSync(folder, { recursive: true });
});

function write(name: string, sql: string) {
  fs.mkdirSync(path.join(folder, name));
  fs.writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

async function exists(name: string) {
  const { rows } = await client.query("SELECT to_regclass($1) IS NOT NULL AS exists", [name]);
  return rows[0].exists;
}

async function until(condition: () => Promise<boolean>) {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("a migration that is killed half-way leaves nothing behind, and the next run applies it", async () => {
  await client.query("CREATE TABLE gate ()");
  write(
    "001_slow",
    "CREATE TABLE first (); SELECT CASE WHEN to_regclass('gate') IS NOT NULL THEN pg_sleep(600) END; CREATE TABLE second ();",
  );
  const script = `import { migrate } from "./scripts/migrate.mjs"; await migrate(...${JSON.stringify([database.ownerUrl, folder])});`;
  const migrator = spawn(process.execPath, ["--input-type=module", "-e", script]);
  const sleeping = "SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()";
  await until(async () => (await client.query(sleeping)).rowCount === 1);
  migrator.kill("SIGKILL");
  await once(migrator, "exit");
  await until(async () => (await client.query(sleeping)).rowCount === 0);
  expect(await exists("first")).toBe(false);
  await client.query("DROP TABLE gate");
  expect(await migrate(database.ownerUrl, folder)).toEqual(["001_slow"]);
  expect(await exists("second")).toBe(true);
  expect(await migrate(database.ownerUrl, folder)).toEqual([]);
});

test("a migration that fails is rolled back whole and named in the error", async () => {
  write("002_wrong", "CREATE TABLE third (); SELECT 1 / 0;");
  await expect(migrate(database.ownerUrl, folder)).rejects.toThrow("migration 002_wrong: division by zero");
  expect(await exists("third")).toBe(false);
  fs.rmSync(path.join(folder, "002_wrong"), { recursive: true });
});

test("what may not run in a transaction runs alone; cut off, it is tried again only where it says so", async () => {
  write("003_index", "-- no-transaction\nCREATE INDEX CONCURRENTLY ON second ((1));");
  expect(await migrate(database.ownerUrl, folder)).toEqual(["003_index"]);
  await client.query("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '003_index'");
  await expect(migrate(database.ownerUrl, folder)).rejects.toThrow("003_index was cut off");
  fs.writeFileSync(path.join(folder, "003_index", "migration.sql"), "-- no-transaction, retry\nCREATE INDEX CONCURRENTLY ON second ((2));");
  expect(await migrate(database.ownerUrl, folder)).toEqual(["003_index"]);
});
