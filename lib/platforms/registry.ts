/** Which connector serves which platform. */

import { now } from "../core/clock.ts";
import { type Env, env } from "../core/env.ts";
import { blueskyConnector } from "./bluesky/connector.ts";
import type { Connector, Mode, Platform } from "./contract.ts";
import { facebookConnector } from "./facebook/connector.ts";
import { instagramConnector } from "./instagram/connector.ts";
import { manualConnector } from "./manual/connector.ts";
import { telegramConnector } from "./telegram/connector.ts";
import { xConnector } from "./x/connector.ts";

type Settings = Pick<
  Env,
  | "FACEBOOK_GRAPH_URL"
  | "FACEBOOK_API_VERSION"
  | "INSTAGRAM_GRAPH_URL"
  | "INSTAGRAM_API_VERSION"
  | "BLUESKY_URL"
  | "TELEGRAM_API_URL"
  | "TELEGRAM_WEBHOOK_SECRET"
  | "APP_URL"
  | "X_API_URL"
  | "X_CLIENT_ID"
  | "X_CLIENT_SECRET"
>;
type Entry = { connector: (settings: Settings) => Connector; baseUrl: (settings: Settings) => string };

/** The platforms that we reach by their own interface; every other one is served by hand. */
const interfaces: Partial<Record<Platform, Entry>> = {
  facebook: {
    connector: ({ FACEBOOK_API_VERSION }) => facebookConnector({ version: FACEBOOK_API_VERSION, now }),
    baseUrl: ({ FACEBOOK_GRAPH_URL }) => FACEBOOK_GRAPH_URL,
  },
  instagram: {
    connector: ({ INSTAGRAM_API_VERSION }) => instagramConnector({ version: INSTAGRAM_API_VERSION, now }),
    baseUrl: ({ INSTAGRAM_GRAPH_URL }) => INSTAGRAM_GRAPH_URL,
  },
  bluesky: { connector: () => blueskyConnector({ now }), baseUrl: ({ BLUESKY_URL }) => BLUESKY_URL },
  telegram: {
    connector: ({ TELEGRAM_WEBHOOK_SECRET: secret, APP_URL }) =>
      telegramConnector({ now, webhook: secret ? { url: new URL("/api/webhooks/telegram", APP_URL).href, secret } : null }),
    baseUrl: ({ TELEGRAM_API_URL }) => TELEGRAM_API_URL,
  },
  x: {
    connector: ({ X_CLIENT_ID: clientId, X_CLIENT_SECRET }) =>
      xConnector({ app: clientId ? { clientId, clientSecret: X_CLIENT_SECRET || null } : null, now }),
    baseUrl: ({ X_API_URL }) => X_API_URL,
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
  return entry.connector(env());
}

/** The configured base URL of a platform's API, without a trailing slash; null where accounts are served by hand only. */
export function defaultBaseUrl(platform: Platform, settings: Settings): string | null {
  return interfaces[platform]?.baseUrl(settings).replace(/\/+$/, "") ?? null;
}
