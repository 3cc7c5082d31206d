import { describe, expect, test } from "vitest";
import type { CheckedContent, CheckedPicture, CheckedVideo } from "./checked.ts";
import { type Platform, platforms } from "./contract.ts";
import { checkContent, checkReply, counter, replyCounter, takesCollaborators, takesFirstComment, takesTitle } from "./problems.ts";

// The limits in figures, written down a second time, so that a slip in the table is found.

const picture: CheckedPicture = { mime: "image/jpeg", width: 1080, height: 1080, bytes: 300_000, alt: "Petugas memompa air di jalan raya" };
const clip: CheckedVideo = {
  mime: "video/mp4",
  width: 720,
  height: 1280,
  bytes: 8_000_000,
  alt: "Pompa air bekerja",
  durationMs: 30_000,
  frameRate: 30,
};
const blank: CheckedContent = { title: null, text: "Banjir", link: null, pictures: [], video: null, firstComment: null, collaborators: [] };
const withPicture = (change: Partial<CheckedPicture>): CheckedContent => ({ ...blank, pictures: [{ ...picture, ...change }] });
const withVideo = (change: Partial<CheckedVideo>, title: string | null = null): CheckedContent => ({
  ...blank,
  title,
  video: { ...clip, ...change },
});
const words = (text: string, link: string | null = null): CheckedContent => ({ ...blank, text, link });
const pictures = (count: number): CheckedContent => ({ ...blank, pictures: Array.from({ length: count }, () => picture) });
const comment = (firstComment: string): CheckedContent => ({ ...pictures(1), firstComment });
const times = (count: number, word: (n: number) => string) => Array.from({ length: count }, (_, n) => word(n)).join(" ");
const a = (count: number) => "a".repeat(count);
const minutes = (count: number) => count * 60_000;
const MB = 1_000_000;

const found = (platform: Platform, content: CheckedContent) =>
  checkContent(platform, content).map(({ code, severity, params }) => ({ code, severity, params }));
const stops = (platform: Platform, content: CheckedContent) =>
  checkContent(platform, content)
    .filter((problem) => problem.severity === "stop")
    .map((problem) => problem.code);

const link = "https://tegalkab.go.id/banjir";
const family = "👨‍👩‍👧‍👦";

