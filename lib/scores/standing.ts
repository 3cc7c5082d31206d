/** What stood on a day, as SQL: which unit belonged where, and which snapshot was its score. */
import { Prisma } from "../core/db.ts";
import type { Group } from "./regions.ts";

/** A day as SQL. */
export const on = (day: string) => Prisma.sql`${day}::date`;

/** Whether account `c` of unit `u` was still connected at the end of a day; not where nobody knows since when it is not. */
export const connectedOn = (day: Prisma.Sql, c: Prisma.Sql) =>
  Prisma.sql`(${c}.state <> 'disconnected' OR (${c}.disconnected_at AT TIME ZONE u.zone)::date > ${day})`;

/** Whether anything is known of account `c`: one that is kept by hand tells nothing until a post of it is recorded. */
export const known = (c: Prisma.Sql) =>
  Prisma.sql`(${c}.mode <> 'manual' OR EXISTS (SELECT FROM remote_post kr WHERE kr.channel_id = ${c}.id))`;

const sc = Prisma.sql`sc`;

/**
 * The snapshot of unit `u` that stood on a day. One of an account that was disconnected by then does not stand, nor one of an
 * account of which nothing is known. Of two accounts that were the primary one on the same day, the later computed stands.
 */
export const standing = (day: Prisma.Sql) => Prisma.sql`
  SELECT s.* FROM score_snapshot s JOIN channel sc ON sc.id = s.channel_id AND ${connectedOn(day, sc)} AND ${known(sc)}
  WHERE s.unit_id = u.id AND s.is_primary AND s.day <= ${day} ORDER BY s.day DESC, s.computed_at DESC, s.version DESC LIMIT 1`;

/** Whether snapshot `s` has a place among others: it is not of a young account, nor of four weeks that were all excused. */
export const ranked = Prisma.sql`(NOT s.is_new AND jsonb_array_length(s.facts->'weeks') > 0)`;

/** Whether unit `u` was there on a day: one that merged into another until then, a new one from when it came. */
export const there = (day: Prisma.Sql) => Prisma.sql`(u.active OR u.merged_on > ${day})
  AND NOT EXISTS (SELECT FROM unit_parent up WHERE up.unit_id = u.id HAVING min(up.valid_from) > ${day})`;

/** Units `u` that are scored and were there on a day. */
export const scoredUnit = (day: Prisma.Sql) => Prisma.sql`u.score_class IS NOT NULL AND ${there(day)}`;

/** Units that belong to a government now or belonged to it after a day. */
export const everOf = (governmentId: string, day: Prisma.Sql) => Prisma.sql`
  SELECT id FROM unit WHERE government_id = ${governmentId}::uuid
  UNION ALL SELECT up.unit_id FROM unit_parent up JOIN unit p ON p.id = up.parent_id WHERE p.government_id = ${governmentId}::uuid AND up.valid_to > ${day}`;

/** The government of unit `u` on a day: that of its parent then, so that one that moved is counted where it was. */
export const homeOn = (
  day: Prisma.Sql,
) => Prisma.sql`coalesce((SELECT p.government_id FROM unit_parent up JOIN unit p ON p.id = up.parent_id
  WHERE up.unit_id = u.id AND up.valid_from <= ${day} AND (up.valid_to IS NULL OR up.valid_to > ${day}) ORDER BY up.valid_from DESC LIMIT 1), u.government_id)`;

/** Every scored unit of a government's group on a day. */
export const membersOn = (governmentId: string, group: Group, day: Prisma.Sql) => Prisma.sql`
  SELECT u.* FROM unit u WHERE u.kind = ${group} AND ${scoredUnit(day)} AND ${homeOn(day)} = ${governmentId}::uuid AND u.id IN (${everOf(governmentId, day)})`;
