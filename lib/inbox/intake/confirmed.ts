/** Answers that a person says were sent, as long as their platform has not told of them. */
import { Prisma, type Tx } from "../../core/db.ts";
import { recordset } from "../../core/recordset.ts";
import { clockSkew } from "../../platforms/commit.ts";
import type { Json } from "../../platforms/contract.ts";
import { plain } from "./changes.ts";
import type { Heard } from "./ingest.ts";
import type { Places } from "./places.ts";

const mark = "confirmed:";

/** Under which id such an answer stands in its thread. No platform knows it: nothing is ever asked or sent by it. */
export const confirmedId = (publicationId: string) => `${mark}${publicationId}`;

type Waiting = { publicationId: string; caseId: string; text: string; triedAt: Date; messageId: string | null };

/**
 * Own words that are heard for the first time and are such an answer: in its thread, in its words, not before it was tried. It is
 * known from then on by the id that was heard, and stands once.
 */
export async function recogniseConfirmed(tx: Tx, heard: readonly Heard[], places: Places) {
  const own = heard.flatMap((one) => {
    if (!one.comment.own || places.isKnown(one)) return [];
    const caseId = places.threadOf(one.channel, places.placed(one));
    return caseId ? [{ ...one, caseId }] : [];
  });
  if (!own.length) return;
  const waiting = await tx.$queryRaw<Waiting[]>(Prisma.sql`
    SELECT p.id AS "publicationId", r.case_id AS "caseId", p.content->>'text' AS text, p.published_at AS "triedAt", k.subject_id AS "messageId"
    FROM reply r JOIN publication p ON p.subject_type = 'reply' AND p.subject_id = r.id AND p.state = 'published' AND p.remote_id IS NULL
    LEFT JOIN remote_key k ON k.channel_id = p.channel_id AND k.remote_id = ${mark} || p.id AND k.subject = 'message'
    WHERE r.case_id = ANY(${[...new Set(own.map(({ caseId }) => caseId))]}::uuid[]) ORDER BY p.published_at, p.id`);
  const told = new Map<string, Told>();
  for (const { channel, comment, caseId } of own) {
    if (places.isKnown({ channel, comment })) continue;
    const found = waiting.find(
      (one) => one.caseId === caseId && !told.has(one.publicationId) && isSaid(one, { text: comment.text, at: comment.sentAt }),
    );
    if (!found) continue;
    told.set(found.publicationId, { channel_id: channel.id, id: found.publicationId, remote_id: comment.remoteId, ref: comment.ref });
    if (found.messageId) places.join(channel, comment, caseId);
  }
  if (told.size) await takeIds(tx, [...told.values()]);
}

type Told = { channel_id: string; id: string; remote_id: string; ref: Json };

/** Such answers, and what is a message of theirs already, bear the ids that were heard. */
const takeIds = (tx: Tx, answers: readonly Told[]) =>
  tx.$executeRaw(Prisma.sql`
    WITH told AS (
      UPDATE publication p SET remote_id = x.remote_id FROM ${recordset(answers, "channel_id uuid, id uuid, remote_id text, ref jsonb")}
      WHERE p.id = x.id RETURNING x.*),
    keys AS (
      UPDATE remote_key k SET remote_id = told.remote_id FROM told
      WHERE k.channel_id = told.channel_id AND k.remote_id = ${mark} || told.id AND k.subject = 'message' RETURNING k.subject_id AS id, told.remote_id, told.ref)
    UPDATE message m SET remote_id = keys.remote_id, ref = coalesce(nullif(keys.ref, 'null'::jsonb), m.ref) FROM keys WHERE m.id = keys.id`);

/** Whether words are those of an answer that was tried at `triedAt`. */
export const isSaid = ({ text, triedAt }: { text: string; triedAt: Date }, said: { text: string; at: Date }): boolean =>
  plain(said.text) === plain(text) && said.at.getTime() >= triedAt.getTime() - clockSkew;
