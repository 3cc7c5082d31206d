import writeExcelFile from "write-excel-file/node";

export type SheetCell = string | number | null;

/** A table as an XLSX file with numbers as numbers: what it is about in lines above, then its head and rows. */
export function sheetFile(
  name: string,
  about: readonly (readonly SheetCell[])[],
  head: readonly string[],
  rows: readonly (readonly SheetCell[])[],
) {
  const cell = (value: SheetCell) => (typeof value === "number" && !Number.isInteger(value) ? { value, format: "0.0" } : value);
  const widths = head.map((title, column) => ({
    width: Math.min(60, Math.max(title.length, ...rows.map((row) => String(row[column] ?? "").length)) + 2),
  }));
  return writeExcelFile(
    [
      ...about.map((line) => line.map(cell)),
      [],
      head.map((value) => ({ value, fontWeight: "bold" as const })),
      ...rows.map((row) => row.map(cell)),
    ],
    { sheet: name, columns: widths, stickyRowsCount: about.length + 2 },
  ).toBuffer();
}
