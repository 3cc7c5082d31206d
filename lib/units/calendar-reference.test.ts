import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyBoard, anyInstant, anyMinute, calendarOn } from "../../tests/support/any-board.ts";
import { slowlyAdd, slowlyMeasure } from "../../tests/support/slow-clock.ts";
import { addWorkingMinutes, workingDaysIn, workingMinutesBetween } from "./calendar.ts";

const minute = 60_000;
const amount = fc.integer({ min: 0, max: 900 });

describe("working time against a clock that ticks from minute to minute", () => {
  it("adds the same minutes (3,000 cases)", () => {
    fc.assert(
      fc.property(anyMinute, amount, anyBoard, (start, minutes, board) => {
        expect(addWorkingMinutes(start, minutes, calendarOn(board))).toEqual(slowlyAdd(start, minutes, board));
      }),
      { numRuns: 3000 },
    );
  });

  it("measures the same minutes (3,000 cases)", () => {
    fc.assert(
      fc.property(anyMinute, fc.integer({ min: 0, max: 12_000 }), anyBoard, (start, length, board) => {
        const end = new Date(start.getTime() + length * minute);
        expect(workingMinutesBetween(start, end, calendarOn(board))).toBe(slowlyMeasure(start, end, board));
      }),
      { numRuns: 3000 },
    );
  });

  it("measures the same minutes over many months (60 cases)", () => {
    fc.assert(
      fc.property(anyMinute, fc.integer({ min: 0, max: 400 * 1440 }), anyBoard, (start, length, board) => {
        const end = new Date(start.getTime() + length * minute);
        expect(workingMinutesBetween(start, end, calendarOn(board))).toBe(slowlyMeasure(start, end, board));
      }),
      { numRuns: 60 },
    );
  });

  it("counts as working days those on which it works (300 cases)", () => {
    fc.assert(
      fc.property(anyMinute, anyBoard, (start, board) => {
        const first = start.toISOString().slice(0, 10);
        const days = Array.from({ length: 7 }, (_, more) => new Date(Date.parse(first) + more * 1440 * minute).toISOString().slice(0, 10));
        const midnight = (day: string) => new Date(`${day}T00:00:00${offsets[board.zone]}`);
        const worked = days.filter((day) => slowlyMeasure(midnight(day), new Date(midnight(day).getTime() + 1440 * minute), board) > 0);
        expect(workingDaysIn(first, days.at(-1)!, calendarOn(board))).toBe(worked.length);
      }),
      { numRuns: 300 },
    );
  });
});

const offsets: Record<string, string> = {
  "Asia/Jakarta": "+07:00",
  "Asia/Pontianak": "+07:00",
  "Asia/Makassar": "+08:00",
  "Asia/Jayapura": "+09:00",
};

describe("the algebra of working time, to the millisecond", () => {
  it("adding and measuring undo each other (1,000 cases)", () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 20_000 }), anyBoard, (start, minutes, board) => {
        const cal = calendarOn(board);
        expect(workingMinutesBetween(start, addWorkingMinutes(start, minutes, cal), cal)).toBeCloseTo(minutes, 9);
      }),
      { numRuns: 1000 },
    );
  });

  it("adding in two steps is adding at once (1,000 cases)", () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 2000 }), anyBoard, (start, a, b, board) => {
        const cal = calendarOn(board);
        expect(addWorkingMinutes(addWorkingMinutes(start, a, cal), b, cal)).toEqual(addWorkingMinutes(start, a + b, cal));
      }),
      { numRuns: 1000 },
    );
  });

  it("measuring in two parts is measuring at once, whatever the order (1,000 cases)", () => {
    const sometime = fc.integer({ min: -400 * 1440 * minute, max: 400 * 1440 * minute });
    fc.assert(
      fc.property(anyInstant, sometime, sometime, anyBoard, (a, toB, toC, board) => {
        const cal = calendarOn(board);
        const [b, c] = [new Date(a.getTime() + toB), new Date(a.getTime() + toC)];
        const whole = workingMinutesBetween(a, c, cal);
        expect(workingMinutesBetween(a, b, cal) + workingMinutesBetween(b, c, cal)).toBeCloseTo(whole, 6);
      }),
      { numRuns: 1000 },
    );
  });

  it("later starts and more minutes never end earlier (1,000 cases)", () => {
    const more = fc.integer({ min: 0, max: 10 * 1440 * minute });
    fc.assert(
      fc.property(anyInstant, more, amount, fc.integer({ min: 0, max: 900 }), anyBoard, (start, later, minutes, extra, board) => {
        const cal = calendarOn(board);
        const end = addWorkingMinutes(start, minutes, cal);
        expect(+end).toBeGreaterThanOrEqual(+start);
        expect(+addWorkingMinutes(start, minutes + extra, cal)).toBeGreaterThanOrEqual(+end);
        expect(+addWorkingMinutes(new Date(+start + later), minutes, cal)).toBeGreaterThanOrEqual(+end);
      }),
      { numRuns: 1000 },
    );
  });
});
