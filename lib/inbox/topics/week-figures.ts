import { type Actor, scopeSql } from "../../core/access.ts";
import { db, Prisma } from "../../core/db.ts";
import type { Platform } from "../../platforms/contract.ts";
import type { CaseState } from "../intake/owed.ts";
import type { Kind } from "../kinds.ts";
import { quotation } from "../rules.ts";
import type { Period } from "./period-rules.ts";
import type { Topic } from "./topic-rules.ts";

/** A unit; a government stands for all its units. */
type InboxUnit = { id: string; governmentId: string };
/** How many cases came in the period and in the one it is compared with. */
export type Count = { now: number; before: number };
/** Of one topic; null: not sorted yet. `kinds`: what its cases are, the most frequent first. */
export type TopicFigure = Count & { topic: Topic | null; kinds: (Count & { kind: Kind })[] };
/** Of one district; null: no place is named. Its name is null where no unit has the code. */
type PlaceFigure = Count & { place: string | null; name: string | null };
type UnitFigure = Count & { unitId: string; shortName: string };
export type TopicFigures = Count & { topics: TopicFigure[]; places: PlaceFigure[]; units: UnitFigure[] };

/**
 * The cases that belong to the unit, or to all units of a government, as far as the actor reads them. Each counts once: with its
 * owner, not where it was referred to. Spam is nobody's matter.
 */
const owned = (actor: Actor, unit: InboxUnit) => Prisma.sql`
  c.government_id = ${unit.governmentId}::uuid AND ${unit.id === unit.governmentId ? Prisma.sql`true` : Prisma.sql`c.unit_id = ${unit.id}::uuid`}
  AND ${scopeSql(actor, "inbox.read", "c")} AND c.kind <> 'spam'`;

const counted = ({ from, to, compareFrom, compareTo }: Period) => ({
  columns: Prisma.sql`count(*) FILTER (WHERE c.received_at >= ${from} AND c.received_at < ${to})::int AS now,
    count(*) FILTER (WHERE c.received_at >= ${compareFrom} AND c.received_at < ${compareTo})::int AS before`,
  within: Prisma.sql`((c.received_at >= ${from} AND c.received_at < ${to}) OR (c.received_at >= ${compareFrom} AND c.received_at < ${compareTo}))`,
});

/** What citizens spoke of in a period, where and to whom, beside the period before it; the most spoken of first. */
export async function topicFigures(actor: Actor, unit: InboxUnit, period: Period): Promise<TopicFigures> {
  const { columns, within } = counted(period);
  const where = Prisma.sql`${owned(actor, unit)} AND ${within}`;
  const [kinds, places, units] = await Promise.all([
    db.$queryRaw<(Count & { topic: Topic | null; kind: Kind })[]>(Prisma.sql`
      SELECT c.topic, c.kind, ${columns} FROM inbox_case c WHERE ${where} GROUP BY c.topic, c.kind ORDER BY 3 DESC, 4 DESC, c.kind`),
    db.$queryRaw<PlaceFigure[]>(Prisma.sql`
      SELECT x.*, u.name FROM (SELECT c.place, ${columns} FROM inbox_case c WHERE ${where} GROUP BY c.place) x
      LEFT JOIN unit u ON u.code = x.place ORDER BY x.now DESC, x.before DESC, x.place`),
    db.$queryRaw<UnitFigure[]>(Prisma.sql`
      SELECT x.*, u.short_name AS "shortName" FROM (SELECT c.unit_id AS "unitId", ${columns} FROM inbox_case c WHERE ${where} GROUP BY c.unit_id) x
      JOIN unit u ON u.id = x."unitId" ORDER BY x.now DESC, x.before DESC, u.short_name, u.id`),
  ]);
  return { ...total(kinds), topics: byTopic(kinds), places, units };
}

const total = (rows: readonly Count[]): Count => ({
  now: rows.reduce((sum, row) => sum + row.now, 0),
  before: rows.reduce((sum, row) => sum + row.before, 0),
});

function byTopic(rows: readonly (Count & { topic: Topic | null; kind: Kind })[]): TopicFigure[] {
  return [...Map.groupBy(rows, ({ topic }) => topic)]
    .map(([topic, of]) => ({ topic, ...total(of), kinds: of.map(({ kind, now, before }) => ({ kind, now, before })) }))
    .sort((a, b) => b.now - a.now || b.before - a.before || (a.topic ?? "~").localeCompare(b.topic ?? "~"));
}

/** Which cases stand behind a figure; what is left out does not narrow them, null asks for those without. */
export type Behind = { from: Date; to: Date; topic?: Topic | null; kind?: Kind; place?: string | null; unitId?: string };
export type BehindCursor = { at: Date; id: string };
/** A citizen's words as they were stored: masked. */
export type BehindCase = {
  id: string;
  excerpt: string;
  kind: Kind;
  state: CaseState;
  platform: Platform;
  receivedAt: Date;
  unitShortName: string;
  zone: string;
};

