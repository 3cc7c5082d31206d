/** A new model is taken only when it sorts comments that no model learned from at least as well as the one before. */
import { readFileSync } from "node:fs";
import { triage } from "../triage.ts";
import { type Labelled, labelled } from "./comments.ts";
import { figuresOf, losses, table } from "./figures.ts";
import { type Model, type ModelFile, open } from "./model.ts";
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

/** Trains on the comments, without those that are held back, and weighs the new model against the old. */
export function gate(comments: readonly Labelled[], held: readonly Labelled[], old: ModelFile | null): Verdict {
  const heldTexts = new Set(held.map(({ text }) => text.trim().toLowerCase()));
  const learned = comments.filter(({ text }) => !heldTexts.has(text.trim().toLowerCase()));
  const same = old?.source === sourceOf(learned);
  const { file, modelOf } = train(learned, old === null ? 1 : same ? old.version : old.version + 1);
  const by = (model: Model) =>
    figuresOf(
      held,
      held.map(({ text }) => triage(text, model)),
    );
  const fresh = by(open(file));
  const before = old === null ? null : by(open(old));
  const crossed = figuresOf(
    learned,
    learned.map((row) => triage(row.text, modelOf(row))),
  );
  const report = [
    ...(before ? [`Version ${old?.version} on the comments held back: ${table(before)}`] : []),
    `Version ${file.version} on the comments held back: ${table(fresh)}`,
    `The same on its own comments, each judged by a model that did not learn from its scenario: ${table(crossed)}`,
  ].join("\n\n");
  return { report, refused: before ? losses(before, fresh) : [], written: `${JSON.stringify(file, null, 2)}\n` };
}
