import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FacebookSeed } from "#lib/lab/facebook/seed.ts";
import type { FaultInput } from "#lib/lab/faults.ts";
import type { InstagramSeed } from "#lib/lab/instagram/seed.ts";
import type { JournalEntry } from "#lib/lab/journal.ts";
import type { TelegramSeed } from "#lib/lab/telegram/seed.ts";
import type { ThreadsSeed } from "#lib/lab/threads/seed.ts";
import type { TikTokSeed } from "#lib/lab/tiktok/seed.ts";
import type { webhookFaults } from "#lib/lab/webhook-faults.ts";
import type { Delivery } from "#lib/lab/webhooks.ts";
import type { WhatsappSeed } from "#lib/lab/whatsapp/seed.ts";
import type { XSeed } from "#lib/lab/x/seed.ts";

const main = fileURLToPath(new URL("../../lib/lab/main.ts", import.meta.url));

/** Where Node keeps what it compiled, so that the many short processes of the tests start quickly. */
export const compileCache = join(tmpdir(), "garda-compile-cache");

export const labSecret = "rahasia-aplikasi-uji";
export const labVerifyToken = "token-verifikasi-uji";

export type RunningLab = {
  /** Base of everything, without a trailing slash; the Graph API is at `${url}/meta`. */
  url: string;
  port: number;
  dir: string;
  /** Facebook's rows unless said otherwise. */
  seed: (
    rows:
      | (FacebookSeed & { platform?: "facebook" })
      | (InstagramSeed & { platform: "instagram" })
      | (TelegramSeed & { platform: "telegram" })
      | (TikTokSeed & { platform: "tiktok" })
      | (ThreadsSeed & { platform: "threads" })
      | (WhatsappSeed & { platform: "whatsapp" })
      | (XSeed & { platform: "x" }),
  ) => Promise<void>;
  /** Queues a fault; Facebook's unless said otherwise. */
  fault: (fault: Omit<FaultInput, "platform"> & { platform?: string }) => Promise<void>;
  /** API requests so far, those after number `since` only. */
  journal: (since?: number) => Promise<JournalEntry[]>;
  /** Moves the lab's time by so many ms from the machine's. */
  clock: (offsetMs: number) => Promise<void>;
  /** Sends the webhooks of a platform, Facebook unless said otherwise, to this address, after the handshake. */
  webhooksTo: (url: string | null, platform?: string) => Promise<void>;
  deliveries: () => Promise<Delivery[]>;
  /** Spoils the next notifications of a platform; held ones wait for `releaseWebhooks`. */
  webhookFault: (fault: { platform: string; fault: (typeof webhookFaults)[number]; times?: number }) => Promise<void>;
  releaseWebhooks: (platform: string, reverse?: boolean) => Promise<void>;
  /** Sends again whatever a platform has delivered so far. */
  replayWebhooks: (platform: string) => Promise<void>;
  /** A citizen changes what he wrote; without a text he removes it. */
  changeComment: (platform: string, id: string, text?: string) => Promise<void>;
  /** Ends the faults of a platform, an outage ("down") too. */
  liftFaults: (platform: string) => Promise<void>;
  reset: () => Promise<void>;
  /** Ends the process at once, as a crash would; the folder stays. */
  kill: () => Promise<void>;
  /** Ends the process politely and removes the folder, unless it was given. */
  stop: () => Promise<void>;
};

async function readyAddress(child: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (chunk) => {
      said += chunk;
    });
    child.stdout?.on("data", (chunk) => {
      said += chunk;
      const address = /ready at (http:\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    child.once("exit", (code) => reject(new Error(`The lab ended with ${code}:\n${said}`)));
  });
}

/** Starts a platform lab of its own on a free port, with its state in a temporary folder or in `dir`. */
export async function startLab(options: { dir?: string; env?: { [name: string]: string } } = {}): Promise<RunningLab> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), "lab-")));
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      NODE_COMPILE_CACHE: compileCache,
      LAB_PORT: "0",
      LAB_DIR: dir,
      FACEBOOK_APP_SECRET: labSecret,
      FACEBOOK_VERIFY_TOKEN: labVerifyToken,
      INSTAGRAM_APP_SECRET: labSecret,
      INSTAGRAM_VERIFY_TOKEN: labVerifyToken,
      TIKTOK_CLIENT_SECRET: labSecret,
      THREADS_APP_SECRET: labSecret,
      THREADS_VERIFY_TOKEN: labVerifyToken,
      WHATSAPP_APP_SECRET: labSecret,
      WHATSAPP_VERIFY_TOKEN: labVerifyToken,
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const killWithUs = () => child.kill("SIGKILL");
  process.once("exit", killWithUs);
  const url = await readyAddress(child);

  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${url}/_lab/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} /_lab/${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
    process.off("exit", killWithUs);
  };

  return {
    url,
    port: Number(new URL(url).port),
    dir,
    seed: (rows) => ask("POST", "seed", { platform: "facebook", ...rows }),
    fault: (fault) => ask("POST", "faults", { platform: "facebook", ...fault }),
    journal: async (since = 0) => (await ask<{ entries: JournalEntry[] }>("GET", `journal?since=${since}`)).entries,
    clock: (offsetMs) => ask("POST", "clock", { offset_ms: offsetMs }),
    webhooksTo: (address, platform = "facebook") => ask("POST", "webhooks", { platform, url: address }),
    deliveries: async () => (await ask<{ deliveries: Delivery[] }>("GET", "webhooks")).deliveries,
    webhookFault: (fault) => ask("POST", "webhooks/faults", fault),
    releaseWebhooks: (platform, reverse = false) => ask("POST", "webhooks/release", { platform, reverse }),
    replayWebhooks: (platform) => ask("POST", "webhooks/replay", { platform }),
    changeComment: (platform, id, text) => ask("POST", "comments", { platform, id, ...(text === undefined ? {} : { text }) }),
    liftFaults: (platform) => ask("DELETE", `faults?platform=${platform}`),
    reset: () => ask("POST", "reset"),
    kill: () => end("SIGKILL"),
    stop: async () => {
      await end("SIGTERM");
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    },
  };
}
