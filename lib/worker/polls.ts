import { setTimeout as sleep } from "node:timers/promises";
import { onSignal } from "../core/live.ts";
import { log } from "../core/log.ts";
import { claimPolls, pollChannel } from "../inbox/intake/polling.ts";
import { drainWebhooks } from "../inbox/intake/webhooks.ts";

/** Reads the accounts whose time has come, two at a time, until `stop` is aborted. */
export async function runPolls(stop: AbortSignal) {
  while (!stop.aborted) {
    try {
      const due = await claimPolls(2);
      await Promise.all(due.map(pollChannel));
      if (due.length) continue;
    } catch (error) {
      log.warn({ err: error }, "polls: waiting for the database");
    }
    await sleep(1000, undefined, { signal: stop }).catch(() => {});
  }
}

/** Reads what webhooks brought, as soon as it is there, until `stop` is aborted. */
export async function runWebhooks(stop: AbortSignal) {
  let wake = () => {};
  const stopHearing = onSignal(({ topic }) => topic === "webhook-due" && wake());
  while (!stop.aborted) {
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    try {
      if (await drainWebhooks()) continue;
    } catch (error) {
      log.warn({ err: error }, "webhooks: waiting for the database");
    }
    await Promise.race([woken, sleep(1000, undefined, { signal: stop }).catch(() => {})]);
  }
  stopHearing();
}
