import { db, Prisma } from "../../core/db.ts";
import { isTopic } from "../../inbox/topics/topic-rules.ts";
import { members } from "./members.ts";
import type { Window } from "./reading.ts";
import type { Subject, TopicFigure } from "./types.ts";

/** What citizens spoke of in the period, the most spoken of first; null: not sorted. Spam is nobody's matter. */
export async function topicsOf(subject: Subject, { from, to, beforeFrom, beforeTo, lastDay }: Window): Promise<TopicFigure[]> {
  const rows = await db.$queryRaw<{ topic: string | null; now: number; before: number }[]>(Prisma.sql`
    WITH ${members(subject, lastDay)}
    SELECT c.topic, (count(*) FILTER (WHERE c.received_at >= ${from}))::int AS now, (count(*) FILTER (WHERE c.received_at < ${beforeTo}))::int AS before
    FROM inbox_case c JOIN member m ON m.id = c.unit_id
    WHERE c.government_id = ${subject.governmentId}::uuid AND c.received_at >= ${beforeFrom} AND c.received_at < ${to} AND c.kind <> 'spam'
    GROUP BY c.topic ORDER BY 2 DESC, 3 DESC, c.topic`);
  return rows.map(({ topic, ...counts }) => ({ topic: topic !== null && isTopic(topic) ? topic : null, ...counts }));
}
