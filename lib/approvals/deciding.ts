import type { Actor } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { Prisma, type Tx } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { type Flow, type Progress, progress, standing, type Vote } from "./flow.ts";

export type Subject = { subjectType: "post" | "reply"; subjectId: string; round: number };

/** What somebody says on a step of a round, and the circumstances in which he says it. */
export type Ballot = Subject & {
  flow: Flow;
  /** The step that the person saw; when the round has moved on meanwhile he is refused as stale. Left out: the present one. */
  step?: number;
  stepSince: Date;
  /** Everyone who wrote a part of it. */
  writers: readonly string[];
  /** The roles the person holds over the unit. */
  roles: readonly string[];
  decision: Vote["decision"];
  note: string | null;
  checklist: Record<string, boolean>;
  contentDigest: string;
};
export type Counted = { counted: true; step: number; asDeputy: boolean; after: Progress };
export type NotCounted = { counted: false; why: "writer" | "voted" | "not-named" };

/** The votes of a round, in the order in which they were cast. */
export const votesOf = (tx: Tx, { subjectType, subjectId, round }: Subject) =>
  tx.approvalVote.findMany({ where: { subjectType, subjectId, round }, orderBy: { id: "asc" } });

type CastVote = { step: number; personId: string; decision: string; covers: number[] };
export const asVote = ({ step, personId, decision, covers }: CastVote): Vote => ({
  step,
  personId,
  decision: decision as Vote["decision"],
  covers,
});

/**
 * Counts a person's word on the present step; the word that ends the round writes its outcome down. The caller holds the
 * subject, so that votes of the same second come one after the other. Refused as stale: a step that is over, and a content
 * that is not the one the round began with.
 */
export async function vote(tx: Tx, actor: Actor, ballot: Ballot): Promise<Counted | NotCounted> {
  const cast = await votesOf(tx, ballot);
  if (cast.some((one) => one.contentDigest !== ballot.contentDigest)) throw new Refusal("stale");
  const votes = cast.map(asVote);
  const at = progress(ballot.flow, votes);
  if (at.state !== "open" || at.step !== (ballot.step ?? at.step)) throw new Refusal("stale");
  const stands = standing(ballot.flow.steps[at.step]!, {
    voter: { personId: actor.personId, roles: ballot.roles },
    writers: ballot.writers,
    cast: votes,
    missing: at.missing,
    idleHours: hoursSince(ballot.stepSince),
  });
  if (!stands.may) return { counted: false, why: stands.why };
  await keepVote(tx, actor, ballot, { step: at.step, covers: stands.covers, asDeputy: stands.asDeputy });
  const own = { step: at.step, personId: actor.personId, decision: ballot.decision, covers: stands.covers };
  const after = progress(ballot.flow, [...votes, own]);
  if (after.state !== "open") await conclude(tx, actor, ballot);
  return { counted: true, step: at.step, asDeputy: stands.asDeputy, after };
}

export const hoursSince = (at: Date) => (now().getTime() - at.getTime()) / 3_600_000;

async function keepVote(
  tx: Tx,
  actor: Actor,
  ballot: Ballot,
  { step, covers, asDeputy }: { step: number; covers: number[]; asDeputy: boolean },
) {
  const { subjectType, subjectId, round, decision, note, checklist, contentDigest } = ballot;
  const row = { subjectType, subjectId, round, step, covers, asDeputy, decision, note, checklist, contentDigest };
  const { count } = await tx.approvalVote.createMany({
    data: [{ ...row, personId: actor.personId, decidedAt: now() }],
    skipDuplicates: true,
  });
  if (!count) throw new Refusal("stale");
}

/** Writes the round's outcome down, one a round, in the name of whoever spoke last. */
async function conclude(tx: Tx, actor: Actor, ballot: Ballot) {
  const taken = await tx.$queryRaw<unknown[]>(Prisma.sql`
    INSERT INTO approval (subject_type, subject_id, round, decision, note, checklist, content_digest, decided_by, decided_at)
    VALUES (${ballot.subjectType}, ${ballot.subjectId}::uuid, ${ballot.round}, ${ballot.decision}, ${ballot.note},
      ${JSON.stringify(ballot.checklist)}::jsonb, ${ballot.contentDigest}, ${actor.personId}::uuid, ${now()})
    ON CONFLICT (subject_type, subject_id, round) DO NOTHING RETURNING id`);
  if (!taken.length) throw new Refusal("stale");
}
