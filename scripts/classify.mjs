// `npm run classify -- FILE.csv`: sorts the comments of a CSV file (columns id, platform, text) and writes what it says of them to
// standard output as CSV; everything else goes to standard error. `npm run classify -- --train`: makes the model anew from the
// comments in lib/inbox/sorting/classifier/data, and takes it only when it is no worse. See docs/operations.md, "Sorting comments".
import fs from "node:fs";
import path from "node:path";
import { root, stopwatch } from "./steps.mjs";

process.once("disconnect", () => process.exit(1)); // scripts/bootstrap.mjs is gone

const data = path.join(root, "lib", "inbox", "sorting", "classifier", "data");
const usage = "Usage: npm run classify -- FILE.csv, or npm run classify -- --train";

const [what, ...rest] = process.argv.slice(2);
if (what === undefined || rest.length > 0 || (what.startsWith("-") && what !== "--train")) fail(usage);
if (what === "--train") process.exit(await train());
await classify(what);
process.exit(0);

async function classify(file) {
  const { readTable, sortedTable, figuresOfTable, TableError } = await import("../lib/inbox/sorting/classifier/table.ts");
  const { table } = await import("../lib/inbox/sorting/classifier/figures.ts");
  let rows;
  try {
    rows = readTable(fs.readFileSync(found(file)), (sentence) => console.error(sentence));
  } catch (error) {
    if (error instanceof TableError) fail(`${file}: ${error.message}`);
    fail(`${file} cannot be read: ${error.code === "ENOENT" ? "there is no such file" : error.message}`);
  }
  const started = performance.now();
  const { csv, said } = sortedTable(rows);
  const seconds = (performance.now() - started) / 1000;
  // Who reads only the first lines, as `head` does, has them.
  process.stdout.once("error", ({ code, message }) => (code === "EPIPE" ? process.exit(0) : fail(`It cannot be written: ${message}`)));
  await new Promise((resolve) => process.stdout.write(csv, resolve));
  console.error(`${rows.length} comments, ${Math.round(rows.length / seconds)} a second`);
  const figures = labelsOf(() => figuresOfTable(rows, said));
  if (figures) console.error(table(figures));
}

/** Labels that cannot be understood spoil the figures alone. */
function labelsOf(figures) {
  try {
    return figures();
  } catch (error) {
    console.error(`No figures: ${error.message}`);
    return null;
  }
}

/** npm moves to the folder of package.json; a name is meant from where the person stands. */
function found(file) {
  const there = path.resolve(process.env.INIT_CWD ?? ".", file);
  return fs.existsSync(there) ? there : path.resolve(file);
}

async function train() {
  const { gate, readComments } = await import("../lib/inbox/sorting/classifier/gate.ts");
  const file = path.join(data, "model.json");
  const seconds = stopwatch();
  const known = readComments(["comments-open.csv", "comments-held.csv"].map((name) => path.join(root, "tests", "data", name)));
  const comments = readComments(
    fs
      .readdirSync(data)
      .filter((name) => name.endsWith(".csv"))
      .sort()
      .map((name) => path.join(data, name)),
  );
  const { report, refused, written } = gate(comments, known, fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null);
  console.error(report);
  if (refused.length > 0) {
    console.error(`Refused, the old model stays: ${refused.join("; ")}.`);
    return 1;
  }
  fs.writeFileSync(`${file}.new`, written);
  fs.renameSync(`${file}.new`, file);
  console.error(`Taken: ${Math.round(written.length / 1024)} kB, after ${seconds()}.`);
  return 0;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}
