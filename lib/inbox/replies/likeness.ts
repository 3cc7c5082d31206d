import { type Actor, inScope } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";

const WEEK_MS = 7 * 86_400_000;
const CANDIDATES = 500;

/**
 * How many other conversations of the same unit began in the seven days before now and ask much the same: half of the words of
 * the question, and two of them at least, in one message. Found by words alone; beyond 500 candidates the oldest are not looked at.
 */
export async function likeThisWeek(actor: Actor, caseId: string): Promise<number> {
  const found = await db.inboxCase.findFirst({
    where: { id: caseId, units: { some: inScope(actor, "inbox.read") } },
    select: { unitId: true, governmentId: true, excerpt: true },
  });
  if (!found) throw new Refusal("not-found");
  const to = now();
  const from = new Date(to.getTime() - WEEK_MS);
  const marks = [...new Set([from, to].map((at) => `'g:${found.governmentId}:${at.toISOString().slice(0, 7).replace("-", "")}'`))].join(
    " | ",
  );
  const [row] = await db.$queryRaw<{ count: bigint }[]>(Prisma.sql`
    WITH asked AS (
      SELECT replace(plainto_tsquery('indonesian', ${found.excerpt})::text, '&', '|')::tsquery AS words,
        tsvector_to_array(to_tsvector('indonesian', ${found.excerpt})) AS stems),
    near AS MATERIALIZED (
      SELECT m.case_id, m.search FROM message m, asked a
      WHERE m.search @@ (a.words && ${marks}::tsquery) AND m.direction = 'in' AND m.case_id <> ${caseId}::uuid
        AND m.id >= garda_uuid_floor(${from}) ORDER BY m.id DESC LIMIT ${CANDIDATES})
    SELECT count(DISTINCT n.case_id) AS count FROM near n JOIN inbox_case c ON c.id = n.case_id AND c.unit_id = ${found.unitId}::uuid, asked a
    WHERE (SELECT count(*) FROM unnest(tsvector_to_array(n.search)) AS stem WHERE stem = ANY(a.stems)) >= greatest(2, (cardinality(a.stems) + 1) / 2)`);
  return Number(row?.count ?? 0);
}

/** What a citizen asked, for who writes a post that answers it: the beginning of the masked words, and whose case it is. */
export async function questionForPost(actor: Actor, caseId: string): Promise<{ id: string; unitId: string; excerpt: string }> {
  const found = await db.inboxCase.findFirst({
    where: { id: caseId, units: { some: inScope(actor, "inbox.read") } },
    select: { id: true, unitId: true, excerpt: true },
  });
  if (!found) throw new Refusal("not-found");
  return found;
}
