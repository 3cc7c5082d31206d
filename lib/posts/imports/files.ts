import { parse } from "csv-parse/sync";
import readExcelFile from "read-excel-file/node";
import { later, weighSheets } from "../sheet-reach.ts";
import { guess, headingOf } from "./columns.ts";
import { mostImportBytes, mostImportRows } from "./rules.ts";

/** What an .xlsx of that size may unpack to. */
const mostUnpackedBytes = 160 * 1024 * 1024;
const mostColumns = 120;
/** Rows above the heading, and the heading itself, come on top. */
const mostLines = mostImportRows + 30;
const bounds = { bytes: mostUnpackedBytes, rows: mostLines, cells: mostLines * 40 };

export const fileFaults = [
  ...["file-empty", "file-too-large", "not-a-table", "old-excel"],
  ...["web-page", "zip", "too-many-rows", "cells-far"],
] as const;
/** `guessed`: the file did not say how its letters are written, and the old Windows way was taken. */
export type TableFile = { ok: true; cells: string[][]; guessed: boolean } | { ok: false; code: (typeof fileFaults)[number] };

const begins = (file: Buffer, bytes: readonly number[]) => file.subarray(0, bytes.length).equals(Buffer.from(bytes));

/**
 * The cells of a CSV or .xlsx file as texts, moments as YYYY-MM-DD HH:MM. What it is, its bytes say, not its name. Of several
 * sheets the one whose headings we know best is read.
 */
export async function readTableFile(bytes: Uint8Array): Promise<TableFile> {
  if (bytes.length > mostImportBytes) return { ok: false, code: "file-too-large" };
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.length === 0) return { ok: false, code: "file-empty" };
  if (begins(file, [0xd0, 0xcf, 0x11, 0xe0])) return { ok: false, code: "old-excel" };
  try {
    const read = begins(file, [0x50, 0x4b, 0x03, 0x04]) ? await readXlsx(file) : readText(file);
    if (read.ok && read.cells.length > mostLines) return { ok: false, code: "too-many-rows" };
    return read.ok && read.cells.length === 0 ? { ok: false, code: "file-empty" } : read;
  } catch {
    return { ok: false, code: "not-a-table" };
  }
}

async function readXlsx(file: Buffer): Promise<TableFile> {
  if (!file.includes("xl/workbook.xml")) return { ok: false, code: "zip" };
  const weighed = weighSheets(file, bounds);
  if (!weighed.ok) return weighed;
  const cell = (value: unknown) => textOf(value instanceof Date ? later(value, weighed.daysLate) : value);
  const sheets = (await readExcelFile(file)).map(({ data }) => data.map((row) => row.slice(0, mostColumns).map(cell)));
  const known = (cells: string[][]) => Object.keys(guess(headingOf(cells)?.headings ?? [])).length;
  const cells = sheets.reduce((best, sheet) => (known(sheet) > known(best) ? sheet : best), sheets[0] ?? []);
  return { ok: true, cells, guessed: false };
}

function readText(file: Buffer): TableFile {
  const { text, guessed } = decoded(file);
  if (text.includes("\0")) return { ok: false, code: "not-a-table" };
  if (/^\s*<(?:!doctype|html|table|\?xml)/i.test(text.slice(0, 400))) return { ok: false, code: "web-page" };
  // Some exports say on a first line of their own which sign separates.
  const said = /^sep=(.)\r?\n/i.exec(text);
  const body = said ? text.slice(said[0].length) : text;
  const cells: string[][] = parse(body, {
    delimiter: said?.[1] ?? delimiterOf(body),
    relax_column_count: true,
    relax_quotes: true,
    to: mostLines + 1,
  });
  return { ok: true, cells: cells.map((row) => row.slice(0, mostColumns).map(unwrapped)), guessed };
}

/** UTF-8; UTF-16 as some exports and "Unicode text" have it, with its mark or without; else the old Windows letters. */
function decoded(file: Buffer): { text: string; guessed: boolean } {
  const marked = begins(file, [0xff, 0xfe]) ? "utf-16le" : begins(file, [0xfe, 0xff]) ? "utf-16be" : null;
  const start = file.subarray(0, 200);
  const zeros = (odd: 0 | 1) => start.filter((byte, index) => byte === 0 && index % 2 === odd).length * 4 > start.length;
  const wide = marked ?? (zeros(1) ? "utf-16le" : zeros(0) ? "utf-16be" : null);
  if (wide) return { text: new TextDecoder(wide).decode(file), guessed: false };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(file), guessed: false };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(file), guessed: true };
  }
}

/** The sign that stands most often in the lines at the top; Indonesian spreadsheets write semicolons. */
function delimiterOf(text: string): string {
  const top = text.slice(0, 4_000).split(/\r?\n/, 5);
  const counts = [";", ",", "\t"].map((sign) => ({ sign, count: Math.max(...top.map((line) => line.split(sign).length)) }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

/** ="123" keeps long numbers whole in a spreadsheet; =HYPERLINK("address"; …) carries an address. */
const unwrapped = (cell: string): string =>
  /^="([^"]*)"$/.exec(cell.trim())?.[1] ?? /^=hyperlink\("([^"]+)"/i.exec(cell.trim())?.[1] ?? cell;

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return momentOf(cell);
  // A spreadsheet keeps fifteen digits: what is left of a longer number is no one's id.
  if (typeof cell === "number" && Math.abs(cell) > Number.MAX_SAFE_INTEGER) return cell.toExponential(3);
  return unwrapped(String(cell));
}

/** A spreadsheet's day and time stand in no zone; the library gives them as if in UTC. */
function momentOf(cell: Date): string {
  if (Number.isNaN(cell.getTime())) return "";
  const iso = new Date(Math.round(cell.getTime() / 60_000) * 60_000).toISOString();
  const [day, time] = [iso.slice(0, 10), iso.slice(11, 16)];
  if (day < "1900-01-02") return time;
  return time === "00:00" ? day : `${day} ${time}`;
}
