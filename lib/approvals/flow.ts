/** Who has to say yes, in which order, before something goes out. Pure. */

import { z } from "zod";

/** Anybody who holds the role over the unit, or one named person. */
export const approverSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("role"), role: z.enum(["verifier", "supervisor", "head"]) }),
  z.object({ kind: z.literal("person"), personId: z.uuid() }),
]);
export type Approver = z.infer<typeof approverSchema>;

const stepSchema = z.object({
  name: z.string().trim().min(1).max(60),
  /** `any`: one of the approvers is enough; `all`: each of them, and for a role one of its holders. */
  need: z.enum(["any", "all"]),
  approvers: z.array(approverSchema).min(1).max(8),
  /** Who stands in for all approvers once the step has been idle for `deputyAfterHours`. */
  deputies: z.array(approverSchema).max(8),
  deputyAfterHours: z.int().min(1).max(240).nullable(),
});
export type Step = z.infer<typeof stepSchema>;

/** One to four steps, one after the other. */
export const flowSchema = z.object({ steps: z.array(stepSchema).min(1).max(4) });
export type Flow = z.infer<typeof flowSchema>;

/** Where a unit has set nothing: one verifier. */
export const defaultFlow: Flow = {
  steps: [{ name: "Verifikasi", need: "any", approvers: [{ kind: "role", role: "verifier" }], deputies: [], deputyAfterHours: null }],
};

/** `covers`: which of the step's approvers, by index, this person spoke as. */
export type Vote = { step: number; personId: string; decision: "approve" | "return" | "reject"; covers: number[] };

export type Progress = { state: "approved" | "returned" | "rejected" } | { state: "open"; step: number; missing: number[] };

/**
 * How far a round of votes has got. One return or rejection ends it; a step begins when the one before is satisfied. Votes on
 * a step that had not begun count for nothing.
 */
export function progress({ steps }: Flow, votes: readonly Vote[]): Progress {
  for (const [index, step] of steps.entries()) {
    const cast = votes.filter((vote) => vote.step === index);
    const against = cast.find((vote) => vote.decision !== "approve");
    if (against) return { state: against.decision === "return" ? "returned" : "rejected" };
    const covered = new Set(cast.flatMap((vote) => vote.covers));
    const missing = step.approvers.map((_, approver) => approver).filter((approver) => !covered.has(approver));
    const satisfied = step.need === "any" ? missing.length < step.approvers.length : missing.length === 0;
    if (!satisfied) return { state: "open", step: index, missing };
  }
  return { state: "approved" };
}

export type Voter = { personId: string; roles: readonly string[] };
export type Standing = { may: true; covers: number[]; asDeputy: boolean } | { may: false; why: "writer" | "voted" | "not-named" };

/**
 * Whether a person may speak on a step now, and as whom. Nobody decides on what he wrote, and nobody speaks twice in a round:
 * two steps mean two people. `cast`: every vote of the round. `idleHours`: since the step began. A deputy speaks for every approver still missing.
 */
export function standing(
  step: Step,
  {
    voter,
    writers,
    cast,
    missing,
    idleHours,
  }: { voter: Voter; writers: readonly string[]; cast: readonly Vote[]; missing: readonly number[]; idleHours: number },
): Standing {
  if (writers.includes(voter.personId)) return { may: false, why: "writer" };
  if (cast.some((vote) => vote.personId === voter.personId)) return { may: false, why: "voted" };
  const covers = missing.filter((index) => isNamed(step.approvers[index]!, voter));
  const deputy = isOverdue(step, idleHours) && step.deputies.some((approver) => isNamed(approver, voter));
  // Who is both speaks for all who are missing: he has no second word to do it with.
  const enough = step.need === "any" || !deputy || covers.length === missing.length;
  if (covers.length && enough) return { may: true, covers, asDeputy: false };
  return deputy ? { may: true, covers: [...missing], asDeputy: true } : { may: false, why: "not-named" };
}

/** Whether a step has been idle for so long that its deputies may decide. */
export const isOverdue = ({ deputies, deputyAfterHours }: Step, idleHours: number): boolean =>
  deputies.length > 0 && deputyAfterHours !== null && idleHours >= deputyAfterHours;

/** Whether an approver means this person. */
export const isNamed = (approver: Approver, { personId, roles }: Voter): boolean =>
  approver.kind === "person" ? approver.personId === personId : roles.includes(approver.role);
