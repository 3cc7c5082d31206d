// How long from a fresh clone to a product that answers (cold), and how long the next time (warm).
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { isBuilt } from "../../scripts/build.mjs";
import { startProduct } from "../../scripts/product.mjs";
import { root } from "../../scripts/steps.mjs";

const { values } = parseArgs({ options: { scale: { type: "string", default: "full" }, keep: { type: "boolean", default: false } } });
const work = fs.mkdtempSync(path.join(os.tmpdir(), "garda-bench-start-"));
fs.chmodSync(work, 0o755); // as root, PostgreSQL runs as another user
try {
  const figures = values.scale === "smoke" ? await smoke() : await full();
  const conditions = `${values.scale}, ${os.availableParallelism()} cores, Node ${process.version}, ${os.platform()}-${os.arch()}`;
  console.log(JSON.stringify({ ...figures, conditions }));
} finally {
  if (values.keep) console.error(`kept: ${work}`);
  else fs.rmSync(work, { recursive: true, force: true });
}

async function full() {
  const folder = path.join(work, "clone");
  execFileSync("git", ["clone", "--quiet", root, folder]);
  const options = { folder, data: path.join(folder, ".data"), command: ["npm", "start"] };
  console.log("fresh clone: npm start …");
  const cold_s = await seconds(options);
  console.log(`cold: ${cold_s} s; once more …`);
  return { cold_s, warm_s: await seconds(options) };
}

/** The checkout as it is, without demo data; its first start on the new folder only makes the database. */
async function smoke() {
  if (!isBuilt()) throw new Error("there is no build of this source; npm start or npm test makes one");
  const options = { data: path.join(work, "data"), env: { DEMO: "0" } };
  await seconds(options);
  return { warm_s: await seconds(options) };
}

async function seconds(options: Parameters<typeof startProduct>[0]) {
  const product = await startProduct(options);
  await product.stop();
  return Math.round(product.seconds * 100) / 100;
}
