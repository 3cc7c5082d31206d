import { type Actor, inScope, scopeSql } from "../core/access.ts";
import { db, Prisma } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { addDays } from "../units/calendar.ts";
import type { Level, ScoreFacts, ScoreResult } from "./rules.ts";
import type { ScoreSettings, UnitClass } from "./settings.ts";

export const groups = ["agency", "district"] as const;
/** OPD and kecamatan are ranked apart. */
export type Group = (typeof groups)[number];

export type LeaderRow = {
  unitId: string;
  code: string;
  shortName: string;
  name: string;
  scoreClass: UnitClass;
  level: Level | null;
  score: number | null;
  isNew: boolean;
  before: number | null;
  levelBefore: Level | null;
  result: ScoreResult | null;
  facts: ScoreFacts | null;
  settings: ScoreSettings | null;
};

type RawRow = Omit<LeaderRow, "score" | "before"> & { scoreTenths: number | null; beforeTenths: number | null };

/** The snapshot of unit `u` that stood on a day. A unit whose account was disconnected has none, also of the past. */
const latest = (day: Prisma.Sql) => Prisma.sql`
  SELECT s.* FROM score_snapshot s WHERE s.unit_id = u.id AND s.is_primary AND s.day <= ${day}
    AND EXISTS (SELECT FROM channel c WHERE c.unit_id = u.id AND c.is_primary AND c.state <> 'disconnected')
  ORDER BY s.day DESC, s.version DESC LIMIT 1`;
const on = (day: string) => Prisma.sql`${day}::date`;

/** Every unit of a government in a group with its score of `day` and of a week before. Units without an account have none. */
export async function leaderboard(actor: Actor, governmentId: string, group: Group, day: string): Promise<LeaderRow[]> {
  const rows = await db.$queryRaw<RawRow[]>(Prisma.sql`
    SELECT u.id AS "unitId", u.code, u.short_name AS "shortName", u.name, u.score_class AS "scoreClass", s.level, s.score_tenths AS "scoreTenths", coalesce(s.is_new, false) AS "isNew",
      b.score_tenths AS "beforeTenths", b.level AS "levelBefore", s.result, s.facts, s.settings
    FROM unit u LEFT JOIN LATERAL (${latest(on(day))}) s ON true LEFT JOIN LATERAL (${latest(on(addDays(day, -7)))}) b ON true
    WHERE u.government_id = ${governmentId}::uuid AND u.kind = ${group} AND u.active AND u.score_class IS NOT NULL AND ${unitScope(actor)}
    ORDER BY u.score_class, s.score_tenths DESC NULLS LAST, u.short_name LIMIT 500`);
  return rows.map(({ scoreTenths, beforeTenths, ...r }) => ({
    ...r,
    score: scoreTenths === null ? null : scoreTenths / 10,
    before: beforeTenths === null ? null : beforeTenths / 10,
  }));
}

const unitScope = (actor: Actor) =>
  Prisma.sql`EXISTS (SELECT FROM (SELECT u.id AS unit_id, u.government_id) here WHERE ${scopeSql(actor, "score.read", "here")})`;

export type Trend = { day: string; active: number; all: number }[];

/** How many units were active, week by week, up to `day`. */
export async function activeTrend(actor: Actor, governmentId: string, group: Group, day: string, weeks: number): Promise<Trend> {
  const rows = await db.$queryRaw<{ day: string; active: bigint; all: bigint }[]>(Prisma.sql`
    SELECT d.day::text AS day, count(*) FILTER (WHERE s.level IN ('active', 'very_active')) AS active, count(s.level) AS all
    FROM generate_series(0, ${weeks}::int) AS n(n) CROSS JOIN LATERAL (SELECT (${day}::date - n.n * 7) AS day) d
    JOIN unit u ON u.government_id = ${governmentId}::uuid AND u.kind = ${group} AND u.active AND u.score_class IS NOT NULL
    LEFT JOIN LATERAL (${latest(Prisma.sql`d.day`)}) s ON true
    WHERE ${unitScope(actor)} GROUP BY d.day ORDER BY d.day`);
  return rows.filter((r) => r.all > 0n).map((r) => ({ day: r.day, active: Number(r.active), all: Number(r.all) }));
}

export type GovernmentRow = { code: string; name: string; active: number; units: number; scored: number; activeBefore: number };

