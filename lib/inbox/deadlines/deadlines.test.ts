import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standardCalendar } from "#lib/units/calendar.ts";
import { holidayDays, ramadanDays } from "#lib/units/holidays.ts";
import {
  clockOf,
  deadlineLevel,
  exceedsReference,
  firstResponse,
  firstResponseDue,
  firstResponseTargets,
  givenTime,
  instantAfter,
  type ResponseKind,
  type ResponseTarget,
  resolutionDue,
  responseKinds,
  timeLeft,
  usedShare,
} from "./deadlines.ts";

const wib = standardCalendar("Asia/Jakarta", holidayDays(), ramadanDays);
const at = (text: string) => new Date(`2026-${text}+07:00`);

describe("the first response is due", () => {
  it.each<[ResponseKind, string, string | null]>([
    ["question", "11-20T15:00", "11-23T14:30"],
    ["question", "02-18T09:00", "02-19T09:30"],
    ["question", "03-02T09:00", "03-03T09:00"],
    ["complaint", "11-21T10:00", "11-23T16:00"],
    ["information_request", "11-23T08:00", "11-24T08:00"],
    ["criticism", "11-16T09:00", "11-23T09:00"],
    ["feedback", "12-21T09:00", "12-30T09:00"],
    ["aspiration", "11-16T18:00", "11-23T16:00"],
    ["hoax", "11-22T23:30", "11-23T01:30"],
    ["crisis", "12-25T04:00", "12-25T06:00"],
    ["praise", "11-20T15:00", null],
    ["spam", "11-20T15:00", null],
    ["hate_speech", "11-20T15:00", null],
    ["other", "11-20T15:00", null],
  ])("%s received %s: %s", (kind, received, due) => {
    expect(firstResponseDue(kind, at(received), wib)).toEqual(due && at(due));
  });

  it("and the time that was given is read back from its two instants", () => {
    const given = (kind: ResponseKind, received: string) => {
      const due = firstResponseDue(kind, at(received), wib);
      return due && givenTime(at(received), due, wib);
    };
    expect(given("question", "11-20T15:00")).toEqual({ clock: "working", days: 1 });
    expect(given("complaint", "11-21T10:00")).toEqual({ clock: "working", days: 1 });
    expect(given("criticism", "12-21T09:00")).toEqual({ clock: "working", days: 5 });
    expect(given("hoax", "11-22T23:30")).toEqual({ clock: "wall", minutes: 120 });
    expect(given("crisis", "11-23T09:00")).toEqual({ clock: "wall", minutes: 120 });
  });

  it("and counts as late until twice the time has passed, on the same clock", () => {
    expect(firstResponse("question", at("11-20T15:00"), wib)).toEqual({ dueAt: at("11-23T14:30"), lateUntil: at("11-24T14:30") });
    expect(firstResponse("hoax", at("11-22T23:30"), wib)).toEqual({ dueAt: at("11-23T01:30"), lateUntil: at("11-23T03:30") });
    expect(firstResponse("spam", at("11-22T23:30"), wib)).toBe(null);
  });

  it("by a government's own targets where it has set them", () => {
    const targets = { ...firstResponseTargets, praise: { clock: "working" as const, days: 2 } };
    expect(firstResponseDue("praise", at("11-23T09:00"), wib, targets)).toEqual(at("11-25T09:00"));
    expect(clockOf("hoax")).toBe("wall");
    expect(clockOf("spam")).toBe("working");
  });
});

describe("the matter is resolved", () => {
  it.each<[ResponseKind, string, string | null]>([
    ["complaint", "11-20T09:00", "12-10T09:00"],
    ["question", "11-20T09:00", "11-27T09:00"],
    ["information_request", "11-20T09:00", "12-04T09:00"],
    ["aspiration", "11-20T09:00", "12-10T09:00"],
    ["hoax", "11-20T23:30", "11-21T23:30"],
    ["crisis", "12-25T04:00", "12-26T04:00"],
    ["praise", "11-20T09:00", null],
  ])("%s received %s: %s", (kind, received, due) => {
    expect(resolutionDue(kind, at(received), wib)).toEqual(due && at(due));
  });

  it("later than it is first answered", () => {
    for (const kind of responseKinds) {
      const [first, last] = [firstResponseDue(kind, at("11-20T09:00"), wib), resolutionDue(kind, at("11-20T09:00"), wib)];
      expect(first === null).toBe(last === null);
      if (first && last) expect(+last).toBeGreaterThan(+first);
    }
  });
});

