import { now } from "../../core/clock.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import { signalAll } from "../../core/live.ts";
import { recordset } from "../../core/recordset.ts";
import { notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";
import { countOpen } from "./burst-counting.ts";
import {
  burstWindow,
  fewestCitizens,
  fewestComments,
  idleStems,
  isBurst,
  ownMatters,
  quietAfterFalseAlarm,
  spokenForm,
  topicOfWord,
  usualOf,
  usualWindow,
} from "./burst-rules.ts";
import { topicOf } from "./topic-rules.ts";

type Moment = { at: Date; from: Date; usualFrom: Date };
type Found = {
  governmentId: string;
  topic: string;
  count: number;
  citizens: number;
  usual: number;
  unitIds: string[];
  caseIds: string[];
  excerpts: string[];
};
type Counted = Omit<Found, "usual"> & { before: number; since: Date };

/** A word that is said more often than this in four weeks is nobody's alarm. */
const MOST_BEFORE = 5000;

/**
 * Looks for many like comments at once, in every government: about one topic, and about whatever else one word is common to.
 * Opens an alert for each and tells those who have to know; alerts that are open keep count. Returns how many were opened.
 */
export const watchBursts = (): Promise<number> =>
  db.$transaction(
    async (tx) => {
      const at = now();
      const from = new Date(at.getTime() - burstWindow);
      const moment = { at, from, usualFrom: new Date(from.getTime() - usualWindow) };
      const byTopic = bursting(await busyTopics(tx, moment), moment);
      const byWord = bursting(await busyWords(tx, moment), moment);
      const found = [...byTopic, ...apart(byWord, byTopic)];
      const opened = await open(tx, found, at);
      await countOpen(tx, at);
      return opened;
    },
    { timeout: 60_000 },
  );

const bursting = (counted: readonly Counted[], { from, usualFrom }: Moment): Found[] =>
  counted.flatMap(({ before, since, ...one }) => {
    const usual = usualOf(before, from.getTime() - Math.max(usualFrom.getTime(), since.getTime()));
    return isBurst(one.count, usual, one.citizens) ? [{ ...one, usual }] : [];
  });

/** Of the words of each government those that tell of something else than its topics and each other. */
function apart(words: readonly Found[], topics: readonly Found[]): Found[] {
  const byGovernment = Map.groupBy(words, ({ governmentId }) => governmentId);
  return [...byGovernment].flatMap(([governmentId, found]) => {
    const explained = new Set(topics.filter((one) => one.governmentId === governmentId).flatMap(({ caseIds }) => caseIds));
    const own = new Set(
      ownMatters(
        found.map((one) => ({ ...one, word: one.topic })),
        explained,
      ).map(({ word }) => word),
    );
    return found.filter(({ topic }) => own.has(topic)).map((one) => ({ ...one, topic: topicOfWord(one.topic) }));
  });
}

/** What came in lately, of all governments; praise and spam alarm nobody. */
const recentCases = ({ at, from }: Moment) => Prisma.sql`
  SELECT c.* FROM unit g CROSS JOIN LATERAL (
    SELECT c.id, c.government_id, c.unit_id, c.citizen_id, c.topic, c.excerpt FROM inbox_case c
    WHERE c.government_id = g.id AND c.received_at > ${from} AND c.received_at <= ${at} AND c.kind NOT IN ('praise', 'spam')) c
  WHERE g.id = g.government_id`;

const since = Prisma.sql`(SELECT min(c.received_at) FROM inbox_case c WHERE c.government_id = b.government_id)`;

/** Topics of which enough is said, with what was said of them in the four weeks before. */
const busyTopics = (tx: Tx, moment: Moment): Promise<Counted[]> =>
  tx.$queryRaw<Counted[]>(Prisma.sql`
    WITH busy AS MATERIALIZED (
      SELECT government_id, topic, count(*)::int AS count, count(DISTINCT citizen_id)::int AS citizens, array_agg(DISTINCT unit_id::text) AS units,
        array_agg(id::text) AS cases, (array_agg(excerpt))[1:40] AS excerpts
      FROM (${recentCases(moment)}) r WHERE topic IS NOT NULL AND topic <> 'other' GROUP BY government_id, topic
      HAVING count(*) >= ${fewestComments} AND count(DISTINCT citizen_id) >= ${fewestCitizens})
    SELECT b.government_id AS "governmentId", b.topic, b.count, b.citizens, b.units AS "unitIds", b.cases AS "caseIds", b.excerpts, ${since} AS since,
      (SELECT count(*)::int FROM inbox_case c WHERE c.government_id = b.government_id AND c.topic = b.topic AND c.kind NOT IN ('praise', 'spam')
        AND c.received_at > ${moment.usualFrom} AND c.received_at <= ${moment.from}) AS before
    FROM busy b`);

/**
 * Stems that enough people used lately. What was said with them before is found by the index of words, within the government's
 * months; where more is said altogether, every word is said more often: the share it usually has counts too.
 */
const busyWords = (tx: Tx, moment: Moment): Promise<Counted[]> => {
  const { from, usualFrom } = moment;
  const marks = monthsOf(usualFrom, from);
  return tx.$queryRaw<Counted[]>(Prisma.sql`
    WITH recent AS MATERIALIZED (${recentCases(moment)}),
    whole AS MATERIALIZED (
      SELECT government_id, count(*) AS total FROM recent GROUP BY government_id
      HAVING count(*) >= ${fewestComments} AND count(DISTINCT citizen_id) >= ${fewestCitizens}),
    idle AS MATERIALIZED (SELECT tsvector_to_array(to_tsvector('indonesian', ${idleStems.join(" ")})) AS stems),
    said AS MATERIALIZED (
      SELECT DISTINCT r.*, stem FROM recent r JOIN whole USING (government_id) JOIN message m ON m.case_id = r.id
      CROSS JOIN LATERAL unnest(tsvector_to_array(m.search)) AS stem CROSS JOIN idle
      WHERE m.direction = 'in' AND m.id >= garda_uuid_floor(${from}) AND stem ~ '^[a-z]{4,}$' AND stem <> ALL(idle.stems)),
    busy AS MATERIALIZED (
      SELECT government_id, stem, count(DISTINCT id)::int AS count, count(DISTINCT citizen_id)::int AS citizens, array_agg(DISTINCT unit_id::text) AS units,
        array_agg(DISTINCT id::text) AS cases, (array_agg(excerpt))[1:40] AS excerpts
      FROM said GROUP BY government_id, stem HAVING count(DISTINCT id) >= ${fewestComments} AND count(DISTINCT citizen_id) >= ${fewestCitizens}),
    compared AS (
      SELECT b.*, w.total, (SELECT count(*) FROM (SELECT FROM message m
          WHERE m.search @@ (b.stem::tsquery && (SELECT string_agg(quote_literal('g:' || b.government_id || ':' || month), ' | ') FROM unnest(${marks}::text[]) AS month)::tsquery)
            AND m.direction = 'in' AND m.id >= garda_uuid_floor(${usualFrom}) AND m.id < garda_uuid_floor(${from}) LIMIT ${MOST_BEFORE}) m) AS before,
        (SELECT count(*) FROM inbox_case c WHERE c.government_id = b.government_id AND c.received_at > ${usualFrom} AND c.received_at <= ${from}) AS all_before,
        ${since} AS since
      FROM busy b JOIN whole w USING (government_id))
    SELECT b.government_id AS "governmentId", b.stem AS topic, b.count, b.citizens, b.units AS "unitIds", b.cases AS "caseIds", b.excerpts, b.since,
      greatest(b.before, (b.before + 1)::float / (b.all_before + 2) * b.total
        * greatest(86400, extract(epoch FROM ${from}::timestamptz - greatest(${usualFrom}::timestamptz, b.since))) / ${burstWindow / 1000})::float AS before
    FROM compared b WHERE b.before < ${MOST_BEFORE}`);
};

const monthsOf = (from: Date, to: Date): string[] => {
  const months = new Set<string>();
  for (let at = from.getTime(); at <= to.getTime() + 86_400_000; at += 86_400_000)
    months.add(new Date(at).toISOString().slice(0, 7).replace("-", ""));
  return [...months];
};

type Opened = { id: string; governmentId: string; topic: string };

/** Opens an alert where none is open about the same, and none was closed just now. */
async function open(tx: Tx, found: readonly Found[], at: Date): Promise<number> {
  if (!found.length) return 0;
  const rows = found.map(({ governmentId, topic, count, usual, unitIds }) => ({
    government_id: governmentId,
    topic,
    count,
    usual,
    units: unitIds.length,
  }));
  const opened = await tx.$queryRaw<Opened[]>(Prisma.sql`
    INSERT INTO crisis_alert (government_id, topic, opened_at, last_at, count, usual, units)
    SELECT x.government_id, x.topic, ${at}, ${at}, x.count, x.usual, x.units
    FROM ${recordset(rows, "government_id uuid, topic text, count int, usual float, units int")}
    WHERE NOT EXISTS (SELECT FROM crisis_alert a WHERE a.government_id = x.government_id AND a.topic = x.topic
      AND ((a.state = 'closed' AND a.closed_at > ${new Date(at.getTime() - burstWindow)})
        OR (a.state = 'false_alarm' AND a.closed_at > ${new Date(at.getTime() - quietAfterFalseAlarm)})))
    ON CONFLICT (government_id, topic) WHERE state IN ('open', 'taken') DO NOTHING
    RETURNING id, government_id AS "governmentId", topic`);
  for (const alert of opened) {
    const about = found.find(({ governmentId, topic }) => governmentId === alert.governmentId && topic === alert.topic)!;
    await tell(tx, alert, about, at);
  }
  return opened.length;
}

/** Those on duty in the units concerned and in the government, and those who answer for it, at once. */
async function tell(tx: Tx, { id, governmentId }: Opened, { topic, unitIds, excerpts }: Found, at: Date) {
  const shifts = await tx.dutyShift.findMany({
    where: { governmentId, unitId: { in: [...unitIds, governmentId] }, from: { lte: at }, to: { gt: at } },
    select: { personId: true },
  });
  const holders = await holdersOf(tx, [governmentId], ["supervisor", "head"]);
  const { shortName } = await tx.unit.findUniqueOrThrow({ where: { id: governmentId }, select: { shortName: true } });
  await notify(tx, {
    type: "crisis.opened",
    to: [...new Set([...shifts, ...holders].map(({ personId }) => personId))],
    by: null,
    subject: { type: "crisis", id },
    unitId: governmentId,
    link: "/inbox/crisis",
    key: id,
    params: { title: wordsIn(topic, excerpts), unit: shortName },
  });
  await signalAll(
    tx,
    [governmentId, ...unitIds].map((unitId) => ({ topic: "case", unitId })),
  );
}

/** What it is about in the citizens' own words, the three most frequent. */
function wordsIn(topic: string, excerpts: readonly string[]): string {
  if (topic.startsWith("word:")) return spokenForm(topic.slice(5), excerpts);
  const said = excerpts.flatMap((excerpt) => topicOf(excerpt)?.words ?? []);
  const counts = [...Map.groupBy(said, (word) => word)].sort(([, a], [, b]) => b.length - a.length);
  return counts
    .slice(0, 3)
    .map(([word]) => word)
    .join(", ");
}
