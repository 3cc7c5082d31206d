import { type Actor, scopeSql } from "../core/access.ts";
import { Prisma } from "../core/db.ts";

/** The snapshot of unit `u` that stood on a day. A unit whose account was disconnected has none, also of the past. */
export const standing = (day: Prisma.Sql) => Prisma.sql`
  SELECT s.* FROM score_snapshot s WHERE s.unit_id = u.id AND s.is_primary AND s.day <= ${day}
    AND EXISTS (SELECT FROM channel c WHERE c.unit_id = u.id AND c.is_primary AND c.state <> 'disconnected')
  ORDER BY s.day DESC, s.version DESC LIMIT 1`;
/** A day as SQL. */
export const on = (day: string) => Prisma.sql`${day}::date`;

/** Units `u` whose scores an actor may read. */
export const unitScope = (actor: Actor) =>
  Prisma.sql`EXISTS (SELECT FROM (SELECT u.id AS unit_id, u.government_id) here WHERE ${scopeSql(actor, "score.read", "here")})`;
