import { type Actor, inScope } from "../core/access.ts";
import { db } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { lastRun } from "./regions.ts";
import type { Level, ScoreFacts, ScoreResult } from "./rules.ts";
import type { ScoreSettings, UnitClass } from "./settings.ts";

export type ScoredUnit = {
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

export type ScoreCard = {
  unit: ScoredUnit;
  snapshotId: string;
  /** The last day of the window: of the last run, also when that run found the score unchanged. */
  day: string;
  /** The day for which it was last written; what stands on `day` has not changed since. */
  written: string;
  score: number;
  level: Level;
  result: ScoreResult;
  facts: ScoreFacts;
  settings: ScoreSettings;
  formula: string;
  computedAt: Date;
  version: number;
  account: { id: string; platform: string; handle: string; followers: number | null; isPrimary: boolean };
};

/** What is asked for: by default the primary account's latest score. */
export type Asked = { day?: string | undefined; account?: string | undefined };

const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);

/** A unit that is scored, within the reach of the actor. Foreign units answer like unknown ones. */
export async function scoredUnit(actor: Actor, code: string): Promise<ScoredUnit> {
  const found = await db.unit.findFirst({
    where: { AND: [{ code }, inScope(actor, "score.read", "id")] },
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
  return { ...rest, scoreClass: found.scoreClass as UnitClass, governmentName: government.name };
}

/** The score of a unit, or of one of its accounts, with what explains it, as it stood on a day; null while there is none. */
export async function scoreCard(
  actor: Actor,
  unitCode: string,
  { day, account }: Asked = {},
): Promise<{ unit: ScoredUnit; card: ScoreCard | null }> {
  const unit = await scoredUnit(actor, unitCode);
  const connected = { unitId: unit.id, state: { not: "disconnected" }, ...(account ? { id: account } : { isPrimary: true }) };
  const [snapshot, connections, run] = await Promise.all([
    db.scoreSnapshot.findFirst({
      where: {
        unitId: unit.id,
        ...(account ? { channelId: account } : { isPrimary: true }),
        ...(day ? { day: { lte: dateOf(day) } } : {}),
      },
      orderBy: [{ day: "desc" }, { version: "desc" }],
      include: { channel: { select: { id: true, platform: true, handle: true, followers: true, isPrimary: true } } },
    }),
    db.channel.count({ where: connected }),
    lastRun(unit.zone, unit.governmentId),
  ]);
  if (!snapshot || !connections) return { unit, card: null };
  const written = snapshot.day.toISOString().slice(0, 10);
  const last = run !== null && run.day > written ? run.day : written;
  const shown = day && day < last ? day : last;
  return {
    unit,
    card: {
      unit,
      snapshotId: snapshot.id,
      day: shown,
      written,
      score: snapshot.scoreTenths / 10,
      level: snapshot.level as Level,
      result: snapshot.result as unknown as ScoreResult,
      facts: snapshot.facts as unknown as ScoreFacts,
      settings: snapshot.settings as unknown as ScoreSettings,
      formula: snapshot.formula,
      computedAt: run && shown === run.day && shown > written ? run.at : snapshot.computedAt,
      version: snapshot.version,
      account: snapshot.channel,
    },
  };
}
