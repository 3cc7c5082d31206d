import type { Actor } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db, Prisma, type Tx } from "../core/db.ts";
import type { Answer, Problem } from "../core/errors.ts";
import { signal } from "../core/live.ts";
import { closePause, type HeldRow } from "../delivery/pausing.ts";
import { postsBehindGates } from "./closed-gates.ts";
import { move, postColumns } from "./moving.ts";
import { scheduleProblems } from "./rules.ts";
import type { EndPause, ResumeChoice } from "./schema.ts";

/** Posts; `gated`: of those that did not go out, the ones behind a gate that was closed since. */
export type Resumed = { released: number; back: number; gated: number; asked: number };

/**
 * Ends a pause and says of each post that it held when it goes out: at its time, now, at a new time, or not at all, back among
 * the approved. A time that has passed lets nothing out, nor does a gate that was closed meanwhile: such a post goes back. Where
 * a part of a post stands already, the rest cannot go back: it is left, as failed, to a person who sends it again or calls it off.
 */
export async function endPause(actor: Actor, { pauseId, otherwise, choices }: EndPause): Promise<Answer<Resumed>> {
  const at = now();
  const problems = choices.flatMap((choice) => timeProblems(choice, at));
  if (problems.length) return { ok: false, problems };
  return db.$transaction(
    async (tx) => {
      const rows = await closePause(tx, actor, pauseId);
      const chosen = new Map(choices.map((choice) => [choice.postId, choice]));
      const dueAt = new Map(
        rows.map((row) => [row, timeOf(row, chosen.get(row.subjectId) ?? { how: otherwise, publishAt: null }, at)] as const),
      );
      const wanted = rows.flatMap((row) => (dueAt.get(row) ? [{ row, dueAt: dueAt.get(row)! }] : []));
      const gated = await postsBehindGates(tx, new Map(wanted.map((one) => [one.row.subjectId, one.dueAt])));
      const out = wanted.filter(({ row }) => !gated.has(row.subjectId));
      const going = new Set(out.map(({ row }) => row));
      await release(tx, out);
      const { back, asked } = await takeBack(
        tx,
        actor,
        rows.filter((row) => !going.has(row)),
      );
      if (out.length) await signal(tx, { topic: "publication-due" });
      return { ok: true, released: new Set(out.map(({ row }) => row.subjectId)).size, back, gated: gated.size, asked };
    },
    { timeout: 60_000 },
  );
}

function timeProblems({ postId, how, publishAt }: ResumeChoice, at: Date): Problem[] {
  if (how !== "new") return [];
  return scheduleProblems(publishAt ? new Date(publishAt) : null, at).map((problem) => ({ ...problem, field: `choice.${postId}` }));
}

/** When a held row goes out; null: not by itself. */
function timeOf({ dueAt }: HeldRow, { how, publishAt }: Pick<ResumeChoice, "how" | "publishAt">, at: Date): Date | null {
  if (how === "now") return at;
  if (how === "new") return publishAt ? new Date(publishAt) : null;
  return how === "time" && dueAt > at ? dueAt : null;
}

async function release(tx: Tx, out: { row: HeldRow; dueAt: Date }[]) {
  if (!out.length) return;
  const ids = out.map(({ row }) => row.id);
  const times = out.map(({ dueAt }) => dueAt);
  await tx.$executeRaw(Prisma.sql`
    WITH chosen AS (SELECT * FROM unnest(${ids}::uuid[], ${times}::timestamptz[]) AS t (id, due_at)),
    freed AS (
      UPDATE publication p SET state = 'due', due_at = chosen.due_at, run_at = chosen.due_at
      FROM chosen WHERE p.id = chosen.id AND p.state = 'held' RETURNING p.subject_type, p.subject_id, p.due_at)
    UPDATE post SET publish_at = freed.due_at FROM freed
    WHERE freed.subject_type = 'post' AND post.id = freed.subject_id AND post.publish_at IS DISTINCT FROM freed.due_at`);
}

const begun = ["publishing", "unknown", "published"];

async function takeBack(tx: Tx, actor: Actor, rows: HeldRow[]): Promise<Pick<Resumed, "back" | "asked">> {
  const postIds = [...new Set(rows.map(({ subjectId }) => subjectId))];
  const standing = await tx.publication.findMany({
    where: { subjectType: "post", subjectId: { in: postIds }, state: { in: begun } },
    select: { subjectId: true },
    distinct: ["subjectId"],
  });
  const partly = new Set(standing.map(({ subjectId }) => subjectId));
  const posts = await tx.post.findMany({
    where: { id: { in: postIds.filter((id) => !partly.has(id)) }, state: "scheduled" },
    select: postColumns,
  });
  await tx.publication.updateMany({
    where: { subjectType: "post", subjectId: { in: posts.map(({ id }) => id) }, state: { in: ["held", "due", "manual", "failed"] } },
    data: { state: "cancelled" },
  });
  for (const post of posts) await move(tx, actor, post, "unschedule");
  const returned = new Set(posts.map(({ id }) => id));
  const left = rows.filter(({ subjectId }) => !returned.has(subjectId));
  await tx.publication.updateMany({
    where: { id: { in: left.map(({ id }) => id) }, state: "held" },
    data: { state: "failed", problem: { code: "paused" } },
  });
  return { back: posts.length, asked: new Set(left.map(({ subjectId }) => subjectId)).size };
}
