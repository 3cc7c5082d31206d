import { cache } from "react";
import { type Actor, inScope, scopeSqlWithin } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { db, Prisma } from "../../core/db.ts";
import type { Platform } from "../../platforms/contract.ts";
import type { Clock } from "../deadlines/deadlines.ts";
import { type DutyState, withDutyStates } from "../deadlines/states.ts";
import type { CaseState } from "../intake/owed.ts";
import type { Kind } from "../kinds.ts";
import { type CaseFilters, type CaseView, comesByDeadline, noFilters } from "../rules.ts";
import { foundMarks } from "./found-marks.ts";

const PAGE = 40;
const DAY = 86_400_000;

export type CaseRow = {
  id: string;
  authorName: string;
  excerpt: string;
  state: CaseState;
  kind: Kind;
  urgent: boolean;
  unsure: boolean;
  platform: Platform;
  unitId: string;
  unitShortName: string;
  zone: string;
  dueAt: Date | null;
  dueSince: Date | null;
  dueClock: Clock;
  duty: DutyState | null;
  snoozedUntil: Date | null;
  lastMessageAt: Date;
  assigneeId: string | null;
  assigneeName: string | null;
  revision: number;
  /** `referred`: another agency's case, in which this one was asked to act. */
  role: "owner" | "referred";
  /** Who was asked to act, while an answer of another agency is awaited. */
  referredTo: string | null;
  /** Who asks, where this agency was asked to act. */
  referredFrom: string | null;
};

/** Cases come by deadline, those without one at the end, or by their last message. The cursor is that value and the id of the last row. */
export type CaseCursor = { at: Date | null; id: string };
export type InboxUnit = { id: string; governmentId: string };

/** A government's inbox holds the cases of all its units; a unit's also those that it was referred. */
const seen = (actor: Actor, unit: InboxUnit) =>
  unit.id === unit.governmentId
    ? Prisma.sql`cu.government_id = ${unit.id}::uuid AND cu.role = 'owner' AND ${scopeSqlWithin(actor, "inbox.read", "cu", { unitId: null, governmentId: unit.id })}`
    : Prisma.sql`cu.unit_id = ${unit.id}::uuid AND ${scopeSqlWithin(actor, "inbox.read", "cu", { unitId: unit.id, governmentId: unit.governmentId })}`;

function viewSql(view: CaseView, actor: Actor, at: Date): Prisma.Sql {
  switch (view) {
    case "open":
      return Prisma.sql`cu.state = 'open'`;
    case "mine":
      return Prisma.sql`cu.state <> 'done' AND cu.assignee_id = ${actor.personId}::uuid`;
    case "unassigned":
      return Prisma.sql`cu.state = 'open' AND cu.assignee_id IS NULL`;
    case "soon":
      return Prisma.sql`cu.state <> 'done' AND cu.due_at >= ${at} AND cu.due_at < ${new Date(at.getTime() + DAY)}`;
    case "overdue":
      return Prisma.sql`cu.state <> 'done' AND cu.due_at < ${at}`;
    case "referred":
      return Prisma.sql`cu.role = 'referred' AND cu.state <> 'done'`;
    case "away":
      return Prisma.sql`cu.waiting_for = 'agency' AND cu.state <> 'done'`;
    case "snoozed":
    case "answered":
    case "done":
      return Prisma.sql`cu.state = ${view}`;
    case "all":
      return Prisma.sql`true`;
  }
}

const filterSql = ({ kind, channelIds, urgent, unitId }: CaseFilters): Prisma.Sql =>
  Prisma.join(
    [
      Prisma.sql`true`,
      ...(kind ? [Prisma.sql`cu.kind = ${kind}`] : []),
      ...(channelIds ? [Prisma.sql`cu.channel_id = ANY(${channelIds}::uuid[])`] : []),
      ...(urgent ? [Prisma.sql`cu.urgent`] : []),
      ...(unitId ? [Prisma.sql`cu.unit_id = ${unitId}::uuid`] : []),
    ],
    " AND ",
  );

