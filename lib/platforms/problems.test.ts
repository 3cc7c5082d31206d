import { describe, expect, test } from "vitest";
import { type Platform, platforms } from "./contract.ts";
import { type CheckedContent, type CheckedPicture, checkContent, counter } from "./problems.ts";

const picture: CheckedPicture = { mime: "image/jpeg", width: 1080, height: 1080, bytes: 300_000, alt: "Petugas memompa air di jalan raya" };
const withPicture = (change: Partial<CheckedPicture>): CheckedContent => ({
  text: "Banjir",
  link: null,
  pictures: [{ ...picture, ...change }],
});
const words = (text: string, link: string | null = null): CheckedContent => ({ text, link, pictures: [] });
const pictures = (count: number): CheckedContent => ({
  text: "Banjir",
  link: null,
  pictures: Array.from({ length: count }, () => picture),
});
const found = (platform: Platform, content: CheckedContent) =>
  checkContent(platform, content).map(({ code, severity, params }) => ({ code, severity, params }));

const link = "https://tegalkab.go.id/banjir";

describe("a content that a platform refuses is stopped, with the numbers to mend it", () => {
  test.each<[string, Platform, CheckedContent, string, object]>([
    ["nothing to publish", "facebook", words(" \n"), "text-empty", {}],
    ["one grapheme over", "bluesky", words("a".repeat(301)), "text-too-long", { count: 301, limit: 300, over: 1 }],
    [
      "short in graphemes, long in bytes",
      "bluesky",
      words("👨‍👩‍👧‍👦".repeat(121)),
      "text-too-long",
      { count: 3025, limit: 3000, over: 25 },
    ],
    ["emoji weigh 2 on X", "x", words("😀".repeat(141)), "text-too-long", { count: 282, limit: 280, over: 2 }],
    ["emoji count as bytes on Threads", "threads", words("😀".repeat(126)), "text-too-long", { count: 504, limit: 500, over: 4 }],
    [
      "a caption is shorter than a message",
      "telegram",
      { ...pictures(1), text: "a".repeat(1025) },
      "text-too-long",
      { count: 1025, limit: 1024, over: 1 },
    ],
    ["the appended link counts", "x", words("a".repeat(256), link), "text-too-long", { count: 281, limit: 280, over: 1 }],
    ["five pictures on X", "x", pictures(5), "too-many-pictures", { count: 5, limit: 4 }],
    ["PNG on Instagram", "instagram", withPicture({ mime: "image/png" }), "picture-format", { picture: 1, format: "image/png" }],
    ["WebP on Facebook", "facebook", withPicture({ mime: "image/webp" }), "picture-format", { picture: 1, format: "image/webp" }],
    [
      "a byte too many",
      "bluesky",
      withPicture({ bytes: 1_000_001 }),
      "picture-too-big",
      { picture: 1, bytes: 1_000_001, limit: 1_000_000 },
    ],
    [
      "too wide for Instagram",
      "instagram",
      withPicture({ width: 1441, height: 1441 }),
      "picture-width",
      { picture: 1, width: 1441, min: 320, max: 1440 },
    ],
    [
      "a story's ratio in Instagram's feed",
      "instagram",
      withPicture({ height: 1920 }),
      "picture-aspect",
      { picture: 1, aspect: 0.56, min: 0.8, max: 1.91 },
    ],
    [
      "sides too long for Telegram",
      "telegram",
      withPicture({ width: 6000, height: 4001 }),
      "picture-dimensions",
      { picture: 1, width: 6000, height: 4001, limit: 10_000 },
    ],
    ["no picture on Instagram", "instagram", words("Halo"), "picture-required", {}],
    [
      "alternative text too long",
      "instagram",
      withPicture({ alt: "a".repeat(1001) }),
      "alt-too-long",
      { picture: 1, count: 1001, limit: 1000 },
    ],
    [
      "31 hashtags",
      "instagram",
      { ...pictures(1), text: Array.from({ length: 31 }, (_, i) => `#a${i}`).join(" ") },
      "too-many-hashtags",
      { count: 31, limit: 30 },
    ],
    [
      "21 mentions",
      "instagram",
      { ...pictures(1), text: Array.from({ length: 21 }, (_, i) => `@a${i}`).join(" ") },
      "too-many-mentions",
      { count: 21, limit: 20 },
    ],
    ["two cashtags", "x", words("$BBRI $BMRI"), "too-many-cashtags", { count: 2, limit: 1 }],
    ["six links", "threads", words(Array.from({ length: 6 }, (_, i) => `a${i}.go.id`).join(" ")), "too-many-links", { count: 6, limit: 5 }],
  ])("%s", (_, platform, content, code, params) => {
    expect(found(platform, content)).toContainEqual({ code, severity: "stop", params });
  });
});

describe("what only harms a post is a warning", () => {
  test.each<[string, Platform, CheckedContent, string, object]>([
    ["no alternative text", "facebook", withPicture({ alt: " " }), "alt-missing", { picture: 1 }],
    ["a link on Instagram", "instagram", { ...pictures(1), link }, "links-not-clickable", {}],
    ["a link in the text on X", "x", words("Lihat tegalkab.go.id"), "link-cost", { usd: 0.2 }],
    ["six hashtags", "instagram", { ...pictures(1), text: "#a #b #c #d #e #f" }, "many-hashtags", { count: 6, limit: 5 }],
    ["YouTube without a video", "youtube", words("Halo"), "video-required", {}],
  ])("%s", (_, platform, content, code, params) => {
    expect(found(platform, content)).toContainEqual({ code, severity: "warn", params });
  });
});

test.each(platforms.filter((platform) => platform !== "youtube"))("a short text with a good picture passes on %s", (platform) => {
  expect(checkContent(platform, pictures(1))).toEqual([]);
});

test.each<[string, Platform, CheckedContent]>([
  ["exactly 300 graphemes", "bluesky", words("👍🏽".repeat(300))],
  ["exactly 280 on X", "x", words("a".repeat(280))],
  ["4:5 in whole pixels", "instagram", withPicture({ height: 1351 })],
  ["a card beside the text does not count", "bluesky", words("a".repeat(300), link)],
])("the limit itself is allowed: %s", (_, platform, content) => {
  expect(checkContent(platform, content).filter((problem) => problem.severity === "stop")).toEqual([]);
});

test("a link already in the text is not counted twice", () => {
  expect(counter("x", `Lihat ${link}`, link)).toEqual({ count: 29, limit: 280 });
});

test("with pictures the card's link moves into the text and counts", () => {
  expect(counter("bluesky", "Halo", link)).toEqual({ count: 4, limit: 300 });
  expect(counter("bluesky", "Halo", link, true)).toEqual({ count: 4 + 2 + link.length, limit: 300 });
});
