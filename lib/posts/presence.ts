import type { Actor } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import type { Answer } from "../core/errors.ts";
import { findPost } from "./moving.ts";

/** Who gave no sign for so long has closed the draft. An open form gives one every 20 seconds. */
const SEEN_MS = 45_000;

/** Notes that the actor has the draft open, and answers with the names of the others who have. */
export async function attendDraft(actor: Actor, { postId }: { postId: string }): Promise<Answer<{ others: string[] }>> {
  return db.$transaction(async (tx) => {
    const post = await findPost(tx, actor, postId, "post.write");
    const at = now();
    const key = { postId: post.id, personId: actor.personId };
    await tx.draftPresence.upsert({ where: { postId_personId: key }, create: { ...key, seenAt: at }, update: { seenAt: at } });
    const since = new Date(at.getTime() - SEEN_MS);
    const present = await tx.draftPresence.findMany({
      where: { postId: post.id, personId: { not: actor.personId }, seenAt: { gte: since } },
      select: { personId: true },
    });
    const people = await tx.person.findMany({
      where: { id: { in: present.map((p) => p.personId) } },
      select: { name: true },
      orderBy: { name: "asc" },
    });
    return { ok: true, others: people.map((p) => p.name) };
  });
}
