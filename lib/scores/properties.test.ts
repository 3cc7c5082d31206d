/** What the activity score promises of itself, whatever the facts and whatever settings may be put in force. */
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "../units/calendar.ts";
import { type CreditablePost, creditPosts, judgedPosts } from "./credit.ts";
import { type Known, type ScoreFacts, score } from "./rules.ts";
import { type ScoreSettings, ska1, type UnitClass } from "./settings.ts";
import { scoreSettingsProblems } from "./settings-problems.ts";

const runs = { numRuns: 400 };
const lastDay = "2026-11-22";
const firstDay = "2026-10-26";

const between = (min: number, max: number) => fc.integer({ min, max });
const falling = (count: number, max: number) =>
  fc.array(between(0, max), { minLength: count, maxLength: count }).map((all) => all.sort((x, y) => y - x));

/** Settings that would be accepted; what fast-check proposes beside the rules is left out. */
const anySettings: fc.Arbitrary<ScoreSettings> = fc
  .record({
    cuts: fc.array(between(0, 100), { minLength: 4, maxLength: 4 }),
    fullWeightMessages: between(1, 8),
    targets: falling(3, 8),
    referenceWorkdays: between(4, 6),
    recency: fc.subarray([3, 7, 10, 14, 21], { minLength: 1, maxLength: 3 }),
    lateAnswer: between(0, 10_000),
    substantiveTarget: between(1, 10_000),
    substanceThirds: between(0, 3),
    levels: falling(3, 900),
    limits: falling(4, 900),
    regularity: between(0, 10_000),
    activeWeeks: between(0, 4),
    shares: falling(2, 10_000),
    fromMessages: fc.tuple(between(0, 4), between(0, 3)),
    afterDays: fc.tuple(between(21, 60), between(61, 120)),
    credit: fc.record({ perDay: between(1, 3), occasionsPerWeek: between(0, 3), fullHalves: between(1, 3), reducedHalves: between(0, 2) }),
  })
  .map((made): ScoreSettings => {
    const cuts = [0, ...[...made.cuts].sort((x, y) => x - y), 100];
    const [a, b, r, d, e] = [0, 1, 2, 3, 4].map((place) => cuts[place + 1]! - cuts[place]!) as [number, number, number, number, number];
    const [veryActive, active, lessActive] = made.levels.map((level) => level + 3) as [number, number, number];
    const [veryHigh, high, low, dead] = made.limits as [number, number, number, number];
    return {
      ...ska1,
      weights: { a, b, r, d, e },
      fullWeightMessages: made.fullWeightMessages,
      weeklyTarget: { A: made.targets[0]! + 1, B: made.targets[1]! + 1, C: made.targets[2]! + 1 },
      referenceWorkdays: made.referenceWorkdays,
      recency: made.recency.map((maxDays, place) => ({ maxDays, thirds: 3 - place })),
      lateAnswer: made.lateAnswer,
      quality: { substantiveTarget: made.substantiveTarget, substanceThirds: made.substanceThirds },
      levels: { veryActive: veryActive + 2, active: active + 1, lessActive },
      caps: {
        active: {
          limit: Math.min(high, active),
          regularity: made.regularity,
          activeWeeks: made.activeWeeks,
          responsiveness: Math.min(made.shares[1]!, Math.floor(10_000 / Math.max(1, made.fromMessages[0]))),
          fromMessages: made.fromMessages[0],
        },
        veryActive: { limit: Math.min(veryHigh, veryActive + 1), responsiveness: made.shares[0]!, fromMessages: made.fromMessages[1] },
        dormant: { limit: Math.min(low, lessActive - 1), afterDays: made.afterDays[0] },
        dead: { limit: Math.min(dead, lessActive - 1), afterDays: made.afterDays[1] },
      },
      credit: { ...ska1.credit, ...made.credit },
    };
  })
  .filter((settings) => scoreSettingsProblems(settings).length === 0);