describe("a content that a platform refuses is stopped, with the numbers to mend it", () => {
  test.each<[string, Platform, CheckedContent, string, object]>([
    ["nothing to publish", "facebook", words(" \n"), "text-empty", {}],
    ["one grapheme over", "bluesky", words(a(301)), "text-too-long", { count: 301, limit: 300, over: 1 }],
    ["short in graphemes, long in bytes", "bluesky", words(family.repeat(121)), "text-too-long", { count: 3025, limit: 3000, over: 25 }],
    ["emoji weigh 2 on X", "x", words("😀".repeat(141)), "text-too-long", { count: 282, limit: 280, over: 2 }],
    ["emoji count as bytes on Threads", "threads", words("😀".repeat(126)), "text-too-long", { count: 504, limit: 500, over: 4 }],
    [
      "a caption is shorter than a message",
      "telegram",
      { ...pictures(1), text: a(1025) },
      "text-too-long",
      { count: 1025, limit: 1024, over: 1 },
    ],
    ["so is a video's", "whatsapp", { ...withVideo({}), text: a(1025) }, "text-too-long", { count: 1025, limit: 1024, over: 1 }],
    ["the appended link counts", "x", words(a(256), link), "text-too-long", { count: 281, limit: 280, over: 1 }],
    [
      "a description counts in bytes",
      "youtube",
      { ...withVideo({}, "Judul"), text: "é".repeat(2501) },
      "text-too-long",
      { count: 5002, limit: 5000, over: 2 },
    ],
    ["no title on YouTube", "youtube", withVideo({}, "  "), "title-required", {}],
    ["a title of 101", "youtube", withVideo({}, a(101)), "title-too-long", { count: 101, limit: 100, over: 1 }],
    ["an angle bracket in a title", "youtube", withVideo({}, "Banjir < 2025"), "title-characters", { characters: "< >" }],
    [
      "an angle bracket in a description",
      "youtube",
      { ...withVideo({}, "Judul"), text: "suhu > 40" },
      "text-characters",
      { characters: "< >" },
    ],
    ["a photo title of 91", "tiktok", { ...pictures(1), title: a(91) }, "title-too-long", { count: 91, limit: 90, over: 1 }],
    ["five pictures on X", "x", pictures(5), "too-many-pictures", { count: 5, limit: 4 }],
    ["PNG on Instagram", "instagram", withPicture({ mime: "image/png" }), "picture-format", { picture: 1, format: "image/png" }],
    ["PNG on TikTok", "tiktok", withPicture({ mime: "image/png" }), "picture-format", { picture: 1, format: "image/png" }],
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
      "picture-too-wide",
      { picture: 1, width: 1441, limit: 1440 },
    ],
    [
      "too narrow for Instagram",
      "instagram",
      withPicture({ width: 319, height: 319 }),
      "picture-too-narrow",
      { picture: 1, width: 319, limit: 320 },
    ],
    [
      "a story's ratio in Instagram's feed",
      "instagram",
      withPicture({ height: 1920 }),
      "picture-too-tall",
      { picture: 1, aspect: 0.56, limit: 0.8 },
    ],
    [
      "a banner in Instagram's feed",
      "instagram",
      withPicture({ height: 500 }),
      "picture-too-flat",
      { picture: 1, aspect: 2.16, limit: 1.91 },
    ],
    [
      "sides too long for Telegram",
      "telegram",
      withPicture({ width: 6000, height: 4001 }),
      "picture-dimensions",
      { picture: 1, width: 6000, height: 4001, limit: 10_000 },
    ],
    ["nothing to see on Instagram", "instagram", words("Halo"), "media-required", {}],
    ["alternative text too long", "instagram", withPicture({ alt: a(1001) }), "alt-too-long", { picture: 1, count: 1001, limit: 1000 }],
    ["31 hashtags", "instagram", { ...pictures(1), text: times(31, (n) => `#a${n}`) }, "too-many-hashtags", { count: 31, limit: 30 }],
    ["21 mentions", "instagram", { ...pictures(1), text: times(21, (n) => `@a${n}`) }, "too-many-mentions", { count: 21, limit: 20 }],
    ["two cashtags", "x", words("$BBRI $BMRI"), "too-many-cashtags", { count: 2, limit: 1 }],
    ["six links", "threads", words(times(6, (n) => `a${n}.go.id`)), "too-many-links", { count: 6, limit: 5 }],
    ["YouTube without a video", "youtube", words("Halo"), "video-required", {}],
    ["a video with a picture", "instagram", { ...withVideo({}), pictures: [picture] }, "pictures-with-video", { count: 1, limit: 0 }],
    ["two covers", "youtube", { ...withVideo({}, "Judul"), pictures: [picture, picture] }, "pictures-with-video", { count: 2, limit: 1 }],
    ["QuickTime on Bluesky", "bluesky", withVideo({ mime: "video/quicktime" }), "video-format", { format: "video/quicktime" }],
    ["a video of 17 MB", "whatsapp", withVideo({ bytes: 16_000_001 }), "video-too-big", { megabytes: 17, limit: 16 }],
    ["three seconds less a bit", "instagram", withVideo({ durationMs: 2_999 }), "video-too-short", { seconds: 3, limit: 3 }],
    ["140 seconds and a bit", "x", withVideo({ durationMs: 140_001 }), "video-too-long", { seconds: 141, limit: 140 }],
    ["22 frames a second", "tiktok", withVideo({ frameRate: 22 }), "video-frames-few", { frames: 22, limit: 23 }],
    ["120 frames a second", "threads", withVideo({ frameRate: 120 }), "video-frames-many", { frames: 120, limit: 60 }],
    ["wider than 1920", "instagram", withVideo({ width: 1921, height: 1080 }), "video-too-wide", { width: 1921, limit: 1920 }],
    ["a strip on X", "x", withVideo({ width: 400, height: 1300 }), "video-too-tall", { aspect: 0.31, limit: 0.33 }],
    ["a first comment of 301", "bluesky", comment(a(301)), "comment-too-long", { count: 301, limit: 300, over: 1 }],
    ["a first comment with six links", "threads", comment(times(6, (n) => `a${n}.go.id`)), "comment-links", { count: 6, limit: 5 }],
    [
      "four invited on Instagram",
      "instagram",
      { ...pictures(1), collaborators: ["a", "b", "c", "d"] },
      "too-many-collaborators",
      { count: 4, limit: 3 },
    ],
    [
      "a name that cannot be one",
      "instagram",
      { ...pictures(1), collaborators: ["dinas..kesehatan"] },
      "collaborator-name",
      { name: "dinas..kesehatan" },
    ],
    ["somebody invited where that does not exist", "x", { ...pictures(1), collaborators: ["a"] }, "collaborators-not-possible", {}],
  ])("%s", (_, platform, content, code, params) => {
    expect(found(platform, content)).toContainEqual({ code, severity: "stop", params });
  });
});

