import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import type { Failure } from "../platforms/contract.ts";

/** Keeps for every worker until when a channel's platform takes no calls: of the channel, or of the whole app. */
export const noteLimit = (channelId: string, { until, scope }: Extract<Failure, { kind: "rate-limited" }>) =>
  db.$executeRaw`
    INSERT INTO rate_limit (platform, scope, channel_id, until, noted_at)
    SELECT platform, ${scope}, CASE WHEN ${scope} = 'app' THEN NULL ELSE id END, ${until}, ${now()} FROM channel WHERE id = ${channelId}::uuid
    ON CONFLICT (platform, scope, channel_id) DO UPDATE SET until = greatest(rate_limit.until, excluded.until), noted_at = excluded.noted_at`;

/**
 * Whether the platform takes no calls at `at` for the channel whose id is the column `channelId`, like "p.channel_id". A limit
 * on one kind of call is one on sending, since only sending notes such: it keeps nobody from reading.
 */
export const limitedSql = (channelId: string, at: Date, calls: "any" | "reading" = "any") => Prisma.sql`EXISTS (
  SELECT FROM rate_limit l WHERE l.until > ${at} AND (${calls === "any"} OR l.scope <> 'endpoint') AND (l.channel_id = ${Prisma.raw(channelId)}
    OR (l.channel_id IS NULL AND EXISTS (SELECT FROM channel c WHERE c.id = ${Prisma.raw(channelId)} AND c.platform = l.platform AND c.mode = 'api'))))`;

/**
 * Until when a limit that is over or under way held the channel in the column `channelId`; SQL null where none is remembered.
 * What waited for it is late only from then on.
 */
export const heldUntilSql = (channelId: string) => Prisma.sql`(SELECT max(l.until) FROM rate_limit l
  WHERE l.channel_id = ${Prisma.raw(channelId)}
    OR (l.channel_id IS NULL AND EXISTS (SELECT FROM channel c WHERE c.id = ${Prisma.raw(channelId)} AND c.platform = l.platform AND c.mode = 'api')))`;

/** Forgets limits that are long over. */
export const forgetLimits = (before: Date) => db.rateLimit.deleteMany({ where: { until: { lt: before } } });