const anyClass = fc.constantFrom<UnitClass>("A", "B", "C");
const anyReplies = fc.tuple(fc.nat(6), fc.nat(6), fc.nat(6)).map(([onTime, late, never]) => ({ due: onTime + late + never, onTime, late }));
const anyFacts: fc.Arbitrary<ScoreFacts> = fc
  .record({
    unitClass: anyClass,
    isNew: fc.boolean(),
    weeks: fc.array(fc.record({ creditedHalves: fc.nat(14), workdays: fc.nat(6) }), { maxLength: 4 }),
    daysSinceLastPost: fc.option(fc.nat(130)),
    replies: anyReplies,
    commentsOpen: fc.constantFrom(true, true, true, false, null),
    posts: fc.nat(12),
    shares: fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { minLength: 4, maxLength: 4 }),
    engagement: fc.record({ readable: fc.boolean(), ratio: fc.option(fc.nat(20_000)) }),
  })
  .map(({ posts, shares, ...rest }): ScoreFacts => {
    const known = ([some, yes]: [number, number]): Known => ({ known: Math.min(some, posts), yes: Math.min(yes, some, posts) });
    const [substantive, caption, alt, contact] = shares.map(known) as [Known, Known, Known, Known];
    return { ...rest, fullWeeks: rest.weeks.length, quality: { posts, substantive: substantive.yes, caption, alt, contact } };
  });

describe("whatever the facts and the settings", () => {
  const holds = (check: (facts: ScoreFacts, value: (facts: ScoreFacts) => number, settings: ScoreSettings, some: number) => void) =>
    fc.assert(
      fc.property(anyFacts, anySettings, fc.nat(30), (facts, settings, some) => {
        check(facts, (other) => score(other, settings).score, settings, some);
      }),
      runs,
    );

  it("more credited posts never lower a score, quality and engagement held equal", () => {
    holds((facts, value, _settings, some) => {
      const weeks = facts.weeks.map((week, place) =>
        place === some % 4 ? { ...week, creditedHalves: week.creditedHalves + 1 + (some % 5) } : week,
      );
      const daysSinceLastPost = Math.min(some, facts.daysSinceLastPost ?? some);
      const silent = facts.daysSinceLastPost;
      expect(value({ ...facts, weeks })).toBeGreaterThanOrEqual(value(facts));
      if (silent !== null) expect(value({ ...facts, weeks, daysSinceLastPost })).toBeGreaterThanOrEqual(value(facts));
      expect(value({ ...facts, weeks, daysSinceLastPost: 0 })).toBeGreaterThanOrEqual(value(facts));
    });
  });

  it("an answer, or a faster one, never lowers a score", () => {
    holds((facts, value) => {
      const { due, onTime, late } = facts.replies;
      const withReplies = (replies: ScoreFacts["replies"]) => value({ ...facts, replies });
      if (late > 0) expect(withReplies({ due, onTime: onTime + 1, late: late - 1 })).toBeGreaterThanOrEqual(value(facts));
      if (onTime + late < due) expect(withReplies({ due, onTime, late: late + 1 })).toBeGreaterThanOrEqual(value(facts));
    });
  });

  it("a message that was answered on time is never better gone", () => {
    holds((facts, value) => {
      const { due, onTime, late } = facts.replies;
      if (onTime > 0) expect(value({ ...facts, replies: { due: due - 1, onTime: onTime - 1, late } })).toBeLessThanOrEqual(value(facts));
    });
  });

  it("settings with which it would be are refused", () => {
    const settings = { ...ska1, caps: { ...ska1.caps, active: { ...ska1.caps.active, fromMessages: 3 } } };
    const known = { yes: 8, known: 8 };
    const perfect: ScoreFacts = {
      ...{ unitClass: "C", isNew: false, fullWeeks: 4, weeks: Array(4).fill({ creditedHalves: 4, workdays: 5 }), daysSinceLastPost: 1 },
      ...{ commentsOpen: true, engagement: { readable: true, ratio: 10_000 }, replies: { due: 3, onTime: 1, late: 0 } },
      quality: { posts: 8, substantive: 8, caption: known, alt: known, contact: known },
    };
    const without = { ...perfect, replies: { due: 2, onTime: 0, late: 0 } };
    expect([score(perfect, settings).score, score(without, settings).score]).toEqual([69.9, 84.9]);
    expect(scoreSettingsProblems(settings).map(({ code }) => code)).toEqual(["score-from-messages"]);
  });

  it("closing the comments never raises a score", () => {
    holds((facts, value) => {
      for (const commentsOpen of [true, null])
        expect(value({ ...facts, commentsOpen: false })).toBeLessThanOrEqual(value({ ...facts, commentsOpen }));
    });
  });

  it("the caps hold, and the level follows the rounded score", () => {
    holds((facts, _value, settings) => {
      const { score: value, level, caps, uncapped } = score(facts, settings);
      const tenths = Math.round(value * 10);
      expect(tenths / 10).toBe(value);
      expect(value).toBe(Math.min(uncapped, ...caps.map(({ limit }) => limit)));
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(100);
      const { lessActive, active, veryActive } = settings.levels;
      const byScore = tenths >= veryActive ? "very_active" : tenths >= active ? "active" : tenths >= lessActive ? "less_active" : "passive";
      expect(["dormant", "dead", byScore]).toContain(level);
      const days = facts.daysSinceLastPost;
      if (days !== null && days > settings.caps.dead.afterDays) expect([level, tenths <= settings.caps.dead.limit]).toEqual(["dead", true]);
      if (facts.commentsOpen === false || (facts.replies.due > 0 && facts.replies.onTime + facts.replies.late === 0)) {
        if (settings.caps.veryActive.responsiveness > 0 || facts.commentsOpen === false) expect(level).not.toBe("very_active");
      }
    });
  });
});

