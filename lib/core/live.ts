import pg from "pg";
import type { Tx } from "./db.ts";
import { env } from "./env.ts";
import { log } from "./log.ts";

/** What open pages and the engine are told: only that something changed, where, and its id. */
export type Signal = { topic: "case" | "post" | "score" | "publication-due"; unitId?: string; id?: string };
type Listener = (signal: Signal) => void;

const CHANNEL = "garda_live";

/** Sends a signal when the transaction commits. */
export const signal = (tx: Pick<Tx, "$executeRaw">, s: Signal) => tx.$executeRaw`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(s)})`;

class Hub {
  private readonly listeners = new Set<Listener>();
  private client: pg.Client | null = null;
  private connecting = false;

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    void this.connect();
    return () => this.listeners.delete(listener);
  }

  private async connect() {
    if (this.client || this.connecting) return;
    this.connecting = true;
    const client = new pg.Client({ connectionString: env().DIRECT_URL ?? env().DATABASE_URL, keepAlive: true });
    const lost = (error?: Error) => {
      if (error) log.warn({ err: error }, "live connection lost");
      if (this.client === client) this.client = null;
      client.removeAllListeners();
      client.on("error", () => {});
      client.end().catch(() => {});
      setTimeout(() => void this.connect(), 1000).unref();
    };
    client.once("error", lost).once("end", () => lost());
    client.on("notification", (n) => {
      const parsed = JSON.parse(n.payload ?? "{}") as Signal;
      for (const listener of this.listeners) listener(parsed);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.client = client;
    } catch (error) {
      lost(error as Error);
    } finally {
      this.connecting = false;
    }
  }
}

const shared = globalThis as { gardaHub?: Hub };

/** One LISTEN connection a process, shared by all who want to hear. Returns how to stop hearing. */
export function onSignal(listener: Listener): () => void {
  shared.gardaHub ??= new Hub();
  return shared.gardaHub.subscribe(listener);
}
