import { describe, expect, it } from "vitest";
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
    ["no end of line at the end, empty lines", `${head}\n\n1,x,"satu, dua"`],
  ])("with %s", (_, text) => {
    expect(readTable(bytes(text))).toMatchObject([{ id: "1", platform: "x", text: "satu, dua" }]);
  });

  it("keeps line breaks, quotes and semicolons within a text", () => {
    expect(readTable(bytes(`${head}\n1,x,"kata ""dia""\r\nbaris; dua"\n`))[0]?.text).toBe('kata "dia"\r\nbaris; dua');
  });

  it("with a row too short has empty fields there", () => {
    expect(readTable(bytes(`${head}\n1,x\n`))).toEqual([{ id: "1", platform: "x", text: "" }]);
  });

  it.each<[string, Uint8Array, string]>([
    ["nothing", bytes(""), "The file is empty."],
    ["only space", bytes("\ufeff \n"), "The file is empty."],
    ["no text", bytes("id,platform\n1,x\n"), "Missing column: text."],
    ["no names", bytes("1,x,halo\n"), "Missing column: id, platform, text."],
    ["a quote that does not end", bytes(`${head}\n1,x,"halo\n`), "Quote"],
    ["another encoding", Uint8Array.from([...bytes(`${head}\n1,x,`), 0xe9, 0x0a]), "The file is not in UTF-8."],
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
