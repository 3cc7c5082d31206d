/** The one component that would carry an account to its next level: the single piece of advice a report card gives. */
import { atLeast, ceiling, type Fraction, fraction, over, subtract, sum, times, zero } from "./fraction.ts";
import {
  bindingCaps,
  type ComponentKey,
  componentKeys,
  type Level,
  levelOf,
  levels,
  type Parts,
  partsOf,
  type ScoreFacts,
  score,
  uncappedTenths,
} from "./rules.ts";
import type { ScoreSettings } from "./settings.ts";

export type NextStep = {
  /** The level it leads to: the next one, or one beyond when only a cap stood between. */
  level: Level;
  component: ComponentKey;
  /** `post`: end the silence; `open-comments`: no effort counts before; `raise`: bring the component's value up to `needed`. */
  action: "post" | "open-comments" | "raise";
  /** The component's value now and the least it must be, in 1/10,000. */
  current: number;
  needed: number;
};

/**
 * The next level and the one component that reaches it with the smallest rise of its value. Null at the top, and when
 * no single component suffices (a "very active" account without any message to answer, for one).
 */
export function nextLevel(facts: ScoreFacts, settings: ScoreSettings): NextStep | null {
  const { level } = score(facts, settings);
  const parts = partsOf(facts, settings);
  if (level === "very_active") return null;
  if (level === "dead" || level === "dormant") {
    return { level: "passive", component: "b", action: "post", current: tenThousandths(parts, "b"), needed: 10_000 };
  }
  const next = levels[levels.indexOf(level) + 1] as "less_active" | "active" | "very_active";
  const bound = { less_active: settings.levels.lessActive, active: settings.levels.active, very_active: settings.levels.veryActive }[next];

  if (facts.commentsOpen === false) {
    const opened = score({ ...facts, commentsOpen: true }, settings).level;
    if (isAtLeast(opened, next)) return { level: opened, component: "r", action: "open-comments", current: 0, needed: 0 };
  }

  let best: NextStep | null = null;
  for (const component of componentKeys) {
    const step = leastRise(facts, parts, component, bound, next, settings);
    if (step && (best === null || step.needed - step.current < best.needed - best.current)) best = step;
  }
  return best;
}

/** The least rise of one component with which the account stands at `level` or higher, the others unchanged. */
function leastRise(
  facts: ScoreFacts,
  parts: Parts,
  key: ComponentKey,
  bound: number,
  level: Level,
  settings: ScoreSettings,
): NextStep | null {
  const part = parts[key];
  // Closed comments earn nothing however fast the answers: no rise of r can be advised.
  if (part.value === null || (key === "r" && facts.commentsOpen === false)) return null;
  const others = componentKeys.filter((other) => other !== key).map((other) => times(parts[other].weight, parts[other].value ?? zero));
  const total = sum(Object.values(parts).map((each) => each.weight));
  // A score is rounded half up to a tenth: half a tenth below the bound already reaches it.
  const missing = subtract(times(fraction(bound * 2 - 1, 2_000), total), sum(others));

  for (const needed of candidates(key, ceiling(over(missing, part.weight), 10_000), settings)) {
    const value = fraction(needed, 10_000);
    if (needed > 10_000 || atLeast(part.value, value)) continue;
    const reached = levelWith(facts, parts, key, value, settings);
    if (isAtLeast(reached, level)) return { level: reached, component: key, action: "raise", current: tenThousandths(parts, key), needed };
  }
  return null;
}

/** Values worth trying, rising: what the sum needs, and the bounds that the caps set. Recency moves in steps. */
function candidates(key: ComponentKey, needed: number, settings: ScoreSettings): number[] {
  const { active, veryActive } = settings.caps;
  const bounds: Partial<Record<ComponentKey, number[]>> = { a: [active.regularity], r: [active.responsiveness, veryActive.responsiveness] };
  if (key === "b") return settings.recency.map((step) => Math.floor((step.thirds * 10_000) / 3)).sort((x, y) => x - y);
  return [needed, ...(bounds[key] ?? []).filter((bound) => bound > needed)];
}

function levelWith(facts: ScoreFacts, parts: Parts, key: ComponentKey, value: Fraction, settings: ScoreSettings): Level {
  const changed: Parts = { ...parts, [key]: { ...parts[key], value } };
  const tenths = uncappedTenths(changed);
  // A regularity that meets its bound is reached by posting in most weeks, so the weeks without posts no longer count against it.
  const caps = bindingCaps(facts, changed, settings, tenths).filter((cap) => !(key === "a" && cap.code === "active-weeks"));
  return levelOf(Math.min(tenths, ...caps.map((cap) => cap.limit)), facts, settings);
}

function isAtLeast(level: Level, bound: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(bound);
}

function tenThousandths(parts: Parts, key: ComponentKey): number {
  const value = parts[key].value;
  return value === null ? 0 : Number((value.n * 10_000n) / value.d);
}
