// From the environment of `npm start` to the environment of each process it runs.
import path from "node:path";
import { roles } from "./database.mjs";

const root = path.join(import.meta.dirname, "..");

/** Node's own options for the worker: with a small nursery a night's scores take two thirds of the memory and no more time. */
export const workerOptions = ["--max-semi-space-size=16"];

/** What the operator decides; every default stands here. */
export function readSettings(env, args) {
  const port = portFrom(env.PORT, "PORT", 41100);
  const host = env.HOST || "127.0.0.1";
  return {
    data: path.resolve(root, env.DATA_DIR || ".data"),
    dev: args.includes("--dev"),
    demo: env.DEMO !== "0",
    port,
    host,
    labPort: portFrom(env.LAB_PORT, "LAB_PORT", 41190),
    appUrl: env.APP_URL || `http://localhost:${port}`,
    localUrl: `http://${["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host}:${port}`,
    external: Boolean(env.DATABASE_URL),
  };
}

function portFrom(text, name, usual) {
  const port = Number(text || usual);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`${name} is "${text}"; it must be a port number, 1 to 65535.`);
  return port;
}

/** Passwords by role, for the roles that this installation makes itself. A URL that names a role brings its password. */
export function rolePasswords(secrets, env) {
  const kept = {
    garda_web: secrets.GARDA_WEB_PASSWORD,
    garda_worker: secrets.GARDA_WORKER_PASSWORD,
    garda_records: secrets.GARDA_RECORDS_PASSWORD,
  };
  for (const url of [env.DATABASE_URL, env.WORKER_DATABASE_URL, env.RECORDS_DATABASE_URL].filter(Boolean).map((text) => new URL(text))) {
    if (roles.includes(url.username) && url.password) kept[url.username] = decodeURIComponent(url.password);
  }
  return kept;
}

/** The URLs of an external server, by who connects. */
export function externalUrls(env) {
  return {
    owner: env.OWNER_DATABASE_URL || env.DATABASE_URL,
    web: env.DATABASE_URL,
    worker: env.WORKER_DATABASE_URL || env.DATABASE_URL,
    records: env.RECORDS_DATABASE_URL,
  };
}

/** The same for the embedded server on `port`. */
export function embeddedUrls(secrets, port) {
  const url = (user, password) => `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/garda`;
  const passwords = rolePasswords(secrets, {});
  return {
    owner: url("garda", secrets.GARDA_OWNER_PASSWORD),
    web: url("garda_web", passwords.garda_web),
    worker: url("garda_worker", passwords.garda_worker),
    records: url("garda_records", passwords.garda_records),
  };
}

const ofOthers = /^((OWNER|WORKER|RECORDS)_DATABASE_URL|GARDA_\w+_PASSWORD)$/;

/** The app as the lab's X knows it. */
const xClientId = (env) => env.X_CLIENT_ID || "garda";
/** The app as the lab's Google knows it. */
const googleClientId = (env) => env.GOOGLE_CLIENT_ID || "garda";

