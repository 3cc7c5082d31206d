import type { Actor } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import { addDays } from "../../units/calendar.ts";
import { type Group, governmentScope } from "../regions.ts";
import type { Level, ScoreFacts, ScoreResult } from "../rules.ts";
import type { ScoreSettings, UnitClass } from "../settings.ts";
import { connectedOn, membersOn, on, standing } from "../standing.ts";

/** Why a unit has no place on a leaderboard. */
export const exclusions = ["new", "excused", "no-data", "disconnected", "no-account"] as const;
export type Exclusion = (typeof exclusions)[number];

/** Where a unit stood: its score and level, or neither. */
export type Stand = { score: number; level: Level };

export type LeaderRow = {
  unitId: string;
  code: string;
  shortName: string;
  name: string;
  scoreClass: UnitClass;
  level: Level | null;
  score: number | null;
  /** A week and four weeks before. */
  weekBefore: Stand | null;
  monthBefore: Stand | null;
  excluded: Exclusion | null;
  result: ScoreResult | null;
  facts: ScoreFacts | null;
  settings: ScoreSettings | null;
};

type RawRow = Omit<LeaderRow, "score" | "weekBefore" | "monthBefore"> & {
  tenths: number | null;
  weekTenths: number | null;
  weekLevel: Level | null;
  monthTenths: number | null;
  monthLevel: Level | null;
  settingsKey: string | null;
};

export const WEEK = 7;
export const MONTH = 28;

/**
 * Every scored unit that belonged to a government's group on `day`, with its score of that day, of a week and of four
 * weeks before, best first; and why a unit has no place. Nothing of a government that is not the actor's to read.
 */
export async function leaderboard(actor: Actor, governmentId: string, group: Group, day: string): Promise<LeaderRow[]> {
  const rows = await db.$queryRaw<RawRow[]>(Prisma.sql`
    SELECT u.id AS "unitId", u.code, u.short_name AS "shortName", u.name, u.score_class AS "scoreClass", s.level, s.score_tenths AS tenths, s.result, s.facts,
      md5(s.settings::text) AS "settingsKey", CASE WHEN row_number() OVER (PARTITION BY s.settings) = 1 THEN s.settings END AS settings, w.score_tenths AS "weekTenths", w.level AS "weekLevel", m.score_tenths AS "monthTenths", m.level AS "monthLevel",
      CASE WHEN s.is_new THEN 'new' WHEN s.id IS NOT NULL THEN CASE WHEN jsonb_array_length(s.facts->'weeks') = 0 THEN 'excused' END
        WHEN NOT EXISTS (SELECT FROM channel c WHERE c.unit_id = u.id AND c.is_primary AND (c.first_seen_at AT TIME ZONE u.zone)::date <= ${day}::date) THEN 'no-account'
        WHEN NOT EXISTS (SELECT FROM channel c WHERE c.unit_id = u.id AND c.is_primary AND ${connectedOn(on(day), Prisma.sql`c`)}) THEN 'disconnected'
        ELSE 'no-data' END AS excluded
    FROM (${membersOn(governmentId, group, on(day))}) u
    LEFT JOIN LATERAL (${standing(on(day))}) s ON true
    LEFT JOIN LATERAL (${standing(on(addDays(day, -WEEK)))}) w ON true
    LEFT JOIN LATERAL (${standing(on(addDays(day, -MONTH)))}) m ON true
    WHERE EXISTS (SELECT FROM unit g WHERE g.id = ${governmentId}::uuid AND ${governmentScope(actor)})
    ORDER BY u.score_class, s.score_tenths DESC NULLS LAST, u.short_name LIMIT 500`);
  // Settings are large and the same for nearly all: each kind comes once.
  const settings = new Map(rows.filter((row) => row.settings).map((row) => [row.settingsKey, row.settings]));
  return rows.map(({ tenths, weekTenths, weekLevel, monthTenths, monthLevel, settingsKey, ...row }) => ({
    ...row,
    settings: settings.get(settingsKey) ?? null,
    score: tenths === null ? null : tenths / 10,
    weekBefore: stand(weekTenths, weekLevel),
    monthBefore: stand(monthTenths, monthLevel),
  }));
}

const stand = (tenths: number | null, level: Level | null): Stand | null =>
  tenths === null || level === null ? null : { score: tenths / 10, level };
