import { type Actor, inScope } from "../core/access.ts";
import { db, Prisma } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { lastRun } from "./regions.ts";
import type { Level, ScoreFacts, ScoreResult } from "./rules.ts";
import type { ScoreSettings, UnitClass } from "./settings.ts";
import { connectedOn, known, on, standing } from "./standing.ts";

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

/** Later than any snapshot. */
const latest = "9999-12-31";

/** What stood on a day as the score of a unit, or of one account of it that was connected then. */
async function snapshotOf(unitId: string, day: string, account: string | undefined) {
  const [found] = await db.$queryRaw<{ id: string }[]>(
    account
      ? Prisma.sql`SELECT s.id FROM unit u JOIN channel c ON c.id = ${account}::uuid AND ${connectedOn(on(day), Prisma.sql`c`)} AND ${known(Prisma.sql`c`)}
          JOIN score_snapshot s ON s.channel_id = c.id AND s.unit_id = u.id AND s.day <= ${on(day)} WHERE u.id = ${unitId}::uuid ORDER BY s.day DESC, s.version DESC LIMIT 1`
      : Prisma.sql`SELECT s.id FROM unit u CROSS JOIN LATERAL (${standing(on(day))}) s WHERE u.id = ${unitId}::uuid`,
  );
  if (!found) return null;
  return db.scoreSnapshot.findUnique({
    where: { id: found.id },
    include: { channel: { select: { id: true, platform: true, handle: true, followers: true } } },
  });
}

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

/** The primary account of a unit of which nothing is known, so that it has no score: kept by hand, no post recorded. */
export async function untoldAccount(unitId: string): Promise<string | null> {
  const [found] = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT c.id FROM channel c WHERE c.unit_id = ${unitId}::uuid AND c.is_primary AND c.state <> 'disconnected' AND NOT ${known(Prisma.sql`c`)} LIMIT 1`);
  return found?.id ?? null;
}

/** The score of a unit, or of one of its accounts, with what explains it, as it stood on a day; null while there is none. */
export async function scoreCard(
  actor: Actor,
  unitCode: string,
  { day, account }: Asked = {},
): Promise<{ unit: ScoredUnit; card: ScoreCard | null }> {
  const unit = await scoredUnit(actor, unitCode);
  const [snapshot, run] = await Promise.all([snapshotOf(unit.id, day ?? latest, account), lastRun(unit.zone, unit.governmentId)]);
  if (!snapshot) return { unit, card: null };
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
      account: { ...snapshot.channel, isPrimary: snapshot.isPrimary },
    },
  };
}
