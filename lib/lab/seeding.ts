import { createHash } from "node:crypto";
import { z } from "zod";

/** What the seeds of several platforms are written with. */
export const id = z.string().regex(/^\d+$/, "digits only");
export const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
export const count = z.int().min(0);

/** A stable number for a row that came without one, so that seeding twice makes one row; `fill` makes it 15 or 17 digits long. */
export const derivedId =
  (length: number, fill: string) =>
  (...parts: unknown[]): string =>
    String(BigInt(`0x${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12)}`)).padStart(length, fill);

/** An account of Instagram or Threads, with its token. */
export const metaAccount = (allScopes: string[]) =>
  z.strictObject({
    id,
    username: z.string().regex(/^[a-z0-9._]{1,30}$/),
    name: z.string().min(1),
    token: z.string().min(1),
    /** Null: the platform tells no figure. */
    followers: count.nullable().default(0),
    about: z.string().default(""),
    scopes: z.array(z.string()).default(allScopes),
    /** "short" is a token of one hour, fresh from the log-in. */
    token_kind: z.enum(["short", "long"]).default("long"),
    /** When the token was given out; two days ago unless told. */
    token_issued: moment.optional(),
    /** When it ends; sixty days after it was given out unless told. */
    token_expires: moment.optional(),
    /** Whether the app gets this account's webhooks. */
    subscribed: z.boolean().default(true),
  });

type Life = { token_kind: "short" | "long"; token_issued?: number | undefined; token_expires?: number | undefined };
const HOUR = 60 * 60_000;

/** From when to when a seeded token lives, in ms; a long one for `long` ms. */
export function tokenLife(
  { token_kind, token_issued, token_expires }: Life,
  now: number,
  long: number,
): { issued: number; expires: number } {
  const issued = token_issued ?? now - 48 * HOUR;
  return { issued, expires: token_expires ?? issued + (token_kind === "long" ? long : HOUR) };
}
