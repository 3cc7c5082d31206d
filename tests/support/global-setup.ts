import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { prepareDatabase } from "../../scripts/database.mjs";
import { startPostgres } from "../../scripts/pg.mjs";

declare module "vitest" {
  interface ProvidedContext {
    postgres: { port: number; template: string; passwords: Record<"garda" | "garda_web" | "garda_worker" | "garda_records", string> };
  }
}

/** One server for the whole run, holding a migrated database of which every test file gets copies (see db.ts). */
export default async function setup(project: TestProject) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "garda-tests-"));
  fs.chmodSync(folder, 0o755); // as root, PostgreSQL runs as another user
  const word = () => randomBytes(12).toString("hex");
  const passwords = { garda: word(), garda_web: word(), garda_worker: word(), garda_records: word() };
  const template = "garda";
  const flags = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300", "jit=off"];
  const server = await startPostgres({ dir: path.join(folder, "pg"), password: passwords.garda, database: template, flags });
  await prepareDatabase({ ownerUrl: `postgresql://garda:${passwords.garda}@127.0.0.1:${server.port}/${template}`, passwords });
  project.provide("postgres", { port: server.port, template, passwords });
  return async () => {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
}
