import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { prepareDatabase } from "../../scripts/database.mjs";
import { startPostgres } from "../../scripts/pg.mjs";

export type BenchDatabase = { ownerUrl: string; url: string; folder: string; stop: () => Promise<void> };

/** A server of its own with a migrated, empty database, durable as in production; gone after `stop` unless `keep`. */
export async function benchDatabase(name: string, keep: boolean): Promise<BenchDatabase> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `garda-bench-${name}-`));
  fs.chmodSync(folder, 0o755); // as root, PostgreSQL runs as another user
  const word = () => randomBytes(12).toString("hex");
  const passwords = { garda: word(), garda_web: word(), garda_worker: word(), garda_records: word() };
  const server = await startPostgres({
    dir: path.join(folder, "pg"),
    password: passwords.garda,
    database: "garda",
    flags: ["max_connections=200", "jit=off"],
  });
  const url = (role: keyof typeof passwords) => `postgresql://${role}:${passwords[role]}@127.0.0.1:${server.port}/garda`;
  await prepareDatabase({ ownerUrl: url("garda"), passwords });
  return {
    ownerUrl: url("garda"),
    url: url("garda_worker"),
    folder,
    stop: async () => {
      await server.stop();
      if (keep) console.error(`kept: ${folder}`);
      else fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The value below which a share of the sorted values lies. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export const machine = () => `${os.availableParallelism()} cores, Node ${process.version}, PostgreSQL 18`;
