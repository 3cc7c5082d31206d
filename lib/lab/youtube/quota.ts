import type { Lab } from "../lab.ts";
import { quotaExceeded } from "./errors.ts";

const day = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Los_Angeles" });

type Bucket = "units" | "uploads";

/** How many of a project's units or uploads a day allows; null: the lab counts but never refuses. */
export function setQuota(lab: Lab, bucket: Bucket, most: number | null): void {
  lab.store.setSetting(`youtube.quota.${bucket}`, most === null ? null : String(most));
}

/**
 * Takes from the project's quota of the day, which begins at midnight in California; throws quotaExceeded when it is used up.
 * Source: YouTube Data API, "Quota Calculator".
 */
export function spend(lab: Lab, bucket: Bucket, cost: number): void {
  const key = `youtube.spent.${bucket}`;
  const [date, spent] = (lab.store.setting(key) ?? "").split(" ");
  const today = day.format(lab.now());
  const before = date === today ? Number(spent) : 0;
  const most = lab.store.setting(`youtube.quota.${bucket}`);
  if (most !== null && before + cost > Number(most)) throw quotaExceeded();
  lab.store.setSetting(key, `${today} ${before + cost}`);
}
