// `npm run keys -- rotate`: seals everything anew under the first key of GARDA_KEYS or GARDA_KEYS_FILE, while Garda runs.
// Prints counts alone. See docs/operations.md, "A key must change".
import fs from "node:fs";
import path from "node:path";
import { generateIfStale } from "./build.mjs";
import { isSame } from "./processes.mjs";
import { loadSecrets } from "./secrets.mjs";
import { childEnvironments, externalUrls, readSettings } from "./settings.mjs";

process.once("disconnect", () => process.exit(1)); // scripts/bootstrap.mjs is gone

try {
  process.exit(await rotate(process.argv.slice(2)));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function rotate([command, ...rest]) {
  if (command !== "rotate" || rest.length > 0) throw new Error("Usage: npm run keys -- rotate");
  const settings = readSettings(process.env, []);
  const urls = settings.external ? externalUrls(process.env) : urlsOfRunning(settings.data);
  const secrets = fs.existsSync(path.join(settings.data, "secrets.json")) ? loadSecrets(settings.data) : secretsOf(process.env);
  await generateIfStale();
  Object.assign(process.env, childEnvironments({ settings, secrets, urls, env: process.env }).worker);
  process.env.STATEMENT_TIMEOUT_MS ??= "60000";
  const { resealAll } = await import("../lib/channels/resealing.ts");
  const places = await resealAll();
  for (const [name, { resealed, closed, left }] of Object.entries(places))
    console.log(`${name}: ${resealed} sealed anew, ${left} left under another key, ${closed} that no key opens`);
  const open = Object.values(places).every(({ left, closed }) => left + closed === 0);
  console.log(open ? "Everything is under the first key." : "Keep the old keys: not everything is under the first one yet.");
  return open ? 0 : 1;
}

/** The embedded server is reached while it runs: its port is in run.json. */
function urlsOfRunning(data) {
  const file = path.join(data, "run.json");
  const { start, databases } = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  if (!databases || !isSame(start)) throw new Error(`Garda does not run on the data folder ${data}: start it, or set DATA_DIR.`);
  return databases;
}

/** Without a data folder every secret comes by the environment. */
function secretsOf(env) {
  if (!env.GARDA_KEYS && !env.GARDA_KEYS_FILE) throw new Error("No keys: set GARDA_KEYS, GARDA_KEYS_FILE or DATA_DIR.");
  if (!env.AUTH_SECRET) throw new Error("AUTH_SECRET is not set.");
  return env;
}
