import { type Actor, inScope, may } from "../core/access.ts";
import { db, type Prisma } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import { type Outcome, outcomeOf, type PublicationState } from "../delivery/rules.ts";
import type { Platform } from "../platforms/contract.ts";
import { type UnitCard, within } from "../units/queries.ts";
import { contentColumns, type PostContent, toContent } from "./content.ts";
import type { PostState } from "./rules.ts";

/** What a list shows of a post's state: its own until it stands on the schedule, from there its publications'. */
export type ShownState = Exclude<PostState, "scheduled"> | Outcome;
const shown = (state: string, publications: { state: string }[]): ShownState =>
  state === "scheduled" ? outcomeOf(publications.map((p) => p.state as PublicationState)) : (state as ShownState);

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

/** The first line, shortened: posts have no title of their own. */
export const titleOf = (text: string) => {
  const line = text.trim().split("\n")[0] ?? "";
  return line.length > 90 ? `${line.slice(0, 88).trimEnd()}…` : line;
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
  const publications = await db.publication.findMany({
    where: { subjectType: "post", subjectId: { in: ids } },
    select: { subjectId: true, state: true },
  });
  const notes = await db.approval.findMany({
    where: { subjectType: "post", subjectId: { in: posts.filter((p) => p.state === "returned").map((p) => p.id) } },
    select: { subjectId: true, note: true, round: true },
    orderBy: { round: "asc" },
  });
  const noteOf = new Map(notes.map((n) => [n.subjectId, n.note]));
  return posts.map((p) => ({
    id: p.id,
    title: titleOf(p.text),
    state: shown(
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

export const countForReview = (actor: Actor) =>
  may(actor, "post.review")
    ? db.post.count({
        where: {
          AND: [
            inScope(actor, "post.review"),
            { state: "submitted", authorId: { not: actor.personId }, versions: { none: { authorId: actor.personId } } },
          ],
        },
      })
    : Promise.resolve(0);

export type PostPublication = {
  id: string;
  channelId: string;
  platform: Platform;
  mode: string;
  handle: string;
  state: PublicationState;
  dueAt: Date;
  permalink: string | null;
  problem: { code: string; detail?: string } | null;
  asksPerson: boolean;
  attempts: number;
};
export type PostDetail = {
  id: string;
  unit: UnitCard;
  state: PostState;
  shown: ShownState;
  revision: number;
  round: number;
  authorId: string;
  author: string;
  publishAt: Date | null;
  submittedAt: Date | null;
  updatedAt: Date;
  content: PostContent;
  publications: PostPublication[];
  lastDecision: { decision: string; note: string | null; by: string; at: Date; round: number } | null;
};

/** A post whole. Unknown and foreign ids are refused alike. */
export async function postDetail(actor: Actor, id: string): Promise<PostDetail> {
  const row = await db.post.findFirst({
    where: { AND: [{ id }, { OR: [inScope(actor, "post.read"), inScope(actor, "post.review")] }] },
    select: {
      id: true,
      state: true,
      revision: true,
      round: true,
      authorId: true,
      publishAt: true,
      submittedAt: true,
      updatedAt: true,
      ...contentColumns,
      unit: {
        select: {
          id: true,
          code: true,
          name: true,
          shortName: true,
          kind: true,
          type: true,
          scoreClass: true,
          governmentId: true,
          zone: true,
          government: { select: { id: true, name: true, shortName: true, kind: true } },
        },
      },
    },
  });
  if (!row) throw new Refusal("not-found");
  const [publications, decisions, author] = await Promise.all([
    db.publication.findMany({
      where: { subjectType: "post", subjectId: id },
      select: {
        id: true,
        channelId: true,
        state: true,
        dueAt: true,
        runAt: true,
        permalink: true,
        problem: true,
        attempts: true,
        channel: { select: { platform: true, mode: true, handle: true } },
      },
      orderBy: { createdAt: "asc" },
    }),
    db.approval.findFirst({ where: { subjectType: "post", subjectId: id }, orderBy: { round: "desc" } }),
    db.person.findUnique({ where: { id: row.authorId }, select: { name: true } }),
  ]);
  const decider = decisions ? await db.person.findUnique({ where: { id: decisions.decidedBy }, select: { name: true } }) : null;
  return {
    id: row.id,
    unit: row.unit,
    state: row.state as PostState,
    shown: shown(row.state, publications),
    revision: row.revision,
    round: row.round,
    authorId: row.authorId,
    author: author?.name ?? "",
    publishAt: row.publishAt,
    submittedAt: row.submittedAt,
    updatedAt: row.updatedAt,
    content: toContent(row),
    publications: publications
      .filter((p) => p.state !== "cancelled")
      .map((p) => ({
        id: p.id,
        channelId: p.channelId,
        platform: p.channel.platform as Platform,
        mode: p.channel.mode,
        handle: p.channel.handle,
        state: p.state as PublicationState,
        dueAt: p.dueAt,
        permalink: p.permalink,
        problem: p.problem as PostPublication["problem"],
        asksPerson: p.state === "unknown" && p.runAt.getFullYear() > 9000,
        attempts: p.attempts,
      })),
    lastDecision: decisions
      ? { decision: decisions.decision, note: decisions.note, by: decider?.name ?? "", at: decisions.decidedAt, round: decisions.round }
      : null,
  };
}

export type HistoryEntry = { id: string; at: Date; type: string; by: string | null; payload: Record<string, unknown> };

/** Every state a post went through, newest first; the reader has passed `postDetail` before. */
export async function postHistory(postId: string): Promise<HistoryEntry[]> {
  const rows = await db.$queryRaw<{ id: string; at: Date; type: string; by: string | null; payload: Record<string, unknown> }[]>`
    SELECT e.id, e.at, e.type, p.name AS by, coalesce(a.payload, '{}'::jsonb) AS payload
    FROM audit_event e LEFT JOIN person p ON p.id = e.actor_id LEFT JOIN audit_payload a ON a.event_id = e.id
    WHERE e.subject_type = 'post' AND e.subject_id = ${postId}::uuid ORDER BY e.id DESC LIMIT 100`;
  return rows;
}

export type VersionEntry = { number: number; by: string; at: Date; text: string; sealed: boolean };
export async function postVersions(postId: string): Promise<VersionEntry[]> {
  const rows = await db.postVersion.findMany({
    where: { postId },
    orderBy: { number: "desc" },
    take: 50,
    select: { number: true, authorId: true, createdAt: true, content: true, sealed: true },
  });
  const people = await db.person.findMany({ where: { id: { in: rows.map((r) => r.authorId) } }, select: { id: true, name: true } });
  return rows.map((r) => ({
    number: r.number,
    by: people.find((p) => p.id === r.authorId)?.name ?? "",
    at: r.createdAt,
    text: (r.content as PostContent).text,
    sealed: r.sealed,
  }));
}

/** The text that the verifier saw in the round before this one, to show what changed since. */
export async function textOfLastRound(post: PostDetail): Promise<string | null> {
  if (post.round < 2) return null;
  const decision = await db.approval.findFirst({
    where: { subjectType: "post", subjectId: post.id, round: post.round - 1 },
    select: { contentDigest: true },
  });
  if (!decision) return null;
  const version = await db.postVersion.findFirst({
    where: { postId: post.id, digest: decision.contentDigest },
    orderBy: { number: "desc" },
    select: { content: true },
  });
  return version ? (version.content as PostContent).text : null;
}

export type WritableChannel = { id: string; platform: Platform; mode: "api" | "manual"; handle: string; name: string; state: string };
export async function channelsOf(unitId: string): Promise<WritableChannel[]> {
  const rows = await db.channel.findMany({
    where: { unitId, state: { not: "disconnected" } },
    select: { id: true, platform: true, mode: true, handle: true, name: true, state: true },
    orderBy: [{ isPrimary: "desc" }, { platform: "asc" }],
    take: 30,
  });
  return rows as WritableChannel[];
}
