import { gatesUntil } from "../approvals/settings.ts";
import type { Tx } from "../core/db.ts";
import type { Problem } from "../core/errors.ts";
import type { PostContent } from "./content.ts";
import { gatesFound, hitsOf, readOverrides } from "./gating.ts";

type Gated = { governmentId: string; publishAt: Date | null; overrides: unknown };

/** The gates, of now and of when it goes out, that nobody has opened for exactly this content. */
export async function gatesClosed(tx: Tx, { governmentId, publishAt, overrides }: Gated, content: PostContent, digest: string) {
  const hits = hitsOf(content, await gatesUntil(tx, governmentId, publishAt));
  return gatesFound(hits, readOverrides(overrides), digest).filter((gate) => !gate.override);
}

/** With a closed gate it may not go out. */
export async function closedGates(tx: Tx, post: Gated, content: PostContent, digest: string): Promise<Problem[]> {
  const closed = await gatesClosed(tx, post, content, digest);
  return closed.length ? [{ code: "gate-closed", params: { terms: closed.map((gate) => `“${gate.term}”`).join(", ") } }] : [];
}
