import { describe, expect, test } from "vitest";
import { fateOf, type KnownPost, matchKnown } from "./known.ts";

const none = { likes: null, comments: null, shares: null, views: null, reach: null };
const at = (hour: number, day = 20) => new Date(Date.UTC(2026, 10, day, hour));
const key = "imunisasikejargratisdipuskesmas";
const known = (change: Partial<KnownPost> = {}): KnownPost => ({
  ...{
    channelId: "c",
    remoteId: "A",
    permalink: null,
    textKey: key,
    publishedAt: at(8),
    ours: false,
    elsewhere: false,
    metrics: none,
    metricsAt: null,
  },
  ...change,
});
const incoming = (remoteId: string, publishedAt = at(8), textKey = key) => ({
  textKey,
  post: { remoteId, permalink: null, text: "", publishedAt, visual: null, hasAlt: null, hasLink: null, repost: false, metrics: none },
});
const addressId = (permalink: string) => /\/p\/(\w+)/.exec(permalink)?.[1] ?? null;
const match = (posts: ReturnType<typeof incoming>[], all: KnownPost[]) =>
  matchKnown(posts, all, addressId).map((one) => one.known?.remoteId ?? null);

describe("a post is known", () => {
  test("by its id, or the one in the address under which the interface lists it", () => {
    expect(match([incoming("A")], [known()])).toEqual(["A"]);
    expect(match([incoming("S1")], [known({ remoteId: "1789", permalink: "https://i.example/p/S1/", elsewhere: true })])).toEqual(["1789"]);
  });
  test("by its text near its time: minutes, or two days where we published it by hand", () => {
    expect(match([incoming("B", new Date(at(8).getTime() + 9 * 60_000))], [known()])).toEqual(["A"]);
    expect(match([incoming("B", at(9))], [known()])).toEqual([null]);
    expect(match([incoming("B", at(9, 21))], [known({ ours: true })])).toEqual(["A"]);
    expect(match([incoming("B", at(8), "hai")], [known({ textKey: "hai" })]), "short texts say nothing").toEqual([null]);
  });
  test("at most once: the same text again is another post", () => {
    expect(match([incoming("A"), incoming("B", at(20))], [known({ ours: true })])).toEqual(["A", null]);
  });
});

describe("its figures", () => {
  const told = { metrics: { ...none, likes: 10, views: 500 } };
  const had = (likes: number | null, metricsAt: Date | null) => known({ metrics: { ...none, likes, views: likes && 500 }, metricsAt });
  test.each([
    ["fresh", null, at(12)],
    ["renewed", had(8, at(9)), at(12)],
    ["renewed", had(null, null), at(12)],
    ["same", had(10, at(9)), at(12)],
    ["same", had(10, at(15)), at(12)],
    ["older", had(20, at(15)), at(12)],
    ["renewed", known({ metrics: { ...none, likes: 20 }, metricsAt: at(15) }), at(12)],
    ["elsewhere", known({ elsewhere: true }), at(12)],
  ] as const)("%s", (fate, one, asOf) => {
    expect(fateOf(told, one, asOf)).toBe(fate);
  });
});
