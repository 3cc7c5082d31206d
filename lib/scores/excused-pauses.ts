import { now } from "../core/clock.ts";
import { db, Prisma } from "../core/db.ts";
import { addDays, startOfDay, type Zone } from "../units/calendar.ts";

/** Days of the past that are looked at; an older pause has been excused long since. */
const LOOK_BACK = 40;

/**
 * Excuses the days on which a pause of all schedules (mourning, a disaster) stood over units of a zone: those whose noon it
 * covered, up to `day`. The pause is named as the evidence. Not of a unit on which who paused it holds a role himself: somebody
 * else excuses its days by hand. Repeating it changes nothing; a pause that lasts grows by its days;
 * days that a person has revoked stay revoked.
 */
export async function excusePauses(zone: Zone, day: string) {
  const end = startOfDay(addDays(day, 1), zone);
  const since = startOfDay(addDays(day, -LOOK_BACK), zone);
  await db.$executeRaw(Prisma.sql`
    INSERT INTO excused_span (unit_id, government_id, from_day, to_day, cause, evidence, pause_id, granted_at)
    SELECT u.id, u.government_id, d.first, d.last, 'pause', p.reason, p.id, ${now()}
    FROM schedule_pause p JOIN unit_closure c ON c.ancestor_id = p.unit_id JOIN unit u ON u.id = c.unit_id
    CROSS JOIN LATERAL (SELECT
      ((p.begun_at AT TIME ZONE ${zone}) + interval '12 hours' - interval '1 millisecond')::date AS first,
      ((least(coalesce(p.ended_at, ${end}), ${end}) AT TIME ZONE ${zone}) - interval '12 hours')::date AS last) d
    WHERE u.zone = ${zone} AND u.score_class IS NOT NULL AND u.active AND p.begun_at < ${end} AND (p.ended_at IS NULL OR p.ended_at >= ${since}) AND d.first <= d.last
      AND NOT EXISTS (SELECT FROM role_grant r WHERE r.person_id = p.begun_by AND r.unit_id = u.id AND (r.valid_to IS NULL OR r.valid_to > p.begun_at))
    ON CONFLICT (pause_id, unit_id) WHERE pause_id IS NOT NULL DO UPDATE SET to_day = greatest(excused_span.to_day, excluded.to_day)`);
}
