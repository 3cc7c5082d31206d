import { describe, expect, test } from "vitest";
import type { CheckedContent, CheckedPicture, CheckedVideo, ProblemCode } from "./checked.ts";
import { type Platform, platforms } from "./contract.ts";
import { limitOf, type RuleLimits, type RuleName } from "./limits.ts";
import { checkContent } from "./problems.ts";
import { type Rule, rules } from "./rules.ts";

// Every rule, just within its limit, at it and just beyond. What the limits should be is in problems.test.ts, in figures.

const picture: CheckedPicture = { mime: "image/jpeg", width: 1080, height: 1080, bytes: 300_000, alt: "Petugas memompa air" };
const video: CheckedVideo = {
  mime: "video/mp4",
  width: 720,
  height: 1280,
  bytes: 4_000_000,
  alt: "Pompa bekerja",
  durationMs: 30_000,
  frameRate: 30,
};
const blank: CheckedContent = { title: null, text: "Banjir", link: null, pictures: [], video: null, firstComment: null, collaborators: [] };

/** What the platform takes without a word. */
const goodOn = (platform: Platform): CheckedContent =>
  limitOf(platform, "video.required") ? { ...blank, title: "Judul", video } : { ...blank, pictures: [picture] };

type Parts = Partial<CheckedContent>;
type Probe = { code: ProblemCode; within: Parts; at: Parts; beyond: Parts };
type Probes = { [Name in RuleName]: (limit: RuleLimits[Name], platform: Platform) => Probe };

const steps = (code: ProblemCode, limit: number, part: (value: number) => Parts, step: number): Probe => ({
  code,
  within: part(limit - step),
  at: part(limit),
  beyond: part(limit + step),
});
const letters = (count: number) => "a".repeat(count);
const ofPicture = (change: Partial<CheckedPicture>): Parts => ({ pictures: [{ ...picture, ...change }], video: null });
/** Beside a video where the platform takes nothing else. */
const onPicture = (platform: Platform, change: Partial<CheckedPicture>): Parts =>
  limitOf(platform, "video.required") ? { ...ofPicture(change), video } : ofPicture(change);
const ofVideo = (change: Partial<CheckedVideo>): Parts => ({ video: { ...video, ...change }, pictures: [] });
const many = (count: number, word: (n: number) => string) => ({ text: Array.from({ length: count }, (_, n) => word(n)).join(" ") });
const pictures = (count: number): Parts => ({ pictures: Array.from({ length: count }, () => picture) });
const sides = (longer: number, shorter = longer) => ({ width: longer, height: shorter });
/** Emoji of 25 bytes, so that bytes run out before characters do; the rest in letters. */
const bytes = (count: number) => "👨‍👩‍👧‍👦".repeat(Math.floor(count / 25)) + letters(count % 25);
const ratio = (value: number, height = 4_000) => ({ width: Math.round(value * height), height });

