import { type Actor, scopeSqlWithin } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import { type Platform, platforms } from "../../platforms/contract.ts";
import type { HourLevel } from "../../posts/best-hours.ts";
import { addDays, startOfDay, type Zone } from "../../units/calendar.ts";
import { type Days, type Periods, rateBases } from "./rules.ts";

/** A unit, or (`unitId` null) all of a government, on whose clock days and hours are told. */
export type Place = { unitId: string | null; governmentId: string; zone: Zone };
export type Filter = { place: Place; periods: Periods; platform: Platform | null; pillar: string | null };

const instants = ({ from, to }: Days, zone: Zone) => ({ from: startOfDay(from, zone), to: startOfDay(addDays(to, 1), zone) });

const within = (place: Place, alias: string) => {
  const unit = place.unitId === null ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(alias)}.unit_id = ${place.unitId}::uuid`;
  return Prisma.sql`${Prisma.raw(alias)}.government_id = ${place.governmentId}::uuid ${unit}`;
};

const basedOn = (base: string) => platforms.filter((platform) => rateBases[platform] === base);
/** What divides a post's interactions; unknown or nothing where its platform's own base is. */
const base = Prisma.sql`nullif(CASE WHEN c.platform = ANY(${basedOn("reach")}::text[]) THEN r.reach
  WHEN c.platform = ANY(${basedOn("views")}::text[]) THEN r.views ELSE c.followers END, 0)`;
const interactions = Prisma.sql`CASE WHEN coalesce(r.likes, r.comments, r.shares) IS NOT NULL
  THEN coalesce(r.likes, 0) + coalesce(r.comments, 0) + coalesce(r.shares, 0) END`;

/** The posts of a place that still stand, published in one stretch of time, with what is told of them. */
const postsIn = (actor: Actor, { place, platform, pillar }: Filter, { from, to }: { from: Date; to: Date }) => Prisma.sql`
  SELECT r.id, r.channel_id, c.platform, p.pillar, r.category, r.published_at, r.reach, r.views, ${interactions} AS interactions,
    (${interactions}) * 1000000.0 / ${base} AS rate
  FROM remote_post r JOIN channel c ON c.id = r.channel_id LEFT JOIN post p ON p.id = r.post_id
  WHERE ${within(place, "r")} AND r.published_at >= ${from} AND r.published_at < ${to} AND r.removed_at IS NULL
    AND ${scopeSqlWithin(actor, "score.read", "r", place)}
    ${platform ? Prisma.sql`AND c.platform = ${platform}` : Prisma.empty}
    ${pillar ? Prisma.sql`AND p.pillar = ${pillar}` : Prisma.empty}`;

export type Sum = {
  posts: number;
  /** Null where no post tells it; `…Posts` is how many do. */
  reach: number | null;
  reachPosts: number;
  views: number | null;
  viewPosts: number;
  interactions: number | null;
  interactionPosts: number;
  /** The middle post's rate, in 1/1,000,000. */
  ratePpm: number | null;
  ratePosts: number;
};
export type Group = Sum & { key: string };
export type Breakdown = {
  now: Sum;
  before: Sum;
  platforms: Group[];
  pillars: Group[];
  categories: Group[];
  /** Whole weeks of the stretch by their Mondays, oldest first; weeks without a post are left out. */
  weeks: Group[];
};

const nothing: Sum = {
  ...{ posts: 0, reach: null, reachPosts: 0, views: null, viewPosts: 0 },
  ...{ interactions: null, interactionPosts: 0, ratePpm: null, ratePosts: 0 },
};

/** A place's posts and figures of a stretch of time beside those it is compared with, and by platform, pillar, kind and week: in one statement. */
export async function breakdown(actor: Actor, filter: Filter): Promise<Breakdown> {
  const { zone } = filter.place;
  const { now, before } = filter.periods;
  const rows = await db.$queryRaw<(Group & { period: "now" | "before"; by: number })[]>(Prisma.sql`
    WITH x AS (
      SELECT 'now' AS period, * FROM (${postsIn(actor, filter, instants(now, zone))}) a
      UNION ALL SELECT 'before', * FROM (${postsIn(actor, filter, instants(before, zone))}) b),
    y AS (SELECT *, date_trunc('week', published_at AT TIME ZONE ${zone})::date::text AS week FROM x)
    SELECT period, grouping(platform, pillar, category, week) AS by,
      CASE grouping(platform, pillar, category, week) WHEN 7 THEN platform WHEN 11 THEN pillar WHEN 13 THEN category WHEN 14 THEN week END AS key,
      count(*)::int AS posts, sum(reach)::float8 AS reach, count(reach)::int AS "reachPosts", sum(views)::float8 AS views, count(views)::int AS "viewPosts",
      sum(interactions)::float8 AS interactions, count(interactions)::int AS "interactionPosts",
      round(percentile_cont(0.5) WITHIN GROUP (ORDER BY rate))::float8 AS "ratePpm", count(rate)::int AS "ratePosts"
    FROM y GROUP BY GROUPING SETS ((period), (period, platform), (period, pillar), (period, category), (period, week))
    ORDER BY period, by, key LIMIT 500`);
  const sums = (period: "now" | "before", by: number) => rows.filter((row) => row.period === period && row.by === by);
  const groups = (by: number): Group[] =>
    sums("now", by)
      .flatMap(({ period: _, by: __, ...group }) => (group.key === null ? [] : [group]))
      .sort((a, b) => b.posts - a.posts);
  return {
    now: sums("now", 15)[0] ?? nothing,
    before: sums("before", 15)[0] ?? nothing,
    platforms: groups(7),
    pillars: groups(11),
    categories: groups(13),
    weeks: groups(14).sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

export type Hours = { cells: HourLevel[]; posts: number };

/**
 * How posts did at each hour of the local week, against the usual of the account that each stood at. Only posts whose interactions
 * are known count.
 */
export async function postHours(actor: Actor, filter: Filter): Promise<Hours> {
  const { zone } = filter.place;
  const cells = await db.$queryRaw<HourLevel[]>(Prisma.sql`
    WITH x AS (SELECT * FROM (${postsIn(actor, filter, instants(filter.periods.now, zone))}) a WHERE interactions IS NOT NULL),
    y AS (SELECT published_at AT TIME ZONE ${zone} AS at, ln(1 + interactions) - avg(ln(1 + interactions)) OVER (PARTITION BY channel_id) AS level FROM x)
    SELECT extract(isodow FROM at)::int AS weekday, extract(hour FROM at)::int AS hour, count(*)::int AS samples, sum(level)::float8 AS level
    FROM y GROUP BY 1, 2 ORDER BY 1, 2`);
  return { cells, posts: cells.reduce((sum, { samples }) => sum + samples, 0) };
}

export const postOrders = ["interactions", "rate", "reach", "views", "newest"] as const;
export type PostOrder = (typeof postOrders)[number];
export type PostFigures = {
  id: string;
  unit: string;
  platform: Platform;
  permalink: string | null;
  text: string;
  pillar: string | null;
  publishedAt: Date;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  views: number | null;
  reach: number | null;
  interactions: number | null;
  ratePpm: number | null;
  /** What a newer reading told notably lower: see the account's own page. */
  fell: boolean;
};

const orders: Record<PostOrder, Prisma.Sql> = {
  interactions: Prisma.sql`x.interactions DESC NULLS LAST, x.published_at DESC, x.id`,
  rate: Prisma.sql`x.rate DESC NULLS LAST, x.published_at DESC, x.id`,
  reach: Prisma.sql`x.reach DESC NULLS LAST, x.published_at DESC, x.id`,
  views: Prisma.sql`x.views DESC NULLS LAST, x.published_at DESC, x.id`,
  newest: Prisma.sql`x.published_at DESC, x.id`,
};

/** The first posts of the stretch by one figure; those that do not tell it come last. */
export async function postFigures(actor: Actor, filter: Filter, order: PostOrder, most: number): Promise<PostFigures[]> {
  return db.$queryRaw<PostFigures[]>(Prisma.sql`
    WITH x AS (SELECT * FROM (${postsIn(actor, filter, instants(filter.periods.now, filter.place.zone))}) x ORDER BY ${orders[order]} LIMIT ${most})
    SELECT x.id, u.short_name AS unit, x.platform, r.permalink, left(r.text, 300) AS text, x.pillar, x.published_at AS "publishedAt",
      r.likes, r.comments, r.shares, x.views, x.reach, x.interactions, round(x.rate)::float8 AS "ratePpm", r.figures_fell IS NOT NULL AS fell
    FROM x JOIN remote_post r ON r.id = x.id JOIN unit u ON u.id = r.unit_id ORDER BY ${orders[order]}`);
}
