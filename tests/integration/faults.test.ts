/** Posts with a picture, and an answer, under every fault. */
import { vi } from "vitest";
import { everyFault } from "../support/faults.ts";

const { waiting } = await vi.hoisted(() => import("../support/waits.ts"));
vi.mock("#lib/platforms/instagram/connector.ts", async (original) => {
  const whole = await original<typeof import("#lib/platforms/instagram/connector.ts")>();
  return { ...whole, instagramConnector: waiting(whole.instagramConnector) };
});
vi.mock("#lib/platforms/threads/connector.ts", async (original) => {
  const whole = await original<typeof import("#lib/platforms/threads/connector.ts")>();
  return { ...whole, threadsConnector: waiting(whole.threadsConnector) };
});
vi.mock("#lib/platforms/x/connector.ts", async (original) => {
  const whole = await original<typeof import("#lib/platforms/x/connector.ts")>();
  return { ...whole, xConnector: waiting(whole.xConnector) };
});

everyFault("facebook", "instagram", "telegram", "x", "threads", "whatsapp");
