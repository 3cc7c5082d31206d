/** How the TikTok connector publishes videos before the platform lab. */
import { describe, expect, test } from "vitest";
import type { Video } from "#lib/platforms/contract.ts";
import { clip } from "../support/clips.ts";
import { connectorOf, failure, handle, idOf, openId, postByHand, tiktokDesk, user } from "../support/tiktok-desk.ts";

describe("videos on TikTok", () => {
  const desk = tiktokDesk();
  const { publication, times, calls } = desk;

  test("what the account may do is asked before each post; the post is for everyone, with nothing disclosed that is not so", async () => {
    const result = await publication("Cara mengurus KTP", { link: "https://tegalkab.go.id/ktp" }).publish();
    expect(result).toMatchObject({ published: { permalink: `${desk.lab().api}/@${handle}/video/${idOf(result)}` } });
    expect(Number.isSafeInteger(Number(idOf(result))), "the id is longer than a double holds, and keeps its digits").toBe(false);
    expect((await fetch(`${desk.lab().api}/@${handle}/video/${idOf(result)}`)).status).toBe(200);
    const [, init] = (await desk.lab().journal()).filter(({ endpoint }) => /creator_info|init/.test(endpoint));
    expect(init?.body).toEqual({
      post_info: {
        title: "Cara mengurus KTP\n\nhttps://tegalkab.go.id/ktp",
        privacy_level: "PUBLIC_TO_EVERYONE",
        disable_comment: false,
        disable_duet: false,
        disable_stitch: false,
        brand_content_toggle: false,
        brand_organic_toggle: false,
        is_aigc: false,
      },
      source_info: { source: "FILE_UPLOAD", video_size: clip("vertical").bytes, chunk_size: clip("vertical").bytes, total_chunk_count: 1 },
    });
  });

  test("an account that is private, an app before its audit and a video that is too long are refused, and nothing begins", async () => {
    await desk.lab().seed({ platform: "tiktok", users: [{ ...user, private: true }] });
    expect(await failure(publication("Terkunci").publish())).toMatchObject({ kind: "rejected", code: "account-private" });
    await desk.lab().seed({ platform: "tiktok", users: [{ ...user, max_seconds: 60 }] });
    const long = { ...clip("vertical"), durationMs: 61_000 };
    expect(await failure(publication("Panjang", { video: long }).publish())).toMatchObject({ kind: "rejected", code: "video-too-long" });
    expect(await calls("POST video/init")).toHaveLength(0);
    await desk.lab().spoilTikTok("POST video/init", "unaudited");
    expect(await failure(publication("Belum diaudit").publish())).toEqual({ kind: "not-entitled", what: "audit" });
  });

  test.for([
    ["429", { kind: "rate-limited", scope: "endpoint" }],
    ["200-rate-limit", { kind: "rate-limited", scope: "endpoint" }],
    ["too-many-posts", { kind: "rate-limited", scope: "account" }],
    ["user-cap", { kind: "rate-limited", scope: "app" }],
    ["200-spam-risk", { kind: "rejected", code: "policy", policy: true }],
    ["200-token", { kind: "needs-reauth", reason: "revoked" }],
    ["scope", { kind: "needs-reauth", reason: "scope" }],
    ["unowned-url", { kind: "rejected", code: "url-ownership-unverified" }],
    ["500-before", { kind: "retryable" }],
    ["accept-then-drop", { kind: "retryable" }],
  ] as const)("a refusal or trouble at the beginning (%s) sends nothing", async ([fault, expected]) => {
    const mine = publication(`Awal: ${fault}`);
    await desk.lab().spoilTikTok("POST video/init", fault);
    expect(await failure(mine.publish())).toMatchObject(expected);
    expect(mine.last().stage).not.toBe("committing");
    expect(await mine.find()).toEqual({ kind: "absent" });
    await mine.publish();
    expect(await times(`Awal: ${fault}`)).toBe(1);
  });

  /** A long video: a real one's head, so that the platform knows it, and so many bytes in all. */
  const long = (bytes: number): Video => {
    const head = clip("wide");
    const slice = async (from: number, to: number) => {
      const part = Buffer.alloc(to - from);
      if (from < head.bytes) part.set(await head.slice(from, Math.min(to, head.bytes)));
      // What follows is one box that says nothing.
      if (from <= head.bytes && head.bytes + 8 <= to) part.set([...sizeOf(bytes - head.bytes), ...Buffer.from("free")], head.bytes - from);
      return part;
    };
    return { ...head, bytes, slice };
  };
  const sizeOf = (size: number) => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(size);
    return four;
  };

  test("a long video goes in parts, in their order; an interrupted one goes on where it stopped", async () => {
    const mine = publication("Rapat paripurna", { video: long(25_000_123) });
    await desk.lab().spoilTikTok("PUT upload", "accept-then-drop", { call: 2 });
    expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
    expect(mine.last().stage).toBe("prepared");
    await mine.publish();
    const ranges = (await calls("PUT upload")).map(({ status }) => status);
    expect(ranges, "the second part had come: it is not sent again").toEqual([206, null, 201]);
    expect(await calls("POST video/init")).toHaveLength(1);
    expect(await times("Rapat paripurna")).toBe(1);
  });

  test.for(["upload-expired", "upload-lost"])("an upload that TikTok gave up (%s) is begun anew", async (fault) => {
    const mine = publication(`Hangus: ${fault}`);
    await desk.lab().spoilTikTok("PUT upload", fault);
    expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
    await mine.publish();
    expect(await calls("POST video/init")).toHaveLength(2);
    expect(await times(`Hangus: ${fault}`)).toBe(1);
  });

  test("an upload that is older than an hour is begun anew, when nothing of it was published", async () => {
    let late = 0;
    const mine = publication("Terlambat", {}, () => new Date(Date.now() + late));
    await desk.lab().spoilTikTok("PUT upload", "drop-before");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "absent" });
    late = 61 * 60_000;
    await desk.lab().clock(late);
    await mine.publish();
    expect(await calls("POST video/init")).toHaveLength(2);
    expect(await times("Terlambat")).toBe(1);
  });

  test("a video that TikTok still works on is unknown, never sent again, and found in the end", async () => {
    const mine = publication("Masih diproses");
    await desk.lab().spoilTikTok("PUT upload", "processing-x10");
    expect(await failure(mine.publish()), "seven looks are not enough").toEqual({ kind: "ambiguous" });
    expect(await failure(mine.publish()), "and one more try sends nothing").toEqual({ kind: "ambiguous" });
    expect(mine.last().stage).toBe("committing");
    expect(await mine.find()).toMatchObject({ kind: "found" });
    expect(await calls("PUT upload")).toHaveLength(1);
    expect(await times("Masih diproses")).toBe(1);
  });

  test("a post that is out while TikTok names no id is found by its words, and two alike need a person", async () => {
    const mine = publication("Tanpa nomor");
    await desk.lab().spoilTikTok("PUT upload", "nameless");
    const result = await mine.publish();
    const listed = await connectorOf(desk.lab()).fetchPosts(desk.account(), new Date(0));
    expect(listed.map(({ remoteId }) => remoteId)).toEqual([idOf(result)]);
    const twin = publication("Kembar");
    await postByHand(desk.lab(), "Kembar", 4);
    await desk.lab().spoilTikTok("PUT upload", "nameless");
    expect(await failure(twin.publish())).toEqual({ kind: "ambiguous" });
    expect(await twin.find()).toEqual({ kind: "unknown" });
  });

  test("a like post from just before is not taken for ours, which TikTok does not list yet", async () => {
    const created_time = new Date(Date.now() - 5_000).toISOString();
    await desk.lab().seed({ platform: "tiktok", posts: [{ user: openId, text: "Sama persis", created_time, duration: 4 }] });
    const mine = publication("Sama persis");
    await desk.lab().spoilTikTok("PUT upload", "moderation");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "unknown" });
  });

  test("a post in moderation is unknown until TikTok lets it through", async () => {
    const mine = publication("Dimoderasi");
    await desk.lab().spoilTikTok("PUT upload", "moderation");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "unknown" });
    await desk.lab().clock(61 * 60_000);
    expect(await mine.find()).toMatchObject({ kind: "found" });
  });

  test.for([
    ["fail-format", { kind: "rejected", code: "media-refused" }],
    ["fail-spam", { kind: "rejected", code: "policy", policy: true }],
    ["fail-auth", { kind: "needs-reauth", reason: "revoked" }],
  ] as const)("a post that TikTok gives up (%s) tells why, also after its answer was lost", async ([fault, expected]) => {
    const mine = publication("Ditolak");
    await desk.lab().spoilTikTok("PUT upload", fault);
    expect(await failure(mine.publish())).toMatchObject(expected);
    expect(mine.last().stage).toBe("prepared");
    expect(await times("Ditolak")).toBe(0);
  });

  test("a failure of TikTok's own is tried again with a publication of its own", async () => {
    const mine = publication("Coba lagi");
    await desk.lab().spoilTikTok("PUT upload", "fail-internal");
    expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
    await mine.publish();
    expect(await calls("POST video/init")).toHaveLength(2);
    expect(await times("Coba lagi")).toBe(1);
  });

  test("a video whose answer was lost and that failed is absent, and the next try tells why", async () => {
    const broken = { ...clip("vertical"), slice: async (from: number, to: number) => Buffer.alloc(to - from, 7) };
    const mine = publication("Rusak", { video: broken });
    await desk.lab().spoilTikTok("PUT upload", "accept-then-drop");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "absent" });
    expect(await failure(mine.publish())).toMatchObject({ kind: "rejected", code: "media-refused" });
  });
});
