import type { Actor } from "../core/access.ts";
import { db, Prisma } from "../core/db.ts";
import { addDays, type WorkingCalendar } from "../units/calendar.ts";
import { calendarOfUnit } from "../units/hours-settings.ts";
import { type Asked, type ScoreCard, type ScoredUnit, scoreCard } from "./cards.ts";
import type { Group } from "./regions.ts";
import { type ComponentKey, componentKeys, type Level } from "./rules.ts";
import { settingsOfUnit } from "./settings-in-force.ts";
import { known, membersOn, on, ranked, standing } from "./standing.ts";

export type WeekOfScore = { day: string; score: number; components: Record<ComponentKey, number | null> };
export type SettingsOrigin = { since: string; unitName: string; number: number };
export type OtherAccount = { id: string; platform: string; handle: string; score: number | null; level: Level | null };
export type ScoreVersion = { id: string; version: number; score: number; level: Level; computedAt: Date };
export type ExcusedDays = {
  id: string;
  fromDay: string;
  toDay: string;
  cause: string;
  evidence: string;
  /** Null: of every account. */
  channelId: string | null;
};

/** A score with its place among its like, its past and what was said of it. */
export type ReportCard = ScoreCard & {
  /** Which settings were in force; null for those that the product ships with. */
  origin: SettingsOrigin | null;
  before: number | null;
  /** Only of the unit's primary account: no other is ranked. */
  rank: { place: number; of: number; best: number; median: number } | null;
  history: WeekOfScore[];
  others: OtherAccount[];
  /** All that was ever computed for the day on which it was written, the newest first. */
  versions: ScoreVersion[];
  excused: ExcusedDays[];
};

/** A score card with its rank, the age of its settings and its last `weeks` weeks. */
export async function reportCard(
  actor: Actor,
  unitCode: string,
  asked: Asked = {},
  weeks = 26,
): Promise<{ unit: ScoredUnit; card: ReportCard | null }> {
  const { unit, card } = await scoreCard(actor, unitCode, asked);
  if (!card) return { unit, card };
  const { account, day } = card;
  const [history, rank, origin, others, versions, excused] = await Promise.all([
    historyOf(account.id, day, weeks),
    account.isPrimary ? rankOf(unit, day) : null,
    originOf(unit.id, card.written),
    otherAccounts(unit.id, account.id, day),
    versionsOf(account.id, card.written),
    excusedOf(unit.id, account.id, addDays(day, 1 - card.settings.windowWeeks * 7), day),
  ]);
  const before = history.find((week) => week.day === addDays(day, -7))?.score ?? null;
  return { unit, card: { ...card, origin, before, rank, history, others, versions, excused } };
}

/** The settings that were in force on a day, with their number among those of the same unit. */
async function originOf(unitId: string, day: string): Promise<SettingsOrigin | null> {
  const { id, since, unitId: of } = await settingsOfUnit(unitId, day);
  if (!id || !since || !of) return null;
  const [unit, number] = await Promise.all([
    db.unit.findUniqueOrThrow({ where: { id: of }, select: { shortName: true } }),
    db.settingsVersion.count({ where: { kind: "score", unitId: of, validFrom: { lte: new Date(`${since}T00:00:00Z`) } } }),
  ]);
  return { since, unitName: unit.shortName, number };
}

/** Its place among the units of its class and kind in its government; equal scores share a place. */
async function rankOf(unit: ScoredUnit, day: string): Promise<NonNullable<ReportCard["rank"]>> {
  const rows = await db.$queryRaw<{ id: string; tenths: number }[]>(Prisma.sql`
    SELECT u.id, s.score_tenths AS tenths FROM (${membersOn(unit.governmentId, unit.kind as Group, on(day))}) u JOIN LATERAL (${standing(on(day))}) s ON true
    WHERE u.score_class = ${unit.scoreClass} AND ${ranked} ORDER BY s.score_tenths DESC`);
  const own = rows.find((r) => r.id === unit.id)?.tenths ?? 0;
  const middle = rows.length ? (rows[Math.floor((rows.length - 1) / 2)]!.tenths + rows[Math.ceil((rows.length - 1) / 2)]!.tenths) / 2 : own;
  return {
    place: rows.filter((r) => r.tenths > own).length + 1,
    of: rows.length,
    best: (rows[0]?.tenths ?? own) / 10,
    median: Math.round(middle) / 10,
  };
}

