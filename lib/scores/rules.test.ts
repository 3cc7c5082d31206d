import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { componentKeys, type Known, type ScoreFacts, score } from "./rules.ts";
import { scoreSettingsSchema, ska1, type UnitClass } from "./settings.ts";

const of = (yes: number, known = 10): Known => ({ yes, known });

type Sketch = {
  unitClass: UnitClass;
  posts: number[];
  lastPost: number | null;
  replies: [due: number, onTime: number, late: number];
  /** Of ten posts: substantive, and complete in every respect. */
  quality: [substantive: number, complete: number] | null;
  /** In tenths of the band's median. */
  engagement: number | "unreadable";
  closed?: boolean;
};

function facts({ unitClass, posts, lastPost, replies: [due, onTime, late], quality, engagement, closed }: Sketch): ScoreFacts {
  const [substantive, complete] = quality ?? [0, 0];
  const count = quality ? 10 : 0;
  return {
    unitClass,
    isNew: false,
    fullWeeks: posts.length,
    weeks: posts.map((credited) => ({ creditedHalves: credited * 2, workdays: 5 })),
    daysSinceLastPost: lastPost,
    replies: { due, onTime, late },
    commentsOpen: !closed,
    quality: { posts: count, substantive, caption: of(complete, count), alt: of(complete, count), contact: of(complete, count) },
    engagement: engagement === "unreadable" ? { readable: false, ratio: null } : { readable: true, ratio: engagement * 1000 },
  };
}

const points = (result: ReturnType<typeof score>) =>
  componentKeys.map((key) => result.components[key].points).map((value) => (value === null ? null : Math.round(value * 10) / 10));

const perfect: Omit<Sketch, "replies"> = { unitClass: "B", posts: [3, 3, 3, 3], lastPost: 0, quality: [6, 10], engagement: 10 };

describe("the settings", () => {
  it("ship as a record that its own schema accepts", () => {
    expect(scoreSettingsSchema.parse(ska1)).toEqual(ska1);
  });
});

