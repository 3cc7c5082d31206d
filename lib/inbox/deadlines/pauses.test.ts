import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standardCalendar } from "#lib/units/calendar.ts";
import { holidayDays, ramadanDays } from "#lib/units/holidays.ts";
import { anyBoard, anyMinute, calendarOn } from "../../../tests/support/any-board.ts";
import { slowlyAdd, slowlyMeasure } from "../../../tests/support/slow-clock.ts";
import type { Clock } from "./deadlines.ts";
import { type Deadline, momentsOf, nextMoment, type Pause, standingOf } from "./pauses.ts";

const wib = standardCalendar("Asia/Jakarta", holidayDays(), ramadanDays);
const at = (text: string) => new Date(`2026-${text}+07:00`);
/** Monday 09.00 to Tuesday 09.00: a working day. */
const day: Deadline = { openedAt: at("11-23T09:00"), dueAt: at("11-24T09:00"), clock: "working" };
const pause = (from: string, to: string | null): Pause => ({ from: at(from), to: to === null ? null : at(to) });
const dueWith = (...pauses: Pause[]) => standingOf(day, pauses, at("12-30T09:00"), wib).dueAt;

describe("a pause", () => {
  it("moves the deadline by the working time that it took", () => {
    expect(dueWith()).toEqual(at("11-24T09:00"));
    expect(dueWith(pause("11-23T10:00", "11-23T11:00"))).toEqual(at("11-24T10:00"));
    expect(dueWith(pause("11-23T15:00", "11-24T08:30"))).toEqual(at("11-24T11:00"));
    expect(dueWith(pause("11-23T15:00", "11-30T08:30"))).toEqual(at("11-30T11:00"));
  });

  it("changes nothing by night, in the break, without length, before the beginning or after the deadline", () => {
    expect(dueWith(pause("11-23T18:00", "11-24T06:00"))).toEqual(day.dueAt);
    expect(dueWith(pause("11-23T12:00", "11-23T13:00"))).toEqual(day.dueAt);
    expect(dueWith(pause("11-23T10:00", "11-23T10:00"))).toEqual(day.dueAt);
    expect(dueWith(pause("11-23T08:00", "11-23T09:00"))).toEqual(day.dueAt);
    expect(dueWith(pause("11-24T09:00", "11-27T09:00"))).toEqual(day.dueAt);
  });

  it("that goes on stops the share and holds what is left; the clock on the wall is stopped too", () => {
    const waiting = [pause("11-23T10:00", null)];
    const early = standingOf(day, waiting, at("11-23T14:00"), wib);
    const late = standingOf(day, waiting, at("11-27T14:00"), wib);
    expect([early.share, late.share].map((share) => Math.round(share * 450))).toEqual([60, 60]);
    expect([early.left, late.left]).toEqual([390, 390].map((minutes) => ({ over: false, minutes, unit: "hour", value: 6, rest: 30 })));
    expect([early.paused, late.paused]).toEqual([true, true]);
    const rumour: Deadline = { openedAt: at("11-22T23:00"), dueAt: at("11-23T01:00"), clock: "wall" };
    expect(standingOf(rumour, [pause("11-23T00:30", null)], at("11-23T05:00"), wib)).toMatchObject({ share: 0.75, paused: true });
  });

  it("that begins late leaves it overdue, and stops no clock", () => {
    const late = standingOf(day, [pause("11-24T10:00", null)], at("11-24T11:00"), wib);
    expect(late).toMatchObject({ dueAt: day.dueAt, paused: false, left: { over: true, minutes: 120 } });
    expect(late.share).toBeCloseTo(570 / 450, 9);
  });
});

describe("the moments", () => {
  it("warn at 75 % and 90 %, tell the head when due, and Kabid IKP half of the time later", () => {
    expect(momentsOf(day, [], day.openedAt, wib)).toEqual([
      { name: "soon", at: at("11-23T15:37:30") },
      { name: "pressing", at: at("11-24T08:15") },
      { name: "due", at: at("11-24T09:00") },
      { name: "escalated", at: at("11-24T13:45") },
    ]);
    const rumour: Deadline = { openedAt: at("11-22T23:00"), dueAt: at("11-23T01:00"), clock: "wall" };
    const times = momentsOf(rumour, [], rumour.openedAt, wib).map((moment) => moment.at);
    expect(times).toEqual([at("11-23T00:30"), at("11-23T00:48"), at("11-23T01:00"), at("11-23T02:00")]);
  });

  it("wait while a pause goes on, come later after it, and are not put off once it is overdue", () => {
    const open = [pause("11-24T08:30", null)];
    expect(momentsOf(day, open, at("11-24T10:00"), wib).map(({ name }) => name)).toEqual(["soon", "pressing"]);
    expect(nextMoment(day, open, "pressing", at("11-24T10:00"), wib)).toBe(null);
    const ended = [pause("11-24T08:30", "11-24T10:00")];
    expect(nextMoment(day, ended, "pressing", at("11-24T10:00"), wib)).toEqual({ name: "due", at: at("11-24T10:30") });
    const tooLate = [pause("11-24T09:30", null)];
    expect(nextMoment(day, tooLate, "due", at("11-24T10:00"), wib)).toEqual({ name: "escalated", at: at("11-24T13:45") });
  });

  it("follow one another, and nothing follows the last", () => {
    const next = (told: Parameters<typeof nextMoment>[2]) => nextMoment(day, [], told, at("11-27T09:00"), wib)?.name ?? null;
    expect((["given", "soon", "pressing", "due", "escalated"] as const).map(next)).toEqual(["soon", "pressing", "due", "escalated", null]);
  });
});

