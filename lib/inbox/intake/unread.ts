/** Notifications that could not be read: they wait for a person. */
import { type Actor, inScope } from "../../core/access.ts";
import { record } from "../../core/audit.ts";
import { now } from "../../core/clock.ts";
import { db, type Tx } from "../../core/db.ts";
import { type Answer, Refusal } from "../../core/errors.ts";
import { signal } from "../../core/live.ts";
import { notify } from "../../notices/notifying.ts";
import { holdersOf } from "../../people/holders.ts";
import type { Platform } from "../../platforms/contract.ts";
import { localDay, zoneOf } from "../../units/calendar.ts";
import type { UnreadRef } from "../schema.ts";

type Place = { id: string; unitId: string; governmentId: string };

/** Gives up reading a notification, and tells those who keep its account, once a day for each. `channel` null: whose it is cannot be told. */
export const setAside = (id: string, channel: Place | null, error: unknown) =>
  db.$transaction(async (tx) => {
    const place = channel && { channelId: channel.id, unitId: channel.unitId, governmentId: channel.governmentId };
    await tx.webhookDelivery.update({ where: { id }, data: { state: "failed", problem: codeOf(error), ...place } });
    if (channel) await tell(tx, channel);
  });

/** What went wrong without a word of what was to be read. */
const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return String(code ?? name ?? "error").slice(0, 60);
};

async function tell(tx: Tx, { id, unitId }: Place) {
  const { platform, handle, unit } = await tx.channel.findUniqueOrThrow({
    where: { id },
    select: { platform: true, handle: true, unit: { select: { shortName: true, zone: true } } },
  });
  const holders = await holdersOf(tx, [unitId], ["admin", "supervisor", "system_admin"]);
  await notify(tx, {
    type: "inbox.unread",
    to: holders.map(({ personId }) => personId),
    by: null,
    subject: { type: "channel", id },
    unitId,
    link: "/operations",
    key: `${id} ${localDay(now(), zoneOf(unit.zone))}`,
    params: { unit: unit.shortName, platform, handle },
  });
}

export type Unread = {
  id: string;
  platform: Platform;
  handle: string;
  unit: string;
  zone: string;
  receivedAt: Date;
  problem: string | null;
};
const MOST_SHOWN = 50;

/** What the actor may decide on: of the accounts that he keeps; of those whose account cannot be told, any system administrator. */
const within = (actor: Actor) => ({
  OR: [inScope(actor, "channel.manage"), ...(administered(actor) ? [{ channelId: null }] : [])],
});
const administered = (actor: Actor) => actor.authorities.find(({ role }) => role === "system_admin");

/** What waits of the accounts that the actor keeps, the oldest first, at most fifty. */
export async function unreadOf(actor: Actor): Promise<Unread[]> {
  const rows = await db.webhookDelivery.findMany({
    where: { AND: [{ state: "failed" }, within(actor)] },
    orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
    take: MOST_SHOWN,
    select: {
      id: true,
      platform: true,
      receivedAt: true,
      problem: true,
      channel: { select: { handle: true } },
      unit: { select: { shortName: true, zone: true } },
    },
  });
  return rows.map(({ channel, unit, platform, ...row }) => ({
    ...row,
    platform: platform as Platform,
    handle: channel?.handle ?? "",
    unit: unit?.shortName ?? "",
    zone: unit?.zone ?? "Asia/Jakarta",
  }));
}

/** A person wants it read again, now. */
export const readAgain = (actor: Actor, ref: UnreadRef): Promise<Answer> =>
  decide(actor, ref, "webhook.read-again", async (tx, id) => {
    await tx.webhookDelivery.update({ where: { id }, data: { state: "waiting", attempts: 0, runAt: now(), problem: null } });
    await signal(tx, { topic: "webhook-due" });
  });

/** A person lets it go: its words are forgotten. */
export const letGo = (actor: Actor, ref: UnreadRef): Promise<Answer> =>
  decide(actor, ref, "webhook.let-go", (tx, id) => tx.webhookDelivery.update({ where: { id }, data: { state: "taken", events: null } }));

const decide = (
  actor: Actor,
  { deliveryId: id }: UnreadRef,
  type: string,
  act: (tx: Tx, id: string) => Promise<unknown>,
): Promise<Answer> =>
  db.$transaction(async (tx) => {
    const found = await tx.webhookDelivery.findFirst({
      where: { AND: [{ id }, within(actor)] },
      select: { channelId: true, unitId: true, governmentId: true },
    });
    const place = found?.unitId && found.governmentId ? { unitId: found.unitId, governmentId: found.governmentId } : administered(actor);
    if (!found || !place) throw new Refusal("not-found");
    await tx.$queryRaw`SELECT 1 FROM webhook_delivery WHERE id = ${id}::uuid FOR UPDATE`;
    if (!(await tx.webhookDelivery.count({ where: { id, state: "failed" } }))) throw new Refusal("stale");
    await act(tx, id);
    const subject = found.channelId ? { subjectType: "channel", subjectId: found.channelId } : { subjectType: "webhook", subjectId: id };
    await record(tx, actor, { type, ...subject, place, payload: { deliveryId: id } });
    return { ok: true };
  });
