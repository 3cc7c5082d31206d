import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostRows, readCsv } from "./reading.ts";

const instantOf = (local: string) => {
  const at = new Date(`${local}:00+07:00`);
  return Number.isNaN(at.getTime()) || !local.startsWith(new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)) ? null : at;
};
const context = { platform: "tiktok" as const, owner: "dinkestegal", now: new Date("2026-11-22T12:00:00Z"), instantOf };
const read = (text: string) => readCsv(text, context);
const address = (id: number) => `https://www.tiktok.com/@dinkestegal/video/${id}`;
const good = (text: string) => {
  const result = read(text);
  if (!result.ok) throw new Error(result.code);
  return result;
};

describe("readCsv", () => {
  it("reads a template as people keep it, with semicolons, a byte order mark and grouped numbers", () => {
    const { posts, problems } = good(
      `\ufeffTautan;Waktu;Teks;Jenis;Suka;Komentar;Dibagikan;Tayangan\r\n${address(1)}?lang=id;20/11/2026 08.30;"Vaksin gratis; daftar di tegalkab.go.id";Video;1.234;0;;12 500\r\n`,
    );
    expect(problems).toEqual([]);
    expect(posts).toEqual([
      {
        remoteId: "1",
        permalink: address(1),
        text: "Vaksin gratis; daftar di tegalkab.go.id",
        publishedAt: new Date("2026-11-20T01:30:00Z"),
        visual: "video",
        hasAlt: null,
        hasLink: true,
        repost: false,
        metrics: { likes: 1234, comments: 0, shares: null, views: 12_500, reach: null },
      },
    ]);
  });

  it.each([
    ["2026-11-20 08:30", "2026-11-20T01:30:00.000Z"],
    ["2026-11-20T08:30:45", "2026-11-20T01:30:00.000Z"],
    ["2026-11-20T01:30:00Z", "2026-11-20T01:30:00.000Z"],
    ["20-11-2026", "2026-11-20T05:00:00.000Z"],
  ])("takes %s for an instant", (time, instant) => {
    expect(good(`url,date\n${address(1)},${time}`).posts[0]?.publishedAt.toISOString()).toBe(instant);
  });

  it("names every problem by its row and column, and takes the good rows", () => {
    const { posts, problems, rows } = good(
      [
        "tautan,waktu,jenis,suka",
        `${address(1)},2026-11-20 08:00,video,10`,
        ",2026-11-20 08:00,,",
        "https://x.com/a/status/1,kemarin,,",
        `${address(2)},2026-11-31 08:00,hologram,banyak`,
        `${address(3)},2027-01-01 08:00,,`,
        `${address(1)},2026-11-20 08:00,,`,
        `${address(4)},2026-11-20 08:00,,-5`,
      ].join("\n"),
    );
    expect(rows).toBe(7);
    expect(posts.map((post) => post.remoteId)).toEqual(["1"]);
    expect(problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, "tautan", "missing"],
      [4, "tautan", "other-platform"],
      [4, "waktu", "not-a-time"],
      [5, "waktu", "not-a-time"],
      [5, "jenis", "not-a-kind"],
      [5, "suka", "not-a-count"],
      [6, "waktu", "in-future"],
      [7, "tautan", "twice"],
      [8, "suka", "not-a-count"],
    ]);
  });

  it("says what is wrong with a file as a whole", () => {
    expect(read("")).toEqual({ ok: false, code: "empty" });
    expect(read("tautan,waktu\n")).toEqual({ ok: false, code: "empty" });
    expect(read('tautan,waktu\n"tak ditutup')).toEqual({ ok: false, code: "not-a-table" });
    expect(read("judul,suka\na,1")).toEqual({ ok: false, code: "columns-missing", missing: ["tautan", "waktu"] });
    expect(read(`tautan,waktu\n${"a,b\n".repeat(mostRows + 1)}`)).toEqual({ ok: false, code: "too-many-rows" });
  });

  it("never throws, and never makes a post without an address and a time", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.array(fc.string(), { maxLength: 4 }), { maxLength: 5 }), (noise, cells) => {
        read(noise);
        const result = read(`tautan,waktu,suka\n${cells.map((row) => row.map((cell) => JSON.stringify(cell)).join(",")).join("\n")}`);
        if (result.ok) for (const post of result.posts) expect(post.permalink).toMatch(/^https:\/\//);
      }),
    );
  });
});
