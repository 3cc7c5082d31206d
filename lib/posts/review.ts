import { vote } from "../approvals/deciding.ts";
import { defaultFlow, type Flow, flowSchema } from "../approvals/flow.ts";
import { flowInForce } from "../approvals/settings.ts";
import { type Actor, rolesOver } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import { closedGates, gatesClosed } from "./closed-gates.ts";
import { digestOf, keepVersion, lostChannel, type PostContent, readContent, toDraft } from "./content.ts";
import { readOverrides } from "./gating.ts";
import { type FoundPost, findPost, guardRevision, holdPost, move } from "./moving.ts";
import { blockers, type Checklist, decisionProblems, mayDecide, scheduleProblems } from "./rules.ts";
import { placeOnSchedule } from "./scheduling.ts";
import type { DecisionInput, OverrideInput, PostRef } from "./schema.ts";
import { askApprovers, tellDecision } from "./telling.ts";

/** Hands a draft over for verification: its content is sealed as a version of this round, and the unit's steps are frozen with it. */
export async function submitPost(actor: Actor, { postId, revision }: PostRef): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.write");
    guardRevision(post, revision);
    const problems = [...(await lostChannel(tx, post.id)), ...blockers(toDraft(await readContent(tx, post.id)))];
    if (problems.length) return { ok: false, problems };
    await keepVersion(tx, post, actor.personId, now(), { sealed: true });
    const { flow } = await flowInForce(tx, post.unitId, now());
    const round = post.round + 1;
    await move(tx, actor, post, "submit", { round, submittedAt: now(), flow, step: 0, stepSince: now() }, { round });
    await askApprovers(tx, actor, post, { flow, round, step: 0, writers: await writersOf(tx, post) });
    return { ok: true };
  });
}

/** The author takes it back before the last step was decided. */
export async function withdrawPost(actor: Actor, { postId, revision }: PostRef): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.write");
    guardRevision(post, revision);
    await move(tx, actor, post, "withdraw", { submittedAt: null, stepSince: null });
    return { ok: true };
  });
}

/** The steps of a post as they stood when it was submitted; one of before there were steps has the one. */
export const flowOf = ({ flow }: { flow: unknown }): Flow => (flow === null ? defaultFlow : flowSchema.parse(flow));

const refusedVotes = { writer: "own-post", voted: "already-voted", "not-named": "not-your-step" } as const;

/**
 * One person's decision on the present step. Returning and rejecting end the round at once; the last approval covers
 * exactly this content, and where a time was proposed and still lies ahead the post goes on the schedule; where it has
 * passed the author is asked for a new one. `step`: the next one, when the round goes on.
 */
export async function decideOnPost(actor: Actor, input: DecisionInput): Promise<Answer<{ scheduled: boolean; step?: number }>> {
  return db.$transaction(async (tx) => {
    await holdPost(tx, input.postId);
    const post = await findPost(tx, actor, input.postId, "post.review");
    guardRevision(post, input.revision);
    if (post.state !== "submitted") throw new Refusal("stale");
    const writers = await writersOf(tx, post);
    if (!mayDecide(actor.personId, writers)) return { ok: false, problems: [{ code: "own-post" }] };
    const content = await readContent(tx, post.id);
    const digest = await submittedDigest(tx, post, content);
    const problems = decisionProblems(input.decision, input.note, input.checklist as Checklist);
    if (input.decision === "approve") problems.push(...(await closedGates(tx, post, content, digest)));
    if (problems.length) return { ok: false, problems };
    const counted = await vote(tx, actor, {
      subjectType: "post",
      subjectId: post.id,
      round: post.round,
      flow: flowOf(post),
      step: input.step,
      stepSince: post.stepSince ?? post.submittedAt ?? now(),
      writers,
      roles: rolesOver(actor, post),
      decision: input.decision,
      note: input.note || null,
      checklist: input.checklist,
      contentDigest: digest,
    });
    if (!counted.counted) return { ok: false, problems: [{ code: refusedVotes[counted.why] }] };
    const payload = { round: post.round, note: input.note || undefined, asDeputy: counted.asDeputy || undefined };
    if (counted.after.state === "open") {
      await goOn(tx, actor, post, { from: counted.step, to: counted.after.step, writers, payload });
      return { ok: true, scheduled: false, step: counted.after.step };
    }
    const approvedDigest = input.decision === "approve" ? digest : null;
    await move(tx, actor, post, input.decision, { approvedDigest, stepSince: null }, payload);
    await tellDecision(tx, actor, post, input.decision, input.note);
    if (input.decision !== "approve" || !post.publishAt || post.publishAt <= now() || scheduleProblems(post.publishAt, now()).length)
      return { ok: true, scheduled: false };
    if ((await lostChannel(tx, post.id)).length) return { ok: true, scheduled: false };
    await placeOnSchedule(tx, actor, { ...post, state: "approved", approvedDigest }, post.publishAt);
    return { ok: true, scheduled: true };
  });
}