/** Environments of the children, by child. No child gets a role's password but through the URL it may use. */
export function childEnvironments({ settings, secrets, urls, env }) {
  const { data, dev, demo, appUrl, labPort, port } = settings;
  const inherited = Object.fromEntries(Object.entries(env).filter(([name]) => !ofOthers.test(name)));
  const labUrl = `http://127.0.0.1:${labPort}`;
  const facebook = { FACEBOOK_APP_SECRET: secrets.FACEBOOK_APP_SECRET, FACEBOOK_VERIFY_TOKEN: secrets.FACEBOOK_VERIFY_TOKEN };
  const common = {
    ...inherited,
    ...facebook,
    INSTAGRAM_APP_SECRET: secrets.INSTAGRAM_APP_SECRET,
    INSTAGRAM_VERIFY_TOKEN: secrets.INSTAGRAM_VERIFY_TOKEN,
    THREADS_APP_SECRET: secrets.THREADS_APP_SECRET,
    THREADS_VERIFY_TOKEN: secrets.THREADS_VERIFY_TOKEN,
    TELEGRAM_WEBHOOK_SECRET: secrets.TELEGRAM_WEBHOOK_SECRET,
    TIKTOK_CLIENT_SECRET: secrets.TIKTOK_CLIENT_SECRET,
    X_CONSUMER_SECRET: secrets.X_CONSUMER_SECRET,
    WHATSAPP_APP_SECRET: secrets.WHATSAPP_APP_SECRET,
    WHATSAPP_VERIFY_TOKEN: secrets.WHATSAPP_VERIFY_TOKEN,
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATA_DIR: data,
    STORAGE_DIR: env.STORAGE_DIR || path.join(data, "storage"),
    APP_URL: appUrl,
    AUTH_URL: env.AUTH_URL || appUrl,
    AUTH_TRUST_HOST: "true",
    AUTH_SECRET: secrets.AUTH_SECRET,
    GARDA_KEYS: secrets.GARDA_KEYS,
    DEMO: demo ? "1" : "0",
    PORT: String(port),
    ...(demo && {
      LAB_PORT: String(labPort),
      FACEBOOK_GRAPH_URL: env.FACEBOOK_GRAPH_URL || `${labUrl}/meta`,
      FACEBOOK_DIALOG_URL: env.FACEBOOK_DIALOG_URL || `${labUrl}/facebook`,
      FACEBOOK_APP_ID: env.FACEBOOK_APP_ID || "garda",
      INSTAGRAM_GRAPH_URL: env.INSTAGRAM_GRAPH_URL || `${labUrl}/ig`,
      INSTAGRAM_DIALOG_URL: env.INSTAGRAM_DIALOG_URL || `${labUrl}/instagram`,
      INSTAGRAM_TOKEN_URL: env.INSTAGRAM_TOKEN_URL || `${labUrl}/ig`,
      INSTAGRAM_APP_ID: env.INSTAGRAM_APP_ID || "garda",
      THREADS_GRAPH_URL: env.THREADS_GRAPH_URL || `${labUrl}/threads`,
      THREADS_DIALOG_URL: env.THREADS_DIALOG_URL || `${labUrl}/threads`,
      THREADS_APP_ID: env.THREADS_APP_ID || "garda",
      TELEGRAM_API_URL: env.TELEGRAM_API_URL || `${labUrl}/telegram`,
      TIKTOK_API_URL: env.TIKTOK_API_URL || `${labUrl}/tiktok`,
      TIKTOK_DIALOG_URL: env.TIKTOK_DIALOG_URL || `${labUrl}/tiktok`,
      TIKTOK_CLIENT_KEY: env.TIKTOK_CLIENT_KEY || "garda",
      X_API_URL: env.X_API_URL || `${labUrl}/x`,
      X_DIALOG_URL: env.X_DIALOG_URL || `${labUrl}/x`,
      X_CLIENT_ID: xClientId(env),
      X_CLIENT_SECRET: secrets.X_CLIENT_SECRET,
      YOUTUBE_API_URL: env.YOUTUBE_API_URL || `${labUrl}/google`,
      GOOGLE_DIALOG_URL: env.GOOGLE_DIALOG_URL || `${labUrl}/youtube`,
      GOOGLE_TOKEN_URL: env.GOOGLE_TOKEN_URL || `${labUrl}/google`,
      GOOGLE_CLIENT_ID: googleClientId(env),
      GOOGLE_CLIENT_SECRET: secrets.GOOGLE_CLIENT_SECRET,
      WHATSAPP_GRAPH_URL: env.WHATSAPP_GRAPH_URL || `${labUrl}/whatsapp`,
    }),
  };
  const database = (url) => ({ DATABASE_URL: url, DIRECT_URL: settings.external && env.DIRECT_URL ? env.DIRECT_URL : url });
  return {
    web: { ...common, ...database(urls.web) },
    worker: { ...common, ...database(urls.worker), ...(urls.records && { RECORDS_DATABASE_URL: urls.records }) },
    seed: { ...common, ...database(urls.owner) },
  };
}

/** The platform lab stands for the world outside: it knows only what a platform would know. */
export function labEnvironment({ settings, secrets, env }) {
  return {
    PATH: env.PATH,
    NODE_ENV: settings.dev ? "development" : "production",
    LAB_PORT: String(settings.labPort),
    LAB_DIR: path.join(settings.data, "lab"),
    LAB_WEBHOOK_URL: `${settings.localUrl}/api/webhooks`,
    FACEBOOK_APP_SECRET: secrets.FACEBOOK_APP_SECRET,
    FACEBOOK_VERIFY_TOKEN: secrets.FACEBOOK_VERIFY_TOKEN,
    INSTAGRAM_APP_SECRET: secrets.INSTAGRAM_APP_SECRET,
    INSTAGRAM_VERIFY_TOKEN: secrets.INSTAGRAM_VERIFY_TOKEN,
    THREADS_APP_SECRET: secrets.THREADS_APP_SECRET,
    THREADS_VERIFY_TOKEN: secrets.THREADS_VERIFY_TOKEN,
    TIKTOK_CLIENT_SECRET: secrets.TIKTOK_CLIENT_SECRET,
    X_CONSUMER_SECRET: secrets.X_CONSUMER_SECRET,
    X_CLIENT_ID: xClientId(env),
    X_CLIENT_SECRET: secrets.X_CLIENT_SECRET,
    GOOGLE_CLIENT_ID: googleClientId(env),
    GOOGLE_CLIENT_SECRET: secrets.GOOGLE_CLIENT_SECRET,
    WHATSAPP_APP_SECRET: secrets.WHATSAPP_APP_SECRET,
    WHATSAPP_VERIFY_TOKEN: secrets.WHATSAPP_VERIFY_TOKEN,
  };
}
