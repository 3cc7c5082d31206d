import { cache } from "react";
import { type Actor, inScope, may } from "../core/access.ts";
import { db, type Prisma } from "../core/db.ts";
import type { Platform } from "../platforms/contract.ts";
import { type UnitCard, within } from "../units/queries.ts";
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
};

const rowColumns = {
  id: true,
  text: true,
  state: true,
  publishAt: true,
  updatedAt: true,
  round: true,
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
  }));
}

export const postFilters = ["all", "draft", "submitted", "returned", "approved", "scheduled", "rejected", "cancelled"] as const;
export type PostFilter = (typeof postFilters)[number];
const PAGE = 30;

/** A unit's posts, last changed first, a page of 30 after the given cursor. */
export async function listPosts(actor: Actor, unit: UnitCard, filter: PostFilter, after: { updatedAt: Date; id: string } | null) {
  const posts = await db.post.findMany({
    where: {
      AND: [
        within(unit),
        inScope(actor, "post.read"),
        filter === "all" ? {} : { state: filter },
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
    orderBy: { dueAt: "asc" },
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
};

/** Posts that wait for this verifier: of every unit he verifies for, soonest publish time first. His own are left out. */
export async function reviewQueue(actor: Actor): Promise<QueueItem[]> {
  const rows = await db.post.findMany({
    where: {
      AND: [
        inScope(actor, "post.review"),
        { state: "submitted", authorId: { not: actor.personId }, versions: { none: { authorId: actor.personId } } },
      ],
    },
    select: { id: true, text: true, unit: { select: { shortName: true, zone: true } }, publishAt: true, submittedAt: true, round: true },
    orderBy: [{ publishAt: { sort: "asc", nulls: "last" } }, { submittedAt: "asc" }],
    take: 50,
  });
  return rows.map((r) => ({
    id: r.id,
    title: titleOf(r.text),
    unit: r.unit,
    publishAt: r.publishAt,
    submittedAt: r.submittedAt ?? new Date(0),
    round: r.round,
  }));
}

/** Counted once a request, however many parts of the page print it. */
export const countForReview = cache(async (actor: Actor): Promise<number> => {
  if (!may(actor, "post.review")) return 0;
  const others = { authorId: { not: actor.personId }, versions: { none: { authorId: actor.personId } } };
  return db.post.count({ where: { AND: [inScope(actor, "post.review"), { state: "submitted", ...others }] } });
});
