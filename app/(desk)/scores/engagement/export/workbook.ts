import writeExcelFile, { type CellObject } from "write-excel-file/node";
import type { Cell, Table } from "#lib/scores/engagement/tables.ts";
import type { Zone } from "#lib/units/calendar.ts";
import { fieldOfInstant } from "#lib/units/local-time.ts";

/** Tables as sheets of one workbook: numbers and moments stay numbers and moments, a moment on the clock of `zone`. */
export function workbookOf(tables: readonly (Table & { title: string })[], zone: Zone): Promise<Uint8Array> {
  const cellOf = (cell: Cell): CellObject | null => {
    if (cell === null) return null;
    if (cell instanceof Date) return { value: localMoment(cell, zone), type: Date, format: "yyyy-mm-dd hh:mm" };
    if (typeof cell === "number") return { value: cell, type: Number, format: Number.isInteger(cell) ? "#,##0" : "0.0000" };
    return { value: cell, type: String };
  };
  const sheets = tables.map(({ title, headings, rows }) => ({
    sheet: title.slice(0, 31),
    data: [
      headings.map((heading): CellObject => ({ value: heading, type: String, fontWeight: "bold" })),
      ...rows.map((row) => row.map(cellOf)),
    ],
    columns: headings.map((heading) => ({ width: Math.max(14, heading.length + 2) })),
    stickyRowsCount: 1,
  }));
  return writeExcelFile(sheets).toBuffer();
}

/** A spreadsheet knows no zone: it is given the local time as if it were UTC. */
const localMoment = (at: Date, zone: Zone) => new Date(`${fieldOfInstant(at.toISOString(), zone)}:00Z`);
