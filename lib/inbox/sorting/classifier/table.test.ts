import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { figuresOfTable, readTable, sortedTable, TableError } from "./table.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const head = "id,platform,text";

describe("a table of comments", () => {
  it.each<[string, string]>([
    ["commas", `${head}\n1,x,"satu, dua"\n`],
    ["other columns in another order", `text,kind,id,more,platform\n"satu, dua",spam,1,?,x\n`],
    ["a byte-order mark and CRLF", `\ufeff${head}\r\n1,x,"satu, dua"\r\n`],
    ["semicolons", "id;platform;text\n1;x;satu, dua\n"],
    ["tabs", "id\tplatform\ttext\n1\tx\tsatu, dua\n"],
    ["capitals and spaces in the names", `ID, Platform ,"Text"\n1,x,"satu, dua"\n`],
    ["no end of line at the end, empty lines", `${head}\n\n1,x,"satu, dua"\n   `],
    ["names in quotes, between semicolons", '"id";"platform";"text"\n1;x;"satu, dua"\n'],
    ["a comma in the name of another column", 'id;platform;"text, isi";text\n1;x;?;"satu, dua"\n'],
    ["fields beyond that are empty", `${head}\n1,x,"satu, dua",,\n`],
  ])("with %s", (_, text) => {
    expect(readTable(bytes(text))).toMatchObject([{ id: "1", platform: "x", text: "satu, dua" }]);
  });

  it("keeps line breaks, quotes and semicolons within a text", () => {
    expect(readTable(bytes(`${head}\n1,x,"kata ""dia""\r\nbaris; dua"\n`))[0]?.text).toBe('kata "dia"\r\nbaris; dua');
  });

  it("ends its lines as each system does, also in one file", () => {
    expect(readTable(bytes(`${head}\r\n1,x,a\n2,x,"b\nb"\r3,x,c\r\n`)).map(({ id }) => id)).toEqual(["1", "2", "3"]);
  });

  it("has a row for each record, also for one with nothing in it", () => {
    expect(readTable(bytes(`${head}\n,,\n1,x,\n"","",""\n`))).toHaveLength(3);
    expect(readTable(bytes(head))).toEqual([]);
  });

  it("with a row too short or too long is read, and that is told", () => {
    const tell = vi.fn();
    const rows = readTable(bytes(`${head}\n1,x\n2,x,ada\n3,x,jalan rusak, tolong\n`), tell);
    expect(rows.map(({ text }) => text)).toEqual(["", "ada", "jalan rusak"]);
    expect(tell).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^Rows with more or fewer fields .*: 1, 3\.$/));
  });

  it.each<[string, Uint8Array, string]>([
    ["nothing", bytes(""), "The file is empty."],
    ["only space", bytes("\ufeff \n"), "The file is empty."],
    ["no text", bytes("id,platform\n1,x\n"), "Missing column: text."],
    ["no names", bytes("1,x,halo\n"), "Missing column: id, platform, text."],
    ["another sign between the fields", bytes("id|platform|text\n1|x|halo\n"), "it names id|platform|text."],
    ["no text, between semicolons", bytes("id;platform;teks\n1;x;halo\n"), "Missing column: text."],
    ["two texts", bytes(`${head},text\n1,x,a,b\n`), "names a column twice: text."],
    ["a quote that does not end", bytes(`${head}\n1,x,a\n2,x,"halo\n3,x,b\n`), "A quote in row 2 never ends."],
    ["another encoding", Uint8Array.from([...bytes(`${head}\n1,x,`), 0xe9, 0x0a]), "The file is not in UTF-8 (line 2)."],
    ["two bytes for each letter", Buffer.from(`\ufeff${head}\n1,x,halo\n`, "utf16le"), "The file is not in UTF-8 (line 1)."],
  ])("of %s is refused", (_, table, sentence) => {
    expect(() => readTable(table)).toThrow(TableError);
    expect(() => readTable(table)).toThrow(sentence);
  });
});

describe("what is said of it", () => {
  it("is a line for each row, in their order, ids quoted where they must be", () => {
    const rows = readTable(bytes(`${head}\n"a,1",x,NIK 9905014203650003 belum jadi\nb,x,\nc,x,🙏\n`));
    const lines = sortedTable(rows).csv.split("\n");
    expect(lines[0]).toBe("id,kind,needs_reply,urgent,has_pii,sensitive,confidence");
    expect(lines[1]).toMatch(/^"a,1",[a-z_]+,(true|false),(true|false),true,(true|false),[01](\.\d+)?$/);
    expect(lines[2]).toBe("b,lainnya,false,false,false,false,1");
    expect(lines[3]).toBe("c,lainnya,false,false,false,false,1");
    expect(lines).toHaveLength(5);
  });

  it("is a line for each row, whatever they hold and however the file is laid out", () => {
    const field = fc.string({ unit: fc.constantFrom(..."ab1 ,;\t\"'\r\n=😀\u202e\u0301"), maxLength: 12 });
    const laidOut = fc.record({
      rows: fc.array(fc.record({ id: field, platform: field, text: field, "lain, isi": field }), { maxLength: 6 }),
      columns: fc.shuffledSubarray(["id", "platform", "text", "lain, isi"], { minLength: 4 }),
      ...{ delimiter: fc.constantFrom(",", ";", "\t"), end: fc.constantFrom("\n", "\r\n"), mark: fc.constantFrom("", "\ufeff") },
    });
    const needsQuotes = /[",;\t\r\n]/;
    fc.assert(
      fc.property(laidOut, ({ rows, columns, delimiter, end, mark }) => {
        const cell = (value: string) => (needsQuotes.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
        const line = (values: string[]) => `${values.map(cell).join(delimiter)}${end}`;
        const file = mark + line(columns) + rows.map((row) => line(columns.map((name) => row[name as keyof typeof row]))).join("");
        const read = readTable(bytes(file));
        expect(read.map(({ id, text }) => [id, text])).toEqual(rows.map(({ id, text }) => [id, text]));
        const written = parse(sortedTable(read).csv, { relax_column_count: false }) as unknown as string[][];
        expect(written.slice(1).map(([id]) => id)).toEqual(rows.map(({ id }) => id));
      }),
      { numRuns: 200 },
    );
  });

  it("does not depend on the order of the rows", () => {
    const rows = ["jalan rusak", "makasih min", "slot gacor maxwin cek bio", "kapan buka?"].map((text, i) => ({
      id: `${i}`,
      platform: "x",
      text,
    }));
    const sorted = (table: typeof rows) => sortedTable(table).csv.trim().split("\n").slice(1).sort();
    expect(sorted([...rows].reverse())).toEqual(sorted(rows));
  });

  it("is weighed when the table tells the kinds, in either language", () => {
    const rows = readTable(bytes(`${head},kind\n1,x,makasih banyak min,apresiasi\n2,x,terima kasih petugas ramah,praise\n`));
    expect(figuresOfTable(rows, sortedTable(rows).said)?.right).toBe(1);
    expect(figuresOfTable(readTable(bytes(`${head}\n1,x,halo\n`)), [])).toBeNull();
    expect(() => figuresOfTable(readTable(bytes(`${head},kind\n1,x,halo,sapaan\n`)), [])).toThrow('"sapaan" is no kind');
  });
});
