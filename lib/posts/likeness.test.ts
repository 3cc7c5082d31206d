import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparable, likeness, matches, thresholds } from "./likeness.ts";

const vaccination =
  "Vaksinasi anak dibuka Senin, 23 November 2026 pukul 08.00 WIB di Puskesmas Slawi. Bawa buku KIA dan kartu keluarga. Gratis untuk semua warga.";

describe("how like two texts are", () => {
  it("compares words, whatever their case, signs, accents, links, tags and mentions", () => {
    expect(comparable("  Info PENTING!!! Cek\nhttps://tegalkab.go.id/a?b=1 #Slawi #TegalSehat @dinkestegal – Résumé 👍 ")).toBe(
      "info penting cek resume",
    );
  });

  it.each([
    ["itself", vaccination, "same"],
    ["itself shouted, with tags and a link", `${vaccination.toUpperCase()} !!! #sehat https://s.id/x`, "same"],
    ["itself on another day and place", vaccination.replace("Senin, 23", "Selasa, 24").replace("Slawi", "Talang"), "alike"],
    ["itself with a sentence more", `${vaccination} Antrean dibuka pukul 07.00.`, "alike"],
    [
      "something else of the same office",
      "Waspada demam berdarah: kuras bak mandi, tutup tandon, dan kubur barang bekas mulai pekan ini.",
      null,
    ],
    ["nothing", "", null],
  ])("takes a text and %s for %#", (_name, other, degree) => {
    const value = likeness(vaccination, other);
    expect(value >= thresholds.same ? "same" : value >= thresholds.alike ? "alike" : null).toBe(degree);
  });

  it("compares texts without a word as they are", () => {
    expect(likeness("👍👍", "👍👍 ")).toBe(1);
    expect(likeness("https://s.id/a", "https://s.id/b")).toBe(0);
  });
});

describe("the same text elsewhere", () => {
  const at = new Date("2026-11-23T01:00:00Z");
  const candidate = (id: string, unit: string, publishedAt: string, text = vaccination) => ({
    id,
    unit,
    publishedAt: new Date(publishedAt),
    text,
  });

  it("is found within 30 days, own and of sister units, the likest first", () => {
    const found = matches(
      vaccination,
      [
        candidate("alike", "puskesmas", "2026-11-20T01:00:00Z", `${vaccination} Antrean dibuka pukul 07.00.`),
        candidate("older", "dinkes", "2026-10-24T01:00:00Z"),
        candidate("too-old", "dinkes", "2026-10-24T00:59:59Z"),
        candidate("planned", "dinkes", "2026-12-01T01:00:00Z"),
        candidate("other", "dinkes", "2026-11-22T01:00:00Z", "Selamat pagi warga Tegal."),
      ],
      { unit: "dinkes", at },
    );
    expect(found.map(({ candidate: { id }, degree, sister }) => [id, degree, sister])).toEqual([
      ["planned", "same", false],
      ["older", "same", false],
      ["alike", "alike", true],
    ]);
  });
});

describe("whatever the texts", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(fc.constantFrom("air", "bersih", "jalan", "#tag", "s.id/a", "!"), { maxLength: 12 }).map((w) => w.join(" ")),
  );

  it("is between 0 and 1, 1 for itself, and the same from both sides", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const value = likeness(one, other);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(likeness(other, one)).toBe(value);
        expect(likeness(one, one)).toBe(1);
      }),
    );
  });

  it("falls as more words are others", () => {
    const words = fc.uniqueArray(fc.stringMatching(/^[a-m]{5,8}$/), { minLength: 6, maxLength: 20 });
    fc.assert(
      fc.property(words, (list) => {
        const replaced = (count: number) => list.map((word, i) => (i < count ? "zzzz".repeat(2) : word)).join(" ");
        expect(likeness(replaced(0), replaced(1))).toBeGreaterThan(likeness(replaced(0), replaced(list.length)));
        expect(likeness(replaced(0), replaced(list.length))).toBeLessThan(thresholds.alike);
      }),
    );
  });
});
