import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, localDay, startOfDay, zones } from "../units/calendar.ts";
import { nationalHolidays } from "../units/holidays.ts";
import { clashesIn, firstOfHours, gapsIn, layOutWeek, mondayOf, monthGrid, type PlannedPost, weekdayOf } from "./calendar-rules.ts";

const zone = "Asia/Jakarta" as const;
const post = (postId: string, local: string, channelId = "ig"): PlannedPost => ({ postId, channelId, at: new Date(`${local}:00+07:00`) });

describe("days of a week", () => {
  it.each([
    ["2026-11-22", 7, "2026-11-16"],
    ["2026-11-23", 1, "2026-11-23"],
    ["1969-12-31", 3, "1969-12-29"],
  ])("%s is the %sth day of the week from %s", (day, weekday, monday) => {
    expect(weekdayOf(day)).toBe(weekday);
    expect(mondayOf(day)).toBe(monday);
  });
});

it("of a full week each hour keeps its first post", () => {
  const posts = ["08:00", "08:59", "09:00", "11:30", "11:45"].map((time) => ({ time, publishAt: new Date(`2026-11-23T${time}:00+07:00`) }));
  expect(firstOfHours(posts).map(({ time }) => time)).toEqual(["08:00", "09:00", "11:30"]);
  expect(firstOfHours([])).toEqual([]);
});

describe("clashes", () => {
  const rules = { zone, withinMinutes: 60, perDay: 2 };

  it("are posts of one channel that stand too close; an hour apart is far enough", () => {
    const posts = [
      post("b", "2026-11-23T08:59"),
      post("a", "2026-11-23T08:00"),
      post("c", "2026-11-24T09:00"),
      post("d", "2026-11-24T10:00"),
    ];
    expect(clashesIn(posts, rules)).toEqual([{ code: "too-close", channelId: "ig", postIds: ["a", "b"], minutes: 59 }]);
    expect(clashesIn([post("a", "2026-11-23T08:00"), post("b", "2026-11-23T08:00", "fb")], rules)).toEqual([]);
  });

  it("are days with too many, by the unit's own midnight", () => {
    const posts = [
      post("a", "2026-11-23T23:30"),
      post("b", "2026-11-24T00:30"),
      post("c", "2026-11-24T12:00"),
      post("d", "2026-11-24T23:59"),
    ];
    expect(clashesIn(posts, rules)).toEqual([{ code: "too-many", channelId: "ig", postIds: ["b", "c", "d"], day: "2026-11-24", limit: 2 }]);
  });
});

describe("gaps", () => {
  const week = { zone, monday: "2026-11-23", today: "2026-11-25", targets: new Map([["ig", 3]]) };

  it("name the days that can still be filled while the week is short of its target", () => {
    const posts = [
      post("a", "2026-11-23T08:00"),
      post("b", "2026-11-26T08:00"),
      post("x", "2026-11-30T00:00"),
      post("y", "2026-11-24T08:00", "fb"),
    ];
    expect(gapsIn(posts, week)).toEqual([
      { channelId: "ig", planned: 2, target: 3, emptyDays: ["2026-11-25", "2026-11-27", "2026-11-28", "2026-11-29"] },
    ]);
    expect(gapsIn([...posts, post("c", "2026-11-26T20:00")], week)).toEqual([]);
  });

  it("name a channel without any post", () => {
    expect(gapsIn([], { ...week, today: "2026-11-29" })).toEqual([{ channelId: "ig", planned: 0, target: 3, emptyDays: ["2026-11-29"] }]);
  });
});

describe("a week by the hour", () => {
  const draw = (...items: [id: string, local: string][]) =>
    layOutWeek(
      items.map(([id, local]) => ({ id, at: new Date(`${local}:00+07:00`) })),
      { zone, monday: "2026-11-23", minutes: 60 },
    ).map(({ id, day, minute, column, columns }) => [id, day.slice(8), minute, column, columns]);

  it("puts cards that would cover each other side by side, and uses a column again once it is free", () => {
    expect(
      draw(
        ["a", "2026-11-23T08:00"],
        ["b", "2026-11-23T08:30"],
        ["c", "2026-11-23T09:00"],
        ["d", "2026-11-23T10:00"],
        ["e", "2026-11-24T08:30"],
      ),
    ).toEqual([
      ["a", "23", 480, 0, 2],
      ["b", "23", 510, 1, 2],
      ["c", "23", 540, 0, 2],
      ["d", "23", 600, 0, 1],
      ["e", "24", 510, 0, 1],
    ]);
  });

  it("leaves out what is not of this week, and begins it at local midnight", () => {
    expect(draw(["a", "2026-11-22T23:59"], ["b", "2026-11-23T00:00"], ["c", "2026-11-29T23:59"], ["d", "2026-11-30T00:00"])).toEqual([
      ["b", "23", 0, 0, 1],
      ["c", "29", 1439, 0, 1],
    ]);
  });
});

