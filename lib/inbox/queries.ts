import { type Actor, inScope, type Place, reaches } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import type { Attachment, Mode, Platform } from "../platforms/contract.ts";
import { takesPosts } from "../platforms/registry.ts";
import type { Kind } from "./kinds.ts";
import type { CaseRow } from "./lists.ts";
import { assignablePeople } from "./working.ts";

export type ThreadItem =
  | { type: "message"; id: string; direction: "in" | "out"; authorName: string; text: string; attachment: Attachment | null; at: Date }
  | { type: "note"; id: string; authorName: string; text: string; at: Date }
  | {
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

export type CaseDetail = Omit<CaseRow, "unitShortName" | "role" | "referredTo" | "referredFrom" | "assigneeName"> & {
  revision: number;
  kindBy: string;
  confidence: number;
  reasons: { code: string; words: string[] }[];
  hasPii: boolean;
  sensitive: boolean;
  receivedAt: Date;
  unit: { id: string; shortName: string; name: string; zone: string; governmentId: string };
  channel: { id: string; handle: string };
  /** Between the citizen and the agency alone, under no post. */
  private: boolean;
  post: { id: string; text: string; permalink: string | null; publishedAt: Date; comments: number | null; postId: string | null } | null;
  citizen: { pseudonym: string; earlier: { id: string; excerpt: string; state: CaseRow["state"]; at: Date }[]; total: number };
  thread: ThreadItem[];
};

/** A case with its thread, notes and the citizen's earlier ones. Unknown and foreign ids are refused alike. */
export async function caseDetail(actor: Actor, id: string): Promise<CaseDetail> {
  const found = await db.inboxCase.findFirst({
    where: { id, units: { some: inScope(actor, "inbox.read") } },
    include: {
      channel: { select: { id: true, handle: true, platform: true, mode: true } },
      unit: { select: { id: true, shortName: true, name: true, zone: true, governmentId: true } },
      remotePost: { select: { id: true, text: true, permalink: true, publishedAt: true, comments: true, postId: true } },
      citizen: { select: { id: true, pseudonym: true } },
    },
  });
  if (!found) throw new Refusal("not-found");
  const [messages, notes, replies, earlier, total] = await Promise.all([
    db.$queryRaw<
      {
        id: string;
        direction: "in" | "out";
        authorName: string;
        text: string;
        attachment: Attachment | null;
        at: Date;
        replyId: string | null;
      }[]
    >`
      SELECT id, direction, author_name AS "authorName", text, attachment, sent_at AS at, reply_id AS "replyId" FROM message WHERE case_id = ${id}::uuid AND id >= garda_uuid_floor(${new Date(found.receivedAt.getTime() - 7 * 86_400_000)}) ORDER BY id DESC LIMIT 300`,
    db.caseNote.findMany({ where: { caseId: id }, orderBy: { createdAt: "asc" }, take: 100 }),
    pendingReplies(id),
    db.inboxCase.findMany({
      where: { citizenId: found.citizen.id, id: { not: id }, units: { some: inScope(actor, "inbox.read") } },
      orderBy: { receivedAt: "desc" },
      take: 3,
      select: { id: true, excerpt: true, state: true, receivedAt: true },
    }),
    db.inboxCase.count({ where: { citizenId: found.citizen.id, units: { some: inScope(actor, "inbox.read") } } }),
  ]);
  const people = await db.person.findMany({ where: { id: { in: notes.map((n) => n.authorId) } }, select: { id: true, name: true } });
  // Answered since in other words: sending the failed answer again would answer twice.
  const overtaken = (r: (typeof replies)[number]) =>
    r.state === "failed" &&
    (replies.some((other) => other.at > r.at) || messages.some((m) => m.direction === "out" && m.at > r.at && m.replyId !== r.id));
  const notArrived = new Set(replies.filter((r) => r.state === "failed").map((r) => r.id));
  const thread: ThreadItem[] = [
    ...messages
      .filter((m) => m.replyId === null || !notArrived.has(m.replyId))
      .map(({ replyId: _, ...m }) => ({ type: "message" as const, ...m })),
    ...notes.map((n) => ({
      type: "note" as const,
      id: n.id,
      text: n.text,
      at: n.createdAt,
      authorName: people.find((p) => p.id === n.authorId)?.name ?? "",
    })),
    ...replies.filter((r) => !overtaken(r) && (notArrived.has(r.id) || !messages.some((m) => m.replyId === r.id))),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  return {
    id: found.id,
    authorName: found.authorName,
    excerpt: found.excerpt,
    state: found.state as CaseRow["state"],
    kind: found.kind as Kind,
    urgent: found.urgent,
    unsure: found.unsure,
    snoozedUntil: found.snoozedUntil,
    platform: found.channel.platform as Platform,
    zone: found.unit.zone,
    dueAt: found.dueAt,
    dueSince: found.dueSince,
    lastMessageAt: found.lastMessageAt,
    assigneeId: found.assigneeId,
    revision: found.revision,
    kindBy: found.kindBy,
    confidence: found.confidence,
    reasons: found.reasons as CaseDetail["reasons"],
    hasPii: found.hasPii,
    sensitive: found.sensitive,
    receivedAt: found.receivedAt,
    unit: found.unit,
    channel: { id: found.channel.id, handle: found.channel.handle },
    post: found.remotePost,
    private: !takesPosts(found.channel.platform as Platform, found.channel.mode as Mode),
    citizen: {
      pseudonym: found.citizen.pseudonym,
      earlier: earlier.map((e) => ({ id: e.id, excerpt: e.excerpt, state: e.state as CaseRow["state"], at: e.receivedAt })),
      total,
    },
    thread,
  };
}

/** Who may be given a case, for those who may give it. */
export const assignableBy = async (actor: Actor, place: Place) => (reaches(actor, "inbox.work", place) ? assignablePeople(place) : []);

/** Answers that are not (yet) on the platform, and those that just went out and are not messages of the thread yet. */
async function pendingReplies(caseId: string): Promise<Extract<ThreadItem, { type: "reply" }>[]> {
  const rows = await db.$queryRaw<
    {
      id: string;
      publicationId: string;
      authorName: string;
      text: string;
      at: Date;
      state: "due";
      problem: { code: string; reason?: string } | null;
      runAt: Date;
    }[]
  >`
    SELECT r.id, p.id AS "publicationId", coalesce(pe.name, '') AS "authorName", r.text, r.created_at AS at, p.state, p.problem, p.run_at AS "runAt"
    FROM reply r JOIN publication p ON p.subject_type = 'reply' AND p.subject_id = r.id AND (p.state IN ('due', 'publishing', 'failed', 'unknown') OR p.state = 'published' AND p.published_at > ${new Date(now().getTime() - 600_000)})
    LEFT JOIN person pe ON pe.id = r.author_id WHERE r.case_id = ${caseId}::uuid ORDER BY r.created_at DESC LIMIT 100`;
  return rows.map(({ runAt, problem, ...r }) => ({
    type: "reply",
    ...r,
    problem: problem?.code ?? null,
    reason: problem?.reason ?? null,
    asksPerson: (r.state as string) === "unknown" && runAt.getFullYear() > 9000,
  }));
}
