import type { Platform } from "#lib/platforms/contract.ts";

export { platformNames } from "#lib/platforms/names.ts";

/** Where a person publishes by hand. */
export const platformPages: Record<Platform, string> = {
  facebook: "https://www.facebook.com/",
  instagram: "https://www.instagram.com/",
  threads: "https://www.threads.com/",
  x: "https://x.com/compose/post",
  youtube: "https://studio.youtube.com/",
  tiktok: "https://www.tiktok.com/tiktokstudio/upload",
  telegram: "https://web.telegram.org/",
  whatsapp: "https://web.whatsapp.com/",
  bluesky: "https://bsky.app/",
};
