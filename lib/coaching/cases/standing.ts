import { now } from "../../core/clock.ts";
import { Prisma, type Tx } from "../../core/db.ts";
import type { Level } from "../../scores/rules.ts";
import { standing } from "../../scores/standing.ts";
import { localDay } from "../../units/calendar.ts";

export type UnitStanding = { level: Level; scoreTenths: number; weeklyTarget: number };

/** How a unit stands now, and how many posts a week its class is to publish; null while it has no score. */
export async function standingOf(tx: Tx, unitId: string): Promise<UnitStanding | null> {
  const today = localDay(now(), "Asia/Jayapura");
  const [row] = await tx.$queryRaw<UnitStanding[]>(Prisma.sql`
    SELECT s.level, s.score_tenths AS "scoreTenths", (s.settings->'weeklyTarget'->>s.score_class)::int AS "weeklyTarget"
    FROM unit u JOIN LATERAL (${standing(Prisma.sql`${today}::date`)}) s ON true WHERE u.id = ${unitId}::uuid`);
  return row ?? null;
}