/** The round goes on: on the same step, where others are needed, or on the next, whose time begins now. */
async function goOn(
  tx: Tx,
  actor: Actor,
  post: FoundPost,
  { from, to, writers, payload }: { from: number; to: number; writers: string[]; payload: Record<string, unknown> },
) {
  if (to !== from) await tx.post.update({ where: { id: post.id }, data: { step: to, stepSince: now(), updatedAt: now() } });
  const flow = flowOf(post);
  if (to !== from) await askApprovers(tx, actor, post, { flow, round: post.round, step: to, writers });
  await record(tx, actor, {
    type: "post.vote",
    subjectType: "post",
    subjectId: post.id,
    place: post,
    payload: { ...payload, step: from + 1, steps: flow.steps.length },
  });
  await signal(tx, { topic: "post", unitId: post.unitId, id: post.id });
}

/** The digest that was sealed when it was submitted; content that has changed past the desk since is refused as stale. */
async function submittedDigest(tx: Tx, post: FoundPost, content: PostContent): Promise<string> {
  const sealed = await tx.postVersion.findFirst({
    where: { postId: post.id, sealed: true },
    orderBy: { number: "desc" },
    select: { digest: true },
  });
  const digest = digestOf(content);
  if (sealed?.digest !== digest) throw new Refusal("stale");
  return digest;
}

/** A verifier opens every closed gate of exactly this content, by name and with a reason. Nobody opens them for what he wrote. */
export async function overrideGates(actor: Actor, { postId, revision, reason }: OverrideInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    await holdPost(tx, postId);
    const post = await findPost(tx, actor, postId, "post.review");
    guardRevision(post, revision);
    if (post.state !== "submitted") throw new Refusal("stale");
    if (!mayDecide(actor.personId, await writersOf(tx, post))) return { ok: false, problems: [{ code: "own-post" }] };
    const content = await readContent(tx, post.id);
    const digest = digestOf(content);
    const kept = readOverrides(post.overrides);
    const closed = await gatesClosed(tx, post, content, digest);
    if (!closed.length) throw new Refusal("stale");
    const by = { personId: actor.personId, reason, at: now().toISOString(), digest };
    const overrides = [...kept, ...closed.map(({ kind, term }) => ({ kind, term, ...by }))];
    await tx.post.update({ where: { id: post.id }, data: { overrides } });
    await record(tx, actor, {
      type: "post.override",
      subjectType: "post",
      subjectId: post.id,
      place: post,
      payload: { terms: closed.map((gate) => gate.term), note: reason },
    });
    await signal(tx, { topic: "post", unitId: post.unitId, id: post.id });
    return { ok: true };
  });
}

/** Everyone who wrote a part of the post. */
export async function writersOf(tx: Tx, post: Pick<FoundPost, "id" | "authorId">): Promise<string[]> {
  const versions = await tx.postVersion.findMany({ where: { postId: post.id }, select: { authorId: true }, distinct: ["authorId"] });
  return [post.authorId, ...versions.map((v) => v.authorId)];
}
