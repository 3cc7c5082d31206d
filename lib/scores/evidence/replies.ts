import { type Actor, reaches } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import { addDays, startOfDay, zoneOf } from "../../units/calendar.ts";
import type { ScoreCard } from "../cards.ts";

export const dutyStates = ["onTime", "late", "never"] as const;
export type DutyState = (typeof dutyStates)[number];

export type DutyRow = {
  id: string;
  state: DutyState;
  platform: string;
  dueAt: Date;
  answeredAt: Date | null;
  caseId: string;
  excerpt: string;
};

const PAGE = 20;

export type Replies = {
  counts: Record<DutyState, number>;
  /** Null: the actor may not read this unit's inbox. */
  rows: DutyRow[] | null;
  next: string | null;
};

/**
 * The messages that the score's N counts: of all the unit's accounts for its primary one, those that it disconnected since too,
 * else of the account's own. Who may not read the inbox sees how many there were, and no words.
 */
export async function repliesOf(actor: Actor, card: ScoreCard, state: DutyState | null, after: string | null): Promise<Replies> {
  const { unit, account, day, settings } = card;
  const zone = zoneOf(unit.zone);
  const start = startOfDay(addDays(day, 1 - settings.windowWeeks * 7), zone);
  const end = startOfDay(addDays(day, 1), zone);
  const place = { unitId: unit.id, governmentId: unit.governmentId };
  const duties = Prisma.sql`
    SELECT d.id, d.due_at, d.answered_at, d.case_id, c.platform, CASE WHEN d.answered_at <= d.due_at AND d.answered_at < ${end} THEN 'onTime'
      WHEN d.answered_at > d.due_at AND d.answered_at <= d.late_until AND d.answered_at < ${end} THEN 'late' ELSE 'never' END AS state
    FROM reply_duty d JOIN channel c ON c.id = d.channel_id WHERE d.due_at >= ${start} AND d.due_at < ${end} AND d.unit_id = ${unit.id}::uuid
      ${account.isPrimary ? Prisma.empty : Prisma.sql`AND d.channel_id = ${account.id}::uuid`}`;
  const counted = await db.$queryRaw<{ state: DutyState; n: number }[]>(
    Prisma.sql`SELECT state, count(*)::int AS n FROM (${duties}) x GROUP BY state`,
  );
  const counts = Object.fromEntries(
    dutyStates.map((each) => [each, counted.find((row) => row.state === each)?.n ?? 0]),
  ) as Replies["counts"];
  if (!reaches(actor, "inbox.read", place)) return { counts, rows: null, next: null };
  const found = await db.$queryRaw<DutyRow[]>(Prisma.sql`
    SELECT x.id, x.state, x.platform, x.due_at AS "dueAt", x.answered_at AS "answeredAt", x.case_id AS "caseId", i.excerpt FROM (${duties}) x JOIN inbox_case i ON i.id = x.case_id
    WHERE true ${state ? Prisma.sql`AND x.state = ${state}` : Prisma.empty}
      ${after ? Prisma.sql`AND (x.due_at, x.id) < (SELECT due_at, id FROM reply_duty WHERE id = ${after}::uuid)` : Prisma.empty}
    ORDER BY x.due_at DESC, x.id DESC LIMIT ${PAGE + 1}`);
  const rows = found.slice(0, PAGE);
  return { counts, rows, next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null };
}
