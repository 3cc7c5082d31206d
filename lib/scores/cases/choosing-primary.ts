import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { enqueue } from "../../core/jobs.ts";
import { signal } from "../../core/live.ts";
import { zoneOf } from "../../units/calendar.ts";
import { lastFullDay } from "../recompute.ts";
import { hasOwnHand } from "./rules.ts";
import type { AccountRef } from "./schema.ts";

/** Whether the actor may let an account be its unit's primary one, which it is not. */
export const mayChoosePrimary = async (actor: Actor, channelId: string): Promise<boolean> => {
  const channel = await db.channel.findFirst({
    where: { AND: [{ id: channelId, isPrimary: false, state: { not: "disconnected" } }, inScope(actor, "score.correct")] },
    select: { unitId: true },
  });
  return channel !== null && !hasOwnHand(actor, channel.unitId);
};

/**
 * Lets another account of a unit be its primary one, from the last full day on: the unit takes that account's score. Earlier
 * days keep the account that counted then. Nobody does it for a unit on which he holds a role himself.
 */
export const choosePrimary = (actor: Actor, { channelId }: AccountRef): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const channel = await tx.channel.findFirst({
      where: { AND: [{ id: channelId, state: { not: "disconnected" } }, inScope(actor, "score.correct")] },
      select: { id: true, unitId: true, governmentId: true, isPrimary: true, unit: { select: { zone: true } } },
    });
    if (!channel) throw new Refusal("not-found");
    if (hasOwnHand(actor, channel.unitId)) return { ok: false, problems: [{ code: "own-hand" }] };
    if (channel.isPrimary) throw new Refusal("stale");
    const place = { unitId: channel.unitId, governmentId: channel.governmentId };
    await tx.$executeRaw`SELECT id FROM unit WHERE id = ${channel.unitId}::uuid FOR NO KEY UPDATE`;
    const before = await tx.channel.findFirst({
      where: { unitId: channel.unitId, isPrimary: true, state: { not: "disconnected" } },
      select: { id: true },
    });
    if (before) await tx.channel.update({ where: { id: before.id }, data: { isPrimary: false } });
    await tx.channel.update({ where: { id: channelId }, data: { isPrimary: true } });
    await record(tx, actor, {
      type: "score.primary-chosen",
      subjectType: "channel",
      subjectId: channelId,
      place,
      payload: { before: before?.id ?? null },
    });
    const channelIds = [...(before ? [before.id] : []), channelId];
    await enqueue(tx, "scores.rescore", { channelIds, fromDay: lastFullDay(now(), zoneOf(channel.unit.zone)) });
    await signal(tx, { topic: "score" });
    return { ok: true };
  });
