import { type Actor, scopeSql } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma } from "../../core/db.ts";
import type { Platform } from "../../platforms/contract.ts";
import type { Level } from "../../scores/rules.ts";
import { known } from "../../scores/standing.ts";
import { localDay } from "../../units/calendar.ts";
import type { Verdict, VerdictState } from "./verdict-rules.ts";

export type FurtherAccount = {
  channelId: string;
  unitId: string;
  governmentId: string;
  unitName: string;
  platform: Platform;
  handle: string;
  level: Level | null;
  /** Null: no post of it is on record, which for an account served by hand may mean only that nobody recorded one. */
  daysSinceLastPost: number | null;
  mode: string;
  /** Another account of the unit on the same platform. */
  double: boolean;
  others: { id: string; platform: Platform; handle: string; isPrimary: boolean }[];
  verdict: { id: string; verdict: Verdict; state: VerdictState; reason: string; into: string | null; revision: number } | null;
};
export type AccountCursor = { name: string; id: string };
type Row = FurtherAccount;
type Unit = { id: string; governmentId: string };
const A_PAGE = 40;

/**
 * The list "gabung/tutup": further accounts that are Dorman or Mati or stand twice on one platform, and those that something is
 * proposed for. A unit's own account is never on it, and nothing on it touches the unit's score.
 */
export async function furtherAccounts(
  actor: Actor,
  unit: Unit,
  after: AccountCursor | null,
): Promise<{ rows: FurtherAccount[]; next: AccountCursor | null }> {
  const today = localDay(now(), "Asia/Jayapura");
  const within = unit.id === unit.governmentId ? Prisma.sql`c.government_id = ${unit.id}::uuid` : Prisma.sql`c.unit_id = ${unit.id}::uuid`;
  const found = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT c.id AS "channelId", c.unit_id AS "unitId", c.government_id AS "governmentId", u.short_name AS "unitName", c.platform, c.handle, c.mode, s.level,
      (s.facts->>'daysSinceLastPost')::int AS "daysSinceLastPost", twin.double, rest.others,
      CASE WHEN v.id IS NOT NULL THEN jsonb_build_object('id', v.id, 'verdict', v.verdict, 'state', v.state, 'reason', v.reason, 'revision', v.revision,
        'into', (SELECT i.handle FROM channel i WHERE i.id = v.into_channel_id)) END AS verdict
    FROM channel c JOIN unit u ON u.id = c.unit_id
    LEFT JOIN account_verdict v ON v.channel_id = c.id AND v.state <> 'withdrawn'
    LEFT JOIN LATERAL (SELECT s.level, s.facts FROM score_snapshot s WHERE s.channel_id = c.id AND s.day <= ${today}::date ORDER BY s.day DESC, s.version DESC LIMIT 1) s ON ${known(Prisma.sql`c`)}
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM channel o WHERE o.unit_id = c.unit_id AND o.platform = c.platform AND o.id <> c.id AND o.state <> 'disconnected') AS double) twin
    CROSS JOIN LATERAL (SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'platform', o.platform, 'handle', o.handle, 'isPrimary', o.is_primary) ORDER BY o.is_primary DESC, o.handle), '[]'::jsonb) AS others
      FROM channel o WHERE o.unit_id = c.unit_id AND o.id <> c.id AND o.state <> 'disconnected') rest
    WHERE ${within} AND u.active AND NOT c.is_primary AND c.state <> 'disconnected' AND ${scopeSql(actor, "coaching.read", "c")}
      AND (s.level IN ('dormant', 'dead') OR twin.double OR v.id IS NOT NULL)
      ${after ? Prisma.sql`AND (u.short_name, c.id) > (${after.name}, ${after.id}::uuid)` : Prisma.empty}
    ORDER BY u.short_name, c.id LIMIT ${A_PAGE + 1}`);
  const rows = found.slice(0, A_PAGE);
  const last = rows.at(-1);
  return { rows, next: found.length > A_PAGE && last ? { name: last.unitName, id: last.channelId } : null };
}