type RawWeek = { day: string; tenths: number; values: (number | null)[] };

/** Its scores and the values of their components, of the same weekday week by week, oldest first. */
async function historyOf(channelId: string, day: string, weeks: number): Promise<WeekOfScore[]> {
  const rows = await db.$queryRaw<RawWeek[]>(Prisma.sql`
    SELECT d.day::text AS day, s.score_tenths AS tenths, ARRAY(SELECT (s.result->'components'->k.key->>'value')::float8 FROM unnest(${[...componentKeys]}::text[]) WITH ORDINALITY AS k(key, place) ORDER BY k.place) AS values
    FROM generate_series(0, ${weeks}::int) AS n(n) CROSS JOIN LATERAL (SELECT (${day}::date - n.n * 7) AS day) d
    JOIN LATERAL (SELECT s.score_tenths, s.result FROM score_snapshot s WHERE s.channel_id = ${channelId}::uuid AND s.day <= d.day ORDER BY s.day DESC, s.version DESC LIMIT 1) s ON true ORDER BY d.day`);
  return rows.map(({ day: on, tenths, values }) => ({
    day: on,
    score: tenths / 10,
    components: Object.fromEntries(componentKeys.map((key, place) => [key, values[place] ?? null])) as WeekOfScore["components"],
  }));
}

async function otherAccounts(unitId: string, channelId: string, day: string): Promise<OtherAccount[]> {
  return db.$queryRaw<OtherAccount[]>(Prisma.sql`
    SELECT c.id, c.platform, c.handle, (s.score_tenths / 10.0)::float8 AS score, s.level FROM channel c
    LEFT JOIN LATERAL (SELECT score_tenths, level FROM score_snapshot s WHERE s.channel_id = c.id AND s.day <= ${day}::date ORDER BY s.day DESC, s.version DESC LIMIT 1) s ON ${known(Prisma.sql`c`)}
    WHERE c.unit_id = ${unitId}::uuid AND c.id <> ${channelId}::uuid AND c.state <> 'disconnected' ORDER BY c.is_primary DESC, s.score_tenths DESC NULLS LAST, c.handle LIMIT 50`);
}

async function versionsOf(channelId: string, day: string): Promise<ScoreVersion[]> {
  const rows = await db.scoreSnapshot.findMany({
    where: { channelId, day: new Date(`${day}T00:00:00Z`) },
    select: { id: true, version: true, scoreTenths: true, level: true, computedAt: true },
    orderBy: { version: "desc" },
    take: 20,
  });
  return rows.map(({ scoreTenths, ...row }) => ({ ...row, level: row.level as Level, score: scoreTenths / 10 }));
}

/** Days of a window that stand as excused for an account. */
export async function excusedOf(unitId: string, channelId: string, from: string, to: string): Promise<ExcusedDays[]> {
  return db.$queryRaw<ExcusedDays[]>(Prisma.sql`
    SELECT id, from_day::text AS "fromDay", to_day::text AS "toDay", cause, evidence, channel_id AS "channelId" FROM excused_span
    WHERE unit_id = ${unitId}::uuid AND (channel_id IS NULL OR channel_id = ${channelId}::uuid) AND revoked_at IS NULL AND to_day >= ${from}::date AND from_day <= ${to}::date
    ORDER BY from_day LIMIT 50`);
}

/** The calendar by which a unit's weeks are counted. */
export const workingCalendar = (unitId: string): Promise<WorkingCalendar> => calendarOfUnit(db, unitId);
