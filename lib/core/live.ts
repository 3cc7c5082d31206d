import pg from "pg";
import type { Tx } from "./db.ts";
import { env } from "./env.ts";
import { log } from "./log.ts";

/** What open pages and the engine are told: only that something changed, where, and its id; with `personId`, to him alone. */
export type Signal = {
  topic: "case" | "post" | "score" | "notice" | "report" | "coaching" | "publication-due" | "webhook-due" | "moderation-due" | "report-due";
  unitId?: string;
  id?: string;
  personId?: string;
};
type Listener = (signal: Signal) => void;

/** The channel of PostgreSQL on which signals travel. */
export const liveChannel = "garda_live";

/** Sends a signal when the transaction commits. */
export const signal = (tx: Pick<Tx, "$executeRaw">, s: Signal) => tx.$executeRaw`SELECT pg_notify(${liveChannel}, ${JSON.stringify(s)})`;

/** The same for many at once. */
export const signalAll = (tx: Pick<Tx, "$executeRaw">, signals: readonly Signal[]) =>
  tx.$executeRaw`SELECT pg_notify(${liveChannel}, payload) FROM unnest(${signals.map((s) => JSON.stringify(s))}::text[]) AS payload`;

/** Tells each of these people's open pages, when the transaction commits, that there is news for him. */
export const signalPeople = (tx: Pick<Tx, "$executeRaw">, personIds: readonly string[]) =>
  tx.$executeRaw`SELECT pg_notify(${liveChannel}, json_build_object('topic', 'notice', 'personId', id)::text) FROM unnest(${[...personIds]}::uuid[]) AS id`;

/** How long a signal is kept for pages that were drawn before it and began to listen after it. */
const KEPT_MS = 10_000;
const MOST_KEPT = 2000;

class Hub {
  private readonly listeners = new Set<Listener>();
  private kept: { at: number; signal: Signal }[] = [];
  private client: pg.Client | null = null;
  private connecting = false;

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    void this.connect();
    return () => this.listeners.delete(listener);
  }

  recent(): Signal[] {
    const from = performance.now() - KEPT_MS;
    return this.kept.filter(({ at }) => at > from).map(({ signal: kept }) => kept);
  }

  private keep(signal: Signal) {
    const at = performance.now();
    const first = this.kept.findIndex((one) => one.at > at - KEPT_MS);
    if (first !== 0) this.kept.splice(0, first < 0 ? this.kept.length : first);
    if (this.kept.length < MOST_KEPT) this.kept.push({ at, signal });
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
      this.keep(parsed);
      for (const listener of this.listeners) listener(parsed);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${liveChannel}`);
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

/** What was signalled in the last ten seconds, as far as this process was listening. */
export const recentSignals = (): Signal[] => shared.gardaHub?.recent() ?? [];
