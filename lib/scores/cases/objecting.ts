import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Prisma, type Tx } from "../../core/db.ts";
import { type Answer, type Problem, Refusal } from "../../core/errors.ts";
import { signal } from "../../core/live.ts";
import { notify } from "../../notices/notifying.ts";
import { addDays, startOfDay, zoneOf } from "../../units/calendar.ts";
import { lastFullDay } from "../recompute.ts";
import type { ScoreResult } from "../rules.ts";
import type { ScoreSettings } from "../settings.ts";
import { decidersOf } from "./deciders.ts";
import { dateOf } from "./reading.ts";
import { disputableDays } from "./rules.ts";
import type { FileObjectionInput, WithdrawObjectionInput } from "./schema.ts";

/**
 * A unit holds something against the score that stood on a day (keberatan). It names the component, what is wrong with it and
 * the posts that it speaks of; those who may decide are told. One objection at a time for a component and a day.
 */
export const fileObjection = (actor: Actor, input: FileObjectionInput): Promise<Answer<{ objectionId: string }>> =>
  db.$transaction(async (tx) => {
    const { snapshotId, day, component, statement, evidence, postIds } = input;
    const snapshot = await tx.scoreSnapshot.findFirst({
      where: { AND: [{ id: snapshotId, day: { lte: dateOf(day) } }, inScope(actor, "objection.file")] },
      include: { unit: { select: { shortName: true, zone: true } } },
    });
    if (!snapshot) throw new Refusal("not-found");
    if ((await standingId(tx, snapshot.channelId, day)) !== snapshotId) throw new Refusal("stale");
    const posts = [...new Set(postIds)];
    const problems = await filingProblems(tx, snapshot, day, component, posts);
    if (problems.length) return { ok: false, problems };
    const place = { unitId: snapshot.unitId, governmentId: snapshot.governmentId };
    const [filed] = await tx.scoreObjection.createManyAndReturn({
      data: [
        {
          ...{ ...place, channelId: snapshot.channelId, snapshotId, day: dateOf(day), component, statement },
          ...{ evidence: evidence || null, postIds: posts, filedBy: actor.personId, filedAt: now() },
        },
      ],
      skipDuplicates: true,
      select: { id: true },
    });
    if (!filed) return { ok: false, problems: [{ field: "component", code: "objection-double" }] };
    await record(tx, actor, {
      type: "score.objection-filed",
      subjectType: "score_objection",
      subjectId: filed.id,
      place,
      payload: { snapshotId, day, component, statement, postIds: posts },
    });
    await notify(tx, {
      type: "objection.filed",
      to: (await decidersOf(tx, [place.unitId])).get(place.unitId) ?? [],
      by: actor.personId,
      subject: { type: "score_objection", id: filed.id },
      unitId: place.unitId,
      link: `/scores/objections/${filed.id}`,
      key: filed.id,
      params: { unit: snapshot.unit.shortName, by: actor.name, component, text: statement },
    });
    await signal(tx, { topic: "score" });
    return { ok: true, objectionId: filed.id };
  });

async function standingId(tx: Tx, channelId: string, day: string): Promise<string | undefined> {
  const standing = await tx.scoreSnapshot.findFirst({
    where: { channelId, day: { lte: dateOf(day) } },
    orderBy: [{ day: "desc" }, { version: "desc" }],
    select: { id: true },
  });
  return standing?.id;
}

type Disputed = { channelId: string; result: Prisma.JsonValue; settings: Prisma.JsonValue; unit: { zone: string } };

async function filingProblems(tx: Tx, snapshot: Disputed, day: string, component: string, posts: string[]): Promise<Problem[]> {
  const zone = zoneOf(snapshot.unit.zone);
  const problems: Problem[] = [];
  const last = lastFullDay(now(), zone);
  if (day > last || day < addDays(last, -disputableDays)) problems.push({ code: "objection-day", params: { days: disputableDays } });
  if (component === "cap" && !(snapshot.result as ScoreResult).caps.length) problems.push({ field: "component", code: "objection-no-cap" });
  if (posts.length) {
    const { windowWeeks } = snapshot.settings as unknown as ScoreSettings;
    const known = await tx.remotePost.count({
      where: {
        id: { in: posts },
        channelId: snapshot.channelId,
        publishedAt: { gte: startOfDay(addDays(day, 1 - windowWeeks * 7), zone), lt: startOfDay(addDays(day, 1), zone) },
      },
    });
    if (known !== posts.length) problems.push({ field: "postIds", code: "objection-posts" });
  }
  return problems;
}

/** The unit takes its objection back before it was decided. */
export const withdrawObjection = (actor: Actor, { objectionId, revision }: WithdrawObjectionInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await tx.scoreObjection.findFirst({
      where: { AND: [{ id: objectionId }, inScope(actor, "objection.file")] },
      select: { unitId: true, governmentId: true },
    });
    if (!found) throw new Refusal("not-found");
    const { count } = await tx.scoreObjection.updateMany({
      where: { id: objectionId, revision, state: "open" },
      data: { state: "withdrawn", revision: { increment: 1 }, decidedBy: actor.personId, decidedAt: now() },
    });
    if (!count) throw new Refusal("stale");
    await record(tx, actor, {
      type: "score.objection-withdrawn",
      subjectType: "score_objection",
      subjectId: objectionId,
      place: found,
    });
    await signal(tx, { topic: "score" });
    return { ok: true };
  });
