/** Which of our accounts a webhook speaks of. */
import { db } from "../../core/db.ts";
import type { Platform, WebhookEvent } from "../../platforms/contract.ts";

/** The connected accounts that events are about, and those that one of them is. */
export async function accountsOf(platform: Platform, events: readonly WebhookEvent[]) {
  const ids = [...new Set(events.flatMap((e) => e.accountRemoteId ?? []))];
  const answered = await channelsOfComments(platform, events);
  const channels = await db.channel.findMany({
    where: {
      platform,
      mode: "api",
      state: { not: "disconnected" },
      OR: [{ remoteId: { in: ids } }, { id: { in: [...answered.values()].flat() } }],
    },
    select: { id: true, remoteId: true, unitId: true, governmentId: true },
  });
  const concerned = (e: WebhookEvent) =>
    channels.filter(
      ({ id, remoteId }) =>
        e.accountRemoteId === remoteId ||
        (e.kind === "comment" && e.accountRemoteId === null && answered.get(e.comment.parentRemoteId ?? "")?.includes(id)),
    );
  return { channels, concerned };
}

/** Where the comments stand that are answered by comments without a named account: their channels by remote id. */
async function channelsOfComments(platform: Platform, events: readonly WebhookEvent[]): Promise<Map<string, string[]>> {
  const parents = events.flatMap((e) => (e.kind === "comment" && e.accountRemoteId === null ? (e.comment.parentRemoteId ?? []) : []));
  if (!parents.length) return new Map();
  const channels = await db.channel.findMany({
    where: { platform, mode: "api", state: { not: "disconnected" } },
    select: { id: true, remoteId: true },
  });
  const keys = await db.remoteKey.findMany({
    where: { channelId: { in: channels.map((c) => c.id) }, remoteId: { in: parents }, subject: "message" },
    select: { channelId: true, remoteId: true },
  });
  const found = new Map<string, string[]>();
  for (const { channelId, remoteId } of keys) found.set(remoteId, [...(found.get(remoteId) ?? []), channelId]);
  withinBatch(events, found, channels);
  return found;
}

/** What is answered may have come with its answer, and that may be answered too. */
function withinBatch(events: readonly WebhookEvent[], found: Map<string, string[]>, channels: readonly { id: string; remoteId: string }[]) {
  const told = events.flatMap((e) => (e.kind === "comment" ? [e] : []));
  for (const { accountRemoteId, comment } of told) {
    const own = channels.filter(({ remoteId }) => remoteId === accountRemoteId).map(({ id }) => id);
    if (own.length) found.set(comment.remoteId, own);
  }
  for (let before = -1; found.size > before; ) {
    before = found.size;
    for (const { accountRemoteId, comment } of told) {
      const above = accountRemoteId === null ? found.get(comment.parentRemoteId ?? "") : undefined;
      if (above && !found.has(comment.remoteId)) found.set(comment.remoteId, above);
    }
  }
}
