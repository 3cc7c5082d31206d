import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, type Problem, Refusal } from "../../core/errors.ts";
import { storable } from "../../core/text.ts";
import { answerContent, frozenContent } from "../../delivery/content.ts";
import { planPublications } from "../../delivery/planning.ts";
import { clockSkew } from "../../platforms/commit.ts";
import type { Json, Mode, Platform } from "../../platforms/contract.ts";
import { checkReply } from "../../platforms/problems.ts";
import { takesPosts } from "../../platforms/registry.ts";
import { answerWindow } from "../../platforms/whatsapp/transform.ts";
import { confirmedId, isSaid } from "../intake/confirmed.ts";
import { lockThreads, settle, type Thread } from "../intake/duties.ts";
import { insertMessages, lockChannels, type NewMessage } from "../intake/facts.ts";
import type { AnswerInput } from "../schema.ts";
import { signalCases } from "../signalling.ts";
import { maskPersonalData } from "../sorting/masking.ts";
import { needsApproval, submitReply } from "./approving.ts";

/**
 * Answers a thread where it stands: in public, a private message in private. The answer goes out through delivery like a post:
 * never twice, never lost. Where the unit lets answers of such a kind be approved first, it waits for that. Refused when the
 * thread has moved on since it was opened, while another answer is on its way, and when the platform no longer passes answers
 * on to this citizen.
 */
export const answerCase = (actor: Actor, { caseId, revision, text }: AnswerInput): Promise<Answer<{ waits: boolean }>> =>
  db.$transaction(async (tx) => {
    const found = await findCase(tx, actor, caseId);
    if (found.revision !== revision) return { ok: false, problems: [{ field: "text", code: "thread-moved" }] };
    const { target, problems } = await checkAnswer(tx, found, text);
    if (!target) return { ok: false, problems };
    const waits = await needsApproval(tx, found);
    if (!(await takeTurn(tx, actor, found))) return { ok: false, problems: [{ field: "text", code: "thread-moved" }] };
    if (waits) await submitReply(tx, actor, { ...found, revision: revision + 1 }, text);
    else {
      await sendReply(tx, actor, found, { text, target });
      await tx.replyDraft.deleteMany({ where: { caseId, personId: actor.personId } });
    }
    return { ok: true, waits };
  });

export type FoundCase = Awaited<ReturnType<typeof findCase>>;
type Target = { remoteId: string; ref: unknown; isPrivate: boolean };

/** Hands an answer over to delivery within the caller's transaction; the case is then one revision on. Returns what is in its way. */
export async function putAnswer(tx: Tx, actor: Actor, found: FoundCase, text: string): Promise<Problem[]> {
  const { target, problems } = await checkAnswer(tx, found, text);
  if (!target) return problems;
  if (!(await takeTurn(tx, actor, found))) return [{ field: "text", code: "thread-moved" }];
  await sendReply(tx, actor, found, { text, target });
  return [];
}

/** What would be answered, and what is in the way of it. */
export async function checkAnswer(tx: Tx, found: FoundCase, text: string): Promise<{ target: Target | null; problems: Problem[] }> {
  const refused = (code: string) => ({ target: null, problems: [{ field: "text", code }] });
  const problems = checkReply(found.channel.platform as Platform, text);
  if (problems.length) return { target: null, problems: problems.map(({ code, params }) => ({ field: "text", code, params })) };
  if (await isAnswerUnderway(tx, found.id)) return refused("answer-on-its-way");
  const message = await tx.message.findFirst({
    where: { caseId: found.id, direction: "in", id: { gte: await floorOf(tx, found.receivedAt) } },
    orderBy: { id: "desc" },
    select: { remoteId: true, ref: true, sentAt: true },
  });
  if (!message) throw new Refusal("not-found");
  const isPrivate = !takesPosts(found.channel.platform as Platform, found.channel.mode as Mode);
  if (isPrivate && now().getTime() - message.sentAt.getTime() >= answerWindow) return refused("window-closed");
  return { target: { remoteId: message.remoteId, ref: message.ref, isPrivate }, problems: [] };
}

/** Of two who answer at once the first is taken; whoever answers has the case, unless somebody had it. */
async function takeTurn(tx: Tx, actor: Actor, { id, revision, assigneeId }: FoundCase): Promise<boolean> {
  const { count } = await tx.inboxCase.updateMany({
    where: { id, revision },
    data: { revision: { increment: 1 }, assigneeId: assigneeId ?? actor.personId },
  });
  return count > 0;
}

