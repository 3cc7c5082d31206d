import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** URLs of one database, by the role that connects. `url` is the worker's, which most code under test runs as. */
export type FreshDatabase = { url: string; webUrl: string; recordsUrl: string; ownerUrl: string; drop: () => Promise<void> };

/** A database of its own for the calling test file: migrated, with roles, grants and queue, and empty of rows. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { port, template, passwords } = inject("postgres");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const urlFor = (role: keyof typeof passwords, database = name) => `postgresql://${role}:${passwords[role]}@127.0.0.1:${port}/${database}`;
  const asOwner = async (sql: string) => {
    const client = new pg.Client({ connectionString: urlFor("garda", "postgres") });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await asOwner(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  return {
    url: urlFor("garda_worker"),
    webUrl: urlFor("garda_web"),
    recordsUrl: urlFor("garda_records"),
    ownerUrl: urlFor("garda"),
    drop: () => asOwner(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}
