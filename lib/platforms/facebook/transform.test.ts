import { describe, expect, test } from "vitest";
import { commentSchema, isPublication, postSchema, toComment, toPost } from "./transform.ts";

const page = "102938475610293";
const photo = (id: string) => ({ media_type: "photo", target: { id, url: `https://www.facebook.com/photo/?fbid=${id}` } });
const album = {
  id: `${page}_5566`,
  message: "Petugas DPU memompa air di Jalan Ahmad Yani",
  created_time: "2026-11-20T03:04:05+0000",
  permalink_url: `https://www.facebook.com/${page}/posts/5566`,
  status_type: "added_photos",
  from: { id: page, name: "Pemkab Tegal" },
  attachments: {
    data: [
      {
        media_type: "album",
        target: { id: "771", url: "https://www.facebook.com/a" },
        subattachments: { data: [photo("881"), photo("882")] },
      },
    ],
  },
  shares: { count: 12 },
  reactions: { data: [], summary: { total_count: 240 } },
  comments: { data: [], summary: { order: "chronological", total_count: 31, can_comment: true } },
  insights: {
    data: [
      { name: "post_media_view", period: "lifetime", values: [{ value: 7300 }], id: `${page}_5566/insights/y/lifetime` },
      { name: "post_total_media_view_unique", period: "lifetime", values: [{ value: 5120 }], id: `${page}_5566/insights/x/lifetime` },
    ],
    paging: { next: "https://graph.facebook.com/x" },
  },
};
const read = (post: object, alts: [string, string][] = []) => toPost(postSchema.parse(post), new Map(alts));

describe("a post of the page", () => {
  test("with an album and figures", () => {
    expect(read(album)).toEqual({
      remoteId: `${page}_5566`,
      permalink: `https://www.facebook.com/${page}/posts/5566`,
      text: "Petugas DPU memompa air di Jalan Ahmad Yani",
      publishedAt: new Date("2026-11-20T03:04:05Z"),
      visual: "image",
      hasAlt: null,
      hasLink: false,
      repost: false,
      metrics: { likes: 240, comments: 31, shares: 12, views: 7300, reach: 5120 },
    });
  });

  test("has alternative text only when every photo has, and nothing is said while one is unknown", () => {
    expect(
      read(album, [
        ["881", "Pompa air"],
        ["882", "Petugas"],
      ]).hasAlt,
    ).toBe(true);
    expect(
      read(album, [
        ["881", "Pompa air"],
        ["882", ""],
      ]).hasAlt,
    ).toBe(false);
    expect(read(album, [["881", "Pompa air"]]).hasAlt).toBeNull();
  });

  test("a figure that the platform withholds is unknown, not zero", () => {
    const { insights: _, reactions: __, comments: ___, ...bare } = album;
    expect(read(bare).metrics).toEqual({ likes: null, comments: null, shares: 12, views: null, reach: null });
  });

  test.each([
    [
      "nothing but words",
      { message: "Selamat pagi", attachments: undefined },
      { visual: "none", hasLink: false, hasAlt: null, repost: false },
    ],
    ["a link in the words", { message: "Cek tegalkab.go.id", attachments: undefined }, { hasLink: true, visual: "none" }],
    [
      "a shared article",
      {
        status_type: "shared_story",
        attachments: { data: [{ media_type: "link", unshimmed_url: "https://tegalkab.go.id/a", url: "https://l.facebook.com/l.php?u=x" }] },
      },
      { repost: false, hasLink: true, visual: "none" },
    ],
    [
      "somebody else's post, shared",
      { status_type: "shared_story", attachments: { data: [{ media_type: "link", url: "https://www.facebook.com/bpbd/posts/1" }] } },
      { repost: true, hasLink: false },
    ],
    ["a reel", { attachments: { data: [{ media_type: "video", target: { id: "99" } }] } }, { visual: "video", hasAlt: null }],
    ["a picture without words", { message: undefined }, { text: "", visual: "image" }],
  ])("%s", (_, change, expected) => {
    expect(read({ ...album, ...change })).toMatchObject(expected);
  });
});

test("a comment, its parent and its author as far as the platform tells", () => {
  const comment = {
    id: "5566_9002",
    message: "Terima kasih",
    created_time: "2026-11-20T04:00:00+0000",
    from: { id: "77", name: "Budi" },
    parent: { id: "5566_9001" },
  };
  expect(toComment(commentSchema.parse(comment), page, `${page}_5566`)).toEqual({
    remoteId: "5566_9002",
    postRemoteId: `${page}_5566`,
    parentRemoteId: "5566_9001",
    author: { remoteId: "77", name: "Budi" },
    text: "Terima kasih",
    sentAt: new Date("2026-11-20T04:00:00Z"),
    own: false,
    ref: null,
  });
  const bare = { id: "5566_9003", created_time: "2026-11-20T04:00:00+0000" };
  expect(toComment(commentSchema.parse(bare), page, "p")).toMatchObject({
    author: { remoteId: "", name: "" },
    text: "",
    parentRemoteId: null,
    own: false,
  });
  expect(toComment(commentSchema.parse({ ...comment, from: { id: page, name: "Pemkab" } }), page, "p").own).toBe(true);
});

describe("a post in the feed is our publication", () => {
  const text = album.message;
  const isOurs = (sent: { text: string; link: string | null; photos: string[] }, change: object = {}) =>
    isPublication(postSchema.parse({ ...album, ...change }), page, sent);

  test.each([
    ["same words, one of our photos", { text, link: null, photos: ["882"] }, {}, true],
    ["same words, other photos", { text, link: null, photos: ["999"] }, {}, false],
    ["other words", { text: "Lain", link: null, photos: ["882"] }, {}, false],
    ["words that the platform trimmed", { text: `${text} \r\n`, link: null, photos: ["882"] }, {}, true],
    ["words in the other Unicode form", { text: "cafe\u0301", link: null, photos: [] }, { message: "café", attachments: undefined }, true],
    ["a visitor's post", { text, link: null, photos: ["882"] }, { from: { id: "77" } }, false],
    [
      "a link alone",
      { text: "", link: "https://tegalkab.go.id/a", photos: [] },
      { message: undefined, attachments: { data: [{ media_type: "link", unshimmed_url: "https://tegalkab.go.id/a" }] } },
      true,
    ],
    [
      "no words, another link",
      { text: "", link: "https://tegalkab.go.id/b", photos: [] },
      { message: undefined, attachments: undefined },
      false,
    ],
  ])("%s", (_, sent, change, expected) => {
    expect(isOurs(sent, change)).toBe(expected);
  });
});
