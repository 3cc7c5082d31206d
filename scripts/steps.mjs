// Runs one program after another and says how each went; shared by check, test and bench.
import { spawn } from "node:child_process";
import path from "node:path";

export const root = path.join(import.meta.dirname, "..");

/**
 * Runs Node on `args` in the project's folder.
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, show?: boolean }} [options] `show` lets its output through to the terminal as it comes
 * @returns {Promise<{ code: number, output: string }>} `output` is stdout and stderr together
 */
export function runNode(args, { env = {}, show = false } = {}) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let output = "";
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from.on("data", (chunk) => {
      output += chunk;
      if (show) to.write(chunk);
    });
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 127, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

export function stopwatch() {
  const started = performance.now();
  return () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
