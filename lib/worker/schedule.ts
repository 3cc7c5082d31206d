import type { Queues } from "../core/jobs.ts";

/** The one cron table. Times are UTC: 17.10 is 00.10 WIB, 16.10 is 00.10 WITA, 15.10 is 00.10 WIT. */
export const schedule: { [Q in keyof Queues]?: { key: string; cron: string; data: Queues[Q] }[] } = {
  "channels.invites": [{ key: "quarter-hourly", cron: "*/15 * * * *", data: {} }],
  "posts.series": [{ key: "hourly", cron: "5 * * * *", data: {} }],
  "notices.mail": [{ key: "each-minute", cron: "* * * * *", data: {} }],
  "notices.remind": [{ key: "five-minutely", cron: "*/5 * * * *", data: {} }],
  "inbox.deadlines": [{ key: "each-minute", cron: "* * * * *", data: {} }],
  "inbox.listen": [{ key: "ten-minutely", cron: "*/10 * * * *", data: {} }],
  "inbox.rest": [{ key: "daily", cron: "0 18 * * *", data: {} }],
  "inbox.bursts": [{ key: "each-minute", cron: "* * * * *", data: {} }],
  "inbox.topics": [{ key: "daily", cron: "30 19 * * *", data: {} }],
  "scores.recompute": [
    { key: "wit", cron: "10 15 * * *", data: { zone: "Asia/Jayapura" } },
    { key: "wita", cron: "10 16 * * *", data: { zone: "Asia/Makassar" } },
    { key: "wib", cron: "10 17 * * *", data: { zone: "Asia/Jakarta" } },
    { key: "wib-barat", cron: "15 17 * * *", data: { zone: "Asia/Pontianak" } },
  ],
  // At the start of a working day, east to west between 9 and 7.
  "scores.remind": [{ key: "daily", cron: "0 0 * * *", data: {} }],
  "coaching.watch": [{ key: "daily", cron: "45 17 * * *", data: {} }],
  "reports.schedule": [{ key: "each-minute", cron: "* * * * *", data: {} }],
  "units.maintain": [{ key: "daily", cron: "30 18 * * *", data: {} }],
};
