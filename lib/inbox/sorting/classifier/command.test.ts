import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "garda-classify-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function classify(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/classify.mjs", ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}
function written(name: string, content: string) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
}

describe("npm run classify", () => {
  it("writes the table and nothing else to standard output, the pace and the figures to standard error", () => {
    const file = written("good.csv", 'id,platform,text,kind\r\n7,x,"makasih, cepat\nsekali",apresiasi\r\n');
    const { status, stdout, stderr } = classify(file);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^id,kind,needs_reply,urgent,has_pii,sensitive,confidence\n7,apresiasi,false,false,false,false,[01][.\d]*\n$/);
    expect(stderr).toContain("1 comments,");
    expect(stderr).toContain("macro-F1 1.000");
  });

  it("sorts texts of any length", () => {
    const long = [
      "jalan rusak tolong ".repeat(5300),
      "a".repeat(100_000),
      "0".repeat(100_000),
      "\u0301".repeat(100_000),
      "@a. ".repeat(25_000),
    ];
    const file = written("long.csv", `id,platform,text\n${long.map((text, i) => `${i},x,${text}\n`).join("")}8,x,\n9,x,makasih min\n`);
    const { status, stdout, stderr } = classify(file);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => line.split(",")[0])).toEqual(["id", "0", "1", "2", "3", "4", "8", "9"]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("says on standard error which rows look wrong", () => {
    const { status, stdout, stderr } = classify(written("uneven.csv", "id,platform,text\n1,x,rusak, tolong\n2,x,halo\n"));
    expect({ status, lines: stdout.split("\n").length }).toEqual({ status: 0, lines: 4 });
    expect(stderr).toContain("more or fewer fields");
  });

  it("does without figures where the labels are none of ours", () => {
    const { status, stdout, stderr } = classify(written("labels.csv", "id,platform,text,kind\n7,x,makasih min,sapaan\n"));
    expect(status).toBe(0);
    expect(stdout.split("\n")).toHaveLength(3);
    expect(stderr).toContain('No figures: Row 1: "sapaan" is no kind');
  });

  it.each<[string, () => string[], string]>([
    ["no file named", () => [], "Usage:"],
    ["another word", () => ["--help"], "Usage:"],
    ["a file that is not there", () => [path.join(folder, "none.csv")], "there is no such file"],
    ["a folder", () => [folder], "cannot be read"],
    ["an empty file", () => [written("empty.csv", "")], "The file is empty."],
    ["a missing column", () => [written("columns.csv", "id,text\n1,halo\n")], "Missing column: platform."],
  ])("ends with 2 and a sentence on %s", (_, args, sentence) => {
    const { status, stdout, stderr } = classify(...args());
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
