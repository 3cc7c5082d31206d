import { type Actor, inScope } from "../../core/access.ts";
import { db } from "../../core/db.ts";
import { dayOf, namesOf, type Where } from "./reading.ts";
import { hasOwnHand } from "./rules.ts";

const PAGE = 25;

export type ExcusedRow = {
  id: string;
  unit: { code: string; shortName: string; zone: string };
  account: { platform: string; handle: string } | null;
  fromDay: string;
  toDay: string;
  cause: string;
  evidence: string;
  /** Null: the product itself, from what it saw. */
  grantedBy: string | null;
  grantedAt: Date;
  revoked: { by: string; at: Date; reason: string } | null;
  mayRevoke: boolean;
};

/** Excused days that the actor may see, the newest grant first. */
export async function listExcused(actor: Actor, where: Where, after: string | null): Promise<{ rows: ExcusedRow[]; next: string | null }> {
  const found = await db.excusedSpan.findMany({
    where: { AND: [where, inScope(actor, "score.read"), after ? { id: { lt: after } } : {}] },
    include: {
      unit: { select: { code: true, shortName: true, zone: true } },
      channel: { select: { platform: true, handle: true } },
    },
    orderBy: { id: "desc" },
    take: PAGE + 1,
  });
  const page = found.slice(0, PAGE);
  const [names, revocable] = await Promise.all([
    namesOf(page.flatMap(({ grantedBy, revokedBy }) => [grantedBy ?? [], revokedBy ?? []].flat())),
    db.excusedSpan.findMany({
      where: { AND: [{ id: { in: page.map(({ id }) => id) }, revokedAt: null }, inScope(actor, "score.excuse")] },
      select: { id: true },
    }),
  ]);
  const mine = new Set(revocable.map(({ id }) => id));
  const rows = page.map((one) => ({
    ...{ id: one.id, unit: one.unit, account: one.channel, cause: one.cause, evidence: one.evidence, grantedAt: one.grantedAt },
    ...{ fromDay: dayOf(one.fromDay), toDay: dayOf(one.toDay) },
    grantedBy: (one.grantedBy && names.get(one.grantedBy)) ?? null,
    revoked: one.revokedAt && { by: names.get(one.revokedBy ?? "") ?? "", at: one.revokedAt, reason: one.revokeReason ?? "" },
    mayRevoke: mine.has(one.id) && !hasOwnHand(actor, one.unitId),
  }));
  return { rows, next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null };
}

/** The units whose days the actor may excuse, by name; at most 500. */
export async function excusableUnits(actor: Actor, where: Where): Promise<{ id: string; name: string }[]> {
  const rows = await db.unit.findMany({
    where: {
      AND: [
        { scoreClass: { not: null }, active: true },
        where.governmentId ? { governmentId: where.governmentId } : {},
        where.unitId ? { id: where.unitId } : {},
        inScope(actor, "score.excuse", "id"),
      ],
    },
    select: { id: true, shortName: true },
    orderBy: { shortName: "asc" },
    take: 500,
  });
  return rows.filter(({ id }) => !hasOwnHand(actor, id)).map(({ id, shortName }) => ({ id, name: shortName }));
}
