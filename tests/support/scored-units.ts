/** Units with accounts whose scores are computed from rows of a real database: their posts, and the answers that they owe. */
import { randomInt } from "node:crypto";
import { db } from "#lib/core/db.ts";
import type { UnitClass } from "#lib/scores/settings.ts";
import { startOfDay, type Zone } from "#lib/units/calendar.ts";

export type Place = { id: string; governmentId: string; zone: Zone };
export type Account = { id: string; unitId: string; governmentId: string; zone: Zone };

type UnitMade = { above?: readonly string[]; government?: string; zone?: Zone; scoreClass?: UnitClass };

/** An agency that is its own government unless one is named; `above`: its ancestors, the nearest first. */
export async function makeUnit({ above = [], government, zone = "Asia/Jakarta", scoreClass = "C" }: UnitMade = {}): Promise<Place> {
  const id = crypto.randomUUID();
  const governmentId = government ?? id;
  await db.unit.create({ data: { id, code: id, name: id, shortName: id, kind: "agency", scoreClass, governmentId, zone } });
  await db.unitClosure.createMany({ data: [id, ...above].map((ancestorId, depth) => ({ ancestorId, unitId: id, depth })) });
  return { id, governmentId, zone };
}

type AccountMade = { isPrimary?: boolean; state?: string; firstSeenAt?: Date; followers?: number | null; commentsOpen?: boolean };

export async function makeAccount(unit: Place, more: AccountMade = {}): Promise<Account> {
  const place = { unitId: unit.id, governmentId: unit.governmentId };
  const { id } = await db.channel.create({
    data: {
      ...{ ...place, platform: "facebook", mode: "api", remoteId: String(randomInt(1e12)), handle: "", name: "", baseUrl: "" },
      ...{ isPrimary: true, commentsOpen: true, firstSeenAt: new Date("2026-01-01"), nextPollAt: new Date("2999-01-01"), ...more },
    },
    select: { id: true },
  });
  return { id, ...place, zone: unit.zone };
}

let serial = 0;

type PostMade = {
  hour?: number;
  category?: string;
  removedAt?: Date;
  similarOwn?: number;
  likes?: number;
  text?: string;
  visual?: string;
  hasAlt?: boolean;
  hasLink?: boolean;
};

/** A post of a local day, at noon unless told otherwise; returns its id. */
export async function publish({ id: channelId, unitId, governmentId, zone }: Account, day: string, made: PostMade = {}): Promise<string> {
  const { hour = 12, ...rest } = made;
  const at = new Date(startOfDay(day, zone).getTime() + hour * 3_600_000);
  const found = { channelId, unitId, governmentId, remoteId: String(++serial), firstSeenAt: at, publishedAt: at };
  const { id } = await db.remotePost.create({
    data: { ...found, text: "", textKey: "", category: "substantive", ...rest },
    select: { id: true },
  });
  return id;
}

/** A message whose answer fell due at noon of a local day: answered then, later within twice the time given, or never. */
export async function owe({ id: channelId, unitId, governmentId, zone }: Account, day: string, answer: "on-time" | "late" | "never") {
  const dueAt = new Date(startOfDay(day, zone).getTime() + 43_200_000);
  const place = { channelId, unitId, governmentId };
  const citizen = await db.citizen.create({
    data: { channelId, remoteId: String(++serial), pseudonym: "", firstSeenAt: dueAt },
    select: { id: true },
  });
  const found = await db.inboxCase.create({
    data: {
      ...{ ...place, rootRemoteId: String(++serial), citizenId: citizen.id, authorName: "", excerpt: "", kind: "question" },
      ...{ confidence: 1, reasons: [], receivedAt: dueAt, lastMessageAt: dueAt, lastRemoteId: "" },
    },
    select: { id: true },
  });
  const hours = { "on-time": 0, late: 1, never: null }[answer];
  const answeredAt = hours === null ? null : new Date(dueAt.getTime() + hours * 3_600_000);
  const lateUntil = new Date(dueAt.getTime() + 7_200_000);
  await db.replyDuty.create({ data: { ...place, caseId: found.id, messageId: found.id, openedAt: dueAt, dueAt, lateUntil, answeredAt } });
}
