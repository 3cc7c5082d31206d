/** How well labelled comments are sorted. Pure. */
import { type Kind, kinds } from "../../kinds.ts";
import type { Labelled } from "./comments.ts";

export const judged = ["needsReply", "urgent", "sensitive", "hasPii"] as const;
export type Said = { kind: Kind; confidence: number } & Record<(typeof judged)[number], boolean>;
export type Share = { recall: number; precision: number; count: number };
export type Figures = {
  count: number;
  right: number;
  macroF1: number;
  kinds: Record<Kind, Share & { f1: number }>;
  flags: Record<(typeof judged)[number], Share>;
  /** How far confidence and truth lie apart, on average over tenths of confidence. */
  calibrationError: number;
};

/** An `alt` label counts as right. A share of nothing is 1: nothing was missed. */
export function figuresOf(rows: readonly Labelled[], said: readonly Said[]): Figures {
  const pairs = rows.map((row, i) => {
    const { kind, confidence } = said[i]!;
    const right = kind === row.kind || kind === row.alt;
    return { said: kind, is: right ? kind : row.kind, right, confidence };
  });
  const perKind = kinds.map((kind) => {
    const found = pairs.filter((pair) => pair.right && pair.said === kind).length;
    const claimed = pairs.filter((pair) => pair.said === kind).length;
    const count = pairs.filter((pair) => pair.is === kind).length;
    return { kind, claimed, ...shares(found, claimed, count), f1: share(2 * found, claimed + count) };
  });
  const occurring = perKind.filter(({ claimed, count }) => claimed + count > 0);
  const flag = (name: (typeof judged)[number]) => {
    const found = rows.filter((row, i) => row[name] && said[i]![name]).length;
    return shares(found, said.filter((one) => one[name]).length, rows.filter((row) => row[name]).length);
  };
  return {
    count: rows.length,
    right: share(pairs.filter(({ right }) => right).length, rows.length),
    macroF1: share(
      occurring.reduce((sum, { f1 }) => sum + f1, 0),
      occurring.length,
    ),
    kinds: Object.fromEntries(
      perKind.map(({ kind, recall, precision, count, f1 }) => [kind, { recall, precision, count, f1 }]),
    ) as Figures["kinds"],
    flags: Object.fromEntries(judged.map((name) => [name, flag(name)])) as Figures["flags"],
    calibrationError: calibrationError(pairs),
  };
}

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
const shares = (found: number, claimed: number, count: number): Share => ({
  recall: share(found, count),
  precision: share(found, claimed),
  count,
});

function calibrationError(pairs: readonly { right: boolean; confidence: number }[]): number {
  const tenths = Map.groupBy(pairs, ({ confidence }) => Math.min(9, Math.floor(confidence * 10)));
  let apart = 0;
  for (const group of tenths.values()) apart += Math.abs(group.reduce((sum, { right, confidence }) => sum + Number(right) - confidence, 0));
  return pairs.length === 0 ? 0 : apart / pairs.length;
}

/** What a model is measured by. */
export type Measure = { macroF1: number; urgentRecall: number; piiRecall: number; piiPrecision: number };
export const measureOf = ({ macroF1, flags: { urgent, hasPii } }: Figures): Measure => ({
  macroF1,
  urgentRecall: urgent.recall,
  piiRecall: hasPii.recall,
  piiPrecision: hasPii.precision,
});

/** How far each figure may fall, and the least recall of urgent ones. */
type Leeway = Record<keyof Measure, number> & { leastUrgent: number };
/** The comments change from model to model, so a hundredth is no loss. */
export const crossedLeeway: Leeway = { macroF1: 0.01, urgentRecall: 0.01, piiRecall: 0, piiPrecision: 0, leastUrgent: 0 };
/** The known comments are few, and earlier models were tuned on them: they only raise an alarm. */
export const knownLeeway: Leeway = { macroF1: 0.02, urgentRecall: 1, piiRecall: 0, piiPrecision: 0, leastUrgent: 0.9 };

const names: readonly [keyof Measure, string][] = [
  ["macroF1", "macro-F1"],
  ["urgentRecall", "urgent recall"],
  ["piiRecall", "has_pii recall"],
  ["piiPrecision", "has_pii precision"],
];

/** Why a new model is refused, one line for each figure that fell too far; empty when it may be taken. */
export function losses(old: Measure | null, fresh: Measure, leeway: Leeway): string[] {
  const fallen = old === null ? [] : names.filter(([key]) => fresh[key] < old[key] - leeway[key] - 1e-9);
  return [
    ...fallen.map(([key, name]) => `${name} falls from ${old![key].toFixed(3)} to ${fresh[key].toFixed(3)}`),
    ...(fresh.urgentRecall < leeway.leastUrgent
      ? [`urgent recall is ${fresh.urgentRecall.toFixed(3)}, less than ${leeway.leastUrgent}`]
      : []),
  ];
}

/** The figures as a table to read. */
export function table({ count, right, macroF1, calibrationError: error, kinds: perKind, flags }: Figures): string {
  const row = (name: string, { recall, precision, count: of }: Share, end = "") =>
    `${name.padEnd(20)} recall ${recall.toFixed(3)}  precision ${precision.toFixed(3)}  of ${String(of).padStart(4)}${end}`;
  return [
    `macro-F1 ${macroF1.toFixed(3)}, right ${right.toFixed(3)} of ${count}, calibration error ${error.toFixed(3)}`,
    ...Object.entries(perKind).map(([kind, figure]) => row(kind, figure, `  F1 ${figure.f1.toFixed(3)}`)),
    ...Object.entries(flags).map(([name, figure]) => row(name, figure)),
  ].join("\n");
}
