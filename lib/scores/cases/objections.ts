import { type Actor, inScope } from "../../core/access.ts";
import { db, type Prisma } from "../../core/db.ts";
import { Refusal } from "../../core/errors.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { calendarsOf } from "../../units/hours-settings.ts";
import type { Level, ScoreFacts, ScoreResult } from "../rules.ts";
import type { ScoreSettings } from "../settings.ts";
import { dayOf, namesOf, type Where } from "./reading.ts";
import { type Disputable, dueDayOf, hasOwnHand, type ObjectionState, type ObjectionView, statesOf } from "./rules.ts";

const PAGE = 25;

export type ObjectionRow = {
  id: string;
  state: ObjectionState;
  component: Disputable;
  day: string;
  filedAt: Date;
  /** By when it is to be decided; the day, on the unit's calendar. */
  dueDay: string;
  unit: { code: string; shortName: string; zone: string; governmentName: string };
  filedBy: string;
  score: number;
  outcome: number | null;
};

const lineOf = {
  ...{ id: true, state: true, component: true, day: true, filedAt: true, filedBy: true, unitId: true, outcomeSnapshotId: true },
  unit: { select: { code: true, shortName: true, zone: true, government: { select: { name: true } } } },
  snapshot: { select: { scoreTenths: true } },
} as const;
type Line = Prisma.ScoreObjectionGetPayload<{ select: typeof lineOf }>;

/** Objections that the actor may see: those open with the oldest first, what is decided with the newest. */
export async function listObjections(
  actor: Actor,
  where: Where,
  view: ObjectionView,
  after: string | null,
): Promise<{ rows: ObjectionRow[]; next: string | null }> {
  const open = view === "open";
  const found = await db.scoreObjection.findMany({
    where: {
      AND: [
        { ...where, state: { in: [...statesOf[view]] } },
        inScope(actor, "score.read"),
        after ? { id: open ? { gt: after } : { lt: after } } : {},
      ],
    },
    select: lineOf,
    orderBy: { id: open ? "asc" : "desc" },
    take: PAGE + 1,
  });
  const rows = await asRows(found.slice(0, PAGE));
  return { rows, next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null };
}

/** How many objections wait for a decision by this actor; at most 100. */
export const countOpenObjections = (actor: Actor): Promise<number> =>
  db.scoreObjection
    .findMany({ where: { AND: [{ state: "open" }, inScope(actor, "objection.decide")] }, select: { id: true }, take: 100 })
    .then((rows) => rows.length);

/** The last objections against the scores of an account, the newest first. */
export const objectionsOf = async (channelId: string): Promise<ObjectionRow[]> =>
  asRows(await db.scoreObjection.findMany({ where: { channelId }, select: lineOf, orderBy: { id: "desc" }, take: 3 }));

async function asRows(found: readonly Line[]): Promise<ObjectionRow[]> {
  const [calendars, people, outcomes] = await Promise.all([
    calendarsOf(
      db,
      found.map(({ unitId }) => unitId),
    ),
    namesOf(found.map(({ filedBy }) => filedBy)),
    scoresOf(found.flatMap(({ outcomeSnapshotId }) => outcomeSnapshotId ?? [])),
  ]);
  return found.map((one) => ({
    id: one.id,
    state: one.state as ObjectionState,
    component: one.component as Disputable,
    day: dayOf(one.day),
    filedAt: one.filedAt,
    dueDay: dueDayOf(one.filedAt, calendars.get(one.unitId)!),
    unit: {
      code: one.unit.code,
      shortName: one.unit.shortName,
      zone: one.unit.zone,
      governmentName: one.unit.government.name,
    },
    filedBy: people.get(one.filedBy) ?? "",
    score: one.snapshot.scoreTenths / 10,
    outcome: outcomes.get(one.outcomeSnapshotId ?? "") ?? null,
  }));
}

async function scoresOf(ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.scoreSnapshot.findMany({ where: { id: { in: [...ids] } }, select: { id: true, scoreTenths: true } });
  return new Map(rows.map(({ id, scoreTenths }) => [id, scoreTenths / 10]));
}

