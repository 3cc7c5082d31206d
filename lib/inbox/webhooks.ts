import { db } from "../core/db.ts";
import { takeInReceipt } from "../delivery/receipts.ts";
import type { Platform, WebhookEvent } from "../platforms/contract.ts";
import { takeInPosts } from "../posts/intake.ts";
import { ingest } from "./ingest.ts";

/** Brings a webhook's events to the accounts they are about; events of accounts that nobody connected are dropped. */
export async function takeInWebhook(platform: Platform, events: WebhookEvent[]) {
  const ids = [...new Set(events.flatMap((e) => e.accountRemoteId ?? []))];
  const answered = await channelsOfComments(platform, events);
  const channels = await db.channel.findMany({
    where: {
      platform,
      mode: "api",
      state: { not: "disconnected" },
      OR: [{ remoteId: { in: ids } }, { id: { in: answered.map((row) => row.channelId) } }],
    },
    select: { id: true, remoteId: true, unitId: true, governmentId: true, unit: { select: { zone: true } } },
  });
  for (const { unit, ...channel } of channels) {
    const concerns = (e: WebhookEvent) =>
      e.accountRemoteId === channel.remoteId ||
      (e.kind === "comment" &&
        e.accountRemoteId === null &&
        answered.some((row) => row.channelId === channel.id && row.remoteId === e.comment.parentRemoteId));
    const posts = events.flatMap((e) => (e.kind === "post" && concerns(e) ? [e.post] : []));
    if (posts.length) await db.$transaction((tx) => takeInPosts(tx, channel, posts));
    for (const event of events)
      if ((event.kind === "sent" || event.kind === "not-sent") && concerns(event)) await takeInReceipt([channel.id], event);
    const comments = events.flatMap((e) => (e.kind === "comment" && concerns(e) ? [e.comment] : []));
    await ingest({ ...channel, zone: unit.zone }, comments);
  }
}

/** Where the comments stand that are answered by comments without a named account. */
async function channelsOfComments(platform: Platform, events: WebhookEvent[]) {
  const parents = events.flatMap((e) => (e.kind === "comment" && e.accountRemoteId === null ? (e.comment.parentRemoteId ?? []) : []));
  if (!parents.length) return [];
  const channels = await db.channel.findMany({ where: { platform, mode: "api", state: { not: "disconnected" } }, select: { id: true } });
  return db.remoteKey.findMany({
    where: { channelId: { in: channels.map((c) => c.id) }, remoteId: { in: parents }, subject: "message" },
    select: { channelId: true, remoteId: true },
  });
}
