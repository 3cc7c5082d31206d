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
 * in its first line, in small letters. `tell` hears of rows that were read but look wrong. Throws a TableError.
 */
export function readTable(bytes: Uint8Array, tell: (sentence: string) => void = () => {}): Row[] {
  const text = decoded(bytes);
  if (text.trim() === "") throw new TableError("The file is empty.");
  const { delimiter, head } = firstLine(text);
  const missing = wanted.filter((name) => !head.includes(name));
  if (missing.length > 0)
    throw new TableError(
      `Missing column: ${missing.join(", ")}. The first line must name ${wanted.join(", ")}; it names ${head.join(", ")}.`,
    );
  const twice = wanted.filter((name) => head.indexOf(name) !== head.lastIndexOf(name));
  if (twice.length > 0) throw new TableError(`The first line names a column twice: ${twice.join(", ")}.`);
  const rows = parsed(text, delimiter).slice(1);
  const uneven = rows.flatMap((fields, i) => (fields.length < head.length || fields.slice(head.length).some(Boolean) ? [i + 1] : []));
  if (uneven.length > 0)
    tell(
      `Rows with more or fewer fields than the first line has names (a text with "${delimiter}" stands in quotes): ${uneven.slice(0, 10).join(", ")}${uneven.length > 10 ? ` and ${uneven.length - 10} more` : ""}.`,
    );
  return rows.map((fields) => Object.fromEntries(head.map((name, i) => [name, fields[i] ?? ""])));
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new TableError(`The file is not in UTF-8 (line ${lineOfFault(bytes)}). Save it as "CSV UTF-8".`);
  }
}

/** The first line, from 1, that is not UTF-8. */
function lineOfFault(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const NEW_LINE = 10;
  for (let line = 1, from = 0; ; line++) {
    const end = bytes.indexOf(NEW_LINE, from);
    try {
      decoder.decode(bytes.subarray(from, end < 0 ? bytes.length : end));
    } catch {
      return line;
    }
    from = end + 1;
  }
}

/** The names in the first line, parted by the sign that gives most of those that are wanted. */
function firstLine(text: string): { delimiter: string; head: string[] } {
  const readings = [",", ";", "\t"].map((delimiter) => ({
    delimiter,
    head: (parsed(text, delimiter, 1)[0] ?? []).map((name) => name.trim().toLowerCase()),
  }));
  const known = ({ head }: { head: string[] }) => wanted.filter((name) => head.includes(name)).length;
  return readings.reduce((best, one) => (known(one) > known(best) ? one : best));
}

/** The records of a table without its blank lines. Files put together from several systems end their lines in more than one way. */
function parsed(text: string, delimiter: string, to = -1): string[][] {
  const options = {
    delimiter,
    to,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  };
  try {
    return (parse(text, options) as unknown as string[][]).filter((fields) => fields.length > 1 || fields[0]?.trim());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new TableError(
      error.code === "CSV_QUOTE_NOT_CLOSED"
        ? `A quote in ${error.records ? `row ${error.records}` : "the first line"} never ends.`
        : error.message,
    );
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
