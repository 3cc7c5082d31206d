import { type Actor, authorize, inScope, rolesOver } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Prisma, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { signal } from "../../core/live.ts";
import { notify } from "../../notices/notifying.ts";
import { peopleWithRole } from "../../people/holders.ts";
import type { Mode, Moderation, Platform } from "../../platforms/contract.ts";
import { connectorFor } from "../../platforms/registry.ts";
import { type FoundCase, findCase } from "../replies/answering.ts";
import { signalCases } from "../signalling.ts";
import { mayDecide, needsSecond, offered, possible, type Subject, shortestHideNote, standingOf } from "./rules.ts";
import type { ModerationDecisionInput, ModerationInput, ModerationRef } from "./schema.ts";

const refused = (code: string, field?: string): Answer<{ waits: boolean }> => ({
  ok: false,
  problems: [{ code, ...(field ? { field } : {}) }],
});

/** What the platform of an account can do with a comment. */
export const actionsOf = ({ platform, mode }: { platform: string; mode: string }): readonly Moderation[] =>
  connectorFor(platform as Platform, mode as Mode).moderation?.actions ?? [];

/**
 * A person likes a citizen's comment under our post, hides it or shows it again; the worker does it on the platform. Hiding
 * takes a reason that lies in the words. What is a criticism, a complaint, an aspiration or a question is not hidden as such:
 * it takes a note too, and waits for a second person (`waits`). The case keeps its duties.
 */
export const orderModeration = (actor: Actor, input: ModerationInput): Promise<Answer<{ waits: boolean }>> =>
  db.$transaction(async (tx) => {
    const { caseId, messageId, action, revision } = input;
    const found = await findCase(tx, actor, caseId);
    if (found.revision !== revision) throw new Refusal("stale");
    const message = await findMessage(tx, found, messageId);
    const { subject, standing } = message;
    if (!possible(subject).includes(action)) return refused(subject.removed ? "moderation-removed" : "moderation-not-offered");
    if (standing.open) return refused("moderation-underway");
    if (!offered(subject, standing).includes(action)) return refused("moderation-done-before");
    const waits = needsSecond(action, [found.kind, message.kind]);
    if (action === "hide" && !input.reason) return refused(waits ? "hide-voice" : "hide-reason", "reason");
    if (waits && input.note.length < shortestHideNote) return refused("hide-voice-note", "note");
    await moveOn(tx, found.id, revision);
    const order = await tx.moderation.create({
      data: {
        caseId,
        messageId,
        channelId: found.channelId,
        governmentId: found.governmentId,
        action,
        reason: action === "hide" ? input.reason : null,
        note: input.note || null,
        state: waits ? "asked" : "waiting",
        personId: actor.personId,
        runAt: now(),
        createdAt: now(),
      },
      select: { id: true },
    });
    const payload = { moderationId: order.id, messageId, action, reason: input.reason, note: input.note };
    await tell(tx, actor, found, waits ? "moderation.asked" : "moderation.ordered", payload);
    if (waits) await askSecond(tx, actor, found, order.id);
    else await signal(tx, { topic: "moderation-due" });
    return { ok: true, waits };
  });

/** The second person's yes or no, with the thread before him as it stands. A no needs its reason. */
export const decideModeration = (actor: Actor, { moderationId, revision, decision, note }: ModerationDecisionInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const order = await findAsked(tx, moderationId, { inboxCase: inScope(actor, "moderation.decide") });
    const found = order.inboxCase;
    authorize(actor, "moderation.decide", found);
    if (!mayDecide(order.personId, { personId: actor.personId, roles: rolesOver(actor, found) }))
      return { ok: false, problems: [{ code: "moderation-own" }] };
    if (decision === "refuse" && !note) return { ok: false, problems: [{ field: "note", code: "note-empty" }] };
    await moveOn(tx, found.id, revision);
    const at = now();
    const decided = { decidedBy: actor.personId, decidedAt: at, decisionNote: note || null };
    await leaveAsked(tx, moderationId, {
      ...decided,
      ...(decision === "approve" ? { state: "waiting", runAt: at } : { state: "refused" }),
    });
    const payload = { moderationId, messageId: order.messageId, note };
    await tell(tx, actor, found, decision === "approve" ? "moderation.approved" : "moderation.refused", payload);
    if (decision === "approve") await signal(tx, { topic: "moderation-due" });
    await tellDecision(tx, actor, found, { id: moderationId, personId: order.personId, decision });
    return { ok: true };
  });

