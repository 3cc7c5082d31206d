import { decide } from "../approvals/deciding.ts";
import type { Actor } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { keepVersion, readContent, toDraft } from "./content.ts";
import { type FoundPost, findPost, guardRevision, move } from "./moving.ts";
import { blockers, type Checklist, decisionProblems, mayDecide, scheduleProblems } from "./rules.ts";
import { placeOnSchedule } from "./scheduling.ts";
import type { DecisionInput, PostRef } from "./schema.ts";

/** Hands a draft to the verifier: its content is sealed as a version of this round. */
export async function submitPost(actor: Actor, { postId, revision }: PostRef): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.write");
    guardRevision(post, revision);
    const problems = blockers(toDraft(await readContent(tx, post.id)));
    if (problems.length) return { ok: false, problems };
    await keepVersion(tx, post, actor.personId, now(), { sealed: true });
    await move(tx, actor, post, "submit", { round: post.round + 1, submittedAt: now() }, { round: post.round + 1 });
    return { ok: true };
  });
}

/** The author takes it back before anybody decided. */
export async function withdrawPost(actor: Actor, { postId, revision }: PostRef): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.write");
    guardRevision(post, revision);
    await move(tx, actor, post, "withdraw", { submittedAt: null });
    return { ok: true };
  });
}

/**
 * The verifier's decision. Approval covers exactly this content; where a time was proposed and still lies ahead the post
 * goes on the schedule, where it has passed the author is asked for a new one.
 */
export async function decideOnPost(actor: Actor, input: DecisionInput): Promise<Answer<{ scheduled: boolean }>> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, input.postId, "post.review");
    guardRevision(post, input.revision);
    if (post.state !== "submitted") throw new Refusal("stale");
    if (!mayDecide(actor.personId, await writersOf(tx, post))) return { ok: false, problems: [{ code: "own-post" }] };
    const problems = decisionProblems(input.decision, input.note, input.checklist as Checklist);
    if (problems.length) return { ok: false, problems };
    const digest = await keepVersion(tx, post, actor.personId, now(), { sealed: true });
    await decide(tx, actor, {
      subjectType: "post",
      subjectId: post.id,
      round: post.round,
      decision: input.decision,
      note: input.note || null,
      checklist: input.checklist,
      contentDigest: digest,
    });
    await move(
      tx,
      actor,
      post,
      input.decision,
      { approvedDigest: input.decision === "approve" ? digest : null },
      { round: post.round, note: input.note || undefined },
    );
    if (input.decision !== "approve" || !post.publishAt || post.publishAt <= now() || scheduleProblems(post.publishAt, now()).length)
      return { ok: true, scheduled: false };
    await placeOnSchedule(tx, actor, { ...post, state: "approved", approvedDigest: digest }, post.publishAt);
    return { ok: true, scheduled: true };
  });
}

/** Everyone who wrote a part of the post. */
async function writersOf(tx: Tx, post: FoundPost): Promise<string[]> {
  const versions = await tx.postVersion.findMany({ where: { postId: post.id }, select: { authorId: true }, distinct: ["authorId"] });
  return [post.authorId, ...versions.map((v) => v.authorId)];
}
