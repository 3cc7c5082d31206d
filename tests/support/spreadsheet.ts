/** Small .xlsx files, and archives that lie about themselves, as bytes. */
import { crc32, deflateRawSync } from "node:zlib";

type File = { name: string; body: Buffer };

/** A zip archive of these files, packed. */
export function zipOf(files: File[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, body } of files) {
    const packed = deflateRawSync(body);
    const heading = Buffer.alloc(26);
    heading.writeUInt16LE(20, 0);
    heading.writeUInt16LE(8, 4);
    heading.writeUInt32LE(crc32(body), 10);
    heading.writeUInt32LE(packed.length, 14);
    heading.writeUInt32LE(body.length, 18);
    heading.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), heading, Buffer.from(name), packed]);
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02"), Buffer.from([20, 0]), heading, offset, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\x05\x06"), end]);
}

type Cell = string | { day: number } | { time: number } | { number: number };
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const parcel = "http://schemas.openxmlformats.org/package/2006";

/** One sheet; `day` is a spreadsheet's number of a day, `time` the share of a day that has passed. */
export function xlsxOf(rows: Cell[][]): Buffer {
  const cell = (value: Cell, column: number, row: number) => {
    const ref = `r="${String.fromCharCode(65 + column)}${row + 1}"`;
    if (typeof value === "string") return `<c ${ref} t="inlineStr"><is><t>${value}</t></is></c>`;
    if ("day" in value) return `<c ${ref} s="1"><v>${value.day}</v></c>`;
    if ("time" in value) return `<c ${ref} s="2"><v>${value.time}</v></c>`;
    return `<c ${ref}><v>${value.number}</v></c>`;
  };
  const lines = rows.map((row, index) => `<row r="${index + 1}">${row.map((value, column) => cell(value, column, index)).join("")}</row>`);
  return workbookOf(`<sheetData>${lines.join("")}</sheetData>`);
}

/** A workbook of one sheet as it is written there; `properties` stand before its sheets. */
export function workbookOf(sheet: string, properties = ""): Buffer {
  const xml = (name: string, text: string) => ({ name, body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`) });
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  return zipOf([
    xml(
      "[Content_Types].xml",
      `<Types xmlns="${parcel}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>`,
    ),
    xml(
      "_rels/.rels",
      `<Relationships xmlns="${parcel}/relationships">${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    ),
    xml(
      "xl/workbook.xml",
      `<workbook xmlns="${main}" xmlns:r="${office}">${properties}<sheets><sheet name="Rencana" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    xml(
      "xl/_rels/workbook.xml.rels",
      `<Relationships xmlns="${parcel}/relationships">${relation("rId1", "worksheet", "worksheets/sheet1.xml")}${relation("rId2", "styles", "styles.xml")}</Relationships>`,
    ),
    xml(
      "xl/styles.xml",
      `<styleSheet xmlns="${main}"><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="20" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ),
    xml("xl/worksheets/sheet1.xml", `<worksheet xmlns="${main}">${sheet}</worksheet>`),
  ]);
}
