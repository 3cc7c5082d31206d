import { cache } from "react";
import { asVote, hoursSince } from "../approvals/deciding.ts";
import { progress, standing, type Vote } from "../approvals/flow.ts";
import { type Actor, inScope, may, rolesOver } from "../core/access.ts";
import { db, type Prisma } from "../core/db.ts";
import type { Platform } from "../platforms/contract.ts";
import { type UnitCard, within } from "../units/queries.ts";
import { flowOf } from "./review.ts";
import { type ShownState, shownState, titleOf } from "./shown.ts";

export type PostRow = {
  id: string;
  title: string;
  state: ShownState;
  platforms: Platform[];
  publishAt: Date | null;
  updatedAt: Date;
  unit: { shortName: string; zone: string };
  note: string | null;
  tags: string[];
  /** One of a series that comes again. */
  repeats: boolean;
};

const rowColumns = {
  id: true,
  text: true,
  state: true,
  publishAt: true,
  updatedAt: true,
  round: true,
  tags: true,
  seriesId: true,
  unit: { select: { shortName: true, zone: true } },
  channels: { select: { channel: { select: { platform: true } } } },
} as const;
type Row = Prisma.PostGetPayload<{ select: typeof rowColumns }>;

async function rowsOf(posts: Row[]): Promise<PostRow[]> {
  const ids = posts.map((p) => p.id);
  const returned = posts.filter((p) => p.state === "returned").map((p) => p.id);
  const [publications, notes] = await Promise.all([
    db.publication.findMany({ where: { subjectType: "post", subjectId: { in: ids } }, select: { subjectId: true, state: true } }),
    returned.length
      ? db.approval.findMany({
          where: { subjectType: "post", subjectId: { in: returned } },
          select: { subjectId: true, note: true },
          orderBy: { round: "asc" },
        })
      : [],
  ]);
  const noteOf = new Map(notes.map((n) => [n.subjectId, n.note]));
  return posts.map((p) => ({
    id: p.id,
    title: titleOf(p.text),
    state: shownState(
      p.state,
      publications.filter((x) => x.subjectId === p.id),
    ),
    platforms: [...new Set(p.channels.map((c) => c.channel.platform as Platform))],
    publishAt: p.publishAt,
    updatedAt: p.updatedAt,
    unit: p.unit,
    note: noteOf.get(p.id) ?? null,
    tags: p.tags,
    repeats: p.seriesId !== null,
  }));
}

export const postFilters = ["all", "draft", "submitted", "returned", "approved", "scheduled", "rejected", "cancelled"] as const;
export type PostFilter = (typeof postFilters)[number];
const PAGE = 30;

/** A unit's posts, of all tags or one, last changed first, a page of 30 after the given cursor. */
export async function listPosts(
  actor: Actor,
  unit: UnitCard,
  filter: PostFilter,
  after: { updatedAt: Date; id: string } | null,
  tag: string | null = null,
) {
  const posts = await db.post.findMany({
    where: {
      AND: [
        within(unit),
        inScope(actor, "post.read"),
        filter === "all" ? {} : { state: filter },
        tag ? { tags: { has: tag } } : {},
        after ? { OR: [{ updatedAt: { lt: after.updatedAt } }, { updatedAt: after.updatedAt, id: { lt: after.id } }] } : {},
      ],
    },
    select: rowColumns,
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: PAGE + 1,
  });
  return { rows: await rowsOf(posts.slice(0, PAGE)), more: posts.length > PAGE };
}

/** What goes out next, and what the author has to mend. */
export async function upcomingPosts(actor: Actor, unit: UnitCard, now: Date): Promise<PostRow[]> {
  const posts = await db.post.findMany({
    where: {
      AND: [
        within(unit),
        inScope(actor, "post.read"),
        {
          state: { in: ["draft", "submitted", "returned", "approved", "scheduled"] },
          publishAt: { gte: new Date(now.getTime() - 60_000) },
        },
      ],
    },
    select: rowColumns,
    orderBy: { publishAt: "asc" },
    take: 5,
  });
  return rowsOf(posts);
}

export async function postsToMend(actor: Actor, unit: UnitCard): Promise<PostRow[]> {
  const returned = await db.post.findMany({
    where: { AND: [within(unit), inScope(actor, "post.read"), { OR: [{ state: "returned" }, { state: "approved" }] }] },
    select: rowColumns,
    orderBy: { updatedAt: "desc" },
    take: 8,
  });
  return rowsOf(returned);
}

export type StuckPublication = {
  id: string;
  postId: string;
  title: string;
  platform: Platform;
  state: "manual" | "failed" | "unknown";
  dueAt: Date;
};

