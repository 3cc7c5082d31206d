import { z } from "zod";
import type { LabRequest, Reply } from "./http.ts";
import type { Fault, Lab, LabPlatform } from "./lab.ts";
import type { Store } from "./store.ts";

/** Faults that any platform can have; a platform's own refusals come on top. "down" lasts until it is lifted, however often it strikes. */
export const commonFaults = [
  "drop-before",
  "accept-then-drop",
  "accept-then-500",
  "accept-then-timeout",
  "500-before",
  "timeout",
  "slow",
  "down",
] as const;

export const faultInput = z.strictObject({
  platform: z.string(),
  /** "POST feed", "POST *" or "*". */
  endpoint: z.string().min(1),
  /** Which matching call from now on is the first to fail; 1 is the next one. */
  call: z.int().min(1).default(1),
  times: z.int().min(1).default(1),
  fault: z.string(),
  /** How long "timeout" and "slow" wait. */
  ms: z.int().min(0).max(600_000).optional(),
  /** The platform's error code where a fault has several, such as 4 or 32 for Facebook's 429. */
  code: z.int().optional(),
});

export type FaultInput = z.input<typeof faultInput>;

/** Queues a fault and returns its number. */
export function addFault(store: Store, input: z.output<typeof faultInput>): number {
  const { platform, endpoint, call, fault, ms, code } = input;
  const times = fault === "down" ? Number.MAX_SAFE_INTEGER : input.times;
  return store.run(
    "INSERT INTO fault (platform, endpoint, call, times, fault, ms, code) VALUES (?, ?, ?, ?, ?, ?, ?)",
    platform,
    endpoint,
    call,
    times,
    fault,
    ms ?? null,
    code ?? null,
  ).id;
}

/** Lifts the faults of one platform, or all of them; returns how many. */
export const removeFaults = (store: Store, platform: string | null): number =>
  store.run("DELETE FROM fault WHERE platform = coalesce(?, platform)", platform).changes;

/** The faults still to come or under way, oldest first. */
export function listFaults(store: Store): Fault[] {
  return store.all<Fault>("SELECT * FROM fault WHERE seen - call + 1 < times ORDER BY n");
}

const matches = (pattern: string, endpoint: string): boolean =>
  pattern === "*" || pattern === endpoint || (pattern.endsWith(" *") && endpoint.startsWith(pattern.slice(0, -1)));

/** Counts this call against every queued fault and returns the oldest one that is due, if any. */
export function takeFault(store: Store, platform: string, endpoint: string): Fault | null {
  let due: Fault | null = null;
  for (const fault of listFaults(store)) {
    if (fault.platform !== platform || !matches(fault.endpoint, endpoint)) continue;
    store.run("UPDATE fault SET seen = seen + 1 WHERE n = ?", fault.n);
    if (fault.seen + 1 >= fault.call) due ??= fault;
  }
  return due;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Answers the request under the given fault. Null means: cut the connection without an answer. */
export async function perform(fault: Fault | null, platform: LabPlatform, lab: Lab, request: LabRequest): Promise<Reply | null> {
  switch (fault?.fault) {
    case undefined:
      return platform.api(lab, request);
    case "drop-before":
      return null;
    case "accept-then-drop":
      await platform.api(lab, request);
      return null;
    case "accept-then-500":
      await platform.api(lab, request);
      return platform.broken();
    case "accept-then-timeout":
      await platform.api(lab, request);
      await wait(fault?.ms ?? 60_000);
      return null;
    case "down":
      return { status: 503, headers: { "content-type": "text/plain", "retry-after": "30" }, body: "Service Unavailable" };
    case "500-before":
      return platform.broken();
    case "timeout":
      await wait(fault?.ms ?? 60_000);
      return null;
    case "slow":
      await wait(fault?.ms ?? 3_000);
      return platform.api(lab, request);
  }
  const refuse = fault && platform.refusals[fault.fault];
  return refuse ? refuse(lab, request, fault) : platform.broken();
}
