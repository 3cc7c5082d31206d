import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { freePort } from "../../scripts/processes.mjs";
import { loadSecrets } from "../../scripts/secrets.mjs";
import { childEnvironments, readSettings } from "../../scripts/settings.mjs";

const root = path.join(import.meta.dirname, "../..");
const round = `import { tellDeadlines } from "./lib/inbox/deadlines/escalating.ts";
while (await tellDeadlines());
process.exit(0);`;

/** Settings of the processes of the product under test, `minutes` from now and as if the web server were at `url`. */
function environmentsAt(minutes: number, url: string) {
  const data = process.env.E2E_DATA_DIR!;
  const { databases } = JSON.parse(fs.readFileSync(path.join(data, "run.json"), "utf8"));
  const at = { DATA_DIR: data, APP_URL: url, PORT: new URL(url).port, GARDA_CLOCK_OFFSET_MS: String(minutes * 60_000) };
  const env = { ...process.env, ...at };
  return childEnvironments({ settings: readSettings(env, []), secrets: loadSecrets(data), urls: databases, env });
}

const run = (args: string[], environment: object) =>
  spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...environment }, stdio: ["ignore", "ignore", "inherit"] });

async function done(work: string, environment: object) {
  const worker = run(["--input-type=module", "--eval", work], environment);
  const code = await new Promise((resolve) => worker.once("exit", resolve));
  if (code !== 0) throw new Error(`the work ended with ${code}`);
}

/** What the worker does each minute, done at once: `work` is the text of a module. */
export const atOnce = (work: string) => done(work, environmentsAt(0, process.env.E2E_URL!).worker);

/**
 * The product under test as it stands so many minutes from now: the worker's round of deadlines (or other `work`, the text of a
 * module) has been made by that clock, and a second web server, at `url` until `stop`, tells the time by it.
 */
export async function later(minutes: number, work = round): Promise<{ url: string; stop: () => void }> {
  const port = await freePort();
  const url = `${new URL(process.env.E2E_URL!).protocol}//${new URL(process.env.E2E_URL!).hostname}:${port}`;
  const environments = environmentsAt(minutes, url);
  const web = run(["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(port)], environments.web);
  await done(work, environments.worker);
  for (const deadline = Date.now() + 60_000; !(await answers(`http://127.0.0.1:${port}/api/health`)); )
    if (Date.now() > deadline || web.exitCode !== null) throw new Error("the later web server does not answer");
  return { url, stop: () => web.kill() };
}

const answers = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(1000) }).then(
    (response) => response.arrayBuffer().then(() => response.ok),
    () => new Promise<false>((resolve) => setTimeout(resolve, 50, false)),
  );
