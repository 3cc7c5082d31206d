import { now } from "../../core/clock.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import { log } from "../../core/log.ts";
import { recordset } from "../../core/recordset.ts";
import { type District, placeOf, type Topic, topicOf } from "./topic-rules.ts";

const DAY = 86_400_000;
/** Older cases are no part of any figure. */
const BACKWARDS_DAYS = 400;
const BATCH = 1000;

/** The districts of governments, by the government's id. */
export type Districts = ReadonlyMap<string, readonly District[]>;

/** What the districts of these governments are called, in one look. */
export async function districtsOf(tx: Tx, governmentIds: readonly string[]): Promise<Districts> {
  if (!governmentIds.length) return new Map();
  const found = await tx.unit.findMany({
    where: { governmentId: { in: [...new Set(governmentIds)] }, kind: "district" },
    select: { governmentId: true, code: true, name: true },
    orderBy: { code: "asc" },
  });
  return Map.groupBy(found, ({ governmentId }) => governmentId);
}

type Told = { caseId: string; governmentId: string; text: string; topic: Topic | null };

/** Gives cases the topic and the place that their later words tell, where they have none. */
export async function nameTopics(tx: Tx, told: readonly Told[]) {
  if (!told.length) return;
  const districts = await districtsOf(
    tx,
    told.map(({ governmentId }) => governmentId),
  );
  await writeTopics(
    tx,
    told.map(({ caseId, governmentId, text, topic }) => ({ id: caseId, topic, place: placeOf(text, districts.get(governmentId) ?? []) })),
  );
}

/** What is named already stays as it is, and so does what a person said cannot be named. */
async function writeTopics(tx: Tx, rows: readonly { id: string; topic: Topic | null; place: string | null }[]) {
  const named = rows.filter(({ topic, place }) => topic || place);
  if (!named.length) return 0;
  return tx.$executeRaw(Prisma.sql`
    UPDATE inbox_case c SET topic = coalesce(c.topic, x.topic), place = coalesce(c.place, x.place)
    FROM ${recordset(named, "id uuid, topic text, place text")} WHERE c.id = x.id AND (c.topic IS NULL OR c.place IS NULL)
      AND (c.topic IS NOT NULL OR NOT EXISTS (
        SELECT FROM audit_event e WHERE e.subject_type = 'case' AND e.subject_id = c.id AND e.type = 'case.topic-corrected'))`);
}

type Unnamed = { id: string; governmentId: string; excerpt: string };

/**
 * Names the topics of the last 400 days' cases that have none, by the beginning of their words: those from before topics were
 * known, and those whose words have become known since. Returns how many it named.
 */
export async function nameOlderTopics(batch = BATCH): Promise<number> {
  const from = new Date(now().getTime() - BACKWARDS_DAYS * DAY);
  const districts = new Map<string, readonly District[]>();
  let named = 0;
  let after: string | null = null;
  for (;;) {
    const found: Unnamed[] = await db.$queryRaw<Unnamed[]>(Prisma.sql`
      SELECT id, government_id AS "governmentId", excerpt FROM inbox_case
      WHERE topic IS NULL AND kind <> 'spam' AND id > ${after ? Prisma.sql`${after}::uuid` : Prisma.sql`garda_uuid_floor(${from})`} ORDER BY id LIMIT ${batch}`);
    const last = found.at(-1);
    if (!last) break;
    const unread = found.map(({ governmentId }) => governmentId).filter((id) => !districts.has(id));
    const read = await districtsOf(db, unread);
    for (const id of unread) districts.set(id, read.get(id) ?? []);
    const rows = found.flatMap(({ id, governmentId, excerpt }) => {
      const topic = topicOf(excerpt)?.topic;
      return topic ? [{ id, topic, place: placeOf(excerpt, districts.get(governmentId) ?? []) }] : [];
    });
    named += await db.$transaction((tx) => writeTopics(tx, rows), { timeout: 60_000 });
    if (found.length < batch) break;
    after = last.id;
  }
  if (named) log.info({ cases: named }, "topics named");
  return named;
}