describe("a month", () => {
  it("has weeks from Monday, the days around it, and its holidays", () => {
    const grid = monthGrid("2026-12", nationalHolidays);
    expect(grid.map((week) => [week[0]?.day, week[6]?.day])).toEqual([
      ["2026-11-30", "2026-12-06"],
      ["2026-12-07", "2026-12-13"],
      ["2026-12-14", "2026-12-20"],
      ["2026-12-21", "2026-12-27"],
      ["2026-12-28", "2027-01-03"],
    ]);
    expect(grid[0]?.map((day) => day.inMonth)).toEqual([false, true, true, true, true, true, true]);
    expect(grid[3]?.[4]?.marks.map((mark) => mark.name)).toEqual(["Kelahiran Yesus Kristus (Natal)"]);
    expect(grid[4]?.[4]).toMatchObject({ day: "2027-01-01", inMonth: false, marks: [{ name: "Tahun Baru 2027 Masehi" }] });
  });

  it.each([
    ["2027-02", 4],
    ["2026-02", 5],
    ["2026-08", 6],
  ])("%s takes %s weeks", (month, weeks) => expect(monthGrid(month, [])).toHaveLength(weeks));

  it("refuses what is no month", () => expect(() => monthGrid("2026-13", [])).toThrow(RangeError));
});

const anyZone = fc.constantFrom(...zones);
const items = fc.array(
  fc.integer({ min: 0, max: 9 * 24 * 12 }).map((n) => new Date(startOfDay("2026-11-22", "Asia/Jakarta").getTime() + n * 5 * 60_000)),
  { maxLength: 60 },
);

describe("whatever is planned", () => {
  it("no two cards of a day cover each other, each keeps its time, and a group shares its width", () => {
    fc.assert(
      fc.property(items, anyZone, fc.integer({ min: 5, max: 120 }), (instants, where, minutes) => {
        const cards = layOutWeek(
          instants.map((at, index) => ({ id: String(index), at })),
          { zone: where, monday: "2026-11-23", minutes },
        );
        for (const card of cards) {
          const at = instants[Number(card.id)]!;
          expect(new Date(startOfDay(card.day, where).getTime() + card.minute * 60_000)).toEqual(at);
          expect(card.column).toBeLessThan(card.columns);
          for (const other of cards) {
            if (other === card || other.day !== card.day || Math.abs(other.minute - card.minute) >= minutes) continue;
            expect(other.column).not.toBe(card.column);
            expect(other.columns).toBe(card.columns);
          }
        }
        const inWeek = instants.filter((at) => mondayOf(localDay(at, where)) === "2026-11-23");
        expect(cards).toHaveLength(inWeek.length);
      }),
    );
  });

  it("a clash is found exactly where two posts of a channel are too close", () => {
    fc.assert(
      fc.property(items, anyZone, fc.integer({ min: 1, max: 120 }), (instants, where, withinMinutes) => {
        const posts = instants.map((at, index) => ({ postId: String(index), channelId: "ig", at }));
        const close = clashesIn(posts, { zone: where, withinMinutes, perDay: Number.POSITIVE_INFINITY });
        const named = new Set(close.flatMap((clash) => clash.postIds));
        for (const one of posts) {
          const near = posts.some((other) => other !== one && Math.abs(other.at.getTime() - one.at.getTime()) < withinMinutes * 60_000);
          expect(named.has(one.postId)).toBe(near);
        }
      }),
    );
  });

  it("a month shows each of its days once, in whole weeks", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2020, max: 2040 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const name = `${year}-${String(month).padStart(2, "0")}`;
        const all = monthGrid(name, []).flat();
        expect(all.length % 7).toBe(0);
        expect(all.filter((day) => day.inMonth)).toHaveLength(new Date(Date.UTC(year, month, 0)).getUTCDate());
        for (const [index, { day }] of all.entries()) expect(day).toBe(addDays(all[0]!.day, index));
      }),
    );
  });
});