const probes: Probes = {
  "text.max": (limit, platform) =>
    steps("text-too-long", limit, (n) => ({ ...(limitOf(platform, "video.required") ? {} : { pictures: [] }), text: letters(n) }), 1),
  "text.maxWithPictures": (limit) => steps("text-too-long", limit, (n) => ({ ...pictures(1), text: letters(n) }), 1),
  "text.maxWithVideo": (limit) => steps("text-too-long", limit, (n) => ({ ...ofVideo({}), text: letters(n) }), 1),
  "text.maxBytes": (limit) => steps("text-too-long", limit, (n) => ({ text: bytes(n) }), 1),
  "text.without": (characters) => ({
    code: "text-characters",
    within: {},
    at: { text: "≤ 5 ≥" },
    beyond: { text: `a ${characters.at(-1)} b` },
  }),
  "hashtags.max": (limit) => steps("too-many-hashtags", limit, (n) => many(n, (i) => `#a${i}`), 1),
  "hashtags.advised": (limit) => steps("many-hashtags", limit, (n) => many(n, (i) => `#a${i}`), 1),
  "mentions.max": (limit) => steps("too-many-mentions", limit, (n) => many(n, (i) => `@a${i}`), 1),
  "cashtags.max": (limit) => steps("too-many-cashtags", limit, (n) => many(n, (i) => `$${"ABCDEF"[i]}`), 1),
  "links.max": (limit) => steps("too-many-links", limit, (n) => many(n, (i) => `a${i}.go.id`), 1),
  "links.clickable": () => ({
    code: "links-not-clickable",
    within: {},
    at: { text: "surel a@tegal.go.id" },
    beyond: { text: "tegal.go.id" },
  }),
  "links.cost": () => ({ code: "link-cost", within: {}, at: { text: "surel a@tegal.go.id" }, beyond: { link: "https://tegal.go.id" } }),
  "title.required": () => ({ code: "title-required", within: { title: "Judul panjang" }, at: { title: "J" }, beyond: { title: " " } }),
  "title.max": (limit) => steps("title-too-long", limit, (n) => ({ title: letters(n) }), 1),
  "title.maxWithPictures": (limit) => steps("title-too-long", limit, (n) => ({ ...pictures(1), title: letters(n) }), 1),
  "title.without": (characters) => ({
    code: "title-characters",
    within: {},
    at: { title: "≤ 5 ≥" },
    beyond: { title: `a ${characters[0]}` },
  }),
  "media.required": () => ({ code: "media-required", within: pictures(2), at: ofVideo({}), beyond: { pictures: [], video: null } }),
  "video.required": () => ({ code: "video-required", within: { ...pictures(1), video }, at: ofVideo({}), beyond: ofPicture({}) }),
  "pictures.max": (limit) => steps("too-many-pictures", limit, pictures, 1),
  "pictures.withVideo": (limit) => ({
    code: "pictures-with-video",
    within: ofVideo({}),
    at: { ...pictures(limit), video },
    beyond: { ...pictures(limit + 1), video },
  }),
  "picture.formats": (formats, platform) => ({
    code: "picture-format",
    within: onPicture(platform, { mime: formats[0] }),
    at: onPicture(platform, { mime: formats.at(-1) }),
    beyond: onPicture(platform, {
      mime: formats.includes("image/webp") ? (formats.includes("image/png") ? unknownMime : "image/png") : "image/webp",
    }),
  }),
  "picture.maxBytes": (limit, platform) => steps("picture-too-big", limit, (n) => onPicture(platform, { bytes: n }), 1),
  "picture.minWidth": (limit, platform) => steps("picture-too-narrow", limit, (n) => onPicture(platform, sides(2 * limit - n)), 1),
  "picture.maxWidth": (limit) => steps("picture-too-wide", limit, (n) => ofPicture(sides(n)), 1),
  "picture.maxLongSide": (limit) => steps("picture-long-side", limit, (n) => ofPicture(sides(n, 1_000)), 1),
  "picture.maxShortSide": (limit) => steps("picture-short-side", limit, (n) => ofPicture(sides(n, n)), 1),
  "picture.maxSides": (limit) => steps("picture-dimensions", limit, (n) => ofPicture({ width: 4_000, height: n - 4_000 }), 1),
  "picture.minAspect": (limit) => steps("picture-too-tall", limit, (n) => ofPicture(ratio(2 * limit - n)), limit / 100),
  "picture.maxAspect": (limit) => steps("picture-too-flat", limit, (n) => ofPicture(ratio(n)), limit / 100),
  "picture.maxAlt": (limit) => steps("alt-too-long", limit, (n) => ofPicture({ alt: letters(n) }), 1),
  "video.formats": (formats) => ({
    code: "video-format",
    within: ofVideo({ mime: formats[0] }),
    at: ofVideo({ mime: formats.at(-1) }),
    beyond: ofVideo({ mime: formats.includes("video/quicktime") ? unknownMime : "video/quicktime" }),
  }),
  "video.maxBytes": (limit) => steps("video-too-big", limit, (n) => ofVideo({ bytes: n }), 1),
  "video.minSeconds": (limit) => steps("video-too-short", limit, (n) => ofVideo({ durationMs: (2 * limit - n) * 1000 }), 0.001),
  "video.maxSeconds": (limit) => steps("video-too-long", limit, (n) => ofVideo({ durationMs: n * 1000 }), 0.001),
  "video.minFrameRate": (limit) => steps("video-frames-few", limit, (n) => ofVideo({ frameRate: 2 * limit - n }), 0.1),
  "video.maxFrameRate": (limit) => steps("video-frames-many", limit, (n) => ofVideo({ frameRate: n }), 0.1),
  "video.minWidth": (limit) => steps("video-too-narrow", limit, (n) => ofVideo(sides(2 * limit - n)), 1),
  "video.maxWidth": (limit) => steps("video-too-wide", limit, (n) => ofVideo(sides(n)), 1),
  "video.minHeight": (limit) => steps("video-too-low", limit, (n) => ofVideo(sides(2 * limit - n)), 1),
  "video.maxHeight": (limit) => steps("video-too-high", limit, (n) => ofVideo(sides(n)), 1),
  "video.minAspect": (limit) => steps("video-too-tall", limit, (n) => ofVideo(ratio(2 * limit - n, 40_000)), limit / 10),
  "video.maxAspect": (limit) => steps("video-too-flat", limit, (n) => ofVideo(ratio(n)), limit / 10),
  "video.maxAlt": (limit) => steps("video-alt-too-long", limit, (n) => ofVideo({ alt: letters(n) }), 1),
  "reel.minSeconds": (limit) => steps("no-reel", limit, (n) => ofVideo({ durationMs: (2 * limit - n) * 1000 }), 0.001),
  "reel.maxSeconds": (limit) => steps("no-reel", limit, (n) => ofVideo({ durationMs: n * 1000 }), 0.001),
  "reel.minWidth": (limit) => steps("no-reel", limit, (n) => ofVideo({ width: 2 * limit - n }), 1),
  "reel.minHeight": (limit) => steps("no-reel", limit, (n) => ofVideo({ width: 540, height: 2 * limit - n }), 1),
  "reel.minFrameRate": (limit) => steps("no-reel", limit, (n) => ofVideo({ frameRate: 2 * limit - n }), 0.1),
  "reel.maxFrameRate": (limit) => steps("no-reel", limit, (n) => ofVideo({ frameRate: n }), 0.1),
  "comment.max": (limit) => steps("comment-too-long", limit, (n) => ({ firstComment: letters(n) }), 1),
  "comment.maxBytes": (limit) => steps("comment-too-long", limit, (n) => ({ firstComment: bytes(n) }), 1),
  "comment.maxLinks": (limit) => steps("comment-links", limit, (n) => ({ firstComment: many(n, (i) => `a${i}.go.id`).text }), 1),
  "comment.possible": () => ({ code: "comment-not-possible", within: {}, at: { firstComment: null }, beyond: { firstComment: "Halo" } }),
  "collaborators.max": (limit) =>
    steps("too-many-collaborators", limit, (n) => ({ collaborators: Array.from({ length: n }, (_, i) => `dinas_${i}`) }), 1),
  "collaborators.name": () => ({
    code: "collaborator-name",
    within: { collaborators: ["dinkes.tegal"] },
    at: { collaborators: [letters(30)] },
    beyond: { collaborators: [letters(31)] },
  }),
};
/** A type that no platform names: where a platform takes all that we let in. */
const unknownMime = "application/octet-stream" as never;

const probeOf = (rule: Rule) => (probes[rule.name] as (limit: unknown, platform: Platform) => Probe)(rule.limit, rule.platform);

describe("every rule lets through what is within it and finds what is beyond", () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
    const { code, ...contents } = probeOf(rule);
    const codes = (parts: Parts) => checkContent(rule.platform, { ...goodOn(rule.platform), ...parts }).map((problem) => problem.code);
    expect(codes(contents.within), "within").not.toContain(code);
    expect(codes(contents.at), "at the limit").not.toContain(code);
    expect(codes(contents.beyond), "beyond").toContain(code);
  });
});

test("a good post has no problem anywhere", () => {
  for (const platform of platforms) expect(checkContent(platform, goodOn(platform)), platform).toEqual([]);
});

test("the rules are told apart, are known by their source and are as many as promised", () => {
  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  expect(rules.filter((rule) => !["D", "S", "T", "M"].includes(rule.mark))).toEqual([]);
  expect(rules.length).toBeGreaterThanOrEqual(150);
});
