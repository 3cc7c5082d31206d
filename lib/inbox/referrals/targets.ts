import { type Actor, inScope } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import { type Agency, agenciesFor } from "./suggesting.ts";

const MOST = 400;

export type ReferralTargets = { suggested: Agency[]; agencies: Agency[] };

/** The agencies that a case may be referred to: all others of its government, and first those that its words fit. */
export async function referralTargets(actor: Actor, caseId: string): Promise<ReferralTargets> {
  const found = await db.inboxCase.findFirst({
    where: { id: caseId, units: { some: inScope(actor, "inbox.read") } },
    select: { unitId: true, governmentId: true, excerpt: true },
  });
  if (!found) throw new Refusal("not-found");
  const agencies = await db.unit.findMany({
    where: { governmentId: found.governmentId, active: true, id: { notIn: [found.unitId, found.governmentId] } },
    select: { id: true, name: true, shortName: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MOST,
  });
  return { suggested: agenciesFor(found.excerpt, agencies), agencies };
}
