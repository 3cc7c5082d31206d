import { db, Prisma } from "../../core/db.ts";
import type { Platform } from "../../platforms/contract.ts";
import type { Pillar } from "../../posts/rules.ts";
import { members } from "./members.ts";
import type { Window } from "./reading.ts";
import type { PillarFigure, Subject } from "./types.ts";

export type PostedRow = {
  key: string;
  platform: Platform;
  accounts: number;
  posts: number | null;
  /** Null: no account was there yet, or nothing is known of it. */
  postsBefore: number | null;
  interactions: number | null;
  interactionsBefore: number | null;
};

const metrics = (row: Prisma.Sql) => Prisma.sql`coalesce(${row}.likes, 0) + coalesce(${row}.comments, 0) + coalesce(${row}.shares, 0)`;
const readable = (row: Prisma.Sql) => Prisma.sql`(${row}.likes IS NOT NULL OR ${row}.comments IS NOT NULL OR ${row}.shares IS NOT NULL)`;
const r = Prisma.sql`r`;

/**
 * What was posted, here or on the platform itself, and was still public at the end of its period; by unit (for the ministry: by
 * region) and platform; also on an account that was disconnected since. Of an account that is kept by hand and has no post nothing is known.
 */
export async function posted(subject: Subject, { from, to, beforeFrom, beforeTo, lastDay }: Window): Promise<PostedRow[]> {
  const inNow = Prisma.sql`r.published_at >= ${from} AND (r.removed_at IS NULL OR r.removed_at >= ${to})`;
  const inBefore = Prisma.sql`r.published_at < ${beforeTo} AND (r.removed_at IS NULL OR r.removed_at >= ${beforeTo})`;
  return db.$queryRaw<PostedRow[]>(Prisma.sql`
    WITH ${members(subject, lastDay)}, account AS (
      SELECT m.key, c.id, c.platform, c.mode = 'manual' AS by_hand, c.first_seen_at < ${beforeTo} AS was_there, (c.state <> 'disconnected' OR c.disconnected_at >= ${to}) AS stayed
      FROM member m JOIN channel c ON c.unit_id = m.id WHERE (c.state <> 'disconnected' OR c.disconnected_at >= ${beforeFrom}) AND c.first_seen_at < ${to}
    ), made AS (
      SELECT a.*, p.* FROM account a CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE ${inNow}) AS posts, count(*) FILTER (WHERE ${inBefore}) AS posts_before,
          sum(${metrics(r)}) FILTER (WHERE ${inNow} AND ${readable(r)}) AS interactions, sum(${metrics(r)}) FILTER (WHERE ${inBefore} AND ${readable(r)}) AS interactions_before
        FROM remote_post r WHERE r.channel_id = a.id AND r.published_at >= ${beforeFrom} AND r.published_at < ${to}) p
    )
    SELECT key, platform, (count(*) FILTER (WHERE stayed))::int AS accounts, (sum(posts) FILTER (WHERE NOT by_hand OR posts > 0))::int AS posts,
      (sum(posts_before) FILTER (WHERE was_there AND (NOT by_hand OR posts_before > 0)))::int AS "postsBefore",
      sum(interactions)::int AS interactions, sum(interactions_before)::int AS "interactionsBefore"
    FROM made GROUP BY key, platform ORDER BY key, platform`);
}

/** Whether an account was there in the period before. */
export const postedBefore = (rows: readonly PostedRow[]): boolean => rows.some(({ postsBefore }) => postsBefore !== null);

/** What the posts of the period were for; null: posted on the platform itself, where nobody names a pillar. */
export async function pillarsOf(subject: Subject, { from, to, lastDay }: Window): Promise<PillarFigure[]> {
  return db.$queryRaw<{ pillar: Pillar | null; posts: number }[]>(Prisma.sql`
    WITH ${members(subject, lastDay)}
    SELECT p.pillar, count(*)::int AS posts
    FROM member m JOIN channel c ON c.unit_id = m.id AND (c.state <> 'disconnected' OR c.disconnected_at >= ${from})
      JOIN remote_post r ON r.channel_id = c.id AND r.published_at >= ${from} AND r.published_at < ${to} AND (r.removed_at IS NULL OR r.removed_at >= ${to})
      LEFT JOIN post p ON p.id = r.post_id
    GROUP BY p.pillar ORDER BY p.pillar IS NULL, count(*) DESC, p.pillar`);
}
