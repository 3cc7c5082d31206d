import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, type Problem, Refusal } from "../../core/errors.ts";
import { enqueue } from "../../core/jobs.ts";
import { signal } from "../../core/live.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { dateOf, dayOf } from "./reading.ts";
import { type ExcuseCause, hasOwnHand, type Span, spanProblems } from "./rules.ts";
import type { ExcuseInput, RevokeExcuseInput } from "./schema.ts";

export type ExcusedUnit = { id: string; governmentId: string; zone: string };

/** Excuses days of a unit, or of one of its accounts, with cause and evidence: they leave its targets and do not age its last post. */
export const excuseDays = (actor: Actor, { unitId, channelId, evidence, ...span }: ExcuseInput): Promise<Answer<{ spanId: string }>> =>
  db.$transaction(async (tx) => {
    const unit = await tx.unit.findFirst({
      where: { AND: [{ id: unitId, scoreClass: { not: null } }, inScope(actor, "score.excuse", "id")] },
      select: { id: true, governmentId: true, zone: true },
    });
    if (!unit) throw new Refusal("not-found");
    if (hasOwnHand(actor, unitId)) return { ok: false, problems: [{ code: "own-hand" }] };
    if (channelId && !(await tx.channel.count({ where: { id: channelId, unitId } }))) throw new Refusal("not-found");
    const problems = await spanProblemsOf(tx, unit, { ...span, channelId });
    if (problems.length) return { ok: false, problems };
    const spanId = await grantSpan(tx, actor, unit, { ...span, channelId, evidence, objectionId: null });
    await rescoreUnit(tx, unitId, channelId, span.fromDay);
    return { ok: true, spanId };
  });

/** Takes excused days back, with the reason. What was excused stays on record. */
export const revokeExcuse = (actor: Actor, { spanId, reason }: RevokeExcuseInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const span = await tx.excusedSpan.findFirst({
      where: { AND: [{ id: spanId }, inScope(actor, "score.excuse")] },
      select: { unitId: true, governmentId: true, channelId: true, fromDay: true },
    });
    if (!span) throw new Refusal("not-found");
    if (hasOwnHand(actor, span.unitId)) return { ok: false, problems: [{ code: "own-hand" }] };
    const { count } = await tx.excusedSpan.updateMany({
      where: { id: spanId, revokedAt: null },
      data: { revokedBy: actor.personId, revokedAt: now(), revokeReason: reason },
    });
    if (!count) throw new Refusal("stale");
    const place = { unitId: span.unitId, governmentId: span.governmentId };
    await record(tx, actor, { type: "score.excuse-revoked", subjectType: "excused_span", subjectId: spanId, place, payload: { reason } });
    await rescoreUnit(tx, span.unitId, span.channelId, dayOf(span.fromDay));
    return { ok: true };
  });

/** What is wrong with days to be excused, beside those that stand. Two people who excuse the same unit wait for each other. */
export async function spanProblemsOf(tx: Tx, unit: ExcusedUnit, span: Span): Promise<Problem[]> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`excused ${unit.id}`}))`;
  const granted = await tx.excusedSpan.findMany({
    where: { unitId: unit.id, revokedAt: null, fromDay: { lte: dateOf(span.toDay) }, toDay: { gte: dateOf(span.fromDay) } },
    select: { channelId: true, fromDay: true, toDay: true },
    orderBy: { fromDay: "asc" },
    take: 50,
  });
  const days = granted.map((one) => ({ channelId: one.channelId, fromDay: dayOf(one.fromDay), toDay: dayOf(one.toDay) }));
  return spanProblems(span, days, localDay(now(), zoneOf(unit.zone)));
}

type Granted = Span & { cause: ExcuseCause; evidence: string; objectionId: string | null };

/** Writes days that were found without a problem. */
export async function grantSpan(tx: Tx, actor: Actor, unit: ExcusedUnit, { fromDay, toDay, ...rest }: Granted): Promise<string> {
  const place = { unitId: unit.id, governmentId: unit.governmentId };
  const { id } = await tx.excusedSpan.create({
    data: { ...place, ...rest, fromDay: dateOf(fromDay), toDay: dateOf(toDay), grantedBy: actor.personId, grantedAt: now() },
    select: { id: true },
  });
  const payload = { fromDay, toDay, ...rest };
  await record(tx, actor, { type: "score.excused", subjectType: "excused_span", subjectId: id, place, payload });
  return id;
}

async function rescoreUnit(tx: Tx, unitId: string, channelId: string | null, fromDay: string) {
  const channels = channelId ? [{ id: channelId }] : await tx.channel.findMany({ where: { unitId }, select: { id: true }, take: 100 });
  await enqueue(tx, "scores.rescore", { channelIds: channels.map(({ id }) => id), fromDay });
  await signal(tx, { topic: "score" });
}
