/** Answers of which a person said that they are there, while nobody knows their id on the platform. */
import { Prisma, type Tx } from "../../core/db.ts";
import type { Json } from "../../platforms/contract.ts";

/** Under this id such an answer is a message of its thread until the platform names its own; no platform is ever asked about it. */
export const confirmedId = (publicationId: string) => `confirmed:${publicationId}`;

type Named = { publicationId: string; channelId: string; remoteId: string; ref: Json };

/** The platform's own id of a confirmed answer has come. Returns whether its message has it now; where another has it already, that one stays. */
export async function nameConfirmed(tx: Tx, { publicationId, channelId, remoteId, ref }: Named): Promise<boolean> {
  const synthetic = confirmedId(publicationId);
  const [kept] = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT subject_id AS id FROM remote_key WHERE channel_id = ${channelId}::uuid AND remote_id = ${synthetic} FOR UPDATE`);
  if (!kept) return false;
  const key = Prisma.sql`channel_id = ${channelId}::uuid AND remote_id = ${synthetic}`;
  if (await tx.remoteKey.count({ where: { channelId, remoteId } })) {
    await tx.$executeRaw(Prisma.sql`DELETE FROM remote_key WHERE ${key}`);
    await tx.$executeRaw(Prisma.sql`DELETE FROM message WHERE id = ${kept.id}::uuid`);
    return false;
  }
  await tx.$executeRaw(Prisma.sql`UPDATE remote_key SET remote_id = ${remoteId} WHERE ${key}`);
  await tx.$executeRaw(Prisma.sql`
    UPDATE message SET remote_id = ${remoteId}, ref = nullif(${JSON.stringify(ref)}::jsonb, 'null'::jsonb) WHERE id = ${kept.id}::uuid`);
  return true;
}

type Own = { caseId: string; channelId: string; remoteId: string; text: string; ref: Json };

/** Of the account's own words, read in these threads, those that are confirmed answers: each is named, and returned by its remote id. */
export async function recogniseConfirmed(tx: Tx, own: readonly Own[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  if (!own.length) return found;
  const waiting = await tx.$queryRaw<{ publicationId: string; caseId: string; text: string }[]>(Prisma.sql`
    SELECT p.id AS "publicationId", r.case_id AS "caseId", p.content ->> 'text' AS text
    FROM reply r JOIN publication p ON p.subject_type = 'reply' AND p.subject_id = r.id
    WHERE r.case_id = ANY(${own.map(({ caseId }) => caseId)}::uuid[]) AND p.state = 'published' AND p.remote_id IS NULL`);
  for (const { caseId, channelId, remoteId, text, ref } of own) {
    const at = waiting.findIndex((one) => one.caseId === caseId && plain(one.text) === plain(text));
    const [answer] = at < 0 ? [] : waiting.splice(at, 1);
    if (!answer || !(await nameConfirmed(tx, { publicationId: answer.publicationId, channelId, remoteId, ref }))) continue;
    await tx.publication.update({ where: { id: answer.publicationId }, data: { remoteId, ref: ref ?? Prisma.DbNull } });
    found.add(remoteId);
  }
  return found;
}

const plain = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();
