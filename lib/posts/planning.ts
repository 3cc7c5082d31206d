import { type Actor, authorize } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { type Answer, type Problem, Refusal, type RefusalCode } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import { type FoundPost, findPost, guardRevision } from "./moving.ts";
import { permissionToMove, wayToMove } from "./planning-rules.ts";
import { type PostState, scheduleProblems } from "./rules.ts";
import { cancelPost, schedulePost, unschedulePost } from "./scheduling.ts";
import type { BulkInput, MoveInput, PostRef } from "./schema.ts";

/** `from` and `publishAt`: the time before and after; `revision`: the one to take it back with. */
export type Moved = { revision: number; from: string | null; publishAt: string };

/**
 * Gives a post another time: a scheduled one on its schedule, one that is not submitted yet or approved as its plan.
 * One that waits for its verifier keeps the time that was submitted.
 */
export async function moveTo(actor: Actor, { postId, revision, publishAt }: MoveInput): Promise<Answer<Moved>> {
  const post = await findPost(db, actor, postId, "post.schedule");
  const state = post.state as PostState;
  authorize(actor, permissionToMove(state), post);
  guardRevision(post, revision);
  const way = wayToMove({ state, begun: await hasBegun(postId) });
  if (way !== "reschedule" && way !== "replan") return { ok: false, problems: [{ field: "publishAt", code: way }] };
  const from = post.publishAt?.toISOString() ?? null;
  if (way === "replan") return replan(actor, post, new Date(publishAt));
  const answer = await schedulePost(actor, { postId, revision, publishAt });
  return answer.ok ? { ok: true, revision, from, publishAt } : answer;
}

const hasBegun = async (subjectId: string) =>
  (await db.publication.count({ where: { subjectType: "post", subjectId, state: { in: ["publishing", "unknown", "published"] } } })) > 0;

/** The planned time alone; the text and what was approved stay as they are. An open form that is behind is refused by the new revision. */
async function replan(actor: Actor, post: FoundPost, publishAt: Date): Promise<Answer<Moved>> {
  const problems = scheduleProblems(publishAt, now());
  if (problems.length) return { ok: false, problems };
  return db.$transaction(async (tx) => {
    const revision = post.revision + 1;
    const { count } = await tx.post.updateMany({
      where: { id: post.id, state: post.state, revision: post.revision },
      data: { publishAt, revision, updatedAt: now() },
    });
    if (!count) throw new Refusal("stale");
    const payload = { from: post.publishAt, to: publishAt };
    await record(tx, actor, { type: "post.replan", subjectType: "post", subjectId: post.id, place: post, payload });
    await signal(tx, { topic: "post", unitId: post.unitId, id: post.id });
    return { ok: true, revision, from: post.publishAt?.toISOString() ?? null, publishAt: publishAt.toISOString() };
  });
}

export type BulkResult = { postId: string } & ({ ok: true; revision: number } | { ok: false; refused?: RefusalCode; problems: Problem[] });

/** Does one thing to several posts, each for itself: one that cannot be changed keeps none of the others back. */
export async function changeMany(actor: Actor, { act, days, posts }: BulkInput): Promise<Answer<{ results: BulkResult[] }>> {
  const results: BulkResult[] = [];
  for (const post of posts) {
    const answer = await changeOne(actor, act, days, post).catch(refusedAs);
    results.push(
      answer.ok
        ? { postId: post.postId, ok: true, revision: "revision" in answer ? (answer.revision as number) : post.revision }
        : { postId: post.postId, ...answer },
    );
  }
  return { ok: true, results };
}

function changeOne(actor: Actor, act: BulkInput["act"], days: number, post: PostRef): Promise<Answer> {
  if (act === "unschedule") return unschedulePost(actor, post);
  return act === "cancel" ? cancelPost(actor, post) : shift(actor, post, days);
}

/** The same hour so many days later: Indonesian clocks never change. */
async function shift(actor: Actor, ref: PostRef, days: number): Promise<Answer<Moved>> {
  const { publishAt } = await findPost(db, actor, ref.postId, "post.schedule");
  if (!publishAt) return { ok: false, problems: [{ field: "publishAt", code: "time-required" }] };
  return moveTo(actor, { ...ref, publishAt: new Date(publishAt.getTime() + days * 86_400_000).toISOString() });
}

function refusedAs(error: unknown): Exclude<Answer, { ok: true }> {
  if (error instanceof Refusal) return { ok: false, refused: error.code, problems: [] };
  throw error;
}
