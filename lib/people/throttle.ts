import { now } from "../core/clock.ts";
import { keyedDigest } from "../core/crypto.ts";
import { db } from "../core/db.ts";

const WINDOW_MINUTES = 15;
const LIMITS = { identity: 5, address: 30 } as const;
const minutes = (n: number) => n * 60_000;

const keysOf = (identity: string, address: string) => [
  { key: keyedDigest(`identity:${identity}`), limit: LIMITS.identity },
  { key: keyedDigest(`address:${address}`), limit: LIMITS.address },
];

/** Minutes until this identity or address may try again; 0 when it may now. */
export async function blockedMinutes(identity: string, address: string): Promise<number> {
  const rows = await db.loginThrottle.findMany({ where: { key: { in: keysOf(identity, address).map((k) => k.key) }, blockedUntil: { gt: now() } } });
  const until = Math.max(0, ...rows.map((r) => r.blockedUntil!.getTime()));
  return until ? Math.max(1, Math.ceil((until - now().getTime()) / minutes(1))) : 0;
}

/** Counts a failure; the fifth of an identity (thirtieth of an address) within 15 minutes blocks for 15. */
export async function countFailure(identity: string, address: string) {
  const at = now();
  const oldest = new Date(at.getTime() - minutes(WINDOW_MINUTES));
  const until = new Date(at.getTime() + minutes(WINDOW_MINUTES));
  for (const { key, limit } of keysOf(identity, address)) {
    await db.$executeRaw`
      INSERT INTO login_throttle AS t (key, failures, window_start) VALUES (${key}, 1, ${at})
      ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN t.window_start < ${oldest} THEN 1 ELSE t.failures + 1 END,
        window_start = CASE WHEN t.window_start < ${oldest} THEN ${at} ELSE t.window_start END,
        blocked_until = CASE WHEN t.window_start >= ${oldest} AND t.failures + 1 >= ${limit} THEN ${until}::timestamptz ELSE t.blocked_until END`;
  }
}

/** A success forgets the identity's failures, not the address's. */
export const forgetFailures = (identity: string) => db.loginThrottle.deleteMany({ where: { key: keyedDigest(`identity:${identity}`) } });
