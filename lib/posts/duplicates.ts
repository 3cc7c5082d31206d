import { type Actor, inScope, reaches } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { type Candidate, comparable, comparedDays, matches } from "./likeness.ts";
import type { DuplicatesInput } from "./schema.ts";

export type Duplicate = {
  id: string;
  degree: "same" | "alike";
  unitName: string;
  /** Another unit's post, not the unit's own. */
  sister: boolean;
  /** When it went out, or was last changed where it has not. */
  at: string;
  published: boolean;
  /** Where the reader may look at it: a page of ours or the platform's; null where he may not. */
  href: string | null;
};
type Found = Candidate & { postId: string | null; unitName: string; published: boolean; href: string | null };

/** Shorter texts are alike by chance. */
const fewestCharacters = 40;
/** So many of a unit's newest posts are looked at, and so many of the likest are compared. */
const perUnit = 60;
const compared = 50;
const shown = 3;

/**
 * What went out in the last 30 days from the unit or a sister unit of its government, or waits in the unit itself, with the same
 * or nearly the same words. The likest three. What a sister has not published yet is its own affair.
 */
export async function findDuplicates(
  actor: Actor,
  { postId, unitId, text }: DuplicatesInput,
): Promise<Answer<{ duplicates: Duplicate[] }>> {
  const unit = await db.unit.findFirst({
    where: { AND: [{ id: unitId }, inScope(actor, "post.write", "id")] },
    select: { id: true, governmentId: true, shortName: true },
  });
  if (!unit) throw new Refusal("not-found");
  if (comparable(text).length < fewestCharacters) return { ok: true, duplicates: [] };
  const at = now();
  const since = new Date(at.getTime() - comparedDays * 86_400_000);
  const [published, waiting] = await Promise.all([publishedLike(actor, unit, text, since), waitingIn(unit, postId, since)]);
  const found = matches(text, [...published.filter((p) => postId === null || p.postId !== postId), ...waiting], { unit: unit.id, at });
  const seen = new Set<string>();
  const once = found.filter(({ candidate }) => {
    const key = candidate.postId ?? candidate.id;
    return !seen.has(key) && seen.add(key);
  });
  const duplicates = once.slice(0, shown).map(({ candidate, degree, sister }) => ({
    id: candidate.id,
    degree,
    sister,
    unitName: candidate.unitName,
    at: candidate.publishedAt.toISOString(),
    published: candidate.published,
    href: candidate.href,
  }));
  return { ok: true, duplicates };
}

type Unit = { id: string; governmentId: string; shortName: string };
type Row = {
  id: string;
  post_id: string | null;
  unit_id: string;
  unit_name: string;
  text: string;
  permalink: string | null;
  published_at: Date;
};

async function publishedLike(actor: Actor, unit: Unit, text: string, since: Date): Promise<Found[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT r.id, r.post_id, r.unit_id, u.short_name AS unit_name, r.text, r.permalink, r.published_at
    FROM unit u CROSS JOIN LATERAL (
      SELECT * FROM remote_post p
      WHERE p.unit_id = u.id AND p.published_at >= ${since} AND p.removed_at IS NULL AND NOT p.repost
      ORDER BY p.published_at DESC LIMIT ${perUnit}) r
    WHERE u.government_id = ${unit.governmentId}::uuid AND length(r.text) >= ${fewestCharacters}
    ORDER BY similarity(left(r.text, 2000), left(${text}, 2000)) DESC LIMIT ${compared}`;
  return rows.map((row) => ({
    id: row.id,
    postId: row.post_id,
    unit: row.unit_id,
    unitName: row.unit_name,
    text: row.text,
    publishedAt: row.published_at,
    published: true,
    href: placeOf(actor, unit, row),
  }));
}

function placeOf(actor: Actor, { governmentId }: Unit, row: Row): string | null {
  if (row.post_id && reaches(actor, "post.read", { unitId: row.unit_id, governmentId })) return `/posts/${row.post_id}`;
  return row.permalink && /^https?:\/\//i.test(row.permalink) ? row.permalink : null;
}

async function waitingIn(unit: Unit, postId: string | null, since: Date): Promise<Found[]> {
  const rows = await db.post.findMany({
    where: {
      unitId: unit.id,
      updatedAt: { gte: since },
      state: { notIn: ["rejected", "cancelled"] },
      ...(postId ? { id: { not: postId } } : {}),
    },
    select: { id: true, text: true, updatedAt: true },
    orderBy: { updatedAt: "desc" },
    take: perUnit,
  });
  return rows.map(({ id, text, updatedAt }) => ({
    id,
    postId: id,
    unit: unit.id,
    unitName: unit.shortName,
    text,
    publishedAt: updatedAt,
    published: false,
    href: `/posts/${id}`,
  }));
}
