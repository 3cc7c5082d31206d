/** The platforms' own exports, as small files of our own writing: tests/data/exports. */
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { xlsxOf } from "../../../tests/support/spreadsheet.ts";
import type { Platform } from "../../platforms/contract.ts";
import { guess, headingOf, isFollowerTable, missingIn, recognise } from "./columns.ts";
import { readTableFile } from "./files.ts";
import { dayOrderOf } from "./moments.ts";
import { readDays, readPosts } from "./reading.ts";
import { mostImportBytes } from "./rules.ts";

const folder = path.join(import.meta.dirname, "../../../tests/data/exports");
const file = (name: string) => fs.readFileSync(path.join(folder, name));
const now = new Date("2026-11-22T12:00:00Z");

async function cellsOf(bytes: Uint8Array) {
  const table = await readTableFile(bytes);
  if (!table.ok) throw new Error(table.code);
  return table;
}

async function read(bytes: Uint8Array, platform: Platform, handle = "dinkestegal", remoteId = handle) {
  const { cells } = await cellsOf(bytes);
  const headed = headingOf(cells)!;
  const found = recognise(headed.headings, platform)!;
  const order = dayOrderOf(cells.map((line) => line[found.columns.moment ?? -1] ?? "")).order ?? found.dayOrder;
  const context = { account: { platform, handle, remoteId }, zone: "Asia/Jakarta", order, now } as const;
  return { ...found, ...readPosts(cells, found.columns, headed.row, context) };
}

const summary = ({ posts }: Awaited<ReturnType<typeof read>>) =>
  posts.map(({ post }) => [post.remoteId, post.publishedAt.toISOString().slice(0, 16), post.visual, ...Object.values(post.metrics)]);

describe("the layout is recognised and its figures are read", () => {
  test.each([
    [
      "meta-instagram-en.csv",
      "instagram",
      "meta-instagram",
      [
        ["DAbc123xyz", "2026-11-20T01:30", "image", 87, 9, 12, 1204, 980],
        ["DAbd456uvw", "2026-11-05T09:05", "video", 640, 37, 210, 12_500, 9800],
        ["DAbe789rst", "2026-11-01T00:00", "image", null, null, null, null, null],
      ],
    ],
    [
      "x-en.csv",
      "x",
      "x",
      [
        ["1858100000000000001", "2026-11-20T05:00", null, 31, 5, 7, 1204, null],
        ["1858100000000000002", "2026-11-05T05:00", null, 4, 0, 1, 320, null],
      ],
    ],
    ["x-old-en.csv", "x", "x-old", [["1258100000000000001", "2020-05-01T01:12", null, 6, 1, 3, 845, null]]],
    [
      "tiktok-en.csv",
      "tiktok",
      "tiktok",
      [
        ["7438100000000000001", "2026-11-20T05:00", null, 1200, 37, 210, 18_400, null],
        ["7438100000000000002", "2025-12-24T05:00", null, 830, 12, 40, 9102, null],
      ],
    ],
    ["tiktok-id.csv", "tiktok", "tiktok", [["7438100000000000001", "2026-11-20T05:00", null, 1200, 37, 210, 18_400, null]]],
    [
      "youtube-en.csv",
      "youtube",
      "youtube",
      [
        ["dQw4w9WgXcQ", "2026-11-20T05:00", null, 101, 9, 30, 4200, null],
        ["aBcDeFgHiJk", "2026-11-05T05:00", null, 39, 3, 1, 1010, null],
      ],
    ],
    ["youtube-id.csv", "youtube", "youtube", [["dQw4w9WgXcQ", "2026-11-20T05:00", null, 101, 9, 30, 4200, null]]],
  ] as const)("%s", async (name, platform, layout, posts) => {
    const found = await read(file(name), platform);
    expect(found.problems).toEqual([]);
    expect(found.layout).toBe(layout);
    expect(summary(found)).toEqual(posts);
  });

  test("a Facebook page's export in Indonesian, for an account known by its number or by its name", async () => {
    const found = await read(file("meta-facebook-id.csv"), "facebook", "dinkestegal", "61550000000001");
    expect(found.problems).toEqual([]);
    expect(summary(found)).toEqual([
      ["61550000000001_122100000000000001", "2026-11-20T01:30", "image", 1234, 56, 20, 18_040, 12_500],
      ["990011223344", "2026-11-05T09:05", "video", 30, 6, 4, 2500, 1200],
    ]);
    expect((await read(file("meta-facebook-id.csv"), "facebook")).posts).toHaveLength(2);
  });

  test("followers by day; a day without a figure is told, not taken for zero", async () => {
    const { cells } = await cellsOf(file("followers-id.csv"));
    const headed = headingOf(cells)!;
    const { layout, columns } = recognise(headed.headings, "instagram")!;
    expect([layout, isFollowerTable(columns)]).toEqual(["followers", true]);
    const context = { account: { platform: "instagram", handle: "a", remoteId: "a" }, zone: "Asia/Jakarta", order: "dmy", now } as const;
    const { days, problems } = readDays(cells, columns, headed.row, context);
    expect(days.map(({ day, followers }) => [day, followers])).toEqual([
      ["2026-11-19", 1902],
      ["2026-11-20", 1915],
    ]);
    expect(problems).toMatchObject([{ row: 5, code: "missing" }]);
  });

  test("another platform's export says whose it is; what nobody knows is left to a person", () => {
    const tiktok = ["Video title", "Video link", "Post time", "Total likes"];
    expect(recognise(tiktok, "instagram")).toMatchObject({ layout: "tiktok", otherPlatforms: ["tiktok"] });
    const own = ["Alamat", "Terbit", "Suka"];
    expect(recognise(own, "instagram")).toBeNull();
    expect(missingIn(guess(own))).toEqual(["permalink", "moment"]);
    expect(guess(own)).toEqual({ likes: 2 });
    expect(recognise(["Date", "Impressions", "Likes", "New follows"], "x"), "figures by day are no posts").toBeNull();
  });
});

