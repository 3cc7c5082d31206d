// Gives a command that works on Garda's data the environment of its worker: its databases and its secrets.
import fs from "node:fs";
import path from "node:path";
import { isSame } from "./processes.mjs";
import { loadSecrets } from "./secrets.mjs";
import { childEnvironments, externalUrls, readSettings } from "./settings.mjs";

/** Sets it in this process. Throws an error with a plain message when there is no Garda to be reached. */
export function workAsWorker() {
  const settings = readSettings(process.env, []);
  const urls = settings.external ? externalUrls(process.env) : urlsOfRunning(settings.data);
  const secrets = fs.existsSync(path.join(settings.data, "secrets.json")) ? loadSecrets(settings.data) : secretsOf(process.env);
  Object.assign(process.env, childEnvironments({ settings, secrets, urls, env: process.env }).worker);
  process.env.STATEMENT_TIMEOUT_MS ??= "60000";
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
