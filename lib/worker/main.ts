import "./environment.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { db } from "../core/db.ts";
import { boss } from "../core/jobs.ts";
import { log } from "../core/log.ts";
import { runEngine } from "../delivery/engine.ts";
import { runCases } from "./cases.ts";
import { runJobs } from "./jobs.ts";
import { runModerations } from "./moderations.ts";
import { runPolls, runWebhooks } from "./polls.ts";
import { runReports } from "./reports.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

const worker = `${process.pid}-${Date.now().toString(36)}`;
log.info({ worker }, "worker started");
const engine = runEngine({ worker, concurrency: Number(process.env.DELIVERY_CONCURRENCY ?? 12), stop: stop.signal });
const polls = runPolls(stop.signal);
// While one waits for the database the other reads what came next.
const webhooks = Promise.all([runWebhooks(stop.signal), runWebhooks(stop.signal)]);
const cases = runCases(stop.signal);
const moderations = runModerations(stop.signal);
const reports = runReports(stop.signal);

/** The queue waits for the database like everything else. */
async function jobs() {
  while (!stop.signal.aborted) {
    try {
      const queue = await boss({ worker: true });
      await runJobs(queue);
      return queue;
    } catch (error) {
      log.warn({ err: error }, "queue: waiting for the database");
      await sleep(2000, undefined, { signal: stop.signal }).catch(() => {});
    }
  }
  return null;
}

const queue = await jobs();
await Promise.all([engine, polls, webhooks, cases, moderations, reports]);
await queue?.stop({ graceful: true, timeout: 5000 });
await db.$disconnect();
log.info({ worker }, "worker stopped");
process.exit(0);
