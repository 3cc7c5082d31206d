import { Prisma, type Tx } from "../../core/db.ts";
import { burstWindow } from "./burst-rules.ts";

const DAY = 86_400_000;
/** An alert that nobody closed is counted on for so long. */
const COUNTED_DAYS = 7;
const WINDOW_SECONDS = burstWindow / 1000;

/** When what belongs to an alert `a` begins: the window in which it was noticed. */
const begins = Prisma.sql`a.opened_at - make_interval(secs => ${WINDOW_SECONDS})`;

/** The cases of the alert `a` that came in from `from` until `to`; praise and spam apart. SQL over crisis_alert a. */
export const casesOfAlert = (from: Prisma.Sql, to: Prisma.Sql) => Prisma.sql`
  SELECT c.id, c.government_id, c.unit_id, c.citizen_id, c.author_name, c.excerpt, c.received_at FROM inbox_case c
  WHERE a.topic NOT LIKE 'word:%' AND c.government_id = a.government_id AND c.topic = a.topic AND c.kind NOT IN ('praise', 'spam')
    AND c.received_at > ${from} AND c.received_at <= ${to}
  UNION ALL
  SELECT c.id, c.government_id, c.unit_id, c.citizen_id, c.author_name, c.excerpt, c.received_at FROM inbox_case c
  WHERE a.topic LIKE 'word:%' AND c.government_id = a.government_id AND c.kind NOT IN ('praise', 'spam') AND c.received_at > ${from} AND c.received_at <= ${to}
    AND c.id IN (SELECT m.case_id FROM message m WHERE m.direction = 'in' AND m.id >= garda_uuid_floor(${from})
      AND m.search @@ (quote_literal(substr(a.topic, 6))::tsquery && (SELECT string_agg(quote_literal('g:' || a.government_id || ':' || to_char(month, 'YYYYMM')), ' | ')
        FROM generate_series(date_trunc('month', (${from})::timestamptz AT TIME ZONE 'UTC'), ((${to})::timestamptz AT TIME ZONE 'UTC'), interval '1 month') AS month)::tsquery))`;

export const alertBegins = begins;

/** Keeps the count of open alerts: how many comments there were altogether, of how many units, and the last of them. */
export const countOpen = (tx: Tx, at: Date): Promise<number> =>
  tx.$executeRaw(Prisma.sql`
    UPDATE crisis_alert a SET count = s.count, units = s.units, last_at = s.last_at
    FROM (SELECT a.id, t.* FROM crisis_alert a CROSS JOIN LATERAL (
        SELECT count(*)::int AS count, count(DISTINCT c.unit_id)::int AS units, max(c.received_at) AS last_at
        FROM (${casesOfAlert(begins, Prisma.sql`${at}::timestamptz`)}) c) t
      WHERE a.state IN ('open', 'taken') AND a.opened_at > ${new Date(at.getTime() - COUNTED_DAYS * DAY)}) s
    WHERE a.id = s.id AND s.count > 0 AND (a.count, a.units, a.last_at) IS DISTINCT FROM (s.count, s.units, s.last_at)`);
