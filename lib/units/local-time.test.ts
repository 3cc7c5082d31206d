import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Zone, zones } from "./calendar.ts";
import { fieldOfInstant, instantOfField } from "./local-time.ts";

describe("a date-and-time field", () => {
  it.each<[Zone, string]>([
    ["Asia/Jakarta", "2026-11-30T03:00:00.000Z"],
    ["Asia/Pontianak", "2026-11-30T03:00:00.000Z"],
    ["Asia/Makassar", "2026-11-30T02:00:00.000Z"],
    ["Asia/Jayapura", "2026-11-30T01:00:00.000Z"],
  ])("means the clock of %s, whatever the machine's is", (zone, instant) => {
    expect(instantOfField("2026-11-30T10:00", zone)).toBe(instant);
    expect(fieldOfInstant(instant, zone)).toBe("2026-11-30T10:00");
  });

  it("begins a new day where the zone does", () => {
    expect(fieldOfInstant("2026-12-31T17:30:00.000Z", "Asia/Jakarta")).toBe("2027-01-01T00:30");
    expect(instantOfField("2027-01-01T00:30", "Asia/Jakarta")).toBe("2026-12-31T17:30:00.000Z");
  });

  it.each([
    "",
    "2026-11-30",
    "2026-11-30T10",
    "30-11-2026 10:00",
    "2026-13-01T10:00",
    "2026-02-31T10:00",
    "2026-11-30T25:00",
    "2026-11-30T10:00Z",
  ])("says nothing while it is half filled or names no day: %j", (value) => expect(instantOfField(value, "Asia/Jakarta")).toBeNull());

  it("shows nothing for no instant", () => expect(fieldOfInstant(null, "Asia/Jakarta")).toBe(""));

  it("comes back from every whole minute", () => {
    const instant = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (date, zone) => {
        const minute = new Date(Math.floor(date.getTime() / 60_000) * 60_000).toISOString();
        expect(instantOfField(fieldOfInstant(minute, zone), zone)).toBe(minute);
      }),
    );
  });
});
