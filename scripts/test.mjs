// `npm test`: every stage, also after a failed one; the last line is "N passed, N failed". `npm test -- unit` runs one stage.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { findBrowser } from "./browser.mjs";
import { buildIfStale, generateIfStale } from "./build.mjs";
import { startProduct } from "./product.mjs";
import { root, runNode, stopwatch } from "./steps.mjs";

process.once("disconnect", () => process.exit(1)); // scripts/bootstrap.mjs is gone
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(128 + os.constants.signals[signal]));

const work = fs.mkdtempSync(path.join(os.tmpdir(), "garda-test-"));
fs.chmodSync(work, 0o755); // as root, PostgreSQL runs as another user
process.on("exit", () => fs.rmSync(work, { recursive: true, force: true }));

const MOST_SECOND_LOOKS = 3;

let built;
const stages = {
  check: () => whole(runNode(["scripts/check.mjs"], { show: true })),
  build: async () => ((await build()) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
  unit: () => vitest("unit"),
  integration: () => vitest("integration"),
  e2e: browserTests,
  bench: smokeBenches,
};

/** Stages that run only when they are asked for. */
const slow = {
  mutation: () => mutation(),
};

const wanted = process.argv.slice(2);
const all = { ...stages, ...slow };
const unknown = wanted.find((name) => !(name in all));
if (unknown) {
  console.error(`There is no stage "${unknown}"; the stages are ${Object.keys(all).join(", ")}.`);
  process.exit(1);
}

const sum = { passed: 0, failed: 0 };
const table = [];
/** Lines of the end: what failed, and what passed only at its second look. */
const remarks = [];
for (const name of wanted.length === 0 ? Object.keys(stages) : Object.keys(all).filter((stage) => wanted.includes(stage))) {
  console.log(`\n── ${name}`);
  const seconds = stopwatch();
  const { passed, failed } = await all[name]().catch((error) => {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  });
  sum.passed += passed;
  sum.failed += failed;
  table.push(`${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed  ${seconds()}`);
}
console.log(`\n${table.join("\n")}`);
for (const remark of remarks) console.log(remark);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed === 0 ? 0 : 1);

