// `npm start`: from a checkout to a product that answers. See docs/operations.md for the environment variables.
import fs from "node:fs";
import path from "node:path";
import { buildIfStale, generateIfStale, isBuilt } from "./build.mjs";
import { exitOf, keepAlive, spawnNode } from "./children.mjs";
import { prepareDatabase } from "./database.mjs";
import { claim } from "./instance.mjs";
import { startPostgres } from "./pg.mjs";
import { portOwner, sleep, whyNotListen } from "./processes.mjs";
import { loadSecrets } from "./secrets.mjs";
import { childEnvironments, embeddedUrls, externalUrls, labEnvironment, readSettings, rolePasswords, workerOptions } from "./settings.mjs";

const SERVER_FLAGS = ["max_connections=200", "jit=off"];
const HEALTH_TIMEOUT_MS = 60_000;

let instance;
let stopping;
const running = []; // what `stop` ends, the youngest first

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(0));
process.on("disconnect", () => stop(0)); // the bootstrap process is gone

try {
  await start();
} catch (error) {
  await fail(error.message);
}

async function start() {
  const settings = readSettings(process.env, process.argv.slice(2));
  const { data, demo, dev } = settings;
  fs.mkdirSync(data, { recursive: true, mode: 0o755 });
  instance = await claim(data, settings.appUrl);
  await requirePort(settings.port, settings.host, "PORT");
  if (demo) await requirePort(settings.labPort, "127.0.0.1", "LAB_PORT");
  say(`Garda starts; its data is in ${data}`);
  const secrets = loadSecrets(data);
  step(1, "secrets are there");

  if (demo) startLab(settings, secrets);
  const [urls] = await Promise.all([startDatabase(settings, secrets), build(settings)]);
  if (demo) {
    await healthy(`http://127.0.0.1:${settings.labPort}/_lab/health`, "platform lab");
    step(4, `platform lab answers on port ${settings.labPort}`);
  } else step(4, "no platform lab (DEMO=0)");

  const envs = childEnvironments({ settings, secrets, urls, env: process.env });
  const accounts = path.join(data, "accounts.txt");
  const filled = fs.existsSync(accounts); // by an earlier start: pages need not wait for a second look at the data
  if (!filled) await seed(envs.seed);
  const next = path.join("node_modules", "next", "dist", "bin", "next");
  keep("web", [next, dev ? "dev" : "start", "-H", settings.host, "-p", String(settings.port)], envs.web, settings);
  if (filled) await seed(envs.seed);
  keep("worker", [...workerOptions, "lib/worker/main.ts"], envs.worker, settings);
  await healthy(`${settings.localUrl}/api/health`, "web");
  step(6, "web and worker run");

  if (fs.existsSync(accounts)) say(`\n${fs.readFileSync(accounts, "utf8").trimEnd()}`);
  say(`\nGarda is ready: ${settings.appUrl}\nCtrl-C stops it. ${dev ? "" : `Logs: ${path.join(data, "logs")}`}`);
}

async function startDatabase(settings, secrets) {
  if (settings.external) {
    const urls = externalUrls(process.env);
    const passwords = process.env.OWNER_DATABASE_URL ? rolePasswords(secrets, process.env) : undefined;
    const applied = await prepareDatabase({ ownerUrl: urls.owner, passwords });
    step(2, `database of DATABASE_URL, ${applied.length} migrations applied`);
    return urls;
  }
  const server = await keepPostgres(path.join(settings.data, "pg"), secrets.GARDA_OWNER_PASSWORD);
  const urls = embeddedUrls(secrets, server.port);
  instance.note({ databases: urls });
  const applied = await prepareDatabase({ ownerUrl: urls.owner, passwords: rolePasswords(secrets, {}) });
  step(2, `PostgreSQL ${server.how} on port ${server.port}, ${applied.length} migrations applied`);
  return urls;
}

/** The embedded server, started again on the same port when it dies unasked. */
async function keepPostgres(dir, password) {
  const run = (port) => startPostgres({ dir, password, port, flags: SERVER_FLAGS });
  const first = await run();
  let server = first;
  const deaths = [];
  const watch = async () => {
    await server.exited;
    if (stopping) return;
    deaths.push(Date.now());
    if (deaths.filter((at) => at > Date.now() - 30_000).length >= 5) return fail(`PostgreSQL died 5 times within 30 s; see ${dir}.log`);
    console.error("PostgreSQL died; it is started again");
    await sleep(1000);
    if (stopping) return;
    server = await run(first.port);
    watch();
  };
  watch().catch((error) => fail(error.message));
  running.push({ stop: () => server.stop() });
  return first;
}

async function build({ dev }) {
  const made = await generateIfStale();
  if (dev) return step(3, "no build: pages are compiled as they are asked for");
  if (!isBuilt()) say("      building the web application, half a minute or so …");
  const built = await buildIfStale();
  step(3, built ? "web application built" : made ? "database client generated" : "build is up to date");
}

function startLab(settings, secrets) {
  keep("lab", ["lib/lab/main.ts"], labEnvironment({ settings, secrets, env: process.env }), settings);
}

async function seed(env) {
  const code = await exitOf(spawnNode(["prisma/seed/main.ts"], { env }));
  if (code !== 0) throw new Error(`Filling in the first data failed (exit code ${code}); the next start goes on from there.`);
  step(5, "first data is there");
}

function keep(name, args, env, { data, dev }) {
  const log = dev ? undefined : path.join(data, "logs", `${name}.log`);
  running.push(keepAlive({ name, args, env, log, onStart: (known) => instance.child(name, known), onGiveUp: fail }));
}

async function requirePort(port, host, name) {
  const reason = await whyNotListen(port, host);
  if (reason === "EADDRINUSE")
    throw new Error(`Port ${port} is taken by ${portOwner(port)}. End that, or choose another port: ${name}=${port + 1} npm start`);
  if (reason) throw new Error(`Nothing can listen on ${host}:${port} (${reason}). Choose another port with ${name}, or another HOST.`);
}

async function healthy(url, name) {
  for (const deadline = Date.now() + HEALTH_TIMEOUT_MS; Date.now() < deadline; await sleep(25)) {
    const ok = await fetch(url, { signal: AbortSignal.timeout(5000) }).then(
      (response) => response.arrayBuffer().then(() => response.ok),
      () => false,
    );
    if (ok) return;
  }
  throw new Error(`The ${name} process does not answer on ${url}; see its log.`);
}

async function fail(reason) {
  if (!stopping) console.error(`\n${reason}`);
  await stop(1);
}

function stop(code) {
  stopping ??= (async () => {
    if (code === 0) say("\nGarda stops …");
    while (running.length > 0) await running.pop().stop();
    instance?.release();
    process.exit(code);
  })();
  return stopping;
}

function say(text) {
  console.log(text);
}

function step(number, text) {
  const seconds = (performance.now() / 1000).toFixed(1);
  say(`[${number}/6] ${text} (${seconds} s)`);
}
