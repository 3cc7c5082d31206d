/** Which connector serves which platform. */

import { now } from "../core/clock.ts";
import { blueskyConnector } from "./bluesky/connector.ts";
import type { Connector, Mode, Platform } from "./contract.ts";
import { facebookConnector } from "./facebook/connector.ts";
import { instagramConnector } from "./instagram/connector.ts";
import { manualConnector } from "./manual/connector.ts";
import { type PlatformSettings, platformSettings } from "./settings.ts";
import { telegramConnector } from "./telegram/connector.ts";
import { xConnector } from "./x/connector.ts";

/** `webhook`: what signs its notifications, and what it sends to check the address; absent where it is not configured. */
type Entry = {
  connector: (settings: PlatformSettings) => Connector;
  baseUrl: (settings: PlatformSettings) => string;
  webhook?: (settings: PlatformSettings) => { secret?: string; verify?: string };
};

/** The platforms that we reach by their own interface; every other one is served by hand. */
const interfaces: Partial<Record<Platform, Entry>> = {
  facebook: {
    connector: (set) => facebookConnector({ version: set.FACEBOOK_API_VERSION, now }),
    baseUrl: (set) => set.FACEBOOK_GRAPH_URL,
    webhook: (set) => ({ secret: set.FACEBOOK_APP_SECRET, verify: set.FACEBOOK_VERIFY_TOKEN }),
  },
  instagram: {
    connector: (set) => instagramConnector({ version: set.INSTAGRAM_API_VERSION, now }),
    baseUrl: (set) => set.INSTAGRAM_GRAPH_URL,
    webhook: (set) => ({ secret: set.INSTAGRAM_APP_SECRET, verify: set.INSTAGRAM_VERIFY_TOKEN }),
  },
  bluesky: { connector: () => blueskyConnector({ now }), baseUrl: (set) => set.BLUESKY_URL },
  telegram: {
    connector: ({ TELEGRAM_WEBHOOK_SECRET: secret, APP_URL }) =>
      telegramConnector({ now, webhook: secret ? { url: new URL("/api/webhooks/telegram", APP_URL).href, secret } : null }),
    baseUrl: (set) => set.TELEGRAM_API_URL,
    webhook: (set) => ({ secret: set.TELEGRAM_WEBHOOK_SECRET }),
  },
  x: {
    connector: (set) =>
      xConnector({ app: set.X_CLIENT_ID ? { clientId: set.X_CLIENT_ID, clientSecret: set.X_CLIENT_SECRET ?? null } : null, now }),
    baseUrl: (set) => set.X_API_URL,
    webhook: (set) => ({ secret: set.X_CONSUMER_SECRET, verify: set.X_CONSUMER_SECRET }),
  },
};

/** The ways in which an account of a platform can be connected; by hand is always one. */
export function modesOf(platform: Platform): Mode[] {
  return interfaces[platform] ? ["api", "manual"] : ["manual"];
}

/** The connector of a platform. Throws for `api` where there is none: `modesOf` says where there is. */
export function connectorFor(platform: Platform, mode: Mode): Connector {
  if (mode === "manual") return manualConnector(platform);
  const entry = interfaces[platform];
  if (!entry) throw new Error(`${platform} has no connector for ${mode}`);
  return entry.connector(platformSettings());
}

/** The configured base URL of a platform's API, without a trailing slash; null where accounts are served by hand only. */
export function defaultBaseUrl(platform: Platform): string | null {
  return interfaces[platform]?.baseUrl(platformSettings()).replace(/\/+$/, "") ?? null;
}

/** The receiving side of a platform's webhooks; null where it has none, or we were not given its secret. */
export function webhookOf(platform: Platform): { connector: Connector; secret: string; verify: string | null } | null {
  const { secret, verify } = interfaces[platform]?.webhook?.(platformSettings()) ?? {};
  return secret ? { connector: connectorFor(platform, "api"), secret, verify: verify ?? null } : null;
}