/** A stage that holds no single tests counts as one. */
async function whole(run) {
  return (await run).code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A runner that failed although none of its tests did (a file that does not load, no tests at all) counts as one failure. */
function counted(code, { passed, failed }) {
  return { passed, failed: code === 0 || failed > 0 ? failed : 1 };
}

function build() {
  built ??= generateIfStale()
    .then(buildIfStale)
    .then(() => true)
    .catch((error) => {
      console.error(error.message);
      return false;
    });
  return built;
}

async function vitest(project) {
  await generateIfStale();
  const first = await runVitest(project, []);
  const files = first.failures.map((failure) => failure.file);
  // A few files that failed are looked at once more, by themselves: a test that fails only on a crowded machine is told, and passes.
  const again = files.length > 0 && files.length <= MOST_SECOND_LOOKS ? await runVitest(project, ["--maxWorkers=1", ...files]) : null;
  const failures = again?.ran ? again.failures : first.failures;
  const sound = first.failures.filter(({ file }) => !failures.some((failure) => failure.file === file));
  for (const { names } of sound) remarks.push(...names.map((name) => `unsteady: ${name}`));
  for (const { names } of failures) remarks.push(...names.map((name) => `failed: ${name}`));
  const failed = failures.reduce((sum, { names }) => sum + names.length, 0);
  const recovered = first.failures.reduce((sum, { names }) => sum + names.length, 0) - failed;
  return counted(first.code === 0 || (again !== null && failed === 0) ? 0 : 1, { passed: first.passed + Math.max(0, recovered), failed });
}

/** What Vitest says of a project, or of some of its files: those that failed with the names of their failed tests. */
async function runVitest(project, args) {
  const file = path.join(work, `${project}-${args.length}.json`);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`];
  const { code } = await runNode(["node_modules/vitest/vitest.mjs", "run", "--project", project, ...reporters, ...args], {
    env: { NO_COLOR: "1" },
    show: true,
  });
  const report = readJson(file);
  const failures = (report?.testResults ?? [])
    .filter(({ status }) => status === "failed")
    .map(({ name, assertionResults }) => {
      const where = path.relative(root, name);
      const names = assertionResults.filter((test) => test.status === "failed").map((test) => `${where} > ${test.fullName}`);
      return { file: where, names: names.length > 0 ? names : [where] };
    });
  return { code, ran: report !== null, passed: report?.numPassedTests ?? 0, failures };
}

/** The flows in two halves side by side, each on a product of its own: much of a flow is waiting. */
async function browserTests() {
  if (!(await build())) {
    console.error("skipped: there is no build to test");
    return { passed: 0, failed: wanted.length === 0 ? 0 : 1 };
  }
  const CHROMIUM_PATH = await findBrowser();
  const halves = await Promise.all([1, 2].map((half) => browserHalf(`${half}/2`, path.join(work, `e2e-${half}`), CHROMIUM_PATH)));
  return { passed: halves[0].passed + halves[1].passed, failed: halves[0].failed + halves[1].failed };
}

async function browserHalf(shard, folder, CHROMIUM_PATH) {
  fs.mkdirSync(folder, { mode: 0o755 });
  const data = path.join(folder, "data");
  const product = await startProduct({ data });
  console.log(`${shard}: the product answers after ${product.seconds.toFixed(1)} s`);
  const file = path.join(folder, "report.json");
  const env = { CHROMIUM_PATH, E2E_URL: product.url, E2E_DATA_DIR: data, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const args = ["test", `--shard=${shard}`, `--output=${path.join("test-results", shard[0])}`, "--reporter=list,json"];
  try {
    const { code } = await runNode(["node_modules/@playwright/test/cli.js", ...args], { env, show: true });
    const report = readJson(file);
    const stats = report?.stats ?? { expected: 0, unexpected: 0, flaky: 0 };
    for (const { file, title, status, why } of browserSpecs(report?.suites ?? [])) {
      if (status === "flaky") remarks.push(`unsteady: ${file} > ${title}${why}`);
      if (status === "unexpected") remarks.push(`failed: ${file} > ${title}${why}`);
    }
    return counted(code, { passed: stats.expected + stats.flaky, failed: stats.unexpected });
  } finally {
    await product.stop();
  }
}

/** Every test of a Playwright report, however deep its suites nest, with what each of its tries failed of and where. */
function browserSpecs(suites) {
  return suites.flatMap(({ file, specs, suites: inner }) => [
    ...specs.flatMap(({ title, tests }) =>
      tests.map(({ status, results }) => ({ file, title, status, why: results.map(firstError).join("") })),
    ),
    ...browserSpecs(inner ?? []),
  ]);
}

function firstError({ errors }) {
  if (!errors?.[0]) return "";
  const { message = "", location } = errors[0];
  const lines = stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim());
  return `\n  line ${location?.line ?? "?"}: ${lines.slice(0, 6).join(" | ").slice(0, 600)}`;
}

/** All benches in little, two at a time: nobody asks how long anything took. They share a server, as making one is half of their time. */
async function smokeBenches() {
  await build();
  const folder = path.join(root, "tests", "bench");
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith(".ts")) : [];
  const waiting = names.map((file) => path.basename(file, ".ts")).sort();
  const { sharedServer } = await import("../tests/support/bench-database.ts");
  const server = await sharedServer();
  const sum = { passed: 0, failed: 0 };
  const work = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const seconds = stopwatch();
      const { code, output } = await runNode(["scripts/bench.mjs", name, "--scale", "smoke"], { env: server.env });
      console.log(`${code === 0 ? "ok  " : "FAIL"} ${name} (${seconds()})`);
      if (code !== 0) console.log(output);
      if (code !== 0) remarks.push(`failed: bench ${name}`);
      sum[code === 0 ? "passed" : "failed"] += 1;
    }
  };
  await Promise.all([work(), work()]);
  await server.stop();
  return sum;
}

async function mutation() {
  await generateIfStale();
  const { output } = await runNode(["tests/mutation/run.ts"], { show: true });
  const [, passed = 0, failed = 1] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  return { passed: Number(passed), failed: Number(failed) };
}

function readJson(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null;
}
