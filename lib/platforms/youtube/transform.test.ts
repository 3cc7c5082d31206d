import { expect, test } from "vitest";
import { channelSchema, commentSchema, isPublic, permalinkOf, sameText, toComment, toPost, toProfile, videoSchema } from "./transform.ts";

const api = "https://www.googleapis.com";

/** In the form that the documents of videos.list show. */
const recorded = {
  kind: "youtube#video",
  etag: "e",
  id: "dQw4w9WgXcQ",
  snippet: {
    publishedAt: "2026-08-03T02:15:30Z",
    channelId: "UC123",
    title: "Siaga banjir",
    description: "Jalur evakuasi: https://tegalkab.go.id/siaga",
    thumbnails: { default: { url: "https://i.ytimg.com/vi/dQw4w9WgXcQ/default.jpg", width: 120, height: 90 } },
    channelTitle: "Pemkab Tegal",
    categoryId: "25",
    liveBroadcastContent: "none",
  },
  status: { uploadStatus: "processed", privacyStatus: "public", license: "youtube", embeddable: true, madeForKids: false },
  statistics: { viewCount: "2048", likeCount: "31", favoriteCount: "0", commentCount: "4" },
};
const video = (change: object = {}) => videoSchema.parse({ ...recorded, ...change });

test("a video is told as a post, with Google's numbers in text made numbers", () => {
  expect(toPost(video(), api)).toEqual({
    remoteId: "dQw4w9WgXcQ",
    permalink: "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    text: "Jalur evakuasi: https://tegalkab.go.id/siaga",
    publishedAt: new Date("2026-08-03T02:15:30Z"),
    visual: "video",
    hasAlt: null,
    hasLink: true,
    repost: false,
    metrics: { likes: 31, comments: 4, shares: null, views: 2048, reach: null },
  });
});

test("what YouTube does not tell is not known: hidden likes, closed comments, no statistics at all", () => {
  expect(toPost(video({ statistics: { viewCount: "7" } }), api).metrics).toMatchObject({ likes: null, comments: null, views: 7 });
  expect(toPost(video({ statistics: undefined }), api).metrics).toMatchObject({ likes: null, comments: null, views: null });
});

test("a video without a description goes by its title", () => {
  expect(toPost(video({ snippet: { ...recorded.snippet, description: "" } }), api)).toMatchObject({ text: "Siaga banjir", hasLink: false });
});

test.each([
  [{ privacyStatus: "public", uploadStatus: "uploaded" }, true],
  [{ privacyStatus: "public", uploadStatus: "rejected" }, false],
  [{ privacyStatus: "unlisted", uploadStatus: "processed" }, false],
  [{ privacyStatus: "private", uploadStatus: "processed" }, false],
])("citizens see a video that is %j: %s", (status, seen) => {
  expect(isPublic(video({ status }))).toBe(seen);
});

test("a channel with its handle, or with its id where it has none; hidden subscribers are not known", () => {
  const channel = (snippet: object, statistics: object) =>
    channelSchema.parse({ id: "UC123", snippet: { title: "Pemkab", ...snippet }, statistics });
  const figures = { subscriberCount: "1200", hiddenSubscriberCount: false, videoCount: "3" };
  expect(toProfile(channel({ customUrl: "@pemkabtegal" }, figures), api)).toEqual({
    remoteId: "UC123",
    handle: "pemkabtegal",
    name: "Pemkab",
    url: "https://www.youtube.com/@pemkabtegal",
    followers: 1200,
    commentsOpen: null,
  });
  expect(toProfile(channel({}, { subscriberCount: "0", hiddenSubscriberCount: true }), api)).toMatchObject({
    handle: "UC123",
    url: "https://www.youtube.com/channel/UC123",
    followers: null,
  });
});

test("a comment with its top and author; one whose author is withheld still counts", () => {
  const snippet = {
    ...{ channelId: "UC123", videoId: "dQw4w9WgXcQ", textDisplay: "Di mana?", authorDisplayName: "@siti", parentId: "Ugx1" },
    ...{ authorChannelId: { value: "UC9" }, publishedAt: "2026-08-03T02:15:30Z", updatedAt: "2026-08-03T02:15:30Z", likeCount: 0 },
  };
  expect(toComment(commentSchema.parse({ id: "Ugx1.9a", snippet }), "UC123", "dQw4w9WgXcQ")).toEqual({
    remoteId: "Ugx1.9a",
    postRemoteId: "dQw4w9WgXcQ",
    parentRemoteId: "Ugx1",
    author: { remoteId: "UC9", name: "@siti" },
    text: "Di mana?",
    sentAt: new Date("2026-08-03T02:15:30Z"),
    editedAt: null,
    own: false,
    ref: { top: "Ugx1" },
  });
  const changed = { ...snippet, updatedAt: "2026-08-03T02:20:00Z" };
  expect(toComment(commentSchema.parse({ id: "Ugx1.9a", snippet: changed }), "UC123", "v").editedAt).toEqual(new Date(changed.updatedAt));
  const own = { ...snippet, parentId: undefined, authorChannelId: { value: "UC123" }, textOriginal: "Di <balai> desa" };
  expect(toComment(commentSchema.parse({ id: "Ugx2", snippet: own }), "UC123", "v")).toMatchObject({
    ...{ own: true, text: "Di <balai> desa", parentRemoteId: null, ref: { top: null } },
  });
  const unknown = { ...snippet, authorChannelId: undefined, authorDisplayName: undefined };
  expect(toComment(commentSchema.parse({ id: "Ugx3", snippet: unknown }), "UC123", "v").author).toEqual({ remoteId: "", name: "" });
});

test("a lab's pages are beside its interface", () => {
  expect(permalinkOf("http://127.0.0.1:41190/google", "abc")).toBe("http://127.0.0.1:41190/youtube/watch?v=abc");
});

test("texts are the same whatever became of their space", () => {
  expect(sameText("Satu\r\n\r\ndua ", "Satu\n\ndua")).toBe(true);
  expect(sameText("Satu", "Satu.")).toBe(false);
});
