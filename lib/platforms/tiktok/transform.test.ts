import { expect, test } from "vitest";
import type { Content, Video as ContentVideo } from "../contract.ts";
import { failReason, mayBe, refusalOf, toPost, toProfile, type Video, videoRequest, videoSchema, webOf } from "./transform.ts";

const content: Content = { text: "", title: null, link: null, pictures: [], video: null, collaborators: [], replyTo: null, key: "k" };
const film = { durationMs: 14_400 } as ContentVideo;
const creator = {
  privacy_level_options: ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"],
  comment_disabled: false,
  duet_disabled: true,
  stitch_disabled: false,
  max_video_post_duration_sec: 300,
};
/** As TikTok's documents show an object of a list. */
const told = {
  id: "7602997517160123666",
  create_time: 1_770_210_873,
  title: "Layanan keliling",
  video_description: "Layanan keliling di Slawi: tegalkab.go.id/jadwal",
  share_url: "https://www.tiktok.com/@pemkabtegal/video/7602997517160123666?utm_campaign=tt4d_open_api&utm_source=aw1",
  duration: 14,
  like_count: 120,
  comment_count: 7,
  share_count: 3,
  view_count: 15_000,
};
const video = (more: object = {}): Video => videoSchema.parse({ ...told, ...more });

test("a post keeps the id's digits and gets an address without the app's mark", () => {
  expect(toPost(video(), "https://www.tiktok.com", "pemkabtegal")).toEqual({
    remoteId: "7602997517160123666",
    permalink: "https://www.tiktok.com/@pemkabtegal/video/7602997517160123666",
    text: "Layanan keliling di Slawi: tegalkab.go.id/jadwal",
    publishedAt: new Date("2026-02-04T13:14:33Z"),
    visual: "video",
    hasAlt: null,
    hasLink: true,
    repost: false,
    metrics: { likes: 120, comments: 7, shares: 3, views: 15_000, reach: null },
  });
});

test("what is not told is unknown, never zero", () => {
  const bare = video({ like_count: undefined, view_count: null, share_url: "" });
  expect(toPost(bare, "https://www.tiktok.com", "p")).toMatchObject({ visual: null, metrics: { likes: null, views: null } });
  const cut = toPost(video({ video_description: "a".repeat(150) }), "https://www.tiktok.com", "p");
  expect(cut.hasLink, "the link may stand in what was cut off").toBeNull();
});

test("a post is ours by its words, as far as they are told, its kind and its length", () => {
  const words = "Layanan keliling di Slawi: tegalkab.go.id/jadwal";
  const ours = { ...content, text: words, video: film };
  expect(mayBe(video(), ours)).toBe(true);
  expect(mayBe(video(), { ...ours, text: `${words} hari ini` }), "the beginning alone, of a text that is not cut").toBe(false);
  expect(mayBe(video({ duration: 20 }), ours)).toBe(false);
  expect(mayBe(video({ share_url: "https://www.tiktok.com/@p/photo/7602997517160123666" }), ours)).toBe(false);
  const long = "kata ".repeat(80);
  expect(mayBe(video({ video_description: long.slice(0, 150) }), { ...ours, text: long })).toBe(true);
  expect(mayBe(video({ video_description: long.slice(0, 150) }), { ...ours, text: `lain ${long}` })).toBe(false);
});

test("a post is for everyone or not at all", () => {
  expect(refusalOf(creator, { ...content, video: film })).toBeNull();
  const options = (...privacy_level_options: string[]) => refusalOf({ ...creator, privacy_level_options }, { ...content, video: film });
  expect(options("SELF_ONLY")).toEqual({ kind: "not-entitled", what: "audit" });
  expect(options("FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY")).toMatchObject({ kind: "rejected", code: "account-private" });
  expect(refusalOf(creator, { ...content, video: { ...film, durationMs: 300_001 } })).toMatchObject({ code: "video-too-long" });
});

test("what the account has switched off stays off", () => {
  const body = videoRequest({ ...content, text: "Halo" }, creator, { size: 9, chunkSize: 9, count: 1 });
  expect(body).toMatchObject({ post_info: { disable_comment: false, disable_duet: true, disable_stitch: false } });
});

test.each([
  ["internal", "retryable"],
  ["photo_pull_failed", "retryable"],
  ["auth_removed", "needs-reauth"],
  ["spam_risk_too_many_posts", "rate-limited"],
  ["spam_risk", "rejected"],
  ["frame_rate_check_failed", "rejected"],
  ["publish_cancelled", "rejected"],
  ["", "rejected"],
])("a post that failed for «%s» is %s", (reason, kind) => {
  expect(failReason(reason, new Date()).kind).toBe(kind);
});

test("people open TikTok itself, or whatever stands for it", () => {
  expect(webOf("https://open.tiktokapis.com")).toBe("https://www.tiktok.com");
  expect(webOf("http://127.0.0.1:41190/tiktok")).toBe("http://127.0.0.1:41190/tiktok");
  const profile = toProfile({ user: { open_id: "-000a", display_name: "", username: "pemkabtegal" } }, "https://www.tiktok.com");
  expect(profile).toMatchObject({ name: "pemkabtegal", url: "https://www.tiktok.com/@pemkabtegal", followers: null });
});
