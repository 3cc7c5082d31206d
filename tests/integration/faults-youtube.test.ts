/** YouTube's videos, which go up in pieces, under every fault. */
import { vi } from "vitest";
import { everyFault } from "../support/faults.ts";

vi.mock("#lib/platforms/youtube/connector.ts", async (original) => {
  const whole = await original<typeof import("#lib/platforms/youtube/connector.ts")>();
  const inPieces: typeof whole.youtubeConnector = (options) => whole.youtubeConnector({ ...options, piece: 262_144 });
  return { ...whole, youtubeConnector: inPieces };
});

everyFault("youtube");
