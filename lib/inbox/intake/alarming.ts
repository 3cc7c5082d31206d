import { now } from "../../core/clock.ts";
import type { Tx } from "../../core/db.ts";
import { notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";

const DAY = 86_400_000;
/** What was written before that is read up on, when an account is connected, and wakes nobody. */
const FRESH_DAYS = 2;

/** An urgent message or a hoax, with its words (masked). */
export type Alarm = { caseId: string; messageId: string; excerpt: string; sentAt: Date };

/**
 * Tells who is on duty, else who answers for the unit, of urgent matters and hoaxes that have just come in or come to light, each
 * message once, within the transaction that brings them. `by`: who marked it so, and needs not be told.
 */
export async function tellAlarming(tx: Tx, alarms: readonly Alarm[], by: string | null = null): Promise<number> {
  const at = now();
  const fresh = new Map(alarms.filter(({ sentAt }) => at.getTime() - sentAt.getTime() <= FRESH_DAYS * DAY).map((one) => [one.caseId, one]));
  if (!fresh.size) return 0;
  const cases = await tx.inboxCase.findMany({
    where: { id: { in: [...fresh.keys()] } },
    select: {
      id: true,
      unitId: true,
      channel: { select: { platform: true } },
      unit: { select: { shortName: true } },
    },
  });
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
    cases.map(({ id, unitId, channel, unit }) => ({
      type: "case.urgent" as const,
      to: toldOf(unitId),
      by,
      subject: { type: "case", id },
      unitId,
      link: `/inbox/${id}`,
      key: fresh.get(id)!.messageId,
      params: { unit: unit.shortName, platform: channel.platform, excerpt: fresh.get(id)!.excerpt },
    })),
  );
}
