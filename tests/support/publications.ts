/** Publications past the desk: as the schedule has them, and how time passes until they are settled. */
import { now } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import type { FrozenContent } from "#lib/delivery/content.ts";
import { planPublications } from "#lib/delivery/planning.ts";
import { runDue } from "./desk.ts";

type Place = { id: string; unitId: string; governmentId: string };
type Row = { state: string; runAt: Date };

let number = 0;
export const frozen = (change: Partial<FrozenContent> = {}): FrozenContent => {
  number += 1;
  const text = `Pengumuman nomor ${number}`;
  return { title: null, text, link: null, pictures: [], video: null, collaborators: [], firstComment: null, replyTo: null, ...change };
};

/** A post, or an answer, with a text of its own, due on one channel now or at `dueAt`; what became of it and of its first comment. */
export async function duePost(channel: Place, change: Partial<FrozenContent> = {}, dueAt = now()) {
  const content = frozen(change);
  const postId = crypto.randomUUID();
  const { id: channelId, unitId, governmentId } = channel;
  const type = content.replyTo ? "reply" : "post";
  await db.$transaction((tx) => planPublications(tx, { type, id: postId }, [{ channelId, unitId, governmentId, content }], dueAt));
  const row = () => db.publication.findFirstOrThrow({ where: { subjectId: postId, subjectType: type } });
  return {
    ...{ postId, text: content.text, row, id: (await row()).id },
    firstComments: () => db.publication.findMany({ where: { subjectId: postId, subjectType: "first-comment" } }),
  };
}

/** Settled by the engine for good, or left to a person. */
export const atRest = ({ state, runAt }: Row) =>
  ["published", "failed", "manual", "cancelled"].includes(state) || runAt.getFullYear() > 9000;

/** Lets time pass until the row's next turn, and takes it; until it is at rest. */
export async function untilAtRest(passTime: (ms: number) => Promise<void>, row: () => Promise<Row>) {
  for (let turn = 0; turn < 40; turn += 1) {
    const at = await row();
    if (atRest(at)) return;
    await passTime(Math.max(0, at.runAt.getTime() - now().getTime()) + 5);
    await runDue();
  }
  throw new Error("never settled");
}
