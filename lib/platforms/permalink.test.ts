import { describe, expect, test } from "vitest";
import type { Platform } from "./contract.ts";
import { readPermalink } from "./permalink.ts";

describe("the address of a post is recognised in every form that the platform gives out", () => {
  test.each<[Platform, string, string, string | null]>([
    ["facebook", "https://www.facebook.com/pemkabtegal/posts/pfbid02AbCdEf", "pfbid02AbCdEf", "pemkabtegal"],
    ["facebook", "https://m.facebook.com/pemkabtegal/posts/banjir-rob/1234567890", "1234567890", "pemkabtegal"],
    ["facebook", "https://www.facebook.com/permalink.php?story_fbid=pfbid0Ab&id=6155", "pfbid0Ab", null],
    ["facebook", "https://www.facebook.com/photo/?fbid=112233&set=a.1", "112233", null],
    ["facebook", "https://www.facebook.com/watch/?v=998877", "998877", null],
    ["facebook", "https://www.facebook.com/reel/445566", "445566", null],
    ["facebook", "https://www.facebook.com/share/p/1AbCdEfGh/", "1AbCdEfGh", null],
    ["instagram", "https://www.instagram.com/p/C8xYz_1-Ab/?igsh=abc", "C8xYz_1-Ab", null],
    ["instagram", "https://www.instagram.com/pemkabtegal/reel/C8xYz_1-Ab/", "C8xYz_1-Ab", "pemkabtegal"],
    ["threads", "https://www.threads.com/@pemkabtegal/post/DAbc123", "DAbc123", "pemkabtegal"],
    ["x", "https://twitter.com/pemkabtegal/status/1849?s=20", "1849", "pemkabtegal"],
    ["x", "https://x.com/i/web/status/1849", "1849", null],
    ["x", "https://x.com/pemkabtegal/status/1849/photo/1", "1849", "pemkabtegal"],
    ["youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3s", "dQw4w9WgXcQ", null],
    ["youtube", "https://youtu.be/dQw4w9WgXcQ?si=x", "dQw4w9WgXcQ", null],
    ["youtube", "youtube.com/shorts/dQw4w9WgXcQ", "dQw4w9WgXcQ", null],
    ["tiktok", "https://www.tiktok.com/@pemkabtegal/video/7380000000000000000?lang=id", "7380000000000000000", "pemkabtegal"],
    ["tiktok", "https://vt.tiktok.com/ZSabc123/", "ZSabc123", null],
    ["telegram", "https://t.me/pemkabtegal/321", "pemkabtegal/321", "pemkabtegal"],
    ["telegram", "https://t.me/c/1234567/88", "c/1234567/88", null],
    ["whatsapp", "https://www.whatsapp.com/channel/0029VaAbC/142", "0029VaAbC/142", null],
    [
      "bluesky",
      "https://bsky.app/profile/tegalkab.go.id/post/3kabcdefghijk",
      "at://tegalkab.go.id/app.bsky.feed.post/3kabcdefghijk",
      "tegalkab.go.id",
    ],
  ])("%s: %s", (platform, pasted, remoteId, account) => {
    expect(readPermalink(platform, pasted)).toMatchObject({ ok: true, remoteId, account });
  });
});

test("tracking parts are dropped, the parts that name the post are kept", () => {
  expect(readPermalink("instagram", " http://www.instagram.com/p/C8x/?igsh=abc#x ")).toMatchObject({
    permalink: "https://www.instagram.com/p/C8x/",
  });
  expect(readPermalink("youtube", "https://www.youtube.com/watch?si=1&v=dQw4w9WgXcQ")).toMatchObject({
    permalink: "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
  });
});

test.each<[Platform, string, string]>([
  ["facebook", "kemarin sudah terbit", "not-an-address"],
  ["facebook", "", "not-an-address"],
  ["facebook", "javascript:alert(1)", "not-an-address"],
  ["facebook", "https://user@www.facebook.com/a/posts/1", "not-an-address"],
  ["facebook", "https://www.facebook.com:8443/a/posts/1", "not-an-address"],
  ["facebook", "https://www.instagram.com/p/C8x/", "other-platform"],
  ["facebook", "https://facebook.com.contoh.id/a/posts/1", "other-platform"],
  ["x", "https://fox.com/a/status/1", "other-platform"],
  ["facebook", "https://www.facebook.com/pemkabtegal", "not-a-post"],
  ["facebook", "https://www.facebook.com/permalink.php?id=6155", "not-a-post"],
  ["instagram", "https://www.instagram.com/pemkabtegal/", "not-a-post"],
  ["x", "https://x.com/pemkabtegal", "not-a-post"],
  ["youtube", "https://www.youtube.com/@pemkabtegal", "not-a-post"],
])("what is no address of a post there is refused: %s, %s", (platform, pasted, code) => {
  expect(readPermalink(platform, pasted)).toEqual({ ok: false, code });
});

test.each<[Platform, string, string, string]>([
  ["facebook", "https://www.facebook.com/pemkabtegal/posts/5566", "1029", "1029_5566"],
  ["facebook", "https://www.facebook.com/permalink.php?story_fbid=5566&id=1029", "1029", "1029_5566"],
  ["facebook", "https://www.facebook.com/pemkabtegal/posts/pfbid0Ab", "1029", "pfbid0Ab"],
  ["facebook", "https://www.facebook.com/pemkabtegal/posts/5566", "pemkabtegal", "5566"],
  ["telegram", "https://t.me/pemkabtegal/321", "-1001234567", "-1001234567/321"],
  ["telegram", "https://t.me/c/1234567/321", "-1001234567", "-1001234567/321"],
  ["telegram", "https://t.me/c/9876543/80", "-1001234567", "-1009876543/80"],
  ["telegram", "https://t.me/pemkabtegal/321", "pemkabtegal", "pemkabtegal/321"],
  [
    "bluesky",
    "https://bsky.app/profile/tegalkab.go.id/post/3kabcdefghijk",
    "did:plc:tegal",
    "at://did:plc:tegal/app.bsky.feed.post/3kabcdefghijk",
  ],
])("for a connected account the id is the one that the platform lists: %s, %s of %s", (platform, pasted, owner, remoteId) => {
  expect(readPermalink(platform, pasted, owner)).toMatchObject({ ok: true, remoteId });
});
