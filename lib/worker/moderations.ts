import { setTimeout as sleep } from "node:timers/promises";
import { onSignal } from "../core/live.ts";
import { log } from "../core/log.ts";
import { moderateDue } from "../inbox/moderation/sending.ts";

/** Likes, hides and shows comments as soon as it was ordered, until `stop` is aborted. */
export async function runModerations(stop: AbortSignal) {
  let wake = () => {};
  const stopHearing = onSignal(({ topic }) => topic === "moderation-due" && wake());
  while (!stop.aborted) {
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    try {
      if (await moderateDue()) continue;
    } catch (error) {
      log.warn({ err: error }, "moderations: waiting for the database");
    }
    await Promise.race([woken, sleep(5000, undefined, { signal: stop }).catch(() => {})]);
  }
  stopHearing();
}