describe("a file is read whatever it is called", () => {
  const rows = 'tautan;waktu;teks\nhttps://www.instagram.com/p/AAA1/;20/11/2026 08.30;"Café é, ―"\n';
  const utf16 = (mark: boolean, big = false) => {
    const bytes = Buffer.from((mark ? "\ufeff" : "") + rows, "utf16le");
    return big ? Buffer.from(bytes).swap16() : bytes;
  };
  test.each([
    ["UTF-8 with its mark", Buffer.from(`\ufeff${rows}`), false],
    ["UTF-16 with its mark", utf16(true), false],
    ["UTF-16 without", utf16(false), false],
    ["UTF-16, the other way round", utf16(true, true), false],
    ["tabs", Buffer.from(rows.replaceAll(";", "\t")), false],
  ])("%s", async (_, bytes, guessed) => {
    const table = await cellsOf(bytes);
    expect(table.cells[1]).toEqual(["https://www.instagram.com/p/AAA1/", "20/11/2026 08.30", "Café é, ―"]);
    expect(table.guessed).toBe(guessed);
  });

  test("old Windows letters are taken and told", async () => {
    const table = await cellsOf(Buffer.from("tautan;waktu;teks\nx;20/11/2026;Caf\u00e9", "latin1"));
    expect(table).toMatchObject({ guessed: true });
    expect(table.cells[1]?.[2]).toBe("Café");
  });

  test.each([
    ["file-empty", Buffer.alloc(0)],
    ["old-excel", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])],
    ["web-page", Buffer.from("<html><table><tr><td>1</td></tr></table></html>")],
    ["zip", Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0])],
    ["not-a-table", Buffer.from('a;b\n"never closed')],
    ["file-too-large", Buffer.alloc(mostImportBytes + 1, 65)],
  ])("%s", async (code, bytes) => {
    expect(await readTableFile(bytes)).toEqual({ ok: false, code });
  });

  test("a spreadsheet with merged headings: the name above stands for the cell below it", async () => {
    const bytes = xlsxOf([
      ["Unggahan", "", "Angka", ""],
      ["Tautan", "Waktu", "Suka", "Komentar"],
      ["https://www.instagram.com/p/AAA1/", "2026-11-20 08:30", { number: 1234 }, { number: 5 }],
    ]);
    expect(headingOf((await cellsOf(bytes)).cells)).toEqual({ row: 1, headings: ["Tautan", "Waktu", "Suka", "Komentar"] });
    expect(
      headingOf([
        ["Tautan", "Waktu", "Angka"],
        ["", "", "Suka"],
        ["x", "y", "1"],
      ]),
    ).toEqual({
      row: 1,
      headings: ["Tautan", "Waktu", "Suka"],
    });
  });
});

