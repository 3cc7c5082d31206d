import { db } from "../core/db.ts";
import type { Platform, WebhookEvent } from "../platforms/contract.ts";
import { ingest } from "./ingest.ts";

/** Brings a webhook's events to the accounts they are about; events of accounts that nobody connected are dropped. */
export async function takeInWebhook(platform: Platform, events: WebhookEvent[]) {
  const ids = [...new Set(events.map((e) => e.accountRemoteId))];
  const channels = await db.channel.findMany({
    where: { platform, mode: "api", remoteId: { in: ids }, state: { not: "disconnected" } },
    select: { id: true, remoteId: true, unitId: true, governmentId: true, unit: { select: { zone: true } } },
  });
  for (const { unit, ...channel } of channels) {
    const comments = events.flatMap((e) => (e.kind === "comment" && e.accountRemoteId === channel.remoteId ? [e.comment] : []));
    await ingest({ ...channel, zone: unit.zone }, comments);
  }
}
