/** TikTok's videos, and photos that it takes time for, under every fault. */
import { vi } from "vitest";
import { everyFault } from "../support/faults.ts";

const { waiting } = await vi.hoisted(() => import("../support/waits.ts"));
vi.mock("#lib/platforms/tiktok/connector.ts", async (original) => {
  const whole = await original<typeof import("#lib/platforms/tiktok/connector.ts")>();
  return { ...whole, tiktokConnector: waiting(whole.tiktokConnector) };
});

everyFault("tiktok");
