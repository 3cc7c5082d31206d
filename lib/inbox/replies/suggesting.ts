import { type Actor, inScope, scopeSql } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";

/** An answer that was given to a like question, or stands ready. `question`: what was asked then; null of a canned reply. */
export type Suggestion = {
  source: "earlier" | "canned";
  id: string;
  question: string | null;
  text: string;
  at: Date | null;
  by: string | null;
};

const MONTHS = 3;
const CANDIDATES = 300;
const SHOWN = 3;
/** Fewer words in common are chance: a greeting, a thank-you, the agency's own name. */
const SHARED = 2;

/**
 * Answers that may serve a case: canned replies whose words are like what was asked, and what the agency answered to like
 * questions in the last three months. Like is what shares two words at least, empty words aside. Found by words, never made
 * up. Best first, three of each at most.
 */
export async function suggestionsFor(actor: Actor, caseId: string): Promise<Suggestion[]> {
  const found = await db.inboxCase.findFirst({
    where: { id: caseId, units: { some: inScope(actor, "inbox.read") } },
    select: { id: true, unitId: true, governmentId: true, excerpt: true },
  });
  if (!found) throw new Refusal("not-found");
  const [canned, earlier] = await Promise.all([cannedLike(actor, found), answeredLike(found)]);
  return [...canned, ...earlier];
}

type Asked = { id: string; unitId: string; governmentId: string; excerpt: string };

/** Words that say nothing of the matter: they stand in every polite question and in every answer. PostgreSQL has no list of them. */
const empty =
  "admin min pak bapak bu ibu kak kakak mas mbak halo hai selamat pagi siang sore malam assalamualaikum permisi mohon maaf tolong info informasi terima kasih makasih warga kami kita saya aku anda mereka tanya bertanya bantu di ke dari yang yg dan atau ini itu apa apakah bagaimana gimana kapan ada tidak tak gak ga nggak bukan bisa untuk utk dengan dgn sudah udah sdh belum blm juga saja aja lagi kalau kalo karena jadi sampai pada dalam oleh akan masih harus agar supaya ya kok sih dong nih seperti lebih sangat";

/** What was asked: its stems, and any of them, not all, to look for. */
const asked = (text: string) => Prisma.sql`
  asked AS MATERIALIZED (
    SELECT stems, array_to_string(ARRAY(SELECT quote_literal(replace(stem, '\\', '')) FROM unnest(stems) stem), ' | ')::tsquery AS words
    FROM (SELECT ARRAY(SELECT unnest(tsvector_to_array(to_tsvector('indonesian', ${text})))
      EXCEPT SELECT unnest(tsvector_to_array(to_tsvector('indonesian', ${empty})))) AS stems) said)`;
const shares = (vector: Prisma.Sql) => Prisma.sql`
  (SELECT count(*) FROM unnest(tsvector_to_array(${vector})) AS stem WHERE stem = ANY(a.stems)) >= ${SHARED}`;

const cannedLike = (actor: Actor, { unitId, governmentId, excerpt }: Asked): Promise<Suggestion[]> =>
  db.$queryRaw<Suggestion[]>(Prisma.sql`
    WITH ${asked(excerpt)}
    SELECT 'canned' AS source, c.id, NULL AS question, c.text, NULL AS at, c.name AS by
    FROM canned_reply c, asked a, LATERAL (SELECT to_tsvector('indonesian', c.name || ' ' || c.text) AS vector) v
    WHERE c.unit_id IN (${unitId}::uuid, ${governmentId}::uuid) AND c.archived_at IS NULL AND v.vector @@ a.words AND ${shares(Prisma.sql`v.vector`)}
      AND (${scopeSql(actor, "inbox.read", "c")} OR c.unit_id = ${governmentId}::uuid)
    ORDER BY ts_rank(v.vector, a.words) DESC, c.name LIMIT ${SHOWN}`);

const answeredLike = ({ id, unitId, governmentId, excerpt }: Asked): Promise<Suggestion[]> => {
  const at = now();
  const months = Array.from({ length: MONTHS }, (_, back) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - back, 1)));
  const marks = months.map((month) => `'g:${governmentId}:${month.toISOString().slice(0, 7).replace("-", "")}'`).join(" | ");
  return db.$queryRaw<Suggestion[]>(Prisma.sql`
    WITH ${asked(excerpt)},
    like_it AS MATERIALIZED (
      SELECT m.id, m.case_id, m.text, m.sent_at, m.search FROM message m, asked a
      WHERE m.search @@ (a.words && ${marks}::tsquery) AND m.direction = 'in' AND m.case_id <> ${id}::uuid
        AND m.id >= garda_uuid_floor(${months.at(-1)}) ORDER BY m.id DESC LIMIT ${CANDIDATES}),
    answered AS (
      SELECT l.text AS question, ts_rank(l.search, a.words) AS rank, r.* FROM (SELECT l.* FROM like_it l, asked a WHERE ${shares(Prisma.sql`l.search`)}) l, asked a, LATERAL (
        SELECT o.id, o.text, o.sent_at AS at, o.author_name AS by FROM message o JOIN inbox_case c ON c.id = o.case_id
        WHERE o.case_id = l.case_id AND o.direction = 'out' AND o.sent_at >= l.sent_at AND c.unit_id = ${unitId}::uuid
          AND o.id >= garda_uuid_floor(${months.at(-1)}) ORDER BY o.id LIMIT 1) r),
    best AS (SELECT DISTINCT ON (text) * FROM answered ORDER BY text, rank DESC)
    SELECT 'earlier' AS source, id, question, text, at, by FROM best ORDER BY rank DESC, at DESC LIMIT ${SHOWN}`);
};
