/** What people and the engine do to posts, in one line each. */
import type { Actor } from "#lib/core/access.ts";
import { db } from "#lib/core/db.ts";
import { boss, type Queues } from "#lib/core/jobs.ts";
import { claimDue } from "#lib/delivery/claims.ts";
import { runEngine } from "#lib/delivery/engine.ts";
import { deliver } from "#lib/delivery/publishing.ts";
import { takeInReply } from "#lib/inbox/replies/answering.ts";
import { saveDraft } from "#lib/posts/drafting.ts";
import { takeInPublished } from "#lib/posts/publishing.ts";
import { decideOnPost, submitPost } from "#lib/posts/review.ts";
import { checkpoints } from "#lib/posts/rules.ts";
import type { DecisionInput, DraftInput } from "#lib/posts/schema.ts";

export type PostRef = { postId: string; revision: number };

/** Saves a draft on the given channels; `change` goes over the form. */
export async function draft(actor: Actor, channels: { id: string; unitId: string }[], change: Partial<DraftInput> = {}): Promise<PostRef> {
  const answer = await saveDraft(actor, {
    postId: null,
    revision: 0,
    unitId: channels[0]?.unitId ?? "",
    text: "Loket imunisasi buka Senin pukul 08.00 WIB",
    link: null,
    pillar: "layanan",
    source: null,
    publishAt: null,
    channels: channels.map(({ id }) => ({ channelId: id, text: null })),
    media: [],
    ...change,
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return { postId: answer.postId, revision: answer.revision };
}

export const allPoints = Object.fromEntries(checkpoints.map((point) => [point, true])) as DecisionInput["checklist"];
export const approval = (post: PostRef): DecisionInput => ({ ...post, decision: "approve", note: "", checklist: allPoints });
export const returned = (post: PostRef, note: string): DecisionInput => ({
  ...post,
  decision: "return",
  note,
  checklist: {} as DecisionInput["checklist"],
});

/** A post that is written, submitted and approved, ready for the schedule. */
export async function approvedPost(
  author: Actor,
  verifier: Actor,
  channels: { id: string; unitId: string }[],
  change: Partial<DraftInput> = {},
) {
  const post = await draft(author, channels, change);
  await submitPost(author, post);
  const answer = await decideOnPost(verifier, approval(post));
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return post;
}

export const publicationsOf = (subjectId: string) => db.publication.findMany({ where: { subjectId }, orderBy: { createdAt: "asc" } });

/** One look of the engine at the schedule: sends and looks up what is due now. Returns how many. */
export async function runDue(worker = "uji"): Promise<number> {
  const claims = await claimDue(worker, 50);
  await Promise.all(claims.map(deliver));
  return claims.length;
}

/** Engines as separate workers run them, until the returned function is called. */
export function startEngines(...workers: string[]): () => Promise<void> {
  const stop = new AbortController();
  const running = workers.map((worker) => runEngine({ worker, concurrency: 6, stop: stop.signal }));
  return async () => {
    stop.abort();
    await Promise.all(running);
  };
}

/** Hands every event that waits to its handler, as the worker does. Returns how many. */
export async function handleEvents(): Promise<number> {
  const queue = await boss();
  let handled = 0;
  for (;;) {
    const jobs = await queue.fetch<Queues["event"]>("event", { batchSize: 100 });
    for (const { id, data } of jobs) {
      await (data.subjectType === "post" ? takeInPublished(data.publicationId) : takeInReply(data.publicationId));
      await queue.complete("event", id);
    }
    if (!jobs.length) return handled;
    handled += jobs.length;
  }
}
