import { describe, expect, test } from "vitest";
import { figuresSchema, isOwn, mayBe, postSchema, replySchema, toComment, toPost, toProfile } from "./transform.ts";

const account = { handle: "PemkabTegal" };
const post = (more: object) =>
  postSchema.parse({
    id: "1801",
    text: "Pasar murah",
    timestamp: "2026-08-03T02:00:00+0000",
    permalink: "https://www.threads.com/@pemkabtegal/post/Abc",
    ...more,
  });
const figures = figuresSchema.parse({
  data: [
    { name: "views", period: "lifetime", values: [{ value: 120 }] },
    { name: "likes", period: "lifetime", values: [{ value: 3 }] },
    { name: "replies", period: "lifetime", values: [{ value: 0 }] },
    { name: "reposts", period: "lifetime", values: [{ value: 2 }] },
    { name: "quotes", period: "lifetime", values: [{ value: 1 }] },
  ],
});

describe("a post", () => {
  test("of words alone, with its figures", () => {
    expect(toPost(post({ media_type: "TEXT_POST" }), figures)).toEqual({
      remoteId: "1801",
      permalink: "https://www.threads.com/@pemkabtegal/post/Abc",
      text: "Pasar murah",
      publishedAt: new Date("2026-08-03T02:00:00Z"),
      visual: "none",
      hasAlt: null,
      hasLink: false,
      repost: false,
      metrics: { likes: 3, comments: 0, shares: 3, views: 120, reach: null },
    });
  });

  test("without figures: what is not told is not zero", () => {
    const silent = { likes: null, comments: null, shares: null, views: null, reach: null };
    expect(toPost(post({ media_type: "VIDEO", text: undefined }), null)).toMatchObject({
      text: "",
      visual: "video",
      hasAlt: null,
      metrics: silent,
    });
    expect(toPost(post({ media_type: "REPOST_FACADE" }), figuresSchema.parse({ data: [] }))).toMatchObject({
      repost: true,
      visual: null,
      metrics: silent,
    });
  });

  test("of one picture or several: each needs its alternative text, as far as it is told", () => {
    const album = (...data: object[]) => post({ media_type: "CAROUSEL_ALBUM", children: { data } });
    const picture = { id: "1", media_type: "IMAGE", alt_text: "Satu" };
    expect(toPost(post({ media_type: "IMAGE", alt_text: "Tenda" }), null)).toMatchObject({ visual: "image", hasAlt: true });
    expect(toPost(post({ media_type: "IMAGE" }), null)).toMatchObject({ visual: "image", hasAlt: false });
    expect(toPost(album(picture, picture), null)).toMatchObject({ visual: "image", hasAlt: true });
    expect(toPost(album(picture, { ...picture, alt_text: undefined }), null)).toMatchObject({ visual: "image", hasAlt: false });
    expect(toPost(album({ id: "1" }, { id: "2" }), null)).toMatchObject({ visual: "image", hasAlt: null });
    expect(toPost(album(picture, { id: "2", media_type: "VIDEO" }), null)).toMatchObject({ visual: "video", hasAlt: null });
  });

  test("has a link in its words or beside them", () => {
    expect(toPost(post({ text: "Lihat tegalkab.go.id" }), null).hasLink).toBe(true);
    expect(toPost(post({ link_attachment_url: "https://tegalkab.go.id" }), null).hasLink).toBe(true);
  });

  test("may be ours with the same words and as many pictures, line ends aside", () => {
    const text = "Satu\r\nDua ";
    const words = post({ media_type: "TEXT_POST", text: "Satu\nDua" });
    expect(mayBe(words, { text, pictures: 0, video: false })).toBe(true);
    expect(mayBe(words, { text, pictures: 1, video: false })).toBe(false);
    expect(mayBe(words, { text: "Satu", pictures: 0, video: false })).toBe(false);
    const two = post({ media_type: "CAROUSEL_ALBUM", text: "Satu\nDua", children: { data: [{ id: "1" }, { id: "2" }] } });
    expect(mayBe(two, { text, pictures: 2, video: false })).toBe(true);
    expect(mayBe(two, { text, pictures: 3, video: false })).toBe(false);
    expect(mayBe(post({ media_type: "VIDEO", text: "Satu\nDua" }), { text, pictures: 0, video: true })).toBe(true);
  });
});

describe("a reply", () => {
  const reply = (more: object) => replySchema.parse({ id: "71", text: "Jam berapa?", timestamp: "2026-08-03T02:00:00+0000", ...more });

  test("stands under its post or under another reply, and its author is known by name", () => {
    expect(toComment(reply({ username: "siti", replied_to: { id: "1801" }, is_reply_owned_by_me: false }), account, "1801")).toEqual({
      remoteId: "71",
      postRemoteId: "1801",
      parentRemoteId: null,
      author: { remoteId: "siti", name: "siti" },
      text: "Jam berapa?",
      sentAt: new Date("2026-08-03T02:00:00Z"),
      own: false,
      ref: null,
    });
    expect(toComment(reply({ username: "siti", replied_to: { id: "70" } }), account, "1801").parentRemoteId).toBe("70");
  });

  test("without its author is kept, and our own is known by Threads' word or else by its name", () => {
    expect(toComment(reply({}), account, "1801")).toMatchObject({ author: { remoteId: "", name: "" }, own: false });
    expect(isOwn(reply({ is_reply_owned_by_me: true }), account)).toBe(true);
    expect(isOwn(reply({ username: "pemkabtegal" }), account)).toBe(true);
    expect(isOwn(reply({ username: "pemkabtegal", is_reply_owned_by_me: false }), account)).toBe(false);
  });
});

test("an account without a name of its own is called by its handle", () => {
  expect(toProfile({ id: "178", username: "pemkabtegal" }, null)).toEqual({
    remoteId: "178",
    handle: "pemkabtegal",
    name: "pemkabtegal",
    url: "https://www.threads.com/@pemkabtegal",
    followers: null,
    commentsOpen: null,
  });
});