/** Puts an answer on its way; `replyId`: one that was written down before and has waited for its approval. */
export async function sendReply(
  tx: Tx,
  actor: Actor,
  found: FoundCase,
  { text, target, replyId }: { text: string; target: Target; replyId?: string },
) {
  const { id: caseId, channelId, unitId, governmentId } = found;
  const reply = replyId
    ? await tx.reply.update({ where: { id: replyId }, data: { state: "sent" }, select: { id: true } })
    : await tx.reply.create({ data: { caseId, authorId: actor.personId, text, createdAt: now() }, select: { id: true } });
  // Never the comment itself: that would be our own first comment under a post.
  const postRemoteId = target.isPrivate ? null : (found.remotePost?.remoteId ?? found.postRemoteId ?? "");
  const content = answerContent(text, { remoteId: target.remoteId, postRemoteId, ref: target.ref as never });
  await planPublications(tx, { type: "reply", id: reply.id }, [{ channelId, unitId, governmentId, content }], now());
  await record(tx, actor, { type: "case.answered", subjectType: "case", subjectId: caseId, place: found, payload: { replyId: reply.id } });
  await signalCases(tx, [caseId]);
}

/** Whether an answer to this case waits for approval, is on its way, or nobody knows yet whether it arrived. */
const isAnswerUnderway = async (tx: Tx, caseId: string): Promise<boolean> => {
  const replies = await tx.reply.findMany({ where: { caseId }, select: { id: true, state: true } });
  if (replies.some(({ state }) => state === "submitted")) return true;
  const underway = {
    subjectType: "reply",
    subjectId: { in: replies.map(({ id }) => id) },
    state: { in: ["due", "publishing", "unknown"] },
  };
  return (await tx.publication.count({ where: underway })) > 0;
};

/** Of a case, what answering it needs. */
export const caseColumns = {
  id: true,
  unitId: true,
  governmentId: true,
  channelId: true,
  revision: true,
  state: true,
  assigneeId: true,
  postRemoteId: true,
  receivedAt: true,
  kind: true,
  urgent: true,
  sensitive: true,
  excerpt: true,
  channel: { select: { platform: true, mode: true } },
  remotePost: { select: { remoteId: true } },
} as const;

export async function findCase(tx: Tx, actor: Actor, caseId: string) {
  const found = await tx.inboxCase.findFirst({ where: { AND: [{ id: caseId }, inScope(actor, "inbox.work")] }, select: caseColumns });
  if (!found) throw new Refusal("not-found");
  return found;
}

const floorOf = async (tx: Tx, at: Date) => (await tx.$queryRaw<{ id: string }[]>`SELECT garda_uuid_floor(${at}) AS id`)[0]!.id;

/**
 * A reply stands on the platform: it becomes a message of its thread, and the waiting ends at the time it went out. One that a
 * person says was sent does too, under an id of our own until its platform tells another.
 */
export async function takeInReply(publicationId: string) {
  const settled = await db.publication.findUnique({
    where: { id: publicationId },
    select: { subjectType: true, subjectId: true, state: true, channelId: true },
  });
  if (settled?.subjectType !== "reply") return;
  if (settled.state === "failed") return takeBack(settled.subjectId);
  if (settled.state !== "published") return;
  await db.$transaction(async (tx) => {
    // Of a reading that brings the same words in, one waits for the other.
    await lockChannels(tx, [settled.channelId]);
    const publication = await tx.publication.findUniqueOrThrow({
      where: { id: publicationId },
      select: { id: true, channelId: true, state: true, remoteId: true, publishedAt: true, content: true, ref: true },
    });
    if (publication.state !== "published" || !publication.publishedAt) return;
    const { channelId, publishedAt } = publication;
    const reply = await tx.reply.findUnique({
      where: { id: settled.subjectId },
      select: { id: true, caseId: true, authorId: true, inboxCase: { select: { unitId: true, governmentId: true } } },
    });
    if (!reply) return;
    const content = frozenContent.parse(publication.content);
    const author = await tx.person.findUnique({ where: { id: reply.authorId }, select: { name: true } });
    const threads = await lockThreads(tx, [reply.caseId]);
    const before = await tx.message.findFirst({
      where: { caseId: reply.caseId, replyId: reply.id, via: "reply" },
      select: { id: true, channelId: true, remoteId: true, sentAt: true },
    });
    const sent = { ...publication, publishedAt, text: content.text, caseId: reply.caseId };
    const remoteId = publication.remoteId ?? (before ? null : await readId(tx, sent)) ?? confirmedId(publicationId);
    if (before) await standAnew(tx, threads, before, { remoteId, ref: publication.ref as Json, publishedAt });
    else {
      const message = {
        channelId,
        governmentId: reply.inboxCase.governmentId,
        caseId: reply.caseId,
        remoteId,
        parentRemoteId: content.replyTo?.remoteId ?? null,
        direction: "out" as const,
        authorName: author?.name ?? "",
        text: content.text,
        attachment: null,
        masked: [],
        sentAt: publishedAt,
        receivedAt: publishedAt,
        ref: publication.ref as Json,
        replyId: reply.id,
        via: "reply" as const,
        kind: null,
        needsReply: null,
        urgent: null,
      };
      await standFirst(tx, threads, message);
    }
    await signalCases(tx, [reply.caseId]);
  });
}

