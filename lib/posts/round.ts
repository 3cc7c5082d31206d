import { asVote, hoursSince, votesOf } from "../approvals/deciding.ts";
import { type Approver, isOverdue, progress, type Standing, standing } from "../approvals/flow.ts";
import { gatesUntil } from "../approvals/settings.ts";
import { type Actor, rolesOver } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { digestOf } from "./content.ts";
import type { PostDetail } from "./detail.ts";
import { gatesFound, hitsOf, type Override, type PostHit, readOverrides } from "./gating.ts";
import { flowOf, writersOf } from "./review.ts";

/** Somebody who may decide, as a page names him. */
export type Named = { kind: "role"; role: string } | { kind: "person"; name: string };
export type PostRound = {
  steps: { name: string; need: "any" | "all"; approvers: Named[] }[];
  /** The present step, null once the round is over. */
  step: number | null;
  waitingFor: Named[];
  idleHours: number;
  /** Its deputies may decide by now. */
  overdue: boolean;
  deputies: Named[];
  votes: { id: string; step: number; by: string; decision: string; asDeputy: boolean; note: string | null; at: Date }[];
  standing: Standing | null;
};

/** How far the round of a post has got, and whether the reader may speak now. Null before it was ever submitted. */
export async function roundOf(actor: Actor, post: PostDetail): Promise<PostRound | null> {
  if (post.round === 0) return null;
  const [row, cast] = await Promise.all([
    db.post.findUniqueOrThrow({
      where: { id: post.id },
      select: { id: true, authorId: true, unitId: true, governmentId: true, flow: true, stepSince: true, submittedAt: true },
    }),
    votesOf(db, { subjectType: "post", subjectId: post.id, round: post.round }),
  ]);
  const flow = flowOf(row);
  const mentioned = flow.steps.flatMap((step) => [...step.approvers, ...step.deputies]);
  const names = await namesOf([
    ...mentioned.flatMap((one) => (one.kind === "person" ? [one.personId] : [])),
    ...cast.map((v) => v.personId),
  ]);
  const named = (approver: Approver): Named =>
    approver.kind === "role" ? approver : { kind: "person", name: names.get(approver.personId) ?? "" };
  const votes = cast.map(asVote);
  const at = progress(flow, votes);
  const open = post.state === "submitted" && at.state === "open" ? { ...at, is: flow.steps[at.step]! } : null;
  const idleHours = hoursSince(row.stepSince ?? row.submittedAt ?? now());
  return {
    steps: flow.steps.map(({ name, need, approvers }) => ({ name, need, approvers: approvers.map(named) })),
    step: open?.step ?? null,
    waitingFor: open ? open.missing.map((index) => named(open.is.approvers[index]!)) : [],
    idleHours,
    overdue: open !== null && isOverdue(open.is, idleHours),
    deputies: open ? open.is.deputies.map(named) : [],
    votes: cast.map((v) => ({
      id: v.id,
      step: v.step,
      by: names.get(v.personId) ?? "",
      decision: v.decision,
      asDeputy: v.asDeputy,
      note: v.note,
      at: v.decidedAt,
    })),
    standing:
      open &&
      standing(open.is, {
        voter: { personId: actor.personId, roles: rolesOver(actor, row) },
        writers: await writersOf(db, row),
        cast: votes,
        missing: open.missing,
        idleHours,
      }),
  };
}

export type FoundGate = { kind: PostHit["kind"]; term: string; override: (Pick<Override, "reason" | "at"> & { by: string }) | null };

/** The gates that a post's texts run into, where they do, and who opened them. */
export async function gatesOfPost(post: PostDetail): Promise<{ hits: PostHit[]; gates: FoundGate[] }> {
  const [settings, row] = await Promise.all([
    gatesUntil(db, post.unit.governmentId, post.publishAt),
    db.post.findUniqueOrThrow({ where: { id: post.id }, select: { overrides: true } }),
  ]);
  const hits = hitsOf(post.content, settings);
  const gates = gatesFound(hits, readOverrides(row.overrides), digestOf(post.content));
  const names = await namesOf(gates.flatMap((gate) => gate.override?.personId ?? []));
  return {
    hits,
    gates: gates.map(({ kind, term, override }) => ({
      kind,
      term,
      override: override && { reason: override.reason, at: override.at, by: names.get(override.personId) ?? "" },
    })),
  };
}

async function namesOf(ids: string[]): Promise<Map<string, string>> {
  const people = await db.person.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } });
  return new Map(people.map((person) => [person.id, person.name]));
}
