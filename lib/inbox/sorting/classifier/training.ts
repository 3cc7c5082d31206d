/** Makes a model from labelled comments. The same comments give the same bytes. */
import { createHash } from "node:crypto";
import { kinds } from "../../kinds.ts";
import { wordLists } from "../triage-rules.ts";
import { examplesOf, type Labelled } from "./comments.ts";
import { type Effort, type Example, effort, learn } from "./learning.ts";
import { judge, type Model, type ModelFile, open, written } from "./model.ts";
import { spellings } from "./spellings.ts";

/** What a model was made from: the comments, and the tables by which they are read. */
export const sourceOf = (rows: readonly Labelled[]): string =>
  createHash("sha256")
    .update(JSON.stringify([rows, wordLists, [...spellings]]))
    .digest("hex");

/** Scenarios are dealt out to this many parts; each part is judged by a model of the others. */
const parts = 6;

export type Trained = {
  file: ModelFile /** The model by which each comment is judged that did not learn from its scenario. */;
  modelOf: (row: Labelled) => Model;
};

export function train(rows: readonly Labelled[], version: number, how: Effort = effort): Trained {
  const examples = examplesOf(rows);
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];
  const partOf = (row: Labelled) => scenarios.indexOf(row.scenario) % parts;
  const files = Array.from({ length: Math.min(parts, scenarios.length) }, (_, part) =>
    written(
      learn(
        examples.filter((_, i) => partOf(rows[i]!) !== part),
        how,
      ),
      { version, temperature: 1, source: "" },
    ),
  );
  const models = files.map(open);
  const temperature = models.length < 2 ? 1 : bestTemperature(rows, examples, (row) => models[partOf(row)]!);
  const calibrated = files.map((file) => open({ ...file, temperature }));
  const file = written(learn(examples, how), { version, temperature, source: sourceOf(rows) });
  return { file, modelOf: (row) => calibrated[partOf(row)]! };
}

/** The one under which what was not learned is least surprising. */
function bestTemperature(rows: readonly Labelled[], examples: readonly Example[], modelOf: (row: Labelled) => Model): number {
  const tried = Array.from({ length: 26 }, (_, i) => (5 + i) / 10);
  const surprise = (temperature: number) =>
    examples.reduce((sum, { features, kind, alt }, i) => {
      const chances = judge(features, { ...modelOf(rows[i]!), temperature });
      return sum - Math.log(Math.max(1e-9, chances[kinds.indexOf(kind)]! + (alt ? chances[kinds.indexOf(alt)]! : 0)));
    }, 0);
  return tried.map((temperature) => ({ temperature, of: surprise(temperature) })).reduce((best, one) => (one.of < best.of ? one : best))
    .temperature;
}
