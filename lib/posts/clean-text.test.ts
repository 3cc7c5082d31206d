import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, mostCharacters } from "./clean-text.ts";

const nothing = { direction: 0, invisible: 0, control: 0, beyond: 0 };

describe("what a paste brings", () => {
  it.each([
    ["line breaks of every kind", "a\r\nb\rc\u2028d\u2029e\u000bf\u000cg\u0085h", "a\nb\nc\nd\ne\nf\ng\nh", {}],
    ["spaces that do not break", "Rp\u00a010.000\u202f000", "Rp 10.000 000", {}],
    ["tabs and blank lines stay", "a\t b\n\n\nc ", "a\t b\n\n\nc ", {}],
    ["zero-width characters", "\ufeffpil\u200bka\u2060da\u00ad", "pilkada", { invisible: 4 }],
    ["marks that turn the direction", "harga \u202e00001\u202c \u2066x\u2069", "harga 00001 x", { direction: 4 }],
    ["control signs", "a\u0000b\u0007c\u009f", "abc", { control: 3 }],
    ["a picture that was pasted along", "Foto: \ufffc.", "Foto: .", { invisible: 1 }],
    ["hidden words in tags", "aman\u{e0061}\u{e0062}", "aman", { invisible: 2 }],
    ["half a character", "a\ud83d", "a\ufffd", {}],
  ])("%s", (_name, pasted, text, removed) => {
    expect(cleanText(pasted)).toEqual({ text, removed: { ...nothing, ...removed } });
  });

  it.each([
    ["a family", "👨‍👩‍👧"],
    ["a colour of skin and a form before the joiner", "👩🏽‍⚕️ 🏳️‍🌈 ❤️‍🔥"],
    ["the flag of Wales", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"],
    ["a Persian plural", "می\u200cخواهم"],
    ["a Devanagari half letter", "क्\u200dष"],
    ["an Arabic word with a hint of direction", "مرحبا\u200f!"],
    ["Javanese", "ꦲꦏ꧀\u200cꦱꦫ"],
  ])("keeps %s", (_name, text) => {
    expect(cleanText(text)).toEqual({ text, removed: nothing });
  });

  it("takes a joiner out that joins nothing", () => {
    expect(cleanText("a\u200db 👩\u200d \u200d👩 ا \u200c")).toMatchObject({ text: "ab 👩 👩 ا ", removed: { invisible: 4 } });
  });

  it("keeps 100,000 characters, never half of one, and tells how many were too many", () => {
    expect(cleanText("a".repeat(mostCharacters + 5))).toMatchObject({ text: "a".repeat(mostCharacters), removed: { beyond: 5 } });
    const family = "👨‍👩‍👧";
    const { text, removed } = cleanText(`${"a".repeat(mostCharacters - 3)}${family}b`);
    expect(text).toBe("a".repeat(mostCharacters - 3));
    expect(removed.beyond).toBe(family.length + 1);
    expect(cleanText(`a${"\u0301".repeat(mostCharacters)}`).text).toHaveLength(mostCharacters);
  });
});

const awkward = fc.array(
  fc.oneof(
    fc.string({ unit: "binary", maxLength: 3 }),
    fc.constantFrom(
      "a",
      " ",
      "\r",
      "\n",
      "\u200d",
      "\u200c",
      "\u200b",
      "\u202e",
      "\ufe0f",
      "👩",
      "🏽",
      "❤",
      "🏴",
      "\u{e0067}",
      "\u{e007f}",
      "ا",
      "क",
      "्",
      "\ud83d",
      "\u00a0",
      "\u0000",
    ),
  ),
  { maxLength: 30 },
);

describe("whatever is pasted", () => {
  it("is clean after once, and every character is kept or told of", () => {
    fc.assert(
      fc.property(awkward, (parts) => {
        const pasted = parts.join("");
        const once = cleanText(pasted);
        expect(cleanText(once.text)).toEqual({ text: once.text, removed: nothing });
        const { direction, invisible, control } = once.removed;
        const written = Array.from(pasted.toWellFormed().replaceAll("\r\n", "\n")).length;
        expect(Array.from(once.text).length + direction + invisible + control).toBe(written);
      }),
      { numRuns: 3_000 },
    );
  });

  it("is clean after once also where it was cut", () => {
    fc.assert(
      fc.property(awkward, fc.integer({ min: 0, max: 40 }), (parts, room) => {
        const once = cleanText(`${"a".repeat(mostCharacters - room)}${parts.join("")}`).text;
        expect(once.length).toBeLessThanOrEqual(mostCharacters);
        expect(once.isWellFormed()).toBe(true);
        expect(cleanText(once).text).toBe(once);
      }),
      { numRuns: 40 },
    );
  });

  it("keeps every letter, digit and sign that can be seen", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const seen = (of: string) => of.replace(/[^\p{L}\p{N}\p{S}]|\ufffc/gu, "");
        expect(seen(cleanText(text).text)).toBe(seen(text));
      }),
    );
  });
});
