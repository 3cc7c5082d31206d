import fc from "fast-check";
import { expect, test } from "vitest";
import { readCount } from "./numbers.ts";

test.each([
  ["0", 0],
  ["1234", 1234],
  ["1.234", 1234],
  ["1,234", 1234],
  ["12 500", 12_500],
  ["12\u202f500", 12_500],
  ["1.234.567", 1_234_567],
  ["1,234.00", 1234],
  ["1.234,00", 1234],
  ["845.0", 845],
  ["1,2 rb", 1200],
  ["1.2K", 1200],
  ["1,2rb+", 1200],
  ["3 jt", 3_000_000],
  ["1.25M", 1_250_000],
  ["999 ribu", 999_000],
  ["", null],
  ["-", null],
  ["–", null],
  ["n/a", null],
  ["Tidak tersedia", null],
  ["-5", undefined],
  ["12,5", undefined],
  ["1.234,5", undefined],
  ["1234.5", undefined],
  ["1.234 rb", undefined],
  ["1.2345", undefined],
  ["1.234,567", undefined],
  ["banyak", undefined],
  ["99999999999", undefined],
  ["4 jt 2", undefined],
])("%j is read as %s", (text, count) => {
  expect(readCount(text)).toBe(count);
});

test("a count is read back from either locale's writing, in whole or in groups, and never comes from nothing", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_147_483_647 }), fc.constantFrom("id-ID", "en-GB", "fr-FR"), (count, locale) => {
      expect(readCount(new Intl.NumberFormat(locale).format(count))).toBe(count);
      expect(readCount(String(count))).toBe(count);
    }),
  );
});

test("a shortened count is as near as its decimals", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_000, max: 999_000_000 }), fc.constantFrom("en", "id"), (count, locale) => {
      const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(count);
      const read = readCount(short);
      expect(read).toBeTypeOf("number");
      expect(Math.abs(read! - count)).toBeLessThanOrEqual(count * 0.06);
    }),
  );
});

test("whatever stands there, it is null, undefined or a whole number", () => {
  fc.assert(
    fc.property(fc.string(), (noise) => {
      const read = readCount(noise);
      expect(read === null || read === undefined || (Number.isInteger(read) && read >= 0)).toBe(true);
    }),
  );
});
