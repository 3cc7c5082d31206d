/** A cell of a table file that no spreadsheet takes for a formula. */
const cell = (value: string | number) =>
  typeof value === "number" ? `"${value}"` : `"${value.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;

/** Lines as CSV; the mark before them tells spreadsheets that it is UTF-8. */
export const tableFile = (lines: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
