import { type Actor, authorize, inScope, type Permission, type Place } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { canonical, sha256 } from "../core/crypto.ts";
import { Prisma, type Tx } from "../core/db.ts";
import { type Problem, Refusal } from "../core/errors.ts";
import { localDay, zoneOf } from "./calendar.ts";

/** approval: steps of verification; gates: restricted words; hours: weekly hours; days: holidays and Ramadan; targets: times to answer; reply_approval: answers that wait for a yes; assignment: who is given new cases; score: the numbers of the activity score; letterhead: how reports are headed, numbered and signed. */
export type SettingsKind = "approval" | "gates" | "hours" | "days" | "targets" | "reply_approval" | "assignment" | "letterhead" | "score";

export type FoundSettings = { unitId: string; shortName: string; validFrom: Date; payload: unknown };

/** For each unit from this one upwards to its government, nearest first: its version in force. Authority ends at the government's border, and so do its settings. */
export const settingsInForce = (tx: Tx, kind: SettingsKind, unitId: string, at: Date): Promise<FoundSettings[]> =>
  tx.$queryRaw<FoundSettings[]>(Prisma.sql`
    SELECT DISTINCT ON (c.depth) a.id AS "unitId", a.short_name AS "shortName", s.valid_from AS "validFrom", s.payload
    FROM unit u JOIN unit_closure c ON c.unit_id = u.id
    JOIN unit a ON a.id = c.ancestor_id AND a.government_id = u.government_id
    JOIN settings_version s ON s.unit_id = a.id AND s.kind = ${kind} AND s.valid_from <= (${at}::timestamptz AT TIME ZONE u.zone)::date
    WHERE u.id = ${unitId}::uuid ORDER BY c.depth, s.valid_from DESC, s.created_at DESC`);

export type SettingsLine = { unitId: string; zone: string; depth: number; kind: SettingsKind | null; validFrom: string; payload: unknown };

/**
 * All that was entered for these units and for those above them within their governments, nearest first and of a day the last:
 * read once for many, as settings that begin later count for days to come. A unit without any has one row with `kind` null.
 */
export const settingsLines = (tx: Tx, kinds: readonly SettingsKind[], unitIds: readonly string[]): Promise<SettingsLine[]> =>
  tx.$queryRaw<SettingsLine[]>(Prisma.sql`
    SELECT u.id AS "unitId", u.zone, coalesce(s.depth, 0) AS depth, s.kind, s.valid_from AS "validFrom", s.payload
    FROM unit u LEFT JOIN LATERAL (
      SELECT DISTINCT ON (c.depth, v.kind, v.valid_from) c.depth, v.kind, v.valid_from::text, v.payload
      FROM unit_closure c JOIN unit a ON a.id = c.ancestor_id AND a.government_id = u.government_id
      JOIN settings_version v ON v.unit_id = a.id AND v.kind = ANY(${kinds})
      WHERE c.unit_id = u.id ORDER BY c.depth, v.kind, v.valid_from, v.created_at DESC) s ON true
    WHERE u.id = ANY(${unitIds}::uuid[]) ORDER BY u.id, s.depth`);

export type ManagedUnit = { id: string; governmentId: string; zone: string };
const placeOf = (unit: ManagedUnit): Place => ({ unitId: unit.id, governmentId: unit.governmentId });

/** A unit whose settings the actor may change; refuses any other. */
export async function managedUnit(tx: Tx, actor: Actor, permission: Permission, unitId: string): Promise<ManagedUnit> {
  const unit = await tx.unit.findFirst({
    where: { AND: [{ id: unitId }, inScope(actor, permission, "id")] },
    select: { id: true, governmentId: true, zone: true },
  });
  if (!unit) throw new Refusal("not-found");
  authorize(actor, permission, placeOf(unit));
  return unit;
}

/** Settings begin today or later, by the unit's own clock. */
export const dayProblems = (day: string, zone: string): Problem[] =>
  day < localDay(now(), zoneOf(zone)) ? [{ field: "validFrom", code: "day-past" }] : [];

/** Keeps a new version and records who entered it. */
export async function keepSettings(tx: Tx, actor: Actor, kind: SettingsKind, unit: ManagedUnit, validFrom: string, payload: object) {
  const written = canonical(payload);
  // The same words on the same day once more: they are the latest again.
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO settings_version (kind, unit_id, valid_from, payload, digest, created_by, created_at)
    VALUES (${kind}, ${unit.id}::uuid, ${validFrom}::date, ${written}::jsonb, ${sha256(written)}, ${actor.personId}::uuid, ${now()})
    ON CONFLICT (kind, unit_id, valid_from, digest) DO UPDATE SET created_by = excluded.created_by, created_at = excluded.created_at`);
  await record(tx, actor, {
    type: `settings.${kind}`,
    subjectType: "unit",
    subjectId: unit.id,
    place: placeOf(unit),
    payload: { validFrom, ...payload },
  });
}
