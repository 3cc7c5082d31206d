import type { Actor } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { type Answer, Refusal } from "../core/errors.ts";
import { signalPeople } from "../core/live.ts";

/** Marks one of the actor's own notices as read, once; answers with where it is attended to. Others' are not found. */
export async function readNotice(actor: Actor, { noticeId }: { noticeId: string }): Promise<{ ok: true; link: string }> {
  return db.$transaction(async (tx) => {
    const notice = await tx.notice.findFirst({ where: { id: noticeId, personId: actor.personId }, select: { link: true } });
    if (!notice) throw new Refusal("not-found");
    const { count } = await tx.notice.updateMany({
      where: { id: noticeId, personId: actor.personId, readAt: null },
      data: { readAt: now() },
    });
    if (count) await signalPeople(tx, [actor.personId]);
    return { ok: true, link: notice.link };
  });
}

/** Marks what the actor saw in his list as read: everything up to `noticeId`, and nothing that came meanwhile. */
export async function readAllNotices(actor: Actor, { noticeId }: { noticeId: string }): Promise<Answer> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.notice.updateMany({
      where: { personId: actor.personId, readAt: null, id: { lte: noticeId } },
      data: { readAt: now() },
    });
    if (count) await signalPeople(tx, [actor.personId]);
    return { ok: true };
  });
}

/** Forgets notices from before `before`, read or not: what still waits stands in its own list. */
export const forgetNotices = (before: Date) =>
  db.notice.deleteMany({ where: { createdAt: { lt: before }, mailState: { not: "sending" } } });
