import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GateSettings, gatesOf } from "./gates.ts";

const settings: GateSettings = {
  electionMode: true,
  bannedTerms: ["pilkada", "coblos nomor 2", "PAN", "gratis"],
  candidateNames: ["Budi Santoso", "H. Ani Wijaya"],
};
const found = (text: string, more: Partial<GateSettings> = {}) =>
  gatesOf(text, { ...settings, ...more }).map((hit) => [hit.term, text.slice(hit.start, hit.end)]);

describe("gates", () => {
  it.each([
    ["as it is written", "Jadwal pilkada.", "pilkada", "pilkada"],
    ["in capitals", "PILKADA 2027", "pilkada", "PILKADA"],
    ["with an ending", "Pilkadanya, gratiskanlah", "pilkada", "Pilkadanya"],
    ["with two endings", "gratiskanlah", "gratis", "gratiskanlah"],
    ["with look-alike digits", "p1lk4da", "pilkada", "p1lk4da"],
    ["with accents", "Pílkàda", "pilkada", "Pílkàda"],
    ["in wide letters", "ｐｉｌｋａｄａ", "pilkada", "ｐｉｌｋａｄａ"],
    ["in mathematical letters", "𝐩𝐢𝐥𝐤𝐚𝐝𝐚", "pilkada", "𝐩𝐢𝐥𝐤𝐚𝐝𝐚"],
    ["with invisible characters", "pil\u200bka\u00adda", "pilkada", "pil\u200bka\u00adda"],
    ["with more spaces", "coblos   nomor\n 2!", "coblos nomor 2", "coblos   nomor\n 2"],
    ["with hyphens", "Budi-Santoso", "Budi Santoso", "Budi-Santoso"],
    ["with the title's stop", "bersama h ani wijaya", "H. Ani Wijaya", "h ani wijaya"],
    ["in a hashtag", "#PilkadaDamai2027", "pilkada", "Pilkada"],
    ["in a hashtag in small letters", "#suksespilkadadamai", "pilkada", "pilkada"],
    ["run together in a hashtag", "#BudiSantoso", "Budi Santoso", "BudiSantoso"],
    ["in a mention", "@budi_santoso.id", "Budi Santoso", "budi_santoso"],
    ["as a party in a hashtag", "#PANMenang", "PAN", "PAN"],
  ])("see a term %s", (_name, text, term, written) => {
    expect(found(text)).toContainEqual([term, written]);
  });

  it.each([
    ["a longer word", "pilkadaan prapilkada panen #panen #panenraya gratisan"],
    ["a part of a term", "coblos nomor 20, budi, santoso"],
    ["letters taken for others", "pllkada"],
    ["nothing", ""],
  ])("do not see %s", (_name, text) => expect(found(text)).toEqual([]));

  it("name every hit in reading order, with its kind", () => {
    expect(gatesOf("Budi Santoso di pilkada, pilkada!", settings).map(({ kind, start, end }) => [kind, start, end])).toEqual([
      ["candidate", 0, 12],
      ["banned", 16, 23],
      ["banned", 25, 32],
    ]);
  });

  it("look for candidates only while an election runs, for banned terms always", () => {
    expect(found("Budi Santoso: pilkada", { electionMode: false })).toEqual([["pilkada", "pilkada"]]);
  });

  it("pass over a term without a letter or digit", () => {
    expect(found("... – !", { bannedTerms: ["", "  ", "...", "\u200b"], candidateNames: [] })).toEqual([]);
  });

  it("read a term's own signs as words, never as a pattern", () => {
    expect(found("harga (5.000)", { bannedTerms: ["(5.000)", ".*", "["] })).toEqual([["(5.000)", "5.000"]]);
  });
});

const unseen = fc.constantFrom(
  "\u200b",
  "\u200c",
  "\u200d",
  "\u2060",
  "\ufeff",
  "\u00ad",
  "\u034f",
  "\u200e",
  "\u202e",
  "\u180e",
  "\ufe0f",
  "\u{e0020}",
  "\u3164",
  "\u0000",
);
const words = fc.array(
  fc.oneof(
    fc.constantFrom(
      "pilkada",
      "Pilkadanya",
      "budi",
      "santoso",
      "coblos",
      "nomor",
      "2",
      "#PilkadaDamai",
      "#budisantoso",
      "PAN",
      "dan",
      "p1lkada",
      "prapilkada",
    ),
    fc.string({ maxLength: 5 }),
  ),
  { maxLength: 12 },
);
const terms = (text: string) =>
  gatesOf(text, settings)
    .map((hit) => hit.term)
    .sort();

describe("whatever the text", () => {
  it("invisible characters hide nothing and make nothing", () => {
    fc.assert(
      fc.property(words, fc.array(fc.tuple(fc.nat(), unseen), { maxLength: 20 }), (list, inserted) => {
        const text = list.join(" ");
        const characters = Array.from(text);
        for (const [place, character] of inserted) characters.splice(place % (characters.length + 1), 0, character);
        expect(terms(characters.join(""))).toEqual(terms(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it("neither case nor the form of letters hides a term, and its range holds it", () => {
    fc.assert(
      fc.property(words, fc.constantFrom("NFC", "NFD", "NFKC", "NFKD"), (list, form) => {
        const text = `${list.join(" ")} coblos nomor 2`;
        const hits = gatesOf(text, settings);
        expect(hits.some((hit) => hit.term === "coblos nomor 2")).toBe(true);
        expect(terms(text.normalize(form))).toEqual(terms(text));
        for (const { start, end } of hits) {
          expect(start).toBeLessThan(end);
          expect(gatesOf(`#${text.slice(start, end)}`, settings).length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
