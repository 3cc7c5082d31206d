import { deserialize, serialize } from "node:v8";
import { now } from "../../core/clock.ts";
import { open, seal, sha256 } from "../../core/crypto.ts";
import { db, Prisma, type Tx } from "../../core/db.ts";
import { signal } from "../../core/live.ts";
import { log } from "../../core/log.ts";
import { takeInReceipt } from "../../delivery/receipts.ts";
import type { Platform, WebhookEvent } from "../../platforms/contract.ts";
import { takeInPosts } from "../../posts/intake.ts";
import { signalCases } from "../signalling.ts";
import { noteRemoved } from "./changes.ts";
import { linkCases } from "./facts.ts";
import { type Heard, ingestAll } from "./ingest.ts";
import { setAside } from "./unread.ts";
import { accountsOf } from "./webhook-accounts.ts";

const MINUTE = 60_000;
const LEASE_MS = 2 * MINUTE;
const MOST_ATTEMPTS = 8;
/** How often what answers something unknown is looked at: that may be on its way in another worker's hands. */
const MOST_LOOKS = 3;

/**
 * Keeps what a signed body told until the worker has read it: the platform is answered at once, and nothing is lost when the
 * worker is away. The same body again changes nothing. Sealed, as citizens' words are not masked yet.
 */
export async function acceptWebhook(platform: Platform, body: Uint8Array, events: readonly WebhookEvent[]): Promise<void> {
  if (!events.length) return;
  const at = now();
  await db.$transaction(async (tx) => {
    const { count } = await tx.webhookDelivery.createMany({
      data: [
        {
          platform,
          digest: sha256(body),
          events: seal(serialize(events).toString("base64")),
          count: events.length,
          runAt: at,
          receivedAt: at,
        },
      ],
      skipDuplicates: true,
    });
    if (count) await signal(tx, { topic: "webhook-due" });
  });
}

type Delivery = { id: string; platform: Platform; digest: string; events: string; attempts: number; receivedAt: Date };

/** Reads waiting deliveries into the inbox, oldest first; several workers never read the same one. Returns how many it took up. */
export async function drainWebhooks(limit = 20): Promise<number> {
  const at = now();
  const claimed = await db.$queryRaw<Delivery[]>(Prisma.sql`
    UPDATE webhook_delivery SET run_at = ${new Date(at.getTime() + LEASE_MS)}, attempts = attempts + 1
    WHERE id IN (SELECT id FROM webhook_delivery WHERE state = 'waiting' AND run_at <= ${at} ORDER BY run_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, platform, digest, events, attempts, received_at AS "receivedAt"`);
  if (!claimed.length) return 0;
  try {
    await readAll(claimed);
  } catch (error) {
    if (claimed.length === 1) await postpone(claimed[0]!, error);
    else for (const one of claimed) await readAll([one]).catch((each) => postpone(one, each));
  }
  return claimed.length;
}

async function readAll(deliveries: readonly Delivery[]) {
  const later: Prisma.WebhookDeliveryCreateManyInput[] = [];
  for (const platform of new Set(deliveries.map((one) => one.platform))) {
    const given = deliveries
      .filter((one) => one.platform === platform)
      .flatMap((delivery) => eventsOf(delivery).map((event, index) => ({ event, index, delivery })));
    const strange = await takeInWebhook(
      platform,
      given.map(({ event }) => event),
    );
    const runAt = new Date(now().getTime() + MINUTE / 2);
    for (const { event, index, delivery } of given)
      if (strange.has(event) && delivery.attempts < MOST_LOOKS) later.push({ ...alone(delivery, event, index), runAt });
  }
  const taken = { id: { in: deliveries.map(({ id }) => id) } };
  await db.$transaction([
    db.webhookDelivery.createMany({ data: later, skipDuplicates: true }),
    db.webhookDelivery.updateMany({ where: taken, data: { state: "taken", events: null } }),
  ]);
}

/** One event as a delivery of its own. */
const alone = ({ platform, digest, attempts, receivedAt }: Delivery, event: WebhookEvent, index: number) => ({
  platform,
  digest: sha256(`${digest} ${index}`),
  events: seal(serialize([event]).toString("base64")),
  count: 1,
  attempts,
  receivedAt,
});

const eventsOf = ({ events }: Delivery) => deserialize(Buffer.from(open(events), "base64")) as WebhookEvent[];

