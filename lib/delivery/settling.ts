import { type Actor, inScope } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { emit, type PublicationSubject } from "../core/events.ts";
import { signal } from "../core/live.ts";
import type { Platform } from "../platforms/contract.ts";
import { readPermalink } from "../platforms/permalink.ts";
import { newCheckpoint } from "./content.ts";
import { dueOrHeld } from "./pausing.ts";
import { planFirstComment, standing } from "./planning.ts";

async function findWaiting(tx: Prisma.TransactionClient, actor: Actor, id: string) {
  const publication = await tx.publication.findFirst({
    where: { id, ...inScope(actor, "post.settle") },
    select: { id: true, ...standing },
  });
  if (!publication) throw new Refusal("not-found");
  return publication;
}

/** A person says "it is out, here": a manual publication, or one whose outcome the platform would not tell. */
export async function confirmPublished(
  actor: Actor,
  { publicationId, permalink }: { publicationId: string; permalink: string },
): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const publication = await findWaiting(tx, actor, publicationId);
    const read = readPermalink(publication.channel.platform as Platform, permalink, publication.channel.remoteId);
    if (!read.ok)
      return { ok: false, problems: [{ field: "permalink", code: read.code, params: { platform: publication.channel.platform } }] };
    const at = now();
    const { count } = await tx.publication.updateMany({
      where: { id: publicationId, subjectType: "post", state: { in: ["manual", "unknown", "failed"] } },
      data: {
        state: "published",
        permalink: read.permalink,
        remoteId: read.remoteId,
        publishedAt: at,
        settledBy: actor.personId,
        problem: Prisma.DbNull,
      },
    });
    if (!count) throw new Refusal("stale");
    await planFirstComment(tx, { ...publication, remoteId: read.remoteId });
    await announce(tx, actor, publication, "published", { permalink: read.permalink });
    return { ok: true };
  });
}

/**
 * A person saw an answer standing under the comment, where it stands since it was tried, or our first comment under its post. By
 * which id it stands there only the platform may tell, later or never.
 */
export async function confirmSent(actor: Actor, { publicationId }: { publicationId: string }): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const publication = await findWaiting(tx, actor, publicationId);
    const { count } = await tx.publication.updateMany({
      where: {
        id: publicationId,
        OR: [
          { subjectType: "reply", state: "unknown" },
          { subjectType: "first-comment", state: { in: ["unknown", "failed"] } },
        ],
      },
      data: { state: "published", publishedAt: await sentAt(tx, publication), settledBy: actor.personId, problem: Prisma.DbNull },
    });
    if (!count) throw new Refusal("stale");
    await announce(tx, actor, publication, "published", {});
    return { ok: true };
  });
}

/** An answer went out when it was last tried; a first comment may have been written by hand, which nobody knows the time of. */
async function sentAt(tx: Prisma.TransactionClient, { id, subjectType }: { id: string; subjectType: string }): Promise<Date> {
  if (subjectType !== "reply") return now();
  const tried = await tx.publicationAttempt.aggregate({ where: { publicationId: id, purpose: "publish" }, _max: { startedAt: true } });
  return tried._max.startedAt ?? now();
}

/** A person says "it is not out, send it again": after a failure, or where nobody else can know. During a pause it waits. */
export async function sendAgain(actor: Actor, { publicationId }: { publicationId: string }): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const publication = await findWaiting(tx, actor, publicationId);
    if (publication.subjectType === "reply" && (await isAnsweredMeanwhile(tx, publicationId, publication.subjectId)))
      return { ok: false, problems: [{ code: "answered-meanwhile" }] };
    const at = now();
    const state = await dueOrHeld(tx, publication);
    const { count } = await tx.publication.updateMany({
      where: { id: publicationId, OR: [{ state: "failed" }, { state: "unknown", runAt: { gt: new Date("9000-01-01") } }] },
      data: {
        state,
        runAt: at,
        attempts: 0,
        lookups: 0,
        checkpoint: newCheckpoint as unknown as Prisma.InputJsonValue,
        problem: Prisma.DbNull,
        settledBy: actor.personId,
        // Of an earlier send that did not arrive after all.
        remoteId: null,
        permalink: null,
        ref: Prisma.DbNull,
        publishedAt: null,
      },
    });
    if (!count) throw new Refusal("stale");
    await announce(tx, actor, publication, state, {});
    await signal(tx, { topic: "publication-due" });
    return { ok: true };
  });
}

/** A person says "not on this channel after all": what was to be published by hand, or failed. The last channel left is called off with its post. */
export async function giveUp(actor: Actor, { publicationId }: { publicationId: string }): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const publication = await findWaiting(tx, actor, publicationId);
    const { subjectType, subjectId } = publication;
    await tx.$queryRaw`SELECT 1 FROM publication WHERE subject_type = ${subjectType} AND subject_id = ${subjectId}::uuid ORDER BY id FOR UPDATE`;
    const others = { subjectType, subjectId, state: { not: "cancelled" }, id: { not: publicationId } };
    if (!(await tx.publication.count({ where: others }))) return { ok: false, problems: [{ code: "last-channel" }] };
    const { count } = await tx.publication.updateMany({
      where: { id: publicationId, subjectType: "post", state: { in: ["manual", "failed"] } },
      data: { state: "cancelled", settledBy: actor.personId },
    });
    if (!count) throw new Refusal("stale");
    await announce(tx, actor, publication, "cancelled", {});
    return { ok: true };
  });
}

/** Whether the conversation of an answer that failed has another one since, on its way or there. Holds the conversation. */
async function isAnsweredMeanwhile(tx: Prisma.TransactionClient, publicationId: string, replyId: string): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ answered: boolean }[]>(Prisma.sql`
    WITH held AS MATERIALIZED (SELECT c.id, p.created_at FROM inbox_case c JOIN reply r ON r.case_id = c.id JOIN publication p ON p.id = ${publicationId}::uuid
      WHERE r.id = ${replyId}::uuid FOR UPDATE OF c)
    SELECT EXISTS (SELECT FROM reply o JOIN publication q ON q.subject_type = 'reply' AND q.subject_id = o.id
        WHERE o.case_id = held.id AND o.id <> ${replyId}::uuid AND q.state NOT IN ('failed', 'cancelled') AND (q.state <> 'published' OR q.created_at > held.created_at))
      OR EXISTS (SELECT FROM reply o WHERE o.case_id = held.id AND o.state = 'submitted')
      OR EXISTS (SELECT FROM message m WHERE m.case_id = held.id AND m.direction = 'out' AND m.sent_at > held.created_at AND m.id >= garda_uuid_floor(held.created_at)
        AND m.reply_id IS DISTINCT FROM ${replyId}::uuid) AS answered
    FROM held`);
  return found?.answered ?? false;
}

async function announce(
  tx: Prisma.TransactionClient,
  actor: Actor,
  publication: Awaited<ReturnType<typeof findWaiting>>,
  state: "published" | "due" | "held" | "cancelled",
  payload: Record<string, unknown>,
) {
  await record(tx, actor, {
    type: `publication.${state}-by-person`,
    subjectType: publication.subjectType,
    subjectId: publication.subjectId,
    place: publication,
    payload: { publicationId: publication.id, ...payload },
  });
  await emit(tx, {
    type: "publication.settled",
    publicationId: publication.id,
    subjectType: publication.subjectType as PublicationSubject,
    state,
  });
  await signal(tx, { topic: publication.subjectType === "reply" ? "case" : "post", unitId: publication.unitId, id: publication.subjectId });
}
