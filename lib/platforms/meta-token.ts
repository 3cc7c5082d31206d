/** The tokens of Instagram and Threads: they live sixty days, and a day-old one can be given sixty more. */

import { z } from "zod";
import { type Account, type Grant, PlatformFailure } from "./contract.ts";
import type { MetaGraph } from "./meta-graph.ts";

export const grantSchema = z.object({
  accessToken: z.string().min(1),
  /** From then on a longer life is asked for. */
  refreshAfter: z.iso.datetime(),
  /** Null until the platform has told. */
  expiresAt: z.iso.datetime().nullable(),
});

/** A token of sixty days as the platforms hand it out; `expires_in` in seconds. */
export const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

const hour = 60 * 60_000;
const day = 24 * hour;
/** Younger tokens are refused. */
const youngest = 25 * hour;
const renewBefore = 10 * day;
const postponed = 6 * hour;

/** The grant for a token that ends at `expiresAt`; null where nobody knows: then a longer life is asked for as soon as it surely may be. */
export function newGrant(accessToken: string, now: Date, expiresAt: Date | null): Grant {
  const refreshAfter = Math.max(now.getTime() + youngest, expiresAt === null ? 0 : expiresAt.getTime() - renewBefore);
  return { accessToken, refreshAfter: new Date(refreshAfter).toISOString(), expiresAt: expiresAt?.toISOString() ?? null };
}

/** The instant at which a token ends that lives so many seconds from now on. */
export const endsIn = (seconds: number, now: Date): Date => new Date(now.getTime() + seconds * 1000);

/** A client with the account's token; throws needs-reauth where there is none. */
export function openGraph<Graph>(account: Account, open: (baseUrl: string, token: string) => Graph): Graph {
  const grant = grantSchema.safeParse(account.grant);
  if (!grant.success) throw new PlatformFailure({ kind: "needs-reauth", reason: "revoked" }, `${account.platform}: no token`);
  return open(account.baseUrl, grant.data.accessToken);
}

/**
 * A grant with sixty days more when the time for it has come, else null. While the present token still works, a refusal or
 * trouble only puts the next try off; a token that has ended throws needs-reauth.
 */
export async function refreshToken(
  graph: MetaGraph,
  account: Account,
  now: Date,
  grant_type: "ig_refresh_token" | "th_refresh_token",
): Promise<Grant | null> {
  const grant = grantSchema.safeParse(account.grant).data;
  if (!grant || now < new Date(grant.refreshAfter)) return null;
  try {
    const { access_token, expires_in } = await graph.token("refresh_access_token", { grant_type }, tokenSchema);
    return newGrant(access_token, now, endsIn(expires_in, now));
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    const { failure } = error;
    if (failure.kind === "needs-reauth" && failure.reason !== "scope") throw error;
    return { ...grant, refreshAfter: new Date(now.getTime() + postponed).toISOString() };
  }
}
