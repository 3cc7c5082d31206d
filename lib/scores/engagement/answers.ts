import { type Actor, scopeSqlWithin } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import { addDays, startOfDay, type Weekday } from "../../units/calendar.ts";
import type { Filter } from "./figures.ts";
import type { Days } from "./rules.ts";

/** How long citizens waited for a first answer, in minutes; null where half of them still wait. */
export type Waited = { messages: number; answered: number; medianMinutes: number | null };
export type AnswerTimes = { now: Waited; before: Waited; cells: (Waited & { weekday: Weekday; hour: number })[] };

const none: Waited = { messages: 0, answered: 0, medianMinutes: null };

/** The answer times of messages that needed one, by the local hour of the week at which they came. Who still waits counts as waiting longest. */
export async function answerTimes(actor: Actor, { place, periods, platform }: Filter): Promise<AnswerTimes> {
  const { zone } = place;
  const window = ({ from, to }: Days) =>
    Prisma.sql`d.opened_at >= ${startOfDay(from, zone)} AND d.opened_at < ${startOfDay(addDays(to, 1), zone)}`;
  const unit = place.unitId === null ? Prisma.empty : Prisma.sql`AND d.unit_id = ${place.unitId}::uuid`;
  const onPlatform = platform
    ? Prisma.sql`AND EXISTS (SELECT FROM channel c WHERE c.id = d.channel_id AND c.platform = ${platform})`
    : Prisma.empty;
  const duties = (days: Days) => Prisma.sql`
    SELECT d.opened_at AT TIME ZONE ${zone} AS at, extract(epoch FROM d.answered_at - d.opened_at) / 60 AS minutes FROM reply_duty d
    WHERE d.government_id = ${place.governmentId}::uuid ${unit} AND ${window(days)} AND ${scopeSqlWithin(actor, "score.read", "d", place)} ${onPlatform}`;
  const rows = await db.$queryRaw<(Waited & { period: string; weekday: Weekday | null; hour: number | null })[]>(Prisma.sql`
    WITH x AS (SELECT 'now' AS period, * FROM (${duties(periods.now)}) a UNION ALL SELECT 'before', * FROM (${duties(periods.before)}) b),
    y AS (SELECT period, minutes, extract(isodow FROM at)::int AS weekday, extract(hour FROM at)::int AS hour FROM x)
    SELECT period, weekday, hour, count(*)::int AS messages, count(minutes)::int AS answered,
      round(nullif(percentile_disc(0.5) WITHIN GROUP (ORDER BY coalesce(minutes::float8, 'Infinity')), 'Infinity'))::int AS "medianMinutes"
    FROM y GROUP BY GROUPING SETS ((period), (period, weekday, hour)) ORDER BY period, weekday, hour`);
  const sum = (period: string) => rows.find((row) => row.period === period && row.weekday === null) ?? none;
  return {
    now: sum("now"),
    before: sum("before"),
    cells: rows.flatMap(({ period, weekday, hour, ...waited }) =>
      period === "now" && weekday !== null && hour !== null ? [{ ...waited, weekday, hour }] : [],
    ),
  };
}
