import { setTimeout as sleep } from "node:timers/promises";
import { now } from "../core/clock.ts";
import { onSignal } from "../core/live.ts";
import { log } from "../core/log.ts";
import { claimDue, nextDueAt } from "./claims.ts";
import { deliver } from "./publishing.ts";

const MAX_SLEEP_MS = 1000;

/**
 * Runs the schedule until `stop` is aborted: claims what is due, sends at most `concurrency` at once, sleeps until the
 * next row (at most 1 s) and is woken by a signal. A database that is away is waited for.
 */
export async function runEngine({ worker, concurrency, stop }: { worker: string; concurrency: number; stop: AbortSignal }) {
  const running = new Set<Promise<void>>();
  let wake = () => {};
  const unsubscribe = onSignal((s) => s.topic === "publication-due" && wake());
  const rest = (ms: number) => {
    const woken = new AbortController();
    wake = () => woken.abort();
    return sleep(ms, undefined, { signal: AbortSignal.any([woken.signal, stop]) }).catch(() => {});
  };

  while (!stop.aborted) {
    try {
      const free = concurrency - running.size;
      const claims = free > 0 ? await claimDue(worker, free) : [];
      for (const claim of claims) {
        const task = deliver(claim)
          .catch((error) => log.error({ err: error, publication: claim.id }, "could not settle; the lease will run out"))
          .finally(() => {
            running.delete(task);
            wake();
          });
        running.add(task);
      }
      if (claims.length && running.size < concurrency) continue;
      const next = free > 0 ? await nextDueAt() : null;
      await rest(Math.max(5, Math.min(MAX_SLEEP_MS, next ? next.getTime() - now().getTime() : MAX_SLEEP_MS)));
    } catch (error) {
      log.warn({ err: error }, "schedule: waiting for the database");
      await rest(MAX_SLEEP_MS);
    }
  }
  unsubscribe();
  await Promise.all(running);
}