/** Publications that wait for a person: to be posted by hand, failed, or of unknown outcome. */
export async function stuckPublications(actor: Actor, unit: UnitCard): Promise<StuckPublication[]> {
  const rows = await db.publication.findMany({
    where: { AND: [within(unit), inScope(actor, "post.read"), { subjectType: "post", state: { in: ["manual", "failed", "unknown"] } }] },
    select: { id: true, subjectId: true, content: true, state: true, dueAt: true, channel: { select: { platform: true } } },
    // Old ones hide no new one.
    orderBy: { dueAt: "desc" },
    take: 8,
  });
  return rows.map((r) => ({
    id: r.id,
    postId: r.subjectId,
    title: titleOf((r.content as { text: string }).text),
    platform: r.channel.platform as Platform,
    state: r.state as StuckPublication["state"],
    dueAt: r.dueAt,
  }));
}

export type QueueItem = {
  id: string;
  title: string;
  unit: { shortName: string; zone: string };
  publishAt: Date | null;
  submittedAt: Date;
  round: number;
  /** The step that is asked now, from 1, of so many; `idleHours` since it began; `asDeputy`: the reader stands in. */
  step: { number: number; of: number; name: string; idleHours: number; asDeputy: boolean };
  /** It went out without a verifier and wants to be looked at. */
  emergency: boolean;
};

/** At most so many submitted posts are looked through for those that wait for one person. */
const QUEUE = 300;

const waitingFor = cache(async (actor: Actor): Promise<QueueItem[]> => {
  const unwritten = { authorId: { not: actor.personId }, versions: { none: { authorId: actor.personId } } };
  const columns = {
    id: true,
    text: true,
    unitId: true,
    governmentId: true,
    unit: { select: { shortName: true, zone: true } },
    publishAt: true,
    submittedAt: true,
    updatedAt: true,
    round: true,
    flow: true,
    stepSince: true,
  } as const;
  const [unseen, submitted] = await Promise.all([
    db.post.findMany({
      where: {
        AND: [
          inScope(actor, "post.review"),
          { state: "scheduled", emergencyBy: { not: null }, emergencySeenAt: null, ...unwritten, NOT: { emergencyBy: actor.personId } },
        ],
      },
      select: columns,
      orderBy: { updatedAt: "asc" },
      take: 50,
    }),
    db.post.findMany({
      where: { AND: [inScope(actor, "post.review"), { state: "submitted", ...unwritten }] },
      select: columns,
      orderBy: [{ publishAt: { sort: "asc", nulls: "last" } }, { submittedAt: "asc" }],
      take: QUEUE,
    }),
  ]);
  const votes = await db.approvalVote.findMany({
    where: { subjectType: "post", subjectId: { in: submitted.map((post) => post.id) } },
    select: { subjectId: true, round: true, step: true, personId: true, decision: true, covers: true },
  });
  const item = (post: (typeof submitted)[number], step: QueueItem["step"], emergency: boolean): QueueItem => ({
    id: post.id,
    title: titleOf(post.text),
    unit: post.unit,
    publishAt: post.publishAt,
    submittedAt: post.submittedAt ?? post.updatedAt,
    round: post.round,
    step,
    emergency,
  });
  const done = { number: 0, of: 0, name: "", idleHours: 0, asDeputy: false };
  return [
    ...unseen.map((post) => item(post, done, true)),
    ...submitted.flatMap((post) => {
      const cast = votes.filter((vote) => vote.subjectId === post.id && vote.round === post.round).map(asVote);
      const step = stepFor(actor, post, cast);
      return step ? [item(post, step, false)] : [];
    }),
  ];
});

type InRound = {
  unitId: string;
  governmentId: string;
  flow: Prisma.JsonValue;
  stepSince: Date | null;
  submittedAt: Date | null;
  updatedAt: Date;
};

/** The present step of a post, if this person may speak on it; that he wrote nothing of it was asked before. */
function stepFor(actor: Actor, post: InRound, cast: Vote[]): QueueItem["step"] | null {
  const flow = flowOf(post);
  const at = progress(flow, cast);
  if (at.state !== "open") return null;
  const step = flow.steps[at.step]!;
  const idleHours = hoursSince(post.stepSince ?? post.submittedAt ?? post.updatedAt);
  const stands = standing(step, {
    voter: { personId: actor.personId, roles: rolesOver(actor, post) },
    writers: [],
    cast,
    missing: at.missing,
    idleHours,
  });
  return stands.may ? { number: at.step + 1, of: flow.steps.length, name: step.name, idleHours, asDeputy: stands.asDeputy } : null;
}

/**
 * What waits for this person: first what went out without a verifier, then posts on whose present step he may speak, of every
 * unit he verifies for, soonest publish time first. His own are left out.
 */
export const reviewQueue = async (actor: Actor): Promise<QueueItem[]> => (await waitingFor(actor)).slice(0, 50);

/** Counted once a request, however many parts of the page print it. */
export const countForReview = async (actor: Actor): Promise<number> => (may(actor, "post.review") ? (await waitingFor(actor)).length : 0);
