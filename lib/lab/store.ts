import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

const sharedTables = `
  CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS fault (
    n INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT NOT NULL, endpoint TEXT NOT NULL, call INTEGER NOT NULL,
    times INTEGER NOT NULL, fault TEXT NOT NULL, ms INTEGER, code INTEGER, seen INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE IF NOT EXISTS journal (
    n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, platform TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    endpoint TEXT NOT NULL, query TEXT NOT NULL, body TEXT NOT NULL, status INTEGER, fault TEXT) STRICT;
  CREATE INDEX IF NOT EXISTS journal_time ON journal (platform, at);
  CREATE TABLE IF NOT EXISTS delivery (
    n INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT NOT NULL, url TEXT NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'pending', status INTEGER) STRICT;
`;

/** The lab's state in one SQLite file. Every write is on disk before the answer leaves, so that kill -9 loses nothing. */
export class Store {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(dir: string, platformTables: string[]) {
    mkdirSync(dir, { recursive: true });
    this.#db = new DatabaseSync(join(dir, "lab.sqlite"));
    this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 2000;");
    for (const tables of [sharedTables, ...platformTables]) this.#db.exec(tables);
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number } {
    const result = this.#prepare(sql).run(...values);
    return { changes: Number(result.changes), id: Number(result.lastInsertRowid) };
  }

  /** All or nothing. The work must be synchronous; a transaction inside a transaction joins the outer one. */
  transaction<T>(work: () => T): T {
    if (this.#db.isTransaction) return work();
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  setting(key: string): string | null {
    return this.get<{ value: string }>("SELECT value FROM setting WHERE key = ?", key)?.value ?? null;
  }

  setSetting(key: string, value: string | null): void {
    if (value === null) this.run("DELETE FROM setting WHERE key = ?", key);
    else this.run("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value);
  }

  /** The next of the long numbers that platforms use as ids. */
  nextId(): string {
    const next = Number(this.setting("next-id") ?? 122_100_000_000_000) + 1;
    this.setSetting("next-id", String(next));
    return String(next);
  }

  /** Empties every table. */
  clear(): void {
    this.transaction(() => {
      this.#db.exec("PRAGMA defer_foreign_keys = ON");
      const tables = this.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
      for (const { name } of tables) this.#db.exec(`DELETE FROM "${name}"`);
    });
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }
}
