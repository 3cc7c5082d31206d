import type { Store } from "./store.ts";
import { spoil } from "./webhook-faults.ts";

/** Waits before the second, third and fourth attempt, in ms. */
const retries = [1_000, 5_000, 20_000];
const ANSWER_WITHIN_MS = 5_000;

export type Delivery = {
  n: number;
  platform: string;
  url: string;
  body: string;
  attempts: number;
  due: number;
  /** `held` until it is released; `dropped` is never sent. */
  state: "pending" | "delivered" | "failed" | "held" | "dropped";
  status: number | null;
};

/** The outgoing queue: at least once, in order while all goes well, resumed after a restart. Times are the machine's. */
export class WebhookQueue {
  readonly #store: Store;
  readonly #base: string | null;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #stopped = false;

  /** `base`: where webhooks go that no setting sends elsewhere, each platform's to its own address below it. */
  constructor(store: Store, base: string | null) {
    this.#store = store;
    this.#base = base?.replace(/\/$/, "") ?? null;
    this.#wake();
  }

  url(platform: string): string | null {
    return this.#store.setting(`webhook.${platform}`) ?? (this.#base && `${this.#base}/${platform}`);
  }

  /** `to`: the address that the receiver itself has set, where each account sets its own. */
  enqueue(platform: string, body: string, headers: { [name: string]: string }, to?: string): void {
    const url = to ?? this.url(platform);
    if (!url) return;
    for (const one of spoil(this.#store, platform, body, headers))
      this.#store.run(
        "INSERT INTO delivery (platform, url, headers, body, due, state) VALUES (?, ?, ?, ?, ?, ?)",
        ...[platform, url, JSON.stringify(one.headers), one.body, Date.now(), one.state],
      );
    this.#wake();
  }

  /** Sends what was held back, in its order or the other way round. Returns how many. */
  release(platform: string, reverse: boolean): number {
    const held = this.#store.all<{ n: number }>("SELECT n FROM delivery WHERE platform = ? AND state = 'held' ORDER BY n", platform);
    const order = reverse ? held.reverse() : held;
    const from = Date.now();
    for (const [index, { n }] of order.entries())
      this.#store.run("UPDATE delivery SET state = 'pending', due = ? WHERE n = ?", from + index, n);
    this.#wake();
    return held.length;
  }

  /** Sends once more whatever was delivered, as it was: at any later time, a replay. Returns how many. */
  replay(platform: string): number {
    const { changes } = this.#store.run(
      "INSERT INTO delivery (platform, url, headers, body, due) SELECT platform, url, headers, body, ? FROM delivery WHERE platform = ? AND state = 'delivered' ORDER BY n",
      Date.now(),
      platform,
    );
    this.#wake();
    return changes;
  }

  /** The latest deliveries, newest first. */
  list(limit: number): Delivery[] {
    return this.#store.all<Delivery>(
      "SELECT n, platform, url, body, attempts, due, state, status FROM delivery ORDER BY n DESC LIMIT ?",
      limit,
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  #wake(): void {
    if (this.#stopped || this.#running) return;
    if (this.#timer) clearTimeout(this.#timer);
    const next = this.#store.get<{ due: number | null }>("SELECT min(due) AS due FROM delivery WHERE state = 'pending'")?.due;
    if (next == null) return;
    this.#timer = setTimeout(
      () => {
        this.#running = this.#deliverDue().finally(() => {
          this.#running = null;
          this.#wake();
        });
      },
      Math.max(0, next - Date.now()),
    );
  }

  async #deliverDue(): Promise<void> {
    type Row = Delivery & { headers: string };
    const due = this.#store.all<Row>("SELECT * FROM delivery WHERE state = 'pending' AND due <= ? ORDER BY due, n LIMIT 50", Date.now());
    for (const row of due) {
      if (this.#stopped) return;
      const status = await this.#post(row);
      if (this.#stopped && status === null) return;
      const delivered = status !== null && status >= 200 && status < 300;
      const pause = retries[row.attempts];
      this.#store.run(
        "UPDATE delivery SET attempts = attempts + 1, status = ?, state = ?, due = ? WHERE n = ?",
        status,
        delivered ? "delivered" : pause === undefined ? "failed" : "pending",
        Date.now() + (pause ?? 0),
        row.n,
      );
    }
  }

  async #post(row: { url: string; body: string; headers: string }): Promise<number | null> {
    try {
      const answer = await fetch(row.url, {
        method: "POST",
        headers: JSON.parse(row.headers),
        body: row.body,
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return null;
    }
  }
}
