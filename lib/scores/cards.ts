import { type Actor, inScope } from "../core/access.ts";
import { db, Prisma } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { addDays } from "../units/calendar.ts";
import { lastRun } from "./regions.ts";
import type { Level, ScoreFacts, ScoreResult } from "./rules.ts";
import type { ScoreSettings, UnitClass } from "./settings.ts";
import { on, standing } from "./standing.ts";

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
    lastRun(unit.zone, unit.governmentId),
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
    SELECT u.id, s.score_tenths AS tenths FROM unit u JOIN LATERAL (${standing(on(day))}) s ON true
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
