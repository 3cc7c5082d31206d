import { record } from "#lib/core/audit.ts";
import { db, type Prisma } from "#lib/core/db.ts";
import { newCheckpoint } from "#lib/delivery/content.ts";
import { MAX_ATTEMPTS } from "#lib/delivery/rules.ts";
import { DAY, workingMinutesAgo } from "./days.ts";
import { DeskPost, type DeskUnit, during } from "./desk.ts";

/** Forgets what a start that was killed left of the desk; nobody else has written posts before the web process runs. */
export async function clearDesk() {
  await db.$executeRaw`UPDATE remote_post SET publication_id = NULL, post_id = NULL WHERE post_id IS NOT NULL`;
  await db.$executeRaw`DELETE FROM audit_payload WHERE event_id IN (SELECT id FROM audit_event WHERE subject_type = 'post')`;
  await db.$executeRaw`DELETE FROM audit_event WHERE subject_type = 'post'`;
  await db.publicationAttempt.deleteMany();
  await db.publication.deleteMany();
  await db.approval.deleteMany();
  await db.postVersion.deleteMany();
  await db.postChannel.deleteMany();
  await db.postMedia.deleteMany();
  await db.post.deleteMany();
  await db.media.deleteMany();
}

const never = new Date("9999-12-31T00:00:00Z");
const WORKER = "demo";

/** Ends the publications of a post as delivery would have: one attempt, or as many as there may be. */
async function settle(
  postId: string,
  at: Date,
  data: Prisma.PublicationUpdateManyMutationInput & { state: string },
  outcome: string,
  attempts = 1,
) {
  const where = { subjectType: "post", subjectId: postId, state: "due" };
  await db.$transaction(async (tx) => {
    for (const { id, unitId, governmentId } of await tx.publication.findMany({
      where,
      select: { id: true, unitId: true, governmentId: true },
    })) {
      await tx.publication.update({ where: { id }, data: { ...data, attempts, runAt: never } });
      const tries = Array.from({ length: attempts }, (_, i) => ({
        publicationId: id,
        number: i + 1,
        purpose: "publish",
        worker: WORKER,
        startedAt: at,
        endedAt: at,
        outcome,
      }));
      await tx.publicationAttempt.createMany({ data: tries });
      await during(at, () =>
        record(tx, null, {
          type: `publication.${data.state}`,
          subjectType: "post",
          subjectId: postId,
          place: { unitId, governmentId },
          payload: { publicationId: id, outcome, problem: data.problem },
        }),
      );
    }
  });
}

export const markFailed = (postId: string, at: Date) =>
  settle(
    postId,
    at,
    { state: "failed", problem: { code: "gave-up" }, checkpoint: { stage: "prepared", at: at.toISOString(), data: { absences: 0 } } },
    "retryable",
    MAX_ATTEMPTS,
  );

export const markManual = (postId: string, at: Date) =>
  settle(postId, at, { state: "manual", checkpoint: { ...newCheckpoint, at: at.toISOString() } }, "handed-over");

/** Tells of a unit's latest posts on Facebook that they were written, verified and published here. */
export async function publishedPosts(unit: DeskUnit, most: number, now: Date) {
  const posts = await db.remotePost.findMany({
    where: { channelId: unit.facebook, postId: null, publishedAt: { lt: new Date(now.getTime() - DAY / 8) } },
    orderBy: { publishedAt: "desc" },
    take: most,
    select: { id: true, text: true, remoteId: true, permalink: true, publishedAt: true },
  });
  for (const { id, text, remoteId, permalink, publishedAt } of posts) {
    const before = (minutes: number) => workingMinutesAgo(publishedAt, minutes);
    const post = await new DeskPost(unit).write(before(900), { to: "facebook", text, pillar: "informasi", publishAt: publishedAt });
    await post.submit(before(880));
    await post.decide(before(420), "approve");
    const checkpoint = { stage: "committing", at: publishedAt.toISOString(), data: { absences: 0 } };
    await settle(post.postId!, publishedAt, { state: "published", remoteId, permalink, publishedAt, checkpoint }, "done");
    await db.$executeRaw`UPDATE remote_post SET post_id = ${post.postId}::uuid, publication_id = (SELECT id FROM publication WHERE subject_id = ${post.postId}::uuid) WHERE id = ${id}::uuid`;
  }
}
