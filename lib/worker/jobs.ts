import type { PgBoss } from "pg-boss";
import { now } from "../core/clock.ts";
import type { Queues } from "../core/jobs.ts";
import { log } from "../core/log.ts";
import { takeInReply } from "../inbox/answering.ts";
import { takeInPublished } from "../posts/publishing.ts";
import { lastFullDay, recomputeAll, recomputeZone } from "../scores/recompute.ts";
import type { Zone } from "../units/calendar.ts";
import { maintain } from "./maintenance.ts";
import { schedule } from "./schedule.ts";

type Handlers = { [Q in keyof Queues]: (data: Queues[Q]) => Promise<unknown> };

const handlers: Handlers = {
  event: (event) => (event.subjectType === "post" ? takeInPublished(event.publicationId) : takeInReply(event.publicationId)),
  "scores.recompute": ({ zone }) => (zone ? recomputeZone(zone as Zone, lastFullDay(now(), zone as Zone)) : recomputeAll(now())),
  "units.maintain": () => maintain(),
};

/** Wires every queue to its handler and the cron table to the queues. */
export async function runJobs(boss: PgBoss) {
  for (const [queue, handle] of Object.entries(handlers) as [keyof Queues, (data: unknown) => Promise<unknown>][]) {
    await boss.work(queue, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async ([job]) => {
      try {
        await handle(job!.data);
      } catch (error) {
        log.error({ err: error, queue, job: job!.id }, "job failed; it will be tried again");
        throw error;
      }
    });
    for (const { key, cron, data } of schedule[queue] ?? []) await boss.schedule(queue, cron, data, { key, tz: "UTC" });
  }
}