/** The cases behind a figure, the newest first. */
export async function casesBehind(
  actor: Actor,
  unit: InboxUnit,
  { from, to, topic, kind, place, unitId }: Behind,
  after: BehindCursor | null = null,
  limit = 30,
): Promise<{ rows: BehindCase[]; next: BehindCursor | null }> {
  const parts = [
    owned(actor, unit),
    Prisma.sql`c.received_at >= ${from} AND c.received_at < ${to}`,
    ...(topic === undefined ? [] : [topic === null ? Prisma.sql`c.topic IS NULL` : Prisma.sql`c.topic = ${topic}`]),
    ...(place === undefined ? [] : [place === null ? Prisma.sql`c.place IS NULL` : Prisma.sql`c.place = ${place}`]),
    ...(kind ? [Prisma.sql`c.kind = ${kind}`] : []),
    ...(unitId ? [Prisma.sql`c.unit_id = ${unitId}::uuid`] : []),
    ...(after ? [Prisma.sql`(c.received_at, c.id) < (${after.at}, ${after.id}::uuid)`] : []),
  ];
  const found = await db.$queryRaw<BehindCase[]>(Prisma.sql`
    SELECT c.id, c.excerpt, c.kind, c.state, ch.platform, c.received_at AS "receivedAt", u.short_name AS "unitShortName", u.zone
    FROM inbox_case c JOIN channel ch ON ch.id = c.channel_id JOIN unit u ON u.id = c.unit_id
    WHERE ${Prisma.join(parts, " AND ")} ORDER BY c.received_at DESC, c.id DESC LIMIT ${limit + 1}`);
  const rows = found.slice(0, limit).map((row) => ({ ...row, excerpt: quotation(row.excerpt) }));
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { at: last.receivedAt, id: last.id } : null };
}

/** What the place and the unit behind a figure are called, as far as they are the government's. */
export async function namesBehind(unit: InboxUnit, { place, unitId }: Pick<Behind, "place" | "unitId">) {
  const { governmentId } = unit;
  const [district, owner] = await Promise.all([
    place ? db.unit.findFirst({ where: { governmentId, code: place }, select: { name: true } }) : null,
    unitId ? db.unit.findFirst({ where: { governmentId, id: unitId }, select: { shortName: true } }) : null,
  ]);
  return { place: district?.name ?? null, unit: owner?.shortName ?? null };
}

/**
 * What citizens proposed of one topic, with up to three of their sentences, none of a delicate matter: those that most said, then
 * those with most to say.
 */
export type TopicAspirations = {
  topic: Topic | null;
  aspirations: number;
  feedback: number;
  answered: number;
  sentences: Sentence[];
};
/** Words that came in `said` times; `answered` of those were. `id`: the last case of them. */
export type Sentence = { id: string; excerpt: string; said: number; answered: number };

type AspirationRow = Omit<TopicAspirations, "sentences"> & { [Part in keyof Sentence as `sentence_${Part}`]: Sentence[Part] | null };
const SENTENCES = 3;

/** Aspirations and feedback of a period by topic, the most spoken of first. */
export async function aspirationsOf(actor: Actor, unit: InboxUnit, { from, to }: Pick<Period, "from" | "to">): Promise<TopicAspirations[]> {
  const rows = await db.$queryRaw<AspirationRow[]>(Prisma.sql`
    WITH told AS MATERIALIZED (
      SELECT c.id, c.topic, c.kind, c.excerpt, c.sensitive, c.answered_at FROM inbox_case c
      WHERE ${owned(actor, unit)} AND c.kind IN ('aspiration', 'feedback') AND c.received_at >= ${from} AND c.received_at < ${to}),
    counted AS (
      SELECT topic, (count(*) FILTER (WHERE kind = 'aspiration'))::int AS aspirations,
        (count(*) FILTER (WHERE kind = 'feedback'))::int AS feedback, count(answered_at)::int AS answered
      FROM told GROUP BY topic),
    sentence AS (
      SELECT topic, excerpt, count(*)::int AS said, count(answered_at)::int AS answered, max(id::text) AS id,
        row_number() OVER (PARTITION BY topic ORDER BY count(*) DESC, least(length(excerpt), 100) DESC, max(id::text) DESC) AS nth
      FROM told WHERE NOT sensitive GROUP BY topic, excerpt)
    SELECT c.*, s.id AS sentence_id, s.excerpt AS sentence_excerpt, s.said AS sentence_said, s.answered AS sentence_answered
    FROM counted c LEFT JOIN sentence s ON s.topic IS NOT DISTINCT FROM c.topic AND s.nth <= ${SENTENCES}
    ORDER BY c.topic IS NULL, c.aspirations + c.feedback DESC, c.topic, s.nth`);
  return [...Map.groupBy(rows, ({ topic }) => topic)].map(([topic, of]) => {
    const { aspirations, feedback, answered } = of[0]!;
    const sentences = of.flatMap(({ sentence_id: id, sentence_excerpt, sentence_said, sentence_answered }) =>
      id === null ? [] : { id, excerpt: quotation(sentence_excerpt ?? ""), said: sentence_said ?? 0, answered: sentence_answered ?? 0 },
    );
    return { topic, aspirations, feedback, answered, sentences };
  });
}
