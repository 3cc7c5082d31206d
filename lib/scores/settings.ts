/** The numbers of the activity score (Skor Keaktifan Akun), one versioned record. Ratios are integers in 1/10,000. */
import { z } from "zod";

const count = z.int().min(0);
const ratio = z.int().min(0).max(10_000);
const tenths = z.int().min(0).max(1_000);

export const unitClasses = ["A", "B", "C"] as const;
export type UnitClass = (typeof unitClasses)[number];

export const scoreSettingsSchema = z.strictObject({
  version: z.string().min(1),
  /** Points of each component; `r` is the most it can weigh. */
  weights: z.strictObject({ a: count, b: count, r: count, d: count, e: count }),
  /** Messages due from which the responsiveness weighs in full; below it weighs in proportion. */
  fullWeightMessages: z.int().min(1),
  /** Credited posts a week, for a week of `referenceWorkdays`. */
  weeklyTarget: z.strictObject({ A: z.int().min(1), B: z.int().min(1), C: z.int().min(1) }),
  referenceWorkdays: z.int().min(1).max(7),
  minWeeklyTarget: z.int().min(1),
  windowWeeks: z.int().min(1),
  /** Value of the recency by days since the last credited post, in thirds; older is 0. Rising in days. */
  recency: z.array(z.strictObject({ maxDays: count, thirds: z.int().min(0).max(3) })).min(1),
  /** An answer that is late, but within twice its deadline, counts this share of one on time. */
  lateAnswer: ratio,
  quality: z.strictObject({
    /** Share of substantive posts that earns the full value. */
    substantiveTarget: ratio.min(1),
    /** Of the component, in thirds: substance here, completeness takes the rest. */
    substanceThirds: z.int().min(0).max(3),
  }),
  /** Lower bounds of the levels, in tenths of a point. */
  levels: z.strictObject({ veryActive: tenths, active: tenths, lessActive: tenths }),
  /** Highest score, in tenths, while a condition is not met. */
  caps: z.strictObject({
    active: z.strictObject({ limit: tenths, regularity: ratio, activeWeeks: count, responsiveness: ratio, fromMessages: count }),
    veryActive: z.strictObject({ limit: tenths, responsiveness: ratio, fromMessages: count }),
    dormant: z.strictObject({ limit: tenths, afterDays: count }),
    dead: z.strictObject({ limit: tenths, afterDays: count }),
  }),
  credit: z.strictObject({
    perDay: z.int().min(1),
    /** Greeting and ceremony posts that count in a week. */
    occasionsPerWeek: count,
    /** Text similarity from which a post is a copy. */
    similarity: ratio,
    /** A post must have stayed public this long, unless it is younger. */
    publicDays: count,
    fullHalves: count,
    reducedHalves: count,
  }),
});

export type ScoreSettings = z.infer<typeof scoreSettingsSchema>;

export const ska1: ScoreSettings = {
  version: "ska-1",
  weights: { a: 30, b: 15, r: 30, d: 15, e: 10 },
  fullWeightMessages: 5,
  weeklyTarget: { A: 5, B: 3, C: 2 },
  referenceWorkdays: 5,
  minWeeklyTarget: 1,
  windowWeeks: 4,
  recency: [
    { maxDays: 7, thirds: 3 },
    { maxDays: 14, thirds: 2 },
    { maxDays: 21, thirds: 1 },
  ],
  lateAnswer: 5_000,
  quality: { substantiveTarget: 6_000, substanceThirds: 2 },
  levels: { veryActive: 850, active: 700, lessActive: 400 },
  caps: {
    active: { limit: 699, regularity: 6_000, activeWeeks: 3, responsiveness: 5_000, fromMessages: 2 },
    veryActive: { limit: 849, responsiveness: 8_000, fromMessages: 1 },
    dormant: { limit: 240, afterDays: 28 },
    dead: { limit: 0, afterDays: 90 },
  },
  credit: { perDay: 2, occasionsPerWeek: 2, similarity: 9_000, publicDays: 7, fullHalves: 2, reducedHalves: 1 },
};
