import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../core/log.ts";
import { giveOutCases } from "../inbox/work/assigning.ts";
import { wakeSnoozed } from "../inbox/work/snoozing.ts";

/** Every five seconds what was put off comes back when its time has come, and new cases are given out, until `stop` is aborted. */
export async function runCases(stop: AbortSignal) {
  while (!stop.aborted) {
    try {
      const [woken, given] = [await wakeSnoozed(), await giveOutCases()];
      if (woken || given) continue;
    } catch (error) {
      log.warn({ err: error }, "cases: waiting for the database");
    }
    await sleep(5000, undefined, { signal: stop }).catch(() => {});
  }
}
