import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Prisma, type Tx } from "../../core/db.ts";
import { type Answer, type Problem, Refusal } from "../../core/errors.ts";
import { enqueue } from "../../core/jobs.ts";
import { signal } from "../../core/live.ts";
import { notify } from "../../notices/notifying.ts";
import { relabel } from "./correcting.ts";
import { grantSpan, spanProblemsOf } from "./excusing.ts";
import { dayOf } from "./reading.ts";
import { hasOwnHand } from "./rules.ts";
import type { DecideObjectionInput } from "./schema.ts";

/**
 * Decides on an objection, and mends in the same step what it was right about: posts under another heading, days excused. The
 * account is then scored anew for the disputed day; both snapshots are kept. Nobody decides who has a hand in the unit's score.
 */
export const decideObjection = (actor: Actor, input: DecideObjectionInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const { objectionId, revision, decision, note } = input;
    const found = await findOpen(tx, actor, objectionId, revision);
    if (hasOwnHand(actor, found.unitId) || found.filedBy === actor.personId) return { ok: false, problems: [{ code: "own-hand" }] };
    const posts = await disputedPosts(tx, found.channelId, input.corrections);
    const problems = await remedyProblems(tx, found, input);
    if (problems.length) return { ok: false, problems };
    const { count } = await tx.scoreObjection.updateMany({
      where: { id: objectionId, revision, state: "open" },
      data: { state: decision, decisionNote: note, decidedBy: actor.personId, decidedAt: now(), revision: { increment: 1 } },
    });
    if (!count) throw new Refusal("stale");
    for (const { post, ...change } of posts) await relabel(tx, actor, post, { ...change, reason: note, objectionId });
    if (input.excused)
      await grantSpan(tx, actor, unitOf(found), { ...input.excused, channelId: found.channelId, evidence: note, objectionId });
    await tell(tx, actor, found, input);
    if (decision !== "rejected") {
      const from = [dayOf(found.day), ...(input.excused ? [input.excused.fromDay] : [])].sort()[0]!;
      await enqueue(tx, "scores.rescore", { channelIds: [found.channelId], fromDay: from, objectionId });
    }
    return { ok: true };
  });

const selected = {
  ...{ id: true, unitId: true, governmentId: true, channelId: true, day: true, component: true, filedBy: true, state: true },
  ...{ revision: true, unit: { select: { shortName: true, zone: true } } },
} as const;
type Found = Prisma.ScoreObjectionGetPayload<{ select: typeof selected }>;

const unitOf = ({ unitId, governmentId, unit }: Found) => ({ id: unitId, governmentId, zone: unit.zone });

async function findOpen(tx: Tx, actor: Actor, id: string, revision: number): Promise<Found> {
  const found = await tx.scoreObjection.findFirst({
    where: { AND: [{ id }, inScope(actor, "objection.decide")] },
    select: selected,
  });
  if (!found) throw new Refusal("not-found");
  if (found.state !== "open" || found.revision !== revision) throw new Refusal("stale");
  return found;
}

/** The posts to be relabelled, all of the disputed account; any other answers like an unknown one. */
async function disputedPosts(tx: Tx, channelId: string, corrections: DecideObjectionInput["corrections"]) {
  if (!corrections.length) return [];
  const rows = await tx.remotePost.findMany({
    where: { id: { in: corrections.map(({ postId }) => postId) }, channelId },
    select: { id: true, unitId: true, governmentId: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return corrections.map(({ postId, from, to }) => {
    const post = byId.get(postId);
    if (!post) throw new Refusal("not-found");
    return { post, from, to };
  });
}

async function remedyProblems(tx: Tx, found: Found, { decision, corrections, excused }: DecideObjectionInput): Promise<Problem[]> {
  if (decision === "rejected" && (corrections.length || excused)) return [{ field: "decision", code: "objection-rejected-remedy" }];
  if (corrections.some(({ from, to }) => from === to)) return [{ field: "corrections", code: "category-same" }];
  return excused ? spanProblemsOf(tx, unitOf(found), { ...excused, channelId: found.channelId }) : [];
}

async function tell(tx: Tx, actor: Actor, found: Found, { decision, note, corrections, excused }: DecideObjectionInput) {
  const { id, unitId, governmentId } = found;
  await record(tx, actor, {
    type: "score.objection-decided",
    subjectType: "score_objection",
    subjectId: id,
    place: { unitId, governmentId },
    payload: { decision, note, corrections, excused },
  });
  await notify(tx, {
    type: "objection.decided",
    to: [found.filedBy],
    by: actor.personId,
    subject: { type: "score_objection", id },
    unitId,
    link: `/scores/objections/${id}`,
    key: id,
    params: { unit: found.unit.shortName, by: actor.name, component: found.component, decision, text: note },
  });
  await signal(tx, { topic: "score" });
}