describe("the worked examples", () => {
  it.each<[string, Sketch, (number | null)[], number, string, string[]]>([
    [
      "1. Disdukcapil A, weeks 6,5,5,4, N=40 with 32 on time and 5 late: (28.5 + 15 + 25.9 + 14.5 + 10) / 100 → 93.9 very active",
      { unitClass: "A", posts: [6, 5, 5, 4], lastPost: 1, replies: [40, 32, 5], quality: [8, 9], engagement: 13 },
      [28.5, 15, 25.9, 14.5, 10],
      93.9,
      "very_active",
      [],
    ],
    [
      "2. Kecamatan C, weeks 2,2,3,1, N=1 on time: (26.3 + 15 + 6 + 14 + 8) / 76 → 91.1 very active",
      { unitClass: "C", posts: [2, 2, 3, 1], lastPost: 4, replies: [1, 1, 0], quality: [7, 8], engagement: 8 },
      [26.3, 15, 6, 14, 8],
      91.1,
      "very_active",
      [],
    ],
    [
      "3. Kecamatan C, weeks 1,1,1,1, N=0: (15 + 15 + 14 + 5) / 70 = 70.0, capped 69.9 because a = 0.5 → less active",
      { unitClass: "C", posts: [1, 1, 1, 1], lastPost: 3, replies: [0, 0, 0], quality: [6, 8], engagement: 5 },
      [15, 15, null, 14, 5],
      69.9,
      "less_active",
      ["regularity"],
    ],
    [
      "4. Dinas B that ignores its audience, N=12 with 1 on time and 1 late: (30 + 15 + 3.8 + 12.3 + 9) / 100 = 70.1, capped 69.9 → less active",
      { unitClass: "B", posts: [4, 3, 4, 3], lastPost: 2, replies: [12, 1, 1], quality: [5, 8], engagement: 9 },
      [30, 15, 3.8, 12.3, 9],
      69.9,
      "less_active",
      ["responsiveness"],
    ],
    [
      "5. all six posts in the last week, B, N=2 with 1 on time: (7.5 + 15 + 6 + 5.3 + 3) / 82 → 44.9 less active",
      { unitClass: "B", posts: [0, 0, 0, 6], lastPost: 1, replies: [2, 1, 0], quality: [2, 4], engagement: 3 },
      [7.5, 15, 6, 5.3, 3],
      44.9,
      "less_active",
      [],
    ],
    [
      "6. comments closed, B, weeks 3,3,3,3: (30 + 15 + 0 + 14.5 + 2) / 100 → 61.5 less active",
      { unitClass: "B", posts: [3, 3, 3, 3], lastPost: 1, replies: [0, 0, 0], quality: [6, 9], engagement: 2, closed: true },
      [30, 15, 0, 14.5, 2],
      61.5,
      "less_active",
      [],
    ],
    [
      "7a. silent 45 days, N=4 all unanswered: 0 → dormant",
      { unitClass: "B", posts: [0, 0, 0, 0], lastPost: 45, replies: [4, 0, 0], quality: null, engagement: 0 },
      [0, 0, 0, 0, 0],
      0,
      "dormant",
      [],
    ],
    [
      "7b. silent 200 days, N=4 all unanswered: 0 → dead",
      { unitClass: "B", posts: [0, 0, 0, 0], lastPost: 200, replies: [4, 0, 0], quality: null, engagement: 0 },
      [0, 0, 0, 0, 0],
      0,
      "dead",
      [],
    ],
    [
      "8. Kecamatan C, N=5 all on time, engagement unreadable: (30 + 15 + 30 + 14) / (60 + 30) → 98.9 very active",
      { unitClass: "C", posts: [2, 2, 2, 2], lastPost: 3, replies: [5, 5, 0], quality: [6, 8], engagement: "unreadable" },
      [30, 15, 30, 14, null],
      98.9,
      "very_active",
      [],
    ],
    [
      "9. perfect but for N=40 all late: r = 0.5, (30 + 15 + 15 + 15 + 10) / 100 = 85.0, capped 84.9 → active",
      { ...perfect, replies: [40, 0, 40] },
      [30, 15, 15, 15, 10],
      84.9,
      "active",
      ["responsiveness-high"],
    ],
    [
      "10. perfect but for N=2 both ignored: (30 + 15 + 0 + 15 + 10) / 82 = 85.4, capped 69.9 → less active",
      { ...perfect, replies: [2, 0, 0] },
      [30, 15, 0, 15, 10],
      69.9,
      "less_active",
      ["responsiveness", "responsiveness-high"],
    ],
    [
      "11. perfect with N=0: 70 / 70 = 100, capped 84.9 → active, response data missing",
      { ...perfect, replies: [0, 0, 0] },
      [30, 15, null, 15, 10],
      84.9,
      "active",
      ["no-response-data"],
    ],
  ])("%s", (_name, sketch, expectedPoints, expectedScore, level, caps) => {
    const result = score(facts(sketch), ska1);
    expect(points(result)).toEqual(expectedPoints);
    expect(result.score).toBe(expectedScore);
    expect(result.level).toBe(level);
    expect(result.caps.map((cap) => cap.code)).toEqual(caps);
  });
});

