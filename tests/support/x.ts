/** The lab's X, and X's foreign client turned towards it. */
import { Agent, type AgentOptions } from "node:https";
import { connect } from "node:net";
import { TwitterApi, type TwitterApiTokens } from "twitter-api-v2";
import type { XSeed } from "#lib/lab/x/seed.ts";
import { type RunningLab, startLab } from "./lab.ts";

export const xSecret = "rahasia-konsumen-uji";
export const xClient = { clientId: "klien-uji", clientSecret: "rahasia-klien-uji" };

export type RunningX = RunningLab & {
  /** Base of the API, without a trailing slash. */
  api: string;
  seedX: (rows: XSeed) => Promise<void>;
  spoilX: (fault: { endpoint: string; fault: string; call?: number; times?: number; ms?: number }) => Promise<void>;
  xWebhooksTo: (url: string) => Promise<void>;
  /** Lets so many ms of the lab's time pass at once. */
  pass: (ms: number) => Promise<void>;
};

export async function startX(): Promise<RunningX> {
  const lab = await startLab({ env: { X_CONSUMER_SECRET: xSecret, X_CLIENT_ID: xClient.clientId, X_CLIENT_SECRET: xClient.clientSecret } });
  const post = async (path: string, body: object) => {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ platform: "x", ...body }) };
    const answer = await fetch(`${lab.url}/_lab/${path}`, init);
    if (!answer.ok) throw new Error(`/_lab/${path} answered ${answer.status}: ${await answer.text()}`);
  };
  let passed = 0;
  return {
    ...lab,
    api: `${lab.url}/x`,
    seedX: (rows) => post("seed", rows),
    spoilX: (fault) => post("faults", fault),
    xWebhooksTo: (url) => post("webhooks", { url }),
    pass: (ms) => {
      passed += ms;
      return lab.clock(passed);
    },
  };
}

/** The client knows one host and no other: its connections are led to `base` without TLS, its paths below `base`'s. */
class Detour extends Agent {
  readonly #base: URL;
  constructor(base: URL, options: AgentOptions = {}) {
    super(options);
    this.#base = base;
  }
  override createConnection() {
    return connect(Number(this.#base.port), this.#base.hostname);
  }
}

/** twitter-api-v2 as it comes, with its requests sent to `base` instead of https://api.x.com. */
export function foreignClient(
  base: string,
  credentials: string | TwitterApiTokens | { clientId: string; clientSecret: string },
): TwitterApi {
  const url = new URL(base);
  const prefix = url.pathname.replace(/\/$/, "");
  const detour = {
    onBeforeRequest: ({ computedParams }: { computedParams: { url: URL } }) => {
      if (computedParams.url.hostname !== "api.x.com") throw new Error(`the client wants to go to ${computedParams.url.hostname}`);
      computedParams.url.pathname = `${prefix}${computedParams.url.pathname}`;
    },
  };
  return new TwitterApi(credentials as string, { httpAgent: new Detour(url), plugins: [detour] });
}
