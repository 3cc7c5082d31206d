/** The form of the score's numbers: which stand together, in what unit people read them, and the way back to the record. Pure. */
import type { Locale } from "#lib/core/text.ts";
import type { ScoreSettings } from "#lib/scores/settings.ts";

/** `percent` and `points` are stored in 1/10,000 and tenths. */
export type Measure = "points" | "tenths" | "percent" | "posts" | "days" | "messages" | "weeks" | "thirds" | "halves";
export type NumberField = { path: string; measure: Measure };
export type FieldGroup = { name: string; fields: NumberField[] };

const scales: Partial<Record<Measure, number>> = { tenths: 10, percent: 100 };
const scaleOf = (measure: Measure) => scales[measure] ?? 1;

const of = (measure: Measure, ...paths: string[]): NumberField[] => paths.map((path) => ({ path, measure }));

/** The numbers of a record, in the order in which a person reads the formula. */
export const groupsOf = (settings: ScoreSettings): FieldGroup[] => [
  {
    name: "targets",
    fields: of("posts", "weeklyTarget.A", "weeklyTarget.B", "weeklyTarget.C", "minWeeklyTarget").concat(of("days", "referenceWorkdays")),
  },
  { name: "weights", fields: of("points", "weights.a", "weights.b", "weights.r", "weights.d", "weights.e") },
  {
    name: "recency",
    fields: settings.recency.flatMap((_, index) => [...of("days", `recency.${index}.maxDays`), ...of("thirds", `recency.${index}.thirds`)]),
  },
  { name: "replies", fields: [...of("messages", "fullWeightMessages"), ...of("percent", "lateAnswer")] },
  { name: "quality", fields: [...of("percent", "quality.substantiveTarget"), ...of("thirds", "quality.substanceThirds")] },
  { name: "levels", fields: of("tenths", "levels.veryActive", "levels.active", "levels.lessActive") },
  {
    name: "caps",
    fields: [
      ...of("tenths", "caps.active.limit"),
      ...of("percent", "caps.active.regularity"),
      ...of("weeks", "caps.active.activeWeeks"),
      ...of("percent", "caps.active.responsiveness"),
      ...of("messages", "caps.active.fromMessages"),
      ...of("tenths", "caps.veryActive.limit"),
      ...of("percent", "caps.veryActive.responsiveness"),
      ...of("messages", "caps.veryActive.fromMessages"),
      ...of("tenths", "caps.dormant.limit"),
      ...of("days", "caps.dormant.afterDays"),
      ...of("tenths", "caps.dead.limit"),
      ...of("days", "caps.dead.afterDays"),
    ],
  },
  {
    name: "credit",
    fields: [
      ...of("posts", "credit.perDay", "credit.occasionsPerWeek"),
      ...of("percent", "credit.similarity"),
      ...of("days", "credit.publicDays"),
      ...of("halves", "credit.fullHalves", "credit.reducedHalves"),
    ],
  },
];

type Branch = Record<string, unknown>;
const at = (record: unknown, path: string): unknown => path.split(".").reduce<unknown>((inner, key) => (inner as Branch)?.[key], record);

/** The numbers as they are typed in a language, by path: 69,9 (id), 69.9 (en). */
export function typedOf(settings: ScoreSettings, locale: Locale): Record<string, string> {
  const fields = groupsOf(settings).flatMap((group) => group.fields);
  const typed = (number: number) => String(number).replace(".", locale === "id" ? "," : ".");
  return Object.fromEntries(fields.map(({ path, measure }) => [path, typed(Number(at(settings, path)) / scaleOf(measure))]));
}

/** The record with what was typed, a comma or a point before the decimals; what is no number stays as it was typed, so that it is refused beside its field. */
export function payloadOf(settings: ScoreSettings, typed: Readonly<Record<string, string>>): unknown {
  const payload = structuredClone(settings) as unknown as Branch;
  for (const { path, measure } of groupsOf(settings).flatMap((group) => group.fields)) {
    const keys = path.split(".");
    const last = keys.pop()!;
    const text = (typed[path] ?? "").trim().replace(",", ".");
    const number = Number(text) * scaleOf(measure);
    // A share of 60.1 per cent is no whole number in floating point; it is one in 1/10,000.
    const whole = Math.abs(number - Math.round(number)) < 1e-6 ? Math.round(number) : number;
    const parent = (keys.length ? at(payload, keys.join(".")) : payload) as Branch;
    parent[last] = text === "" || Number.isNaN(whole) ? text : whole;
  }
  return payload;
}
