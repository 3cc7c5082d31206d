import { cache } from "react";
import { type Actor, inScope, type Place, reaches, scopeSql } from "../core/access.ts";
import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import { Refusal } from "../core/errors.ts";
import type { Attachment, Mode, Platform } from "../platforms/contract.ts";
import { takesPosts } from "../platforms/registry.ts";
import { isGovernment, type UnitCard } from "../units/queries.ts";
import type { Kind } from "./kinds.ts";
import { assignablePeople } from "./working.ts";

export const caseViews = ["open", "overdue", "mine", "answered", "done", "all"] as const;
export type CaseView = (typeof caseViews)[number];
const PAGE = 40;

export type CaseRow = {
  id: string;
  authorName: string;
  excerpt: string;
  state: "open" | "answered" | "done";
  kind: Kind;
  urgent: boolean;
  platform: Platform;
  unitShortName: string;
  zone: string;
  dueAt: Date | null;
  dueSince: Date | null;
  lastMessageAt: Date;
  assigneeId: string | null;
};

/** Waiting cases come by deadline, those without one at the end, others by their last message. The cursor is that value and the id of the last row. */
export type CaseCursor = { at: Date | null; id: string };

const seen = (actor: Actor, unit: UnitCard) =>
  isGovernment(unit)
    ? Prisma.sql`c.government_id = ${unit.id}::uuid AND cu.role = 'owner' AND ${scopeSql(actor, "inbox.read", "c")}`
    : Prisma.sql`cu.unit_id = ${unit.id}::uuid AND ${scopeSql(actor, "inbox.read", "c")}`;

function viewSql(view: CaseView, actor: Actor, now: Date): Prisma.Sql {
  switch (view) {
    case "open":
      return Prisma.sql`cu.state = 'open'`;
    case "overdue":
      return Prisma.sql`cu.state = 'open' AND cu.due_at < ${now}`;
    case "mine":
      return Prisma.sql`cu.state = 'open' AND c.assignee_id = ${actor.personId}::uuid`;
    case "answered":
      return Prisma.sql`cu.state = 'answered'`;
    case "done":
      return Prisma.sql`cu.state = 'done'`;
    case "all":
      return Prisma.sql`true`;
  }
}

const byDeadline = (view: CaseView) => view === "open" || view === "overdue" || view === "mine";

export async function listCases(
  actor: Actor,
  unit: UnitCard,
  view: CaseView,
  now: Date,
  after: CaseCursor | null,
  limit = PAGE,
): Promise<{ rows: CaseRow[]; next: CaseCursor | null }> {
  const deadline = byDeadline(view);
  const order = deadline
    ? Prisma.sql`ORDER BY cu.due_at NULLS LAST, cu.case_id`
    : Prisma.sql`ORDER BY cu.last_message_at DESC, cu.case_id DESC`;
  const rows = await db.$queryRaw<CaseRow[]>(Prisma.sql`
    SELECT c.id, c.author_name AS "authorName", c.excerpt, c.state, c.kind, c.urgent, ch.platform, u.short_name AS "unitShortName", u.zone,
      c.due_at AS "dueAt", c.due_since AS "dueSince", c.last_message_at AS "lastMessageAt", c.assignee_id AS "assigneeId"
    FROM case_unit cu JOIN inbox_case c ON c.id = cu.case_id JOIN channel ch ON ch.id = c.channel_id JOIN unit u ON u.id = c.unit_id
    WHERE ${seen(actor, unit)} AND ${viewSql(view, actor, now)} ${after ? afterSql(deadline, after) : Prisma.empty} ${order} LIMIT ${limit + 1}`);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? { at: deadline ? last.dueAt : last.lastMessageAt, id: last.id } : null };
}

function afterSql(deadline: boolean, { at, id }: CaseCursor): Prisma.Sql {
  if (!deadline) return Prisma.sql`AND (cu.last_message_at, cu.case_id) < (${at}, ${id}::uuid)`;
  if (!at) return Prisma.sql`AND cu.due_at IS NULL AND cu.case_id > ${id}::uuid`;
  return Prisma.sql`AND ((cu.due_at, cu.case_id) > (${at}, ${id}::uuid) OR cu.due_at IS NULL)`;
}

export type CaseCounts = { open: number; overdue: number };
/** Counted once a request, however many parts of the page print it. */
export const countCases = cache(async (actor: Actor, unit: UnitCard): Promise<CaseCounts> => {
  const [row] = await db.$queryRaw<{ open: bigint; overdue: bigint }[]>(Prisma.sql`
    SELECT count(*) AS open, count(*) FILTER (WHERE cu.due_at < ${now()}) AS overdue
    FROM case_unit cu JOIN inbox_case c ON c.id = cu.case_id WHERE cu.state = 'open' AND ${seen(actor, unit)}`);
  return { open: Number(row?.open ?? 0), overdue: Number(row?.overdue ?? 0) };
});

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

export type CaseDetail = Omit<CaseRow, "unitShortName"> & {
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
    where: { AND: [{ id }, inScope(actor, "inbox.read")] },
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
      where: { AND: [{ citizenId: found.citizen.id, id: { not: id } }, inScope(actor, "inbox.read")] },
      orderBy: { receivedAt: "desc" },
      take: 3,
      select: { id: true, excerpt: true, state: true, receivedAt: true },
    }),
    db.inboxCase.count({ where: { AND: [{ citizenId: found.citizen.id }, inScope(actor, "inbox.read")] } }),
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
