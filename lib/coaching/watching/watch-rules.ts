/** When an account's silence becomes a spell, who is told of it, and when it is over. Pure. */

import type { Level } from "../../scores/rules.ts";
import { isAbove, isLow, type LowLevel } from "../rules.ts";

/** How far people were told: seven days before the account falls to Dorman, three days before, and that it has fallen. */
export const stages = ["none", "week", "days", "fallen"] as const;
export type Stage = (typeof stages)[number];
const rank = (stage: Stage) => stages.indexOf(stage);

export type Standing = {
  level: Level;
  /** Null when no credited post was ever seen. */
  daysSinceLastPost: number | null;
  /** An account is Dorman after more than so many silent days. */
  dormantAfterDays: number;
};
export type Spell = { deepest: LowLevel | null; stage: Stage };
export type Step =
  | { kind: "end" }
  | {
      kind: "begin" | "keep";
      deepest: LowLevel | null;
      stage: Stage;
      /** What people have to be told now. */
      tell: Exclude<Stage, "none"> | null;
      /** A case is called for. */
      low: boolean;
    };

/** The first day on which the next stage is reached, counted in days that are left before the account is Dorman. */
const WEEK_LEFT = 7;
const DAYS_LEFT = 3;

/** Days left until an account is Dorman; at most 0 when it is. Null when that cannot be counted. */
export const daysLeft = ({ daysSinceLastPost, dormantAfterDays }: Standing): number | null =>
  daysSinceLastPost === null ? null : dormantAfterDays + 1 - daysSinceLastPost;

function stageOf(standing: Standing): Stage {
  const left = daysLeft(standing);
  if (left === null) return standing.level === "dormant" || standing.level === "dead" ? "fallen" : "none";
  return left <= 0 ? "fallen" : left <= DAYS_LEFT ? "days" : left <= WEEK_LEFT ? "week" : "none";
}

/**
 * What a day's standing makes of a unit's spell (null: it has none). Nothing when all is well. Each stage is told once, until
 * the account posts again; a stage that was passed unseen is not told afterwards.
 */
export function stepOf(standing: Standing, spell: Spell | null): Step | null {
  const stage = stageOf(standing);
  const low = isLow(standing.level);
  if (!low && stage === "none") return spell && { kind: "end" };
  const told = spell?.stage ?? "none";
  const fresh = rank(stage) > rank(told);
  return {
    kind: spell ? "keep" : "begin",
    deepest: deeper(spell?.deepest ?? null, isLow(standing.level) ? standing.level : null),
    // Excused days may put the fall off again: who was told three days before is not told seven days before.
    stage: stage === "none" || fresh ? stage : told,
    tell: fresh && stage !== "none" ? stage : null,
    low,
  };
}

const deeper = (a: LowLevel | null, b: LowLevel | null) => (a && b ? (isAbove(a, b) ? b : a) : (a ?? b));