describe("what the formula says beside the examples", () => {
  const good = facts({ ...perfect, replies: [5, 5, 0] });

  it.each([
    [7, 15],
    [8, 10],
    [14, 10],
    [15, 5],
    [21, 5],
    [22, 0],
  ])("a last post %i days ago is worth %i points", (days, expected) => {
    expect(score({ ...good, daysSinceLastPost: days }, ska1).components.b.points).toBe(expected);
  });

  it.each([
    [28, 24, "very_active"],
    [29, 24, "dormant"],
    [90, 24, "dormant"],
    [91, 0, "dead"],
  ])("after %i days without a post at most %i points, unless still alive: %s", (days, limit, level) => {
    const result = score({ ...good, daysSinceLastPost: days }, ska1);
    expect(result.level).toBe(level);
    if (days > 28) expect(result.score).toBe(limit);
  });

  it("scales a week's target with its working days, never below one post", () => {
    const week = (creditedHalves: number, workdays: number) =>
      score({ ...good, unitClass: "A", weeks: [{ creditedHalves, workdays }] }, ska1).components.a.value;
    expect(week(6, 3)).toBe(1);
    expect(week(4, 3)).toBe(0.6667);
    expect(week(2, 0)).toBe(1);
    expect(week(1, 0)).toBe(0.5);
  });

  it("judges a young account on the weeks it has, and flags it", () => {
    const young = { ...good, isNew: true, fullWeeks: 2, weeks: good.weeks.slice(2) };
    expect(score(young, ska1)).toMatchObject({ score: 100, level: "very_active", flags: ["new"] });
    expect(score({ ...young, fullWeeks: 0, weeks: [] }, ska1).components.a).toEqual({ value: null, weight: 0, points: null });
  });

  it("does not call a young account without posts dormant, but an old one", () => {
    const silent = { ...facts({ ...perfect, posts: [0], replies: [0, 0, 0], quality: null }), daysSinceLastPost: null };
    expect(score({ ...silent, isNew: true }, ska1).level).toBe("passive");
    expect(score(silent, ska1).level).toBe("dormant");
  });

  it("leaves unreadable alt texts out of the mean instead of counting them as missing", () => {
    const quality = { ...good.quality, caption: of(10), alt: of(0, 0), contact: of(5) };
    expect(score({ ...good, quality }, ska1).components.d.value).toBe(0.9167);
    const unread = { ...good.quality, caption: of(0, 0), alt: of(0, 0), contact: of(0, 0) };
    expect(score({ ...good, quality: unread }, ska1).components.d.value).toBe(1);
  });

  it("caps an account that posts in two of four weeks", () => {
    const two = { ...good, weeks: [6, 6, 0, 0].map((creditedHalves) => ({ creditedHalves, workdays: 5 })) };
    expect(score(two, ska1).caps.map((cap) => cap.code)).toEqual(["regularity", "active-weeks"]);
  });

  it("never lets closed comments be active, whatever else is perfect, and says why", () => {
    const settings = { ...ska1, weights: { ...ska1.weights, r: 5 } };
    const result = score({ ...good, commentsOpen: false }, settings);
    expect(result).toMatchObject({ score: 69.9, level: "less_active" });
    expect(result.caps[0]?.code).toBe("comments-closed");
  });

  it("forgives one ignored message up to active: the bound of r = 0.5 asks for two, that of r = 0.8 for one", () => {
    const result = score({ ...good, replies: { due: 1, onTime: 0, late: 0 } }, ska1);
    expect(result).toMatchObject({ uncapped: 92.1, score: 84.9, level: "active", caps: [{ code: "responsiveness-high", limit: 84.9 }] });
  });

  it("does not hold unknown comment settings against an account", () => {
    expect(score({ ...good, commentsOpen: null }, ska1)).toMatchObject({ score: 100, flags: ["comments-unknown"] });
  });

  it("rounds halves up: 84.95 is 85.0", () => {
    // d = ⅔ · (0.3 / 0.6) = ⅓: 30 + 15 + 30 + 5 + 4.95
    const quality = { ...good.quality, substantive: 3, caption: of(0), alt: of(0), contact: of(0) };
    const result = score({ ...good, quality, engagement: { readable: true, ratio: 4_950 } }, ska1);
    expect(result).toMatchObject({ uncapped: 85, score: 85, level: "very_active" });
  });

  it("names the component that leaves most points unearned", () => {
    expect(score(facts({ ...perfect, replies: [12, 1, 1] }), ska1).weakest).toBe("r");
    expect(score(facts({ ...perfect, replies: [5, 5, 0], engagement: 2 }), ska1).weakest).toBe("e");
    expect(score(good, ska1).weakest).toBe(null);
  });
});

