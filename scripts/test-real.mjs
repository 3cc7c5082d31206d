// Tries the connectors on real servers (tests/real): installs those servers in their own folder, starts them on loopback,
// runs the tests and ends all it started. Arguments go to Vitest, so that one file can be named.
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startPostgres } from "./pg.mjs";

const START_TIMEOUT_MS = 60_000;
const root = path.join(import.meta.dirname, "..");
const servers = path.join(root, "tests", "real", "servers");
const modules = path.join(servers, "node_modules");
const started = performance.now();
const cleanups = [];
let ending;

process.on("disconnect", () => end(1)); // scripts/bootstrap.mjs is gone
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end(128 + os.constants.signals[signal]));

try {
  await installServers();
  const network = await startBluesky();
  await end(await runTests({ BLUESKY_NETWORK: network }));
} catch (error) {
  if (ending) await ending;
  console.error(error.message);
  console.log("0 passed, 1 failed");
  await end(1);
}

async function installServers() {
  const stamp = path.join(modules, ".installed");
  const lock = fs.readFileSync(path.join(servers, "package-lock.json"));
  const want = createHash("sha256").update(lock).digest("hex");
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === want) return;
  say("installing the real servers (npm ci and one C++ addon; some 2 minutes, 665 MB) …");
  const unpacked = () => (fs.existsSync(modules) ? fs.readdirSync(modules).length : 0);
  const beat = setInterval(() => say(`still installing, ${unpacked()} packages unpacked`), 10_000);
  const env = {
    ...process.env,
    npm_config_nodedir: path.join(modules, `node-${process.platform}-${process.arch}`), // headers of the Node that will run it
    npm_config_build_from_source: "true", // no look-up of prebuilt addons on other hosts
  };
  const npm = spawn("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: servers, env, stdio: "inherit" });
  const forget = endOnExit(npm);
  const code = await exitOf(npm);
  forget();
  clearInterval(beat);
  if (code !== 0) throw new Error("npm ci in tests/real/servers failed (it needs a C++ compiler, make and Python 3)");
  fs.writeFileSync(stamp, want);
  say("servers installed");
}

/** Answers with the line of JSON that tests/real/servers/network.mjs prints. */
async function startBluesky() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "garda-real-"));
  cleanups.unshift(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.chmodSync(folder, 0o755); // PostgreSQL may run as another user
  const password = randomBytes(16).toString("hex");
  const postgres = await startPostgres({ dir: path.join(folder, "pg"), password, flags: ["fsync=off", "max_connections=200"] });
  cleanups.unshift(postgres.stop);
  const REAL_POSTGRES_URL = `postgresql://garda:${password}@127.0.0.1:${postgres.port}/garda`;
  say("PostgreSQL runs");

  const env = { ...process.env, LOG_ENABLED: "false", NODE_NO_WARNINGS: "1", TMPDIR: folder, REAL_POSTGRES_URL };
  const argv = ["--import", "./loopback.mjs", "network.mjs"];
  const network = spawn(path.join(modules, ".bin", "node"), argv, { cwd: servers, env, stdio: ["pipe", "pipe", "inherit"] });
  endOnExit(network);
  const line = await firstLine(network);
  say("Bluesky runs: identity directory, personal data server, AppView");
  return line;
}

async function firstLine(child) {
  const late = AbortSignal.timeout(START_TIMEOUT_MS);
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the Bluesky servers ended before they were ready (${code})`)));
    late.addEventListener("abort", () => reject(new Error("the Bluesky servers were not ready in a minute")));
  });
}

/** Prints each test and, last, the sums. */
async function runTests(told) {
  const report = path.join(os.tmpdir(), `garda-real-${process.pid}.json`);
  cleanups.unshift(() => fs.rmSync(report, { force: true }));
  const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
  const config = path.join(root, "tests", "real", "vitest.config.ts");
  const reporters = ["--reporter=verbose", "--reporter=json", `--outputFile.json=${report}`];
  const argv = [vitest, "run", "--config", config, ...reporters, ...process.argv.slice(2)];
  const child = spawn(process.execPath, argv, { cwd: root, env: { ...process.env, ...told }, stdio: ["ignore", "inherit", "inherit"] });
  const forget = endOnExit(child);
  const code = await exitOf(child);
  forget();
  if (!fs.existsSync(report)) throw new Error("Vitest ended without a report");
  const { testResults, numPassedTests, numFailedTests } = JSON.parse(fs.readFileSync(report, "utf8"));
  const skipped = testResults
    .flatMap((file) => file.assertionResults)
    .filter((each) => ["pending", "skipped", "todo"].includes(each.status));
  for (const each of skipped) say(`not tried: ${each.fullName}`);
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  say("done");
  console.log(`${numPassedTests} passed, ${numFailedTests + broken} failed`);
  return code;
}

function exitOf(child) {
  return new Promise((resolve) => child.once("error", () => resolve(1)).once("exit", (code) => resolve(code ?? 1)));
}

/** Has `end` stop the child; call what it returns once the child is gone. */
function endOnExit(child) {
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = exitOf(child);
    child.kill("SIGTERM");
    const slow = setTimeout(() => child.kill("SIGKILL"), 8000);
    await gone;
    clearTimeout(slow);
  };
  cleanups.unshift(stop);
  return () => cleanups.splice(cleanups.indexOf(stop), 1);
}

/** Never returns; a second call waits with the first one, so that what a stop itself breaks is not reported. */
async function end(code) {
  ending ??= (async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup();
    process.exit(code);
  })();
  await ending;
}

function say(what) {
  console.log(`[${Math.round((performance.now() - started) / 1000)} s] ${what}`);
}