/** Governments in reach whose agencies have scores, the most active share first: at most `limit`, and how many there are. */
export async function governmentsByActivity(
  actor: Actor,
  day: string,
  like: string,
  limit = 100,
): Promise<{ rows: GovernmentRow[]; all: number }> {
  const found = await db.$queryRaw<(GovernmentRow & { all: number })[]>(Prisma.sql`
    SELECT g.code, g.name, count(*) FILTER (WHERE s.level IN ('active', 'very_active'))::int AS active, count(*)::int AS units, count(s.level)::int AS scored,
      count(*) FILTER (WHERE b.level IN ('active', 'very_active'))::int AS "activeBefore", (count(*) OVER ())::int AS all
    FROM unit u JOIN unit g ON g.id = u.government_id LEFT JOIN LATERAL (${latest(on(day))}) s ON true LEFT JOIN LATERAL (${latest(on(addDays(day, -7)))}) b ON true
    WHERE u.kind = 'agency' AND u.active AND u.score_class IS NOT NULL AND g.active AND strpos(lower(g.name), lower(${like})) > 0 AND ${unitScope(actor)}
    GROUP BY g.id HAVING count(s.level) > 0
    ORDER BY count(*) FILTER (WHERE s.level IN ('active', 'very_active'))::float8 / count(*) DESC, g.name LIMIT ${limit}`);
  return { rows: found.map(({ all: _, ...row }) => row), all: found[0]?.all ?? 0 };
}

export type Region = { id: string; code: string; name: string; kind: string; zone: string };

/** The government or ministry whose whole leaderboard an actor may read, by id or code; null when his reach ends at single units. */
export async function regionInReach(actor: Actor, which: { id: string } | { code: string }): Promise<Region | null> {
  const beyondUnits = { ...actor, authorities: actor.authorities.filter((a) => a.reach !== "own") };
  return db.unit.findFirst({
    where: { AND: [which, { kind: { notIn: ["component", ...groups] } }, inScope(beyondUnits, "score.read", "id")] },
    select: { id: true, code: true, name: true, kind: true, zone: true },
  });
}

export type ScoreCard = {
  unit: {
    id: string;
    code: string;
    name: string;
    shortName: string;
    scoreClass: UnitClass;
    kind: string;
    governmentId: string;
    governmentName: string;
    zone: string;
  };
  /** The last day of the window: of the last run, also when that run found the score unchanged. */
  day: string;
  score: number;
  level: Level;
  result: ScoreResult;
  facts: ScoreFacts;
  settings: ScoreSettings;
  formula: string;
  computedAt: Date;
  version: number;
  account: { platform: string; handle: string; followers: number | null };
};

/** A score with its place among its like and its past. */
export type ReportCard = ScoreCard & {
  /** Since when the settings are in force; null for those that the product ships with. */
  settingsSince: string | null;
  before: number | null;
  rank: { place: number; of: number; best: number; median: number };
  history: { day: string; score: number }[];
};

/** The latest score of a unit with what explains it, or null while it has none. Foreign units answer like unknown ones. */
export async function scoreCard(actor: Actor, unitCode: string): Promise<{ unit: ScoreCard["unit"]; card: ScoreCard | null }> {
  const found = await db.unit.findFirst({
    where: { AND: [{ code: unitCode }, inScope(actor, "score.read", "id")] },
    select: {
      id: true,
      code: true,
      name: true,
      shortName: true,
      scoreClass: true,
      kind: true,
      governmentId: true,
      zone: true,
      government: { select: { name: true } },
    },
  });
  if (!found?.scoreClass) throw new Refusal("not-found");
  const { government, ...rest } = found;
  const unit = { ...rest, scoreClass: found.scoreClass as UnitClass, governmentName: government.name };
  const connected = { unitId: unit.id, isPrimary: true, state: { not: "disconnected" } };
  const [snapshot, connections, run] = await Promise.all([
    db.scoreSnapshot.findFirst({
      where: { unitId: unit.id, isPrimary: true },
      orderBy: [{ day: "desc" }, { version: "desc" }],
      include: { channel: { select: { platform: true, handle: true, followers: true } } },
    }),
    db.channel.count({ where: connected }),
    lastRun(unit.zone),
  ]);
  if (!snapshot || !connections) return { unit, card: null };
  const written = snapshot.day.toISOString().slice(0, 10);
  const confirmed = run !== null && run.day > written;
  const day = confirmed ? run.day : written;
  return {
    unit,
    card: {
      unit,
      day,
      score: snapshot.scoreTenths / 10,
      level: snapshot.level as Level,
      result: snapshot.result as unknown as ScoreResult,
      facts: snapshot.facts as unknown as ScoreFacts,
      settings: snapshot.settings as unknown as ScoreSettings,
      formula: snapshot.formula,
      computedAt: confirmed ? run.at : snapshot.computedAt,
      version: snapshot.version,
      account: snapshot.channel,
    },
  };
}

