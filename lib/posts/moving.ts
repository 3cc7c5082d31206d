import { type Actor, authorize, inScope, type Permission } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import type { Prisma, Tx } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import { nextState, type PostMove, type PostState } from "./rules.ts";

export const postColumns = {
  id: true,
  unitId: true,
  governmentId: true,
  authorId: true,
  state: true,
  revision: true,
  round: true,
  publishAt: true,
  approvedDigest: true,
  submittedAt: true,
  flow: true,
  step: true,
  stepSince: true,
  overrides: true,
} as const;
export type FoundPost = {
  id: string;
  unitId: string;
  governmentId: string;
  authorId: string;
  state: string;
  revision: number;
  round: number;
  publishAt: Date | null;
  approvedDigest: string | null;
  submittedAt: Date | null;
  flow: Prisma.JsonValue;
  step: number;
  stepSince: Date | null;
  overrides: Prisma.JsonValue;
};

/** A post that the actor may see and touch with `permission`; unknown and foreign ids are refused alike. */
export async function findPost(tx: Tx, actor: Actor, postId: string, permission: Permission): Promise<FoundPost> {
  const post = await tx.post.findFirst({ where: { id: postId, ...inScope(actor, permission) }, select: postColumns });
  if (!post) throw new Refusal("not-found");
  authorize(actor, permission, post);
  return post;
}

/** Moves a post, guarded by the state and revision it was read with: of two people only the first succeeds. */
export async function move(
  tx: Tx,
  actor: Actor,
  post: FoundPost,
  step: PostMove,
  data: Prisma.PostUncheckedUpdateManyInput = {},
  payload: Record<string, unknown> = {},
) {
  const state = nextState(post.state as PostState, step);
  if (!state) throw new Refusal("stale");
  const { count } = await tx.post.updateMany({
    where: { id: post.id, state: post.state, revision: post.revision },
    data: { ...data, state, updatedAt: now() },
  });
  if (!count) throw new Refusal("stale");
  await record(tx, actor, {
    type: `post.${step}`,
    subjectType: "post",
    subjectId: post.id,
    place: post,
    payload: { from: post.state, to: state, ...payload },
  });
  await signal(tx, { topic: "post", unitId: post.unitId, id: post.id });
}

/** Holds a post until the transaction ends, so that what two people decide in the same second comes one after the other. */
export async function holdPost(tx: Tx, postId: string) {
  await tx.$queryRaw`SELECT 1 FROM post WHERE id = ${postId}::uuid FOR UPDATE`;
}

/** The form was opened on an older revision: what was typed stays with the person, nothing is overwritten. */
export function guardRevision(post: FoundPost, revision: number) {
  if (post.revision !== revision) throw new Refusal("stale");
}
