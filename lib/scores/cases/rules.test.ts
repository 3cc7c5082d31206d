import { describe, expect, it } from "vitest";
import { hasOwnHand, type Span, spanProblems } from "./rules.ts";

const span = (fromDay: string, toDay: string, channelId: string | null = null): Span => ({ fromDay, toDay, channelId });
const today = "2026-11-23";

describe("days to be excused", () => {
  it.each<[string, Span, Span[], string[]]>([
    ["of the past", span("2026-11-02", "2026-11-06"), [], []],
    ["31 days ahead", span("2026-12-24", "2026-12-24"), [], []],
    ["32 days ahead", span("2026-12-24", "2026-12-25"), [], ["span-ahead"]],
    ["that end before they begin", span("2026-11-06", "2026-11-02"), [], ["span-backwards"]],
    ["of 92 days", span("2026-08-01", "2026-10-31"), [], []],
    ["of 93 days", span("2026-08-01", "2026-11-01"), [], ["span-long"]],
    ["that touch others by a day", span("2026-11-06", "2026-11-08"), [span("2026-11-02", "2026-11-06")], ["span-double"]],
    ["the day after others", span("2026-11-07", "2026-11-08"), [span("2026-11-02", "2026-11-06")], []],
    ["of one account under those of all", span("2026-11-03", "2026-11-03", "a"), [span("2026-11-02", "2026-11-06")], ["span-double"]],
    ["of all over those of one account", span("2026-11-03", "2026-11-03"), [span("2026-11-02", "2026-11-06", "a")], ["span-double"]],
    ["of another account", span("2026-11-03", "2026-11-03", "b"), [span("2026-11-02", "2026-11-06", "a")], []],
  ])("%s", (_name, asked, granted, codes) => {
    expect(spanProblems(asked, granted, today).map(({ code }) => code)).toEqual(codes);
  });
});

describe("a hand in the score", () => {
  const authority = (unitId: string) => ({ role: "verifier" as const, reach: "own" as const, unitId, governmentId: "g" });
  it("has who holds any role on the unit itself, not who reaches it from above", () => {
    expect(hasOwnHand({ authorities: [authority("g"), authority("u")] }, "u")).toBe(true);
    expect(hasOwnHand({ authorities: [authority("g")] }, "u")).toBe(false);
  });
});
