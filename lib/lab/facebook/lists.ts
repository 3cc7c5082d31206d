import type { SQLInputValue } from "node:sqlite";
import type { Store } from "../store.ts";
import { invalid } from "./errors.ts";
import type { Json } from "./fields.ts";

const DEFAULT_LIMIT = 25;
const MOST = 100;

type Arguments = { [name: string]: string };
export type Listing<Row> = { rows: Row[]; paging: { [key: string]: Json } | null; more: boolean };
type Source = { table: string; where: string; values: SQLInputValue[]; key: string; newestFirst: boolean };

/** Unix seconds from what `since` and `until` accept: seconds or a date text. */
function seconds(name: string, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Date.parse(text.replace(/\+0000$/, "Z")) / 1000;
  if (!Number.isFinite(value)) throw invalid(`Invalid ${name} value: ${text}`);
  return Math.floor(value);
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  if (!/^\d+$/.test(text)) throw invalid("Param limit must be an integer");
  return Math.min(Number(text), MOST);
}

const encode = (key: number, id: string): string => Buffer.from(`${key}|${id}`).toString("base64url");

function decode(cursor: string): [number, string] {
  const [key, id] = Buffer.from(cursor, "base64url").toString("utf8").split("|");
  if (!id || !Number.isFinite(Number(key))) throw invalid("Invalid cursor");
  return [Number(key), id];
}

/** One page of a list by position, not by number, so that new rows do not shift it. `self` is the list's address for `next`. */
export function listRows<Row extends { id: string }>(store: Store, source: Source, args: Arguments, self: URL | null): Listing<Row> {
  const conditions = [source.where];
  const values = [...source.values];
  const demand = (condition: string, ...more: SQLInputValue[]) => {
    conditions.push(condition);
    values.push(...more);
  };
  if (args.since) demand("created / 1000 >= ?", seconds("since", args.since));
  if (args.until) demand("created / 1000 <= ?", seconds("until", args.until));
  const backwards = args.before !== undefined && args.after === undefined;
  const descending = source.newestFirst !== backwards;
  const cursor = args.after ?? args.before;
  if (cursor !== undefined) demand(`(${source.key}, id) ${descending ? "<" : ">"} (?, ?)`, ...decode(cursor));
  const limit = limitOf(args.limit);
  const direction = descending ? "DESC" : "ASC";
  const rows = store.all<Row & { position: number }>(
    `SELECT *, ${source.key} AS position FROM ${source.table} WHERE ${conditions.join(" AND ")} ORDER BY ${source.key} ${direction}, id ${direction} LIMIT ?`,
    ...values,
    limit + 1,
  );
  const more = rows.length > limit;
  if (more) rows.pop();
  if (backwards) rows.reverse();
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return { rows, paging: null, more };
  const cursors = { before: encode(first.position, first.id), after: encode(last.position, last.id) };
  if (!self || !(more || backwards)) return { rows, paging: { cursors }, more };
  const next = new URL(self);
  next.searchParams.delete("before");
  next.searchParams.set("limit", String(limit));
  next.searchParams.set("after", cursors.after);
  return { rows, paging: { cursors, next: next.href }, more };
}