/** A reply becomes a message, unless the platform's own notice of it came first, which then only needs to be known as ours. */
async function standFirst(tx: Tx, threads: Thread[], message: Omit<NewMessage, "id">) {
  const { channelId, remoteId, sentAt, replyId, authorName } = message;
  const [key] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO remote_key (channel_id, remote_id, subject, subject_id) VALUES (${channelId}::uuid, ${remoteId}, 'message', garda_uuidv7(${sentAt}))
    ON CONFLICT DO NOTHING RETURNING subject_id AS id`;
  if (!key)
    await tx.$executeRaw`UPDATE message SET reply_id = ${replyId}::uuid, author_name = ${authorName} WHERE id = (SELECT subject_id FROM remote_key WHERE channel_id = ${channelId}::uuid AND remote_id = ${remoteId})`;
  else {
    await insertMessages(tx, [{ ...message, id: key.id }]);
    await settle(tx, threads, new Set([key.id]));
  }
}

/** A reply that is a message already: the platform has told its id since, or it did not arrive and was sent again. */
async function standAnew(
  tx: Tx,
  threads: Thread[],
  before: { id: string; channelId: string; remoteId: string; sentAt: Date },
  { remoteId, ref, publishedAt }: { remoteId: string; ref: Json; publishedAt: Date },
) {
  const { id, channelId } = before;
  if (remoteId !== before.remoteId) {
    await tx.remoteKey.update({ where: { channelId_remoteId: { channelId, remoteId: before.remoteId } }, data: { remoteId } });
    await tx.message.update({ where: { id }, data: { remoteId, ...(ref === null ? {} : { ref }) } });
  }
  if (publishedAt.getTime() === before.sentAt.getTime()) return;
  await tx.message.update({ where: { id }, data: { sentAt: publishedAt, receivedAt: publishedAt } });
  await settle(tx, threads, new Set([id]));
}

type Sent = { id: string; caseId: string; text: string; publishedAt: Date };

/** Under which id a reply was read, as words of the account, before anybody said that it was sent; masked like all that is read. */
async function readId(tx: Tx, { id, caseId, text, publishedAt }: Sent): Promise<string | null> {
  const said = await tx.message.findMany({
    where: { caseId, direction: "out", replyId: null, id: { gte: await floorOf(tx, new Date(publishedAt.getTime() - clockSkew)) } },
    orderBy: { id: "asc" },
    select: { remoteId: true, text: true, sentAt: true },
  });
  const masked = { text: maskPersonalData(storable(text)).text, triedAt: publishedAt };
  const read = said.find((message) => isSaid(masked, { text: message.text, at: message.sentAt }));
  if (read) await tx.publication.update({ where: { id }, data: { remoteId: read.remoteId } });
  return read?.remoteId ?? null;
}

/** The platform said afterwards that an answer never arrived: whoever waited for it still waits. */
async function takeBack(replyId: string) {
  await db.$transaction(async (tx) => {
    const message = await tx.message.findFirst({ where: { replyId }, select: { caseId: true, sentAt: true } });
    if (!message) return;
    const [thread] = await lockThreads(tx, [message.caseId]);
    if (!thread) return;
    await tx.replyDuty.updateMany({ where: { caseId: thread.id, answeredAt: { gte: message.sentAt } }, data: { answeredAt: null } });
    await tx.caseDeadline.updateMany({
      where: { caseId: thread.id, subject: "first_response", metAt: { gte: message.sentAt } },
      data: { metAt: null, nextAt: now() },
    });
    const duty = await tx.replyDuty.findFirst({ where: { caseId: thread.id, answeredAt: null }, orderBy: { dueAt: "asc" } });
    await tx.inboxCase.update({
      where: { id: thread.id },
      data: {
        state: "open",
        answeredAt: null,
        dueAt: duty?.dueAt ?? null,
        dueSince: duty?.countedFrom ?? duty?.openedAt ?? null,
        revision: { increment: 1 },
      },
    });
    await signalCases(tx, [thread.id]);
  });
}
