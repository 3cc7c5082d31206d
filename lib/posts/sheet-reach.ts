/**
 * What an .xlsx file would become in memory, judged before it is read: a reader fills every gap up to the last cell that holds
 * anything, so that two cells at opposite ends of a sheet are worth millions. Pure.
 */
import { unpacksWithin } from "./zip-weight.ts";

export type SheetBounds = { bytes: number; rows: number; cells: number };
/** `daysLate`: what has to be added to the days of a workbook that counts from 1904 and says so in a word that the reader misses. */
export type WeighedSheets = { ok: true; daysLate: number } | { ok: false; code: "not-a-table" | "too-many-rows" | "cells-far" };

/** The last row and the last column that a spreadsheet has. */
const lastPossible = { row: 1_048_576, column: 16_384 };
const from1900To1904 = 1_462;

/** Whether every sheet of a workbook stays within the bounds. */
export function weighSheets(file: Buffer, bounds: SheetBounds): WeighedSheets {
  const reach: Reach = { filledRows: 0, lastRow: 0, gaps: 0, cells: 0, far: false, broken: false };
  let daysLate = 0;
  const fits = unpacksWithin(file, bounds.bytes, (content) => {
    if (content.includes("sheetData")) extend(reach, content.toString("latin1"));
    else if (content.includes("workbookPr") && countsFrom1904(content.toString("latin1"))) daysLate = from1900To1904;
  });
  if (!fits || reach.broken) return { ok: false, code: "not-a-table" };
  if (reach.filledRows > bounds.rows) return { ok: false, code: "too-many-rows" };
  if (reach.far || reach.lastRow > bounds.rows || reach.cells > bounds.cells || reach.gaps > mostGaps)
    return { ok: false, code: "cells-far" };
  return { ok: true, daysLate };
}

/** Rows with nothing in them are dropped by the reader and may lie anywhere that exists, but not of too many sheets. */
const mostGaps = 8 * lastPossible.row;
/** `filledRows` and `lastRow` of the sheet that has most, `gaps` (rows down to the last, empty or not) and `cells` of all together. */
type Reach = { filledRows: number; lastRow: number; gaps: number; cells: number; far: boolean; broken: boolean };

function extend(reach: Reach, sheet: string): void {
  let [row, filledRows, lastRow, lastColumn, lowest] = [0, 0, 0, 0, 0];
  for (let from = sheet.indexOf("<"); from >= 0; ) {
    const end = endOf(sheet, from);
    if (end < 0) {
      reach.broken = true;
      return;
    }
    const [, name, attributes, empty] = tag.exec(sheet.slice(from, Math.min(end + 1, from + longestTag))) ?? [];
    if (name) {
      const told = address.exec(attributes!)?.[1];
      const at = (name === "c" ? /^([A-Z]{1,3})([0-9]{1,7})$/ : /^()([0-9]{1,7})$/).exec(told ?? (name === "c" ? "" : "1"));
      const [column, line] = [columnOf(at?.[1] ?? ""), Number(at?.[2])];
      if (name === "c" && told === undefined) reach.broken = true;
      else if (!at || line > lastPossible.row || column > lastPossible.column) reach.far = true;
      lowest = Math.max(lowest, line);
      if (name === "c" && !empty) {
        if (line !== row) filledRows += 1;
        row = line;
        lastRow = Math.max(lastRow, line);
        lastColumn = Math.max(lastColumn, column);
      }
    } else if (end - from > longestTag && rowOrCell.test(sheet.slice(from, from + longestTag))) reach.broken = true;
    from = sheet.indexOf("<", end);
  }
  reach.filledRows = Math.max(reach.filledRows, filledRows);
  reach.lastRow = Math.max(reach.lastRow, lastRow);
  reach.gaps += lowest;
  reach.cells += lastRow * lastColumn;
}

const longestTag = 500;
const rowOrCell = /^<(?:[\w.-]+:)?(?:row|c)[\s/>]/;
/** A row or a cell with its attributes, and the sign of an empty one. */
const tag = /^<(?:[\w.-]+:)?(row|c)(?=[\s/>])(.*?)(\/?)>$/s;
const address = /(?:^|\s)r\s*=\s*["']([^"']*)["']/;

const closings: [string, string][] = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
];

/** Where what begins with a "<" ends, whatever stands within its quotes; negative when it does not. */
function endOf(sheet: string, from: number): number {
  const closing = closings.find(([opening]) => sheet.startsWith(opening, from))?.[1];
  if (closing) return sheet.indexOf(closing, from);
  for (let at = from + 1, quote = ""; at < sheet.length; at += 1) {
    const sign = sheet[at]!;
    if (quote) quote = sign === quote ? "" : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === ">") return at;
  }
  return -1;
}

const columnOf = (letters: string) => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** "1" is understood by the reader; "true", as some programs write, means the same. */
const countsFrom1904 = (workbook: string) => /<(?:[\w.-]+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["']true["']/.test(workbook);

/** A day of such a workbook as it is meant. */
export const later = (date: Date, days: number): Date => new Date(date.getTime() + days * 86_400_000);
