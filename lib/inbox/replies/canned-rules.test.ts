import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fill, greetingAt, unknownVariables } from "./canned-rules.ts";

const filling = { nama: "Ibu Nur", salam: "pagi", unit: "Dinas Sosial", petugas: "Rina" };

describe("a canned reply", () => {
  it("is filled in, whatever the case and spaces of its names", () => {
    expect(fill("Selamat {salam}, { Nama }. Salam dari {UNIT}.", filling)).toBe("Selamat pagi, Ibu Nur. Salam dari Dinas Sosial.");
  });

  it("shows what nobody could fill in, and names what means nothing", () => {
    expect(fill("Yth. {nama}, kode {kode}", { ...filling, nama: "" })).toBe("Yth. {nama}, kode {kode}");
    expect(unknownVariables("{nama} {kode} {Kode} {}")).toEqual(["kode"]);
  });

  it("takes a name as it is: what looks like a variable in it is not filled in again", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (nama) => {
        expect(fill("{nama}", { ...filling, nama })).toBe(nama);
      }),
    );
    expect(fill("{nama} dan {unit}", { ...filling, nama: "{unit}" })).toBe("{unit} dan Dinas Sosial");
  });

  it.each([
    [0, "malam"],
    [179, "malam"],
    [180, "pagi"],
    [659, "pagi"],
    [660, "siang"],
    [899, "siang"],
    [900, "sore"],
    [1109, "sore"],
    [1110, "malam"],
  ] as const)("greets at minute %i with %s", (minute, word) => {
    expect(greetingAt(minute)).toBe(word);
  });
});
