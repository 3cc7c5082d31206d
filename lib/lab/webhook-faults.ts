import { z } from "zod";
import type { Store } from "./store.ts";

/** What a network, or a platform on a bad day, does to notifications. */
export const webhookFaults = ["drop", "duplicate", "hold", "wrong-signature", "reserialise"] as const;
type WebhookFault = (typeof webhookFaults)[number];

export const webhookFaultInput = z.strictObject({
  platform: z.string(),
  fault: z.enum(webhookFaults),
  /** How many of the next notifications it strikes. */
  times: z.int().min(1).max(100_000).default(1),
});

type Queued = { fault: WebhookFault; times: number };
const key = (platform: string) => `webhook-faults.${platform}`;
const queued = (store: Store, platform: string): Queued[] => JSON.parse(store.setting(key(platform)) ?? "[]") as Queued[];

export function addWebhookFault(store: Store, { platform, fault, times }: z.output<typeof webhookFaultInput>): void {
  store.setSetting(key(platform), JSON.stringify([...queued(store, platform), { fault, times }]));
}

/** The fault that strikes the next notification of a platform, which is thereby used up once; null when there is none. */
function takeWebhookFault(store: Store, platform: string): WebhookFault | null {
  const [first, ...others] = queued(store, platform);
  if (!first) return null;
  const left = first.times > 1 ? [{ ...first, times: first.times - 1 }, ...others] : others;
  store.setSetting(key(platform), left.length ? JSON.stringify(left) : null);
  return first.fault;
}

export type Outgoing = { body: string; headers: { [name: string]: string }; state: "pending" | "held" | "dropped" };

/** What becomes of one signed notification on its way: none, one or two deliveries. */
export function spoil(store: Store, platform: string, body: string, headers: { [name: string]: string }): Outgoing[] {
  const intact: Outgoing = { body, headers, state: "pending" };
  switch (takeWebhookFault(store, platform)) {
    case null:
      return [intact];
    case "drop":
      return [{ ...intact, state: "dropped" }];
    case "hold":
      return [{ ...intact, state: "held" }];
    case "duplicate":
      return [intact, intact];
    case "wrong-signature":
      return [{ ...intact, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, forged(name, value)])) }];
    case "reserialise":
      return [{ ...intact, body: JSON.stringify(JSON.parse(body), null, 1) }];
  }
}

/** The same length and alphabet, another value. */
const forged = (name: string, value: string): string =>
  /signature|secret/i.test(name) ? value.replace(/[\w-](?==*$)/, (last) => (last === "0" ? "1" : "0")) : value;
