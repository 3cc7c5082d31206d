import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, localDay } from "../units/calendar.ts";
import { fieldOfInstant } from "../units/local-time.ts";
import { channelsNamed, readDay, readTime } from "./plan-cells.ts";
import { mostPlannedRows, type PlanContext, planColumns, readPlan } from "./plan-import.ts";

const ids = {
  ig: "0193aaaa-0000-7000-8000-00000000000a",
  fb: "0193aaaa-0000-7000-8000-00000000000b",
  fb2: "0193aaaa-0000-7000-8000-00000000000c",
};
const picture = { id: "0193bbbb-0000-7000-8000-00000000000a", name: "Vaksin Anak.jpg", alt: "Anak divaksin", mime: "image/jpeg" };
const context: PlanContext = {
  now: new Date("2026-11-22T05:00:00Z"),
  zone: "Asia/Makassar",
  channels: [
    { id: ids.ig, platform: "instagram", handle: "dinkestegal" },
    { id: ids.fb, platform: "facebook", handle: "dinkestegal.kab" },
    { id: ids.fb2, platform: "facebook", handle: "puskesmas.slawi" },
  ],
  media: [
    picture,
    { ...picture, id: "0193bbbb-0000-7000-8000-00000000000b", name: "logo.png" },
    { ...picture, id: "0193bbbb-0000-7000-8000-00000000000c", name: "LOGO.png" },
    { ...picture, id: "0193bbbb-0000-7000-8000-00000000000d", name: "a.mp4", mime: "video/mp4" },
    { ...picture, id: "0193bbbb-0000-7000-8000-00000000000e", name: "b.mp4", mime: "video/mp4" },
    ...Array.from({ length: 37 }, (_, index) => ({
      ...picture,
      id: `0193cccc-0000-7000-8000-0000000000${10 + index}`,
      name: `${index}.jpg`,
    })),
  ],
};
const heading = ["Tanggal", "Jam", "Kanal", "Naskah", "Judul", "Tautan", "Pilar", "Sumber", "Gambar", "Tautan sumber", "Dokumen"];
const line = (more: Partial<Record<(typeof planColumns)[number], string>> = {}) => {
  const usual: Partial<Record<(typeof planColumns)[number], string>> = {
    tanggal: "2026-11-30",
    jam: "08.30",
    kanal: "IG",
    naskah: "Vaksinasi anak dibuka.",
  };
  return planColumns.map((column) => ({ ...usual, ...more })[column] ?? "");
};
const read = (...rows: string[][]) => {
  const found = readPlan([heading, ...rows], context);
  if (!found.ok) throw new Error(found.code);
  return found;
};

