import { setTimeout as sleep } from "node:timers/promises";
import { onSignal } from "../core/live.ts";
import { log } from "../core/log.ts";
import { makeNext } from "../reports/making.ts";

/** Makes reports as soon as they are asked for, one after the other, until `stop` is aborted. */
export async function runReports(stop: AbortSignal) {
  let wake = () => {};
  const stopHearing = onSignal(({ topic }) => topic === "report-due" && wake());
  while (!stop.aborted) {
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    try {
      // Publishing shares this process: it gets its turn after each report.
      if (await makeNext()) {
        await sleep(5);
        continue;
      }
    } catch (error) {
      log.warn({ err: error }, "reports: waiting for the database");
    }
    await Promise.race([woken, sleep(5000, undefined, { signal: stop }).catch(() => {})]);
  }
  stopHearing();
}
