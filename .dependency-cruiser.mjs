// Who may import whom: app → components → lib, and inside lib only downwards. scripts/check.mjs runs this twice: with the
// imports of types (the directions of the house) and, IMPORTS=values, without them (what is loaded where).
import fs from "node:fs";
import path from "node:path";

/** The rooms of lib, the lowest first. A room imports those of lower rows; never one of its own row, never upwards. */
const rows = [
  ["core"],
  ["platforms"],
  ["units"],
  ["people"],
  ["media", "notices"],
  ["channels"],
  ["approvals", "delivery"],
  ["posts"],
  ["narratives", "inbox"],
  ["scores", "directory", "governance"],
  ["hoaxes", "consistency", "coaching"],
  ["reports", "records", "search", "integrations"],
  ["worker"],
];
const inRooms = (names) => `^lib/(${names.join("|")})/`;
const rooms = rows.flatMap((row, height) => row.map((name) => ({ name, height })));
const downwards = rooms.map(({ name, height }) => ({
  name: `lib-${name}-imports-only-lower-rooms`,
  severity: "error",
  from: { path: inRooms([name]) },
  to: { path: "^lib/", pathNot: inRooms([name, ...rows.slice(0, height).flat()]) },
}));

const forbid = (name, comment, from, to) => {
  return { name, comment, severity: "error", from: { path: from }, to: typeof to === "string" ? { path: to } : to };
};
const generated = "^lib/core/generated/";
const database = `^lib/core/db\\.ts$|${generated}`;
const inputOutput = `^node_modules/(pg|pg-boss|@prisma|next/(headers|cache|server)|next-auth|pino|sharp|@node-rs|@atproto)[/.]`;
const server = `${database}|${inputOutput}|^lib/core/(access|audit|env|jobs|live|log|session|storage)\\.ts$|/(facts|jobs|queries)\\.ts$`;

/** The house, also for types. */
const directions = [
  ...downwards,
  forbid("every-room-has-its-row", "a new folder of lib gets a row above", "^lib/", {
    path: "^lib/[^/]+/",
    pathNot: inRooms([...rows.flat(), "lab"]),
  }),
  forbid("app-is-imported-by-nobody", "routes stand above everything", "^(components|lib)/", "^app/"),
  forbid("lib-knows-no-components", "lib renders nothing", "^lib/", "^components/"),
  forbid("worker-is-imported-by-nobody", "it is a process", "^(app|components)/", "^lib/worker/"),
  forbid("lab-is-imported-by-nobody", "the product knows no stand-in", "^(app|components|lib/(?!lab/))", "^lib/lab/"),
  forbid("lab-imports-nothing-of-ours", "it stands for the world outside", "^lib/lab/", "^(app|components|lib/(?!lab/))"),
  forbid(
    "ui-knows-no-domain",
    "it could ship in another product",
    "^components/ui/",
    "^(lib/(?!core/|platforms/contract)|components/(?!ui/))",
  ),
  forbid("imports-resolve", "a name that leads nowhere", "^(app|components|lib)/", { couldNotResolve: true, pathNot: generated }),
];

/** What may be loaded where, when it runs. */
const loading = [
  forbid("pages-leave-the-database-to-lib", "queries and commands read it", "^(app|components)/", database),
  forbid("actions-and-jobs-only-pass-on", "the work stands in queries and commands", "^lib/(?!core/).+/(actions|jobs)\\.ts$", database),
  forbid("rules-and-schemas-are-pure", "they run in the browser and in tests without a database", "[/-](rules|schema)\\.ts$", {
    path: server,
  }),
  forbid("rules-and-schemas-use-no-node", "they run in the browser", "[/-](rules|schema)\\.ts$", { dependencyTypes: ["core"] }),
  forbid("browser-loads-no-server-code", "it reaches the server through actions alone", browserFiles(), { path: server }),
  forbid("browser-loads-no-node", "it has none", browserFiles(), { dependencyTypes: ["core"] }),
  forbid("browser-loads-no-zod", "inputs are checked by the server; it weighs 30 kB", browserFiles(), "^node_modules/zod/"),
  forbid("no-cycles", "callers stand above callees", "^(app|components|lib)/", { circular: true }),
];

export default {
  forbidden: process.env.IMPORTS === "values" ? loading : directions,
  options: {
    parser: "swc",
    exclude: { path: `\\.test\\.tsx?$|^lib/core/generated/` },
    doNotFollow: { path: "^node_modules/" },
    webpackConfig: { fileName: "scripts/import-aliases.mjs" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"], mainFields: ["module", "main"] },
  },
};

/** A pattern for what a browser loads: the files that say "use client" and all they import of ours, up to the actions. */
function browserFiles() {
  const files = ["app", "components", "lib"].filter((folder) => fs.existsSync(folder)).flatMap((folder) => sources(folder));
  const texts = new Map(files.map((file) => [file, fs.readFileSync(file, "utf8")]));
  const queue = files.filter((file) => /^["']use client["']/.test(texts.get(file)));
  const loaded = new Set(queue);
  for (const file of queue) {
    for (const [, name] of texts.get(file).matchAll(/^(?:import|export) (?!type )[^;]*?["']((?:\.{1,2}|@|#lib)\/[^"']+)["']/gm)) {
      const target = name.startsWith(".") ? path.posix.join(path.posix.dirname(file), name) : name.replace(/^(@\/|#)/, "");
      if (!texts.has(target) || loaded.has(target) || target.endsWith("/actions.ts")) continue;
      loaded.add(target);
      queue.push(target);
    }
  }
  const escaped = [...loaded].map((file) => file.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return escaped.length > 0 ? `^(${escaped.join("|")})$` : "^$";
}

function sources(folder) {
  const names = fs.readdirSync(folder, { recursive: true }).map((name) => path.posix.join(folder, name));
  return names.filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.includes("/generated/"));
}