/** The same with its rank, its settings' age and its last `weeks` weeks. */
export async function reportCard(
  actor: Actor,
  unitCode: string,
  weeks = 26,
): Promise<{ unit: ScoreCard["unit"]; card: ReportCard | null }> {
  const { unit, card } = await scoreCard(actor, unitCode);
  if (!card) return { unit, card };
  const [before, rank, history, since] = await Promise.all([
    scoreOn(unit.id, addDays(card.day, -7)),
    rankOf(unit, card.day),
    historyOf(unit.id, card.day, weeks),
    settingsSince(card.day),
  ]);
  return { unit, card: { ...card, before, rank, history, settingsSince: since } };
}

async function settingsSince(day: string): Promise<string | null> {
  const row = await db.settingsVersion.findFirst({
    where: { kind: "score", validFrom: { lte: new Date(day) } },
    orderBy: [{ validFrom: "desc" }, { createdAt: "desc" }],
    select: { validFrom: true },
  });
  return row ? row.validFrom.toISOString().slice(0, 10) : null;
}

async function scoreOn(unitId: string, day: string): Promise<number | null> {
  const row = await db.scoreSnapshot.findFirst({
    where: { unitId, isPrimary: true, day: { lte: new Date(day) } },
    orderBy: [{ day: "desc" }, { version: "desc" }],
    select: { scoreTenths: true },
  });
  return row ? row.scoreTenths / 10 : null;
}

/** Its place among the units of its class and kind in its government; equal scores share a place. */
async function rankOf(unit: ReportCard["unit"], day: string): Promise<ReportCard["rank"]> {
  const rows = await db.$queryRaw<{ id: string; tenths: number }[]>(Prisma.sql`
    SELECT u.id, s.score_tenths AS tenths FROM unit u JOIN LATERAL (${latest(on(day))}) s ON true
    WHERE u.government_id = ${unit.governmentId}::uuid AND u.kind = ${unit.kind} AND u.score_class = ${unit.scoreClass} AND u.active AND NOT s.is_new ORDER BY s.score_tenths DESC`);
  const own = rows.find((r) => r.id === unit.id)?.tenths ?? 0;
  const middle = rows.length ? (rows[Math.floor((rows.length - 1) / 2)]!.tenths + rows[Math.ceil((rows.length - 1) / 2)]!.tenths) / 2 : own;
  return {
    place: rows.filter((r) => r.tenths > own).length + 1,
    of: rows.length,
    best: (rows[0]?.tenths ?? own) / 10,
    median: Math.round(middle) / 10,
  };
}

async function historyOf(unitId: string, day: string, weeks: number) {
  const rows = await db.$queryRaw<{ day: string; tenths: number }[]>(Prisma.sql`
    SELECT d.day::text AS day, s.score_tenths AS tenths FROM generate_series(0, ${weeks}::int) AS n(n) CROSS JOIN LATERAL (SELECT (${day}::date - n.n * 7) AS day) d
    JOIN LATERAL (SELECT s.score_tenths FROM score_snapshot s WHERE s.unit_id = ${unitId}::uuid AND s.is_primary AND s.day <= d.day ORDER BY s.day DESC, s.version DESC LIMIT 1) s ON true ORDER BY d.day`);
  return rows.map((r) => ({ day: r.day, score: r.tenths / 10 }));
}

/** When the scores of a government were last computed, and for which day. */
export async function lastRun(zone: string): Promise<{ day: string; at: Date } | null> {
  const run = await db.scoreRun.findFirst({
    where: { zone, finishedAt: { not: null } },
    orderBy: [{ day: "desc" }, { startedAt: "desc" }],
    select: { day: true, finishedAt: true },
  });
  return run?.finishedAt ? { day: run.day.toISOString().slice(0, 10), at: run.finishedAt } : null;
}
