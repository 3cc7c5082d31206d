import { db, Prisma } from "../core/db.ts";
import { addDays, daysBetween, startOfDay, workingDaysIn, type Zone } from "../units/calendar.ts";
import { calendarOf } from "../units/working.ts";
import type { ScoreFacts } from "./rules.ts";
import type { ScoreSettings, UnitClass } from "./settings.ts";

export type ChannelFacts = { channelId: string; unitId: string; governmentId: string; isPrimary: boolean; facts: ScoreFacts };

type Row = {
  channel_id: string;
  unit_id: string;
  government_id: string;
  is_primary: boolean;
  score_class: UnitClass;
  comments_open: boolean | null;
  first_seen_day: string;
  w0: number;
  w1: number;
  w2: number;
  w3: number;
  last_day: string | null;
  due: number;
  on_time: number;
  late: number;
  posts: number;
  substantive: number;
  captions: number;
  alt_yes: number;
  alt_known: number;
  contact_yes: number;
  contact_known: number;
  readable: boolean;
  rate_ppm: number | null;
  median_ppm: number | null;
};

/** Follower bands of the engagement comparison: below 1,000, 5,000, 20,000, 100,000, and above. */
export const bandSql = (followers: Prisma.Sql) => Prisma.sql`width_bucket(${followers}, ARRAY[1000, 5000, 20000, 100000])`;

const local = (day: string, zone: string) => startOfDay(day, zone as Zone);

/**
 * What the score of every account in a zone depends on, for the window of four weeks that ends with `day`, in one
 * statement. As of that day's end: later answers and removals do not count. Crediting follows credit.ts, which tests compare.
 */