describe("a time in minutes", () => {
  it("of work stops for the break, by the clock on the wall it does not", () => {
    expect(instantAfter(at("11-23T11:30"), { clock: "working", minutes: 60 }, wib)).toEqual(at("11-23T13:30"));
    expect(instantAfter(at("11-23T11:30"), { clock: "wall", minutes: 60 }, wib)).toEqual(at("11-23T12:30"));
  });

  it.each<["first" | "resolution", ResponseKind, ResponseTarget, boolean | null]>([
    ["first", "complaint", { clock: "working", days: 3 }, false],
    ["first", "complaint", { clock: "working", days: 4 }, true],
    ["first", "complaint", { clock: "working", minutes: 1351 }, true],
    ["first", "complaint", { clock: "wall", minutes: 3 * 1440 }, false],
    ["resolution", "information_request", { clock: "working", days: 17 }, true],
    ["resolution", "complaint", null, true],
    ["resolution", "aspiration", { clock: "working", days: 90 }, null],
  ])("%s of %s, %o, is held against the rule: %s", (which, kind, target, exceeds) => {
    expect(exceedsReference(which, kind, target, 450)).toBe(exceeds);
  });
});

describe("the ring", () => {
  const received = at("11-20T15:00");
  const due = at("11-23T14:30");

  it.each([
    ["11-20T15:00", 0, "calm"],
    ["11-21T12:00", 90 / 450, "calm"],
    ["11-23T07:30", 90 / 450, "calm"],
    ["11-23T11:38", 338 / 450, "soon"],
    ["11-23T12:30", 360 / 450, "soon"],
    ["11-23T13:45", 405 / 450, "pressing"],
    ["11-23T14:30", 1, "over"],
    ["11-23T16:00", 540 / 450, "over"],
  ])("at %s shows a share of %f, %s", (now, share, level) => {
    expect(usedShare(received, due, at(now), wib)).toBeCloseTo(share, 9);
    expect(deadlineLevel(usedShare(received, due, at(now), wib))).toBe(level);
  });

  it("runs through the night on the wall clock", () => {
    expect(usedShare(at("11-22T23:00"), at("11-23T01:00"), at("11-23T00:00"), wib, "wall")).toBe(0.5);
  });

  it("knows no share of no time, only before and after", () => {
    expect(usedShare(due, due, at("11-23T14:29"), wib)).toBe(0);
    expect(usedShare(due, due, due, wib)).toBe(1);
  });

  it("never runs backwards", () => {
    const moment = fc.integer({ min: at("11-20T00:00").getTime(), max: at("12-10T00:00").getTime() }).map((ms) => new Date(ms));
    fc.assert(
      fc.property(moment, moment, fc.constantFrom("working" as const, "wall" as const), (one, other, clock) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        expect(usedShare(received, due, earlier, wib, clock)).toBeLessThanOrEqual(usedShare(received, due, later, wib, clock));
      }),
    );
  });
});

describe("time left", () => {
  const due = at("11-23T15:00");
  it.each([
    ["11-23T13:42", { over: false, minutes: 78, unit: "hour", value: 1, rest: 18 }],
    ["11-17T15:00", { over: false, minutes: 1800, unit: "day", value: 4, rest: 0 }],
    ["11-23T14:30", { over: false, minutes: 30, unit: "minute", value: 30, rest: 0 }],
    ["11-23T15:38", { over: true, minutes: 38, unit: "minute", value: 38, rest: 0 }],
    ["11-23T15:00", { over: true, minutes: 0, unit: "minute", value: 0, rest: 0 }],
    ["11-24T17:00", { over: true, minutes: 510, unit: "day", value: 1, rest: 0 }],
  ])("at %s", (now, expected) => {
    expect(timeLeft(due, at(now), wib)).toEqual(expected);
  });

  it("counts a day of 24 hours on the wall clock", () => {
    expect(timeLeft(due, at("11-22T14:00"), wib, "wall")).toEqual({ over: false, minutes: 1500, unit: "day", value: 1, rest: 0 });
    expect(timeLeft(due, at("11-23T01:00"), wib, "wall")).toMatchObject({ unit: "hour", value: 14, rest: 0 });
  });
});