/** What a row of any list shows, of the cases in `cu`. */
const columns = Prisma.sql`
  c.id, c.author_name AS "authorName", c.excerpt, cu.state, c.kind, c.urgent, c.unsure, ch.platform, u.id AS "unitId", u.short_name AS "unitShortName", u.zone, c.due_clock AS "dueClock", cu.due_at AS "dueAt",
  CASE WHEN cu.role = 'owner' THEN c.due_since END AS "dueSince", c.snoozed_until AS "snoozedUntil", c.last_message_at AS "lastMessageAt",
  cu.assignee_id AS "assigneeId", (SELECT p.name FROM person p WHERE p.id = cu.assignee_id) AS "assigneeName", c.revision, cu.role,
  CASE WHEN cu.role = 'referred' THEN u.short_name END AS "referredFrom",
  CASE WHEN cu.role = 'owner' AND cu.waiting_for = 'agency' THEN (SELECT ru.short_name FROM referral r JOIN unit ru ON ru.id = r.to_unit_id
    WHERE r.case_id = c.id AND r.state IN ('sent', 'accepted', 'bounced')) END AS "referredTo"`;
const joined = Prisma.sql`JOIN inbox_case c ON c.id = cu.case_id JOIN channel ch ON ch.id = c.channel_id JOIN unit u ON u.id = c.unit_id`;

export async function listCases(
  actor: Actor,
  unit: InboxUnit,
  view: CaseView,
  at: Date,
  after: CaseCursor | null,
  limit = PAGE,
  filters: CaseFilters = noFilters,
): Promise<{ rows: CaseRow[]; next: CaseCursor | null }> {
  const deadline = comesByDeadline(view);
  const order = deadline
    ? Prisma.sql`ORDER BY cu.due_at NULLS LAST, cu.case_id`
    : Prisma.sql`ORDER BY cu.last_message_at DESC, cu.case_id DESC`;
  const rows = await db.$queryRaw<Omit<CaseRow, "duty">[]>(Prisma.sql`
    WITH page AS MATERIALIZED (
      SELECT cu.* FROM case_unit cu WHERE ${seen(actor, unit)} AND ${viewSql(view, actor, at)} AND ${filterSql(filters)}
        ${after ? afterSql(deadline, after) : Prisma.empty} ${order} LIMIT ${limit + 1})
    SELECT ${columns} FROM page cu ${joined} ${order}`);
  const page = await withDutyStates(db, rows.slice(0, limit), at);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? { at: deadline ? last.dueAt : last.lastMessageAt, id: last.id } : null };
}

function afterSql(deadline: boolean, { at, id }: CaseCursor): Prisma.Sql {
  if (!deadline) return Prisma.sql`AND (cu.last_message_at, cu.case_id) < (${at}, ${id}::uuid)`;
  if (!at) return Prisma.sql`AND cu.due_at IS NULL AND cu.case_id > ${id}::uuid`;
  return Prisma.sql`AND ((cu.due_at, cu.case_id) > (${at}, ${id}::uuid) OR cu.due_at IS NULL)`;
}

export type CaseCounts = { open: number; overdue: number; mine: number; referred: number };
/** Counted once a request, however many parts of the page print it. */
export const countCases = cache(async (actor: Actor, unit: InboxUnit): Promise<CaseCounts> => {
  const [row] = await db.$queryRaw<Record<keyof CaseCounts, bigint>[]>(Prisma.sql`
    SELECT count(*) FILTER (WHERE cu.state = 'open') AS open, count(*) FILTER (WHERE cu.due_at < ${now()}) AS overdue,
      count(*) FILTER (WHERE cu.assignee_id = ${actor.personId}::uuid) AS mine, count(*) FILTER (WHERE cu.role = 'referred') AS referred
    FROM case_unit cu WHERE cu.state <> 'done' AND (cu.state = 'open' OR cu.due_at IS NOT NULL OR cu.assignee_id IS NOT NULL) AND ${seen(actor, unit)}`);
  const count = (name: keyof CaseCounts) => Number(row?.[name] ?? 0);
  return { open: count("open"), overdue: count("overdue"), mine: count("mine"), referred: count("referred") };
});

const headline = `StartSel="${foundMarks.from}", StopSel="${foundMarks.to}", MaxWords=16, MinWords=6, ShortWord=0`;

/** A case with the newest words in it that were looked for. */
export type FoundCase = CaseRow & { messageId: string; words: string; at: Date };

/** How many months are looked through at a time, the newest first: common words are found in the first, rare ones cost a few looks more. */
const monthSteps = [1, 2, 3, 7];

