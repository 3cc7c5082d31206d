// The processes that `npm start` runs: tied to it, logged, started again when they die unasked.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { born, endGroup, sleep } from "./processes.mjs";

const root = path.join(import.meta.dirname, "..");
const tie = pathToFileURL(path.join(import.meta.dirname, "die-with-parent.mjs")).href;
const DEATHS = { most: 5, withinMs: 30_000, pauseMs: 1000 };
const GRACE_MS = 5000;
const LOG_LIMIT_BYTES = 20_000_000;

/** Node on `args` in a process group of its own, ending with this process. `output` is what spawn takes for stdout and stderr. */
export function spawnNode(args, { env, output = "inherit" }) {
  const stdio = ["pipe", output, output];
  return spawn(process.execPath, ["--import", tie, ...args], { cwd: root, detached: true, stdio, env });
}

/** Settles with the exit code; a signal counts as the shell counts it. */
export function exitOf(child) {
  return new Promise((resolve) => {
    child.once("error", () => resolve(127));
    child.once("exit", (code, signal) => resolve(code ?? 128 + os.constants.signals[signal]));
  });
}

/**
 * Keeps one process alive until `stop`.
 * @param {{ name: string, args: string[], env: NodeJS.ProcessEnv, log?: string, onStart: (known: { pid: number, born: string }) => void,
 *   onGiveUp: (reason: string) => void }} options without `log` it writes to this terminal
 * @returns {{ stop: () => Promise<void> }}
 */
export function keepAlive({ name, args, env, log, onStart, onGiveUp }) {
  let current;
  let stopping = false;
  const deaths = [];
  const run = () => {
    if (stopping) return;
    const output = log ? openLog(log) : undefined;
    const child = spawnNode(args, { env, output });
    if (output !== undefined) fs.closeSync(output);
    const known = { pid: child.pid, born: child.pid ? born(child.pid) : null };
    current = { known, exited: exitOf(child) };
    if (child.pid) onStart(known);
    current.exited.then((code) => died(known, code));
  };
  const died = async (known, code) => {
    if (stopping) return;
    if (known.pid) await endGroup(known, 0); // what it forked must not keep its port
    deaths.push(Date.now());
    const recent = deaths.filter((at) => at > Date.now() - DEATHS.withinMs).length;
    if (recent >= DEATHS.most) {
      const last = log ? `; the end of ${log}:\n${tail(log)}` : "";
      return onGiveUp(`The ${name} process died ${recent} times within 30 s (last exit code ${code})${last}`);
    }
    console.error(`The ${name} process died (exit code ${code}); it is started again${log ? ` (see ${log})` : ""}`);
    await sleep(DEATHS.pauseMs);
    run();
  };
  run();
  const stop = async () => {
    stopping = true;
    if (current.known.pid) await endGroup(current.known, GRACE_MS);
    await current.exited;
  };
  return { stop };
}

function openLog(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (fs.existsSync(file) && fs.statSync(file).size > LOG_LIMIT_BYTES) fs.renameSync(file, `${file}.1`);
  return fs.openSync(file, "a", 0o600);
}

function tail(file) {
  return fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-15).join("\n");
}