const anyKnown = fc.tuple(fc.nat(20), fc.nat(20)).map(([yes, no]): Known => ({ yes, known: yes + no }));
const anyReplies = fc.tuple(fc.nat(8), fc.nat(8), fc.nat(8)).map(([onTime, late, never]) => ({ due: onTime + late + never, onTime, late }));
const anyFacts: fc.Arbitrary<ScoreFacts> = fc
  .record({
    unitClass: fc.constantFrom<UnitClass>("A", "B", "C"),
    isNew: fc.boolean(),
    weeks: fc.array(fc.record({ creditedHalves: fc.nat(14), workdays: fc.nat(5) }), { maxLength: 4 }),
    daysSinceLastPost: fc.option(fc.nat(120)),
    replies: anyReplies,
    commentsOpen: fc.constantFrom(true, true, true, false, null),
    quality: fc
      .record({ substantive: fc.nat(15), rest: fc.nat(15), caption: anyKnown, alt: anyKnown, contact: anyKnown })
      .map(({ rest, ...quality }) => ({ posts: quality.substantive + rest, ...quality })),
    engagement: fc.record({ readable: fc.boolean(), ratio: fc.option(fc.nat(30_000)) }),
  })
  .map((generated) => ({ ...generated, fullWeeks: generated.weeks.length }));

const value = (generated: ScoreFacts) => score(generated, ska1).score;
const runs = { numRuns: 1000 };

describe("whatever the facts", () => {
  it("a score lies between 0 and 100, has one decimal, and obeys its caps and its level", () => {
    fc.assert(
      fc.property(anyFacts, (generated) => {
        const result = score(generated, ska1);
        expect(result.score).toBeGreaterThanOrEqual(0);
        expect(result.score).toBeLessThanOrEqual(100);
        expect(Math.round(result.score * 10) / 10).toBe(result.score);
        for (const cap of result.caps) expect(result.score).toBeLessThanOrEqual(cap.limit);
        const lowest: Record<string, number> = { very_active: 85, active: 70, less_active: 40 };
        expect(result.score).toBeGreaterThanOrEqual(lowest[result.level] ?? 0);
        if (generated.commentsOpen === false) expect(result.score).toBeLessThan(70);
        if (generated.replies.due === 0) expect(result.score).toBeLessThan(85);
      }),
      runs,
    );
  });

  it("the same facts give the same bytes, also after a journey through JSON", () => {
    fc.assert(
      fc.property(anyFacts, (generated) => {
        const stored = JSON.parse(JSON.stringify(generated)) as ScoreFacts;
        expect(JSON.stringify(score(stored, ska1))).toBe(JSON.stringify(score(generated, ska1)));
      }),
      runs,
    );
  });

  it("more credited posts never lower a score", () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(3), fc.integer({ min: 1, max: 6 }), fc.nat(120), (generated, index, more, sooner) => {
        const weeks = generated.weeks.map((week, i) => (i === index ? { ...week, creditedHalves: week.creditedHalves + more } : week));
        const days = generated.daysSinceLastPost;
        const daysSinceLastPost = days === null ? null : Math.max(0, days - sooner);
        expect(value({ ...generated, weeks, daysSinceLastPost })).toBeGreaterThanOrEqual(value(generated));
      }),
      runs,
    );
  });

  it("a faster answer never lowers a score", () => {
    fc.assert(
      fc.property(anyFacts, (generated) => {
        const { due, onTime, late } = generated.replies;
        const withReplies = (replies: ScoreFacts["replies"]) => value({ ...generated, replies });
        if (late > 0) expect(withReplies({ due, onTime: onTime + 1, late: late - 1 })).toBeGreaterThanOrEqual(value(generated));
        if (onTime + late < due) expect(withReplies({ due, onTime, late: late + 1 })).toBeGreaterThanOrEqual(value(generated));
      }),
      runs,
    );
  });

  it("removing a message answered on time never raises a score", () => {
    fc.assert(
      fc.property(anyFacts, (generated) => {
        const { due, onTime, late } = generated.replies;
        if (onTime === 0) return;
        expect(value({ ...generated, replies: { due: due - 1, onTime: onTime - 1, late } })).toBeLessThanOrEqual(value(generated));
      }),
      runs,
    );
  });
});
