/** Where each platform is reached and as which app: hosts and versions are configuration, never constants spread through code. */

import { z } from "zod";

const host = (address: string) => z.url().default(address);
const secret = z.string().optional();

const schema = z.object({
  FACEBOOK_GRAPH_URL: host("https://graph.facebook.com"),
  FACEBOOK_DIALOG_URL: host("https://www.facebook.com"),
  FACEBOOK_API_VERSION: z.string().default("v26.0"),
  FACEBOOK_APP_ID: secret,
  /** Exchanges consents and signs webhooks. */
  FACEBOOK_APP_SECRET: secret,
  FACEBOOK_VERIFY_TOKEN: secret,

  INSTAGRAM_GRAPH_URL: host("https://graph.instagram.com"),
  INSTAGRAM_DIALOG_URL: host("https://www.instagram.com"),
  /** Where a code becomes the first, short token. */
  INSTAGRAM_TOKEN_URL: host("https://api.instagram.com"),
  INSTAGRAM_API_VERSION: z.string().default("v26.0"),
  INSTAGRAM_APP_ID: secret,
  INSTAGRAM_APP_SECRET: secret,
  INSTAGRAM_VERIFY_TOKEN: secret,

  THREADS_GRAPH_URL: host("https://graph.threads.net"),
  THREADS_DIALOG_URL: host("https://threads.com"),
  THREADS_API_VERSION: z.string().default("v1.0"),
  THREADS_APP_ID: secret,
  THREADS_APP_SECRET: secret,
  THREADS_VERIFY_TOKEN: secret,

  X_API_URL: host("https://api.x.com"),
  X_DIALOG_URL: host("https://x.com"),
  /** The app that renews access tokens; without a secret it is a public client. */
  X_CLIENT_ID: secret,
  X_CLIENT_SECRET: secret,
  /** Signs X's webhooks and the answer to its challenge. */
  X_CONSUMER_SECRET: secret,

  YOUTUBE_API_URL: host("https://www.googleapis.com"),
  GOOGLE_DIALOG_URL: host("https://accounts.google.com"),
  GOOGLE_TOKEN_URL: host("https://oauth2.googleapis.com"),
  GOOGLE_CLIENT_ID: secret,
  GOOGLE_CLIENT_SECRET: secret,

  TIKTOK_API_URL: host("https://open.tiktokapis.com"),
  TIKTOK_DIALOG_URL: host("https://www.tiktok.com"),
  TIKTOK_CLIENT_KEY: secret,
  /** Exchanges consents and signs webhooks. */
  TIKTOK_CLIENT_SECRET: secret,

  WHATSAPP_GRAPH_URL: host("https://graph.facebook.com"),
  WHATSAPP_API_VERSION: z.string().default("v26.0"),
  WHATSAPP_APP_SECRET: secret,
  WHATSAPP_VERIFY_TOKEN: secret,

  BLUESKY_URL: host("https://bsky.social"),

  TELEGRAM_API_URL: host("https://api.telegram.org"),
  /** What Telegram repeats in each update (`secret_token`); without it no webhook is set or heard. */
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/)
    .optional(),

  /** The base under which platforms reach the product. */
  APP_URL: z.url().default("http://localhost:41100"),
});

export type PlatformSettings = z.output<typeof schema>;
let parsed: PlatformSettings | undefined;

/** The process's settings for platforms, checked once. An empty value counts as not given. Throws with the names of what is malformed. */
export function platformSettings(): PlatformSettings {
  if (parsed) return parsed;
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  if (!result.success) throw new Error(`environment: ${z.prettifyError(result.error)}`);
  parsed = result.data;
  return parsed;
}
