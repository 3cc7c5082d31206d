// Runs an embedded PostgreSQL server for one data folder, and never two.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { binaries, howToRun, makeCluster } from "./pg-files.mjs";
import { born, canConnect, commandLine, freePort, signal, sleep } from "./processes.mjs";

const START_TIMEOUT_MS = 60_000;

/**
 * Starts the server of `dir`, making the cluster and the database when there are none; a server of that folder which outlived
 * its parent is taken over. It stops when `stop` is called or this process ends, however it ends.
 * @param {{ dir: string, password: string, user?: string, database?: string, port?: number, flags?: string[] }} options
 *   `flags` are settings ("fsync=off"); without `port` a free one is chosen. The log is written beside `dir`.
 * @returns {Promise<{ port: number, pid: number, how: "created" | "started" | "taken over", exited: Promise<void>,
 *   stop: () => Promise<void> }>} `exited` settles when the server is gone
 */
export async function startPostgres({ dir, password, user = "garda", database = "garda", port, flags = [] }) {
  const { initdb, postgres } = binaries();
  const { prefix, ids } = howToRun(dir, postgres);
  const log = `${dir}.log`;
  const orphan = await settled(dir);
  const fresh = !orphan && !fs.existsSync(path.join(dir, "PG_VERSION"));
  if (fresh) {
    fs.mkdirSync(path.dirname(dir), { recursive: true });
    await makeCluster({ dir, initdb, prefix, ids, user, password });
  }
  const settings = ["timezone=UTC", "log_timezone=UTC", ...flags].flatMap((flag) => ["-c", flag]);
  const command = (at) => [...prefix, postgres, "-D", dir, "-p", String(at), "-h", "127.0.0.1", "-k", "", ...settings];
  const server = orphan ? adopted(orphan) : await launch({ dir, log, command, ids, port: port ?? (await freePort()) });
  const guard = guardOf(server.pid);
  server.exited.then(() => guard.kill());
  const stop = async () => {
    signal(server.pid, "SIGINT"); // "fast": open sessions are rolled back
    const slow = setTimeout(() => signal(server.pid, "SIGQUIT"), 15_000);
    await server.exited;
    clearTimeout(slow);
  };
  try {
    await ensureDatabase({ port: server.port, user, password, database });
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...server, how: orphan ? "taken over" : fresh ? "created" : "started", stop };
}

/** The server that postmaster.pid names, if that process lives and serves `dir`. */
function runningServer(dir) {
  let lines;
  try {
    lines = fs.readFileSync(path.join(dir, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (born(pid) === null || !(commandLine(pid) || dir).includes(dir)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/** Waits while a server that is there already recovers or shuts down; null when there is none. */
async function settled(dir) {
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await sleep(50)) {
    const server = runningServer(dir);
    if (!server || (server.ready && (await canConnect(server.port)))) return server;
  }
  throw new Error(`a PostgreSQL server runs on ${dir} but does not answer`);
}

async function launch({ dir, log, command, ids, port }) {
  for (const deadline = Date.now() + START_TIMEOUT_MS; ; await sleep(200)) {
    const before = fs.existsSync(log) ? fs.statSync(log).size : 0;
    const child = spawnServer(command(port), ids, log);
    const exited = new Promise((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
    let gone = false;
    exited.then(() => (gone = true));
    while (!gone && Date.now() < deadline) {
      const server = runningServer(dir);
      if (server?.pid === child.pid && server.ready && (await canConnect(port))) return { pid: child.pid, port, exited };
      await sleep(15);
    }
    child.kill("SIGQUIT");
    const said = fs.existsSync(log) ? fs.readFileSync(log, "utf8").slice(before) : "";
    // After a kill -9 the sessions of the old server take a moment to notice; until then it refuses to start.
    if (Date.now() < deadline && said.includes("shared memory block")) continue;
    throw new Error(`PostgreSQL did not start (see ${log}):\n${said.trim()}`);
  }
}

function spawnServer([file, ...argv], ids, log) {
  const out = fs.openSync(log, "a", 0o600);
  try {
    // In a group of its own: Ctrl-C in the terminal must not stop the database before those who use it.
    const stdio = ["ignore", out, out];
    return spawn(file, argv, { ...ids, cwd: "/", detached: true, stdio, env: { ...process.env, LC_ALL: "C" } });
  } finally {
    fs.closeSync(out);
  }
}

function adopted({ pid, port }) {
  const exited = (async () => {
    while (born(pid) !== null) await sleep(100);
  })();
  return { pid, port, exited };
}

/** A shell that waits for this process to end, in whatever way, and then asks the server to stop. */
function guardOf(pid) {
  const script = 'cat >/dev/null; kill -INT "$1"';
  const guard = spawn("/bin/sh", ["-c", script, "sh", String(pid)], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  guard.unref();
  guard.stdin.unref();
  return guard;
}

async function ensureDatabase({ port, user, password, database }) {
  const client = new pg.Client({ host: "127.0.0.1", port, user, password, database: "postgres" });
  try {
    await client.connect();
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } catch (error) {
    if (error.code !== "28P01") throw error;
    throw new Error("the database does not accept its password: secrets.json belongs to another data folder", { cause: error });
  } finally {
    await client.end();
  }
}
