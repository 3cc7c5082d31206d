import { heldUntilSql } from "../channels/limits.ts";
import { END_NEAR_MS, type Ending, endingIn } from "../channels/rules.ts";
import { type Actor, inScope, reaches, scopeSql } from "../core/access.ts";
import { db, Prisma } from "../core/db.ts";
import type { PublicationSubject } from "../core/events.ts";
import type { Platform } from "../platforms/contract.ts";
import { isGovernment, type UnitCard, within } from "../units/queries.ts";
import { LATE_SECONDS } from "./lateness.ts";
import type { PublicationState } from "./rules.ts";

const DAY = 86_400_000;
const SHOWN_DAYS = 7;
const PAGE = 25;

/** What the deliveries of a unit ask attention for. */
export type Alarms = {
  /** Publications more than two minutes late; those that wait for a platform's limit to end are `held`, not late. */
  late: number;
  held: { platform: Platform; count: number; until: Date }[];
  /** Accounts whose access ends within a week unless somebody renews it, the nearest end first. */
  ending: { channelId: string; platform: Platform; handle: string; at: Date; zone: string; within: Ending }[];
  atRisk: RiskyPost[];
};
export type RiskyPost = {
  id: string;
  postId: string;
  text: string | null;
  platform: Platform;
  handle: string;
  dueAt: Date;
  zone: string;
  /** The account lost its access, its access ends before the post is due, or its last call failed. */
  reason: "reconnect" | "ending" | "trouble";
};

/**
 * Alarms for those who look after the accounts or write; a post's words only for those who may read it. At risk is what falls
 * due within a day. At most 8 posts and 8 accounts.
 */
export async function alarmsOf(actor: Actor, unit: UnitCard, at: Date): Promise<Alarms> {
  const [waiting, ending, atRisk] = await Promise.all([
    lateAndHeld(actor, unit, at),
    endingAccess(actor, unit, at),
    risky(actor, unit, at),
  ]);
  return { ...waiting, ending, atRisk };
}

const place = (unit: UnitCard, alias: string) =>
  isGovernment(unit)
    ? Prisma.sql`${Prisma.raw(alias)}.government_id = ${unit.id}::uuid`
    : Prisma.sql`${Prisma.raw(alias)}.unit_id = ${unit.id}::uuid`;
const mine = (actor: Actor, unit: UnitCard, alias: string) =>
  Prisma.sql`${place(unit, alias)} AND (${scopeSql(actor, "channel.read", alias)} OR ${scopeSql(actor, "post.write", alias)})`;

async function lateAndHeld(actor: Actor, unit: UnitCard, at: Date): Promise<Pick<Alarms, "late" | "held">> {
  const rows = await db.$queryRaw<{ platform: Platform; late: number; held: number; until: Date | null }[]>(Prisma.sql`
    SELECT platform, count(*) FILTER (WHERE since < ${new Date(at.getTime() - LATE_SECONDS * 1000)})::int AS late,
      count(*) FILTER (WHERE since > ${at})::int AS held, max(since) AS until
    FROM (SELECT c.platform, greatest(p.due_at, ${heldUntilSql("p.channel_id")}) AS since FROM publication p JOIN channel c ON c.id = p.channel_id
      WHERE ${mine(actor, unit, "p")} AND p.state IN ('due', 'publishing') AND p.due_at <= ${at}) waiting
    GROUP BY platform ORDER BY platform`);
  return {
    late: rows.reduce((sum, { late }) => sum + late, 0),
    held: rows.flatMap(({ platform, held, until }) => (held && until ? [{ platform, count: held, until }] : [])),
  };
}

async function endingAccess(actor: Actor, unit: UnitCard, at: Date): Promise<Alarms["ending"]> {
  const rows = await db.channel.findMany({
    where: {
      AND: [within(unit), { OR: [inScope(actor, "channel.read"), inScope(actor, "post.write")] }],
      ...{ mode: "api", state: "connected", grant: { expiresAt: { lte: new Date(at.getTime() + END_NEAR_MS) } } },
    },
    select: { id: true, platform: true, handle: true, unit: { select: { zone: true } }, grant: { select: { expiresAt: true } } },
    orderBy: [{ grant: { expiresAt: "asc" } }, { id: "asc" }],
    take: 8,
  });
  return rows.flatMap(({ id, platform, handle, unit: { zone }, grant }) => {
    const end = grant?.expiresAt;
    const near = end && endingIn(end, at);
    return end && near ? [{ channelId: id, platform: platform as Platform, handle, at: end, zone, within: near }] : [];
  });
}

async function risky(actor: Actor, unit: UnitCard, at: Date): Promise<RiskyPost[]> {
  const rows = await db.$queryRaw<(RiskyPost & { unitId: string; governmentId: string; content: unknown })[]>(Prisma.sql`
    SELECT p.id, p.subject_id AS "postId", p.unit_id AS "unitId", p.government_id AS "governmentId", p.content, p.due_at AS "dueAt",
      c.platform, c.handle, u.zone,
      CASE WHEN c.state = 'needs_reauth' THEN 'reconnect' WHEN g.expires_at <= p.due_at THEN 'ending' ELSE 'trouble' END AS reason
    FROM publication p JOIN channel c ON c.id = p.channel_id JOIN unit u ON u.id = p.unit_id LEFT JOIN channel_grant g ON g.channel_id = c.id
    WHERE ${mine(actor, unit, "p")} AND p.subject_type = 'post' AND p.state = 'due' AND p.due_at < ${new Date(at.getTime() + DAY)}
      AND c.mode = 'api' AND (c.state = 'needs_reauth' OR c.last_problem IS NOT NULL OR g.expires_at <= p.due_at)
    ORDER BY p.due_at, p.id LIMIT 8`);
  return rows.map(({ content, unitId, governmentId, ...post }) => ({
    ...post,
    text: reaches(actor, "post.read", { unitId, governmentId }) ? textOf(content) : null,
  }));
}

