import type { GateSettings } from "../approvals/gates.ts";
import { gatesUntil } from "../approvals/settings.ts";
import type { Tx } from "../core/db.ts";
import type { Problem } from "../core/errors.ts";
import { contentColumns, digestOf, type PostContent, toContent } from "./content.ts";
import { gatesFound, hitsOf, readOverrides } from "./gating.ts";

type Gated = { governmentId: string; publishAt: Date | null; overrides: unknown };

const closedAmong = (settings: GateSettings, overrides: unknown, content: PostContent, digest: string) =>
  gatesFound(hitsOf(content, settings), readOverrides(overrides), digest).filter((gate) => !gate.override);

/** The gates, of now and of when it goes out, that nobody has opened for exactly this content. */
export const gatesClosed = async (tx: Tx, { governmentId, publishAt, overrides }: Gated, content: PostContent, digest: string) =>
  closedAmong(await gatesUntil(tx, governmentId, publishAt), overrides, content, digest);

/** With a closed gate it may not go out. */
export async function closedGates(tx: Tx, post: Gated, content: PostContent, digest: string): Promise<Problem[]> {
  const closed = await gatesClosed(tx, post, content, digest);
  return closed.length ? [{ code: "gate-closed", params: { terms: closed.map((gate) => `“${gate.term}”`).join(", ") } }] : [];
}

/** Those of some posts, with the time at which each is to go out, that a closed gate keeps back. */
export async function postsBehindGates(tx: Tx, dueOf: ReadonlyMap<string, Date>): Promise<Set<string>> {
  const posts = await tx.post.findMany({
    where: { id: { in: [...dueOf.keys()] } },
    select: { ...contentColumns, id: true, governmentId: true, overrides: true },
  });
  // Settings begin with a day, on a full hour of every zone.
  const known = new Map<string, Promise<GateSettings>>();
  const gatesAt = (governmentId: string, at: Date) => {
    const key = `${governmentId} ${Math.floor(at.getTime() / 3_600_000)}`;
    const gates = known.get(key) ?? gatesUntil(tx, governmentId, at);
    known.set(key, gates);
    return gates;
  };
  const behind = new Set<string>();
  for (const { id, governmentId, overrides, ...row } of posts) {
    const content = toContent(row);
    if (closedAmong(await gatesAt(governmentId, dueOf.get(id)!), overrides, content, digestOf(content)).length) behind.add(id);
  }
  return behind;
}
