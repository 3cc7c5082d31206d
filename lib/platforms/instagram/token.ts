/** Instagram's tokens: they live sixty days, and a day-old one can be given sixty more. */

import { z } from "zod";
import { type Account, type Grant, PlatformFailure } from "../contract.ts";
import type { Graph } from "./client.ts";

export const grantSchema = z.object({
  accessToken: z.string().min(1),
  /** From then on a longer life is asked for. */
  refreshAfter: z.iso.datetime(),
  /** Null until Instagram has told. */
  expiresAt: z.iso.datetime().nullable(),
});

/** A token of sixty days as Instagram hands it out; `expires_in` in seconds. */
export const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

const hour = 60 * 60_000;
const day = 24 * hour;
/** Younger tokens are refused. */
const youngest = 25 * hour;
const renewBefore = 10 * day;
const postponed = 6 * hour;

/**
 * The grant for a token that lives `expiresIn` seconds. For one that a person entered the end is unknown: a longer life is asked
 * for as soon as it surely may be.
 */
export function newGrant(accessToken: string, now: Date, expiresIn: number | null = null): Grant {
  const expiresAt = expiresIn === null ? null : now.getTime() + expiresIn * 1000;
  const refreshAfter = Math.max(now.getTime() + youngest, expiresAt === null ? 0 : expiresAt - renewBefore);
  return {
    accessToken,
    refreshAfter: new Date(refreshAfter).toISOString(),
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  };
}

/**
 * A grant with sixty days more when the time for it has come, else null. While the present token still works, a refusal or
 * trouble only puts the next try off; a token that has ended throws needs-reauth.
 */
export async function refreshToken(graph: Graph, account: Account, now: Date): Promise<Grant | null> {
  const grant = grantSchema.safeParse(account.grant).data;
  if (!grant || now < new Date(grant.refreshAfter)) return null;
  try {
    const { access_token, expires_in } = await graph.token("refresh_access_token", { grant_type: "ig_refresh_token" }, tokenSchema);
    return newGrant(access_token, now, expires_in);
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    const { failure } = error;
    if (failure.kind === "needs-reauth" && failure.reason !== "scope") throw error;
    return { ...grant, refreshAfter: new Date(now.getTime() + postponed).toISOString() };
  }
}
