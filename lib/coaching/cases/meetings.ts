import { type Actor, inScope } from "../../core/access.ts";
import { now } from "../../core/clock.ts";
import { canonical, sha256 } from "../../core/crypto.ts";
import { db } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import { nextNumber } from "../rules.ts";
import type { KeepMeetingInput, SealMeetingInput } from "../schema.ts";
import { findCase, findOpenCase, noteCase, worksOn } from "./moving.ts";

/** Keeps the minutes of a meeting, new or changed. They are a draft until they are sealed. */
export const keepMeeting = (actor: Actor, { caseId, meetingId, revision, heldAt, ...words }: KeepMeetingInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const one = await findOpenCase(tx, actor, { caseId });
    const held = new Date(heldAt);
    if (held > now()) return { ok: false, problems: [{ field: "heldAt", code: "meeting-future" }] };
    const data = { ...words, heldAt: held, writtenBy: actor.personId, writtenAt: now() };
    if (meetingId) {
      const { count } = await tx.coachingMeeting.updateMany({
        where: { id: meetingId, caseId, revision, sealedAt: null },
        data: { ...data, revision: { increment: 1 } },
      });
      if (!count) throw new Refusal("stale");
    } else await tx.coachingMeeting.create({ data: { ...data, caseId, governmentId: one.governmentId } });
    await noteCase(tx, actor, "coaching.minutes-kept", one, { meetingId });
    return { ok: true };
  });

/** The number that the next berita acara of a government would have. */
export async function proposedNumber({ governmentId, zone }: { governmentId: string; zone: string }): Promise<string> {
  const last = await db.coachingMeeting.findFirst({
    where: { governmentId, sealedAt: { not: null } },
    orderBy: { sealedAt: "desc" },
    select: { number: true },
  });
  return nextNumber(last?.number ?? null, localDay(now(), zoneOf(zone)).slice(0, 4));
}

/**
 * Seals the minutes: from here on they are a berita acara with a number, which the database itself lets nobody change. A visit
 * in the fourth week is done by it.
 */
export const sealMeeting = (actor: Actor, { meetingId, revision, number }: SealMeetingInput): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const meeting = await tx.coachingMeeting.findFirst({ where: { id: meetingId, coachingCase: inScope(actor, "coaching.read") } });
    if (!meeting) throw new Refusal("not-found");
    const one = await findCase(tx, actor, { caseId: meeting.caseId });
    if (!worksOn(actor, one)) throw new Refusal("forbidden");
    if (meeting.sealedAt || meeting.revision !== revision) throw new Refusal("stale");
    // One at a time in a government, so that no number is given twice.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`berita acara ${one.governmentId}`}))`;
    if (await tx.coachingMeeting.count({ where: { governmentId: one.governmentId, number } }))
      return { ok: false, problems: [{ field: "number", code: "minutes-number-taken" }] };
    const at = now();
    const { heldAt, mode, place, attendees, minutes, agreed } = meeting;
    const said = { caseId: one.id, heldAt: heldAt.toISOString(), mode, place, attendees, minutes, agreed };
    const digest = sha256(canonical({ ...said, number, sealedBy: actor.personId, sealedAt: at.toISOString() }));
    const { count } = await tx.coachingMeeting.updateMany({
      where: { id: meetingId, revision, sealedAt: null },
      data: { number, digest, sealedBy: actor.personId, sealedAt: at, revision: { increment: 1 } },
    });
    if (!count) throw new Refusal("stale");
    if (mode === "visit")
      await tx.coachingReminder.updateMany({
        where: { caseId: one.id, week: 4, doneAt: null },
        data: { doneAt: at, doneBy: actor.personId, note: number },
      });
    await noteCase(tx, actor, "coaching.minutes-sealed", one, { meetingId, number, digest });
    return { ok: true };
  });
