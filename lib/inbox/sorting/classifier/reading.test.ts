import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { read, stem } from "./reading.ts";

const words = (text: string) => read(text).words.join(" ");

describe("everyday spelling becomes one", () => {
  it.each([
    ["Knp blm jd sih min", "kenapa belum jadi sih admin"],
    ["banyuuuu mati", "air mati"],
    ["anak2 jalan-jalan 3 hari", "anak jalan jalan # hari"],
    ["nuwun sewu pak", "permisi bapak"],
    ["Rp1.500.000 atau 10rb", "rp# atau #rb"],
    ["NIK ⟦nik⟧ saya", "nik ⟦nik⟧ saya"],
  ])("%s", (text, expected) => {
    expect(words(text)).toBe(expected);
  });
});

describe("disguised letters", () => {
  it.each([
    ["S L O T", "slot"],
    ["j.u.d.i", "judi"],
    ["g4c0r b1o t0g3l", "gacor bio togel"],
    ["g*cor", "gcor"],
    ["ѕlоt", "slot"],
    ["ＳＬＯＴ", "slot"],
    ["𝐬𝐥𝐨𝐭", "slot"],
    ["sl\u200bo\u00adt", "slot"],
    ["ᴊᴜᴅɪ", "judi"],
    ["s̶l̶o̶t̶", "slot"],
  ])("%s is read as %s", (text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it.each(["5kg beras", "kelas 2", "jam 08.30", "covid19", "a b c"])("%s is not disguised", (text) => {
    expect(read(text).disguised).toBe(0);
  });
});

it.each([
  ["diperbaiki", "baik"],
  ["perbaikan", "baik"],
  ["memperbaiki", "baik"],
  ["pelayanannya", "layan"],
  ["dilayani", "layan"],
])("the stem of %s is %s", (word, expected) => {
  expect(stem(word)).toBe(expected);
});

it("any text is read, and what was read reads the same again", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 60 })), (text) => {
      const once = read(text).plain;
      expect(read(once).plain).toBe(once);
    }),
    { numRuns: 2000 },
  );
});
