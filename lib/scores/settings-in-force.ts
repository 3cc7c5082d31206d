import { db, Prisma } from "../core/db.ts";
import { nearestSettings } from "./facts.ts";
import { type ScoreSettings, scoreSettingsSchema, ska1 } from "./settings.ts";

/** Settings with the version they stand in; `id` and `since` are null for those that the product ships with. */
export type SettingsInForce = { id: string | null; since: string | null; unitId: string | null; settings: ScoreSettings };

const shipped: SettingsInForce = { id: null, since: null, unitId: null, settings: ska1 };

type Row = { id: string; since: string; unitId: string; payload: unknown };
const read = ({ payload, ...version }: Row): SettingsInForce => ({ ...version, settings: scoreSettingsSchema.parse(payload) });

/** The settings that count for a unit on a day: its own version, or of the nearest unit above it, the ministry included. */
export async function settingsOfUnit(unitId: string, day: string): Promise<SettingsInForce> {
  const [row] = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT v.id, v.valid_from::text AS since, v.unit_id AS "unitId", v.payload FROM settings_version v
    WHERE v.id = (SELECT near.id FROM unit u CROSS JOIN LATERAL (${nearestSettings(day)}) near WHERE u.id = ${unitId}::uuid)`);
  return row ? read(row) : shipped;
}

/**
 * Every version that may be the nearest of some unit on a day, and the shipped one for units with none above them. Of one unit
 * only its latest version by that day is told.
 */
export async function settingsOn(day: string): Promise<SettingsInForce[]> {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT DISTINCT ON (unit_id) id, valid_from::text AS since, unit_id AS "unitId", payload FROM settings_version
    WHERE kind = 'score' AND valid_from <= ${day}::date ORDER BY unit_id, valid_from DESC, created_at DESC`);
  return [...rows.map(read), shipped];
}