/** Who asked takes it back before it was decided. */
export const withdrawModeration = (actor: Actor, { moderationId }: ModerationRef): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const order = await findAsked(tx, moderationId, { personId: actor.personId, inboxCase: inScope(actor, "inbox.work") });
    await leaveAsked(tx, moderationId, { state: "refused", decidedBy: actor.personId, decidedAt: now() });
    await tx.inboxCase.update({ where: { id: order.inboxCase.id }, data: { revision: { increment: 1 } } });
    await tell(tx, actor, order.inboxCase, "moderation.withdrawn", { moderationId, messageId: order.messageId });
    return { ok: true };
  });

/** A message of the case with what stands in the way of ordering; locked by its case's revision. */
async function findMessage(tx: Tx, found: FoundCase, id: string) {
  const [message, removed, orders] = await Promise.all([
    tx.message.findFirst({ where: { id, caseId: found.id }, select: { direction: true, parentRemoteId: true, kind: true } }),
    tx.messageChange.count({ where: { caseId: found.id, messageId: id, kind: "removed" } }),
    tx.moderation.findMany({ where: { messageId: id }, orderBy: { id: "asc" }, select: { action: true, state: true } }),
  ]);
  if (!message) throw new Refusal("not-found");
  const subject: Subject = {
    ...message,
    actions: actionsOf(found.channel),
    platform: found.channel.platform,
    underPost: found.remotePost !== null,
    removed: removed > 0,
  };
  return { kind: message.kind, subject, standing: standingOf(orders as Parameters<typeof standingOf>[0]) };
}

/** Tells those who may be the second person. */
async function askSecond(tx: Tx, actor: Actor, found: FoundCase, key: string) {
  const { id, unitId, excerpt } = found;
  const [to, unit] = await Promise.all([
    peopleWithRole(tx, found, ["verifier", "supervisor"]),
    tx.unit.findUniqueOrThrow({ where: { id: unitId }, select: { shortName: true } }),
  ]);
  await notify(tx, {
    type: "moderation.asked",
    to: to.filter((one) => one !== actor.personId),
    by: actor.personId,
    subject: { type: "case", id },
    unitId,
    link: `/inbox/${id}`,
    key,
    params: { unit: unit.shortName, by: actor.name, excerpt },
  });
}

/** Tells who asked what became of it. */
async function tellDecision(
  tx: Tx,
  actor: Actor,
  { id, unitId }: Told,
  order: { id: string; personId: string; decision: "approve" | "refuse" },
) {
  const { excerpt, unit } = await tx.inboxCase.findUniqueOrThrow({
    where: { id },
    select: { excerpt: true, unit: { select: { shortName: true } } },
  });
  await notify(tx, {
    type: "moderation.decided",
    to: [order.personId],
    by: actor.personId,
    subject: { type: "case", id },
    unitId,
    link: `/inbox/${id}`,
    key: order.id,
    params: { unit: unit.shortName, by: actor.name, decision: order.decision, excerpt },
  });
}

async function findAsked(tx: Tx, id: string, where: Prisma.ModerationWhereInput) {
  const order = await tx.moderation.findFirst({
    where: { AND: [{ id }, where] },
    select: { state: true, personId: true, messageId: true, inboxCase: { select: { id: true, unitId: true, governmentId: true } } },
  });
  if (!order) throw new Refusal("not-found");
  if (order.state !== "asked") throw new Refusal("stale");
  return order;
}

async function leaveAsked(tx: Tx, id: string, data: Prisma.ModerationUpdateManyMutationInput) {
  const { count } = await tx.moderation.updateMany({ where: { id, state: "asked" }, data });
  if (!count) throw new Refusal("stale");
}

async function moveOn(tx: Tx, caseId: string, revision: number) {
  const { count } = await tx.inboxCase.updateMany({ where: { id: caseId, revision }, data: { revision: { increment: 1 } } });
  if (!count) throw new Refusal("stale");
}

type Told = { id: string; unitId: string; governmentId: string };
async function tell(tx: Tx, actor: Actor, place: Told, type: string, payload: Record<string, unknown>) {
  await record(tx, actor, { type, subjectType: "case", subjectId: place.id, place, payload });
  await signalCases(tx, [place.id]);
}
