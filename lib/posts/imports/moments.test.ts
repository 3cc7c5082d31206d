import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayOrderOf, readMoment } from "./moments.ts";

const now = new Date("2026-11-22T05:00:00Z");
const reading = { order: "dmy", zone: "Asia/Jakarta", now } as const;

describe("a moment", () => {
  test.each([
    ["2026-11-20 08:30", "2026-11-20T01:30"],
    ["2026-11-20T08:30:45", "2026-11-20T01:30"],
    ["2026-11-20T01:30:00Z", "2026-11-20T01:30"],
    ["2026-11-20 01:30 +0000", "2026-11-20T01:30"],
    ["20/11/2026 08.30", "2026-11-20T01:30"],
    ["20-11-2026 08:30:00", "2026-11-20T01:30"],
    ["11/20/2026 08:30", "2026-11-20T01:30"],
    ["05/11/2026 08:30 PM", "2026-11-05T13:30"],
    ["05/11/26", "2026-11-05T05:00"],
    ["20 November 2026 pukul 08.30 WIB", "2026-11-20T01:30"],
    ["Jumat, 20 November 2026 pukul 10.30 WIT", "2026-11-20T01:30"],
    ["Fri, Nov 20, 2026", "2026-11-20T05:00"],
    ["Nov 20, 2026, 8:30 AM", "2026-11-20T01:30"],
    ["20 Agt 2026", "2026-08-20T05:00"],
    ["1 Mei 2026", "2026-05-01T05:00"],
    ["November 20", "2026-11-20T05:00"],
    ["24 Desember", "2025-12-24T05:00"],
    ["46346.354166666664", "2026-11-20T01:30"],
  ])("%s", (cell, instant) => {
    expect(readMoment(cell, reading)?.at.toISOString().slice(0, 16)).toBe(instant);
  });

  test.each(["", "kemarin", "31/11/2026", "2026-02-30", "20/11", "20/11/2026 25.00", "32 November 2026", "13:20", "Total"])(
    "%j is none",
    (cell) => {
      expect(readMoment(cell, reading)).toBeNull();
    },
  );

  test("says when its time or its year was not told", () => {
    expect(readMoment("20/11/2026", reading)).toMatchObject({ dayOnly: true, yearGuessed: false });
    expect(readMoment("November 20", reading)).toMatchObject({ dayOnly: true, yearGuessed: true, day: "2026-11-20" });
    expect(readMoment("05/11/2026 08:30", { ...reading, order: "mdy" })).toMatchObject({ day: "2026-05-11", dayOnly: false });
  });

  test("is read back from the writing of both languages in every zone", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2012-01-01"), max: now, noInvalidDate: true }),
        fc.constantFrom("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
        fc.constantFrom(["id-ID", "dmy"], ["en-US", "mdy"], ["en-GB", "dmy"]),
        fc.constantFrom("short", "medium", "long", "full"),
        (date, zone, [locale, order], style) => {
          const at = new Date(Math.floor(date.getTime() / 60_000) * 60_000);
          const written = new Intl.DateTimeFormat(locale, { dateStyle: style as "short", timeStyle: "short", timeZone: zone }).format(at);
          expect(readMoment(written, { order: order as "dmy", zone: zone as "Asia/Jakarta", now })?.at, written).toEqual(at);
        },
      ),
    );
  });

  test("never throws", () => {
    fc.assert(fc.property(fc.string(), (noise) => void readMoment(noise, reading)));
  });
});

test("the order of a column's days is told by those that fit only one", () => {
  expect(dayOrderOf(["05/11/2026", "20/11/2026"])).toEqual({ order: "dmy", mixed: false });
  expect(dayOrderOf(["05/11/2026", "11/20/2026"])).toEqual({ order: "mdy", mixed: false });
  expect(dayOrderOf(["05/11/2026", ""])).toEqual({ order: null, mixed: false });
  expect(dayOrderOf(["20/11/2026", "11/20/2026"])).toEqual({ order: null, mixed: true });
});
