import fs from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";

/** The rows of a file in `data/`, by the names in its first line. */
export const readTable = <Row extends { [column: string]: string }>(name: string): Row[] =>
  parse(fs.readFileSync(path.join(import.meta.dirname, "data", name)), { columns: true, bom: true }) as Row[];
