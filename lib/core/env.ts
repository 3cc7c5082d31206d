import { z } from "zod";

const schema = z.object({
  DATABASE_URL: z.string().min(1),
  /** A connection that bypasses a pooler: LISTEN and advisory locks need a session of their own. */
  DIRECT_URL: z.string().optional(),
  AUTH_SECRET: z.string().min(16),
  APP_URL: z.url().default("http://localhost:41100"),
  /** The base under which platforms can fetch pictures; APP_URL unless told. */
  PUBLIC_URL: z.url().optional(),
  /** `id:base64` of 32 bytes, comma-separated; the first seals, all open. */
  GARDA_KEYS: z.string().min(1),
  STORAGE_DIR: z.string().default(".data/storage"),
  STATEMENT_TIMEOUT_MS: z.coerce.number().int().positive().default(5000),
  FACEBOOK_GRAPH_URL: z.url().default("https://graph.facebook.com"),
  FACEBOOK_API_VERSION: z.string().default("v26.0"),
  FACEBOOK_APP_SECRET: z.string().optional(),
  FACEBOOK_VERIFY_TOKEN: z.string().optional(),
  INSTAGRAM_GRAPH_URL: z.url().default("https://graph.instagram.com"),
  INSTAGRAM_API_VERSION: z.string().default("v26.0"),
  INSTAGRAM_APP_SECRET: z.string().optional(),
  INSTAGRAM_VERIFY_TOKEN: z.string().optional(),
  BLUESKY_URL: z.url().default("https://bsky.social"),
  X_API_URL: z.url().default("https://api.x.com"),
  /** The app that renews access tokens; without a secret it is a public client. */
  X_CLIENT_ID: z.string().optional(),
  X_CLIENT_SECRET: z.string().optional(),
  /** Signs X's webhooks and the answer to its challenge. */
  X_CONSUMER_SECRET: z.string().optional(),
  TELEGRAM_API_URL: z.url().default("https://api.telegram.org"),
  /** What Telegram repeats in each update (`secret_token`); without it no webhook is set or heard. */
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/)
    .optional(),
  POLL_SECONDS: z.coerce.number().int().positive().default(120),
  LOG_LEVEL: z.string().default("info"),
  DEMO: z.string().optional(),
});

export type Env = z.infer<typeof schema>;
let parsed: Env | undefined;

/** The process's settings, checked once. Throws with the names of what is missing or malformed. */
export function env(): Env {
  if (parsed) return parsed;
  const result = schema.safeParse(process.env);
  if (!result.success) throw new Error(`environment: ${z.prettifyError(result.error)}`);
  parsed = result.data;
  return parsed;
}
