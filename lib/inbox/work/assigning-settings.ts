import type { Actor } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import type { Answer } from "../../core/errors.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { dayProblems, keepSettings, managedUnit, settingsInForce, settingsLines } from "../../units/settings.ts";
import { type Assignment, defaultAssignment } from "./assigning-rules.ts";
import { type AssignmentInput, assignmentSchema } from "./assigning-schema.ts";

const assignmentIn = (payload: unknown): Assignment | null =>
  assignmentSchema.nullable().parse((payload as { assignment: unknown }).assignment);

/** How units give their cases out now: the nearest setting upwards within the government, else by hand. One query for many units. */
export async function assignmentsOf(tx: Tx, unitIds: readonly string[]): Promise<ReadonlyMap<string, Assignment>> {
  const at = now();
  const lines = Map.groupBy(await settingsLines(tx, ["assignment"], unitIds), ({ unitId }) => unitId);
  return new Map(
    [...lines].map(([unitId, rows]) => {
      const today = localDay(at, zoneOf(rows[0]!.zone));
      const begun = rows.filter(({ kind, validFrom }) => kind !== null && validFrom <= today);
      const nearest = begun.sort((a, b) => a.depth - b.depth || (a.validFrom < b.validFrom ? 1 : -1));
      const lastOfEach = nearest.filter(({ depth }, index) => nearest[index - 1]?.depth !== depth);
      return [unitId, lastOfEach.map(({ payload }) => assignmentIn(payload)).find((found) => found !== null) ?? defaultAssignment];
    }),
  );
}

/** How a unit gives its new cases out, from a day on that is not past. Whoever has a case keeps it. */
export const saveAssignment = (actor: Actor, { unitId, validFrom, assignment }: AssignmentInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await managedUnit(tx, actor, "approval.manage", unitId);
    const problems = dayProblems(validFrom, unit.zone);
    if (problems.length) return { ok: false, problems };
    await keepSettings(tx, actor, "assignment", unit, validFrom, { assignment });
    return { ok: true };
  });

type From = { unitId: string; shortName: string; validFrom: string };
export type AssignmentSettings = { assignment: Assignment; from: From | null; today: string };

/** What the settings page shows of a unit whose assignment the actor may change. */
export async function assignmentSettings(actor: Actor, unitId: string): Promise<AssignmentSettings> {
  const unit = await managedUnit(db, actor, "approval.manage", unitId);
  const today = localDay(now(), zoneOf(unit.zone));
  for (const { payload, validFrom, ...found } of await settingsInForce(db, "assignment", unit.id, now())) {
    const assignment = assignmentIn(payload);
    if (assignment) return { assignment, from: { ...found, validFrom: validFrom.toISOString().slice(0, 10) }, today };
  }
  return { assignment: defaultAssignment, from: null, today };
}
