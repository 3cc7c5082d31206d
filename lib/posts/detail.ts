import { type Actor, inScope } from "../core/access.ts";
import { db } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import type { PublicationState } from "../delivery/rules.ts";
import type { Platform } from "../platforms/contract.ts";
import { takesPosts } from "../platforms/registry.ts";
import { type UnitCard, unitCard } from "../units/queries.ts";
import { contentColumns, type PostContent, toContent } from "./content.ts";
import type { PostState } from "./rules.ts";
import { type ShownState, shownState, titleOf } from "./shown.ts";

export type PostPublication = {
  id: string;
  /** Our first comment under the post, not the post itself. */
  isComment: boolean;
  channelId: string;
  platform: Platform;
  mode: string;
  handle: string;
  state: PublicationState;
  dueAt: Date;
  permalink: string | null;
  /** `detail`: the platform's own words; `reason`: why it refused, as a code. */
  problem: { code: string; detail?: string; reason?: string } | null;
  asksPerson: boolean;
  attempts: number;
};
export type PostMention = { id: string; title: string };
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
  tags: string[];
  /** The series that made it. */
  seriesId: string | null;
  /** The published post that it puts right, and those that put it right. */
  corrects: PostMention | null;
  correctedBy: PostMention[];
  publications: PostPublication[];
  /** Published without waiting for a verifier; `seenAt`: since when one of them has looked at it. */
  emergency: { by: string; personId: string; reason: string; seenAt: Date | null } | null;
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
      emergencyBy: true,
      emergencyReason: true,
      emergencySeenAt: true,
      tags: true,
      seriesId: true,
      corrects: { select: { id: true, text: true } },
      corrections: {
        select: { id: true, text: true },
        where: { state: { notIn: ["cancelled", "rejected"] } },
        orderBy: { id: "asc" },
        take: 10,
      },
      ...contentColumns,
      unit: { select: unitCard },
    },
  });
  if (!row) throw new Refusal("not-found");
  const [publications, decisions, people] = await Promise.all([
    db.publication.findMany({
      where: { subjectType: { in: ["post", "first-comment"] }, subjectId: id },
      select: {
        id: true,
        subjectType: true,
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
    db.person.findMany({ where: { id: { in: [row.authorId, row.emergencyBy ?? row.authorId] } }, select: { id: true, name: true } }),
  ]);
  const decider = decisions ? await db.person.findUnique({ where: { id: decisions.decidedBy }, select: { name: true } }) : null;
  const nameOf = (personId: string) => people.find((person) => person.id === personId)?.name ?? "";
  return {
    id: row.id,
    unit: row.unit,
    state: row.state as PostState,
    shown: shownState(
      row.state,
      publications.filter((p) => p.subjectType === "post"),
    ),
    revision: row.revision,
    round: row.round,
    authorId: row.authorId,
    author: nameOf(row.authorId),
    publishAt: row.publishAt,
    submittedAt: row.submittedAt,
    updatedAt: row.updatedAt,
    content: toContent(row),
    tags: row.tags,
    seriesId: row.seriesId,
    corrects: row.corrects && mentionOf(row.corrects),
    correctedBy: row.corrections.map(mentionOf),
    publications: publications
      .filter((p) => p.state !== "cancelled")
      .map((p) => ({
        id: p.id,
        isComment: p.subjectType === "first-comment",
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
    emergency: row.emergencyBy
      ? {
          by: nameOf(row.emergencyBy),
          personId: row.emergencyBy,
          reason: row.emergencyReason ?? "",
          seenAt: row.emergencySeenAt,
        }
      : null,
    lastDecision: decisions
      ? { decision: decisions.decision, note: decisions.note, by: decider?.name ?? "", at: decisions.decidedAt, round: decisions.round }
      : null,
  };
}

const mentionOf = ({ id, text }: { id: string; text: string }): PostMention => ({ id, title: titleOf(text) });

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

/** What was decided on last before this round, to show what changed since. */
export async function contentOfLastRound(post: PostDetail): Promise<PostContent | null> {
  if (post.round < 2) return null;
  const decision = await db.approval.findFirst({
    where: { subjectType: "post", subjectId: post.id, round: { lt: post.round } },
    orderBy: [{ round: "desc" }, { decidedAt: "desc" }],
    select: { contentDigest: true },
  });
  if (!decision) return null;
  const version = await db.postVersion.findFirst({
    where: { postId: post.id, digest: decision.contentDigest },
    orderBy: { number: "desc" },
    select: { content: true },
  });
  return version ? (version.content as PostContent) : null;
}

export type WritableChannel = { id: string; platform: Platform; mode: "api" | "manual"; handle: string; name: string; state: string };
export async function channelsOf(unitId: string): Promise<WritableChannel[]> {
  const rows = await db.channel.findMany({
    where: { unitId, state: { not: "disconnected" } },
    select: { id: true, platform: true, mode: true, handle: true, name: true, state: true },
    orderBy: [{ isPrimary: "desc" }, { platform: "asc" }],
    take: 30,
  });
  return (rows as WritableChannel[]).filter((channel) => takesPosts(channel.platform, channel.mode));
}
