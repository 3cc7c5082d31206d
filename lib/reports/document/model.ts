import type { Locale } from "../../core/text.ts";
import { formatNumber, formatPercent } from "../../core/text.ts";
import type { Change } from "../period.ts";
import type { Drawing } from "./drawing.ts";

/** How a cell is written: a name, a whole number, one decimal, a share, hours. */
export type CellKind = "text" | "count" | "decimal" | "percent" | "hours";
/** Null: not known. */
export type Cell = string | number | null;
export type Column = { label: string; kind: CellKind };
export type Table = { caption: string; columns: Column[]; rows: Cell[][] };

/** One of the five figures of the summary. */
export type KeyFigure = {
  label: string;
  value: number | null;
  kind: CellKind;
  text: string;
  note: string;
  change: Change;
  changeText: string;
};

export type Part = {
  key: string;
  heading: string;
  sentences: string[];
  figures: KeyFigure[];
  charts: { title: string; drawing: Drawing }[];
  tables: Table[];
  points: { text: string; reason: string }[];
};

/** A report as a document, the same for the page, the PDF, the spreadsheet and the short text. */
export type ReportDocument = {
  title: string;
  subject: string;
  period: string;
  asOf: string;
  basis: string[];
  parts: Part[];
  annexes: Part[];
};

/** A cell as it is read. */
export function printCell(cell: Cell, kind: CellKind, locale: Locale, unknown: string): string {
  if (cell === null) return unknown;
  if (typeof cell === "string") return cell;
  if (kind === "percent") return formatPercent(cell, locale, 1);
  return formatNumber(cell, locale, kind === "decimal" || kind === "hours" ? 1 : 0);
}
