#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which its command line wants to download from a host that closed networks do not
// reach: the same arguments, the same JSON-RPC by line on stdin and stdout, answered by @prisma/schema-engine-wasm.
// prisma.config.ts points PRISMA_SCHEMA_ENGINE_BINARY here. At run time nothing needs it: scripts/migrate.mjs applies migrations.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";
import { connect, createDatabase, disposeShadows, driverFactory, dropDatabase, explain } from "./schema-engine-driver.mjs";

const folder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
const argv = process.argv.slice(2);
const valuesOf = (name) => argv.filter((_, index) => argv[index - 1] === name);
const { url } = JSON.parse(valuesOf("--datasource")[0] ?? "{}");

if (argv.includes("--version") || argv.includes("-V")) {
  const { version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  console.log(`schema-engine-wasm ${version}`);
} else if (argv.includes("cli")) {
  await command(argv[argv.indexOf("cli") + 1]);
} else {
  serve();
}

async function command(name) {
  try {
    if (name === "can-connect-to-database") await (await connect(url)).end();
    else if (name === "create-database") await createDatabase(url);
    else if (name === "drop-database") await dropDatabase(url);
    else throw new Error(`unknown command ${name}`);
  } catch (error) {
    const [code, message] = explain(error, url);
    logError({ message, error_code: code, is_panic: false });
    process.exitCode = 1;
  }
}

/** The command line reads one JSON object a line from stderr, and skips the first line. */
function logError(fields, then) {
  const entry = { timestamp: new Date().toISOString(), level: "ERROR", fields, target: "schema_engine::logger" };
  process.stderr.write(`\n${JSON.stringify(entry)}\n`, then);
}

function serve() {
  let engine;
  const theEngine = () => {
    engine ??= startEngine();
    return engine;
  };
  const handlers = {
    createDatabase: (params) => createDatabase(params?.datasource?.url ?? url),
    getDatabaseVersion: async () => (await theEngine()).version(),
    debugPanic: async () => (await theEngine()).debugPanic(),
    diff: async (params) => {
      const { stdout, ...rest } = await (await theEngine()).diff(params);
      if (stdout) await send({ id: "print-1", method: "print", params: { content: stdout.replace(/\n$/, "") } });
      return rest;
    },
  };
  const answer = async ({ id, method, params }) => {
    try {
      const result = handlers[method] ? await handlers[method](params) : await (await theEngine())[method](params);
      await send({ id, result: result ?? null });
    } catch (error) {
      const data = { is_panic: false, message: String(error?.message ?? error), error_code: error?.code, meta: error?.meta ?? null };
      await send({ id, error: { code: 4466, message: "An error happened. Check the data field for details.", data } });
    }
  };
  let queue = Promise.resolve();
  const lines = readline.createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on("line", (line) => {
    const message = line.trim() === "" ? {} : JSON.parse(line);
    if (message.method) queue = queue.then(() => answer(message)); // what has no method answers our `print`
  });
  lines.on("close", () => queue.then(disposeShadows).finally(() => process.exit(0)));
}

function send(message) {
  return new Promise((resolve) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`, resolve));
}

async function startEngine() {
  let panic = "";
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (panic = message) };
  // A panic traps the module in the middle of a call and nothing answers any more: say so and leave, as the binary does.
  process.on("uncaughtException", (error) => {
    logError({ message: panic || String(error), backtrace: error?.stack, is_panic: true }, () => process.exit(101));
  });
  const glue = await import(pathToFileURL(path.join(folder, "schema_engine_bg.js")).href);
  const wasm = fs.readFileSync(path.join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const datamodels = valuesOf("--datamodels").map((file) => [file, fs.readFileSync(file, "utf8")]);
  const options = { datamodels: datamodels.length > 0 ? datamodels : undefined };
  return glue.SchemaEngine.new(options, () => {}, driverFactory(url));
}
