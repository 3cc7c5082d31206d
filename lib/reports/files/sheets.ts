import writeExcelFile, { type CellObject, type SheetData } from "write-excel-file/node";
import type { Words } from "../document/building.ts";
import type { Cell, CellKind, Column, Part, ReportDocument, Table } from "../document/model.ts";
import type { ReportFigures } from "../figures/types.ts";

const formats: Record<CellKind, string | undefined> = {
  text: undefined,
  count: "#,##0",
  decimal: "#,##0.0",
  percent: "0.0%",
  hours: "#,##0.0",
};
const DAY = "dd mmmm yyyy";
/** Excel's own limit for the name of a sheet, and the signs that it refuses. */
const sheetName = (name: string, taken: readonly string[]) => {
  const clean = name
    .replaceAll(/[[\]:*?/\\]/g, " ")
    .slice(0, 31)
    .trim();
  return taken.includes(clean) ? `${clean.slice(0, 28)} ${taken.length + 1}` : clean;
};

/** The report as a workbook: real numbers and dates, one sheet a part; what is not known is left empty, never 0. */
export function sheetsOf(document: ReportDocument, figures: ReportFigures, number: string | null, say: Words): Promise<Uint8Array> {
  const parts = [...document.parts.filter(({ tables }) => tables.length), ...document.annexes];
  const names: string[] = [];
  const named = (name: string) => {
    const found = sheetName(name, names);
    names.push(found);
    return found;
  };
  const sheets = [
    {
      sheet: named(say("reports.doc.part.summary")),
      data: summary(document, figures, number, say),
      columns: [{ width: 34 }, { width: 26 }, { width: 26 }, { width: 44 }],
    },
    ...parts.map((part) => ({
      sheet: named(part.heading),
      data: tables(part),
      columns: widths(part.tables),
      // Of a single table the head stays in sight.
      ...(part.tables.length === 1 ? { stickyRowsCount: 1, stickyColumnsCount: 1 } : {}),
    })),
  ];
  return writeExcelFile(sheets, { fontFamily: "Calibri", fontSize: 11 }).toBuffer();
}

const bold = (value: string): CellObject => ({ value, fontWeight: "bold" });
const head = (value: string): CellObject => ({
  value,
  fontWeight: "bold",
  backgroundColor: "#E4F0F4",
  wrap: true,
  bottomBorderStyle: "thin",
});
const day = (value: string): CellObject => ({ value: new Date(`${value}T00:00:00Z`), type: Date, format: DAY, align: "left" });

/** A cell that holds what it shows; text that begins like a formula stays text, as the file names its type. */
function cellOf(cell: Cell, kind: CellKind): CellObject | null {
  if (cell === null) return null;
  return typeof cell === "number" ? { value: cell, type: Number, format: formats[kind] } : { value: cell, type: String };
}

function summary(document: ReportDocument, figures: ReportFigures, number: string | null, say: Words): SheetData {
  const t = (key: string) => say(`reports.doc.${key}`);
  const key = document.parts.find((part) => part.key === "summary");
  return [
    [{ value: document.title, fontWeight: "bold", fontSize: 14 }],
    [bold(document.subject)],
    [t("sheet.number"), number],
    [t("sheet.from"), day(figures.period.from)],
    [t("sheet.to"), day(figures.period.to)],
    [t("sheet.lastDay"), day(figures.lastDay)],
    [document.asOf],
    [],
    [head(t("sheet.figure")), head(t("sheet.value")), head(t("sheet.note")), head(t("sheet.change"))],
    ...(key?.figures ?? []).map(({ label, value, kind, note, changeText }) => [label, cellOf(value, kind), note || null, changeText]),
    [],
    ...document.parts.flatMap(({ points, heading }) =>
      points.length ? [[bold(heading)], ...points.map(({ text, reason }) => [text, null, null, reason])] : [],
    ),
  ];
}

/** Tables beneath one another, each under its name; a single one begins with its head. */
const tables = ({ tables: all }: Part): SheetData =>
  all.length === 1 ? table(all[0]!) : all.flatMap((one) => [[bold(one.caption)], ...table(one), []]);

const table = ({ columns, rows }: Table): SheetData => [
  columns.map(({ label }) => head(label)),
  ...rows.map((row) => row.map((cell, index) => cellOf(cell, columns[index]!.kind))),
];

function widths(all: readonly Table[]) {
  const most = Math.max(...all.map(({ columns }) => columns.length));
  const wide = (column: Column | undefined) => (column?.kind === "text" ? 30 : 14);
  return Array.from({ length: most }, (_, index) => ({ width: Math.max(...all.map(({ columns }) => wide(columns[index]))) }));
}
