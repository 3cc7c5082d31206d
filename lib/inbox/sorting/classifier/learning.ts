/** How the weights are found: logistic regression over the features, by steps in a fixed order, so that the same data gives the same model. */
import { type Kind, kinds } from "../../kinds.ts";
import type { Features } from "./features.ts";

export const flags = ["needsReply", "urgent", "sensitive"] as const;
export type Flag = (typeof flags)[number];
export type Example = { features: Features; kind: Kind; alt: Kind | null } & Record<Flag, boolean>;

export const outputs = kinds.length + flags.length;
/** A weight per output for each feature: the kinds first, then the flags. */
export type Weights = Map<string, Float64Array>;

export type Effort = { epochs: number; rate: number; shrink: number; fewest: number; altShare: number; balance: number };
export const effort: Effort = { epochs: 14, rate: 0.1, shrink: 0.003, fewest: 2, altShare: 0.25, balance: 0.5 };

export function learn(examples: readonly Example[], { epochs, rate, shrink, fewest, altShare, balance }: Effort = effort): Weights {
  const vocabulary = wordsSeen(examples, fewest);
  const weights = new Float64Array(vocabulary.size * outputs);
  const steps = new Float64Array(vocabulary.size * outputs).fill(1e-3);
  const rows = examples.map((example) => compile(example, vocabulary, altShare));
  const share = kinds.map((_, k) => rows.reduce((sum, { target }) => sum + target[k]!, 0) / rows.length);
  const worth = share.map((s) => (s > 0 ? (1 / (s * kinds.length)) ** balance : 1));
  const rare = flags.map((_, i) => Math.sqrt(rows.length / Math.max(1, rows.filter(({ target }) => target[kinds.length + i]! > 0).length)));
  const plainOnly = [...vocabulary.keys()].map((feature) => /^[flpw]/.test(feature));
  const scores = new Float64Array(outputs);
  const next = sequence(20_261_122);
  const order = rows.map((_, i) => i);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, next);
    for (const r of order) {
      const { at, values, target } = rows[r]!;
      score(weights, at, values, scores);
      probabilities(scores);
      let weight = 0;
      for (let k = 0; k < kinds.length; k++) weight += target[k]! * worth[k]!;
      for (let o = 0; o < outputs; o++)
        scores[o] = (scores[o]! - target[o]!) * (o < kinds.length ? weight : target[o]! > 0 ? rare[o - kinds.length]! : 1);
      for (let i = 0; i < at.length; i++) {
        const base = at[i]! * outputs;
        const end = plainOnly[at[i]!] ? outputs : kinds.length;
        for (let o = 0; o < end; o++) {
          const slope = scores[o]! * values[i]! + (o < kinds.length ? shrink : 5 * shrink) * weights[base + o]!;
          steps[base + o]! += slope * slope;
          weights[base + o]! -= (rate * slope) / Math.sqrt(steps[base + o]!);
        }
      }
    }
  }
  return new Map([...vocabulary].map(([feature, i]) => [feature, weights.slice(i * outputs, (i + 1) * outputs)]));
}

/** In place: the kinds' scores sum to 1, each flag's lies between 0 and 1. */
export function probabilities(scores: Float64Array, temperature = 1) {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < kinds.length; k++) top = Math.max(top, scores[k]!);
  let sum = 0;
  for (let k = 0; k < kinds.length; k++) sum += scores[k] = Math.exp((scores[k]! - top) / temperature);
  for (let k = 0; k < kinds.length; k++) scores[k]! /= sum;
  for (let o = kinds.length; o < outputs; o++) scores[o] = 1 / (1 + Math.exp(-scores[o]!));
}

function score(weights: Float64Array, at: Int32Array, values: Float64Array, into: Float64Array) {
  into.fill(0);
  for (let i = 0; i < at.length; i++) {
    const base = at[i]! * outputs;
    for (let o = 0; o < outputs; o++) into[o]! += weights[base + o]! * values[i]!;
  }
}

function wordsSeen(examples: readonly Example[], fewest: number): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { features } of examples) for (const feature of features.keys()) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  const kept = [...seen].filter(([feature, count]) => count >= (feature[0] === "c" ? fewest + 1 : fewest)).map(([feature]) => feature);
  return new Map(kept.sort().map((feature, i) => [feature, i]));
}

function compile({ features, kind, alt, ...rest }: Example, vocabulary: ReadonlyMap<string, number>, altShare: number) {
  const known = [...features].filter(([feature]) => vocabulary.has(feature));
  const target = new Float64Array(outputs);
  target[kinds.indexOf(kind)] = alt ? 1 - altShare : 1;
  if (alt) target[kinds.indexOf(alt)]! += altShare;
  for (const [i, flag] of flags.entries()) target[kinds.length + i] = rest[flag] ? 1 : 0;
  return {
    at: Int32Array.from(known, ([feature]) => vocabulary.get(feature)!),
    values: Float64Array.from(known, ([, value]) => value),
    target,
  };
}

function sequence(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle(order: number[], next: () => number) {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}
