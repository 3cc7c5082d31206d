import { describe, expect, it } from "vitest";
import { hrefOf, readAddress, spanOf, stepped } from "./address.ts";

const today = "2026-11-24";

describe("the calendar's address", () => {
  it("opens this week, and leaves out what is spelled wrongly", () => {
    const plain = { view: "week", day: today, page: 1, filters: { unitId: null, channelId: null, pillar: null, tag: null, state: null } };
    expect(readAddress({}, today)).toEqual(plain);
    expect(
      readAddress({ view: "year", day: "2026-02-30", page: "-1", unit: "1' OR", channel: ["a"], pillar: "x", state: "?" }, today),
    ).toEqual(plain);
    expect(readAddress({ day: "9999-01-01" }, today).day).toBe(today);
  });

  it("keeps what was chosen on the way", () => {
    const unit = "01940000-0000-7000-8000-000000000001";
    const address = readAddress({ view: "list", day: "2026-12-01", unit, pillar: "edukasi", tag: "#Stunting", page: "3" }, today);
    expect(hrefOf(address, { day: "2026-12-08" })).toBe(`/calendar?view=list&day=2026-12-08&unit=${unit}&pillar=edukasi&tag=stunting`);
    expect(hrefOf(address, { page: 4 })).toContain("page=4");
  });

  it("shows whole weeks and steps by what it shows", () => {
    expect(spanOf({ view: "week", day: today })).toEqual({ first: "2026-11-23", last: "2026-11-29" });
    expect(spanOf({ view: "month", day: today })).toEqual({ first: "2026-10-26", last: "2026-12-06" });
    expect(spanOf({ view: "day", day: today })).toEqual({ first: today, last: today });
    expect([stepped({ view: "month", day: "2026-01-31" }, 1), stepped({ view: "month", day: "2026-01-31" }, -1)]).toEqual([
      "2026-02-01",
      "2025-12-01",
    ]);
    expect([stepped({ view: "week", day: today }, -1), stepped({ view: "day", day: today }, 1)]).toEqual(["2026-11-17", "2026-11-25"]);
  });
});
