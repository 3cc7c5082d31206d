import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashtagsIn, missingHashtags } from "./hashtags.ts";
import { tidyTag, tidyTags } from "./tags.ts";

describe("hashtags of a text", () => {
  it.each([
    ["#Tegal dan #tegal, #TEGAL", ["#Tegal"]],
    ["Layanan #AdminDuk2026 (#KTP_el).", ["#AdminDuk2026", "#KTP_el"]],
    ["#2026 saja bukan, nomor#satu bukan, #17Agustus ya", ["#17Agustus"]],
    ["https://tegal.example/#peta dan &#amp tidak", []],
    ["tanpa tagar", []],
  ])("%s", (text, expected) => expect(hashtagsIn(text)).toEqual(expected));

  it("only those that are not there yet are missing, whatever their case", () => {
    expect(missingHashtags("Buka #tegal pagi", "#Tegal #PelayananPublik #Humas")).toEqual(["#PelayananPublik", "#Humas"]);
    expect(missingHashtags("#a1 #b2", "#B2 #A1")).toEqual([]);
  });

  it("nothing is missing any more once the missing ones were put there", () => {
    const word = fc.constantFrom("Tegal", "tegal", "humas", "Sehat2026", "éa", "cuaca_ekstrem");
    const text = fc.array(word).map((words) => words.map((w) => `#${w}`).join(" "));
    fc.assert(
      fc.property(text, text, (written, set) => {
        expect(missingHashtags(`${written} ${missingHashtags(written, set).join(" ")}`, set)).toEqual([]);
      }),
    );
  });
});

it("tags of one's own are kept small, single-spaced, without # and each once", () => {
  expect(tidyTag("  #HUT   RI, ke-81 ")).toBe("hut ri ke-81");
  expect(tidyTags(["Stunting", "#stunting", " , ", "vaksin"])).toEqual(["stunting", "vaksin"]);
});
