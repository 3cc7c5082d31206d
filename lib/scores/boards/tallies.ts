import { Prisma } from "../../core/db.ts";
import type { Group } from "../regions.ts";
import type { Level } from "../rules.ts";
import type { UnitClass } from "../settings.ts";

/** Units of a government, or of several, by level. `units` are all that are to be scored, `scored` those that have a level. */
export type Tally = Record<Level, number> & { units: number; scored: number };

export type Counted = { group: Group; scoreClass: UnitClass | null };

/** How many units were active and how many there were. */
export type Share = { active: number; units: number };

export const activeOf = (tally: Pick<Tally, "active" | "very_active">) => tally.active + tally.very_active;

/** The sum of several; null of none. */
export const sumOf = (tallies: readonly Tally[]): Tally | null =>
  tallies.length === 0
    ? null
    : tallies.reduce((sum, each) => Object.fromEntries(tallyKeys.map((key) => [key, sum[key] + each[key]])) as Tally, empty);

/** The latest tally of government `g` up to a day: one row, its figures null when there is none. */
export const tallyOn = (day: Prisma.Sql, { group, scoreClass }: Counted) => Prisma.sql`
  SELECT ${sums} FROM activity_tally t WHERE t.government_id = g.id AND t.kind = ${group} ${scoreClass ? Prisma.sql`AND t.score_class = ${scoreClass}` : Prisma.empty}
    AND t.day = (SELECT max(l.day) FROM activity_tally l WHERE l.government_id = g.id AND l.kind = ${group} AND l.day <= ${day})`;

const levelNames = ["very_active", "active", "less_active", "passive", "dormant", "dead"] as const satisfies readonly Level[];
const tallyKeys = [...levelNames, "units", "scored"] as const;
const empty = Object.fromEntries(tallyKeys.map((key) => [key, 0])) as Tally;
const scored = levelNames.map((level) => `sum(${level})`).join(" + ");
const sums = Prisma.raw(
  `${levelNames.map((name) => `sum(${name})::int AS ${name}`).join(", ")}, sum(units)::int AS units, (${scored})::int AS scored`,
);

/** The columns of a tally, added up over rows `t`. */
export const sumsOfTallies = Prisma.raw(tallyKeys.map((key) => `sum(t.${key})::int AS ${key}`).join(", "));