const minute = 60_000;
const anyClock = fc.constantFrom<Clock>("working", "working", "wall");
/** Pauses told in minutes from the beginning; some go on. */
const anyPauses = fc.array(
  fc.record({ from: fc.integer({ min: -600, max: 4000 }), length: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.constant(null)) }),
  { maxLength: 4 },
);
const anyCase = fc
  .record({
    start: anyMinute,
    total: fc.integer({ min: 1, max: 30 }).map((n) => n * 20),
    clock: anyClock,
    board: anyBoard,
    told: anyPauses,
    nowAfter: fc.integer({ min: 0, max: 6000 }),
  })
  .map(({ start, total, clock, board, told, nowAfter }) => {
    const rules = clock === "wall" ? null : board;
    const later = (minutes: number) => new Date(start.getTime() + minutes * minute);
    const pauses: Pause[] = told.map(({ from, length }) => ({ from: later(from), to: length === null ? null : later(from + length) }));
    const now = later(nowAfter);
    const deadline: Deadline = { openedAt: start, dueAt: slowlyAdd(start, total, rules), clock };
    const soFar = pauses.map(({ from, to }) => ({ from, to: to === null || to > now ? now : to })).filter(({ from, to }) => from < to);
    return { deadline, total, rules, cal: calendarOn(board), pauses, soFar, now };
  });
const show = (value: unknown) => JSON.stringify(value);

describe("deadlines with pauses against a clock that ticks from minute to minute", () => {
  it("are due, used and left as it counts (2,000 cases)", () => {
    fc.assert(
      fc.property(anyCase, ({ deadline, total, rules, cal, pauses, soFar, now }) => {
        const standing = standingOf(deadline, pauses, now, cal);
        const due = slowlyAdd(deadline.openedAt, total, rules, soFar);
        expect(standing.dueAt).toEqual(due);
        const left = now < due ? slowlyMeasure(now, due, rules) : -slowlyMeasure(due, now, rules);
        expect(standing.left).toMatchObject({ over: now >= due, minutes: Math.abs(left) });
        expect(standing.share).toBeCloseTo((total - left) / total, 9);
      }),
      { numRuns: 2000 },
    );
  });

  it("speak up when it has counted 75 %, 90 %, all and half as much again (1,000 cases)", () => {
    fc.assert(
      fc.property(anyCase, ({ deadline, total, rules, cal, pauses, soFar, now }) => {
        const due = slowlyAdd(deadline.openedAt, total, rules, soFar);
        const expected = [
          slowlyAdd(deadline.openedAt, total * 0.75, rules, soFar),
          slowlyAdd(deadline.openedAt, total * 0.9, rules, soFar),
          due,
          slowlyAdd(due, total / 2, rules),
        ];
        const goesOn = pauses.some(({ from, to }) => from <= now && (to === null || now < to)) && now < due;
        expect(momentsOf(deadline, pauses, now, cal).map((moment) => moment.at)).toEqual(
          goesOn ? expected.filter((instant) => instant < now) : expected,
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe("pauses of every sort", () => {
  it("never make a deadline earlier, a share greater or what is late timely (1,000 cases)", () => {
    fc.assert(
      fc.property(anyCase, ({ deadline, cal, pauses, now }) => {
        const [bare, paused] = [standingOf(deadline, [], now, cal), standingOf(deadline, pauses, now, cal)];
        expect(+paused.dueAt).toBeGreaterThanOrEqual(+bare.dueAt);
        expect(paused.share).toBeLessThanOrEqual(bare.share + 1e-9);
        const later = pauses.map(({ from, to }) => ({ from: new Date(+from + +deadline.dueAt - +deadline.openedAt + 600 * minute), to }));
        expect(show(standingOf(deadline, later, now, cal))).toBe(show({ ...bare, paused: false }));
      }),
      { numRuns: 1000 },
    );
  });

  it("count once where they overlap, in any order, cut in pieces, and not at all without length (1,000 cases)", () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 0, max: 900 }), ({ deadline, cal, pauses, now }, cut) => {
        const whole = standingOf(deadline, pauses, now, cal);
        const pieces = pauses.flatMap(({ from, to }): Pause[] => {
          const middle = new Date(+from + cut * minute);
          return to !== null && middle > to
            ? [{ from, to }]
            : [
                { from: middle, to },
                { from, to: middle },
                { from: middle, to: middle },
              ];
        });
        expect(standingOf(deadline, pieces, now, cal)).toEqual(whole);
        expect(standingOf(deadline, [...pauses, ...pauses].reverse(), now, cal)).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });

  it("let the share stand still or grow, never shrink, and the moments keep their order (1,000 cases)", () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 0, max: 3000 }), ({ deadline, cal, pauses, now }, more) => {
        const then = new Date(+now + more * minute);
        const [early, late] = [standingOf(deadline, pauses, now, cal), standingOf(deadline, pauses, then, cal)];
        expect(late.share).toBeGreaterThanOrEqual(early.share - 1e-9);
        if (early.left.over) expect(late).toMatchObject({ dueAt: early.dueAt, left: { over: true } });
        const times = momentsOf(deadline, pauses, now, cal).map((moment) => +moment.at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 1000 },
    );
  });
});
