import { parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/node";
import { mostPlanBytes } from "./rules.ts";
import { later, weighSheets } from "./sheet-reach.ts";

/** What an .xlsx of that size may unpack to: a thousand rows with long texts are a tenth of it. */
const mostUnpackedBytes = 32 * 1024 * 1024;
const mostColumns = 60;
const mostLines = 5_000;
/** More rows than are taken in are read, so that it can be said that they are too many. */
const bounds = { bytes: mostUnpackedBytes, rows: 50_000, cells: mostLines * mostColumns };

export type PlanFile = { ok: true; cells: string[][] } | { ok: false; code: "file-too-large" | "not-a-table" };

/**
 * The cells of a CSV or .xlsx file as texts, days as YYYY-MM-DD and times as HH:MM. What it is, its bytes say, not its name.
 * Anything else, a broken file and one that would unpack to more than 32 MB is "not-a-table".
 */
export async function readPlanFile(bytes: Uint8Array): Promise<PlanFile> {
  if (bytes.length > mostPlanBytes) return { ok: false, code: "file-too-large" };
  const file = Buffer.from(bytes);
  try {
    const cells = isZip(file) ? await readXlsx(file) : readCsv(file);
    return cells ? { ok: true, cells } : { ok: false, code: "not-a-table" };
  } catch {
    return { ok: false, code: "not-a-table" };
  }
}

const isZip = (file: Buffer) => file.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]));

async function readXlsx(file: Buffer): Promise<string[][] | null> {
  const weighed = weighSheets(file, bounds);
  if (!weighed.ok) return null;
  const rows = await readSheet(file);
  const cell = (value: unknown) => textOf(value instanceof Date ? later(value, weighed.daysLate) : value);
  return rows.slice(0, mostLines).map((row) => row.slice(0, mostColumns).map(cell));
}

/** UTF-8, or UTF-16 as a spreadsheet saves "Unicode text"; a null byte elsewhere is no text. */
function readCsv(file: Buffer): string[][] | null {
  const wide = file.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]));
  const text = new TextDecoder(wide ? "utf-16le" : "utf-8", { fatal: true }).decode(file);
  if (text.includes("\0")) return null;
  const rows: string[][] = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    to: mostLines,
  });
  return rows.map((row) => row.slice(0, mostColumns));
}

/** The sign that stands most often in the heading; Indonesian spreadsheets write semicolons. */
function delimiterOf(text: string): string {
  const heading = text.split(/\r?\n/, 1)[0] ?? "";
  const counts = [";", ",", "\t"].map((sign) => ({ sign, count: heading.split(sign).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return dayOrTime(cell);
  return String(cell);
}

/** A spreadsheet keeps a time of day as an instant of its first days, and a day as midnight; both without a zone. */
function dayOrTime(cell: Date): string {
  if (Number.isNaN(cell.getTime())) return "";
  const iso = new Date(Math.round(cell.getTime() / 60_000) * 60_000).toISOString();
  const [day, time] = [iso.slice(0, 10), iso.slice(11, 16)];
  if (day < "1900-01-02") return time;
  return time === "00:00" ? day : `${day} ${time}`;
}
