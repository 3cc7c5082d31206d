import { describe, expect, it } from "vitest";
import type { ReportFigures, UnitFigure } from "../figures/types.ts";
import { recommendations } from "./recommending.ts";

const unknown = { now: null, before: null };
const unit = (name: string, more: Partial<UnitFigure> = {}): UnitFigure => ({
  name,
  ...{ group: "B", place: 1, level: "active", score: 80, scoreBefore: 80, posts: 10, due: 2, onTime: 2 },
  ...more,
});
const figures = (more: Partial<ReportFigures> = {}): ReportFigures =>
  ({
    score: null,
    units: [unit("Dinkes")],
    moves: { up: [], down: [] },
    onTimeShare: { now: 0.9, before: 0.9 },
    unanswered: { now: 0, before: 0 },
    topics: [],
    pillars: [],
    ...more,
  }) as ReportFigures;
const codes = (more: Partial<ReportFigures>) => recommendations(figures(more)).map(({ code }) => code);

describe("what is recommended", () => {
  it("is to go on where no figure asks for more", () => {
    expect(codes({})).toEqual(["keep-going"]);
  });

  it("names the silent before those that fell, and nobody twice", () => {
    const units = [unit("Satpol PP", { level: "dormant" }), unit("Setwan", { level: "passive" })];
    const down = units.map(({ name }) => ({ unit: name, from: "active" as const, to: "passive" as const, score: 10 }));
    expect(recommendations(figures({ units, moves: { up: [], down } }))).toEqual([
      { code: "coach-dormant", count: 1, names: ["Satpol PP"] },
      { code: "coach-fallen", count: 1, names: ["Setwan"] },
    ]);
  });

  it("asks for sooner answers below four in five, and says nothing while nobody knows", () => {
    expect(codes({ onTimeShare: { now: 0.79, before: null } })).toEqual(["answer-sooner"]);
    expect(codes({ onTimeShare: { now: 0.8, before: null } })).toEqual(["keep-going"]);
    expect(codes({ onTimeShare: unknown })).toEqual(["keep-going"]);
  });

  it("explains a topic that rose by half and by five, never one that is not sorted", () => {
    expect(codes({ topics: [{ topic: "water", now: 15, before: 10 }] })).toEqual(["explain-topic"]);
    expect(codes({ topics: [{ topic: "water", now: 14, before: 10 }] })).toEqual(["keep-going"]);
    expect(codes({ topics: [{ topic: "water", now: 4, before: 0 }] })).toEqual(["keep-going"]);
    expect(codes({ topics: [{ topic: null, now: 400, before: 10 }] })).toEqual(["keep-going"]);
  });

  it("tells of ceremonies only among posts whose pillar is known", () => {
    const pillars = [
      { pillar: "seremoni" as const, posts: 5 },
      { pillar: "layanan" as const, posts: 5 },
      { pillar: null, posts: 900 },
    ];
    expect(codes({ pillars })).toEqual(["less-ceremony"]);
    expect(codes({ pillars: [{ pillar: null, posts: 900 }] })).toEqual(["keep-going"]);
  });

  it("asks to connect units of which nothing is known, which are not silent", () => {
    expect(codes({ units: [unit("Setda"), unit("Kesra", { level: null, score: null, posts: null })] })).toEqual(["connect-unknown"]);
  });
});
