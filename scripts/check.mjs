// `npm run check`: everything that can be said of the source without running it. One line a step, all of what a failing one says.
import { generateIfStale } from "./build.mjs";
import { runNode, stopwatch } from "./steps.mjs";

const FEWEST_MODULES = 60; // dependency-cruiser passes on nothing at all when it cannot read TypeScript
const total = stopwatch();
let failures = 0;

const bin = {
  prisma: "node_modules/prisma/build/index.js",
  next: "node_modules/next/dist/bin/next",
  tsc: "node_modules/typescript/bin/tsc",
  biome: "node_modules/@biomejs/biome/bin/biome",
  depcruise: "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
  knip: "node_modules/knip/bin/knip.js",
};

await step("prisma generate", async () => {
  await generateIfStale();
  return { code: 0, output: "" };
});
await step("next typegen", () => runNode([bin.next, "typegen"]));
await Promise.all([
  inOrder([
    ["types of the product", () => runNode([bin.tsc, "--noEmit"])],
    ["types of the tests", () => runNode([bin.tsc, "--noEmit", "-p", "tsconfig.tests.json"])],
    ["prisma validate", () => runNode([bin.prisma, "validate"])],
    ["doors", () => runNode(["scripts/check-doors.mjs"])],
    ["messages", () => runNode(["scripts/check-messages.mjs"])],
  ]),
  inOrder([
    ["biome", () => runNode([bin.biome, "check", "--colors=off", "--diagnostic-level=error"])],
    ["who imports whom", () => imports("all")],
    ["what is loaded where", () => imports("values")],
    ["knip", () => runNode([bin.knip, "--no-progress", "--no-config-hints"])],
  ]),
]);
console.log(failures === 0 ? `check passed in ${total()}` : `check: ${failures} steps failed, ${total()}`);
process.exitCode = failures === 0 ? 0 : 1;

async function inOrder(steps) {
  for (const [name, run] of steps) await step(name, run);
}

async function step(name, run) {
  const seconds = stopwatch();
  const { code, output } = await run().catch((error) => ({ code: 1, output: error.message }));
  console.log(`${code === 0 ? "ok  " : "FAIL"} ${name} (${seconds()})`);
  if (code === 0) return;
  failures += 1;
  console.log(output.trimEnd().replace(/^/gm, "     "));
}

async function imports(IMPORTS) {
  const preload = ["--import", "./scripts/swc-reads-tsx.mjs"];
  const cruise = [...preload, bin.depcruise, "--config", ".dependency-cruiser.mjs", "app", "components", "lib"];
  const { code, output } = await runNode(cruise, { env: { IMPORTS } });
  const modules = Number(/\((\d+) modules/.exec(output)?.[1] ?? 0);
  if (code === 0 && modules < FEWEST_MODULES)
    return { code: 1, output: `${output}only ${modules} modules were read; it takes ${FEWEST_MODULES}` };
  return { code, output };
}
