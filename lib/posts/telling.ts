import type { Approver, Flow } from "../approvals/flow.ts";
import type { Actor } from "../core/access.ts";
import type { Tx } from "../core/db.ts";
import { notify } from "../notices/notifying.ts";
import { type Holder, holdersOf, peopleWithRole } from "../people/holders.ts";
import type { FoundPost } from "./moving.ts";
import { titleOf } from "./shown.ts";

/** Roles that a step can name. */
export const approverRoles = ["verifier", "supervisor", "head"] as const;

/** The people behind approvers (or deputies) of a step for a unit; those who wrote a part of the post decide nothing on it. */
export const peopleBehind = (approvers: readonly Approver[], holders: readonly Holder[], unitId: string, writers: readonly string[]) =>
  approvers
    .flatMap((one) =>
      one.kind === "person" ? [one.personId] : holders.filter((h) => h.unitId === unitId && h.role === one.role).map((h) => h.personId),
    )
    .filter((personId) => !writers.includes(personId));

async function namesFor(tx: Tx, postId: string): Promise<{ title: string; unit: string }> {
  const { text, unit } = await tx.post.findUniqueOrThrow({
    where: { id: postId },
    select: { text: true, unit: { select: { shortName: true } } },
  });
  return { title: titleOf(text), unit: unit.shortName };
}

const about = (post: Pick<FoundPost, "id" | "unitId">, actor: Actor) => ({
  by: actor.personId,
  subject: { type: "post", id: post.id },
  unitId: post.unitId,
});

/** A step begins: its approvers are asked. */
export async function askApprovers(
  tx: Tx,
  actor: Actor,
  post: Pick<FoundPost, "id" | "unitId">,
  { flow, round, step, writers }: { flow: Flow; round: number; step: number; writers: readonly string[] },
) {
  const holders = await holdersOf(tx, [post.unitId], approverRoles);
  await notify(tx, {
    ...about(post, actor),
    type: "review.asked",
    to: peopleBehind(flow.steps[step]?.approvers ?? [], holders, post.unitId, writers),
    params: { ...(await namesFor(tx, post.id)), by: actor.name, step: step + 1, of: flow.steps.length },
    link: `/review/${post.id}`,
    key: `${post.id} ${round} ${step}`,
  });
}

/** The round is over: the author hears how it ended, and the reason. */
export async function tellDecision(tx: Tx, actor: Actor, post: FoundPost, decision: string, note: string) {
  await notify(tx, {
    ...about(post, actor),
    type: "review.decided",
    to: [post.authorId],
    params: { ...(await namesFor(tx, post.id)), by: actor.name, decision, text: note },
    link: `/posts/${post.id}`,
    key: `${post.id} ${post.round}`,
  });
}

/** Something goes out without a verifier: everyone who could have decided hears of it. */
export async function tellEmergency(tx: Tx, actor: Actor, post: FoundPost, reason: string) {
  await notify(tx, {
    ...about(post, actor),
    type: "emergency.used",
    to: await peopleWithRole(tx, post, "post.review"),
    params: { ...(await namesFor(tx, post.id)), by: actor.name, reason },
    link: `/review/${post.id}`,
    key: `${post.id} ${post.round}`,
  });
}
