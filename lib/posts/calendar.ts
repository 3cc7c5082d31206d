import { type Actor, reaches, scopeSql } from "../core/access.ts";
import { db, Prisma } from "../core/db.ts";
import type { PublicationState } from "../delivery/rules.ts";
import type { Platform } from "../platforms/contract.ts";
import { isGovernment, type UnitCard } from "../units/queries.ts";
import { type BestHours, bestHours, type PastPost } from "./best-hours.ts";
import type { PlannedPost } from "./calendar-rules.ts";
import { isMovable, type PlanState } from "./planning-rules.ts";
import type { PostState } from "./rules.ts";
import { type ShownState, shownState, titleOf } from "./shown.ts";

export const planFilters = ["draft", "returned", "submitted", "approved", "scheduled", "published", "trouble", "cancelled"] as const;
export type PlanFilter = (typeof planFilters)[number];

/** From one instant up to, but not including, the other. */
export type Window = { from: Date; to: Date };
export type CalendarFilters = {
  unitId: string | null;
  channelId: string | null;
  pillar: string | null;
  tag: string | null;
  state: PlanFilter | null;
};
export const noFilters: CalendarFilters = { unitId: null, channelId: null, pillar: null, tag: null, state: null };

export type CalendarPost = {
  id: string;
  revision: number;
  title: string;
  state: PostState;
  shown: ShownState;
  publishAt: Date;
  pillar: string | null;
  unitShortName: string;
  platforms: Platform[];
  /** One of a series that comes again. */
  repeats: boolean;
  /** Whether this person may give it another time. */
  movable: boolean;
  /** How many posts, this one among them, stand in its slot; more than are returned are only counted. */
  inSlot: number;
};

/** Most that one list returns. */
export const MOST = 2000;
export type Slot = "hour" | "day" | "window";
export type CalendarPosts = { rows: CalendarPost[]; total: number };

const planned = ["draft", "submitted", "returned", "approved", "scheduled"];

const publicationIn = (states: PublicationState[]) => Prisma.sql`EXISTS (SELECT FROM publication x
  WHERE x.subject_type = 'post' AND x.subject_id = p.id AND x.state = ANY(${states}::text[]))`;

function stateSql(state: PlanFilter | null): Prisma.Sql {
  const open = publicationIn(["due", "publishing"]);
  const trouble = publicationIn(["failed", "unknown", "manual"]);
  switch (state) {
    case null:
      return Prisma.sql`p.state = ANY(${planned}::text[])`;
    case "scheduled":
      return Prisma.sql`p.state = 'scheduled' AND ${open}`;
    case "published":
      return Prisma.sql`p.state = 'scheduled' AND ${publicationIn(["published"])} AND NOT ${open} AND NOT ${trouble}`;
    case "trouble":
      return Prisma.sql`p.state = 'scheduled' AND ${trouble}`;
    default:
      return Prisma.sql`p.state = ${state}`;
  }
}

/** Every condition fits the index on unit, state and time; a government's units are looked up once. */
function seenSql(actor: Actor, unit: Pick<UnitCard, "id" | "governmentId">, { from, to }: Window, filters: CalendarFilters): Prisma.Sql {
  const all = isGovernment(unit) && !filters.unitId;
  const place = all
    ? Prisma.sql`p.unit_id = ANY(ARRAY(SELECT u.id FROM unit u WHERE u.government_id = ${unit.id}::uuid))`
    : Prisma.sql`p.unit_id = ${isGovernment(unit) ? filters.unitId : unit.id}::uuid AND p.government_id = ${unit.governmentId}::uuid`;
  const channel = filters.channelId
    ? Prisma.sql`AND EXISTS (SELECT FROM post_channel c WHERE c.post_id = p.id AND c.channel_id = ${filters.channelId}::uuid)`
    : Prisma.empty;
  const pillar = filters.pillar ? Prisma.sql`AND p.pillar = ${filters.pillar}` : Prisma.empty;
  const tag = filters.tag ? Prisma.sql`AND p.tags @> ARRAY[${filters.tag}]::text[]` : Prisma.empty;
  return Prisma.sql`${place} AND ${stateSql(filters.state)} AND p.publish_at >= ${from} AND p.publish_at < ${to}
    ${channel} ${pillar} ${tag} AND ${scopeSql(actor, "post.read", "p")}`;
}

