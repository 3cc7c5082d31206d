/** What a leaderboard says beyond its rows: places, movements between levels, and who is nearest to the next one. Pure. */
import { type NextStep, nextLevel } from "../next-level.ts";
import { type Level, levels, type ScoreFacts, type ScoreResult } from "../rules.ts";
import type { ScoreSettings, UnitClass } from "../settings.ts";

export type Ranked = {
  scoreClass: UnitClass;
  score: number | null;
  isNew: boolean;
  level: Level | null;
  before: number | null;
  levelBefore: Level | null;
};
export type Scored = { facts: ScoreFacts; result: ScoreResult; settings: ScoreSettings };

/** Places within each class; equal scores share one, new accounts and units without a score have none. */
export function places<R extends Ranked>(rows: readonly R[]): Map<R, number> {
  const ranked = rows.filter((row) => row.score !== null && !row.isNew);
  return new Map(
    ranked.map((row) => [row, ranked.filter((other) => other.scoreClass === row.scoreClass && other.score! > row.score!).length + 1]),
  );
}

/** The change of a score since a week before, to one decimal; null when either is missing. */
export const changeOf = ({ score, before }: Pick<Ranked, "score" | "before">) =>
  score === null || before === null ? null : Math.round((score - before) * 10) / 10;

/** Who stands on a higher and who on a lower level than a week before, the largest steps first. */
export function movements<R extends Ranked>(rows: readonly R[]): { up: R[]; down: R[] } {
  const step = (row: R) => (row.level && row.levelBefore ? levels.indexOf(row.level) - levels.indexOf(row.levelBefore) : 0);
  const by = (sign: number) =>
    rows
      .filter((row) => step(row) * sign > 0)
      .sort((x, y) => sign * (step(y) - step(x)) || sign * ((changeOf(y) ?? 0) - (changeOf(x) ?? 0)));
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
