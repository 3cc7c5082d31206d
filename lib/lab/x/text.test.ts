import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { linksIn, weightedLength } from "./text.ts";

type Oracle = { parseTweet: (text: string) => { weightedLength: number }; extractUrls: (text: string) => string[] };
const twitter = createRequire(import.meta.url)("twitter-text") as Oracle;

test.each([
  "Siaga banjir, warga Slawi!",
  "Unduh di https://tegalkab.go.id/layanan?id=1&x=2, sekarang.",
  "Buka tegalkab.go.id. Atau www.tegalkab.go.id/ktp (gratis)",
  "Surel: humas@tegalkab.go.id, versi 1.2 dan akhir.Kalimat",
  "👨‍👩‍👧‍👦 keluarga 🇮🇩 merdeka ✊🏽",
  "日本語 dan “kutipan” – panjang…",
  "e\u0301te\u0301 ke Slawi",
])("is read as X's own library reads it: %s", (text) => {
  expect(weightedLength(text)).toBe(twitter.parseTweet(text).weightedLength);
  expect(linksIn(text).map((link) => link.text)).toEqual(twitter.extractUrls(text));
});
