import { now } from "../../core/clock.ts";
import type { Tx } from "../../core/db.ts";
import { notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";

const DAY = 86_400_000;
/** What was written before that is read up on, when an account is connected, and wakes nobody. */
const FRESH_DAYS = 2;

/**
 * Tells who is on duty, else who answers for the unit, of urgent matters and hoaxes that have just come in, once each, within
 * the transaction that brings them.
 */
export async function tellAlarming(tx: Tx, caseIds: readonly string[]): Promise<number> {
  if (!caseIds.length) return 0;
  const at = now();
  const cases = await tx.inboxCase.findMany({
    where: {
      id: { in: [...caseIds] },
      OR: [{ urgent: true }, { kind: "hoax" }],
      lastMessageAt: { gte: new Date(at.getTime() - FRESH_DAYS * DAY) },
    },
    select: {
      id: true,
      unitId: true,
      excerpt: true,
      channel: { select: { platform: true } },
      unit: { select: { shortName: true } },
    },
  });
  if (!cases.length) return 0;
  const units = [...new Set(cases.map(({ unitId }) => unitId))];
  const shifts = await tx.dutyShift.findMany({
    where: { unitId: { in: units }, from: { lte: at }, to: { gt: at } },
    select: { unitId: true, personId: true },
  });
  const holders = Map.groupBy(await holdersOf(tx, units, ["admin", "supervisor"]), ({ unitId }) => unitId);
  /** Those on duty who still work that inbox, else all who answer for the unit. */
  const toldOf = (unitId: string): string[] => {
    const held = holders.get(unitId) ?? [];
    const onDuty = shifts.filter((shift) => shift.unitId === unitId && held.some(({ personId }) => personId === shift.personId));
    return (onDuty.length ? onDuty : held.filter(({ role }) => role === "admin")).map(({ personId }) => personId);
  };
  return notify(
    tx,
    cases.map(({ id, unitId, excerpt, channel, unit }) => ({
      type: "case.urgent" as const,
      to: toldOf(unitId),
      by: null,
      subject: { type: "case", id },
      unitId,
      link: `/inbox/${id}`,
      key: id,
      params: { unit: unit.shortName, platform: channel.platform, excerpt },
    })),
  );
}
