import type { LabRequest } from "./http.ts";
import type { Store } from "./store.ts";

const KEPT = 20_000;
const secret = /token|secret|proof|authorization/i;

export type JournalEntry = {
  n: number;
  at: string;
  platform: string;
  method: string;
  path: string;
  endpoint: string;
  query: { [name: string]: string };
  /** Fields as sent, long text cut; a file is { file, bytes }. */
  body: { [name: string]: unknown };
  /** Null when the connection was cut without an answer, or the answer is still to come. */
  status: number | null;
  fault: string | null;
};
type JournalRow = Omit<JournalEntry, "query" | "body"> & { query: string; body: string };

function summarise(value: unknown): unknown {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 500 ? `${text.slice(0, 500)}… (${text.length})` : value;
}

/** Notes that a request came in and returns its number. Secrets are left out. */
export function beginEntry(store: Store, at: Date, platform: string, endpoint: string, request: LabRequest, fault: string | null): number {
  const query = Object.fromEntries([...request.url.searchParams].filter(([name]) => !secret.test(name)));
  const body = {
    ...Object.fromEntries(
      Object.entries(request.fields)
        .filter(([name]) => !secret.test(name))
        .map(([name, value]) => [name, summarise(value)]),
    ),
    ...Object.fromEntries(Object.entries(request.files).map(([name, file]) => [name, { file: file.name, bytes: file.bytes.length }])),
  };
  const n = store.run(
    "INSERT INTO journal (at, platform, method, path, endpoint, query, body, fault) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    at.toISOString(),
    platform,
    request.method,
    request.url.pathname.replace(/\/bot[^/]*:[^/]*/, "/bot…"),
    endpoint,
    JSON.stringify(query),
    JSON.stringify(body),
    fault,
  ).id;
  if (n % 500 === 0) store.run("DELETE FROM journal WHERE n <= ?", n - KEPT);
  return n;
}

/** Notes how the request was answered. */
export function endEntry(store: Store, n: number, status: number | null): void {
  store.run("UPDATE journal SET status = ? WHERE n = ?", status, n);
}

/** The entries after number `since`, oldest first, at most `limit`. */
export function readJournal(store: Store, since: number, limit: number): JournalEntry[] {
  return store
    .all<JournalRow>("SELECT * FROM journal WHERE n > ? ORDER BY n LIMIT ?", since, limit)
    .map((row) => ({ ...row, query: JSON.parse(row.query), body: JSON.parse(row.body) }));
}

/** How many API calls came in since the given moment. */
export function callsSince(store: Store, platform: string, at: Date): number {
  return (
    store.get<{ calls: number }>("SELECT count(*) AS calls FROM journal WHERE platform = ? AND at >= ?", platform, at.toISOString())
      ?.calls ?? 0
  );
}
