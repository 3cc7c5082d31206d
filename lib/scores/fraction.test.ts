import { describe, expect, it } from "vitest";
import { atMostOne, ceiling, fraction, over, roundHalfUp, subtract, sum, times, zero } from "./fraction.ts";

describe("exact fractions", () => {
  it.each([
    [8495, 100, 10, 850],
    [8494, 100, 10, 849],
    [2, 3, 10_000, 6667],
    [-5, 100, 10, 0],
    [-6, 100, 10, -1],
  ])("%i/%i rounds to %i-ths as %i", (n, d, scale, expected) => {
    expect(roundHalfUp(fraction(n, d), scale)).toBe(expected);
  });

  it("rounds up to the next unit only when it must", () => {
    expect(ceiling(fraction(1, 3), 10_000)).toBe(3334);
    expect(ceiling(fraction(1, 2), 10_000)).toBe(5000);
    expect(ceiling(fraction(-1, 3), 10)).toBe(-3);
  });

  it("adds a tenth ten times to exactly one", () => {
    const total = sum(Array.from({ length: 10 }, () => fraction(1, 10)));
    expect(roundHalfUp(subtract(total, fraction(1, 1)), 1_000_000)).toBe(0);
    expect(roundHalfUp(atMostOne(times(total, fraction(3, 1))), 1)).toBe(1);
  });

  it("refuses to divide by nothing", () => {
    expect(() => fraction(1, 0)).toThrow(RangeError);
    expect(() => over(fraction(1, 1), zero)).toThrow(RangeError);
  });
});
