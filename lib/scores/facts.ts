import { db, Prisma } from "../core/db.ts";
import { addDays, daysBetween, startOfDay, type WorkingCalendar, workingDaysIn, type Zone } from "../units/calendar.ts";
import { sharedCalendars } from "../units/hours-settings.ts";
import type { ScoreFacts } from "./rules.ts";
import type { ScoreSettings, UnitClass } from "./settings.ts";
import { known } from "./standing.ts";

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
  gone_day: string | null;
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
  platform: string;
  band: number | null;
  rate_ppm: number | null;
  median_ppm: number | null;
  excused: string[];
};

/** Some of a zone's accounts: of one government, or those named. */
export type Which = { governmentId?: string; channelIds?: readonly string[] };

/** The score settings that are nearest to unit `u` on a day: its own, or of the nearest unit above it, the ministry included. */
export const nearestSettings = (day: string) => Prisma.sql`
  SELECT v.id FROM unit_closure c JOIN settings_version v ON v.unit_id = c.ancestor_id AND v.kind = 'score' AND v.valid_from <= ${day}::date
  WHERE c.unit_id = u.id ORDER BY c.depth, v.valid_from DESC, v.created_at DESC LIMIT 1`;

/** Follower bands of the engagement comparison: below 1,000, 5,000, 20,000, 100,000, and above. */
export const bandSql = (followers: Prisma.Sql) => Prisma.sql`width_bucket(${followers}, ARRAY[1000, 5000, 20000, 100000])`;

/** As far back as a silence is looked at for days that did not count. */
const longestSilence = 400;

const local = (day: string, zone: string) => startOfDay(day, zone as Zone);

/** The accounts `c` of units `u` in a zone that are scored for a day that ends at `end`. */
const scored = (zone: string, end: Date, { governmentId, channelIds }: Which) => Prisma.sql`
  u.zone = ${zone} AND u.score_class IS NOT NULL AND u.active AND c.state <> 'disconnected' AND c.first_seen_at < ${end} AND ${known(Prisma.sql`c`)}
  ${governmentId ? Prisma.sql`AND u.government_id = ${governmentId}::uuid` : Prisma.empty}
  ${channelIds ? Prisma.sql`AND c.id = ANY(${channelIds}::uuid[])` : Prisma.empty}`;

/** The accounts of a zone that are scored for a day, by the id of the settings that count for them (null: the shipped ones), those of a unit side by side. */
export async function accountsToScore(day: string, zone: Zone, which: Which): Promise<Map<string | null, string[]>> {
  const anybody = await db.settingsVersion.count({ where: { kind: "score" } });
  const rows = await db.$queryRaw<{ id: string; settings: string | null }[]>(Prisma.sql`
    SELECT c.id, ${anybody ? Prisma.sql`(${nearestSettings(day)})` : Prisma.sql`NULL`} AS settings FROM channel c JOIN unit u ON u.id = c.unit_id
    WHERE ${scored(zone, startOfDay(addDays(day, 1), zone), which)} ORDER BY c.unit_id, c.id`);
  const byId = new Map<string | null, string[]>();
  for (const { id, settings } of rows) {
    const known = byId.get(settings);
    if (known) known.push(id);
    else byId.set(settings, [id]);
  }
  return byId;
}

/**
 * What the score of every account in a zone depends on, for the window of four weeks that ends with `day`, in one
 * statement. As of that day's end: later answers and removals do not count. Crediting follows credit.ts, which tests compare.
 * Quality and engagement are judged over the posts that the limits of a day and a week let in when they came out, removed
 * since or not: neither junk nor a deletion moves them. What a unit owes an answer it owes also after it disconnected the account.
 */
