import { fromPrisma, PgBoss } from "pg-boss";
import type { db, Tx } from "./db.ts";
import { env } from "./env.ts";
import { log } from "./log.ts";

/** Queues and what their jobs carry. Handlers stand in the domains' jobs.ts and are wired in the worker. */
export type Queues = {
  event: import("./events.ts").DomainEvent;
  "channels.invites": Record<string, never>;
  "posts.series": Record<string, never>;
  "notices.mail": Record<string, never>;
  "notices.remind": Record<string, never>;
  "inbox.deadlines": Record<string, never>;
  "inbox.listen": Record<string, never>;
  "inbox.rest": Record<string, never>;
  "inbox.bursts": Record<string, never>;
  "inbox.topics": Record<string, never>;
  "scores.recompute": { zone?: string; governments?: string[]; requestedBy?: string };
  "scores.remind": Record<string, never>;
  "scores.rescore": { channelIds: string[]; fromDay: string; objectionId?: string };
  "coaching.watch": Record<string, never>;
  "reports.schedule": Record<string, never>;
  "units.maintain": Record<string, never>;
};

/** Every job is safe to run twice, so a lost worker's job simply runs again. */
export const queueOptions: Record<keyof Queues, { policy?: "exclusive"; retryLimit: number; expireInSeconds: number }> = {
  event: { retryLimit: 8, expireInSeconds: 60 },
  "channels.invites": { policy: "exclusive", retryLimit: 0, expireInSeconds: 600 },
  "posts.series": { policy: "exclusive", retryLimit: 3, expireInSeconds: 900 },
  "notices.mail": { policy: "exclusive", retryLimit: 0, expireInSeconds: 600 },
  "notices.remind": { policy: "exclusive", retryLimit: 0, expireInSeconds: 300 },
  "inbox.deadlines": { policy: "exclusive", retryLimit: 0, expireInSeconds: 300 },
  "inbox.listen": { policy: "exclusive", retryLimit: 0, expireInSeconds: 300 },
  "inbox.rest": { policy: "exclusive", retryLimit: 3, expireInSeconds: 900 },
  "inbox.bursts": { policy: "exclusive", retryLimit: 0, expireInSeconds: 300 },
  "inbox.topics": { policy: "exclusive", retryLimit: 3, expireInSeconds: 3600 },
  "scores.recompute": { policy: "exclusive", retryLimit: 3, expireInSeconds: 900 },
  "scores.remind": { policy: "exclusive", retryLimit: 3, expireInSeconds: 300 },
  "scores.rescore": { retryLimit: 3, expireInSeconds: 900 },
  "coaching.watch": { policy: "exclusive", retryLimit: 3, expireInSeconds: 300 },
  "reports.schedule": { policy: "exclusive", retryLimit: 0, expireInSeconds: 600 },
  "units.maintain": { policy: "exclusive", retryLimit: 3, expireInSeconds: 300 },
};

const shared = globalThis as { gardaBoss?: Promise<PgBoss> };

/** pg-boss for this process; `worker` also keeps house (retries, schedules). The schema is migrated at start by the owner. */
export function boss(options: { worker: boolean } = { worker: false }): Promise<PgBoss> {
  shared.gardaBoss ??= (async () => {
    const instance = new PgBoss({
      connectionString: env().DIRECT_URL ?? env().DATABASE_URL,
      schema: "pgboss",
      max: options.worker ? 4 : 2,
      migrate: false,
      createSchema: false,
      supervise: options.worker,
      schedule: options.worker,
      superviseIntervalSeconds: 15,
      reindex: false,
    });
    instance.on("error", (error) => log.error({ err: error }, "queue"));
    await instance.start();
    for (const [name, queue] of Object.entries(queueOptions)) {
      await instance.createQueue(name, { ...queue, retryBackoff: true, retryDelay: 1, heartbeatSeconds: 10 });
    }
    return instance;
  })();
  shared.gardaBoss.catch(() => {
    shared.gardaBoss = undefined;
  });
  return shared.gardaBoss;
}

/** Puts a job in its queue within `tx`: no commit, no job. */
export async function enqueue<Q extends keyof Queues>(
  tx: Tx,
  queue: Q,
  data: Queues[Q],
  options: { startAfter?: Date; singletonKey?: string } = {},
) {
  const instance = await boss();
  await instance.send(queue, data as object, { ...options, db: fromPrisma(tx as typeof db) });
}
