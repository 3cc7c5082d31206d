import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CreditablePost, creditPosts } from "./credit.ts";
import { ska1 } from "./settings.ts";

let serial = 0;
const post = (day: number, change: Partial<CreditablePost> = {}): CreditablePost => ({
  id: `p${++serial}`,
  day: `2026-11-${String(day).padStart(2, "0")}`,
  category: "substantive",
  similarOwn: 0,
  similarOther: 0,
  linkedNarrative: false,
  repost: false,
  stillPublic: true,
  removedAfterDays: null,
  ...change,
});
const window = { firstDay: "2026-11-02", weeks: 2 };
const credit = (...posts: CreditablePost[]) => creditPosts(posts, window, ska1.credit);
const halves = (...posts: CreditablePost[]) => credit(...posts).posts.map((each) => each.halves);
const reasons = (...posts: CreditablePost[]) => credit(...posts).posts.map((each) => each.reasons.join("+"));

describe("crediting posts", () => {
  it.each<[string, Partial<CreditablePost>, number, string]>([
    ["a substantive post counts in full", {}, 2, ""],
    ["a post of no particular kind counts in full", { category: "other" }, 2, ""],
    ["a greeting counts half", { category: "greeting" }, 1, "occasion"],
    ["a ceremony counts half", { category: "ceremony" }, 1, "occasion"],
    ["a pure repost counts half, by the platform's word", { repost: true }, 1, "repost"],
    ["a pure repost counts half, by its text", { category: "repost" }, 1, "repost"],
    ["similarity 0.8999 to an own post is allowed", { similarOwn: 8_999 }, 2, ""],
    ["similarity 0.9 to an own post counts nothing", { similarOwn: 9_000 }, 0, "similar-own"],
    ["similarity 0.9 to another unit counts half", { similarOther: 9_000 }, 1, "similar-other"],
    ["a localised narrative counts in full, however similar", { similarOther: 10_000, linkedNarrative: true }, 2, ""],
    [
      "several reductions still leave a half",
      { category: "greeting", repost: true, similarOther: 9_500 },
      1,
      "occasion+repost+similar-other",
    ],
    ["a post removed after 3 days counts nothing", { stillPublic: false, removedAfterDays: 3 }, 0, "removed-early"],
    ["a post removed later counts nothing either", { stillPublic: false, removedAfterDays: 9 }, 0, "removed"],
  ])("%s", (_name, change, expected, reason) => {
    expect(halves(post(3, change))).toEqual([expected]);
    expect(reasons(post(3, change))).toEqual([reason]);
  });

  it("counts at most two posts a day, the most valuable ones", () => {
    const greeting = post(3, { category: "greeting" });
    expect(halves(greeting, post(3), post(3), post(4))).toEqual([0, 2, 2, 2]);
    expect(reasons(greeting, post(3), post(3))).toEqual(["occasion+over-daily-limit", "", ""]);
    expect(halves(post(3), post(3), post(3))).toEqual([2, 2, 0]);
  });

  it("prefers a repost to a greeting of the same worth, which its week may refuse anyway", () => {
    const greeting = { category: "greeting" } as const;
    expect(halves(post(3, greeting), post(3, greeting), post(3, { repost: true }))).toEqual([1, 0, 1]);
  });

  it("counts the week's first two greetings and ceremonies, and begins anew in the next week", () => {
    const occasions = [
      post(5, { category: "ceremony" }),
      post(2, { category: "greeting" }),
      post(8, { category: "greeting" }),
      post(9, { category: "greeting" }),
    ];
    expect(halves(...occasions)).toEqual([1, 1, 0, 1]);
    expect(reasons(...occasions)[2]).toBe("occasion+over-weekly-occasions");
  });

  it("makes no room for a later greeting when an earlier one is deleted", () => {
    const greeting = { category: "greeting" } as const;
    expect(halves(post(2, { ...greeting, stillPublic: false }), post(3, greeting), post(6, greeting))).toEqual([0, 1, 0]);
  });

  it("adds up days and weeks, and ignores what lies outside the window", () => {
    const result = credit(post(1), post(2), post(2, { category: "greeting" }), post(9), post(15), post(16));
    expect(result.weeks).toEqual([3, 4]);
    expect(result.days).toEqual({ "2026-11-02": 3, "2026-11-09": 2, "2026-11-15": 2 });
    expect(result.lastCreditedDay).toBe("2026-11-15");
    expect(result.posts).toHaveLength(4);
  });

  it("a copy is not the last credited post", () => {
    expect(credit(post(5), post(12, { similarOwn: 10_000 })).lastCreditedDay).toBe("2026-11-05");
    expect(credit().lastCreditedDay).toBe(null);
  });

  it("one more post, the newest, never costs credit, and no day exceeds two posts", () => {
    const anyPost = fc
      .record({
        day: fc.integer({ min: 2, max: 15 }),
        category: fc.constantFrom<CreditablePost["category"]>("substantive", "greeting", "ceremony", "repost", "other"),
        similarOwn: fc.constantFrom(0, 9_500),
        similarOther: fc.constantFrom(0, 9_500),
        stillPublic: fc.constantFrom(true, true, false),
      })
      .map(({ day, ...rest }) => post(day, rest));
    fc.assert(
      fc.property(fc.array(anyPost, { maxLength: 25 }), anyPost, (some, last) => {
        const posts = [...some].sort((x, y) => (x.day < y.day ? -1 : Number(x.day > y.day)));
        const extra = { ...last, day: posts.at(-1)?.day ?? last.day, stillPublic: true };
        const before = credit(...posts);
        const after = credit(...posts, extra);
        for (const [index, week] of before.weeks.entries()) expect(after.weeks[index]).toBeGreaterThanOrEqual(week);
        for (const day of Object.values(after.days)) expect(day).toBeLessThanOrEqual(4);
        for (const each of after.posts) if (each.halves < 2) expect(each.reasons).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