describe("a table of planned posts", () => {
  it("becomes drafts, its times on the unit's clock", () => {
    const full = line({
      kanal: "Instagram; @dinkestegal.kab; ig",
      naskah: "Vaksinasi\r\nanak\u200b dibuka.",
      judul: "Vaksinasi",
      tautan: "https://tegalkab.go.id",
      pilar: "Layanan",
      sumber: "Dinkes",
      tautan_sumber: "https://dinkes.tegalkab.go.id/jadwal",
      dokumen: "SE 400/2026",
      gambar: "vaksin anak.jpg",
    });
    expect(read(full, ["", " "], line({ naskah: "", gambar: "Vaksin Anak.jpg" }))).toEqual({
      ok: true,
      rows: 2,
      problems: [],
      planned: [
        {
          row: 2,
          draft: {
            publishAt: "2026-11-30T00:30:00.000Z",
            text: "Vaksinasi\nanak dibuka.",
            title: "Vaksinasi",
            link: "https://tegalkab.go.id",
            pillar: "layanan",
            source: "Dinkes",
            sourceLink: "https://dinkes.tegalkab.go.id/jadwal",
            sourceDocument: "SE 400/2026",
            channels: [
              { channelId: ids.ig, text: null },
              { channelId: ids.fb, text: null },
            ],
            media: [{ mediaId: picture.id, alt: "Anak divaksin" }],
            firstComment: null,
            collaborators: [],
          },
        },
        expect.objectContaining({ row: 4, draft: expect.objectContaining({ text: "", title: null, pillar: null }) }),
      ],
    });
  });

  it("may name its columns otherwise and in any order, with columns of its own between", () => {
    const found = readPlan(
      [
        ["Caption*", "no", "CHANNEL", "tanggal_terbit", "Pukul"],
        ["Halo", "1", "ig", "30/11/2026", "8:30"],
      ],
      context,
    );
    expect(found).toMatchObject({
      ok: true,
      planned: [{ row: 2, draft: { text: "Halo", publishAt: "2026-11-30T00:30:00.000Z" } }],
      problems: [],
    });
  });

  it.each<[Parameters<typeof line>[0], string, string]>([
    [{ tanggal: "" }, "tanggal", "missing"],
    [{ tanggal: "2026-11-31" }, "tanggal", "not-a-day"],
    [{ tanggal: "besok" }, "tanggal", "not-a-day"],
    [{ tanggal: "2026-11-21" }, "tanggal", "time-past"],
    [{ tanggal: "2026-11-22", jam: "12.58" }, "jam", "time-past"],
    [{ tanggal: "2027-11-30" }, "tanggal", "time-far"],
    [{ jam: "" }, "jam", "missing"],
    [{ jam: "25.00" }, "jam", "not-a-time"],
    [{ jam: "pagi" }, "jam", "not-a-time"],
    [{ jam: "08.30 WIB" }, "jam", "other-zone"],
    [{ kanal: " ; " }, "kanal", "missing"],
    [{ kanal: "ig; Friendster" }, "kanal", "channel-unknown"],
    [{ kanal: "youtube" }, "kanal", "channel-unknown"],
    [{ kanal: "facebook" }, "kanal", "channel-ambiguous"],
    [{ naskah: " \u200b" }, "naskah", "missing"],
    [{ naskah: "a".repeat(100_001) }, "naskah", "too-long"],
    [{ judul: "a".repeat(301) }, "judul", "too-long"],
    [{ tautan: "tegalkab" }, "tautan", "not-an-address"],
    [{ pilar: "hiburan" }, "pilar", "not-a-pillar"],
    [{ sumber: "a".repeat(301) }, "sumber", "too-long"],
    [{ gambar: "tidak ada.jpg" }, "gambar", "picture-unknown"],
    [{ gambar: "logo.PNG" }, "gambar", "picture-ambiguous"],
    [{ gambar: "a.mp4; b.mp4" }, "gambar", "one-video"],
    [{ gambar: Array.from({ length: 37 }, (_, index) => `${index}.jpg`).join(";") }, "gambar", "too-many-pictures"],
  ])("tells what is wrong with %j", (cells, column, code) => {
    const { planned, problems } = read(line(cells));
    expect(planned).toEqual([]);
    expect(problems).toEqual([{ row: 2, column, code, value: expect.any(String) }]);
    expect(problems[0]!.value.length).toBeLessThanOrEqual(80);
  });

  it("tells every problem of a row, each with what stands there", () => {
    const { problems } = read(line(), line({ tanggal: "kapan-kapan", jam: "9", kanal: "ig; orkut; friendster", pilar: "x" }));
    expect(problems.map(({ row, column, code, value }) => [row, column, code, value])).toEqual([
      [3, "tanggal", "not-a-day", "kapan-kapan"],
      [3, "jam", "not-a-time", "9"],
      [3, "kanal", "channel-unknown", "orkut"],
      [3, "kanal", "channel-unknown", "friendster"],
      [3, "pilar", "not-a-pillar", "x"],
    ]);
  });

  it("takes the same post to a channel once a day", () => {
    const { planned, problems } = read(
      line(),
      line({ jam: "17.00", naskah: "VAKSINASI  anak dibuka." }),
      line({ kanal: "ig; @puskesmas.slawi" }),
      line({ tanggal: "2026-12-01" }),
      line({ kanal: "@puskesmas.slawi" }),
    );
    expect(planned.map(({ row }) => row)).toEqual([2, 5]);
    expect(problems.map(({ row, code, firstRow }) => [row, code, firstRow])).toEqual([
      [3, "twice", 2],
      [4, "twice", 2],
      [6, "twice", 4],
    ]);
  });

  it.each<[string, string[][], unknown]>([
    ["nothing in it", [], { ok: false, code: "empty" }],
    ["a heading alone", [heading, ["", "  "]], { ok: false, code: "empty" }],
    [
      "a column missing",
      [
        ["tanggal", "isi"],
        ["a", "b"],
      ],
      { ok: false, code: "columns-missing", columns: ["jam", "kanal"] },
    ],
    ["two columns of one kind", [[...heading, "caption"], line()], { ok: false, code: "columns-twice", columns: ["naskah"] }],
    ["too many rows", [heading, ...Array.from({ length: mostPlannedRows + 1 }, () => line())], { ok: false, code: "too-many-rows" }],
  ])("is refused as a whole with %s", (_name, cells, answer) => expect(readPlan(cells, context)).toEqual(answer));

  it("with 1,000 rows of which 37 are wrong: plans 963 and names the 37", () => {
    const faults: Parameters<typeof line>[0][] = [
      { tanggal: "32/13/2026" },
      { jam: "pagi" },
      { kanal: "orkut" },
      { tautan: "x" },
      { pilar: "?" },
      { gambar: "hilang.png" },
      { tanggal: "2026-01-05" },
    ];
    const wrong = new Set(Array.from({ length: 37 }, (_, index) => 3 + index * 27));
    const rows = Array.from({ length: 1_000 }, (_, index) => {
      const usual = { tanggal: addDays("2026-11-23", index % 300), naskah: `Naskah ke-${index}` };
      return line({ ...usual, ...(wrong.has(index) ? faults[index % faults.length] : {}) });
    });
    const { planned, problems, rows: count } = read(...rows);
    expect(count).toBe(1_000);
    expect(planned).toHaveLength(963);
    expect(problems.map(({ row }) => row - 2)).toEqual([...wrong]);
  });
});

