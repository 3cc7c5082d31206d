import { now } from "../../core/clock.ts";
import { Prisma, type Tx } from "../../core/db.ts";
import { standing } from "../../scores/standing.ts";
import { localDay } from "../../units/calendar.ts";
import { lowLevels } from "../rules.ts";
import type { Spell, Standing } from "./watch-rules.ts";

export type Watched = Standing & {
  unitId: string;
  code: string;
  shortName: string;
  governmentId: string;
  governmentCode: string;
  governmentName: string;
  zone: string;
  channelId: string;
  scoreTenths: number;
  /** The last day of the window that the standing is of. */
  day: string;
  spellId: string | null;
  spell: Spell | null;
};

type Row = Omit<Watched, "spell"> & { deepest: Spell["deepest"]; stage: Spell["stage"] | null };

/** Days before the fall on which anything may have to be said. */
const NEAR_DAYS = 7;

/**
 * The units whose own account is low, near to falling silent, or in a spell, as they stand now: one statement for the whole
 * country. Accounts younger than four weeks are left in peace, and units without an account have no standing.
 */
export async function watched(tx: Tx): Promise<Watched[]> {
  // The easternmost day: each zone's own last day lies before it.
  const today = localDay(now(), "Asia/Jayapura");
  const rows = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT u.id AS "unitId", u.code, u.short_name AS "shortName", u.government_id AS "governmentId", g.code AS "governmentCode", g.short_name AS "governmentName", u.zone,
      s.channel_id AS "channelId", s.level, s.score_tenths AS "scoreTenths", s.day::text AS day, (s.facts->>'daysSinceLastPost')::int AS "daysSinceLastPost",
      (s.settings->'caps'->'dormant'->>'afterDays')::int AS "dormantAfterDays", sp.id AS "spellId", sp.deepest, sp.stage
    FROM unit u JOIN unit g ON g.id = u.government_id JOIN LATERAL (${standing(Prisma.sql`${today}::date`)}) s ON true
    LEFT JOIN dormancy_spell sp ON sp.unit_id = u.id AND sp.ended_on IS NULL
    WHERE u.active AND u.score_class IS NOT NULL AND NOT s.is_new
      AND (sp.id IS NOT NULL OR s.level = ANY(${[...lowLevels]}::text[])
        OR (s.facts->>'daysSinceLastPost')::int > (s.settings->'caps'->'dormant'->>'afterDays')::int - ${NEAR_DAYS})`);
  return rows.map(({ deepest, stage, ...row }) => ({ ...row, spell: stage === null ? null : { deepest, stage } }));
}
