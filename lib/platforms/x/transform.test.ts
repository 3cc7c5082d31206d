import { expect, test } from "vitest";
import { clauses } from "./lists.ts";
import { includesSchema, isPublication, toComment, toPost, tweetSchema } from "./transform.ts";

const none = includesSchema.parse({});
const pictureLink = (start: number, key: string) => ({
  start,
  end: start + 23,
  url: "https://t.co/gambar0001",
  expanded_url: "https://x.com/pemkabtegal/status/1799/photo/1",
  display_url: "pic.x.com/gambar0001",
  media_key: key,
});
const posted = tweetSchema.parse({
  id: "1799",
  text: "Siaga banjir &amp; longsor 🚨 https://t.co/tautan0001 info tegalkab… https://t.co/gambar0001",
  created_at: "2026-07-30T01:02:03.000Z",
  author_id: "7001",
  conversation_id: "1799",
  edit_history_tweet_ids: ["1799"],
  attachments: { media_keys: ["3_1", "3_2"] },
  entities: {
    urls: [
      {
        start: 27,
        end: 50,
        url: "https://t.co/tautan0001",
        expanded_url: "https://tegalkab.go.id/siaga?a=1",
        display_url: "tegalkab.go.id/siaga?a=1",
      },
      pictureLink(60, "3_1"),
      pictureLink(60, "3_2"),
    ],
  },
  public_metrics: { retweet_count: 3, reply_count: 4, like_count: 25, quote_count: 2, bookmark_count: 1, impression_count: 900 },
});
const media = (alts: (string | undefined)[]) =>
  includesSchema.parse({
    media: alts.map((alt_text, i) => ({ media_key: `3_${i + 1}`, type: "photo", ...(alt_text ? { alt_text } : {}) })),
  });
const text = "Siaga banjir & longsor 🚨 https://tegalkab.go.id/siaga?a=1 info tegalkab…";

test("a post is told with its own words, its links in full, and the figures that X gives", () => {
  expect(toPost(posted, media(["Pompa", "Peta"]), "https://x.com", "pemkabtegal")).toEqual({
    remoteId: "1799",
    permalink: "https://x.com/pemkabtegal/status/1799",
    text,
    publishedAt: new Date("2026-07-30T01:02:03Z"),
    visual: "image",
    hasAlt: true,
    hasLink: true,
    repost: false,
    metrics: { likes: 25, comments: 4, shares: 5, views: 900, reach: null },
  });
  expect(toPost(posted, media(["Pompa", undefined]), "https://x.com", "p").hasAlt, "one without").toBe(false);
});

test("what X does not say is unknown, never zero or no", () => {
  const bare = tweetSchema.parse({ id: "1", text: "Halo", created_at: "2026-07-30T01:02:03.000Z" });
  expect(toPost(bare, none, "https://x.com", "p")).toMatchObject({
    ...{ visual: "none", hasAlt: null, hasLink: false, repost: false },
    metrics: { likes: null, comments: null, shares: null, views: null, reach: null },
  });
  expect(toPost(posted, none, "https://x.com", "p"), "a picture that the answer left out").toMatchObject({ visual: null, hasAlt: null });
  const video = includesSchema.parse({ media: [{ media_key: "3_1", type: "video" }] });
  expect(toPost(posted, video, "https://x.com", "p")).toMatchObject({ visual: "video", hasAlt: null });
});

test("a repost is told as one; a long post is told whole", () => {
  const repost = tweetSchema.parse({ ...base("RT @dinkes: Vaksin"), referenced_tweets: [{ type: "retweeted", id: "5" }] });
  expect(toPost(repost, none, "https://x.com", "p").repost).toBe(true);
  const long = tweetSchema.parse({ ...base("Panjang…"), note_tweet: { text: "Panjang sekali &lt;3", entities: {} } });
  expect(toPost(long, none, "https://x.com", "p").text).toBe("Panjang sekali <3");
});

const base = (words: string) => ({
  id: "1801",
  text: words,
  created_at: "2026-07-30T02:00:00.000Z",
  author_id: "9",
  conversation_id: "1799",
});
const users = includesSchema.parse({ users: [{ id: "9", name: "Siti Aminah", username: "sitiaminah" }] });

test("a reply is told under its post, with its author and without the names that X puts before it", () => {
  const direct = tweetSchema.parse({
    ...base("@pemkabtegal @budi Jam berapa @dinkes buka?"),
    referenced_tweets: [{ type: "replied_to", id: "1799" }],
  });
  expect(toComment(direct, users, "7001")).toEqual({
    remoteId: "1801",
    postRemoteId: "1799",
    parentRemoteId: null,
    author: { remoteId: "9", name: "Siti Aminah" },
    text: "Jam berapa @dinkes buka?",
    sentAt: new Date("2026-07-30T02:00:00Z"),
    own: false,
    ref: null,
  });
  const deeper = tweetSchema.parse({ ...base("@budi"), author_id: "7001", referenced_tweets: [{ type: "replied_to", id: "1800" }] });
  expect(toComment(deeper, users, "7001"), "names alone are the message").toMatchObject({
    parentRemoteId: "1800",
    own: true,
    text: "@budi",
  });
  expect(toComment(tweetSchema.parse(base("@pemkabtegal halo")), users, "7001"), "a mention is no reply").toBeNull();
});

test.each([
  ["the same", { text, media: 2, replyTo: null }, true],
  ["the same without https", { text: text.replace("https://", ""), media: 2, replyTo: null }, true],
  ["other words", { text: `${text}!`, media: 2, replyTo: null }, false],
  ["another link", { text: text.replace("a=1", "a=2"), media: 2, replyTo: null }, false],
  ["fewer pictures", { text, media: 1, replyTo: null }, false],
  ["an answer to somebody", { text, media: 2, replyTo: "5" }, false],
])("a post is recognised as ours by words, media and what it answers: %s", (_, sent, ours) => {
  expect(isPublication(posted, sent)).toBe(ours);
});

test("searches hold as many conversations as fit, and none is left out", () => {
  const posts = Array.from({ length: 30 }, (_, i) => String(1_790_000_000_000_000_000n + BigInt(i)));
  const queries = clauses(posts);
  expect(Math.max(...queries.map((query) => query.length))).toBeLessThanOrEqual(512);
  expect(queries.join(" OR ")).toBe(posts.map((post) => `conversation_id:${post}`).join(" OR "));
  expect(clauses([])).toEqual([]);
});