/** One that cannot be read waits longer each time, and at last for a person. Of several events none waits for another. */
async function postpone(delivery: Delivery, error: unknown) {
  const { id, platform, attempts } = delivery;
  log.error({ err: error, delivery: id, platform, attempts }, "webhook delivery not read");
  const events = eventsIn(delivery);
  if (events && events.length > 1) return split(delivery, events);
  if (attempts < MOST_ATTEMPTS)
    await db.webhookDelivery.update({
      where: { id },
      data: { runAt: new Date(now().getTime() + Math.min(60, 2 ** attempts) * MINUTE) },
    });
  else await setAside(id, events && (await accountOf(platform, events)), error);
}

/** Whose account events that cannot be read are about; null where that cannot be told either. */
const accountOf = (platform: Platform, events: readonly WebhookEvent[]) =>
  accountsOf(platform, events).then(
    ({ channels }) => channels[0] ?? null,
    () => null,
  );

/** Reads each event by itself; what cannot be read becomes a delivery of its own. */
async function split(delivery: Delivery, events: readonly WebhookEvent[]) {
  const { id, platform } = delivery;
  const runAt = new Date(now().getTime() + MINUTE);
  const unread: Prisma.WebhookDeliveryCreateManyInput[] = [];
  for (const [index, event] of events.entries())
    await takeInWebhook(platform, [event]).catch((error) => {
      log.error({ err: error, delivery: id, platform, event: index }, "webhook event not read");
      unread.push({ ...alone(delivery, event, index), runAt });
    });
  await db.$transaction([
    db.webhookDelivery.createMany({ data: unread, skipDuplicates: true }),
    db.webhookDelivery.update({ where: { id }, data: { state: "taken", events: null } }),
  ]);
}

function eventsIn(delivery: Delivery): WebhookEvent[] | null {
  try {
    return eventsOf(delivery);
  } catch {
    return null;
  }
}

const UNREAD_DAYS = 30;

/** Forgets digests of before `before`, and what nobody could read, nor looked at, a month later. */
export const forgetWebhooks = async (before: Date) => {
  const longAgo = new Date(before.getTime() - UNREAD_DAYS * 24 * 60 * MINUTE);
  await db.webhookDelivery.deleteMany({
    where: {
      OR: [
        { receivedAt: { lt: before }, state: "taken" },
        { receivedAt: { lt: longAgo }, state: { not: "taken" } },
      ],
    },
  });
  await db.removedKey.deleteMany({ where: { at: { lt: before } } });
};

/**
 * Brings a webhook's events to the accounts they are about; events of accounts that nobody connected are dropped. Returns those
 * that name no account but something they answer, which is not known (yet).
 */
export async function takeInWebhook(platform: Platform, events: readonly WebhookEvent[]): Promise<ReadonlySet<WebhookEvent>> {
  const { channels, concerned } = await accountsOf(platform, events);
  for (const channel of channels) {
    const posts = events.flatMap((e) => (e.kind === "post" && concerned(e).includes(channel) ? [e.post] : []));
    if (posts.length)
      await db.$transaction(async (tx) => {
        await takeInPosts(tx, channel, posts);
        await linkCases(tx, channel.id);
      });
  }
  for (const event of events)
    if (event.kind === "sent" || event.kind === "not-sent")
      await takeInReceipt(
        concerned(event).map(({ id }) => id),
        event,
      );
  const heard: Heard[] = events.flatMap((e) =>
    e.kind === "comment" ? concerned(e).map((channel) => ({ channel, comment: e.comment })) : [],
  );
  await ingestAll(heard, "webhook");
  for (const event of events)
    if (event.kind === "comment-removed")
      for (const channel of concerned(event)) await db.$transaction((tx) => removed(tx, channel, event.remoteId));
  await noteHeard(channels.map(({ id }) => id));
  return new Set(events.filter((e) => e.kind === "comment" && e.accountRemoteId === null && concerned(e).length === 0));
}

async function removed(tx: Tx, channel: { id: string }, remoteId: string) {
  const changed = await noteRemoved(tx, channel, remoteId);
  if (changed) await signalCases(tx, [changed.caseId]);
}

/** That an account's webhooks work is known to the minute. */
const noteHeard = (channelIds: readonly string[]) => {
  const at = now();
  return db.channel.updateMany({
    where: { id: { in: [...channelIds] }, OR: [{ heardAt: null }, { heardAt: { lt: new Date(at.getTime() - MINUTE) } }] },
    data: { heardAt: at },
  });
};
