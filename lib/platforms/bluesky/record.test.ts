import { AppBskyFeedPost, jsonToLex, RichText } from "@atproto/api";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Content, Video } from "../contract.ts";
import { facetsOf, mentionedHandles, postRecord, recordKey } from "./record.ts";

const key = "01939d6e-7c00-7123-8456-000000000001";
const content: Content = {
  text: "Selamat pagi",
  link: null,
  pictures: [],
  title: null,
  video: null,
  collaborators: [],
  replyTo: null,
  key,
};
const parts = { createdAt: "2026-11-22T01:00:00.000Z", blobs: [], dids: new Map<string, string>(), reply: null };

describe("the key of a record", () => {
  test("is a TID of the publication's own time, always the same", () => {
    const rkey = recordKey(key);
    expect(rkey).toBe(recordKey(key));
    const value = [...rkey].reduce((sum, letter) => sum * 32n + BigInt("234567abcdefghijklmnopqrstuvwxyz".indexOf(letter)), 0n);
    expect((value >> 10n) / 1000n).toBe(0x01939d6e7c00n);
  });

  test("differs for other publications and is a TID for any key", () => {
    expect(recordKey(key.replace(/1$/, "2"))).not.toBe(recordKey(key));
    fc.assert(fc.property(fc.string(), (any) => /^[234567abcdefghij][2-7a-z]{12}$/.test(recordKey(any))));
  });
});

describe("facets are ranges of UTF-8 bytes, as the protocol's own library finds them", () => {
  test.each([
    "👨‍👩‍👧‍👦 Info layanan di https://tegalkab.go.id/ktp?x=1 #LayananPublik",
    "Lihat tegalkab.go.id, lalu https://contoh.id/a_(b).",
    "漢字 #Tegal dan #KabTegal2026!",
    "tanpa apa-apa, surel humas@tegalkab.go.id",
  ])("%s", (text) => {
    const reference = new RichText({ text });
    reference.detectFacetsWithoutResolution();
    const plain = (facets: unknown) => JSON.parse(JSON.stringify(facets));
    const byStart = (one: { index: { byteStart: number } }, other: { index: { byteStart: number } }) =>
      one.index.byteStart - other.index.byteStart;
    const expected = (reference.facets ?? []).map(({ index, features }) => ({
      index: { byteStart: index.byteStart, byteEnd: index.byteEnd },
      features,
    }));
    expect(plain(facetsOf(text, new Map())).sort(byStart)).toEqual(plain(expected).sort(byStart));
  });

  test("a mention is linked only when its handle resolved", () => {
    const text = "Halo @siti.bsky.social dan @budi";
    expect(mentionedHandles(text)).toEqual(["siti.bsky.social"]);
    expect(facetsOf(text, new Map([["siti.bsky.social", "did:plc:siti"]]))).toEqual([
      { index: { byteStart: 5, byteEnd: 22 }, features: [{ $type: "app.bsky.richtext.facet#mention", did: "did:plc:siti" }] },
    ]);
    expect(facetsOf(text, new Map())).toEqual([]);
  });
});

describe("a record", () => {
  const picture = {
    digest: "a",
    mime: "image/png",
    width: 4,
    height: 5,
    bytes: 9,
    alt: "Peta",
    read: async () => new Uint8Array(),
    publicUrl: async () => "https://garda.contoh.go.id/media/p/t",
  } as const;
  const link = "https://tegalkab.go.id/jadwal";

  test("of words alone has nothing else", () => {
    expect(postRecord(content, parts)).toEqual({ $type: "app.bsky.feed.post", text: "Selamat pagi", createdAt: parts.createdAt });
  });

  test("shows its link as a card", () => {
    expect(postRecord({ ...content, link }, parts)).toMatchObject({
      text: "Selamat pagi",
      embed: { $type: "app.bsky.embed.external", external: { uri: link, title: "tegalkab.go.id", description: "" } },
    });
  });

  test("with pictures carries the link in its words, as a facet", () => {
    const record = postRecord({ ...content, link, pictures: [picture] }, { ...parts, blobs: ["blob"] });
    expect(record).toMatchObject({
      text: `Selamat pagi\n\n${link}`,
      facets: [{ index: { byteStart: 14, byteEnd: 14 + link.length } }],
      embed: { $type: "app.bsky.embed.images", images: [{ alt: "Peta", image: "blob", aspectRatio: { width: 4, height: 5 } }] },
    });
  });

  test("with a video names its size and what it shows, and keeps the network's own rules", () => {
    const video: Video = {
      ...{ digest: "v", mime: "video/mp4", width: 720, height: 1280, bytes: 9, durationMs: 4_000, frameRate: 30, alt: "Loket" },
      slice: async () => new Uint8Array(),
      publicUrl: async () => link,
    };
    const cid = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
    const blob = { $type: "blob", ref: { $link: cid }, mimeType: "video/mp4", size: 9 };
    const record = postRecord({ ...content, link, video }, { ...parts, blobs: [blob] });
    expect(record).toMatchObject({
      text: `Selamat pagi\n\n${link}`,
      embed: { $type: "app.bsky.embed.video", video: blob, alt: "Loket", aspectRatio: { width: 720, height: 1280 } },
    });
    expect(AppBskyFeedPost.validateRecord(jsonToLex(record))).toMatchObject({ success: true });
    const silent = postRecord({ ...content, video: { ...video, alt: "" } }, { ...parts, blobs: [blob] });
    expect(silent.embed).not.toHaveProperty("alt");
    const empty = postRecord({ ...content, video }, parts);
    expect(AppBskyFeedPost.validateRecord(jsonToLex(empty)), "without its file").toMatchObject({ success: false });
  });

  test("of a reply names the post at the root and the comment it answers", () => {
    const reply = { root: { uri: "at://a", cid: "1" }, parent: { uri: "at://b", cid: "2" } };
    expect(postRecord(content, { ...parts, reply })).toMatchObject({ reply });
  });
});
