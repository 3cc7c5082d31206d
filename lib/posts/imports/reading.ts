/** Posts, or followers by day, out of the cells of a table whose columns are known. Pure. */

import type { Metrics, Platform, RemotePost } from "../../platforms/contract.ts";
import { findLinks } from "../../platforms/links.ts";
import { readPermalink } from "../../platforms/permalink.ts";
import { localDay, type Zone } from "../../units/calendar.ts";
import { type Moment, readMoment } from "./moments.ts";
import { readCount } from "./numbers.ts";
import { type Columns, type DayOrder, figureNames, type ImportField } from "./rules.ts";

/** `row` counts as a spreadsheet does. `column` is the place of the cell, null where it is about the row. */
export type RowProblem = { row: number; column: number | null; code: RowProblemCode; value: string };
export type RowProblemCode =
  | "missing"
  | "not-an-address"
  | "other-platform"
  | "not-a-post"
  | "other-account"
  | "id-rounded"
  | "no-address"
  | "not-a-time"
  | "in-future"
  | "not-a-count"
  | "formula"
  | "twice";

export type ImportAccount = { platform: Platform; handle: string; remoteId: string };
export type ReadingContext = { account: ImportAccount; zone: Zone; order: DayOrder; now: Date };
export type PostRow = { row: number; post: RemotePost };
export type DayRow = { row: number; day: string; followers: number };
type Told = {
  problems: RowProblem[];
  /** Rows with anything in them, sums left out. */
  rows: number;
  /** A cell without a year was read as the last such day. */
  yearGuessed: boolean;
};
export type PostsRead = Told & { posts: PostRow[]; unknownKinds: string[] };
export type DaysRead = Told & { days: DayRow[] };

const shownValue = 80;
const kinds: [RegExp, RemotePost["visual"]][] = [
  [/reel|video|vidio|short|igtv|live/i, "video"],
  [/foto|photo|gambar|image|carousel|korsel|album|picture/i, "image"],
  [/teks|text|status|link|tautan|none/i, "none"],
];
const yes = /^(?:ya|ada|yes|y|true|1)$/i;
const no = /^(?:tidak|tidak ada|no|n|false|0)$/i;
const sums = /^(?:total|jumlah|grand total)$/i;
/** A formula that was not worked out, or its error. */
const formula = /^=|^#(?:REF|N\/A|NAME|VALUE|DIV\/0|NULL|NUM)[!?]?$/i;

type Line = {
  row: number;
  cell: (field: ImportField) => string;
  refuse: (field: ImportField, code: RowProblemCode) => void;
  problems: RowProblem[];
};

/** The lines below the heading, one by one: empty ones and sums are passed over. */
function* linesOf(cells: readonly (readonly string[])[], columns: Columns, headingRow: number): Generator<Line> {
  for (let index = headingRow + 1; index < cells.length; index += 1) {
    const line = cells[index]!;
    if (line.every((cell) => cell.trim() === "")) continue;
    const cell = (field: ImportField) => line[columns[field] ?? -1]?.trim() ?? "";
    if (line.some((one) => sums.test(one.trim())) && cell("moment") === "" && cell("permalink") === "") continue;
    const problems: RowProblem[] = [];
    const refuse = (field: ImportField, code: RowProblemCode) =>
      problems.push({ row: index + 1, column: columns[field] ?? null, code, value: cell(field).slice(0, shownValue) });
    yield { row: index + 1, cell, refuse, problems };
  }
}

/** Every row: the good ones as posts, each bad one as problems. A figure that is not there is unknown, never zero. */
export function readPosts(cells: readonly (readonly string[])[], columns: Columns, headingRow: number, context: ReadingContext): PostsRead {
  const found = new Map<string, PostRow>();
  const read: PostsRead = { posts: [], problems: [], rows: 0, yearGuessed: false, unknownKinds: [] };
  const unknownKinds = new Set<string>();
  for (const line of linesOf(cells, columns, headingRow)) {
    read.rows += 1;
    const address = addressOf(line, context);
    const moment = momentOf(line, context);
    const metrics = metricsOf(line);
    const visual = visualOf(line.cell("kind"));
    if (visual === undefined) unknownKinds.add(line.cell("kind").slice(0, 40));
    if (address && found.has(address.remoteId)) line.refuse(columns.permalink === undefined ? "postId" : "permalink", "twice");
    read.problems.push(...line.problems);
    if (!address || !moment || line.problems.length > 0) continue;
    read.yearGuessed ||= moment.yearGuessed;
    const text = line.cell("text") || line.cell("title");
    const alt = line.cell("alt");
    found.set(address.remoteId, {
      row: line.row,
      post: {
        ...address,
        text,
        publishedAt: moment.at,
        visual: visual ?? null,
        hasAlt: yes.test(alt) ? true : no.test(alt) ? false : null,
        hasLink: text === "" ? null : findLinks(text).length > 0,
        repost: false,
        metrics,
      },
    });
  }
  return { ...read, posts: [...found.values()], unknownKinds: [...unknownKinds].slice(0, 10) };
}