const slotSql = (slot: Slot, zone: string) =>
  slot === "window" ? Prisma.sql`1` : Prisma.sql`date_trunc(${Prisma.raw(`'${slot}'`)}, p.publish_at AT TIME ZONE ${zone})`;

type Row = Omit<CalendarPost, "title" | "shown" | "movable"> & {
  text: string;
  publications: PublicationState[];
  unitId: string;
  governmentId: string;
  total: number;
};

/**
 * Posts of a unit, or of a government for those who reach it, that are to go out or went out in a window, in time.
 * Of each slot (an hour or a day on the clock of `zone`, or the whole window) the first `most` come; all are counted.
 */
export async function calendarPosts(
  actor: Actor,
  unit: Pick<UnitCard, "id" | "governmentId" | "zone">,
  window: Window,
  filters: CalendarFilters,
  { slot, most, skip = 0 }: { slot: Slot; most: number; skip?: number },
): Promise<CalendarPosts> {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    WITH hit AS (
      SELECT p.id, p.publish_at, count(*) OVER ()::int AS total, count(*) OVER (PARTITION BY ${slotSql(slot, unit.zone)})::int AS in_slot,
        row_number() OVER (PARTITION BY ${slotSql(slot, unit.zone)} ORDER BY p.publish_at, p.id) AS place
      FROM post p WHERE ${seenSql(actor, unit, window, filters)}),
    shown AS (SELECT * FROM hit WHERE place > ${skip} AND place <= ${skip + most} ORDER BY publish_at, id LIMIT ${MOST})
    SELECT p.id, p.revision, left(p.text, 400) AS text, p.state, p.publish_at AS "publishAt", p.pillar, u.short_name AS "unitShortName",
      p.unit_id AS "unitId", p.government_id AS "governmentId", s.in_slot AS "inSlot", s.total, p.series_id IS NOT NULL AS repeats,
      ARRAY(SELECT DISTINCT h.platform FROM post_channel c JOIN channel h ON h.id = c.channel_id WHERE c.post_id = p.id ORDER BY 1) AS platforms,
      ARRAY(SELECT x.state FROM publication x WHERE x.subject_type = 'post' AND x.subject_id = p.id) AS publications
    FROM shown s JOIN post p ON p.id = s.id JOIN unit u ON u.id = p.unit_id ORDER BY s.publish_at, s.id`);
  return { rows: rows.map((row) => toPost(actor, row)), total: rows[0]?.total ?? 0 };
}

function toPost(actor: Actor, { text, publications, unitId, governmentId, total: _, ...row }: Row): CalendarPost {
  const shown = shownState(
    row.state,
    publications.map((state) => ({ state })),
  );
  const plan: PlanState = { state: row.state, begun: publications.some((s) => s === "publishing" || s === "unknown" || s === "published") };
  const movable = isMovable(plan, (permission) => reaches(actor, permission, { unitId, governmentId }));
  return { ...row, title: titleOf(text), shown, movable };
}

/** A window's posts on each of their channels, for what crowds and what is missing; those called off do not count. */
export async function plannedPosts(
  actor: Actor,
  unit: Pick<UnitCard, "id" | "governmentId">,
  window: Window,
  filters: CalendarFilters,
): Promise<PlannedPost[]> {
  const rows = await db.$queryRaw<{ postId: string; at: Date; channelIds: string[] }[]>(Prisma.sql`
    SELECT p.id AS "postId", p.publish_at AS at, ARRAY(SELECT c.channel_id FROM post_channel c WHERE c.post_id = p.id) AS "channelIds"
    FROM post p WHERE ${seenSql(actor, unit, window, { ...filters, state: null })} ORDER BY p.publish_at, p.id LIMIT ${MOST}`);
  return rows.flatMap(({ postId, at, channelIds }) => channelIds.map((channelId) => ({ postId, at, channelId })));
}

/** The titles of some posts that the actor may read, by id. */
export async function postTitles(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const rows = await db.$queryRaw<{ id: string; text: string }[]>(Prisma.sql`
    SELECT p.id, left(p.text, 400) AS text FROM post p WHERE p.id = ANY(${[...new Set(ids)]}::uuid[]) AND ${scopeSql(actor, "post.read", "p")}`);
  return new Map(rows.map(({ id, text }) => [id, titleOf(text)]));
}

/** How many posts stand on each local day of a window, for a strip of days. */
export async function postsByDay(
  actor: Actor,
  unit: Pick<UnitCard, "id" | "governmentId" | "zone">,
  window: Window,
  filters: CalendarFilters,
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ day: string; count: number }[]>(Prisma.sql`
    SELECT to_char(p.publish_at AT TIME ZONE ${unit.zone}, 'YYYY-MM-DD') AS day, count(*)::int AS count
    FROM post p WHERE ${seenSql(actor, unit, window, filters)} GROUP BY 1`);
  return new Map(rows.map(({ day, count }) => [day, count]));
}

const historyDays = 180;
const historyPosts = 2000;

/** The hours at which a channel's own posts of the last 180 days did best, by the unit's clock. Foreign channels have no history. */
export async function channelHours(actor: Actor, channelId: string, zone: string, now: Date): Promise<BestHours> {
  const since = new Date(now.getTime() - historyDays * 86_400_000);
  const posts = await db.$queryRaw<PastPost[]>(Prisma.sql`
    SELECT extract(isodow FROM r.published_at AT TIME ZONE ${zone})::int AS weekday,
      extract(hour FROM r.published_at AT TIME ZONE ${zone})::int AS hour, r.views,
      CASE WHEN r.likes IS NULL AND r.comments IS NULL AND r.shares IS NULL THEN NULL
        ELSE coalesce(r.likes, 0) + coalesce(r.comments, 0) + coalesce(r.shares, 0) END AS engagement
    FROM remote_post r
    WHERE r.channel_id = ${channelId}::uuid AND r.published_at >= ${since} AND NOT r.repost AND ${scopeSql(actor, "post.read", "r")}
    ORDER BY r.published_at DESC LIMIT ${historyPosts}`);
  return bestHours(posts, "engagement");
}

export type CalendarChannel = { id: string; platform: Platform; handle: string; unitId: string; unitShortName: string };

/** The accounts that a calendar can be narrowed to, those of a government by unit; at most 500. */
export async function calendarChannels(actor: Actor, unit: UnitCard, unitId: string | null): Promise<CalendarChannel[]> {
  const place =
    isGovernment(unit) && !unitId ? Prisma.sql`c.government_id = ${unit.id}::uuid` : Prisma.sql`c.unit_id = ${unitId ?? unit.id}::uuid`;
  return db.$queryRaw<CalendarChannel[]>(Prisma.sql`
    SELECT c.id, c.platform, c.handle, c.unit_id AS "unitId", u.short_name AS "unitShortName"
    FROM channel c JOIN unit u ON u.id = c.unit_id
    WHERE ${place} AND c.state <> 'disconnected' AND ${scopeSql(actor, "post.read", "c")}
    ORDER BY u.short_name, c.is_primary DESC, c.platform, c.id LIMIT 500`);
}

/** The units of a government whose posts this person may see, by name; at most 500. */
export async function calendarUnits(actor: Actor, unit: UnitCard): Promise<{ id: string; shortName: string }[]> {
  if (!isGovernment(unit)) return [];
  return db.$queryRaw<{ id: string; shortName: string }[]>(Prisma.sql`
    SELECT u.id, u.short_name AS "shortName" FROM unit u
    JOIN LATERAL (SELECT u.id AS unit_id, u.government_id) k ON ${scopeSql(actor, "post.read", "k")}
    WHERE u.government_id = ${unit.id}::uuid AND u.active ORDER BY u.short_name LIMIT 500`);
}

/** The tags in use on the newest 1,000 tagged posts of a unit, or of a government's units, most used first; at most 40. */
export async function calendarTags(actor: Actor, unit: Pick<UnitCard, "id" | "governmentId">, unitId: string | null): Promise<string[]> {
  const only = unitId ?? (isGovernment(unit) ? null : unit.id);
  const rows = await db.$queryRaw<{ tag: string }[]>(Prisma.sql`
    SELECT t.tag FROM (SELECT p.tags FROM post p
      WHERE p.government_id = ${unit.governmentId}::uuid AND p.tags <> '{}' AND ${scopeSql(actor, "post.read", "p")}
        ${only ? Prisma.sql`AND p.unit_id = ${only}::uuid` : Prisma.empty}
      ORDER BY p.updated_at DESC LIMIT 1000) n CROSS JOIN LATERAL unnest(n.tags) AS t(tag)
    GROUP BY t.tag ORDER BY count(*) DESC, t.tag LIMIT 40`);
  return rows.map(({ tag }) => tag);
}
