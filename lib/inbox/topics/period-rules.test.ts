import { expect, it } from "vitest";
import { mondayAt, periodOf } from "./period-rules.ts";

it("a week begins on the Monday of the unit: late on Sunday in Jakarta it has begun in Jayapura", () => {
  const at = new Date("2026-11-22T16:30:00Z"); // Sunday 23.30 WIB, Monday 01.30 WIT
  expect(mondayAt(at, "Asia/Jakarta")).toBe("2026-11-16");
  expect(mondayAt(at, "Asia/Jayapura")).toBe("2026-11-23");
});

it("a week that is over stands beside the whole week before", () => {
  expect(periodOf("2026-11-16", 1, "Asia/Jakarta", new Date("2026-12-01T00:00:00Z"))).toEqual({
    from: new Date("2026-11-15T17:00:00Z"),
    to: new Date("2026-11-22T17:00:00Z"),
    compareFrom: new Date("2026-11-08T17:00:00Z"),
    compareTo: new Date("2026-11-15T17:00:00Z"),
  });
});

it("a week that still runs stands beside as much of the week before", () => {
  expect(periodOf("2026-11-16", 1, "Asia/Jakarta", new Date("2026-11-17T17:00:00Z"))).toEqual({
    from: new Date("2026-11-15T17:00:00Z"),
    to: new Date("2026-11-17T17:00:00Z"),
    compareFrom: new Date("2026-11-08T17:00:00Z"),
    compareTo: new Date("2026-11-10T17:00:00Z"),
  });
});

it("four weeks stand beside the four before", () => {
  expect(periodOf("2026-11-16", 4, "Asia/Jakarta", new Date("2026-12-01T00:00:00Z"))).toMatchObject({
    from: new Date("2026-10-25T17:00:00Z"),
    compareFrom: new Date("2026-09-27T17:00:00Z"),
    compareTo: new Date("2026-10-25T17:00:00Z"),
  });
});