export async function scoreFacts(
  day: string,
  zone: string,
  settings: ScoreSettings,
  medianWeek: string,
  which: Which = {},
): Promise<ChannelFacts[]> {
  const days = settings.windowWeeks * 7;
  const firstDay = addDays(day, 1 - days);
  const start = local(firstDay, zone);
  const end = local(addDays(day, 1), zone);
  const { credit } = settings;
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    WITH ch AS MATERIALIZED (
      SELECT c.id, c.unit_id, c.government_id, c.is_primary, c.platform, c.followers, c.comments_open, u.score_class, (c.first_seen_at AT TIME ZONE ${zone})::date AS first_seen_day,
        CASE WHEN c.followers > 0 THEN ${bandSql(Prisma.sql`c.followers`)} END AS band
      FROM channel c JOIN unit u ON u.id = c.unit_id WHERE ${scored(zone, end, which)}
    ), post AS (
      SELECT r.channel_id, r.id, r.published_at, (r.published_at AT TIME ZONE ${zone})::date AS day, r.category, r.text, r.visual, r.has_alt, r.has_link, r.has_contact,
        r.category IN ('greeting', 'ceremony') AS occasion, coalesce(r.removed_at < ${end}, false) AS removed,
        CASE WHEN r.likes IS NULL AND r.comments IS NULL AND r.shares IS NULL THEN NULL ELSE coalesce(r.likes, 0) + coalesce(r.comments, 0) + coalesce(r.shares, 0) END AS interactions,
        CASE WHEN r.similar_own >= ${credit.similarity} THEN 0
          WHEN r.category IN ('greeting', 'ceremony', 'repost') OR r.repost OR r.similar_other >= ${credit.similarity} THEN ${credit.reducedHalves}::int
          ELSE ${credit.fullHalves}::int END AS worth
      FROM remote_post r JOIN ch ON ch.id = r.channel_id WHERE r.published_at >= ${start} AND r.published_at < ${end}
    ), daily AS (
      SELECT *, (day - ${firstDay}::date) / 7 AS week,
        worth > 0 AND row_number() OVER (PARTITION BY channel_id, day, worth > 0 ORDER BY worth DESC, occasion, published_at, id) <= ${credit.perDay} AS came,
        worth > 0 AND NOT removed AND row_number() OVER (PARTITION BY channel_id, day, worth > 0 AND NOT removed ORDER BY worth DESC, occasion, published_at, id) <= ${credit.perDay} AS stands
      FROM post
    ), judged AS (
      SELECT *, came AND NOT (occasion AND row_number() OVER (PARTITION BY channel_id, week, occasion AND came ORDER BY day, published_at, id) > ${credit.occasionsPerWeek}) AS judged
      FROM daily
    ), credited AS (
      SELECT *, CASE WHEN stands AND (judged OR NOT occasion) THEN worth ELSE 0 END AS credit FROM judged
    ), made AS (
      SELECT c.channel_id,
        coalesce(sum(credit) FILTER (WHERE week = 0), 0)::int AS w0, coalesce(sum(credit) FILTER (WHERE week = 1), 0)::int AS w1,
        coalesce(sum(credit) FILTER (WHERE week = 2), 0)::int AS w2, coalesce(sum(credit) FILTER (WHERE week = 3), 0)::int AS w3,
        max(day) FILTER (WHERE credit > 0) AS last_day,
        count(*) FILTER (WHERE judged)::int AS posts, count(*) FILTER (WHERE judged AND category = 'substantive')::int AS substantive,
        count(*) FILTER (WHERE judged AND text <> '')::int AS captions,
        count(*) FILTER (WHERE judged AND visual IN ('image', 'video') AND has_alt)::int AS alt_yes,
        count(*) FILTER (WHERE judged AND visual IN ('image', 'video') AND has_alt IS NOT NULL)::int AS alt_known,
        count(*) FILTER (WHERE judged AND (has_link OR has_contact))::int AS contact_yes,
        count(*) FILTER (WHERE judged AND coalesce(has_link, has_contact) IS NOT NULL)::int AS contact_known,
        round(percentile_cont(0.5) WITHIN GROUP (ORDER BY interactions) FILTER (WHERE judged AND interactions IS NOT NULL))::int AS median_interactions
      FROM credited c GROUP BY c.channel_id
    ), duty AS MATERIALIZED (
      SELECT d.channel_id, d.unit_id, count(*)::int AS due, count(*) FILTER (WHERE d.answered_at <= d.due_at AND d.answered_at < ${end})::int AS on_time,
        count(*) FILTER (WHERE d.answered_at > d.due_at AND d.answered_at <= d.late_until AND d.answered_at < ${end})::int AS late
      FROM (SELECT DISTINCT unit_id FROM ch) asked JOIN reply_duty d ON d.unit_id = asked.unit_id
      WHERE d.due_at >= ${start} AND d.due_at < ${end} GROUP BY d.channel_id, d.unit_id
    ), unit_duty AS (
      SELECT unit_id, sum(due)::int AS due, sum(on_time)::int AS on_time, sum(late)::int AS late FROM duty GROUP BY unit_id
    )
    SELECT ch.id AS channel_id, ch.unit_id, ch.government_id, ch.is_primary, ch.score_class, ch.comments_open, ch.first_seen_day::text,
      coalesce(m.w0, 0) AS w0, coalesce(m.w1, 0) AS w1, coalesce(m.w2, 0) AS w2, coalesce(m.w3, 0) AS w3, coalesce(m.last_day, before.day)::text AS last_day, gone.day::text AS gone_day,
      coalesce(ud.due, cd.due, 0) AS due, coalesce(ud.on_time, cd.on_time, 0) AS on_time, coalesce(ud.late, cd.late, 0) AS late,
      coalesce(m.posts, 0) AS posts, coalesce(m.substantive, 0) AS substantive, coalesce(m.captions, 0) AS captions, coalesce(m.alt_yes, 0) AS alt_yes, coalesce(m.alt_known, 0) AS alt_known,
      coalesce(m.contact_yes, 0) AS contact_yes, coalesce(m.contact_known, 0) AS contact_known,
      (ch.followers > 0 AND (m.median_interactions IS NOT NULL OR coalesce(m.posts, 0) = 0)) IS TRUE AS readable,
      CASE WHEN ch.followers > 0 THEN round(m.median_interactions * 1000000.0 / ch.followers)::int END AS rate_ppm, b.median_ppm, ch.platform, ch.band,
      coalesce(ex.days, '{}') AS excused
    FROM ch
    LEFT JOIN made m ON m.channel_id = ch.id
    LEFT JOIN unit_duty ud ON ch.is_primary AND ud.unit_id = ch.unit_id
    LEFT JOIN duty cd ON NOT ch.is_primary AND cd.channel_id = ch.id AND cd.unit_id = ch.unit_id
    LEFT JOIN LATERAL (SELECT (r.published_at AT TIME ZONE ${zone})::date AS day FROM remote_post r
      WHERE m.last_day IS NULL AND r.channel_id = ch.id AND r.published_at < ${start} AND r.similar_own < ${credit.similarity} AND (r.removed_at IS NULL OR r.removed_at >= ${end})
      ORDER BY r.published_at DESC LIMIT 1) before ON true
    LEFT JOIN LATERAL (SELECT (r.published_at AT TIME ZONE ${zone})::date AS day FROM remote_post r
      WHERE m.last_day IS NULL AND before.day IS NULL AND r.channel_id = ch.id AND r.published_at < ${end} AND r.similar_own < ${credit.similarity}
      ORDER BY r.published_at LIMIT 1) gone ON true
    LEFT JOIN band_median b ON b.week = ${medianWeek}::date AND b.platform = ch.platform AND b.band = ch.band
    LEFT JOIN LATERAL (SELECT array_agg(DISTINCT d::date::text) AS days FROM excused_span x
      CROSS JOIN LATERAL generate_series(greatest(x.from_day, ${addDays(day, -longestSilence)}::date), least(x.to_day, ${day}::date), interval '1 day') d
      WHERE x.unit_id = ch.unit_id AND (x.channel_id IS NULL OR x.channel_id = ch.id) AND x.revoked_at IS NULL
        AND x.to_day >= ${addDays(day, -longestSilence)}::date AND x.from_day <= ${day}::date) ex ON true`);
  const calendars = await sharedCalendars(db, [...new Set(rows.map((r) => r.unit_id))]);
  const workdaysOf = weekly(firstDay, settings.windowWeeks);
  return rows.map((r) => ({
    channelId: r.channel_id,
    unitId: r.unit_id,
    governmentId: r.government_id,
    isPrimary: r.is_primary,
    facts: toFacts(r, day, firstDay, workdaysOf(calendars.get(r.unit_id)!), calendars.get(r.unit_id)!, settings.caps.dormant.afterDays),
  }));
}

/** The working days of each week of a window; units share calendars, so each is counted once. */
function weekly(firstDay: string, weeks: number): (calendar: WorkingCalendar) => number[] {
  const known = new Map<WorkingCalendar, number[]>();
  return (calendar) => {
    const counted =
      known.get(calendar) ??
      Array.from({ length: weeks }, (_, week) => workingDaysIn(addDays(firstDay, week * 7), addDays(firstDay, week * 7 + 6), calendar));
    known.set(calendar, counted);
    return counted;
  };
}

/**
 * Days since the last credited post, the excused not counted. An account whose posts are all gone is silent since the first of
 * them, and at least for `least` days: it stands no better than before it removed them, nor than one that never had a post.
 */
function silence({ last_day, gone_day }: Row, day: string, excused: ReadonlySet<string>, least: number): number | null {
  const since = (from: string) => daysBetween(from, day) - [...excused].filter((one) => one > from).length;
  if (last_day !== null) return since(last_day);
  return gone_day === null ? null : Math.max(least, since(gone_day));
}

function toFacts(
  r: Row,
  day: string,
  firstDay: string,
  workdays: readonly number[],
  calendar: WorkingCalendar,
  dormantAfter: number,
): ScoreFacts {
  const age = daysBetween(r.first_seen_day, day) + 1;
  const fullWeeks = Math.min(4, Math.floor(age / 7));
  const excused = new Set(r.excused);
  const weeks = [r.w0, r.w1, r.w2, r.w3].map((creditedHalves, week) => {
    const off = [...excused].filter((one) => Math.floor(daysBetween(firstDay, one) / 7) === week && workingDaysIn(one, one, calendar) > 0);
    return { creditedHalves, workdays: workdays[week]! - off.length, wholly: off.length > 0 && off.length === workdays[week] };
  });
  return {
    unitClass: r.score_class,
    isNew: age < 28,
    fullWeeks,
    weeks: weeks
      .slice(4 - fullWeeks)
      // With something credited in it, leaving it out could cost the unit: it stays, and one post is all it asks.
      .filter((week) => !week.wholly || week.creditedHalves > 0)
      .map(({ creditedHalves, workdays }) => ({ creditedHalves, workdays })),
    daysSinceLastPost: silence(r, day, excused, age < 28 ? dormantAfter : dormantAfter + 1),
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
      ...(r.rate_ppm !== null && r.median_ppm && r.band !== null
        ? { against: { platform: r.platform, band: r.band, medianPpm: r.median_ppm, ratePpm: r.rate_ppm } }
        : {}),
    },
  };
}
