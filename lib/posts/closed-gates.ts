import type { GateSettings } from "../approvals/gates.ts";
import { gatesUntil } from "../approvals/settings.ts";
import type { Tx } from "../core/db.ts";
import type { Problem } from "../core/errors.ts";
import { localDay, zoneOf } from "../units/calendar.ts";
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
    select: { ...contentColumns, id: true, governmentId: true, overrides: true, unit: { select: { zone: true } } },
  });
  // Settings change with the day: those of a day are read once.
  const byDay = Map.groupBy(posts, ({ id, governmentId, unit }) => `${governmentId} ${localDay(dueOf.get(id)!, zoneOf(unit.zone))}`);
  const behind = new Set<string>();
  for (const ofDay of byDay.values()) {
    const gates = await gatesUntil(tx, ofDay[0]!.governmentId, dueOf.get(ofDay[0]!.id)!);
    for (const { id, overrides, ...row } of ofDay) {
      const content = toContent(row);
      if (closedAmong(gates, overrides, content, digestOf(content)).length) behind.add(id);
    }
  }
  return behind;
}
