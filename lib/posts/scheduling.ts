import type { Actor } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { cancelPublications, planPublications } from "../delivery/planning.ts";
import { closedGates } from "./closed-gates.ts";
import { digestOf, frozenFor, lostChannel, readContent } from "./content.ts";
import { type FoundPost, findPost, guardRevision, move } from "./moving.ts";
import { scheduleProblems } from "./rules.ts";
import type { PostRef, ScheduleInput } from "./schema.ts";

/** Puts an approved post on the schedule; no time means now. */
export async function schedulePost(actor: Actor, { postId, revision, publishAt }: ScheduleInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.schedule");
    guardRevision(post, revision);
    const time = publishAt ? new Date(publishAt) : now();
    const problems = [...(await lostChannel(tx, post.id)), ...scheduleProblems(time, now())];
    const content = await readContent(tx, post.id);
    problems.push(...(await closedGates(tx, { ...post, publishAt: time }, content, digestOf(content))));
    if (problems.length) return { ok: false, problems };
    if (post.state === "scheduled") await takeOffSchedule(tx, actor, post);
    await placeOnSchedule(tx, actor, { ...post, state: post.state === "scheduled" ? "approved" : post.state }, time);
    return { ok: true };
  });
}

/** One due row per channel, with the content frozen as approved. */
export async function placeOnSchedule(tx: Tx, actor: Actor, post: FoundPost, publishAt: Date) {
  const content = await readContent(tx, post.id);
  if (digestOf(content) !== post.approvedDigest) throw new Refusal("stale");
  await move(tx, actor, post, "schedule", { publishAt }, { publishAt });
  const plans = content.channels.map((c) => ({
    channelId: c.channelId,
    unitId: post.unitId,
    governmentId: post.governmentId,
    content: frozenFor(content, c.channelId),
  }));
  await planPublications(tx, { type: "post", id: post.id }, plans, publishAt);
}

async function takeOffSchedule(tx: Tx, actor: Actor, post: FoundPost) {
  const { running } = await cancelPublications(tx, { type: "post", id: post.id });
  if (running) throw new Refusal("stale");
  await move(tx, actor, post, "unschedule");
}

/** Takes a scheduled post back to approved. Refused once a channel has begun. */
export async function unschedulePost(actor: Actor, { postId, revision }: PostRef): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.schedule");
    guardRevision(post, revision);
    await takeOffSchedule(tx, actor, post);
    return { ok: true };
  });
}

/** Back to a draft, to be changed and verified anew. */
export async function revisePost(actor: Actor, { postId, revision }: PostRef): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.write");
    guardRevision(post, revision);
    if (post.state === "scheduled" && (await cancelPublications(tx, { type: "post", id: post.id })).running) throw new Refusal("stale");
    await move(tx, actor, post, "revise", { approvedDigest: null, submittedAt: null });
    return { ok: true };
  });
}

/** Calls a post off for good, on or off the schedule. Refused once a channel has begun. */
export async function cancelPost(actor: Actor, { postId, revision }: PostRef): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.write");
    guardRevision(post, revision);
    if (post.state === "scheduled" && (await cancelPublications(tx, { type: "post", id: post.id })).running) throw new Refusal("stale");
    await move(tx, actor, post, "cancel");
    return { ok: true };
  });
}
