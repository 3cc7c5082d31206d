import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fewestCitizens, fewestComments, isBurst, ownMatters, spokenForm, topicOfWord, usualOf, wordOf } from "./burst-rules.ts";

const usual = fc.double({ min: 0, max: 500, noNaN: true });
const people = fc.integer({ min: 0, max: 1000 });

describe("a burst", () => {
  it("is many like comments of many people where few are usual", () => {
    expect(isBurst(12, 0.5, 10)).toBe(true);
    expect(isBurst(8, 0, 5)).toBe(true);
    expect(isBurst(90, 12, 60)).toBe(true);
  });

  it("is not one person writing fifty times, nor a handful of people", () => {
    expect(isBurst(50, 0, 1)).toBe(false);
    expect(isBurst(50, 0, fewestCitizens - 1)).toBe(false);
    expect(isBurst(fewestComments - 1, 0, 7)).toBe(false);
  });

  it("is not a busy day where much is said always", () => {
    const quiet = (count: number, rate: number) => {
      expect(isBurst(count, rate, 1000)).toBe(false);
    };
    fc.assert(fc.property(usual, (rate) => quiet(Math.round(rate), rate)));
    // By day twice the mean of day and night is usual.
    fc.assert(fc.property(fc.double({ min: 4, max: 500, noNaN: true }), (rate) => quiet(Math.round(2 * rate), rate)));
  });

  it("is never less of one for more comments, more people or a quieter time before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), usual, people, fc.integer({ min: 0, max: 100 }), (count, rate, citizens, more) => {
        if (!isBurst(count, rate, citizens)) return;
        expect(isBurst(count + more, rate, citizens)).toBe(true);
        expect(isBurst(count, rate, citizens + more)).toBe(true);
        expect(isBurst(count, rate / (1 + more), citizens)).toBe(true);
      }),
    );
  });

  it("is weighed against the time that is known, a day at least", () => {
    const hour = 3_600_000;
    expect(usualOf(336, 28 * 24 * hour)).toBe(1);
    expect(usualOf(12, 24 * hour)).toBe(1);
    expect(usualOf(12, hour)).toBe(1);
  });
});

describe("words that burst together", () => {
  const word = (name: string, count: number, caseIds: string[], before = 0) => ({ word: name, count, usual: before, caseIds });
  const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `c${from + i}`);

  it("are one matter, told by the most surprising of them", () => {
    const found = ownMatters([word("sekolah", 9, ids(0, 9), 3), word("keracun", 10, ids(0, 10)), word("gempa", 8, ids(20, 28))], new Set());
    expect(found.map(({ word: name }) => name)).toEqual(["keracun", "gempa"]);
  });

  it("are none of their own where a topic tells of those comments already", () => {
    expect(ownMatters([word("banjir", 9, ids(0, 9))], new Set(ids(0, 7)))).toEqual([]);
  });

  it("are shown as people write them", () => {
    expect(spokenForm("keracun", ["Anak saya keracunan", "KERACUNAN massal", "diracun"])).toBe("keracunan");
    expect(spokenForm("xyz", [])).toBe("xyz");
    expect(wordOf(topicOfWord("gempa"))).toBe("gempa");
    expect(wordOf("health")).toBeNull();
  });
});
