/** Videos, and photos that a platform takes time for, under every fault. */
import { vi } from "vitest";
import { everyFault } from "../support/faults.ts";

const { waiting } = await vi.hoisted(() => import("../support/waits.ts"));
vi.mock("#lib/platforms/tiktok/connector.ts", async (original) => {
  const whole = await original<typeof import("#lib/platforms/tiktok/connector.ts")>();
  return { ...whole, tiktokConnector: waiting(whole.tiktokConnector) };
});
vi.mock("#lib/platforms/youtube/connector.ts", async (original) => {
  const whole = await original<typeof import("#lib/platforms/youtube/connector.ts")>();
  const inPieces: typeof whole.youtubeConnector = (options) => whole.youtubeConnector({ ...options, piece: 262_144 });
  return { ...whole, youtubeConnector: inPieces };
});

everyFault("youtube", "tiktok");
