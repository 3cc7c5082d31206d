/**
 * Breaks one rule at a time in a copy of the source and runs the tests that should notice. A mutant that no test notices is a
 * rule that nobody checks. `npm test -- mutation`; words after it choose mutants by name.
 */
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Mutant } from "./mutant.ts";
import { mutants } from "./mutants.ts";

const root = path.join(import.meta.dirname, "..", "..");
const chosen = mutants.filter(({ name }) => process.argv.slice(2).every((word) => name.includes(word)));

type Report = {
  testResults: { name: string; status: string; message: string; assertionResults: { status: string; fullName: string }[] }[];
};

const copy = await mkdtemp(path.join(tmpdir(), "garda-mutants-"));
const report = path.join(copy, "report.json");
try {
  for (const name of [
    "lib",
    "tests",
    "messages",
    "prisma",
    "scripts",
    "app",
    "components",
    "package.json",
    "vitest.config.ts",
    "tsconfig.json",
  ])
    await cp(path.join(root, name), path.join(copy, name), { recursive: true, filter: (file) => !file.includes("tests/real/servers") });
  await symlink(path.join(root, "node_modules"), path.join(copy, "node_modules"));

  let failed = 0;
  const say = (verdict: string, { name }: Mutant, why = "") => console.log(`${verdict.padEnd(9)} ${name}${why && `: ${why}`}`);
  for (const project of ["unit", "integration"] as const) {
    const files = new Set(chosen.filter((mutant) => projectOf(mutant) === project).flatMap(({ tests }) => tests));
    const problem = files.size > 0 ? await firstFailure(project, [...files]) : null;
    if (problem) throw new Error(`With every rule in force the tests must pass, but ${problem}`);
  }
  for (const mutant of chosen) {
    const target = path.join(copy, mutant.file);
    const source = await readFile(target, "utf8");
    const pieces = source.split(mutant.from);
    if (pieces.length !== 2) {
      say("STALE", mutant, `the rule stands ${pieces.length - 1} times in ${mutant.file}`);
      failed += 1;
      continue;
    }
    await writeFile(target, pieces.join(mutant.to));
    const noticed = await firstFailure(projectOf(mutant), mutant.tests);
    await writeFile(target, source);
    say(noticed ? "noticed" : "SURVIVED", mutant, noticed ?? "");
    if (!noticed) failed += 1;
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}

function projectOf({ project = "integration" }: Mutant): "unit" | "integration" {
  return project;
}

/** The first test that fails, by its file and name; null when all pass. */
async function firstFailure(project: string, tests: string[]): Promise<string | null> {
  const vitest = path.join("node_modules", "vitest", "vitest.mjs");
  const options = ["--bail=1", "--reporter=json", `--outputFile=${report}`];
  await rm(report, { force: true });
  const child = spawn(process.execPath, [vitest, "run", "--project", project, ...options, ...tests], {
    cwd: copy,
    stdio: "ignore",
    env: { ...process.env, NO_COLOR: "1" },
  });
  const code = await new Promise<number>((resolve) => child.once("exit", (status) => resolve(status ?? 1)));
  if (code === 0) return null;
  const { testResults } = JSON.parse(await readFile(report, "utf8")) as Report;
  for (const { name, assertionResults } of testResults) {
    const test = assertionResults.find(({ status }) => status === "failed");
    if (test) return `${path.basename(name)}: ${test.fullName.trim()}`;
  }
  const broken = testResults.find(({ status, message }) => status === "failed" && message !== "");
  return broken ? `${path.basename(broken.name)}: ${broken.message.split("\n")[0]}` : `vitest ended with ${code}`;
}
