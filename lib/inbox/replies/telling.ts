import type { Approver, Flow } from "../../approvals/flow.ts";
import type { Actor } from "../../core/access.ts";
import type { Tx } from "../../core/db.ts";
import type { Role } from "../../core/roles.ts";
import { notify } from "../../notices/notifying.ts";
import { peopleWithRole } from "../../people/holders.ts";

type Found = { id: string; unitId: string; governmentId: string; excerpt: string };

/** Tells those who have to say yes on a step of an answer. */
export async function askReplyApprovers(tx: Tx, actor: Actor, found: Found & { replyId: string; flow: Flow; step: number }) {
  const approvers: readonly Approver[] = found.flow.steps[found.step]?.approvers ?? [];
  const roles = approvers.flatMap((one): Role[] => (one.kind === "role" ? [one.role] : []));
  const named = approvers.flatMap((one) => (one.kind === "person" ? [one.personId] : []));
  const to = [...named, ...(roles.length ? await peopleWithRole(tx, found, roles) : [])];
  const params = { unit: await nameOf(tx, found.unitId), by: actor.name, excerpt: found.excerpt };
  await notify(tx, { ...about(found, `${found.replyId} ${found.step}`), type: "reply.asked", to, by: actor.personId, params });
}

/** Tells the writer what became of his answer. */
export async function tellReplyDecision(
  tx: Tx,
  actor: Actor,
  found: Found,
  reply: { id: string; authorId: string },
  decision: "approve" | "return" | "reject",
) {
  const params = { unit: await nameOf(tx, found.unitId), by: actor.name, decision, excerpt: found.excerpt };
  await notify(tx, { ...about(found, reply.id), type: "reply.decided", to: [reply.authorId], by: actor.personId, params });
}

const about = ({ id, unitId }: Found, key: string) => ({ subject: { type: "case", id }, unitId, link: `/inbox/${id}`, key });
const nameOf = async (tx: Tx, unitId: string) =>
  (await tx.unit.findUniqueOrThrow({ where: { id: unitId }, select: { shortName: true } })).shortName;
