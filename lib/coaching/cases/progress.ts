import { now } from "../../core/clock.ts";
import { db, Prisma } from "../../core/db.ts";
import type { Level } from "../../scores/rules.ts";
import { standing } from "../../scores/standing.ts";
import { addDays, localDay, zoneOf } from "../../units/calendar.ts";

export type Week = {
  /** 0: the eve of the case. Null: the latest day, where it ends no week. */
  week: number | null;
  day: string;
  score: number;
  level: Level;
  /** Posts credited in the seven days that end with `day`; null when the account had no full week on record. */
  posts: number | null;
};

const MOST_WEEKS = 26;

/** A unit's score and credited posts, week by week from the eve of `startsOn` until yesterday, or until `until`. The caller has found it in scope. */
export async function progressOf(unit: { id: string; zone: string }, startsOn: string, until: string | null): Promise<Week[]> {
  const yesterday = addDays(localDay(now(), zoneOf(unit.zone)), -1);
  const last = until && until < yesterday ? until : yesterday;
  const eve = addDays(startsOn, -1);
  const ends = Array.from({ length: MOST_WEEKS + 1 }, (_, week) => addDays(eve, week * 7)).filter((day) => day <= last);
  const days = ends.at(-1) === last ? ends : [...ends, last];
  const rows = await db.$queryRaw<{ day: string; tenths: number; level: Level; halves: number | null }[]>(Prisma.sql`
    SELECT d.day::text AS day, s.score_tenths AS tenths, s.level, (s.facts->'weeks'->-1->>'creditedHalves')::int AS halves
    FROM unnest(${days}::date[]) AS d(day) JOIN unit u ON u.id = ${unit.id}::uuid JOIN LATERAL (${standing(Prisma.sql`d.day`)}) s ON true ORDER BY d.day`);
  return rows.map(({ day, tenths, level, halves }) => {
    const week = ends.indexOf(day);
    return { week: week < 0 ? null : week, day, level, score: tenths / 10, posts: halves === null ? null : halves / 2 };
  });
}
