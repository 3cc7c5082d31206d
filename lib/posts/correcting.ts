import type { Actor } from "../core/access.ts";
import { record } from "../core/audit.ts";
import { now } from "../core/clock.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import { findPost } from "./moving.ts";
import { isEditable, type PostState } from "./rules.ts";
import type { CorrectableInput, CorrectionInput } from "./schema.ts";
import { titleOf } from "./shown.ts";

export type Correctable = { id: string; title: string; publishedAt: string };
const SHOWN = 20;

/** The unit's published posts that a draft may correct, newest first; at most twenty, a search finds the rest. */
export async function listCorrectable(
  actor: Actor,
  { postId, search }: CorrectableInput,
): Promise<Answer<{ posts: Correctable[]; more: boolean }>> {
  const post = await findPost(db, actor, postId, "post.write");
  const rows = await publishedOf(
    db,
    post,
    search ? Prisma.sql`AND p.text ILIKE ${`%${search.replace(/[\\%_]/g, "\\$&")}%`}` : Prisma.empty,
  );
  const posts = rows.slice(0, SHOWN).map(({ id, text, at }) => ({ id, title: titleOf(text), publishedAt: at.toISOString() }));
  return { ok: true, posts, more: rows.length > SHOWN };
}

/** Marks a draft as the correction of a published post of its unit, or takes the mark away. Submitted, the mark stands. */
export async function markCorrection(actor: Actor, { postId, correctsId }: CorrectionInput): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.write");
    if (!isEditable(post.state as PostState)) throw new Refusal("stale");
    if (correctsId && !(await publishedOf(tx, post, Prisma.sql`AND p.id = ${correctsId}::uuid`)).length)
      return { ok: false, problems: [{ field: "corrects", code: "not-published" }] };
    const { count } = await tx.post.updateMany({ where: { id: post.id, state: post.state }, data: { correctsId, updatedAt: now() } });
    if (!count) throw new Refusal("stale");
    await record(tx, actor, {
      type: correctsId ? "post.correct" : "post.uncorrect",
      subjectType: "post",
      subjectId: post.id,
      place: post,
      payload: { correctsId: correctsId ?? undefined },
    });
    await signal(tx, { topic: "post", unitId: post.unitId, id: post.id });
    return { ok: true };
  });
}

const publishedOf = (tx: Tx, post: { id: string; unitId: string }, narrowed: Prisma.Sql) =>
  tx.$queryRaw<{ id: string; text: string; at: Date }[]>(Prisma.sql`
    SELECT p.id, left(p.text, 400) AS text, x.at FROM post p
    JOIN LATERAL (SELECT min(published_at) AS at FROM publication
      WHERE subject_type = 'post' AND subject_id = p.id AND state = 'published') x ON x.at IS NOT NULL
    WHERE p.unit_id = ${post.unitId}::uuid AND p.state = 'scheduled' AND p.id <> ${post.id}::uuid ${narrowed}
    ORDER BY p.publish_at DESC, p.id DESC LIMIT ${SHOWN + 1}`);
