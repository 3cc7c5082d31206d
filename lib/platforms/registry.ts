/** Which connector serves which platform. */

import { now } from "../core/clock.ts";
import { keyedDigest, open, seal } from "../core/crypto.ts";
import { blueskyConnector } from "./bluesky/connector.ts";
import type { Connector, Mode, Platform } from "./contract.ts";
import { facebookConnector } from "./facebook/connector.ts";
import { instagramConnector } from "./instagram/connector.ts";
import { manualConnector } from "./manual/connector.ts";
import { type PlatformSettings, platformSettings } from "./settings.ts";
import { telegramConnector } from "./telegram/connector.ts";
import { threadsConnector } from "./threads/connector.ts";
import { tiktokConnector } from "./tiktok/connector.ts";
import { whatsappConnector } from "./whatsapp/connector.ts";
import { xConnector } from "./x/connector.ts";
import { youtubeConnector } from "./youtube/connector.ts";

/** `webhook`: what signs its notifications, and what it sends to check the address; absent where it is not configured. */
type Entry = {
  connector: (settings: PlatformSettings) => Connector;
  baseUrl: (settings: PlatformSettings) => string;
  webhook?: (settings: PlatformSettings) => { secret?: string; verify?: string };
};

/** The platforms that we reach by their own interface; every other one is served by hand. */
const interfaces: Partial<Record<Platform, Entry>> = {
  facebook: {
    connector: (set) => {
      const { FACEBOOK_APP_ID: id, FACEBOOK_APP_SECRET: secret, FACEBOOK_DIALOG_URL: dialogUrl } = set;
      return facebookConnector({ app: id && secret ? { id, secret, dialogUrl } : null, version: set.FACEBOOK_API_VERSION, now });
    },
    baseUrl: (set) => set.FACEBOOK_GRAPH_URL,
    webhook: (set) => ({ secret: set.FACEBOOK_APP_SECRET, verify: set.FACEBOOK_VERIFY_TOKEN }),
  },
  instagram: {
    connector: (set) => {
      const { INSTAGRAM_APP_ID: id, INSTAGRAM_APP_SECRET: secret, INSTAGRAM_DIALOG_URL: dialogUrl, INSTAGRAM_TOKEN_URL: tokenUrl } = set;
      const app = id && secret ? { id, secret, dialogUrl, tokenUrl } : null;
      return instagramConnector({ app, version: set.INSTAGRAM_API_VERSION, now });
    },
    baseUrl: (set) => set.INSTAGRAM_GRAPH_URL,
    webhook: (set) => ({ secret: set.INSTAGRAM_APP_SECRET, verify: set.INSTAGRAM_VERIFY_TOKEN }),
  },
  threads: {
    connector: ({ THREADS_APP_ID: id, THREADS_APP_SECRET: secret, THREADS_DIALOG_URL: dialogUrl, THREADS_API_VERSION: version }) =>
      threadsConnector({ app: id && secret ? { id, secret, dialogUrl } : null, version, now }),
    baseUrl: (set) => set.THREADS_GRAPH_URL,
    webhook: (set) => ({ secret: set.THREADS_APP_SECRET, verify: set.THREADS_VERIFY_TOKEN }),
  },
  bluesky: { connector: () => blueskyConnector({ now }), baseUrl: (set) => set.BLUESKY_URL },
  telegram: {
    connector: ({ TELEGRAM_WEBHOOK_SECRET: secret, APP_URL }) =>
      telegramConnector({ now, webhook: secret ? { url: new URL("/api/webhooks/telegram", APP_URL).href, secret } : null }),
    baseUrl: (set) => set.TELEGRAM_API_URL,
    webhook: (set) => ({ secret: set.TELEGRAM_WEBHOOK_SECRET }),
  },
  tiktok: {
    connector: ({ TIKTOK_CLIENT_KEY: clientKey, TIKTOK_CLIENT_SECRET: clientSecret, TIKTOK_DIALOG_URL: dialogUrl }) =>
      tiktokConnector({
        app: clientKey && clientSecret ? { clientKey, clientSecret, dialogUrl: dialogUrl.replace(/\/+$/, "") } : null,
        now,
      }),
    baseUrl: (set) => set.TIKTOK_API_URL,
    webhook: (set) => ({ secret: set.TIKTOK_CLIENT_SECRET }),
  },
  x: {
    connector: ({ X_CLIENT_ID: clientId, X_CLIENT_SECRET: clientSecret = null, X_DIALOG_URL: dialogUrl }) =>
      xConnector({ app: clientId ? { clientId, clientSecret, dialogUrl: dialogUrl.replace(/\/+$/, "") } : null, now }),
    baseUrl: (set) => set.X_API_URL,
    webhook: (set) => ({ secret: set.X_CONSUMER_SECRET, verify: set.X_CONSUMER_SECRET }),
  },
  youtube: {
    connector: ({
      GOOGLE_CLIENT_ID: clientId,
      GOOGLE_CLIENT_SECRET: clientSecret,
      GOOGLE_DIALOG_URL: dialogUrl,
      GOOGLE_TOKEN_URL: tokenUrl,
    }) => youtubeConnector({ app: clientId && clientSecret ? { clientId, clientSecret, dialogUrl, tokenUrl } : null, now }),
    baseUrl: (set) => set.YOUTUBE_API_URL,
  },
  whatsapp: {
    connector: (set) => whatsappConnector({ version: set.WHATSAPP_API_VERSION, vault: { digest: keyedDigest, seal, open }, now }),
    baseUrl: (set) => set.WHATSAPP_GRAPH_URL,
    webhook: (set) => ({ secret: set.WHATSAPP_APP_SECRET, verify: set.WHATSAPP_VERIFY_TOKEN }),
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

/** Whether an account takes posts; without them it carries messages and answers, which are private. */
export const takesPosts = (platform: Platform, mode: Mode): boolean => connectorFor(platform, mode).takesPosts !== false;

/** The configured base URL of a platform's API, without a trailing slash; null where accounts are served by hand only. */
export function defaultBaseUrl(platform: Platform): string | null {
  return interfaces[platform]?.baseUrl(platformSettings()).replace(/\/+$/, "") ?? null;
}

/** The receiving side of a platform's webhooks; null where it has none, or we were not given its secret. */
export function webhookOf(platform: Platform): { connector: Connector; secret: string; verify: string | null } | null {
  const { secret, verify } = interfaces[platform]?.webhook?.(platformSettings()) ?? {};
  return secret ? { connector: connectorFor(platform, "api"), secret, verify: verify ?? null } : null;
}
