// The two things that are made from the source before it runs: the Prisma client and the Next.js build. Each carries a stamp
// of what it was made from, removed before the work and written after it, so that a killed one is made again.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { spawnNode } from "./children.mjs";
import { sleep } from "./processes.mjs";

const root = path.join(import.meta.dirname, "..");
const generated = path.join(root, "lib", "core", "generated");
const clientStamp = path.join(generated, ".made-from");
const buildStamp = path.join(root, ".next", "garda-made-from");

const clientSource = ["prisma/schema", "node_modules/prisma/package.json"];
const buildSource = [
  ...["app", "components", "lib", "messages", "public", "prisma/schema"],
  ...["package-lock.json", "next.config.ts", "postcss.config.mjs", "tsconfig.json", "proxy.ts"],
];
const notBuilt = /(^|\/)generated$|^lib\/(lab|worker)$|\.test\.tsx?$/;

/** Generates the Prisma client when the schema changed; true when it did the work. */
export async function generateIfStale() {
  const want = hashOf(clientSource);
  if (read(clientStamp) === want) return false;
  fs.rmSync(clientStamp, { force: true });
  await runQuietly("prisma generate", ["node_modules/prisma/build/index.js", "generate"]);
  fs.writeFileSync(clientStamp, want);
  return true;
}

export const isBuilt = () => read(buildStamp) === hashOf(buildSource);

/** Builds the web application when its source changed; true when it did the work. Needs the Prisma client. */
export async function buildIfStale() {
  while (!isBuilt()) {
    const want = hashOf(buildSource);
    fs.rmSync(buildStamp, { force: true });
    try {
      await runQuietly("next build", ["node_modules/next/dist/bin/next", "build"], { NODE_ENV: "production" });
    } catch (error) {
      if (!error.message.includes("Another next build process is already running")) throw error;
      await sleep(1000);
      continue;
    }
    fs.writeFileSync(buildStamp, want);
    return true;
  }
  return false;
}

function hashOf(sources) {
  const hash = createHash("sha256");
  const add = (name) => {
    const file = path.join(root, name);
    if (notBuilt.test(name) || !fs.existsSync(file)) return;
    if (fs.statSync(file).isDirectory()) for (const entry of fs.readdirSync(file).sort()) add(`${name}/${entry}`);
    else hash.update(`${name}\0`).update(fs.readFileSync(file)).update("\0");
  };
  for (const source of sources) add(source);
  return hash.digest("hex");
}

/** Runs Node on a program and keeps what it prints for the error. */
function runQuietly(title, args, env = {}) {
  const child = spawnNode(args, { output: "pipe", env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`${title} failed (${code}):\n${output.trim()}`))));
  });
}

function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
