import { describe, expect, it } from "vitest";
import { workbookOf, xlsxOf, zipOf } from "../../tests/support/spreadsheet.ts";
import { readTableFile } from "./imports/files.ts";
import { readPlanFile } from "./plan-files.ts";
import { weighSheets } from "./sheet-reach.ts";

const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
const heading = `<row r="1">${text("A1", "tautan")}${text("B1", "waktu")}${text("C1", "suka")}</row>`;
const sheet = (...rows: string[]) => workbookOf(`<sheetData>${heading}${rows.join("")}</sheetData>`);
const bounds = { bytes: 10_000_000, rows: 1_000, cells: 20_000 };

describe("a small file that would become a huge table", () => {
  it.each([
    ["in the last cell that exists", `<row r="1048576">${text("XFD1048576", "x")}</row>`],
    ["in the last row", `<row r="1048576">${text("A1048576", "x")}</row>`],
    [
      "in the last column of many rows",
      Array.from({ length: 300 }, (_, row) => `<row r="${row + 2}">${text(`XFD${row + 2}`, "x")}</row>`).join(""),
    ],
    ["where no cell exists", `<row r="999999999">${text("ZZZZZZ999999999", "x")}</row>`],
    ["behind a row that does not exist", '<row r="99999999"/>'],
    ["at an address in disguise", `<row r="2">${text("&#88;FD1", "x")}</row>`],
    ["hidden by quotes", `<row r="2" note="<c x='">${text("XFD2", "x")}</row><row r="1048576" note="'">${text("A1048576", "x")}</row>`],
  ])("holds something %s: it is told, and not read", async (_, rows) => {
    const file = sheet(rows);
    expect(weighSheets(file, bounds)).toEqual({ ok: false, code: "cells-far" });
    expect(await readTableFile(file)).toEqual({ ok: false, code: "cells-far" });
    expect(await readPlanFile(file)).toEqual({ ok: false, code: "not-a-table" });
  });

  it("spreads over its sheets: they are weighed together", () => {
    const far = Buffer.from(`<sheetData><row r="900">${text("T900", "x")}</row></sheetData>`);
    const sheets = (count: number) => zipOf(Array.from({ length: count }, (_, n) => ({ name: `xl/worksheets/sheet${n}.xml`, body: far })));
    expect(weighSheets(sheets(1), bounds)).toEqual({ ok: true, daysLate: 0 });
    expect(weighSheets(sheets(2), bounds)).toEqual({ ok: false, code: "cells-far" });
  });
});

it("a table of too many rows says so", () => {
  const rows = (count: number) =>
    sheet(...Array.from({ length: count }, (_, row) => `<row r="${row + 2}">${text(`A${row + 2}`, "x")}</row>`));
  expect(weighSheets(rows(999), bounds)).toEqual({ ok: true, daysLate: 0 });
  expect(weighSheets(rows(1_000), bounds)).toEqual({ ok: false, code: "too-many-rows" });
});

it("empty rows at the end of the sheet, as some programs write them, and a wrong measure of it do no harm", async () => {
  const row = `<row r="2">${text("A2", "x")}</row>`;
  const file = workbookOf(
    `<dimension ref="A1:XFD1048576"/><sheetData>${heading}${row}<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>`,
  );
  expect(await readTableFile(file)).toMatchObject({
    ok: true,
    cells: [
      ["tautan", "waktu", "suka"],
      ["x", "", ""],
    ],
  });
});

it("a sheet that is broken is no table", () => {
  for (const rows of [
    `<row r="2"><c t="inlineStr"><is><t>x</t></is></c></row>`,
    `<row r="2"><c r="A2`,
    `<row r="2"><c x="${"y".repeat(600)}" r="A2"/></row>`,
  ])
    expect(weighSheets(sheet(rows), bounds)).toEqual({ ok: false, code: "not-a-table" });
});

describe("days of a workbook", () => {
  const day = (at: string, number: number) => `<c r="${at}" s="1"><v>${number}</v></c>`;
  it.each([
    ["from 1900", "", 46_346],
    ["from 1904", '<workbookPr date1904="1"/>', 44_884],
    ["from 1904, as other programs say it", '<workbookPr backupFile="false" date1904="true"/>', 44_884],
    ["from 1900, as other programs say it", '<workbookPr date1904="false"/>', 46_346],
  ])("that counts %s are the same days", async (_, properties, number) => {
    const file = workbookOf(`<sheetData>${heading}<row r="2">${text("A2", "x")}${day("B2", number)}</row></sheetData>`, properties);
    expect(await readTableFile(file)).toMatchObject({ cells: [{}, ["x", "2026-11-20", ""]] });
    expect(await readPlanFile(file)).toMatchObject({ cells: [{}, ["x", "2026-11-20", ""]] });
  });
});

it("of a formula its last outcome is read; one that was never worked out or failed is nothing, never zero", async () => {
  const file = sheet(
    `<row r="2">${text("A2", "x")}<c r="B2" s="1"><f>TODAY()</f><v>46346</v></c><c r="C2"><f>SUM(D2:D9)</f><v>1234</v></c></row>`,
    `<row r="3">${text("A3", "y")}<c r="B3" t="str"><f>"2026-11-21"</f><v>2026-11-21</v></c><c r="C3"><f>SUM(D2:D9)</f></c></row>`,
    `<row r="4">${text("A4", "z")}${text("B4", "2026-11-22")}<c r="C4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`,
  );
  expect(await readTableFile(file)).toMatchObject({
    cells: [{}, ["x", "2026-11-20", "1234"], ["y", "2026-11-21", ""], ["z", "2026-11-22", ""]],
  });
});

it("a number is a number however it is written: 1234 is 1234", async () => {
  const file = xlsxOf([
    ["tautan", "waktu", "suka"],
    ["x", "2026-11-20", { number: 1234 }],
  ]);
  expect(await readTableFile(file)).toMatchObject({ cells: [{}, ["x", "2026-11-20", "1234"]] });
});
