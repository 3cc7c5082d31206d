import { canonical, sha256 } from "../core/crypto.ts";
import { db, Prisma } from "../core/db.ts";
import { type ScoreFacts, score } from "./rules.ts";
import { scoreSettingsSchema, ska1 } from "./settings.ts";

/** Accounts whose snapshots are held in memory at once. */
const PAGE = 1_000;
const MOST_TOLD = 20;

type Stored = {
  channelId: string;
  unit: string;
  day: string;
  version: number;
  scoreTenths: number;
  level: string;
  scoreClass: string;
  isNew: boolean;
  facts: unknown;
  result: unknown;
  settings: unknown;
  formula: string;
  digest: string;
};

export type Differing = Pick<Stored, "unit" | "day" | "version" | "channelId">;
export type Verification = {
  verified: number;
  differ: number;
  /** The first that differ; at most 20. */
  differing: Differing[];
  /** Snapshots of formulas that this program does not know: neither verified nor refuted. */
  unknown: Record<string, number>;
};

/**
 * Scores the snapshots that stood on a day, every version of them, again from their stored facts and settings. Without a day: on
 * that of the last computation of each account's zone. A snapshot differs unless result, digest and columns are the same byte for byte.
 */
export async function verifySnapshots(which: { day?: string; governmentId?: string } = {}): Promise<Verification> {
  const found: Verification = { verified: 0, differ: 0, differing: [], unknown: {} };
  for (let after: string | null = null; ; ) {
    const ids: string[] = await accountsAfter(after, which.governmentId);
    for (const stored of await standingOn(ids, which.day)) {
      if (stored.formula !== ska1.version) {
        found.unknown[stored.formula] = (found.unknown[stored.formula] ?? 0) + 1;
      } else if (holds(stored)) {
        found.verified += 1;
      } else {
        found.differ += 1;
        const { unit, day, version, channelId } = stored;
        if (found.differing.length < MOST_TOLD) found.differing.push({ unit, day, version, channelId });
      }
    }
    if (ids.length < PAGE) return found;
    after = ids.at(-1)!;
  }
}

/** The government with a code. Throws an error with a plain message when there is none. */
export async function governmentOf(code: string): Promise<string> {
  const unit = await db.unit.findUnique({ where: { code }, select: { id: true, governmentId: true } });
  if (!unit || unit.id !== unit.governmentId) throw new Error(`No government has the code ${code}.`);
  return unit.id;
}

/** Facts or settings that cannot be scored at all were not written by the product: they differ. */
function holds({ facts, result, settings, digest, ...columns }: Stored): boolean {
  try {
    const again = score(facts as ScoreFacts, scoreSettingsSchema.parse(settings));
    return (
      canonical(again) === canonical(result) &&
      sha256(canonical({ facts, result: again, settings })) === digest &&
      Math.round(again.score * 10) === columns.scoreTenths &&
      again.level === columns.level &&
      again.version === columns.formula &&
      (facts as ScoreFacts).unitClass === columns.scoreClass &&
      (facts as ScoreFacts).isNew === columns.isNew
    );
  } catch {
    return false;
  }
}

async function accountsAfter(after: string | null, governmentId: string | undefined): Promise<string[]> {
  const rows = await db.channel.findMany({
    where: { ...(after ? { id: { gt: after } } : {}), ...(governmentId ? { governmentId } : {}) },
    select: { id: true },
    orderBy: { id: "asc" },
    take: PAGE,
  });
  return rows.map(({ id }) => id);
}

const standingOn = (ids: readonly string[], day: string | undefined) =>
  db.$queryRaw<Stored[]>(Prisma.sql`
    WITH bound AS (SELECT zone, max(day) AS day FROM score_run WHERE finished_at IS NOT NULL GROUP BY zone)
    SELECT s.channel_id AS "channelId", u.code AS unit, s.day::text AS day, s.version, s.score_tenths AS "scoreTenths", s.level, s.score_class AS "scoreClass",
      s.is_new AS "isNew", s.facts, s.result, s.settings, s.formula, s.digest
    FROM channel c JOIN unit cu ON cu.id = c.unit_id LEFT JOIN bound b ON b.zone = cu.zone
    CROSS JOIN LATERAL (SELECT day FROM score_snapshot WHERE channel_id = c.id AND day <= ${day ? Prisma.sql`${day}::date` : Prisma.sql`b.day`} ORDER BY day DESC LIMIT 1) last
    JOIN score_snapshot s ON s.channel_id = c.id AND s.day = last.day JOIN unit u ON u.id = s.unit_id
    WHERE c.id = ANY(${ids}::uuid[]) ORDER BY c.id, s.version`);
