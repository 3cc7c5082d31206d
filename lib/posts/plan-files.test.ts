import { describe, expect, it } from "vitest";
import { xlsxOf, zipOf } from "../../tests/support/spreadsheet.ts";
import { readPlanFile } from "./plan-files.ts";
import { unpacksWithin } from "./zip-weight.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const cells = async (file: Uint8Array) => {
  const read = await readPlanFile(file);
  return read.ok ? read.cells : read.code;
};

describe("a CSV file", () => {
  it.each([
    ["semicolons", "Tanggal;Jam\r\n30/11/2026;08.30"],
    ["commas and a mark of its encoding", "\ufeffTanggal,Jam\n30/11/2026,08.30"],
    ["tabs", "Tanggal\tJam\n30/11/2026\t08.30"],
  ])("with %s", async (_, text) => {
    expect(await cells(bytes(text))).toEqual([
      ["Tanggal", "Jam"],
      ["30/11/2026", "08.30"],
    ]);
  });

  it("keeps signs and lines within quotes; saved as Unicode text too", async () => {
    const text = 'Naskah;Jam\r\n"Satu; dua\r\ntiga ""empat""";08.30';
    const expected = [
      ["Naskah", "Jam"],
      ['Satu; dua\r\ntiga "empat"', "08.30"],
    ];
    expect(await cells(bytes(text))).toEqual(expected);
    expect(await cells(Buffer.from(`\ufeff${text}`, "utf16le"))).toEqual(expected);
  });
});

describe("an .xlsx file", () => {
  it("gives days and times as they are read by people, whatever it is called", async () => {
    const file = xlsxOf([
      ["Tanggal", "Jam", "Naskah"],
      [{ day: 46356 }, { time: 0.3541666667 }, "Vaksinasi"],
      ["30/11/2026", "08.30", { number: 12 }],
    ]);
    expect(await cells(file)).toEqual([
      ["Tanggal", "Jam", "Naskah"],
      ["2026-11-30", "08:30", "Vaksinasi"],
      ["30/11/2026", "08.30", "12"],
    ]);
  });

  it("that would unpack to more than it may is not unpacked", async () => {
    const bomb = zipOf([{ name: "xl/worksheets/sheet1.xml", body: Buffer.alloc(40 * 1024 * 1024) }]);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await cells(bomb)).toBe("not-a-table");
  });

  it("whose directory does not name all that it holds, or tells another size, is refused", () => {
    const [small, hidden] = [zipOf([{ name: "a", body: Buffer.from("a") }]), zipOf([{ name: "b", body: Buffer.alloc(9_000_000) }])];
    expect(unpacksWithin(small, 1000)).toBe(true);
    expect(unpacksWithin(Buffer.concat([hidden, small]), 1000)).toBe(false);
    const told = Buffer.from(small);
    told.writeUInt32LE(1, 18);
    expect(unpacksWithin(told, 1000)).toBe(false);
    expect(unpacksWithin(zipOf([{ name: "c", body: Buffer.alloc(1001) }]), 1000)).toBe(false);
    expect(unpacksWithin(small.subarray(0, 20), 1000)).toBe(false);
  });
});

it("a file that is no table says so; one that is too large too", async () => {
  for (const file of [xlsxOf([["a"]]).subarray(0, 300), new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]), bytes("a\0b"), zipOf([])])
    expect(await cells(file)).toBe("not-a-table");
  expect(await cells(new Uint8Array(2 * 1024 * 1024 + 1))).toBe("file-too-large");
});