describe("cells as people write them", () => {
  it.each([
    ["2026-11-30", "2026-11-30"],
    ["2026-1-5", "2026-01-05"],
    ["2026-11-30T00:00:00.000Z", "2026-11-30"],
    ["30/11/2026", "2026-11-30"],
    ["5-1-2026", "2026-01-05"],
    ["30.11.2026", "2026-11-30"],
    ["30 November 2026", "2026-11-30"],
    ["Senin, 30 Nov 2026", "2026-11-30"],
    ["17 Agustus 2026", "2026-08-17"],
    ["1 Mei 2026", "2026-05-01"],
    ["29 Feb 2028", "2028-02-29"],
    ["29 Feb 2027", null],
    ["30/11-2026", null],
    ["30/11/26", null],
    ["30 Brumaire 2026", null],
    ["2026-11-30T08:00:00Z", null],
    ["", null],
  ])("day %j is %j", (text, day) => expect(readDay(text)).toBe(day));

  it.each([
    ["08.30", "08:30"],
    ["8:30", "08:30"],
    ["08:30:00", "08:30"],
    ["00.00", "00:00"],
    ["pukul 19.05 WITA", "19:05"],
    ["08.60", "not-a-time"],
    ["24.00", "not-a-time"],
    ["8", "not-a-time"],
    ["08.30 PM", "not-a-time"],
    ["08.30 wit", "other-zone"],
  ])("time %j is %j", (text, expected) => {
    const found = readTime(text, "Asia/Makassar");
    expect("time" in found ? found.time : found.code).toBe(expected);
  });

  it.each([
    ["ig", [ids.ig]],
    ["DinkesTegal", [ids.ig]],
    ["Facebook @puskesmas.slawi", [ids.fb2]],
    ["fb: dinkestegal.kab", [ids.fb]],
    ["facebook", [ids.fb, ids.fb2]],
    ["instagram @puskesmas.slawi", []],
    ["constructor", []],
  ])("channel %j is %j", (name, expected) => expect(channelsNamed(name, context.channels).map(({ id }) => id)).toEqual(expected));
});

describe("whatever the table", () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom("2026-11-30", "08.30", "ig", "facebook", "x", "", "logo.png", "layanan", "https://a.go.id"),
  );

  it("each filled row is planned or has a problem, never both, and what is planned lies ahead", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { maxLength: 10 }), { maxLength: 12 }),
        fc.array(fc.constantFrom({}, { jam: "09.00" }, { kanal: "fb" }), { maxLength: 6 }),
        (noise, usual) => {
          const rows = [...noise, ...usual.map((more) => line(more))];
          const found = readPlan([heading, ...rows], context);
          if (!found.ok) return;
          const [good, bad] = [found.planned.map(({ row }) => row), new Set(found.problems.map(({ row }) => row))];
          expect(good.filter((row) => bad.has(row))).toEqual([]);
          expect(good.length + bad.size).toBe(found.rows);
          for (const { draft } of found.planned) {
            expect(new Date(draft.publishAt).getTime()).toBeGreaterThan(context.now.getTime() - 61_000);
            expect(localDay(new Date(draft.publishAt), context.zone)).toBe(fieldOfInstant(draft.publishAt, context.zone).slice(0, 10));
            expect(draft.channels.length).toBeGreaterThan(0);
          }
        },
      ),
    );
  });

  it("never throws on any cells", () => {
    fc.assert(fc.property(fc.array(fc.array(fc.string({ unit: "binary" }))), (cells) => void readPlan(cells, context)));
  });
});
