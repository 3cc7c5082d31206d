import type { Platform } from "./contract.ts";

/** The platforms' own names: the same in every language. */
export const platformNames: Record<Platform, string> = {
  facebook: "Facebook",
  instagram: "Instagram",
  threads: "Threads",
  x: "X",
  youtube: "YouTube",
  tiktok: "TikTok",
  telegram: "Telegram",
  whatsapp: "WhatsApp",
  bluesky: "Bluesky",
};