type Post = CreditablePost & { minute: number; caption: boolean; alt: boolean | null; contact: boolean | null };

let serial = 0;
const anyPost: fc.Arbitrary<Post> = fc
  .record({
    // Few days, so that the limits bind; some from before the window.
    day: fc.oneof(between(0, 27), between(18, 22), between(-110, -1)).map((day) => addDays(firstDay, day)),
    minute: between(0, 1439),
    category: fc.constantFrom<CreditablePost["category"]>("substantive", "greeting", "greeting", "ceremony", "repost", "other"),
    similarOwn: fc.constantFrom(0, 0, 0, 8_999, 9_000),
    similarOther: fc.constantFrom(0, 0, 9_000),
    repost: fc.constantFrom(false, false, true),
    stillPublic: fc.constantFrom(true, true, true, false),
    caption: fc.boolean(),
    alt: fc.constantFrom(true, false, null),
    contact: fc.constantFrom(true, false, null),
  })
  .map((post) => ({ ...post, id: `p${++serial}`, linkedNarrative: false, removedAfterDays: null }));

const inOrder = (posts: readonly Post[]) =>
  [...posts].sort((x, y) => daysBetween(y.day, x.day) || x.minute - y.minute || (x.id < y.id ? -1 : 1));

/** Facts of an account from its posts, as facts.ts takes them from the database. */
function factsOf(posts: readonly Post[], base: ScoreFacts, settings: ScoreSettings): ScoreFacts {
  const ordered = inOrder(posts);
  const window = { firstDay, weeks: 4 };
  const credit = creditPosts(ordered, window, settings.credit);
  const judgedIds = judgedPosts(ordered, window, settings.credit);
  const judged = ordered.filter(({ id }) => judgedIds.has(id));
  const signs = ordered.filter(({ similarOwn }) => similarOwn < settings.credit.similarity);
  const before = signs.filter(({ day, stillPublic }) => stillPublic && day < firstDay).at(-1)?.day;
  const last = credit.lastCreditedDay ?? before;
  const least = settings.caps.dormant.afterDays + (base.isNew ? 0 : 1);
  const silence = last ? daysBetween(last, lastDay) : signs[0] ? Math.max(least, daysBetween(signs[0].day, lastDay)) : null;
  const known = (read: (post: Post) => boolean | null): Known => {
    const all = judged.map(read).filter((value) => value !== null);
    return { yes: all.filter(Boolean).length, known: all.length };
  };
  return {
    ...base,
    fullWeeks: 4,
    weeks: credit.weeks.map((creditedHalves) => ({ creditedHalves, workdays: 5 })),
    daysSinceLastPost: silence,
    quality: {
      posts: judged.length,
      substantive: judged.filter(({ category }) => category === "substantive").length,
      caption: known(({ caption }) => caption),
      alt: known(({ alt }) => alt),
      contact: known(({ contact }) => contact),
    },
  };
}

