/** The trained model: read from its file at the first message, small enough to stay in memory. */
import { kinds } from "../../kinds.ts";
import file from "./data/model.json" with { type: "json" };
import type { Features } from "./features.ts";
import type { Measure } from "./figures.ts";
import { flags, outputs, probabilities, type Weights } from "./learning.ts";

/** As the file holds it: for each feature one signed byte per output, in base64; an output's bytes times its scale are its weights. */
export type ModelFile = {
  version: number;
  /** SHA-256 of what it was made from. */
  source: string;
  /** Divides the scores before they become probabilities, so that of the answers given with 0.7 about 70 % are right. */
  temperature: number;
  scales: Record<string, number>;
  features: Record<string, string>;
};

/** As the repository holds it. */
export type MeasuredFile = ModelFile & {
  /** How comments are sorted of whose scenario nothing was learned: what the next model is measured against. */
  crossed: Measure;
};

export type Model = { version: number; temperature: number; scales: readonly number[]; features: ReadonlyMap<string, Int8Array> };

export const outputNames: readonly string[] = [...kinds, ...flags];

/** Throws when the file was made for other kinds. */
export function open(source: ModelFile): Model {
  const told = Object.keys(source.scales).join(", ");
  if (told !== outputNames.join(", ")) throw new Error(`The model tells ${told} apart, not ${outputNames.join(", ")}.`);
  const features = new Map<string, Int8Array>();
  for (const [feature, bytes] of Object.entries(source.features)) {
    const raw = Buffer.from(bytes, "base64");
    features.set(feature, new Int8Array(raw.buffer, raw.byteOffset, raw.length));
  }
  return { version: source.version, temperature: source.temperature, scales: Object.values(source.scales), features };
}

let opened: Model | null = null;
/** The model in use. */
export function model(): Model {
  opened ??= open(file);
  return opened;
}

/** One probability per output: the kinds' sum to 1, then the flags'. */
export function judge(features: Features, { features: known, scales, temperature }: Model): Float64Array {
  const scores = new Float64Array(outputs);
  for (const [feature, value] of features) {
    const bytes = known.get(feature);
    if (bytes !== undefined) for (let o = 0; o < outputs; o++) scores[o]! += bytes[o]! * value;
  }
  for (let o = 0; o < outputs; o++) scores[o]! *= scales[o]!;
  probabilities(scores, temperature);
  return scores;
}

/** What the features of one message add to one output, the strongest first; only what speaks for it. */
export function speaksFor(features: Features, output: number, { features: known, scales }: Model): { feature: string; weight: number }[] {
  const mean = (bytes: Int8Array) => {
    let sum = 0;
    for (let k = 0; k < kinds.length; k++) sum += bytes[k]! * scales[k]!;
    return sum / kinds.length;
  };
  return [...features]
    .flatMap(([feature, value]) => {
      const bytes = known.get(feature);
      const weight = bytes === undefined ? 0 : value * (bytes[output]! * scales[output]! - (output < kinds.length ? mean(bytes) : 0));
      return weight > 0 ? [{ feature, weight }] : [];
    })
    .sort((x, y) => y.weight - x.weight || (x.feature < y.feature ? -1 : 1));
}

/**
 * The file of a model: the `most` features that tell the most apart, their weights rounded to bytes. The same weights give the same
 * bytes.
 */
export function written(weights: Weights, about: Pick<ModelFile, "version" | "source" | "temperature">, most = 25_500): ModelFile {
  const strength = (row: Float64Array) => row.reduce((top, weight) => Math.max(top, Math.abs(weight)), 0);
  const kept = [...weights]
    .map(([feature, row]) => ({ feature, row, strength: strength(row) }))
    .sort((x, y) => y.strength - x.strength || (x.feature < y.feature ? -1 : 1))
    .slice(0, most)
    .sort((x, y) => (x.feature < y.feature ? -1 : 1));
  const scales = outputNames.map((_, o) => kept.reduce((top, { row }) => Math.max(top, Math.abs(row[o]!)), 1e-6) / 127);
  const bytes = (row: Float64Array) => Buffer.from(Int8Array.from(row, (weight, o) => Math.round(weight / scales[o]!)).buffer);
  return {
    ...about,
    scales: Object.fromEntries(outputNames.map((name, o) => [name, scales[o]!])),
    features: Object.fromEntries(kept.map(({ feature, row }) => [feature, bytes(row).toString("base64")])),
  };
}
