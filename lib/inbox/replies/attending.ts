import { type Actor, inScope } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import type { AttendInput, DraftInput } from "../schema.ts";

/** Who gave no sign for so long has closed the case. An open one gives a sign every 20 seconds. */
const SEEN_MS = 45_000;

async function mustSee(tx: Tx, actor: Actor, caseId: string) {
  const seen = await tx.inboxCase.count({ where: { id: caseId, units: { some: inScope(actor, "inbox.read") } } });
  if (!seen) throw new Refusal("not-found");
}

export type Present = { name: string; writing: boolean };

/** Notes that the actor has the case open, and answers with the others who have, and whether they write. */
export const attendCase = (actor: Actor, { caseId, writing }: AttendInput): Promise<Answer<{ others: Present[] }>> =>
  db.$transaction(async (tx) => {
    await mustSee(tx, actor, caseId);
    const at = now();
    const key = { caseId, personId: actor.personId };
    const sign = { writing, seenAt: at };
    await tx.casePresence.upsert({ where: { caseId_personId: key }, create: { ...key, ...sign }, update: sign });
    const since = new Date(at.getTime() - SEEN_MS);
    const others = await tx.$queryRaw<Present[]>`
      SELECT p.name, c.writing FROM case_presence c JOIN person p ON p.id = c.person_id
      WHERE c.case_id = ${caseId}::uuid AND c.person_id <> ${actor.personId}::uuid AND c.seen_at >= ${since} ORDER BY p.name LIMIT 20`;
    return { ok: true, others };
  });

export type KeptDraft = { text: string; updatedAt: Date };

/** What the actor has begun to answer, on whichever device. */
export const replyDraftOf = (actor: Actor, caseId: string): Promise<KeptDraft | null> =>
  db.replyDraft.findUnique({
    where: { caseId_personId: { caseId, personId: actor.personId } },
    select: { text: true, updatedAt: true },
  });

/** Keeps what somebody has begun to answer, for him alone; empty words forget it. Answers with the instant at which it was kept. */
export const keepReplyDraft = (actor: Actor, { caseId, text }: DraftInput): Promise<Answer<{ keptAt: Date }>> =>
  db.$transaction(async (tx) => {
    await mustSee(tx, actor, caseId);
    const key = { caseId, personId: actor.personId };
    const keptAt = now();
    if (!text.trim()) await tx.replyDraft.deleteMany({ where: key });
    else {
      const draft = { text, updatedAt: keptAt };
      await tx.replyDraft.upsert({ where: { caseId_personId: key }, create: { ...key, ...draft }, update: draft });
    }
    return { ok: true, keptAt };
  });

/** Forgets who had a case open before `before`. */
export const forgetPresence = (before: Date) => db.casePresence.deleteMany({ where: { seenAt: { lt: before } } });
