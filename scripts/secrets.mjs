// What the installation alone may know. Made once, kept in DATA_DIR/secrets.json; an environment variable of the same name wins.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const word = () => randomBytes(24).toString("base64url");
const makers = {
  AUTH_SECRET: word,
  GARDA_KEYS: () => `k1:${randomBytes(32).toString("base64")}`,
  GARDA_OWNER_PASSWORD: word,
  GARDA_WEB_PASSWORD: word,
  GARDA_WORKER_PASSWORD: word,
  GARDA_RECORDS_PASSWORD: word,
  FACEBOOK_APP_SECRET: word,
  FACEBOOK_VERIFY_TOKEN: word,
  INSTAGRAM_APP_SECRET: word,
  INSTAGRAM_VERIFY_TOKEN: word,
  THREADS_APP_SECRET: word,
  THREADS_VERIFY_TOKEN: word,
  TELEGRAM_WEBHOOK_SECRET: word,
  TIKTOK_CLIENT_SECRET: word,
  X_CONSUMER_SECRET: word,
  X_CLIENT_SECRET: word,
  GOOGLE_CLIENT_SECRET: word,
  WHATSAPP_APP_SECRET: word,
  WHATSAPP_VERIFY_TOKEN: word,
};

/** @returns {Record<keyof typeof makers, string>} */
export function loadSecrets(data, env = process.env) {
  const file = path.join(data, "secrets.json");
  const kept = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  const missing = Object.keys(makers).filter((name) => kept[name] === undefined);
  if (missing.length > 0) {
    for (const name of missing) kept[name] = makers[name]();
    const draft = `${file}.new`;
    fs.writeFileSync(draft, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, flush: true });
    fs.renameSync(draft, file);
  }
  return Object.fromEntries(Object.keys(makers).map((name) => [name, env[name] || kept[name]]));
}