describe("what only harms a post is a warning", () => {
  test.each<[string, Platform, CheckedContent, string, object]>([
    ["no alternative text", "facebook", withPicture({ alt: " " }), "alt-missing", { picture: 1 }],
    ["no words for a video", "facebook", withVideo({ alt: "" }), "video-alt-missing", {}],
    ["a link on Instagram", "instagram", { ...pictures(1), link }, "links-not-clickable", {}],
    ["a link in the text on X", "x", words("Lihat tegalkab.go.id"), "link-cost", { usd: 0.2 }],
    ["six hashtags", "instagram", { ...pictures(1), text: "#a #b #c #d #e #f" }, "many-hashtags", { count: 6, limit: 5 }],
    ["an upright video of 91 seconds", "facebook", withVideo({ durationMs: 91_000 }), "no-reel", {}],
    ["a first comment where nobody can put it", "whatsapp", comment("Halo"), "comment-not-possible", {}],
  ])("%s", (_, platform, content, code, params) => {
    expect(found(platform, content)).toContainEqual({ code, severity: "warn", params });
  });

  test("a video that is no reel for two reasons is told once", () => {
    expect(
      found("facebook", withVideo({ durationMs: 91_000, frameRate: 20 })).filter((problem) => problem.code === "no-reel"),
    ).toHaveLength(1);
  });
});

describe("the limit itself is allowed", () => {
  test.each<[string, Platform, CheckedContent]>([
    ["300 graphemes", "bluesky", words("👍🏽".repeat(300))],
    ["280 on X", "x", words(a(280))],
    ["63,206 on Facebook", "facebook", words(a(63_206))],
    ["2,200 on Instagram", "instagram", { ...pictures(10), text: a(2_200) }],
    ["4,000 under TikTok's photos", "tiktok", { ...pictures(35), text: a(4_000), title: a(90) }],
    ["2,200 over TikTok's video, whatever its title", "tiktok", { ...withVideo({}, a(100)), text: a(2_200) }],
    ["4,096 on Telegram", "telegram", words(a(4_096))],
    ["5,000 bytes and a title of 100", "youtube", { ...withVideo({}, a(100)), text: "é".repeat(2_500) }],
    ["4:5 in whole pixels", "instagram", withPicture({ height: 1351 })],
    ["a card beside the text does not count", "bluesky", words(a(300), link)],
    ["15 minutes, 300 MB", "instagram", withVideo({ durationMs: minutes(15), bytes: 300 * MB })],
    ["5 minutes, 1 GB", "threads", withVideo({ durationMs: minutes(5), bytes: 1_000 * MB })],
    ["140 seconds, 512 MB", "x", withVideo({ durationMs: 140_000, bytes: 512 * MB })],
    ["half a second", "x", withVideo({ durationMs: 500 })],
    ["10 minutes, 4 GB", "tiktok", withVideo({ durationMs: minutes(10), bytes: 4_000 * MB })],
    ["12 hours, 256 GB", "youtube", withVideo({ durationMs: minutes(720), bytes: 256_000 * MB }, "Judul")],
    ["50 MB", "telegram", withVideo({ bytes: 50 * MB })],
    ["3 minutes, 100 MB", "bluesky", withVideo({ durationMs: minutes(3), bytes: 100 * MB })],
    ["29.97 frames of 30, 59.94 of 60, 23.976 of 24", "facebook", withVideo({ frameRate: 23.976 })],
    ["frames unknown", "tiktok", withVideo({ frameRate: null })],
    ["a cover", "youtube", { ...withVideo({}, "Judul"), pictures: [picture] }],
    ["three invited", "instagram", { ...pictures(1), collaborators: ["dinkes.tegal", "bpbd_tegal", "pemkabtegal"] }],
  ])("%s", (_, platform, content) => {
    expect(stops(platform, content)).toEqual([]);
  });
});

