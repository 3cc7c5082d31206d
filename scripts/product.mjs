// Starts the whole product in a data folder of its own, for tests and benches.
import { spawn } from "node:child_process";
import { exitOf } from "./children.mjs";
import { freePort, signal, sleep } from "./processes.mjs";
import { root } from "./steps.mjs";

const COLD_START_TIMEOUT_MS = 600_000;

/**
 * Runs `command` (default: scripts/start.mjs on this Node) in `folder` on free ports and waits until the product answers.
 * @param {{ data: string, folder?: string, command?: string[], env?: Record<string, string> }} options
 * @returns {Promise<{ url: string, seconds: number, stop: () => Promise<void> }>} `seconds` from spawn to the first healthy answer
 */
export async function startProduct({ data, folder = root, command = [process.execPath, "scripts/start.mjs"], env = {} }) {
  const [port, labPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const [file, ...args] = command;
  const started = performance.now();
  const child = spawn(file, args, {
    cwd: folder,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"], // the last one: it stops when this process is gone
    env: { ...withoutInstallation(process.env), DATA_DIR: data, PORT: String(port), LAB_PORT: String(labPort), APP_URL: url, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const exited = exitOf(child);
  let code;
  exited.then((value) => (code = value));
  const stop = async () => {
    signal(child.pid, "SIGTERM", { group: true });
    await exited;
    while (groupLives(child.pid)) await sleep(50); // npm is gone before what it started
  };
  while (!(await answers(`http://127.0.0.1:${port}/api/health`))) {
    if (code !== undefined) throw new Error(`the product did not start (exit code ${code}):\n${output}`);
    if (performance.now() - started > COLD_START_TIMEOUT_MS) {
      await stop();
      throw new Error(`the product does not answer:\n${output}`);
    }
    await sleep(20);
  }
  return { url, seconds: (performance.now() - started) / 1000, stop };
}

function groupLives(leader) {
  try {
    process.kill(-leader, 0);
    return true;
  } catch {
    return false;
  }
}

const answers = (url) =>
  fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    (response) => response.arrayBuffer().then(() => response.ok),
    () => false,
  );

/** The environment without what would lead to another installation's database or secrets. */
function withoutInstallation(env) {
  const foreign =
    /DATABASE_URL$|^DIRECT_URL$|^AUTH_|^GARDA_|^FACEBOOK_|^INSTAGRAM_|^THREADS_|^TELEGRAM_|^TIKTOK_|^X_|^GOOGLE_|^YOUTUBE_|^(HOST|DEMO|APP_URL|PUBLIC_URL|STORAGE_DIR)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}
