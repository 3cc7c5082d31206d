import { describe, expect, it } from "vitest";
import { formatInstant, formatNumber, formatPercent, isLocale, maskedParts, zoneName } from "./text.ts";

const at = new Date("2026-11-24T02:12:00Z");

describe("formatInstant", () => {
  it("writes the moment as a civil servant in western Indonesia does", () => {
    expect(formatInstant(at, "Asia/Jakarta", "id")).toBe("Selasa, 24 November 2026 pukul 09.12 WIB");
  });

  it("moves the clock and the zone's name to the reader's own zone", () => {
    expect(formatInstant(at, "Asia/Makassar", "id")).toBe("Selasa, 24 November 2026 pukul 10.12 WITA");
    expect(formatInstant(at, "Asia/Jayapura", "id")).toBe("Selasa, 24 November 2026 pukul 11.12 WIT");
    expect(formatInstant(at, "Asia/Pontianak", "id", "time")).toBe("09.12 WIB");
  });

  it("knows a zone by its offset too", () => {
    expect(formatInstant(at, "+09:00", "id", "time")).toBe("11.12 WIT");
    expect(zoneName("Asia/Kathmandu")).toBe("Asia/Kathmandu");
  });

  it("turns the day at local midnight, not at midnight in Greenwich", () => {
    expect(formatInstant(new Date("2026-11-24T16:59:00Z"), "Asia/Jakarta", "id", "date")).toBe("24 November 2026");
    expect(formatInstant(new Date("2026-11-24T17:00:00Z"), "Asia/Jakarta", "id", "date")).toBe("25 November 2026");
    expect(formatInstant(new Date("2026-11-24T17:00:00Z"), "Asia/Jakarta", "id", "time")).toBe("00.00 WIB");
  });

  it("prints the zone beside every clock time and beside no mere date", () => {
    expect(formatInstant(at, "Asia/Jakarta", "id", "long")).toBe("24 November 2026 pukul 09.12 WIB");
    expect(formatInstant(at, "Asia/Jakarta", "id", "near")).toBe("Selasa, 24 November pukul 09.12 WIB");
    expect(formatInstant(at, "Asia/Jakarta", "id", "short")).toBe("24 Nov, 09.12 WIB");
    expect(formatInstant(at, "Asia/Jakarta", "id", "day")).toBe("Selasa, 24 November 2026");
    expect(formatInstant(at, "Asia/Jakarta", "id", "dayShort")).toBe("24 Nov");
  });

  it("speaks English on request", () => {
    expect(formatInstant(at, "Asia/Jakarta", "en")).toBe("Tuesday, 24 November 2026 at 09:12 WIB");
    expect(formatInstant(at, "Asia/Jakarta", "en", "short")).toBe("24 Nov, 09:12 WIB");
  });
});

describe("numbers", () => {
  it("uses each language's separators", () => {
    expect(formatNumber(1234567.89, "id", 2)).toBe("1.234.567,89");
    expect(formatNumber(1234567.89, "en", 2)).toBe("1,234,567.89");
    expect(formatNumber(84.25, "id", 1)).toBe("84,3");
    expect(formatNumber(15, "id", 1)).toBe("15,0");
  });

  it("writes a share as a percentage", () => {
    expect(formatPercent(15 / 36, "id", 1)).toBe("41,7%");
    expect(formatPercent(0.71, "en")).toBe("71%");
  });
});

describe("maskedParts", () => {
  it("names what was removed and keeps every other character", () => {
    expect(maskedParts("NIK saya ⟦nik⟧, telepon ⟦telepon⟧")).toEqual([
      { masked: null, text: "NIK saya " },
      { masked: "nik" },
      { masked: null, text: ", telepon " },
      { masked: "telepon" },
    ]);
  });

  it("takes an unknown marker for text", () => {
    expect(maskedParts("⟦alamat⟧")).toEqual([{ masked: null, text: "⟦alamat⟧" }]);
  });
});

it("accepts only the languages we speak", () => {
  expect(isLocale("en")).toBe(true);
  expect(isLocale("jv")).toBe(false);
  expect(isLocale(undefined)).toBe(false);
});
