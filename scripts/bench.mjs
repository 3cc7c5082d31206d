// `npm run bench -- NAME [--scale smoke|full] [--keep]`: runs tests/bench/NAME.ts, whose last line is one JSON object of figures.
import fs from "node:fs";
import path from "node:path";
import { generateIfStale } from "./build.mjs";
import { workerOptions } from "./settings.mjs";
import { root, runNode } from "./steps.mjs";

process.once("disconnect", () => process.exit(1)); // scripts/bootstrap.mjs is gone

const [name, ...args] = process.argv.slice(2);
const file = path.join("tests", "bench", `${name}.ts`);
if (!name || !fs.existsSync(path.join(root, file))) {
  const names = fs.readdirSync(path.join(root, "tests", "bench")).filter((entry) => entry.endsWith(".ts"));
  console.error(`Name a bench: ${names.map((entry) => path.basename(entry, ".ts")).join(", ")}.`);
  process.exit(1);
}
await generateIfStale();
const { code, output } = await runNode([...workerOptions, file, ...args], { show: true });
if (code === 0 && !endsInFigures(output)) {
  console.error(`\n${file} did not end in a line of JSON with its conditions.`);
  process.exit(1);
}
process.exit(code);

function endsInFigures(text) {
  try {
    return typeof JSON.parse(text.trimEnd().split("\n").at(-1)).conditions === "string";
  } catch {
    return false;
  }
}
