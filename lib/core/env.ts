import { z } from "zod";

const variables = z.object({
  DATABASE_URL: z.string().min(1),
  /** A connection that bypasses a pooler: LISTEN and advisory locks need a session of their own. */
  DIRECT_URL: z.string().optional(),
  AUTH_SECRET: z.string().min(16),
  APP_URL: z.url().default("http://localhost:41100"),
  /** The base under which platforms can fetch pictures; APP_URL unless told. */
  PUBLIC_URL: z.url().optional(),
  /** `id:base64` of 32 bytes, comma-separated; the first seals, all open. */
  GARDA_KEYS: z.string().min(1).optional(),
  /** The same, one on each line, in a file that only its owner may read; it wins over GARDA_KEYS. */
  GARDA_KEYS_FILE: z.string().min(1).optional(),
  /** smtp:// or smtps://, with the credentials; without it nobody is mailed. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "give smtp://… or smtps://…" }).optional(),
  /** Who the mails come from: an address, or "Name <address>". */
  MAIL_FROM: z.string().min(3).optional(),
  STORAGE_DIR: z.string().default(".data/storage"),
  STATEMENT_TIMEOUT_MS: z.coerce.number().int().positive().default(5000),
  POLL_SECONDS: z.coerce.number().int().positive().default(120),
  LOG_LEVEL: z.string().default("info"),
  DEMO: z.string().optional(),
});

const schema = variables
  .refine((v) => v.GARDA_KEYS !== undefined || v.GARDA_KEYS_FILE !== undefined, {
    path: ["GARDA_KEYS"],
    message: "give GARDA_KEYS or GARDA_KEYS_FILE",
  })
  .refine((v) => v.SMTP_URL === undefined || v.MAIL_FROM !== undefined, { path: ["MAIL_FROM"], message: "SMTP_URL wants MAIL_FROM" });

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
