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
async function blockedMinutes(identity: string, address: string): Promise<number> {
  const rows = await db.loginThrottle.findMany({
    where: { key: { in: keysOf(identity, address).map((k) => k.key) }, blockedUntil: { gt: now() } },
  });
  const until = Math.max(0, ...rows.map((r) => r.blockedUntil!.getTime()));
  return until ? Math.max(1, Math.ceil((until - now().getTime()) / minutes(1))) : 0;
}

/**
 * Takes one of the attempts that an identity (five) and an address (thirty) have within 15 minutes; the last one taken
 * blocks for 15. Taken before the password is looked at, in one statement a key, so that guesses sent at once cannot outrun
 * the count. Returns 0, or the minutes to wait.
 */
export async function takeAttempt(identity: string, address: string): Promise<number> {
  const wait = await blockedMinutes(identity, address);
  if (wait) return wait;
  const at = now();
  const oldest = new Date(at.getTime() - minutes(WINDOW_MINUTES));
  const until = new Date(at.getTime() + minutes(WINDOW_MINUTES));
  for (const { key, limit } of keysOf(identity, address)) {
    const taken = await db.$executeRaw`
      INSERT INTO login_throttle AS t (key, failures, window_start) VALUES (${key}, 1, ${at})
      ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN t.window_start < ${oldest} THEN 1 ELSE t.failures + 1 END,
        window_start = CASE WHEN t.window_start < ${oldest} THEN ${at} ELSE t.window_start END,
        blocked_until = CASE WHEN t.window_start >= ${oldest} AND t.failures + 1 >= ${limit} THEN ${until}::timestamptz END
      WHERE t.blocked_until IS NULL OR t.blocked_until <= ${at}`;
    if (!taken) return Math.max(1, await blockedMinutes(identity, address));
  }
  return 0;
}

/** A success forgets the identity's failures and gives the address its attempt back; the address's failures stay. */
export async function forgetAttempts(identity: string, address: string) {
  const [who, where] = keysOf(identity, address);
  await db.loginThrottle.deleteMany({ where: { key: who!.key } });
  await db.$executeRaw`
    UPDATE login_throttle SET failures = failures - 1, blocked_until = CASE WHEN failures - 1 >= ${where!.limit} THEN blocked_until END
    WHERE key = ${where!.key} AND failures > 0`;
}
