/** What Threads tells of a token. */

import { z } from "zod";
import { PlatformFailure } from "../contract.ts";
import type { Graph } from "./client.ts";

const debugSchema = z.object({ data: z.object({ scopes: z.array(z.string()).optional(), expires_at: z.number().optional() }) });

/**
 * What Threads knows of the graph's own token. Both null where it refuses to tell: its documents allow this look to testers of
 * the app alone.
 */
export async function inspectToken(graph: Graph, token: string): Promise<{ scopes: string[] | null; expiresAt: Date | null }> {
  try {
    const { scopes, expires_at: ends } = (await graph.get("debug_token", { input_token: token }, debugSchema)).data;
    return { scopes: scopes ?? null, expiresAt: ends ? new Date(ends * 1000) : null };
  } catch (error) {
    if (!(error instanceof PlatformFailure) || !["rejected", "needs-reauth"].includes(error.failure.kind)) throw error;
    return { scopes: null, expiresAt: null };
  }
}
