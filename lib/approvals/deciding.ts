import type { Actor } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { Prisma, type Tx } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";

export type Decision = {
  subjectType: "post" | "reply";
  subjectId: string;
  round: number;
  decision: "approve" | "return" | "reject";
  note: string | null;
  checklist: Record<string, boolean>;
  contentDigest: string;
};

/** Writes a decision down. One a round: of two verifiers in the same second the second is refused as stale. */
export async function decide(tx: Tx, actor: Actor, decision: Decision) {
  const taken = await tx.$queryRaw<unknown[]>(Prisma.sql`
    INSERT INTO approval (subject_type, subject_id, round, decision, note, checklist, content_digest, decided_by, decided_at)
    VALUES (${decision.subjectType}, ${decision.subjectId}::uuid, ${decision.round}, ${decision.decision}, ${decision.note},
      ${JSON.stringify(decision.checklist)}::jsonb, ${decision.contentDigest}, ${actor.personId}::uuid, ${now()})
    ON CONFLICT (subject_type, subject_id, round) DO NOTHING RETURNING id`);
  if (!taken.length) throw new Refusal("stale");
}
