import type { PgBoss } from "pg-boss";
import { takeInAllInvites } from "../channels/invites.ts";
import { remindOfCases } from "../coaching/cases/reminding.ts";
import { watchDormancy } from "../coaching/watching/watching.ts";
import { now } from "../core/clock.ts";
import type { PublicationSubject } from "../core/events.ts";
import type { Queues } from "../core/jobs.ts";
import { log } from "../core/log.ts";
import { remindOfHandwork, tellOfPublication } from "../delivery/telling.ts";
import { tellDeadlines } from "../inbox/deadlines/escalating.ts";
import { restAnswered } from "../inbox/deadlines/resting.ts";
import { watchChannels } from "../inbox/intake/listening.ts";
import { takeInReply } from "../inbox/replies/answering.ts";
import { tellOfReply } from "../inbox/replies/telling.ts";
import { watchBursts } from "../inbox/topics/bursts.ts";
import { nameOlderTopics } from "../inbox/topics/naming.ts";
import { mailDue } from "../notices/mailing.ts";
import { takeInPublished } from "../posts/publishing.ts";
import { remindOfEmergencies, remindReviewers } from "../posts/reminding.ts";
import { makeSeriesPosts } from "../posts/series-making.ts";
import { makeScheduled } from "../reports/scheduling.ts";
import { sendReports } from "../reports/sending.ts";
import { remindDeciders } from "../scores/cases/reminding.ts";
import { recomputeAll, recomputeSince, rescoreAfter } from "../scores/recompute.ts";
import { zoneOf } from "../units/calendar.ts";
import { maintain } from "./maintenance.ts";
import { schedule } from "./schedule.ts";

type Handlers = { [Q in keyof Queues]: (data: Queues[Q]) => Promise<unknown> };

const handlers: Handlers = {
  event: async ({ subjectType, publicationId }) => {
    await settled[subjectType](publicationId);
    await tellOfPublication(publicationId);
  },
  "channels.invites": () => takeInAllInvites(),
  "posts.series": () => makeSeriesPosts(),
  "notices.mail": () => mailDue(),
  "notices.remind": async () => {
    await remindReviewers();
    await remindOfEmergencies();
    await remindOfHandwork();
  },
  "inbox.deadlines": async () => {
    while (await tellDeadlines());
  },
  "inbox.listen": () => watchChannels(),
  "inbox.rest": () => restAnswered(),
  "inbox.bursts": () => watchBursts(),
  "inbox.topics": () => nameOlderTopics(),
  "scores.recompute": ({ zone, governments }) => (zone ? recomputeSince(zoneOf(zone), now()) : recomputeAll(now(), governments)),
  "scores.remind": () => remindDeciders(),
  "scores.rescore": rescoreAfter,
  "coaching.watch": async () => {
    await watchDormancy();
    await remindOfCases();
  },
  "reports.schedule": async () => {
    await makeScheduled();
    await sendReports();
  },
  "units.maintain": () => maintain(),
};

/** Our first comment is nobody's question and nobody's answer: nothing is kept of it but its publication. */
const settled: Record<PublicationSubject, (publicationId: string) => Promise<void>> = {
  post: takeInPublished,
  "first-comment": async () => {},
  reply: async (publicationId) => {
    await takeInReply(publicationId);
    await tellOfReply(publicationId);
  },
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
    // What came due while the worker was off is made up for once; of an exclusive queue each key has a place of its own.
    for (const { key, cron, data } of schedule[queue] ?? [])
      await boss.schedule(queue, cron, data, { key, tz: "UTC", missed: "once", singletonKey: key });
  }
}
