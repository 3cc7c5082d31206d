/** The product's worker as a process of its own, with the environment that `npm start` would give it. */
import { spawn } from "node:child_process";
import { exitOf } from "../../scripts/children.mjs";
import { loadSecrets } from "../../scripts/secrets.mjs";
import { childEnvironments, readSettings } from "../../scripts/settings.mjs";
import type { FreshDatabase } from "../support/db.ts";

/** `log` is what it has logged so far, one JSON object a line; `stop` asks it to end, kills it after 15 s, and answers with its exit code. */
export type RunningWorker = { log: () => string; stop: () => Promise<number> };

/** The environments of web and worker on a test's database and folder; `more` is what the operator sets. */
export function environments(database: FreshDatabase, folder: string, more: Record<string, string>) {
  const urls = { owner: database.ownerUrl, web: database.webUrl, worker: database.url, records: database.recordsUrl };
  const env = { PATH: process.env.PATH, TZ: process.env.TZ, ...more };
  return childEnvironments({ settings: readSettings({ DATA_DIR: folder, DEMO: "0" }, []), secrets: loadSecrets(folder), urls, env });
}

/** Starts it; it ends with this process, however that ends. */
export function startWorker(env: NodeJS.ProcessEnv): RunningWorker {
  const argv = ["--import", "./scripts/die-with-parent.mjs", "lib/worker/main.ts"];
  const child = spawn(process.execPath, argv, { env, detached: true, stdio: ["pipe", "pipe", "inherit"] });
  let log = "";
  child.stdout.on("data", (chunk) => {
    log += chunk;
  });
  const exited: Promise<number> = exitOf(child);
  return {
    log: () => log,
    stop: async () => {
      child.kill("SIGTERM");
      const slow = setTimeout(() => child.kill("SIGKILL"), 15_000);
      const code = await exited;
      clearTimeout(slow);
      return code;
    },
  };
}
