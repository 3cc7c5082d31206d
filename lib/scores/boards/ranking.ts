/** What a leaderboard says beyond its rows: places, movements between levels, and who is nearest to the next one. Pure. */
import { type NextStep, nextLevel } from "../next-level.ts";
import { type Level, levels, type ScoreFacts, type ScoreResult } from "../rules.ts";
import type { ScoreSettings, UnitClass } from "../settings.ts";
import type { Tally } from "./tallies.ts";

type Before = { score: number; level: Level } | null;
export type Ranked = { scoreClass: UnitClass; score: number | null; level: Level | null; excluded: string | null };
export type Scored = { facts: ScoreFacts; result: ScoreResult; settings: ScoreSettings };

/** Places within each class; scores that are equal as printed share one, those left out have none and take none away. */
export function places<R extends Ranked>(rows: readonly R[]): Map<R, number> {
  const ranked = rows.filter((row) => row.score !== null && row.excluded === null);
  return new Map(
    ranked.map((row) => [row, ranked.filter((other) => other.scoreClass === row.scoreClass && other.score! > row.score!).length + 1]),
  );
}

/** How many of some units stand on each level. */
export const tallyOf = (rows: readonly Ranked[]): Tally => {
  const count = (level: Level) => rows.filter((row) => row.level === level).length;
  const byLevel = Object.fromEntries(levels.map((level) => [level, count(level)])) as Record<Level, number>;
  return { ...byLevel, units: rows.length, scored: rows.filter((row) => row.level !== null).length };
};

/** Places by share as printed, to a tenth of a percent; equal ones share a place, the unknown have none. Rows come in order. */
export function placesByShare<R extends Tally>(rows: readonly R[]): Map<R, number> {
  const printed = (row: R) => Math.round(((row.active + row.very_active) * 1000) / row.units);
  const known = rows.filter((row) => row.scored > 0);
  return new Map(known.map((row) => [row, known.filter((other) => printed(other) > printed(row)).length + 1]));
}

/** The change of a score since another day, to one decimal; null when either is missing. */
export const changeOf = (score: number | null, before: number | null | undefined) =>
  score === null || before == null ? null : Math.round((score - before) * 10) / 10;

/** Who stands on a higher and who on a lower level than before, the largest steps first. */
export function movements<R extends Ranked>(rows: readonly R[], before: (row: R) => Before): { up: R[]; down: R[] } {
  const step = (row: R) => {
    const then = before(row);
    return row.level && then ? levels.indexOf(row.level) - levels.indexOf(then.level) : 0;
  };
  const change = (row: R) => changeOf(row.score, before(row)?.score) ?? 0;
  const by = (sign: number) =>
    rows.filter((row) => step(row) * sign > 0).sort((x, y) => sign * (step(y) - step(x)) || sign * (change(y) - change(x)));
  return { up: by(1), down: by(-1) };
}

/** The unit that misses the fewest points of one component to its next level; units that are silent need a post, not points. */
export function nearest<R extends Scored>(rows: readonly R[]): { row: R; step: NextStep } | null {
  const near = rows.flatMap((row) => {
    const step = nextLevel(row.facts, row.settings);
    if (!step || step.action === "post") return [];
    return [{ row, step, missing: (step.needed - step.current) * row.result.components[step.component].weight }];
  });
  const [first] = near.sort((x, y) => x.missing - y.missing);
  return first ? { row: first.row, step: first.step } : null;
}