export type KeptScore = {
  id: string;
  version: number;
  score: number;
  level: Level;
  result: ScoreResult;
  facts: ScoreFacts;
  settings: ScoreSettings;
  computedAt: Date;
};
export type DisputedPost = { id: string; day: string; publishedAt: Date; text: string; permalink: string | null; category: string };
export type Objection = Omit<ObjectionRow, "score" | "outcome"> & {
  revision: number;
  unitId: string;
  channelId: string;
  account: { platform: string; handle: string };
  statement: string;
  evidence: string | null;
  posts: DisputedPost[];
  decidedBy: string | null;
  decidedAt: Date | null;
  note: string | null;
  corrections: { postId: string; from: string; to: string }[];
  excused: { fromDay: string; toDay: string; cause: string }[];
  before: KeptScore;
  /** The score that stands since the decision; null before it, and while it is being computed. */
  outcome: KeptScore | null;
  /** `hand`: he may decide elsewhere, but has a role on this unit or filed it himself. */
  may: { decide: boolean; hand: boolean; withdraw: boolean };
};

/** An objection with both versions of the disputed score, and what the actor may do about it. Foreign ones answer like unknown ones. */
export async function objectionDetail(actor: Actor, id: string): Promise<Objection> {
  const found = await db.scoreObjection.findFirst({
    where: { AND: [{ id }, inScope(actor, "score.read")] },
    include: {
      ...{ unit: { select: lineOf.unit.select }, channel: { select: { platform: true, handle: true } }, snapshot: true },
      corrections: { select: { remotePostId: true, fromCategory: true, toCategory: true }, orderBy: { id: "asc" }, take: 50 },
      excused: { select: { fromDay: true, toDay: true, cause: true }, take: 10 },
    },
  });
  if (!found) throw new Refusal("not-found");
  const within = (permission: "objection.decide" | "objection.file") =>
    db.scoreObjection.count({ where: { AND: [{ id }, inScope(actor, permission)] } });
  const [row, posts, outcome, names, decides, files] = await Promise.all([
    asRows([found]),
    disputedPosts(found),
    found.outcomeSnapshotId ? db.scoreSnapshot.findUnique({ where: { id: found.outcomeSnapshotId } }) : null,
    namesOf(found.decidedBy ? [found.decidedBy] : []),
    within("objection.decide"),
    within("objection.file"),
  ]);
  const hand = hasOwnHand(actor, found.unitId) || found.filedBy === actor.personId;
  const open = found.state === "open";
  return {
    ...row[0]!,
    ...{ revision: found.revision, unitId: found.unitId, channelId: found.channelId, account: found.channel, posts },
    ...{ statement: found.statement, evidence: found.evidence, decidedAt: found.decidedAt, note: found.decisionNote },
    decidedBy: (found.decidedBy && names.get(found.decidedBy)) ?? null,
    corrections: found.corrections.map((one) => ({ postId: one.remotePostId, from: one.fromCategory, to: one.toCategory })),
    excused: found.excused.map(({ fromDay, toDay, cause }) => ({ fromDay: dayOf(fromDay), toDay: dayOf(toDay), cause })),
    before: keptOf(found.snapshot),
    outcome: outcome && keptOf(outcome),
    may: { decide: open && decides > 0 && !hand, hand: open && decides > 0 && hand, withdraw: open && files > 0 },
  };
}

const keptOf = (snapshot: Prisma.ScoreSnapshotGetPayload<object>): KeptScore => ({
  ...{ id: snapshot.id, version: snapshot.version, computedAt: snapshot.computedAt, level: snapshot.level as Level },
  score: snapshot.scoreTenths / 10,
  result: snapshot.result as unknown as ScoreResult,
  facts: snapshot.facts as unknown as ScoreFacts,
  settings: snapshot.settings as unknown as ScoreSettings,
});

async function disputedPosts({ postIds, unit }: { postIds: string[]; unit: { zone: string } }): Promise<DisputedPost[]> {
  const rows = await db.remotePost.findMany({
    where: { id: { in: postIds } },
    select: { id: true, publishedAt: true, text: true, permalink: true, category: true },
    orderBy: { publishedAt: "desc" },
  });
  return rows.map((row) => ({ ...row, day: localDay(row.publishedAt, zoneOf(unit.zone)) }));
}
