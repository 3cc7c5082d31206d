import { describe, expect, it } from "vitest";
import { gapsOf, weekly } from "./rules.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour));
const shift = (from: number, to: number) => ({ from: at(from), to: at(to) });

describe("gaps", () => {
  it("are what no shift covers, however shifts overlap and in whatever order they come", () => {
    expect(gapsOf([shift(12, 15), shift(2, 8), shift(6, 10), shift(3, 4)], shift(0, 20))).toEqual([
      shift(0, 2),
      shift(10, 12),
      shift(15, 20),
    ]);
  });
  it("are none where one shift hands over to the next, and all of it where there is none", () => {
    expect(gapsOf([shift(0, 8), shift(8, 20)], shift(0, 20))).toEqual([]);
    expect(gapsOf([], shift(0, 20))).toEqual([shift(0, 20)]);
  });
  it("lie within what was asked for", () => {
    expect(gapsOf([shift(-5, 1), shift(22, 30)], shift(0, 20))).toEqual([shift(1, 20)]);
  });
});

it("a shift that repeats stands on the same weekday and hour each week", () => {
  expect(weekly(shift(1, 9), 3).map(({ from }) => from.toISOString())).toEqual([
    "2026-11-23T01:00:00.000Z",
    "2026-11-30T01:00:00.000Z",
    "2026-12-07T01:00:00.000Z",
  ]);
});
