import { type Actor, scope } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import { governmentScope } from "../regions.ts";
import { type Counted, sumsOfTallies, type Tally, tallyOn } from "./tallies.ts";

/** With fewer governments of others in its sum, a province's figure would tell what one of them has. */
const LEAST_OTHERS = 3;

export type ProvinceRow = {
  code: string;
  name: string;
  /** Whether a government of it is the actor's to read. */
  opens: boolean;
  /** Null where nothing is known, or where too few governments of others stand behind the sum. */
  tally: Tally | null;
};

/**
 * Every province with the sum of its governments' units, its own included. A sum over several governments names none of
 * them, so it is told to whoever may read a whole board, for comparison; a sum that would give one away is not told.
 */
export async function provinceTallies(actor: Actor, day: string, counted: Counted): Promise<ProvinceRow[]> {
  const held = scope(actor, "score.read");
  if (!held.governments.length && !held.subtrees.length) return [];
  const rows = await db.$queryRaw<(Tally & { code: string; name: string; opens: boolean; others: number })[]>(Prisma.sql`
    SELECT p.code, p.name, bool_or(g.readable) AS opens, count(t.scored) FILTER (WHERE NOT g.readable)::int AS others, ${sumsOfTallies}
    FROM (SELECT g.id, ${governmentScope(actor)} AS readable FROM unit g WHERE g.kind IN ('province', 'regency', 'city') AND g.active) g
    JOIN LATERAL (SELECT p.code, p.name FROM unit_closure c JOIN unit p ON p.id = c.ancestor_id WHERE c.unit_id = g.id AND c.depth <= 1 AND p.kind = 'province' LIMIT 1) p ON true
    LEFT JOIN LATERAL (${tallyOn(Prisma.sql`${day}::date`, counted)}) t ON t.scored > 0
    GROUP BY p.code, p.name ORDER BY p.code`);
  return rows.map(({ code, name, opens, others, ...tally }) => ({
    code,
    name,
    opens,
    tally: tally.scored && (others === 0 || others >= LEAST_OTHERS) ? tally : null,
  }));
}

export type AreaRow = {
  code: string;
  name: string;
  kind: string;
  /** Whether its figures are the actor's to read. */
  readable: boolean;
};

/** A province and everything directly below it, itself first; unknown to who may read nothing of it. */
export async function areasOfProvince(actor: Actor, province: string): Promise<AreaRow[]> {
  const rows = await db.$queryRaw<AreaRow[]>(Prisma.sql`
    SELECT g.code, g.name, g.kind, ${governmentScope(actor)} AS readable FROM unit p JOIN unit_closure c ON c.ancestor_id = p.id AND c.depth <= 1 JOIN unit g ON g.id = c.unit_id
    WHERE p.code = ${province} AND p.kind = 'province' AND g.kind IN ('province', 'regency', 'city', 'administrative_area') AND g.active
    ORDER BY c.depth, g.code`);
  if (!rows.some((row) => row.readable)) throw new Refusal("not-found");
  return rows;
}