describe("one text, whatever its writing", () => {
  test.each<[string, Platform, string, number]>([
    ["a family is one grapheme", "bluesky", family, 1],
    ["and two on X", "x", family, 2],
    ["and 25 bytes on Threads", "threads", family, 25],
    ["and eleven units on Facebook", "facebook", family, 11],
    ["é composed and decomposed are one on X", "x", "cafe\u0301", 4],
    ["and one grapheme", "bluesky", "cafe\u0301", 4],
    ["CJK weighs two on X", "x", "漢字かな", 8],
    ["Arabic weighs one on X", "x", "السلام عليكم", 12],
    ["a zero-width space counts on X", "x", "a\u200bb", 3],
    ["a zero-width joiner alone belongs to the letter before", "bluesky", "a\u200db", 2],
    ["a mark of direction weighs two on X", "x", "\u200fسلام", 6],
    ["a variation selector adds no grapheme", "bluesky", "❤️", 1],
  ])("%s", (_, platform, text, count) => {
    expect(counter(platform, text, null).count).toBe(count);
  });
});

test.each(platforms.filter((platform) => platform !== "youtube"))("a short text with a good picture passes on %s", (platform) => {
  expect(checkContent(platform, pictures(1))).toEqual([]);
});

test.each(platforms)("a short upright video with a title passes on %s", (platform) => {
  expect(checkContent(platform, withVideo({}, "Judul"))).toEqual([]);
});

test("a link already in the text is not counted twice", () => {
  expect(counter("x", `Lihat ${link}`, link)).toEqual({ count: 29, limit: 280 });
});

test("with pictures or a video the card's link moves into the text and counts", () => {
  expect(counter("bluesky", "Halo", link)).toEqual({ count: 4, limit: 300 });
  for (const beside of ["pictures", "video"] as const)
    expect(counter("bluesky", "Halo", link, beside)).toEqual({ count: 4 + 2 + link.length, limit: 300 });
});

test("problems of pictures stand in the order of the pictures, after all others", () => {
  const content = {
    ...blank,
    text: a(2_201),
    pictures: [
      { ...picture, width: 300, height: 300 },
      { ...picture, alt: "" },
      { ...picture, bytes: 9_000_000, alt: "" },
    ],
  };
  expect(checkContent("instagram", content).map(({ code, params }) => `${params.picture ?? ""} ${code}`)).toEqual([
    " text-too-long",
    "1 picture-too-narrow",
    "2 alt-missing",
    "3 alt-missing",
    "3 picture-too-big",
  ]);
});

describe("an answer", () => {
  test("is held to the limit of comments, not to what a post needs", () => {
    expect(checkReply("instagram", "Terima kasih")).toEqual([]);
    expect(checkReply("youtube", a(10_000))).toEqual([]);
    expect(checkReply("youtube", a(10_001))).toMatchObject([
      { code: "text-too-long", severity: "stop", params: { over: 1, limit: 10_000 } },
    ]);
    expect(checkReply("whatsapp", a(4_096))).toEqual([]);
    expect(
      checkReply(
        "threads",
        times(6, (n) => `a${n}.go.id`),
      ),
    ).toMatchObject([{ code: "too-many-links" }]);
    expect(checkReply("bluesky", family.repeat(121))).toMatchObject([{ code: "text-too-long", params: { count: 3025 } }]);
    expect(checkReply("x", " ")).toMatchObject([{ code: "text-empty" }]);
  });

  test("is counted in the measure of comments", () => {
    expect(replyCounter("youtube", "é")).toEqual({ count: 1, limit: 10_000 });
    expect(replyCounter("x", "漢字")).toEqual({ count: 4, limit: 280 });
    expect(replyCounter("tiktok", "Halo")).toEqual({ count: 4, limit: 150 });
  });
});

test("who has titles, first comments and invited authors", () => {
  expect(platforms.filter((platform) => takesTitle(platform, "video"))).toEqual(["youtube"]);
  expect(platforms.filter((platform) => takesTitle(platform, "pictures"))).toEqual(["youtube", "tiktok"]);
  expect(platforms.filter((platform) => !takesFirstComment(platform))).toEqual(["tiktok", "telegram", "whatsapp"]);
  expect(platforms.filter(takesCollaborators)).toEqual(["instagram"]);
});
