import type { Actor } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import { closedGates } from "./closed-gates.ts";
import { keepVersion, lostChannel, readContent, toDraft } from "./content.ts";
import { findPost, guardRevision, holdPost, move } from "./moving.ts";
import { writersOf } from "./review.ts";
import { blockers, mayDecide } from "./rules.ts";
import { placeOnSchedule } from "./scheduling.ts";
import type { EmergencyInput, SeenInput } from "./schema.ts";
import { tellEmergency } from "./telling.ts";

/**
 * Publishes now without waiting for a verifier: a warning that cannot wait. The name and the reason stay with the post, and
 * it stands in the verifiers' queue until one of them has looked at it. Platforms' limits and closed gates stop it all the same.
 */
export async function publishEmergency(actor: Actor, { postId, revision, reason }: EmergencyInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    await holdPost(tx, postId);
    const post = await findPost(tx, actor, postId, "post.write");
    guardRevision(post, revision);
    const content = await readContent(tx, post.id);
    const problems = [...(await lostChannel(tx, post.id)), ...blockers(toDraft(content))];
    if (problems.length) return { ok: false, problems };
    const approvedDigest = await keepVersion(tx, post, actor.personId, now(), { sealed: true });
    const closed = await closedGates(tx, { ...post, publishAt: null }, content, approvedDigest);
    if (closed.length) return { ok: false, problems: closed };
    const emergency = { emergencyBy: actor.personId, emergencyReason: reason, emergencySeenAt: null };
    await move(tx, actor, post, "emergency", { approvedDigest, stepSince: null, ...emergency }, { note: reason });
    await placeOnSchedule(tx, actor, { ...post, state: "approved", approvedDigest }, now());
    await tellEmergency(tx, actor, post, reason);
    return { ok: true };
  });
}

/** A verifier who wrote nothing of it has looked at what went out without him. */
export async function markEmergencySeen(actor: Actor, { postId, note }: SeenInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.review");
    const { emergencyBy } = await tx.post.findUniqueOrThrow({ where: { id: post.id }, select: { emergencyBy: true } });
    if (!mayDecide(actor.personId, [...(await writersOf(tx, post)), emergencyBy ?? ""]))
      return { ok: false, problems: [{ code: "own-post" }] };
    const { count } = await tx.post.updateMany({
      where: { id: post.id, emergencyBy: { not: null }, emergencySeenAt: null },
      data: { emergencySeenAt: now() },
    });
    if (!count) throw new Refusal("stale");
    await record(tx, actor, {
      type: "post.emergency-seen",
      subjectType: "post",
      subjectId: post.id,
      place: post,
      payload: { note: note || undefined },
    });
    await signal(tx, { topic: "post", unitId: post.unitId, id: post.id });
    return { ok: true };
  });
}
