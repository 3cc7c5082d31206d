import { describe, expect, test } from "vitest";
import {
  commentSchema,
  inviteSchema,
  isOwn,
  mayBe,
  mediaSchema,
  profileSchema,
  toComment,
  toInvite,
  toPost,
  toProfile,
} from "./transform.ts";

const account = { remoteId: "17841400000000001", handle: "PemkabTegal" };
const media = (more: object) =>
  mediaSchema.parse({
    id: "1801",
    caption: "Pasar murah",
    timestamp: "2026-08-03T02:00:00+0000",
    permalink: "https://www.instagram.com/p/Abc/",
    ...more,
  });

describe("a post", () => {
  test("of one picture", () => {
    const insights = { data: [{ name: "reach", period: "lifetime", values: [{ value: 120 }] }] };
    expect(toPost(media({ media_type: "IMAGE", alt_text: "Tenda", like_count: 3, comments_count: 0, insights }))).toEqual({
      remoteId: "1801",
      permalink: "https://www.instagram.com/p/Abc/",
      text: "Pasar murah",
      publishedAt: new Date("2026-08-03T02:00:00Z"),
      visual: "image",
      hasAlt: true,
      hasLink: false,
      repost: false,
      metrics: { likes: 3, comments: 0, shares: null, views: null, reach: 120 },
    });
  });

  test("of several: every picture needs its alternative text, and one video makes it a video", () => {
    const album = (...data: object[]) => media({ media_type: "CAROUSEL_ALBUM", children: { data } });
    const picture = { id: "1", media_type: "IMAGE", alt_text: "Satu" };
    expect(toPost(album(picture, picture))).toMatchObject({ visual: "image", hasAlt: true });
    expect(toPost(album(picture, { ...picture, alt_text: undefined }))).toMatchObject({ visual: "image", hasAlt: false });
    expect(toPost(album(picture, { id: "2", media_type: "VIDEO" }))).toMatchObject({ visual: "video", hasAlt: null });
  });

  test("without words, and with likes that its owner hides: what is not told is not zero", () => {
    const silent = media({ caption: undefined, media_type: "VIDEO" });
    expect(toPost(silent)).toMatchObject({
      text: "",
      visual: "video",
      hasAlt: null,
      metrics: { likes: null, comments: null, reach: null },
    });
  });

  test("may be ours with the same words and as many pictures, line ends aside", () => {
    const post = media({ caption: "Satu\nDua" });
    const sent = { text: "Satu\r\nDua ", pictures: 1, video: false };
    expect(mayBe(post, sent)).toBe(true);
    expect(mayBe(post, { ...sent, pictures: 2 })).toBe(false);
    expect(mayBe(post, { ...sent, text: "Satu" })).toBe(false);
    expect(mayBe(post, { ...sent, pictures: 0, video: true })).toBe(false);
    expect(mayBe(media({ caption: "Satu\nDua", media_type: "VIDEO" }), { ...sent, pictures: 0, video: true })).toBe(true);
    expect(mayBe(media({ caption: "Satu\nDua", media_type: "VIDEO" }), sent)).toBe(false);
  });
});

describe("a comment", () => {
  const comment = (more: object) => commentSchema.parse({ id: "71", text: "Jam berapa?", timestamp: "2026-08-03T02:00:00+0000", ...more });

  test("stands under its post, and a reply under the comment at the top", () => {
    const from = { id: "777", username: "siti" };
    expect(toComment(comment({ from }), account, "1801", null)).toEqual({
      remoteId: "71",
      postRemoteId: "1801",
      parentRemoteId: null,
      author: { remoteId: "777", name: "siti" },
      text: "Jam berapa?",
      sentAt: new Date("2026-08-03T02:00:00Z"),
      own: false,
      ref: { top: null },
    });
    expect(toComment(comment({ from, parent_id: "70" }), account, "1801", null)).toMatchObject({
      parentRemoteId: "70",
      ref: { top: "70" },
    });
  });

  test("without its author is kept, and our own is known by number or by name", () => {
    expect(toComment(comment({}), account, "1801", null)).toMatchObject({ author: { remoteId: "", name: "" }, own: false });
    expect(isOwn(comment({ from: { id: account.remoteId } }), account)).toBe(true);
    expect(isOwn(comment({ username: "pemkabtegal" }), account)).toBe(true);
  });
});

test("an account with few followers has no figure", () => {
  const told = toProfile(profileSchema.parse({ id: "9", user_id: "17841400000000001", username: "pemkabtegal" }));
  expect(told).toMatchObject({ remoteId: "17841400000000001", name: "pemkabtegal", followers: null, commentsOpen: null });
});

test("an invitation names the post and who asks; its time and page are not told", () => {
  const told = inviteSchema.parse({ media_id: "1807", media_owner_username: "dinkestegal", media_url: "https://cdn.invalid/x.jpg" });
  expect(toInvite(told)).toEqual({ remoteId: "1807", from: "dinkestegal", text: "", permalink: null, sentAt: null });
});
