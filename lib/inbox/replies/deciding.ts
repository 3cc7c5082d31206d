import { vote } from "../../approvals/deciding.ts";
import { flowSchema } from "../../approvals/flow.ts";
import { type Actor, authorize, inScope, rolesOver } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { sha256 } from "../../core/crypto.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { signalCases } from "../signalling.ts";
import { caseColumns, checkAnswer, sendReply } from "./answering.ts";
import type { ReplyDecisionInput, ReplyWithdrawInput } from "./approval-schema.ts";
import { askReplyApprovers, tellReplyDecision } from "./telling.ts";

const refusedVotes = { writer: "own-reply", voted: "already-voted", "not-named": "not-your-step" } as const;

/**
 * One person's decision on an answer that waits: the last yes sends exactly these words. Whoever decides has to have read the
 * thread as it stands; what came meanwhile is shown to him first. A return or rejection needs its reason.
 */
export const decideReply = (actor: Actor, input: ReplyDecisionInput): Promise<Answer> =>
  db
    .$transaction(async (tx): Promise<Answer> => {
      const reply = await findSubmitted(tx, input.replyId);
      const found = await tx.inboxCase.findFirst({
        where: { AND: [{ id: reply.caseId }, inScope(actor, "post.review")] },
        select: caseColumns,
      });
      if (!found) throw new Refusal("not-found");
      authorize(actor, "post.review", found);
      if (found.revision !== input.revision) return { ok: false, problems: [{ field: "text", code: "thread-moved" }] };
      if (input.decision !== "approve" && !input.note) return { ok: false, problems: [{ field: "note", code: "note-empty" }] };
      const flow = flowSchema.parse(reply.flow);
      const counted = await vote(tx, actor, {
        subjectType: "reply",
        subjectId: reply.id,
        round: reply.round,
        flow,
        stepSince: reply.stepSince ?? reply.createdAt,
        writers: [reply.authorId],
        roles: rolesOver(actor, found),
        decision: input.decision,
        note: input.note || null,
        checklist: {},
        contentDigest: sha256(reply.text),
      });
      if (!counted.counted) return { ok: false, problems: [{ code: refusedVotes[counted.why] }] };
      const { after } = counted;
      if (after.state === "open") {
        if (after.step !== counted.step) {
          await tx.reply.update({ where: { id: reply.id }, data: { step: after.step, stepSince: now() } });
          await askReplyApprovers(tx, actor, { ...found, replyId: reply.id, flow, step: after.step });
        }
      } else if (after.state === "approved") {
        await tx.reply.update({ where: { id: reply.id }, data: { state: "sent" } });
        const { target, problems } = await checkAnswer(tx, found, reply.text);
        if (!target) throw new NotSendable(problems);
        await tx.inboxCase.update({ where: { id: found.id }, data: { revision: { increment: 1 } } });
        await sendReply(tx, actor, found, { text: reply.text, target, replyId: reply.id });
        await tellReplyDecision(tx, actor, found, reply, "approve");
      } else {
        await leave(tx, reply.id, after.state);
        await tellReplyDecision(tx, actor, found, reply, input.decision);
      }
      await record(tx, actor, {
        type: `reply.${input.decision}`,
        subjectType: "case",
        subjectId: found.id,
        place: found,
        payload: { replyId: reply.id, note: input.note || undefined },
      });
      await signalCases(tx, [found.id]);
      return { ok: true };
    })
    .catch((error) => {
      if (error instanceof NotSendable) return { ok: false, problems: error.problems };
      throw error;
    });

/** Approved, but not to be sent any more: the vote is taken back with everything else. */
class NotSendable extends Error {
  readonly problems: Extract<Answer, { ok: false }>["problems"];
  constructor(problems: NotSendable["problems"]) {
    super("not sendable");
    this.problems = problems;
  }
}

/** The writer takes his answer back before it was decided; its words come back as his draft. */
export const withdrawReply = (actor: Actor, { replyId }: ReplyWithdrawInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const reply = await findSubmitted(tx, replyId);
    if (reply.authorId !== actor.personId) throw new Refusal("not-found");
    const found = await tx.inboxCase.findUniqueOrThrow({
      where: { id: reply.caseId },
      select: { id: true, unitId: true, governmentId: true },
    });
    await leave(tx, reply.id, "withdrawn");
    const draft = { text: reply.text, updatedAt: now() };
    const key = { caseId: reply.caseId, personId: actor.personId };
    await tx.replyDraft.upsert({ where: { caseId_personId: key }, create: { ...key, ...draft }, update: draft });
    await record(tx, actor, { type: "reply.withdrawn", subjectType: "case", subjectId: found.id, place: found, payload: { replyId } });
    await signalCases(tx, [found.id]);
    return { ok: true };
  });

/** An answer that waits, locked: decisions of the same second come one after the other. */
async function findSubmitted(tx: Tx, replyId: string) {
  await tx.$queryRaw`SELECT id FROM reply WHERE id = ${replyId}::uuid FOR UPDATE`;
  const reply = await tx.reply.findFirst({ where: { id: replyId } });
  if (!reply) throw new Refusal("not-found");
  if (reply.state !== "submitted") throw new Refusal("stale");
  return reply;
}

const leave = (tx: Tx, id: string, state: "returned" | "rejected" | "withdrawn") => tx.reply.update({ where: { id }, data: { state } });
