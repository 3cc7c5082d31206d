/**
 * A new model is taken when it sorts what it did not learn from at least as well as the one before: each labelled comment is judged by
 * a model of the other scenarios, and that is the measure. Comments that no model learns from raise an alarm.
 */
import { readFileSync } from "node:fs";
import { triage } from "../triage.ts";
import { type Labelled, labelled } from "./comments.ts";
import { crossedLeeway, figuresOf, knownLeeway, losses, measureOf, table } from "./figures.ts";
import { type MeasuredFile, type Model, open } from "./model.ts";
import { readTable } from "./table.ts";
import { sourceOf, train } from "./training.ts";

export type Verdict = {
  report: string;
  /** Why it is refused; empty when it may be taken. */
  refused: string[];
  /** What to write to the file of the model. */
  written: string;
};

/** The labelled comments of CSV files. Throws with the file's name. */
export function readComments(files: readonly string[]): Labelled[] {
  return files.flatMap((file) => {
    try {
      return labelled(readTable(readFileSync(file)));
    } catch (error) {
      throw new Error(`${file}: ${(error as Error).message}`);
    }
  });
}

/** Trains on the comments, without the known ones, and weighs the new model against the old. */
export function gate(comments: readonly Labelled[], known: readonly Labelled[], old: MeasuredFile | null): Verdict {
  const knownTexts = new Set(known.map(({ text }) => text.trim().toLowerCase()));
  const learned = comments.filter(({ text }) => !knownTexts.has(text.trim().toLowerCase()));
  const same = old?.source === sourceOf(learned);
  const { file, modelOf } = train(learned, old === null ? 1 : same ? old.version : old.version + 1);
  const judged = (rows: readonly Labelled[], by: (row: Labelled) => Model) =>
    figuresOf(
      rows,
      rows.map((row) => triage(row.text, by(row))),
    );
  const crossed = judged(learned, modelOf);
  const onKnown = (model: Model) => judged(known, () => model);
  const fresh = onKnown(open(file));
  const before = old && onKnown(open(old));
  const report = [
    `Version ${file.version}, each comment judged by a model that did not learn from its scenario: ${table(crossed)}`,
    ...(before ? [`Version ${old?.version} on the known comments: ${table(before)}`] : []),
    `Version ${file.version} on the known comments: ${table(fresh)}`,
  ].join("\n\n");
  const refused = [
    ...losses(old?.crossed ?? null, measureOf(crossed), crossedLeeway),
    ...losses(before ? measureOf(before) : null, measureOf(fresh), knownLeeway).map((loss) => `on the known comments ${loss}`),
  ];
  const { features, ...about } = file;
  return { report, refused, written: `${JSON.stringify({ ...about, crossed: measureOf(crossed), features }, null, 2)}\n` };
}
