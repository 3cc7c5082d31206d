// `node scripts/bootstrap.mjs COMMAND …` starts on any Node from 20.19 and with no packages at all: it makes node_modules
// match package-lock.json, then runs scripts/COMMAND.mjs on the Node that the lock file names.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const modules = path.join(root, "node_modules");
const installed = path.join(modules, ".package-lock.json");
const commands = ["start", "test", "test-real", "check", "bench", "keys", "classify", "scores-verify"];

const [command, ...args] = process.argv.slice(2);
if (!commands.includes(command)) fail(`Usage: node scripts/bootstrap.mjs ${commands.join("|")} …`);

stopWithNpm();
if (!isInstalled()) await install();
const node = runtime();
process.env.PATH = `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ""}`;
const script = path.join(import.meta.dirname, `${command}.mjs`);
if (node === process.execPath) {
  process.argv.splice(1, 2, script);
  await import(`./${command}.mjs`);
} else {
  // The fourth stream tells the command that this process is gone, should it be killed.
  process.exitCode = await run(node, [script, ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
}

/** npm, told to end, ends only the shell between itself and this process. When either is gone, this one is told to end too. */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const watch = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 300);
  watch.unref();
}

/** The parent of npm's shell; null for a process that is no shell, or where the system does not tell. */
function parentOf(pid) {
  try {
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+)/.exec(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
    return name.endsWith("sh") ? parent : null;
  } catch {
    return null;
  }
}

/** npm writes its own list of what it installed last of all: where that agrees with the lock file, node_modules is whole. */
function isInstalled() {
  let have;
  try {
    have = JSON.parse(fs.readFileSync(installed, "utf8")).packages;
  } catch {
    return false;
  }
  const want = JSON.parse(fs.readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  const same = (a, b) => a.version === b.version && a.integrity === b.integrity;
  return (
    Object.entries(want).every(([key, entry]) => key === "" || (have[key] ? same(have[key], entry) : entry.optional)) &&
    Object.keys(have).every((key) => want[key])
  );
}

async function install() {
  fs.rmSync(installed, { force: true }); // an `npm ci` that is killed while it clears the folder must not leave this list behind
  const ours = process.execPath.startsWith(modules + path.sep); // npm is about to delete that Node
  const npm = path.basename(process.env.npm_execpath ?? "").startsWith("npm") && process.env.npm_execpath;
  const host = ours ? process.env.npm_node_execpath : process.execPath;
  const env = { ...process.env, PATH: withoutModules(process.env.PATH ?? "") };
  const ci = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const started = performance.now();
  const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`;
  // Standard output is for what the command says, which another program may read.
  console.error("Installing packages (npm ci); the first time takes half a minute or more …");
  const beat = setInterval(() => console.error(`  still installing, ${count(modules)} packages unpacked, ${seconds()}`), 5000);
  const usable = npm && host && !host.startsWith(modules + path.sep);
  const how = { env, stdio: ["inherit", 2, 2] };
  const code = await (usable ? run(host, [npm, ...ci], how) : run("npm", ci, how));
  clearInterval(beat);
  if (code !== 0) fail(`npm ci failed (${code}). Nothing is lost: mend what it says above and run the same command again.`);
  if (!isInstalled()) fail("npm ci ended well, yet node_modules does not match package-lock.json: is this npm 10 or later?");
  console.error(`Packages installed in ${seconds()}.`);
}

function withoutModules(search) {
  return search
    .split(path.delimiter)
    .filter((entry) => !entry.startsWith(modules))
    .join(path.delimiter);
}

function count(folder) {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return names.filter((name) => !name.startsWith(".")).length;
}

function runtime() {
  const own = path.join(modules, `node-${process.platform}-${process.arch}`, "bin", "node");
  if (fs.existsSync(own)) return fs.realpathSync(own);
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  return fail(`No Node 24 for ${process.platform}-${process.arch} comes with the packages: install Node 24 or later and use that.`);
}

function run(file, argv, options = {}) {
  const child = spawn(file, argv, { cwd: root, stdio: "inherit", ...options });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once("error", (error) => fail(`Could not run ${file}: ${error.message}`));
    child.once("exit", (code, signal) => resolve(code ?? 128 + os.constants.signals[signal]));
  });
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