/** The followers of each day; of a day that stands there twice the first. */
export function readDays(cells: readonly (readonly string[])[], columns: Columns, headingRow: number, context: ReadingContext): DaysRead {
  const found = new Map<string, DayRow>();
  const read: DaysRead = { days: [], problems: [], rows: 0, yearGuessed: false };
  for (const line of linesOf(cells, columns, headingRow)) {
    read.rows += 1;
    const moment = momentOf(line, context);
    const followers = countOf(line, "followers");
    if (followers === null && line.problems.length === 0) line.refuse("followers", "missing");
    if (moment && found.has(moment.day)) line.refuse("moment", "twice");
    read.problems.push(...line.problems);
    if (!moment || typeof followers !== "number" || line.problems.length > 0) continue;
    read.yearGuessed ||= moment.yearGuessed;
    found.set(moment.day, { row: line.row, day: moment.day, followers });
  }
  return { ...read, days: [...found.values()].sort((a, b) => (a.day < b.day ? -1 : 1)) };
}

function addressOf({ cell, refuse }: Line, { account }: ReadingContext): { remoteId: string; permalink: string } | null {
  const named = cell("account");
  if (named !== "" && isForeign(named, account)) {
    refuse("account", "other-account");
    return null;
  }
  const link = cell("permalink");
  const id = cell("postId");
  if (link === "" && id === "") {
    refuse("permalink", "missing");
    return null;
  }
  if (link === "" && /^\d[.,]\d+e\+?\d+$/i.test(id)) {
    refuse("postId", "id-rounded");
    return null;
  }
  const field = link === "" ? "postId" : "permalink";
  const address = link || addressFor(id, account);
  if (address === null) {
    refuse(field, "no-address");
    return null;
  }
  if (formula.test(address)) {
    refuse(field, "formula");
    return null;
  }
  const read = readPermalink(account.platform, address, account.remoteId);
  if (!read.ok) {
    refuse(field, read.code);
    return null;
  }
  if (read.account !== null && isForeign(read.account, account)) {
    refuse(field, "other-account");
    return null;
  }
  return { remoteId: read.remoteId, permalink: read.permalink };
}

/** The address that follows from a post's id alone, on platforms where it does. */
function addressFor(id: string, { platform, handle, remoteId }: ImportAccount): string | null {
  const name = handle.replace(/^@/, "");
  if (platform === "youtube" && /^[\w-]{11}$/.test(id)) return `https://www.youtube.com/watch?v=${id}`;
  if (!/^\d{5,25}$/.test(id)) return null;
  if (platform === "x") return `https://x.com/${name}/status/${id}`;
  if (platform === "tiktok") return `https://www.tiktok.com/@${name}/video/${id}`;
  if (platform === "facebook") return `https://www.facebook.com/${/^\d+$/.test(remoteId) ? remoteId : name}/posts/${id}`;
  return null;
}

/** Whether a name in an address or a column is surely another account's: a number says nothing of a name. */
export function isForeign(named: string, { handle, remoteId }: ImportAccount): boolean {
  const plain = (name: string) => name.trim().toLowerCase().replace(/^@/, "").replace(/\./g, "");
  const name = plain(named);
  const own = [plain(handle), plain(remoteId)].filter((one) => /^\d+$/.test(one) === /^\d+$/.test(name) && one !== "");
  return own.length > 0 && !own.includes(name);
}

function momentOf({ cell, refuse }: Line, { zone, order, now }: ReadingContext): Moment | null {
  const text = [cell("moment"), cell("clock")].filter(Boolean).join(" ");
  if (cell("moment") === "") {
    refuse("moment", "missing");
    return null;
  }
  if (formula.test(text)) {
    refuse("moment", "formula");
    return null;
  }
  const moment = readMoment(text, { zone, order, now });
  if (!moment) {
    refuse("moment", "not-a-time");
    return null;
  }
  if (moment.at <= now) return moment;
  // The noon of today may lie ahead of us.
  if (moment.dayOnly && moment.day === localDay(now, zone)) return { ...moment, at: now };
  refuse("moment", "in-future");
  return null;
}

function metricsOf(line: Line): Metrics {
  const read = Object.fromEntries(figureNames.map((field) => [field, countOf(line, field) ?? null]));
  return read as Metrics;
}

function countOf({ cell, refuse }: Line, field: ImportField): number | null | undefined {
  const text = cell(field);
  const count = readCount(text);
  if (count === undefined) refuse(field, formula.test(text) ? "formula" : "not-a-count");
  return count;
}

/** Null for an empty cell; undefined for a kind that we do not know. */
function visualOf(kind: string): RemotePost["visual"] | undefined {
  if (kind === "") return null;
  return kinds.find(([words]) => words.test(kind))?.[1];
}
