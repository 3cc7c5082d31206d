/** Comments in a CSV file, and what is said of them in another. */
import { CsvError, parse } from "csv-parse/sync";
import { triage } from "../triage.ts";
import { kindNames, labelled } from "./comments.ts";
import type { Figures } from "./figures.ts";
import { figuresOf, type Said } from "./figures.ts";

/** The file cannot be read; the message says what is wrong with it. */
export class TableError extends Error {}

const wanted = ["id", "platform", "text"] as const;
export type Row = Record<string, string>;

/**
 * The rows of a CSV file (RFC 4180; a comma, a semicolon or a tab between the fields; with or without a byte-order mark), by the names
 * in its first line, in small letters. Throws a TableError.
 */
export function readTable(bytes: Uint8Array): Row[] {
  const text = decoded(bytes);
  if (text.trim() === "") throw new TableError("The file is empty.");
  const delimiter = [",", ";", "\t"].find((sign) => headOf(text, sign).includes("text")) ?? ",";
  const head = headOf(text, delimiter);
  const missing = wanted.filter((name) => !head.includes(name));
  if (missing.length > 0)
    throw new TableError(
      `Missing column: ${missing.join(", ")}. The first line must name ${wanted.join(", ")}; it names ${head.join(", ")}.`,
    );
  const options = { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, skip_records_with_empty_values: true };
  const rows = parsed(text, options).slice(1);
  return rows.map((fields) => Object.fromEntries(head.map((name, i) => [name, fields[i] ?? ""])));
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new TableError("The file is not in UTF-8.");
  }
}

const headOf = (text: string, delimiter: string): string[] =>
  (parsed(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, to: 1 })[0] ?? []).map((name) =>
    name.trim().toLowerCase(),
  );

function parsed(text: string, options: object): string[][] {
  try {
    return parse(text, options) as unknown as string[][];
  } catch (error) {
    throw error instanceof CsvError ? new TableError(error.message) : error;
  }
}

/** What is said of each row, as CSV with a line each, in the order of the rows. */
export function sortedTable(rows: readonly Row[]): { csv: string; said: Said[] } {
  const said = rows.map((row) => triage(row.text ?? ""));
  const lines = said.map(({ kind, needsReply, urgent, hasPii, sensitive, confidence }, i) =>
    [quoted(rows[i]!.id ?? ""), kindNames[kind], needsReply, urgent, hasPii, sensitive, confidence].join(","),
  );
  return { csv: `${["id,kind,needs_reply,urgent,has_pii,sensitive,confidence", ...lines].join("\n")}\n`, said };
}

const quoted = (field: string) => (/[",;\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** How well a labelled table was sorted; null when it tells no kinds. Throws when a kind is none of the eleven. */
export function figuresOfTable(rows: readonly Row[], said: readonly Said[]): Figures | null {
  return rows[0] && "kind" in rows[0] ? figuresOf(labelled(rows), said) : null;
}
