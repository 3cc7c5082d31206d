/** What the database itself refuses, whatever the code asks: each process connects under a role that may only so much. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/db.ts";

let database: FreshDatabase;
const clients = new Map<string, pg.Client>();
beforeAll(async () => {
  database = await freshDatabase();
  const urls = { garda_web: database.webUrl, garda_worker: database.url, garda_records: database.recordsUrl, garda: database.ownerUrl };
  for (const [role, connectionString] of Object.entries(urls)) {
    const client = new pg.Client({ connectionString });
    await client.connect();
    clients.set(role, client);
  }
});
afterAll(async () => {
  for (const client of clients.values()) await client.end();
  await database?.drop();
});

const refused = { code: "42501" };
const ask = (role: string, sql: string) => clients.get(role)?.query(sql);
const partitionsOf = async (parent: string): Promise<string[]> => {
  const found = await ask("garda", `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = '${parent}'::regclass`);
  return found?.rows.map((row: { name: string }) => row.name) ?? [];
};

describe.each(["garda_web", "garda_worker"])("%s", (role) => {
  it.each(["audit_event", "audit_payload", "score_snapshot", "approval"])(
    "adds to %s and reads it, but neither changes nor removes a row",
    async (table) => {
      const [column] =
        (await ask("garda", `SELECT attname FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum = 1`))?.rows ?? [];
      for (const place of [table, ...(await partitionsOf(table))]) {
        await expect(ask(role, `UPDATE ${place} SET ${column.attname} = ${column.attname}`)).rejects.toMatchObject(refused);
        await expect(ask(role, `DELETE FROM ${place}`)).rejects.toMatchObject(refused);
        await expect(ask(role, `TRUNCATE ${place}`)).rejects.toMatchObject(refused);
      }
      expect(
        (await ask(role, `SELECT has_table_privilege('${table}', 'INSERT') AND has_table_privilege('${table}', 'SELECT') AS may`))?.rows,
      ).toEqual([{ may: true }]);
    },
  );

  it("removes no message, in no partition", async () => {
    const places = ["message", ...(await partitionsOf("message"))];
    expect(places.length).toBeGreaterThan(3);
    for (const place of places) {
      await expect(ask(role, `DELETE FROM ${place}`)).rejects.toMatchObject(refused);
      await expect(ask(role, `TRUNCATE ${place}`)).rejects.toMatchObject(refused);
    }
  });

  it("changes no table's form and makes none", async () => {
    await expect(ask(role, "ALTER TABLE post ADD COLUMN x int")).rejects.toMatchObject(refused);
    await expect(ask(role, "CREATE TABLE x (id int)")).rejects.toMatchObject(refused);
    await expect(ask(role, "DROP TABLE approval")).rejects.toMatchObject(refused);
  });
});

it("garda_records alone removes what the law lets go, and writes nothing", async () => {
  for (const table of ["audit_event", "audit_payload", "score_snapshot", "approval", "message"]) {
    await expect(ask("garda_records", `DELETE FROM ${table} WHERE false`)).resolves.toBeDefined();
    await expect(
      ask("garda_records", `UPDATE ${table} SET ${table === "audit_payload" ? "payload = payload" : "id = id"}`),
    ).rejects.toMatchObject(refused);
  }
  await expect(ask("garda_records", "DELETE FROM post")).rejects.toMatchObject(refused);
});
