import { describe, expect, test } from "vitest";
import { commentsOf, feedItemSchema, fromFeed, fromRecord, recordItemSchema, threadSchema, webUrlOf } from "./transform.ts";

const did = "did:plc:tegal";
const uri = `at://${did}/app.bsky.feed.post/3kabcdefghijk`;
const author = { did, handle: "tegalkab.go.id", displayName: "Pemkab Tegal", viewer: { muted: false }, labels: [] };
const record = { $type: "app.bsky.feed.post", text: "Posyandu besok pagi", createdAt: "2026-11-20T01:00:00.000Z", langs: ["id"] };
const post = {
  uri,
  cid: "bafy1",
  author,
  record,
  replyCount: 3,
  repostCount: 2,
  likeCount: 10,
  quoteCount: 1,
  indexedAt: "2026-11-20T01:00:02.000Z",
  viewer: {},
  labels: [],
};
const images = {
  $type: "app.bsky.embed.images",
  images: [
    { alt: "Balai desa", image: { $type: "blob", ref: { $link: "bafkrei1" }, mimeType: "image/jpeg", size: 1 } },
    { alt: "", image: { $type: "blob", ref: { $link: "bafkrei2" }, mimeType: "image/jpeg", size: 1 } },
  ],
};
const read = (item: object) => fromFeed(feedItemSchema.parse(item), "https://bsky.app");
const withRecord = (change: object) => read({ post: { ...post, record: { ...record, ...change } } });

describe("an entry of the account's feed", () => {
  test("with its figures", () => {
    expect(read({ post })).toEqual({
      remoteId: uri,
      permalink: "https://bsky.app/profile/tegalkab.go.id/post/3kabcdefghijk",
      text: "Posyandu besok pagi",
      publishedAt: new Date("2026-11-20T01:00:00Z"),
      visual: "none",
      hasAlt: null,
      hasLink: false,
      repost: false,
      metrics: { likes: 10, comments: 3, shares: 3, views: null, reach: null },
    });
  });

  test("a repost is a post of its own, without the original's figures", () => {
    const reason = {
      $type: "app.bsky.feed.defs#reasonRepost",
      by: author,
      uri: `at://${did}/app.bsky.feed.repost/3kx`,
      indexedAt: "2026-11-21T01:00:00.000Z",
    };
    expect(read({ post: { ...post, author: { ...author, did: "did:plc:bpbd", handle: "bpbd.id" } }, reason })).toMatchObject({
      remoteId: `at://${did}/app.bsky.feed.repost/3kx`,
      permalink: "https://bsky.app/profile/bpbd.id/post/3kabcdefghijk",
      publishedAt: new Date("2026-11-21T01:00:00Z"),
      repost: true,
      metrics: { likes: null, comments: null, shares: null, views: null, reach: null },
    });
  });

  test.each([
    ["pictures, one without alternative text", { embed: images }, { visual: "image", hasAlt: false }],
    [
      "pictures beside a quoted post",
      { embed: { $type: "app.bsky.embed.recordWithMedia", record: {}, media: { ...images, images: images.images.slice(0, 1) } } },
      { visual: "image", hasAlt: true },
    ],
    ["a video", { embed: { $type: "app.bsky.embed.video", alt: "Laporan" } }, { visual: "video", hasAlt: true }],
    [
      "a card",
      { embed: { $type: "app.bsky.embed.external", external: { uri: "https://tegalkab.go.id" } } },
      { visual: "none", hasLink: true, hasAlt: null },
    ],
    [
      "a linked word",
      { facets: [{ index: { byteStart: 0, byteEnd: 4 }, features: [{ $type: "app.bsky.richtext.facet#link", uri: "https://a.id" }] }] },
      { hasLink: true },
    ],
    [
      "a hashtag",
      { facets: [{ index: { byteStart: 0, byteEnd: 4 }, features: [{ $type: "app.bsky.richtext.facet#tag", tag: "a" }] }] },
      { hasLink: false },
    ],
    ["an embed of an unknown kind", { embed: "?" }, { visual: "none" }],
  ])("with %s", (_, change, expected) => {
    expect(withRecord(change)).toMatchObject(expected);
  });
});

test("a record from the repository has words but no figures, and no page on an unknown network", () => {
  expect(fromRecord(recordItemSchema.parse({ uri, cid: "bafy1", value: record }), null, "tegalkab.go.id")).toMatchObject({
    remoteId: uri,
    permalink: null,
    text: "Posyandu besok pagi",
    metrics: { likes: null, comments: null },
  });
});

test.each([
  ["https://bsky.social", "https://bsky.app"],
  ["https://porcini.us-east.host.bsky.network", "https://bsky.app"],
  ["https://pds.tegalkab.go.id", null],
  ["https://notbsky.social.contoh.id", null],
])("%s has its pages at %s", (base, web) => {
  expect(webUrlOf(base)).toBe(web);
});

describe("a thread", () => {
  const root = { uri, cid: "bafy1" };
  const reply = (name: string, parent: { uri: string; cid: string }, by: object, indexedAt: string, replies: object[] = []) => ({
    $type: "app.bsky.feed.defs#threadViewPost",
    post: {
      ...post,
      uri: `at://x/${name}`,
      cid: `cid-${name}`,
      author: by,
      record: { ...record, text: name, reply: { root, parent } },
      indexedAt,
    },
    replies,
  });
  const siti = { did: "did:plc:siti", handle: "siti.test", displayName: "" };
  const thread = threadSchema.parse({
    $type: "app.bsky.feed.defs#threadViewPost",
    post,
    replies: [
      reply("tanya", root, siti, "2026-11-20T02:00:00.000Z", [
        reply("jawab", { uri: "at://x/tanya", cid: "cid-tanya" }, author, "2026-11-20T03:00:00.000Z"),
      ]),
      { $type: "app.bsky.feed.defs#notFoundPost", uri: "at://x/hilang", notFound: true },
      { $type: "app.bsky.feed.defs#blockedPost", uri: "at://x/blokir", blocked: true, author: { did: "did:plc:z" } },
    ],
  });

  test("is told flat, oldest first, with what a reply must name", () => {
    expect(commentsOf(thread, did, new Date(0))).toEqual([
      {
        remoteId: "at://x/tanya",
        postRemoteId: uri,
        parentRemoteId: null,
        author: { remoteId: "did:plc:siti", name: "siti.test" },
        text: "tanya",
        sentAt: new Date("2026-11-20T02:00:00Z"),
        own: false,
        ref: { cid: "cid-tanya", root },
      },
      expect.objectContaining({ remoteId: "at://x/jawab", parentRemoteId: "at://x/tanya", own: true, ref: { cid: "cid-jawab", root } }),
    ]);
  });

  test("leaves out what came before the given instant, by the network's clock", () => {
    expect(commentsOf(thread, did, new Date("2026-11-20T02:30:00Z")).map((one) => one.text)).toEqual(["jawab"]);
  });
});
