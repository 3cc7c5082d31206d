import type { Actor } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import { addDays } from "../../units/calendar.ts";
import type { Group } from "../regions.ts";
import type { Level, ScoreFacts, ScoreResult } from "../rules.ts";
import type { ScoreSettings, UnitClass } from "../settings.ts";
import { on, standing, unitScope } from "../standing.ts";

export type LeaderRow = {
  unitId: string;
  code: string;
  shortName: string;
  name: string;
  scoreClass: UnitClass;
  level: Level | null;
  score: number | null;
  isNew: boolean;
  before: number | null;
  levelBefore: Level | null;
  result: ScoreResult | null;
  facts: ScoreFacts | null;
  settings: ScoreSettings | null;
};

type RawRow = Omit<LeaderRow, "score" | "before"> & { scoreTenths: number | null; beforeTenths: number | null };

/** Every unit of a government in a group with its score of `day` and of a week before. Units without an account have none. */
export async function leaderboard(actor: Actor, governmentId: string, group: Group, day: string): Promise<LeaderRow[]> {
  const rows = await db.$queryRaw<RawRow[]>(Prisma.sql`
    SELECT u.id AS "unitId", u.code, u.short_name AS "shortName", u.name, u.score_class AS "scoreClass", s.level, s.score_tenths AS "scoreTenths", coalesce(s.is_new, false) AS "isNew",
      b.score_tenths AS "beforeTenths", b.level AS "levelBefore", s.result, s.facts, s.settings
    FROM unit u LEFT JOIN LATERAL (${standing(on(day))}) s ON true LEFT JOIN LATERAL (${standing(on(addDays(day, -7)))}) b ON true
    WHERE u.government_id = ${governmentId}::uuid AND u.kind = ${group} AND u.active AND u.score_class IS NOT NULL AND ${unitScope(actor)}
    ORDER BY u.score_class, s.score_tenths DESC NULLS LAST, u.short_name LIMIT 500`);
  return rows.map(({ scoreTenths, beforeTenths, ...r }) => ({
    ...r,
    score: scoreTenths === null ? null : scoreTenths / 10,
    before: beforeTenths === null ? null : beforeTenths / 10,
  }));
}
