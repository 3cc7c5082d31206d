import { describe, expect, it } from "vitest";
import { isNip, officeLines, printedNip } from "./signing.ts";

describe("a NIP", () => {
  it.each([
    ["197604122003121004", true, "a civil servant"],
    ["19760412 200312 1 004", true, "as it is printed"],
    ["199001152022211003", true, "contract staff: 21 in the month's place"],
    ["19760412200312100", false, "17 figures"],
    ["1976041220031210045", false, "19 figures"],
    ["197613122003121004", false, "no thirteenth month"],
    ["197602302003121004", false, "no 30 February"],
    ["197604122003131004", false, "appointed in no month"],
    ["197604122003123004", false, "no third sex"],
    ["200004122003121004", false, "appointed as a child"],
    ["19760412200312100A", false, "a letter"],
  ])("%s: %s (%s)", (nip, valid) => {
    expect(isNip(nip)).toBe(valid);
  });

  it("is printed in its four groups", () => {
    expect(printedNip("197604122003121004")).toBe("19760412 200312 1 004");
  });
});

describe("the lines above a signature", () => {
  const office = "Kepala Dinas Komunikasi dan Informatika";
  it.each([
    [{ office, onBehalfOf: null, acting: null }, [`${office},`]],
    [{ office, onBehalfOf: "Bupati Tegal", acting: null }, ["a.n. Bupati Tegal", `${office},`]],
    [{ office, onBehalfOf: null, acting: "plt" as const }, [`Plt. ${office},`]],
    [{ office, onBehalfOf: "Bupati Tegal", acting: "plh" as const }, ["a.n. Bupati Tegal", `Plh. ${office},`]],
  ])("%j", (signatory, lines) => {
    expect(officeLines(signatory)).toEqual(lines);
  });
});
