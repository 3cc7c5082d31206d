import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { enqueue } from "../../core/jobs.ts";
import { signal } from "../../core/live.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { hasOwnHand } from "./rules.ts";
import type { CorrectPostInput } from "./schema.ts";

/**
 * Puts a post under another heading than the rule did, with the reason, and has its account scored anew. Nobody does it for a
 * unit on which he holds a role himself: relabelling by the unit never raises its score.
 */
export const correctPost = (actor: Actor, { postId, from, to, reason }: CorrectPostInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const post = await tx.remotePost.findFirst({
      where: { AND: [{ id: postId }, inScope(actor, "score.correct")] },
      select: { id: true, channelId: true, unitId: true, governmentId: true, publishedAt: true, unit: { select: { zone: true } } },
    });
    if (!post) throw new Refusal("not-found");
    if (hasOwnHand(actor, post.unitId)) return { ok: false, problems: [{ code: "own-hand" }] };
    if (from === to) return { ok: false, problems: [{ field: "to", code: "category-same" }] };
    await relabel(tx, actor, post, { from, to, reason, objectionId: null });
    await enqueue(tx, "scores.rescore", { channelIds: [post.channelId], fromDay: localDay(post.publishedAt, zoneOf(post.unit.zone)) });
    await signal(tx, { topic: "score" });
    return { ok: true };
  });

type Post = { id: string; unitId: string; governmentId: string };
type Relabelling = { from: string; to: string; reason: string; objectionId: string | null };

/** Writes a correction; a post that stands under another heading than the person saw is stale. */
export async function relabel(tx: Tx, actor: Actor, post: Post, { from, to, reason, objectionId }: Relabelling) {
  const { count } = await tx.remotePost.updateMany({
    where: { id: post.id, category: from },
    data: { category: to, categoryBy: "person" },
  });
  if (!count) throw new Refusal("stale");
  const place = { unitId: post.unitId, governmentId: post.governmentId };
  await tx.postCorrection.create({
    data: {
      ...place,
      remotePostId: post.id,
      fromCategory: from,
      toCategory: to,
      reason,
      objectionId,
      correctedBy: actor.personId,
      correctedAt: now(),
    },
  });
  await record(tx, actor, {
    type: "score.post-corrected",
    subjectType: "remote_post",
    subjectId: post.id,
    place,
    payload: { from, to, reason, objectionId },
  });
}

/** Whether the actor may correct the posts of a unit: a permission that reaches across a government's border, and no hand of his own. */
export const mayCorrect = async (actor: Actor, unitId: string): Promise<boolean> =>
  !hasOwnHand(actor, unitId) && (await db.unit.count({ where: { AND: [{ id: unitId }, inScope(actor, "score.correct", "id")] } })) > 0;
