import { asVote, hoursSince, votesOf } from "../../approvals/deciding.ts";
import { type Approver, flowSchema, progress, standing } from "../../approvals/flow.ts";
import { type Actor, type Place, reaches, rolesOver } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db } from "../../core/db.ts";

/** An answer that is not (yet) on the platform, or just went out and is not a message of the thread yet. */
export type SentReply = {
  type: "reply";
  id: string;
  publicationId: string;
  authorName: string;
  text: string;
  at: Date;
  state: "due" | "publishing" | "published" | "failed" | "unknown";
  problem: string | null;
  /** Why the platform refused it, as a code. */
  reason: string | null;
  asksPerson: boolean;
};

export async function sentReplies(caseId: string): Promise<SentReply[]> {
  const rows = await db.$queryRaw<
    {
      id: string;
      publicationId: string;
      authorName: string;
      text: string;
      at: Date;
      state: SentReply["state"];
      problem: { code: string; reason?: string } | null;
      runAt: Date;
    }[]
  >`
    SELECT r.id, p.id AS "publicationId", coalesce(pe.name, '') AS "authorName", r.text, r.created_at AS at, p.state, p.problem, p.run_at AS "runAt"
    FROM reply r JOIN publication p ON p.subject_type = 'reply' AND p.subject_id = r.id AND (p.state IN ('due', 'publishing', 'failed', 'unknown') OR p.state = 'published' AND (p.published_at > ${new Date(now().getTime() - 600_000)} OR p.remote_id IS NULL))
    LEFT JOIN person pe ON pe.id = r.author_id WHERE r.case_id = ${caseId}::uuid ORDER BY r.created_at DESC LIMIT 100`;
  return rows.map(({ runAt, problem, ...r }) => ({
    type: "reply",
    ...r,
    problem: problem?.code ?? null,
    reason: problem?.reason ?? null,
    asksPerson: r.state === "unknown" && runAt.getFullYear() > 9000,
  }));
}

/** Somebody who is asked, as a page names him. */
export type AskedOne = { kind: "role"; role: string } | { kind: "person"; name: string };

/** An answer that waits for others' yes, or did not get it. */
export type JudgedReply = {
  type: "judged";
  id: string;
  authorName: string;
  own: boolean;
  text: string;
  at: Date;
  state: "submitted" | "returned" | "rejected";
  step: { name: string; number: number; of: number } | null;
  asked: AskedOne[];
  /** Who said what so far; the reasons of a return with it. */
  votes: { id: string; by: string; decision: string; note: string | null; at: Date }[];
  mayDecide: boolean;
};

const SHOWN = 10;

/** The answers of a case that others were asked about and that did not go out, the last ten. */
export async function judgedReplies(actor: Actor, caseId: string, place: Place): Promise<JudgedReply[]> {
  const replies = await db.reply.findMany({
    where: { caseId, state: { in: ["submitted", "returned", "rejected"] } },
    orderBy: { createdAt: "desc" },
    take: SHOWN,
  });
  if (!replies.length) return [];
  const flows = new Map(replies.map((reply) => [reply.id, flowSchema.parse(reply.flow)]));
  const cast = new Map(
    await Promise.all(
      replies.map(
        async (reply) => [reply.id, await votesOf(db, { subjectType: "reply", subjectId: reply.id, round: reply.round })] as const,
      ),
    ),
  );
  const approvers = [...flows.values()].flatMap(({ steps }) => steps.flatMap((step) => step.approvers));
  const names = await namesOf([
    ...replies.map(({ authorId }) => authorId),
    ...approvers.flatMap((one) => (one.kind === "person" ? [one.personId] : [])),
    ...[...cast.values()].flat().map(({ personId }) => personId),
  ]);
  const named = (one: Approver): AskedOne => (one.kind === "role" ? one : { kind: "person", name: names.get(one.personId) ?? "" });
  return replies.map((reply): JudgedReply => {
    const { steps } = flows.get(reply.id)!;
    const votes = cast.get(reply.id)!;
    const at = progress({ steps }, votes.map(asVote));
    const open = reply.state === "submitted" && at.state === "open" ? { ...at, is: steps[at.step]! } : null;
    const voter = { personId: actor.personId, roles: rolesOver(actor, place) };
    return {
      type: "judged",
      id: reply.id,
      authorName: names.get(reply.authorId) ?? "",
      own: reply.authorId === actor.personId,
      text: reply.text,
      at: reply.createdAt,
      state: reply.state as JudgedReply["state"],
      step: open && { name: open.is.name, number: open.step + 1, of: steps.length },
      asked: open ? open.missing.map((index) => named(open.is.approvers[index]!)) : [],
      votes: votes.map((vote) => ({
        id: vote.id,
        by: names.get(vote.personId) ?? "",
        decision: vote.decision,
        note: vote.note,
        at: vote.decidedAt,
      })),
      mayDecide:
        open !== null &&
        reaches(actor, "post.review", place) &&
        standing(open.is, {
          voter,
          writers: [reply.authorId],
          cast: votes.map(asVote),
          missing: open.missing,
          idleHours: hoursSince(reply.stepSince ?? reply.createdAt),
        }).may,
    };
  });
}

/** The names of these people, by their ids. */
export async function namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (!ids.length) return new Map();
  const people = await db.person.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } });
  return new Map(people.map(({ id, name }) => [id, name]));
}