export type Try = { id: string; purpose: "publish" | "look-up"; startedAt: Date; endedAt: Date | null; outcome: string | null };
export type Delivery = {
  id: string;
  subjectType: PublicationSubject;
  /** Of a first comment: its post. */
  subjectId: string;
  /** Null for those who may not read the post, and for replies. */
  text: string | null;
  platform: Platform;
  handle: string;
  unit: { shortName: string; zone: string };
  state: PublicationState;
  dueAt: Date;
  publishedAt: Date | null;
  /** When the engine looks again; null: not by itself. */
  nextAt: Date | null;
  problem: { code: string; detail?: string } | null;
  late: boolean;
  maySendAgain: boolean;
  /** A person may say that our first comment stands: of a post he gives the address instead, of a reply he says so in its case. */
  mayConfirm: boolean;
  tries: Try[];
};

type Row = Pick<
  Delivery,
  "id" | "subjectType" | "subjectId" | "platform" | "handle" | "state" | "dueAt" | "publishedAt" | "problem" | "late"
> & {
  unitId: string;
  governmentId: string;
  content: unknown;
  runAt: Date;
  shortName: string;
  zone: string;
};

/**
 * Deliveries of the last 7 days that failed, are of unknown outcome, late or were tried more than once; newest first, a page
 * of 25 after the cursor, each with all its tries. What people publish by hand is left out.
 */
export async function troubledDeliveries(actor: Actor, unit: UnitCard, at: Date, after: { dueAt: Date; id: string } | null) {
  const late = Prisma.sql`(p.state IN ('due', 'publishing', 'published')
    AND coalesce(p.published_at, ${at}::timestamptz) > p.due_at + ${LATE_SECONDS}::int * interval '1 s')`;
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT p.id, p.subject_type AS "subjectType", p.subject_id AS "subjectId", p.unit_id AS "unitId", p.government_id AS "governmentId",
      c.platform, c.handle, u.short_name AS "shortName", u.zone, p.state, p.due_at AS "dueAt", p.published_at AS "publishedAt",
      p.run_at AS "runAt", p.problem, p.content, ${late} AS late
    FROM publication p JOIN channel c ON c.id = p.channel_id JOIN unit u ON u.id = p.unit_id
    WHERE ${place(unit, "p")} AND ${scopeSql(actor, "channel.read", "p")} AND c.mode = 'api' AND p.state <> 'cancelled'
      AND p.due_at BETWEEN ${new Date(at.getTime() - SHOWN_DAYS * DAY)} AND ${at}
      AND (p.state IN ('failed', 'unknown') OR p.attempts + p.lookups > 1 OR p.settled_by IS NOT NULL OR ${late})
      ${after ? Prisma.sql`AND (p.due_at, p.id) < (${after.dueAt}, ${after.id}::uuid)` : Prisma.empty}
    ORDER BY p.due_at DESC, p.id DESC LIMIT ${PAGE + 1}`);
  const shown = rows.slice(0, PAGE);
  const tries = await triesOf(shown.map(({ id }) => id));
  return { rows: shown.map((row) => deliveryOf(actor, row, tries.get(row.id) ?? [])), more: rows.length > PAGE };
}

async function triesOf(ids: string[]): Promise<Map<string, Try[]>> {
  const rows = await db.publicationAttempt.findMany({
    where: { publicationId: { in: ids } },
    select: { id: true, publicationId: true, purpose: true, startedAt: true, endedAt: true, outcome: true },
    orderBy: [{ startedAt: "asc" }, { id: "asc" }],
  });
  return Map.groupBy(rows as (Try & { publicationId: string })[], (row) => row.publicationId);
}

function deliveryOf(actor: Actor, row: Row, tries: Try[]): Delivery {
  const asleep = row.runAt.getUTCFullYear() > 9000;
  const again = row.state === "failed" || (row.state === "unknown" && asleep);
  const settles = reaches(actor, "post.settle", row);
  return {
    id: row.id,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    text: row.subjectType !== "reply" && reaches(actor, "post.read", row) ? textOf(row.content) : null,
    platform: row.platform,
    handle: row.handle,
    unit: { shortName: row.shortName, zone: row.zone },
    state: row.state,
    dueAt: row.dueAt,
    publishedAt: row.publishedAt,
    nextAt: asleep || !["due", "unknown"].includes(row.state) ? null : row.runAt,
    problem: row.problem,
    late: row.late,
    maySendAgain: again && settles,
    mayConfirm: again && settles && row.subjectType === "first-comment",
    tries,
  };
}

const textOf = (content: unknown) => (content as { text: string }).text;
