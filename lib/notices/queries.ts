import type { Actor } from "../core/access.ts";
import { db } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { type Reader, readersOf } from "./readers.ts";
import { mailIsConfigured } from "./smtp.ts";

const PAGE = 30;
/** Counted no further: the bell says "99+". */
export const COUNTED = 100;

export type NoticeRow = { id: string; type: string; params: unknown; link: string; urgent: boolean; createdAt: Date; readAt: Date | null };

/** The actor's own notices, newest first, a page of 30 after the notice `after`. */
export async function noticesOf(actor: Actor, after: string | null): Promise<{ rows: NoticeRow[]; more: boolean }> {
  const rows = await db.notice.findMany({
    where: { personId: actor.personId, ...(after ? { id: { lt: after } } : {}) },
    select: { id: true, type: true, params: true, link: true, urgent: true, createdAt: true, readAt: true },
    orderBy: { id: "desc" },
    take: PAGE + 1,
  });
  return { rows: rows.slice(0, PAGE), more: rows.length > PAGE };
}

/** How many notices the actor has not read; at most 100. */
export async function countUnread(actor: Actor): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT FROM notice WHERE person_id = ${actor.personId}::uuid AND read_at IS NULL LIMIT ${COUNTED}) unread`;
  return row?.count ?? 0;
}

/** The actor as one who is told things, and whether anybody is mailed at all. */
export async function preferencesOf(actor: Actor): Promise<Reader & { mailed: boolean }> {
  const reader = (await readersOf(db, [actor.personId])).get(actor.personId);
  if (!reader) throw new Refusal("not-found");
  return { ...reader, mailed: mailIsConfigured() };
}
