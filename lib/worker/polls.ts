import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../core/log.ts";
import { claimPolls, pollChannel } from "../inbox/polling.ts";

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
