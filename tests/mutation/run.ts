/**
 * Breaks one rule at a time in a copy of the source and runs the tests that should notice. A mutant that no test notices is a
 * rule that nobody checks. `npm test -- mutation`; words after it choose mutants by name.
 */
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { mutants } from "./mutants.ts";

const root = path.join(import.meta.dirname, "..", "..");
const chosen = mutants.filter(({ name }) => process.argv.slice(2).every((word) => name.includes(word)));

const copy = await mkdtemp(path.join(tmpdir(), "garda-mutants-"));
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

  let survived = 0;
  for (const { name, file, from, to, tests, project = "integration" } of chosen) {
    const target = path.join(copy, file);
    const source = await readFile(target, "utf8");
    const pieces = source.split(from);
    if (pieces.length !== 2) {
      console.log(`STALE     ${name}: the rule stands ${pieces.length - 1} times in ${file}`);
      survived += 1;
      continue;
    }
    await writeFile(target, pieces.join(to));
    const noticed = (await run(project, tests)) !== 0;
    await writeFile(target, source);
    console.log(`${noticed ? "noticed  " : "SURVIVED "} ${name}`);
    if (!noticed) survived += 1;
  }
  console.log(`${chosen.length - survived} passed, ${survived} failed`);
  process.exitCode = survived === 0 ? 0 : 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}

function run(project: string, tests: string[]): Promise<number> {
  const vitest = path.join("node_modules", "vitest", "vitest.mjs");
  const child = spawn(process.execPath, [vitest, "run", "--project", project, "--bail=1", "--reporter=dot", ...tests], {
    cwd: copy,
    stdio: "ignore",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