/**
 * Cases in which `words` were said during the last twelve months, the newest words first, by Indonesian stems. Goes through one
 * government's months step by step, so that neither the age nor the size of the inbox counts. `before`: the message that the last page ended with.
 */
export async function searchCases(
  actor: Actor,
  unit: InboxUnit,
  words: string,
  before: { id: string; at: Date } | null,
  limit = PAGE,
): Promise<{ rows: FoundCase[]; next: { id: string; at: Date } | null }> {
  const from = before?.at ?? now();
  const found: Omit<FoundCase, "duty">[] = [];
  let month = 0;
  for (const step of monthSteps) {
    if (found.length > limit) break;
    const marks = Array.from({ length: step }, (_, i) => `'g:${unit.governmentId}:${monthBefore(from, month + i)}'`).join(" | ");
    month += step;
    const rows = await db.$queryRaw<Omit<FoundCase, "duty">[]>(Prisma.sql`
      WITH hits AS MATERIALIZED (
        SELECT m.id, m.case_id, m.text, m.sent_at FROM message m
        WHERE m.search @@ (websearch_to_tsquery('indonesian', ${words}) && ${marks}::tsquery)
          AND m.id < ${before ? Prisma.sql`${before.id}::uuid` : Prisma.sql`garda_uuid_floor(${new Date(from.getTime() + DAY)})`}
          AND m.id >= garda_uuid_floor(${firstOf(from, month - 1)}) AND m.id < garda_uuid_floor(${firstOf(from, month - step - 1)})
          AND ${unit.id === unit.governmentId ? Prisma.sql`true` : Prisma.sql`EXISTS (SELECT FROM case_unit s WHERE s.case_id = m.case_id AND s.unit_id = ${unit.id}::uuid)`}
        ORDER BY m.id DESC LIMIT 500),
      newest AS (SELECT DISTINCT ON (case_id) * FROM hits ORDER BY case_id, id DESC)
      SELECT ${columns}, h.id AS "messageId", ts_headline('indonesian', h.text, websearch_to_tsquery('indonesian', ${words}), ${headline}) AS words, h.sent_at AS at FROM newest h JOIN case_unit cu ON cu.case_id = h.case_id ${joined}
      WHERE ${seen(actor, unit)} AND ${notShown(words, before)} ORDER BY h.id DESC LIMIT ${limit + 1}`);
    found.push(...rows.filter((row) => !found.some((known) => known.id === row.id)));
  }
  const rows = await withDutyStates(db, found.slice(0, limit), now());
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { id: last.messageId, at: last.at } : null };
}

/** A case stands on the page of its newest words alone; older words of it come to no later page. */
const notShown = (words: string, before: { id: string } | null): Prisma.Sql =>
  before
    ? Prisma.sql`NOT EXISTS (SELECT FROM message l WHERE l.case_id = h.case_id AND l.id >= ${before.id}::uuid
        AND l.search @@ websearch_to_tsquery('indonesian', ${words}))`
    : Prisma.sql`true`;

const firstOf = (at: Date, monthsBefore: number) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - monthsBefore, 1));
const monthBefore = (at: Date, months: number) => firstOf(at, months).toISOString().slice(0, 7).replace("-", "");

export type InboxChannel = { id: string; platform: Platform };

/** The accounts whose cases an inbox holds. */
export const inboxChannels = (actor: Actor, unit: InboxUnit): Promise<InboxChannel[]> =>
  db.channel.findMany({
    where: { AND: [unit.id === unit.governmentId ? { governmentId: unit.id } : { unitId: unit.id }, inScope(actor, "inbox.read")] },
    select: { id: true, platform: true },
    orderBy: { id: "asc" },
    take: 2000,
  }) as Promise<InboxChannel[]>;

/** The units whose cases a government's inbox holds, by name; none for a unit's own inbox. */
export const inboxUnits = (actor: Actor, unit: InboxUnit): Promise<{ id: string; shortName: string }[]> =>
  unit.id === unit.governmentId
    ? db.unit.findMany({
        where: { AND: [{ governmentId: unit.id, channels: { some: {} } }, inScope(actor, "inbox.read", "id")] },
        select: { id: true, shortName: true },
        orderBy: [{ shortName: "asc" }, { id: "asc" }],
        take: 500,
      })
    : Promise.resolve([]);
