import type { Approver, Flow } from "../../approvals/flow.ts";
import type { Actor } from "../../core/access.ts";
import { db, type Tx } from "../../core/db.ts";
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

/**
 * An answer was settled: where the platform refused it or nobody knows whether it stands there, its author hears of it, who thinks
 * it sent. Each new try may fail anew, and is told anew. Safe to run twice.
 */
export async function tellOfReply(publicationId: string) {
  await db.$transaction(async (tx) => {
    const row = await tx.publication.findUnique({
      where: { id: publicationId },
      select: { subjectType: true, subjectId: true, state: true, problem: true, channel: { select: { platform: true } } },
    });
    if (row?.subjectType !== "reply") return;
    const asks = row.state === "unknown" && (row.problem as { code?: string } | null)?.code === "ask-person";
    if (row.state !== "failed" && !asks) return;
    const reply = await tx.reply.findUnique({
      where: { id: row.subjectId },
      select: { authorId: true, inboxCase: { select: { id: true, unitId: true, governmentId: true, excerpt: true } } },
    });
    if (!reply) return;
    const tries = await tx.publicationAttempt.count({ where: { publicationId } });
    const found = reply.inboxCase;
    await notify(tx, {
      ...about(found, `${publicationId} ${tries}`),
      type: asks ? "reply.asks-person" : "reply.failed",
      to: [reply.authorId],
      by: null,
      params: { unit: await nameOf(tx, found.unitId), platform: row.channel.platform, excerpt: found.excerpt },
    });
  });
}

const about = ({ id, unitId }: Found, key: string) => ({ subject: { type: "case", id }, unitId, link: `/inbox/${id}`, key });
const nameOf = async (tx: Tx, unitId: string) =>
  (await tx.unit.findUniqueOrThrow({ where: { id: unitId }, select: { shortName: true } })).shortName;
