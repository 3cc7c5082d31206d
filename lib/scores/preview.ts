import { type Actor, inScope } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { canonical } from "../core/crypto.ts";
import { db, Prisma } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { localDay, zoneOf } from "../units/calendar.ts";
import { type Level, levels, type ScoreFacts, score } from "./rules.ts";
import type { ScoreSettings } from "./settings.ts";
import { settingsOfUnit } from "./settings-in-force.ts";
import { on, standing } from "./standing.ts";

type Standing = { score: number; level: Level };
export type PreviewChange = { unitId: string; code: string; shortName: string; governmentName: string; before: Standing; after: Standing };
export type SettingsPreview = {
  /** Units looked at, of those that the settings would count for; unequal when there are very many. */
  looked: number;
  of: number;
  before: Record<Level, number>;
  after: Record<Level, number>;
  /** Units that would stand on another level, the largest change of score first; at most 200. */
  changes: PreviewChange[];
  moreChanges: number;
  /** Which posts count would change too: that is not in these figures, posts are counted anew only by the next computation. */
  countsOtherwise: boolean;
};

const PAGE = 1_000;
const MOST_UNITS = 10_000;
const MOST_CHANGES = 200;

type Row = { id: string; code: string; shortName: string; governmentName: string; facts: ScoreFacts; level: Level; tenths: number };

/**
 * What would change if `payload` stood in force at a unit now: the latest stored facts of all it would count for, scored anew.
 * Units with settings nearer to them are not concerned. Foreign units answer like unknown ones.
 */
export async function previewSettings(actor: Actor, unitId: string, payload: ScoreSettings): Promise<SettingsPreview> {
  const unit = await db.unit.findFirst({
    where: { AND: [{ id: unitId }, inScope(actor, "score.read", "id")] },
    select: { id: true, zone: true },
  });
  if (!unit) throw new Refusal("not-found");
  const today = localDay(now(), zoneOf(unit.zone));
  const none = () => Object.fromEntries(levels.map((level) => [level, 0])) as Record<Level, number>;
  const [before, after, changes] = [none(), none(), [] as PreviewChange[]];
  let looked = 0;
  for (let last: string | null = null; looked < MOST_UNITS; ) {
    const rows: Row[] = await concerned(unit.id, today, last);
    for (const { facts, level, tenths, id, ...named } of rows) {
      const result = score(facts, payload);
      before[level] += 1;
      after[result.level] += 1;
      if (result.level !== level)
        changes.push({ unitId: id, ...named, before: { score: tenths / 10, level }, after: { score: result.score, level: result.level } });
    }
    looked += rows.length;
    if (rows.length < PAGE) break;
    last = rows.at(-1)!.id;
  }
  changes.sort((x, y) => Math.abs(y.after.score - y.before.score) - Math.abs(x.after.score - x.before.score));
  const { settings } = await settingsOfUnit(unit.id, today);
  return {
    looked,
    of: looked < MOST_UNITS ? looked : await countConcerned(unit.id, today),
    before,
    after,
    changes: changes.slice(0, MOST_CHANGES),
    moreChanges: Math.max(0, changes.length - MOST_CHANGES),
    countsOtherwise: canonical(settings.credit) !== canonical(payload.credit) || settings.windowWeeks !== payload.windowWeeks,
  };
}

/** Units under `unitId` that have no settings nearer to them than those that would stand there. */
const under = (unitId: string, day: string) => Prisma.sql`
  FROM unit_closure c JOIN unit u ON u.id = c.unit_id JOIN unit g ON g.id = u.government_id JOIN LATERAL (${standing(on(day))}) s ON true
  WHERE c.ancestor_id = ${unitId}::uuid AND u.active AND u.score_class IS NOT NULL
    AND NOT EXISTS (SELECT FROM unit_closure n JOIN settings_version v ON v.unit_id = n.ancestor_id AND v.kind = 'score' AND v.valid_from <= ${on(day)}
      WHERE n.unit_id = u.id AND n.depth < c.depth)`;

const concerned = (unitId: string, day: string, after: string | null) =>
  db.$queryRaw<Row[]>(Prisma.sql`
    SELECT u.id, u.code, u.short_name AS "shortName", g.name AS "governmentName", s.facts, s.level, s.score_tenths AS tenths
    ${under(unitId, day)} ${after ? Prisma.sql`AND u.id > ${after}::uuid` : Prisma.empty} ORDER BY u.id LIMIT ${PAGE}`);

async function countConcerned(unitId: string, day: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>(Prisma.sql`SELECT count(*)::int AS count ${under(unitId, day)}`);
  return row!.count;
}