test("what is wrong with a row is named by its row and column, and the others are taken", async () => {
  const text = [
    "tautan;waktu;jenis;suka;nama pengguna akun",
    "https://www.instagram.com/p/AAA1/;20/11/2026 08.00;Hologram;10;dinkestegal",
    ";20/11/2026 08.00;;;",
    "https://x.com/a/status/1;kemarin;;;",
    '"=HYPERLINK(""https://www.instagram.com/p/AAA2/"";""Lihat"")";31/11/2026 08.00;;banyak;',
    "https://www.instagram.com/p/AAA3/;01/01/2027 08.00;;;",
    "https://www.instagram.com/p/AAA1/?igsh=x;20/11/2026 08.00;;;",
    "https://www.instagram.com/p/AAA4/;20/11/2026 08.00;;#REF!;",
    "https://www.instagram.com/kecamatan.lain/p/AAA5/;20/11/2026 08.00;;;",
    "https://www.instagram.com/p/AAA6/;20/11/2026 08.00;;;orang_lain",
    "https://www.instagram.com/p/AAA7/;22/11/2026;Foto;0;@dinkestegal",
  ].join("\n");
  const { cells } = await cellsOf(Buffer.from(text));
  const columns = { permalink: 0, moment: 1, kind: 2, likes: 3, account: 4 };
  const context = {
    account: { platform: "instagram", handle: "dinkestegal", remoteId: "dinkestegal" },
    zone: "Asia/Jakarta",
    order: "dmy",
    now,
  } as const;
  const found = readPosts(cells, columns, 0, context);
  expect(found.rows).toBe(10);
  expect(found.unknownKinds).toEqual(["Hologram"]);
  expect(found.posts.map(({ post }) => [post.remoteId, post.visual, post.metrics.likes])).toEqual([
    ["AAA1", null, 10],
    ["AAA7", "image", 0],
  ]);
  expect(found.problems.map(({ row, column, code }) => [row, column, code])).toEqual([
    [3, 0, "missing"],
    [4, 0, "other-platform"],
    [4, 1, "not-a-time"],
    [5, 1, "not-a-time"],
    [5, 3, "not-a-count"],
    [6, 1, "in-future"],
    [7, 0, "twice"],
    [8, 3, "formula"],
    [9, 0, "other-account"],
    [10, 4, "other-account"],
  ]);
});

test("an id that a spreadsheet rounded is told as such", () => {
  const context = {
    account: { platform: "x", handle: "dinkestegal", remoteId: "dinkestegal" },
    zone: "Asia/Jakarta",
    order: "dmy",
    now,
  } as const;
  const { problems, posts } = readPosts(
    [
      ["id", "date"],
      ["1,8581E+18", "20/11/2026"],
      ["1858100000000000001", "20/11/2026"],
    ],
    { postId: 0, moment: 1 },
    0,
    context,
  );
  expect(problems).toMatchObject([{ row: 2, code: "id-rounded" }]);
  expect(posts[0]?.post.permalink).toBe("https://x.com/dinkestegal/status/1858100000000000001");
});

test("no file makes it throw, nor a post without an address and a past moment", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(fc.array(fc.string(), { maxLength: 4 }), { maxLength: 5 }),
      async (noise, cells) => {
        await readTableFile(noise);
        const context = { account: { platform: "tiktok", handle: "a", remoteId: "a" }, zone: "Asia/Jakarta", order: "mdy", now } as const;
        for (const { post } of readPosts(cells, { permalink: 0, moment: 1, likes: 2 }, -1, context).posts) {
          expect(post.permalink).toMatch(/^https:\/\//);
          expect(post.publishedAt <= now).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
});
