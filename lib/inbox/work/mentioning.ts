import { type Actor, inScope, permissions } from "../../core/access.ts";
import { db, type Tx } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import { holdersOf } from "../../people/holders.ts";

export type Mentionable = { id: string; name: string };
const MOST = 200;

/** Everybody who may read a case: those of its owner and of the agencies that were asked, and those above them in the government. */
export async function readersOfCase(tx: Tx, caseId: string): Promise<Mentionable[]> {
  const units = await tx.caseUnit.findMany({ where: { caseId }, select: { unitId: true } });
  const holders = await holdersOf(
    tx,
    units.map(({ unitId }) => unitId),
    permissions["inbox.read"],
  );
  return tx.person.findMany({
    where: { id: { in: [...new Set(holders.map(({ personId }) => personId))] }, disabledAt: null },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MOST,
  });
}

/** Whom a reader of the case may call upon in a note: everybody else who may read it. */
export async function mentionable(actor: Actor, caseId: string): Promise<Mentionable[]> {
  const seen = await db.inboxCase.count({ where: { id: caseId, units: { some: inScope(actor, "inbox.read") } } });
  if (!seen) throw new Refusal("not-found");
  return (await readersOfCase(db, caseId)).filter(({ id }) => id !== actor.personId);
}