describe("whatever an account does with its posts", () => {
  const anyPosts = fc.array(anyPost, { maxLength: 24 });
  const base = anyFacts.map((facts) => ({ ...facts, commentsOpen: true }));

  it("deleting or hiding any of them never raises a score", () => {
    fc.assert(
      fc.property(anyPosts, base, anySettings, fc.func(fc.boolean()), (posts, facts, settings, gone) => {
        const value = (some: readonly Post[]) => score(factsOf(some, facts, settings), settings).score;
        const fewer = posts.map((post) => (gone(post.id) ? { ...post, stillPublic: false, removedAfterDays: 1 } : post));
        expect(value(fewer)).toBeLessThanOrEqual(value(posts));
      }),
      runs,
    );
  });

  it("one more beyond the limits of its day and week changes nothing, nor does a copy", () => {
    fc.assert(
      fc.property(anyPosts, anyPost, base, anySettings, fc.boolean(), (some, extra, facts, settings, copy) => {
        const posts = some.map((post) => ({ ...post, stillPublic: true }));
        const latest = inOrder(posts).at(-1)?.day ?? firstDay;
        const junk = { ...extra, day: latest < firstDay ? firstDay : latest, minute: 1440, stillPublic: true };
        if (copy) junk.similarOwn = 10_000;
        const after = [...posts, junk];
        if (judgedPosts(inOrder(after), { firstDay, weeks: 4 }, settings.credit).has(junk.id)) return;
        const value = (all: readonly Post[]) => score(factsOf(all, facts, settings), settings);
        if (posts.every(({ similarOwn }) => similarOwn >= settings.credit.similarity)) return; // never posted: nothing to compare
        expect(value(after)).toEqual(value(posts));
      }),
      runs,
    );
  });

  it("one more of the newest never costs regularity or recency", () => {
    fc.assert(
      fc.property(anyPosts, anyPost, base, anySettings, (posts, extra, facts, settings) => {
        const newest = { ...extra, day: lastDay, minute: 1440, stillPublic: true };
        const [before, after] = [posts, [...posts, newest]].map((some) => score(factsOf(some, facts, settings), settings).components);
        expect(after!.a.value).toBeGreaterThanOrEqual(before!.a.value ?? 0);
        expect(after!.b.value).toBeGreaterThanOrEqual(before!.b.value ?? 0);
      }),
      runs,
    );
  });

  it("in which order they were read does not matter", () => {
    fc.assert(
      fc.property(anyPosts, base, anySettings, (posts, facts, settings) => {
        const shuffled = [...posts].reverse();
        expect(factsOf(shuffled, facts, settings)).toEqual(factsOf(posts, facts, settings));
      }),
      runs,
    );
  });
});

it("the server's time zone does not matter", () => {
  const facts = fc.sample(anyFacts, { numRuns: 60, seed: 7 });
  const program = `import { score } from ${JSON.stringify(new URL("./rules.ts", import.meta.url).href)};
    import { ska1 } from ${JSON.stringify(new URL("./settings.ts", import.meta.url).href)};
    import { addDays, localDay, startOfDay } from ${JSON.stringify(new URL("../units/calendar.ts", import.meta.url).href)};
    const days = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"].map((zone) => [addDays("2026-02-28", 1), startOfDay("2026-11-22", zone), localDay(new Date("2026-11-22T16:00:00Z"), zone)]);
    process.stdout.write(JSON.stringify([days, ${JSON.stringify(facts)}.map((one) => score(one, ska1))]));`;
  const under = (TZ: string) =>
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { env: { ...process.env, TZ }, encoding: "utf8" });
  const here = under("Asia/Jakarta");
  expect(JSON.parse(here)[1]).toEqual(JSON.parse(JSON.stringify(facts.map((one) => score(one, ska1)))));
  expect(under("America/St_Johns")).toBe(here);
});
