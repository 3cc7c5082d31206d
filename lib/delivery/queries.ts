import { type Actor, inScope, reaches, scopeSql } from "../core/access.ts";
import { db, Prisma } from "../core/db.ts";
import type { Platform } from "../platforms/contract.ts";
import { isGovernment, type UnitCard, within } from "../units/queries.ts";
import { LATE_SECONDS } from "./lateness.ts";
import type { PublicationState } from "./rules.ts";

const DAY = 86_400_000;
const SHOWN_DAYS = 7;
const PAGE = 25;

/** What the deliveries of a unit ask attention for: how many are late, and posts soon due on an account that lost its access. */
export type Alarms = { late: number; atRisk: RiskyPost[] };
export type RiskyPost = { id: string; postId: string; text: string | null; platform: Platform; handle: string; dueAt: Date; zone: string };

/** Alarms for those who look after the accounts or write; a post's words only for those who may read it. At most 8 posts. */
export async function alarmsOf(actor: Actor, unit: UnitCard, at: Date): Promise<Alarms> {
  const mine = { AND: [within(unit), { OR: [inScope(actor, "channel.read"), inScope(actor, "post.write")] }] };
  const [late, risky] = await Promise.all([
    db.publication.count({
      where: { ...mine, state: { in: ["due", "publishing"] }, dueAt: { lt: new Date(at.getTime() - LATE_SECONDS * 1000) } },
    }),
    db.publication.findMany({
      where: {
        ...mine,
        subjectType: "post",
        state: "due",
        dueAt: { lt: new Date(at.getTime() + DAY) },
        channel: { state: "needs_reauth" },
      },
      select: {
        id: true,
        subjectId: true,
        unitId: true,
        governmentId: true,
        content: true,
        dueAt: true,
        channel: { select: { platform: true, handle: true } },
        unit: { select: { zone: true } },
      },
      orderBy: [{ dueAt: "asc" }, { id: "asc" }],
      take: 8,
    }),
  ]);
  return {
    late,
    atRisk: risky.map((r) => ({
      id: r.id,
      postId: r.subjectId,
      text: reaches(actor, "post.read", r) ? textOf(r.content) : null,
      platform: r.channel.platform as Platform,
      handle: r.channel.handle,
      dueAt: r.dueAt,
      zone: r.unit.zone,
    })),
  };
}

export type Try = { id: string; purpose: "publish" | "look-up"; startedAt: Date; endedAt: Date | null; outcome: string | null };
export type Delivery = {
  id: string;
  subjectType: "post" | "reply";
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
  const place = isGovernment(unit) ? Prisma.sql`p.government_id = ${unit.id}::uuid` : Prisma.sql`p.unit_id = ${unit.id}::uuid`;
  const late = Prisma.sql`(p.state IN ('due', 'publishing', 'published')
    AND coalesce(p.published_at, ${at}::timestamptz) > p.due_at + ${LATE_SECONDS}::int * interval '1 s')`;
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT p.id, p.subject_type AS "subjectType", p.subject_id AS "subjectId", p.unit_id AS "unitId", p.government_id AS "governmentId",
      c.platform, c.handle, u.short_name AS "shortName", u.zone, p.state, p.due_at AS "dueAt", p.published_at AS "publishedAt",
      p.run_at AS "runAt", p.problem, p.content, ${late} AS late
    FROM publication p JOIN channel c ON c.id = p.channel_id JOIN unit u ON u.id = p.unit_id
    WHERE ${place} AND ${scopeSql(actor, "channel.read", "p")} AND c.mode = 'api' AND p.state <> 'cancelled'
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
  return {
    id: row.id,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    text: row.subjectType === "post" && reaches(actor, "post.read", row) ? textOf(row.content) : null,
    platform: row.platform,
    handle: row.handle,
    unit: { shortName: row.shortName, zone: row.zone },
    state: row.state,
    dueAt: row.dueAt,
    publishedAt: row.publishedAt,
    nextAt: asleep || !["due", "unknown"].includes(row.state) ? null : row.runAt,
    problem: row.problem,
    late: row.late,
    maySendAgain: again && reaches(actor, "post.settle", row),
    tries,
  };
}

const textOf = (content: unknown) => (content as { text: string }).text;
