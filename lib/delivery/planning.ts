import { now } from "../core/clock.ts";
import type { Prisma, Tx } from "../core/db.ts";
import type { PublicationSubject } from "../core/events.ts";
import { signal } from "../core/live.ts";
import type { Json } from "../platforms/contract.ts";
import { answerContent, type FrozenContent, frozenContent, newCheckpoint } from "./content.ts";
import { beforePlanning, goesOn, pausedUnits } from "./pausing.ts";
import type { PublicationState } from "./rules.ts";

export type Plan = { channelId: string; unitId: string; governmentId: string; content: FrozenContent };
type Subject = { type: PublicationSubject; id: string };

/**
 * Puts one due row per channel on the schedule, in the caller's transaction; while its unit is paused, a held one. A subject is
 * planned once per channel.
 */
export async function planPublications(tx: Tx, subject: Subject, plans: Plan[], dueAt: Date) {
  const paused = await pausedFor(tx, subject, plans);
  await tx.publication.createMany({ data: plans.map((plan) => rowOf(subject, plan, dueAt, paused)) });
  await signal(tx, { topic: "publication-due" });
}

const pausedFor = async (tx: Tx, { type, id }: Subject, plans: Pick<Plan, "unitId">[]) =>
  (await goesOn(tx, { subjectType: type, subjectId: id }))
    ? new Set<string>()
    : pausedUnits(tx, [...new Set(plans.map(({ unitId }) => unitId))]);

const rowOf = ({ type, id }: Subject, plan: Plan, dueAt: Date, paused: ReadonlySet<string>) => ({
  ...plan,
  state: (paused.has(plan.unitId) ? "held" : "due") satisfies PublicationState,
  content: plan.content as unknown as Prisma.InputJsonValue,
  checkpoint: newCheckpoint as unknown as Prisma.InputJsonValue,
  subjectType: type,
  subjectId: id,
  dueAt,
  runAt: dueAt,
  createdAt: now(),
});

/** What is to be known of a publication that stands on its platform. */
export const standing = {
  channelId: true,
  unitId: true,
  governmentId: true,
  subjectType: true,
  subjectId: true,
  state: true,
  content: true,
  remoteId: true,
  ref: true,
  channel: { select: { platform: true, remoteId: true, mode: true } },
} as const;
type Standing = Prisma.PublicationGetPayload<{ select: typeof standing }>;

/**
 * Plans the first comment of a post that stands now, due at once, in the caller's transaction. However often the post is
 * settled, it is planned once. Where people publish by hand they write it by hand too.
 */
export async function planFirstComment(tx: Tx, post: Standing) {
  if (post.subjectType !== "post" || post.channel.mode !== "api" || post.remoteId === null) return;
  const { firstComment } = frozenContent.parse(post.content);
  if (!firstComment) return;
  const { channelId, unitId, governmentId, remoteId } = post;
  const content = answerContent(firstComment, { remoteId, postRemoteId: remoteId, ref: post.ref as Json });
  const row = rowOf(
    { type: "first-comment", id: post.subjectId },
    { channelId, unitId, governmentId, content },
    now(),
    await pausedUnits(tx, [unitId]),
  );
  const { count } = await tx.publication.createMany({ data: [row], skipDuplicates: true });
  if (count) await signal(tx, { topic: "publication-due" });
}

/**
 * Calls off what has not begun; returns how many rows were and how many could no longer be: begun, or planned anew by somebody
 * else at this moment.
 */
export async function cancelPublications(tx: Tx, subject: Subject) {
  await beforePlanning(tx);
  const where = { subjectType: subject.type, subjectId: subject.id };
  const { count: cancelled } = await tx.publication.updateMany({
    where: { ...where, state: { in: ["due", "held", "manual", "failed"] } },
    data: { state: "cancelled" },
  });
  const running = await tx.publication.count({ where: { ...where, state: { not: "cancelled" } } });
  return { cancelled, running };
}
