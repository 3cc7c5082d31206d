import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeTexts } from "./merging.ts";

const base = "Vaksinasi anak dibuka.\n\nTempat: Puskesmas Slawi.\n\nBawa KIA.";
const edit = (from: string, to: string) => base.replace(from, to);

describe("a text that two wrote on", () => {
  it.each([
    ["only I changed it", edit("dibuka", "dimulai"), base, edit("dibuka", "dimulai")],
    ["only the other changed it", base, edit("KIA", "buku KIA"), edit("KIA", "buku KIA")],
    ["both changed it alike", edit("Slawi", "Adiwerna"), edit("Slawi", "Adiwerna"), edit("Slawi", "Adiwerna")],
    [
      "each changed another paragraph",
      edit("dibuka", "dimulai"),
      edit("Slawi", "Adiwerna"),
      "Vaksinasi anak dimulai.\n\nTempat: Puskesmas Adiwerna.\n\nBawa KIA.",
    ],
    [
      "I struck out a paragraph, the other changed the next",
      edit("Tempat: Puskesmas Slawi.\n\n", ""),
      edit("KIA", "buku KIA"),
      "Vaksinasi anak dibuka.\n\nBawa buku KIA.",
    ],
    ["I wrote before and the other after it", `Halo.\n\n${base}`, `${base}\n\nTerima kasih.`, `Halo.\n\n${base}\n\nTerima kasih.`],
    ["neighbouring lines without a blank between", "a\nb!\nc", "a!\nb\nc", "a!\nb!\nc", "a\nb\nc"],
  ])("merges when %s", (_name, mine, theirs, clean, was = base) => {
    expect(mergeTexts(was, mine, theirs)).toEqual({ clean });
  });

  it("shows both where both changed one paragraph, and merges the rest", () => {
    expect(mergeTexts(base, edit("Slawi", "Adiwerna").replace("dibuka", "dimulai"), edit("Slawi", "Talang"))).toEqual({
      conflicts: [
        "Vaksinasi anak dimulai.\n\n",
        { mine: "Tempat: Puskesmas Adiwerna.", theirs: "Tempat: Puskesmas Talang." },
        "\n\nBawa KIA.",
      ],
    });
  });

  it("shows both where one struck out what the other changed, and where both began", () => {
    expect(mergeTexts("a\nb", "a", "a\nbb")).toEqual({ conflicts: ["a", { mine: "", theirs: "\nbb" }] });
    expect(mergeTexts("", "Halo", "Hai")).toEqual({ conflicts: [{ mine: "Halo", theirs: "Hai" }] });
    expect(mergeTexts("a", "a\nx", "a\ny")).toEqual({ conflicts: ["a", { mine: "\nx", theirs: "\ny" }] });
  });

  it("takes 100,000 characters of short lines, even all rewritten", () => {
    const lines = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word}${i % 100}`).join("\n");
    const long = lines("a");
    expect(mergeTexts(long, `${long}\nmine`, `theirs\n${long}`)).toEqual({ clean: `theirs\n${long}\nmine` });
    expect(mergeTexts(long, lines("b"), lines("c"))).toEqual({ conflicts: [{ mine: lines("b"), theirs: lines("c") }] });
  });
});

const paragraph = fc.constantFrom("a", "b", "c", "d", "", "e e");
const text = fc
  .array(fc.tuple(paragraph, fc.constantFrom("\n", "\n\n")), { maxLength: 8 })
  .map((parts) => parts.flatMap(([words, gap], index) => (index ? [gap, words] : [words])).join(""));
const words = (of: string) => of.split(/\n+/).filter(Boolean);

describe("whatever the three texts", () => {
  it("an unchanged side gives way, and equal sides are the result", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(mergeTexts(one, one, other)).toEqual({ clean: other });
        expect(mergeTexts(one, other, one)).toEqual({ clean: other });
        expect(mergeTexts(one, other, other)).toEqual({ clean: other });
      }),
    );
  });

  it("merges changes of different paragraphs", () => {
    const plan = fc.array(fc.record({ gap: fc.constantFrom("\n", "\n\n"), who: fc.constantFrom("nobody", "mine", "theirs") }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(plan, (parts) => {
        const write = (...sides: string[]) =>
          parts.map(({ gap, who }, index) => `${index ? gap : ""}alinea ${index}${sides.includes(who) ? ` diubah ${who}` : ""}`).join("");
        expect(mergeTexts(write(), write("mine"), write("theirs"))).toEqual({ clean: write("mine", "theirs") });
      }),
    );
  });

  it("keeps every paragraph that either side wrote, and glues none together", () => {
    fc.assert(
      fc.property(text, text, text, (was, mine, theirs) => {
        const merged = mergeTexts(was, mine, theirs);
        const pieces = "clean" in merged ? [merged.clean] : merged.conflicts;
        const read = (side: "mine" | "theirs") => words(pieces.map((piece) => (typeof piece === "string" ? piece : piece[side])).join(""));
        const both = [...read("mine"), ...read("theirs")];
        for (const word of [...words(mine), ...words(theirs)]) if (!words(was).includes(word)) expect(both).toContain(word);
        const known = new Set([...words(was), ...words(mine), ...words(theirs)]);
        for (const word of both) expect(known).toContain(word);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is the same from the other side", () => {
    fc.assert(
      fc.property(text, text, text, (was, mine, theirs) => {
        const here = mergeTexts(was, mine, theirs);
        const there = mergeTexts(was, theirs, mine);
        if ("clean" in here) expect(there).toEqual(here);
        else
          expect(there).toEqual({
            conflicts: here.conflicts.map((piece) => (typeof piece === "string" ? piece : { mine: piece.theirs, theirs: piece.mine })),
          });
      }),
    );
  });
});
