import type { AddressInfo } from "node:net";
import { z } from "zod";
import { facebook } from "./facebook/platform.ts";
import { isLoopback } from "./http.ts";
import { instagram } from "./instagram/platform.ts";
import type { Lab } from "./lab.ts";
import { createLabServer } from "./server.ts";
import { Store } from "./store.ts";
import { telegram } from "./telegram/platform.ts";
import { threads } from "./threads/platform.ts";
import { tiktok } from "./tiktok/platform.ts";
import { WebhookQueue } from "./webhooks.ts";
import { whatsapp } from "./whatsapp/platform.ts";
import { x } from "./x/platform.ts";
import { youtube } from "./youtube/platform.ts";

const optional = z
  .string()
  .optional()
  .transform((text) => text || null);
const env = z
  .object({
    LAB_PORT: z.coerce.number().int().min(0).max(65_535).default(41_190),
    LAB_DIR: z.string().min(1).default(".data/lab"),
    LAB_URL: optional,
    /** The base of the app's webhooks: each platform's address is this and the platform's name. */
    LAB_WEBHOOK_URL: optional.refine((url) => url === null || isLoopback(url), "must be on this machine"),
    FACEBOOK_APP_SECRET: optional,
    FACEBOOK_VERIFY_TOKEN: optional,
    INSTAGRAM_APP_SECRET: optional,
    INSTAGRAM_VERIFY_TOKEN: optional,
    THREADS_APP_SECRET: optional,
    THREADS_VERIFY_TOKEN: optional,
    X_CONSUMER_SECRET: optional,
    TIKTOK_CLIENT_SECRET: optional,
    X_CLIENT_ID: optional,
    X_CLIENT_SECRET: optional,
    GOOGLE_CLIENT_ID: optional,
    GOOGLE_CLIENT_SECRET: optional,
    WHATSAPP_APP_SECRET: optional,
    WHATSAPP_VERIFY_TOKEN: optional,
  })
  .parse(process.env);

const platforms = [facebook, instagram, threads, telegram, x, whatsapp, youtube, tiktok];
const store = new Store(
  env.LAB_DIR,
  platforms.map((platform) => platform.tables),
);
const webhooks = new WebhookQueue(store, env.LAB_WEBHOOK_URL);
const settings = {
  origin: (env.LAB_URL ?? `http://127.0.0.1:${env.LAB_PORT}`).replace(/\/$/, ""),
  facebookAppSecret: env.FACEBOOK_APP_SECRET,
  facebookVerifyToken: env.FACEBOOK_VERIFY_TOKEN,
  instagramAppSecret: env.INSTAGRAM_APP_SECRET,
  instagramVerifyToken: env.INSTAGRAM_VERIFY_TOKEN,
  threadsAppSecret: env.THREADS_APP_SECRET,
  threadsVerifyToken: env.THREADS_VERIFY_TOKEN,
  xConsumerSecret: env.X_CONSUMER_SECRET,
  tiktokClientSecret: env.TIKTOK_CLIENT_SECRET,
  xClientId: env.X_CLIENT_ID,
  xClientSecret: env.X_CLIENT_SECRET,
  googleClientId: env.GOOGLE_CLIENT_ID,
  googleClientSecret: env.GOOGLE_CLIENT_SECRET,
  whatsappAppSecret: env.WHATSAPP_APP_SECRET,
  whatsappVerifyToken: env.WHATSAPP_VERIFY_TOKEN,
};
const lab: Lab = {
  store,
  settings,
  now: () => Date.now() + Number(store.setting("clock-offset") ?? 0),
  enqueueWebhook: (platform, body, headers, to) => webhooks.enqueue(platform, body, headers, to),
};

const server = createLabServer(lab, platforms, webhooks);
server.listen(env.LAB_PORT, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  if (!env.LAB_URL) settings.origin = `http://127.0.0.1:${port}`;
  console.log(`lab ready at http://127.0.0.1:${port}`);
});

async function stop(): Promise<void> {
  server.close();
  server.closeIdleConnections();
  // Whoever is still being answered gets a moment; held connections (the "timeout" fault) are cut.
  setTimeout(() => server.closeAllConnections(), 1_000).unref();
  await webhooks.stop();
  server.once("close", () => {
    store.close();
    process.exit(0);
  });
  if (!server.listening) server.emit("close");
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
