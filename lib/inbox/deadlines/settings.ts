import type { Actor } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import type { Answer, Problem } from "../../core/errors.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { dayProblems, keepSettings, managedUnit, settingsInForce, settingsLines } from "../../units/settings.ts";
import { defaultTargets, type Given, responseKinds, type Targets } from "./deadlines.ts";
import { type TargetsInput, targetsSchema } from "./schema.ts";

/**
 * The times that units give to each kind at an instant: the nearest setting upwards within the government, else the default. One
 * query for many units: read once for a batch, never for a message.
 */
export async function targetsOf(tx: Tx, unitIds: readonly string[], at: Date): Promise<ReadonlyMap<string, Targets>> {
  const lines = Map.groupBy(await settingsLines(tx, ["targets"], unitIds), ({ unitId }) => unitId);
  return new Map(
    [...lines].map(([unitId, rows]) => {
      const today = localDay(at, zoneOf(rows[0]!.zone));
      const begun = rows.filter(({ kind, validFrom }) => kind !== null && validFrom <= today);
      const nearest = begun.sort((a, b) => a.depth - b.depth || (a.validFrom < b.validFrom ? 1 : -1));
      const lastOfEach = nearest.filter(({ depth }, index) => nearest[index - 1]?.depth !== depth);
      return [unitId, lastOfEach.map(({ payload }) => targetsIn(payload)).find((targets) => targets !== null) ?? defaultTargets];
    }),
  );
}

const targetsIn = (payload: unknown): Targets | null => targetsSchema.nullable().parse((payload as { targets: unknown }).targets);

/** New times of a unit, from a day on that is not past. What is owed already keeps its deadline. */
export const saveTargets = (actor: Actor, { unitId, validFrom, targets }: TargetsInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await managedUnit(tx, actor, "hours.manage", unitId);
    const problems = [...dayProblems(validFrom, unit.zone), ...(targets ? targetsProblems(targets) : [])];
    if (problems.length) return { ok: false, problems };
    await keepSettings(tx, actor, "targets", unit, validFrom, { targets });
    return { ok: true };
  });

/** Hoaxes and crises do not wait for the office to open, and nothing is settled before it is first answered. */
function targetsProblems({ first, resolution }: Targets): Problem[] {
  return responseKinds.flatMap((kind): Problem[] => {
    const both = [first[kind], resolution[kind]].filter((target) => target !== null);
    const isUrgent = kind === "hoax" || kind === "crisis";
    if (isUrgent && both.some(({ clock }) => clock !== "wall")) return [{ field: kind, code: "target-clock", params: { kind } }];
    const [a, b] = [first[kind], resolution[kind]];
    return a && b && amountOf(a) > amountOf(b) && a.clock === b.clock ? [{ field: kind, code: "target-order", params: { kind } }] : [];
  });
}

const workday = 450;
const amountOf = (given: Given) => ("days" in given ? given.days * workday : given.minutes);

type From = { unitId: string; shortName: string; validFrom: string };

/** What the settings page shows of a unit whose times the actor may change. */
export async function targetsSettings(actor: Actor, unitId: string): Promise<{ targets: Targets; from: From | null }> {
  const unit = await managedUnit(db, actor, "hours.manage", unitId);
  for (const { payload, validFrom, ...found } of await settingsInForce(db, "targets", unit.id, now())) {
    const targets = targetsIn(payload);
    if (targets) return { targets, from: { ...found, validFrom: validFrom.toISOString().slice(0, 10) } };
  }
  return { targets: defaultTargets, from: null };
}