export async function scoreFacts(
  day: string,
  zone: string,
  settings: ScoreSettings,
  medianWeek: string,
  only?: { governmentId?: string },
): Promise<ChannelFacts[]> {
  const days = settings.windowWeeks * 7;
  const firstDay = addDays(day, 1 - days);
  const start = local(firstDay, zone);
  const end = local(addDays(day, 1), zone);
  const { credit } = settings;
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    WITH ch AS MATERIALIZED (
      SELECT c.id, c.unit_id, c.government_id, c.is_primary, c.platform, c.followers, c.comments_open, u.score_class, (c.first_seen_at AT TIME ZONE ${zone})::date AS first_seen_day
      FROM channel c JOIN unit u ON u.id = c.unit_id
      WHERE u.zone = ${zone} AND u.score_class IS NOT NULL AND u.active AND c.state <> 'disconnected' AND c.first_seen_at < ${end}
        ${only?.governmentId ? Prisma.sql`AND u.government_id = ${only.governmentId}::uuid` : Prisma.empty}
    ), post AS (
      SELECT r.channel_id, r.id, r.published_at, (r.published_at AT TIME ZONE ${zone})::date AS day, r.category, r.text, r.visual, r.has_alt, r.has_link, r.has_contact,
        r.category IN ('greeting', 'ceremony') AS occasion, coalesce(r.removed_at < ${end}, false) AS removed,
        CASE WHEN r.likes IS NULL AND r.comments IS NULL AND r.shares IS NULL THEN NULL ELSE coalesce(r.likes, 0) + coalesce(r.comments, 0) + coalesce(r.shares, 0) END AS interactions,
        CASE WHEN r.removed_at < ${end} OR r.similar_own >= ${credit.similarity} THEN 0
          WHEN r.category IN ('greeting', 'ceremony', 'repost') OR r.repost OR r.similar_other >= ${credit.similarity} THEN ${credit.reducedHalves}::int
          ELSE ${credit.fullHalves}::int END AS worth
      FROM remote_post r JOIN ch ON ch.id = r.channel_id WHERE r.published_at >= ${start} AND r.published_at < ${end}
    ), daily AS (
      SELECT *, (day - ${firstDay}::date) / 7 AS week,
        CASE WHEN worth > 0 AND row_number() OVER (PARTITION BY channel_id, day, worth > 0 ORDER BY worth DESC, occasion, published_at, id) <= ${credit.perDay} THEN worth ELSE 0 END AS halves
      FROM post
    ), credited AS (
      SELECT *, CASE WHEN occasion AND halves > 0 AND row_number() OVER (PARTITION BY channel_id, week, occasion AND halves > 0 ORDER BY day, published_at, id) > ${credit.occasionsPerWeek} THEN 0 ELSE halves END AS credit
      FROM daily
    ), made AS (
      SELECT c.channel_id,
        coalesce(sum(credit) FILTER (WHERE week = 0), 0)::int AS w0, coalesce(sum(credit) FILTER (WHERE week = 1), 0)::int AS w1,
        coalesce(sum(credit) FILTER (WHERE week = 2), 0)::int AS w2, coalesce(sum(credit) FILTER (WHERE week = 3), 0)::int AS w3,
        max(day) FILTER (WHERE credit > 0) AS last_day,
        count(*) FILTER (WHERE NOT removed)::int AS posts, count(*) FILTER (WHERE NOT removed AND category = 'substantive')::int AS substantive,
        count(*) FILTER (WHERE NOT removed AND text <> '')::int AS captions,
        count(*) FILTER (WHERE NOT removed AND visual IN ('image', 'video') AND has_alt)::int AS alt_yes,
        count(*) FILTER (WHERE NOT removed AND visual IN ('image', 'video') AND has_alt IS NOT NULL)::int AS alt_known,
        count(*) FILTER (WHERE NOT removed AND (has_link OR has_contact))::int AS contact_yes,
        count(*) FILTER (WHERE NOT removed AND coalesce(has_link, has_contact) IS NOT NULL)::int AS contact_known,
        round(percentile_cont(0.5) WITHIN GROUP (ORDER BY interactions) FILTER (WHERE NOT removed AND interactions IS NOT NULL))::int AS median_interactions
      FROM credited c GROUP BY c.channel_id
    ), duty AS MATERIALIZED (
      SELECT d.channel_id, d.unit_id, count(*)::int AS due, count(*) FILTER (WHERE d.answered_at <= d.due_at AND d.answered_at < ${end})::int AS on_time,
        count(*) FILTER (WHERE d.answered_at > d.due_at AND d.answered_at <= d.late_until AND d.answered_at < ${end})::int AS late
      FROM reply_duty d JOIN ch ON ch.id = d.channel_id WHERE d.due_at >= ${start} AND d.due_at < ${end} GROUP BY d.channel_id, d.unit_id
    ), unit_duty AS (
      SELECT unit_id, sum(due)::int AS due, sum(on_time)::int AS on_time, sum(late)::int AS late FROM duty GROUP BY unit_id
    )
    SELECT ch.id AS channel_id, ch.unit_id, ch.government_id, ch.is_primary, ch.score_class, ch.comments_open, ch.first_seen_day::text,
      coalesce(m.w0, 0) AS w0, coalesce(m.w1, 0) AS w1, coalesce(m.w2, 0) AS w2, coalesce(m.w3, 0) AS w3, coalesce(m.last_day, before.day)::text AS last_day,
      coalesce(ud.due, cd.due, 0) AS due, coalesce(ud.on_time, cd.on_time, 0) AS on_time, coalesce(ud.late, cd.late, 0) AS late,
      coalesce(m.posts, 0) AS posts, coalesce(m.substantive, 0) AS substantive, coalesce(m.captions, 0) AS captions, coalesce(m.alt_yes, 0) AS alt_yes, coalesce(m.alt_known, 0) AS alt_known,
      coalesce(m.contact_yes, 0) AS contact_yes, coalesce(m.contact_known, 0) AS contact_known,
      (ch.followers > 0 AND (m.median_interactions IS NOT NULL OR coalesce(m.posts, 0) = 0)) IS TRUE AS readable,
      CASE WHEN ch.followers > 0 THEN round(m.median_interactions * 1000000.0 / ch.followers)::int END AS rate_ppm, b.median_ppm
    FROM ch
    LEFT JOIN made m ON m.channel_id = ch.id
    LEFT JOIN unit_duty ud ON ch.is_primary AND ud.unit_id = ch.unit_id
    LEFT JOIN duty cd ON NOT ch.is_primary AND cd.channel_id = ch.id AND cd.unit_id = ch.unit_id
    LEFT JOIN LATERAL (SELECT (r.published_at AT TIME ZONE ${zone})::date AS day FROM remote_post r
      WHERE r.channel_id = ch.id AND r.published_at < ${start} AND r.similar_own < ${credit.similarity} AND (r.removed_at IS NULL OR r.removed_at >= ${end})
      ORDER BY r.published_at DESC LIMIT 1) before ON true
    LEFT JOIN band_median b ON b.week = ${medianWeek}::date AND b.platform = ch.platform AND b.band = ${bandSql(Prisma.sql`ch.followers`)}`);
  const workdays = [0, 1, 2, 3].map((week) =>
    workingDaysIn(addDays(firstDay, week * 7), addDays(firstDay, week * 7 + 6), calendarOf({ zone })),
  );
  return rows.map((r) => ({
    channelId: r.channel_id,
    unitId: r.unit_id,
    governmentId: r.government_id,
    isPrimary: r.is_primary,
    facts: toFacts(r, day, workdays),
  }));
}

function toFacts(r: Row, day: string, workdays: number[]): ScoreFacts {
  const age = daysBetween(r.first_seen_day, day) + 1;
  const fullWeeks = Math.min(4, Math.floor(age / 7));
  const halves = [r.w0, r.w1, r.w2, r.w3];
  return {
    unitClass: r.score_class,
    isNew: age < 28,
    fullWeeks,
    weeks: halves.map((creditedHalves, week) => ({ creditedHalves, workdays: workdays[week]! })).slice(4 - fullWeeks),
    daysSinceLastPost: r.last_day ? daysBetween(r.last_day, day) : null,
    replies: { due: r.due, onTime: r.on_time, late: r.late },
    commentsOpen: r.comments_open,
    quality: {
      posts: r.posts,
      substantive: r.substantive,
      caption: { yes: r.captions, known: r.posts },
      alt: { yes: r.alt_yes, known: r.alt_known },
      contact: { yes: r.contact_yes, known: r.contact_known },
    },
    engagement: {
      readable: r.readable,
      ratio: r.rate_ppm !== null && r.median_ppm ? Math.round((r.rate_ppm * 10_000) / r.median_ppm) : null,
    },
  };
}
