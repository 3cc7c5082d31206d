import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { prepareDatabase } from "../../scripts/database.mjs";
import { startPostgres } from "../../scripts/pg.mjs";

export type BenchDatabase = { ownerUrl: string; url: string; folder: string; stop: () => Promise<void> };

type Passwords = Record<"garda" | "garda_web" | "garda_worker" | "garda_records", string>;
type Server = { port: number; passwords: Passwords; stop: () => Promise<void> };

/** A server with a migrated, empty database called garda. */
async function makeServer(folder: string): Promise<Server> {
  const word = () => randomBytes(12).toString("hex");
  const passwords = { garda: word(), garda_web: word(), garda_worker: word(), garda_records: word() };
  const flags = ["max_connections=300", "jit=off"];
  const { port, stop } = await startPostgres({ dir: path.join(folder, "pg"), password: passwords.garda, database: "garda", flags });
  await prepareDatabase({ ownerUrl: urlOf({ port, passwords }, "garda", "garda"), passwords });
  return { port, passwords, stop };
}

const urlOf = ({ port, passwords }: Pick<Server, "port" | "passwords">, role: keyof Passwords, database: string) =>
  `postgresql://${role}:${passwords[role]}@127.0.0.1:${port}/${database}`;

function folderFor(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `garda-bench-${name}-`));
  fs.chmodSync(folder, 0o755); // as root, PostgreSQL runs as another user
  return folder;
}

/** One server for many small benches: each that gets `env` works on a copy of its database instead of making a server of its own. */
export async function sharedServer(): Promise<{ env: Record<string, string>; stop: () => Promise<void> }> {
  const folder = folderFor("shared");
  const { port, passwords, stop } = await makeServer(folder);
  return {
    env: { BENCH_SERVER: JSON.stringify({ port, passwords }) },
    stop: async () => {
      await stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server of its own with a migrated, empty database, durable as in production; gone after `stop` unless `keep`. */
export async function benchDatabase(name: string, keep: boolean): Promise<BenchDatabase> {
  const folder = folderFor(name);
  const shared = process.env.BENCH_SERVER;
  const server = shared ? await copyOn(JSON.parse(shared)) : { ...(await makeServer(folder)), database: "garda" };
  return {
    ownerUrl: urlOf(server, "garda", server.database),
    url: urlOf(server, "garda_worker", server.database),
    folder,
    stop: async () => {
      await server.stop();
      if (keep) console.error(`kept: ${folder}`);
      else fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function copyOn(shared: Pick<Server, "port" | "passwords">): Promise<Server & { database: string }> {
  const database = `bench_${randomBytes(6).toString("hex")}`;
  const asOwner = async (sql: string) => {
    const client = new pg.Client({ connectionString: urlOf(shared, "garda", "postgres") });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await asOwner(`CREATE DATABASE ${database} TEMPLATE garda`);
  return { ...shared, database, stop: () => asOwner(`DROP DATABASE ${database} WITH (FORCE)`) };
}

/** The value below which a share of the sorted values lies. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export const machine = () => `${os.availableParallelism()} cores, Node ${process.version}, PostgreSQL 18`;
