import fc from "fast-check";
// @ts-expect-error the package has no types
import twitter from "twitter-text";
import { describe, expect, test } from "vitest";
import { counters, countThreads, countUtf8, countX, graphemes } from "./counting.ts";

const family = "👨‍👩‍👧‍👦";

describe("one text, measured in five ways", () => {
  test.each([
    // text, UTF-16, code points, graphemes, UTF-8, X, Threads
    ["plain", "Selamat pagi", 12, 12, 12, 12, 12, 12],
    ["family emoji", family, 11, 7, 1, 25, 2, 25],
    ["flag", "🇮🇩", 4, 2, 1, 8, 2, 8],
    ["keycap", "1️⃣", 3, 3, 1, 7, 2, 7],
    ["composed é", "caf\u00e9", 4, 4, 4, 5, 4, 4],
    ["decomposed é", "cafe\u0301", 5, 5, 4, 6, 4, 5],
    ["CJK", "漢字かな", 4, 4, 4, 12, 8, 4],
    ["Arabic", "السلام عليكم", 12, 12, 12, 23, 12, 12],
    ["Javanese script", "ꦗꦮ", 2, 2, 2, 6, 4, 2],
    ["zero-width space", "a\u200bb", 3, 3, 3, 5, 3, 3],
    ["marks of direction", "\u200fسلام\u200e", 6, 6, 6, 14, 8, 6],
    ["Hangul in parts", "\u1112\u1161\u11ab", 3, 3, 1, 9, 2, 3],
    ["link", "https://tegalkab.go.id/berita/banjir-rob", 40, 40, 40, 40, 23, 40],
  ])("%s", (_, text, utf16, codePoints, clusters, utf8, x, threads) => {
    expect({
      utf16: counters.utf16(text),
      codePoints: counters.codePoints(text),
      clusters: counters.graphemes(text),
      utf8: countUtf8(text),
      x: countX(text),
      threads: countThreads(text),
    }).toEqual({ utf16, codePoints, clusters, utf8, x, threads });
  });

  test("graphemes split a text without losing any of it", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => graphemes(text).join("") === text));
  });
});

describe("X's weighted length agrees with twitter-text", () => {
  const weighted = (text: string): number => twitter.parseTweet(text).weightedLength;

  test.each([
    "",
    "Banjir rob di Pantura, cek tegalkab.go.id sekarang",
    "(lihat https://tegalkab.go.id/a_(b)/c?x=1&y=2.)",
    "(lihat https://tegalkab.go.id/peta.)",
    "Surel: humas.kominfo@tegalkab.go.id",
    "Hari ini.Kami libur",
    "Besok.ke kantor",
    "http://例え.jp/x dan https://a.id:8080/?q=1",
    "https://a.id/x你好",
    "https://a.id/x😀",
    "HTTPS://TEGALKAB.GO.ID",
    "@tegalkab #TegalSigap $BBRI tegalkab.go.id/#/peta",
    "versi 1.2.3 jam 08.30, Rp1.500.000",
    "© 2026 ™ ® ↔ ‼ … “kutip” — –",
    // No sequences younger than Emoji 12: the reference still counts their parts.
    "👍🏽👩‍⚕️👨🏿‍🚒🏴󠁧󠁢󠁥󠁮󠁧󠁿❤️❤",
    "السلام عليكم tegalkab.go.id",
    "a\u200bb \u200fסלום\u200e \u2066kiri\u2069 \ufeffawal",
    "cafe\u0301 caf\u00e9 \u1112\u1161\u11ab 한",
    "zero\u200djoiner \u200c dan \u00adtanda hubung",
    `${family}${family}`,
  ])("%s", (text) => {
    expect(countX(text)).toBe(weighted(text));
  });

  test("for any mixture of words, emoji, scripts and links", () => {
    const piece = fc.constantFrom(
      "Halo",
      "warga",
      family,
      "🇮🇩",
      "1️⃣",
      "é",
      "e\u0301",
      "漢字",
      "مرحبا",
      "https://tegalkab.go.id/a?b=c",
      "tegalkab.go.id",
      "www.kemendagri.go.id/berita/1",
      "#TegalSigap",
      "@tegalkab",
      "“",
      "”",
      "(",
      ")",
      ".",
      ",",
      "!",
      "Rp1.500",
    );
    const text = fc.array(fc.tuple(piece, fc.constantFrom(" ", "\n", ", ")), { maxLength: 40 }).map((parts) => parts.flat().join(""));
    fc.assert(
      fc.property(text, (value) => countX(value) === weighted(value)),
      { numRuns: 500 },
    );
  });
});
