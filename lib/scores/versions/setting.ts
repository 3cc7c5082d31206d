import { type Actor, authorize } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { dayProblems, keepSettings, managedUnit } from "../../units/settings.ts";
import { previewSettings, type SettingsPreview } from "../preview.ts";
import { type ScoreSettings, scoreSettingsSchema } from "../settings.ts";
import { settingsOfUnit } from "../settings-in-force.ts";
import { scoreSettingsProblems } from "../settings-problems.ts";
import type { PreviewInput, ScoreSettingsInput } from "./schema.ts";

/** New numbers of the score for a government or for the whole country, from a day on that is not past. What stood is kept. */
export const saveScoreSettings = (actor: Actor, { unitId, validFrom, payload }: ScoreSettingsInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const unit = await settableUnit(tx, actor, unitId);
    const problems = [...dayProblems(validFrom, unit.zone), ...scoreSettingsProblems(payload)];
    if (problems.length) return { ok: false, problems };
    await keepSettings(tx, actor, "score", unit, validFrom, scoreSettingsSchema.parse(payload));
    return { ok: true };
  });

/** What these numbers would change, were they in force today. Nothing is kept. */
export async function tryScoreSettings(actor: Actor, { unitId, payload }: PreviewInput): Promise<Answer<{ preview: SettingsPreview }>> {
  const unit = await settableUnit(db, actor, unitId);
  const problems = scoreSettingsProblems(payload);
  if (problems.length) return { ok: false, problems };
  return { ok: true, preview: await previewSettings(actor, unit.id, scoreSettingsSchema.parse(payload)) };
}

/** Settings stand at governments and at the ministry, so that agencies of one government are measured alike. */
async function settableUnit(tx: Tx, actor: Actor, unitId: string) {
  const unit = await managedUnit(tx, actor, "score.set", unitId);
  if (unit.id !== unit.governmentId) throw new Refusal("not-found");
  return unit;
}

export type SettingsLine = { id: string; unitName: string; own: boolean; since: string; by: string | null; at: Date; inForce: boolean };
export type ShownSettings = {
  settings: ScoreSettings;
  /** Where the numbers in force come from; null for those that the product ships with. */
  from: { unitName: string; since: string; own: boolean } | null;
  versions: SettingsLine[];
  zone: string;
  today: string;
};

const MOST = 40;

/** The numbers in force for a government and every version that was entered there or above it, the newest first. */
export async function scoreSettingsOf(actor: Actor, unitId: string): Promise<ShownSettings> {
  const unit = await db.unit.findUnique({
    where: { id: unitId },
    select: { id: true, governmentId: true, zone: true, ancestors: { select: { ancestorId: true } } },
  });
  if (!unit) throw new Refusal("not-found");
  authorize(actor, "score.set", { unitId: unit.id, governmentId: unit.governmentId });
  const today = localDay(now(), zoneOf(unit.zone));
  const [{ id, since, unitId: of, settings }, rows] = await Promise.all([
    settingsOfUnit(unit.id, today),
    db.settingsVersion.findMany({
      where: { kind: "score", unitId: { in: unit.ancestors.map(({ ancestorId }) => ancestorId) } },
      select: { id: true, unitId: true, validFrom: true, createdBy: true, createdAt: true, unit: { select: { shortName: true } } },
      orderBy: [{ validFrom: "desc" }, { createdAt: "desc" }],
      take: MOST,
    }),
  ]);
  const people = await db.person.findMany({
    where: { id: { in: rows.flatMap(({ createdBy }) => createdBy ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map((person) => [person.id, person.name]));
  const versions = rows.map((row) => ({
    ...{ id: row.id, unitName: row.unit.shortName, own: row.unitId === unit.id, inForce: row.id === id },
    ...{ since: row.validFrom.toISOString().slice(0, 10), by: (row.createdBy && names.get(row.createdBy)) ?? null, at: row.createdAt },
  }));
  const current = versions.find((version) => version.inForce);
  return {
    settings,
    from: since ? { since, unitName: current?.unitName ?? "", own: of === unit.id } : null,
    versions,
    zone: unit.zone,
    today,
  };
}
