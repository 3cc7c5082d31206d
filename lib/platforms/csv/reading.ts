/** Posts and their figures from a table that a person kept or exported, for accounts without an interface. Pure. */

import { parse } from "csv-parse/sync";
import type { Metrics, Platform, RemotePost } from "../contract.ts";
import { findLinks } from "../links.ts";
import { readPermalink } from "../permalink.ts";

/** `row` counts as a spreadsheet does: the heading is row 1. `column` is the heading that we ask for, in Indonesian. */
export type RowProblem = { row: number; column: string | null; code: RowProblemCode; value: string };
type RowProblemCode =
  | "missing"
  | "not-an-address"
  | "other-platform"
  | "not-a-post"
  | "not-a-time"
  | "in-future"
  | "not-a-count"
  | "not-a-kind"
  | "twice";
export type CsvRead =
  | { ok: true; posts: RemotePost[]; problems: RowProblem[]; rows: number }
  | { ok: false; code: "empty" | "too-many-rows" | "not-a-table" | "columns-missing"; missing?: string[] };

export const mostRows = 5_000;

const headings = {
  tautan: ["tautan", "link", "url", "permalink"],
  waktu: ["waktu", "tanggal", "waktu terbit", "published at", "publish time", "date", "time"],
  teks: ["teks", "naskah", "caption", "text", "description"],
  jenis: ["jenis", "media", "type", "post type"],
  suka: ["suka", "likes", "like", "reactions"],
  komentar: ["komentar", "comments"],
  dibagikan: ["dibagikan", "bagikan", "shares", "reposts"],
  tayangan: ["tayangan", "dilihat", "views", "impressions"],
  jangkauan: ["jangkauan", "reach"],
} as const;
type Column = keyof typeof headings;
const needed: Column[] = ["tautan", "waktu"];
const figures = { suka: "likes", komentar: "comments", dibagikan: "shares", tayangan: "views", jangkauan: "reach" } as const;
const kinds: Record<string, RemotePost["visual"]> = {
  gambar: "image",
  foto: "image",
  image: "image",
  photo: "image",
  video: "video",
  reel: "video",
  teks: "none",
  text: "none",
};

/** The headings of a table that we can read, in their order: a person's template. */
export const csvColumns = Object.keys(headings) as Column[];

type Context = {
  platform: Platform;
  /** The account's remote id: with it a post's id is the one that the platform itself uses, as far as the address tells. */
  owner: string;
  now: Date;
  /** A local time ("2026-11-20T08:30") in the unit's zone as an instant; null when it names none. */
  instantOf: (local: string) => Date | null;
};

/** Reads every row: the good ones as posts, each bad one as problems. An empty figure is unknown, never zero. */
export function readCsv(text: string, context: Context): CsvRead {
  let table: string[][];
  try {
    table = parse(text, { bom: true, delimiter: delimiterOf(text), relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch {
    return { ok: false, code: "not-a-table" };
  }
  const [heading, ...rows] = table;
  if (!heading || rows.length === 0) return { ok: false, code: "empty" };
  if (rows.length > mostRows) return { ok: false, code: "too-many-rows" };
  const names = heading.map((name) => name.toLowerCase().replace(/[_\s]+/g, " "));
  const places = new Map(
    csvColumns.map((column) => [column, names.findIndex((name) => (headings[column] as readonly string[]).includes(name))]),
  );
  const missing = needed.filter((column) => places.get(column) === -1);
  if (missing.length) return { ok: false, code: "columns-missing", missing };

  const posts = new Map<string, RemotePost>();
  const problems: RowProblem[] = [];
  for (const [index, cells] of rows.entries()) {
    const cell = (column: Column) => cells[places.get(column) ?? -1]?.trim() ?? "";
    const found: RowProblem[] = [];
    const refuse = (column: Column, code: RowProblemCode) => found.push({ row: index + 2, column, code, value: cell(column).slice(0, 80) });
    const post = readRow(cell, refuse, context);
    if (post && posts.has(post.remoteId)) refuse("tautan", "twice");
    if (post && found.length === 0) posts.set(post.remoteId, post);
    problems.push(...found);
  }
  return { ok: true, posts: [...posts.values()], problems, rows: rows.length };
}

/** Exports of spreadsheets in Indonesian separate by semicolons, since the comma is the decimal sign. */
function delimiterOf(text: string): string {
  const [first = ""] = text.split(/\r?\n/, 1);
  const count = (sign: string) => first.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function readRow(
  cell: (column: Column) => string,
  refuse: (column: Column, code: RowProblemCode) => void,
  context: Context,
): RemotePost | null {
  const address = cell("tautan") === "" ? null : readPermalink(context.platform, cell("tautan"), context.owner);
  if (!address) refuse("tautan", "missing");
  else if (!address.ok) refuse("tautan", address.code);
  const publishedAt = readTime(cell("waktu"), context.instantOf);
  if (cell("waktu") === "") refuse("waktu", "missing");
  else if (!publishedAt) refuse("waktu", "not-a-time");
  else if (publishedAt > context.now) refuse("waktu", "in-future");
  const kind = cell("jenis").toLowerCase();
  const visual = kind === "" ? null : kinds[kind];
  if (visual === undefined) refuse("jenis", "not-a-kind");
  const metrics: Metrics = { likes: null, comments: null, shares: null, views: null, reach: null };
  for (const [column, name] of Object.entries(figures) as [keyof typeof figures, keyof Metrics][]) {
    const count = readCount(cell(column));
    if (count === undefined) refuse(column, "not-a-count");
    else metrics[name] = count;
  }
  if (!address?.ok || !publishedAt || visual === undefined) return null;
  const text = cell("teks");
  return {
    remoteId: address.remoteId,
    permalink: address.permalink,
    text,
    publishedAt,
    visual,
    hasAlt: null,
    hasLink: text === "" ? null : findLinks(text).length > 0,
    repost: false,
    metrics,
  };
}

/** An instant with its zone, or a local time: "2026-11-20 08:30", "20/11/2026 08.30", "20-11-2026". A day alone is its noon. */
function readTime(text: string, instantOf: (local: string) => Date | null): Date | null {
  if (/T.*(Z|[+-]\d\d:?\d\d)$/i.test(text)) return Number.isNaN(Date.parse(text)) ? null : new Date(text);
  const form =
    /^(?:(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})|(?<d2>\d{1,2})[/-](?<m2>\d{1,2})[/-](?<y2>\d{4}))(?:[T ,]+(?<h>\d{1,2})[:.](?<min>\d{2})(?:[:.]\d{2})?)?$/.exec(
      text,
    );
  if (!form?.groups) return null;
  const { y, m, d, y2, m2, d2, h = "12", min = "00" } = form.groups;
  const two = (digits: string | undefined) => String(digits).padStart(2, "0");
  return instantOf(`${y ?? y2}-${two(m ?? m2)}-${two(d ?? d2)}T${two(h)}:${min}`);
}

/** Null for an empty cell; undefined for one that is no whole number. "1.234" and "1,234" are one thousand and so on. */
function readCount(text: string): number | null | undefined {
  if (text === "" || text === "-") return null;
  const digits = text.replace(/^(\d{1,3})(?:[.,\s](\d{3}))+$/, (grouped) => grouped.replace(/\D/g, ""));
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}
