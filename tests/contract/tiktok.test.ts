/** The TikTok connector before the platform lab. */
import { createHmac } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Account, Checkpoint, Content, Picture, Video } from "#lib/platforms/contract.ts";
import { tiktokConnector } from "#lib/platforms/tiktok/connector.ts";
import { clip } from "../support/clips.ts";
import { labSecret } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";
import { type RunningTikTok, startTikTok, tiktokApp } from "../support/tiktok.ts";
import { conformance, type Fault, type Step } from "./conformance.ts";

const openId = "-000pemkab";
const handle = "pemkabtegal";
const token = "act.akun-uji";
const redirectUri = "http://127.0.0.1:41100/balik";
/** Waits are a fiftieth of their length, so that TikTok's own time still passes. */
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / 50 + 60));
const connectorOf = (lab: { api: string }, now = () => new Date()) =>
  tiktokConnector({ app: { ...tiktokApp, dialogUrl: lab.api }, now, pause });
const user = { open_id: openId, username: handle, name: "Pemkab Tegal", token, followers: 5_400, unlimited: true };
const bare: Content = { text: "", title: null, link: null, pictures: [], video: null, collaborators: [], replyTo: null, key: "k" };

async function textsOf(lab: RunningTikTok): Promise<string[]> {
  const { body } = await lab.call("POST", "video/list/?fields=video_description", token, { max_count: 20 });
  const more = body.data.has_more
    ? await lab.call("POST", "video/list/?fields=video_description", token, { max_count: 20, cursor: body.data.cursor as number })
    : null;
  const videos = [...(body.data.videos as object[]), ...((more?.body.data.videos ?? []) as object[])] as { video_description: string }[];
  return videos.map((video) => video.video_description);
}

let natives = 0;
/** What somebody posts from the app. */
async function postByHand(lab: RunningTikTok, text: string, duration = 12): Promise<string> {
  natives += 1;
  const id = `76029975171601${String(10_000 + natives)}`;
  await lab.seed({ platform: "tiktok", posts: [{ user: openId, id, text, created_time: new Date().toISOString(), duration }] });
  return id;
}

conformance("TikTok", async () => {
  const lab = await startTikTok();
  await lab.seed({ platform: "tiktok", users: [user] });
  const video = (digest: string, alt: string): Video => ({ ...clip("vertical", { alt }), digest });
  // The last part of a video is what publishes it, whatever else a post is.
  const spoil = (_: Step, fault: Fault) => lab.spoilTikTok("PUT upload", fault === "rate-limit" ? "429" : fault);
  return {
    connector: connectorOf(lab),
    consent: {
      baseUrl: lab.api,
      redirectUri,
      walk: (url, without) => lab.walk(url, handle, without),
      needed: "video.publish",
    },
    // Photos are fetched, not uploaded, and need no video: they are tried on their own below.
    features: { pictures: false, uploads: false, comments: false, firstComment: false },
    spoil,
    uploads: async () => 0,
    texts: () => textsOf(lab),
    picture: () => {
      throw new Error("no pictures here");
    },
    video,
    always: async () => ({ video: video("selalu", "Loket") }),
    nativePost: (text) => postByHand(lab, text),
    nativeVisual: "video",
    comment: async () => {
      throw new Error("comments have no interface");
    },
    notification: null,
    stop: () => lab.stop(),
  };
});

describe("TikTok's own rules", () => {
  let lab: RunningTikTok;
  let pictures: Listener;
  let account: Account;
  const jpeg = sharp({ create: { width: 720, height: 1_280, channels: 3, background: "#1f6f8b" } })
    .jpeg()
    .toBuffer();
  beforeAll(async () => {
    lab = await startTikTok();
    const bytes = await jpeg;
    pictures = await listen(() => ({ type: "image/jpeg", body: bytes }));
  });
  afterAll(async () => {
    await lab.stop();
    await pictures.close();
  });
  beforeEach(async () => {
    await lab.reset();
    await lab.clock(0);
    await lab.seed({ platform: "tiktok", users: [user] });
    const connector = connectorOf(lab);
    const back = await lab.walk(connector.authorize!.url({ state: "s", challenge: "", redirectUri }), handle);
    const answer = { baseUrl: lab.api, code: back.searchParams.get("code") ?? "", verifier: "", redirectUri };
    const [opened] = await connector.authorize!.exchange(answer);
    const { profile, grant } = opened!;
    account = { platform: "tiktok", mode: "api", remoteId: profile.remoteId, handle: profile.handle, baseUrl: lab.api, grant };
  });

  const picture = (digest: string, path = "media"): Picture => ({
    ...{ digest, alt: "", mime: "image/jpeg", width: 720, height: 1_280, bytes: 1 },
    read: async () => jpeg,
    publicUrl: async () => `${pictures.url}/${path}/${digest}`,
  });
  const failure = (attempt: Promise<unknown>) =>
    attempt.then(
      () => null,
      (error: { failure?: unknown }) => error.failure ?? error,
    );
  /** A publication that remembers its checkpoint as the delivery engine does; `clock` moves the connector's time. */
  function publication(text: string, more: Partial<Content> = {}, clock = () => new Date()) {
    const connector = connectorOf(lab, clock);
    const content: Content = { ...bare, text, video: clip("vertical"), ...more };
    const kept: Checkpoint[] = [{ stage: "new", at: null, data: {} }];
    return {
      content,
      last: () => kept.at(-1)!,
      publish: () => connector.publish(account, content, kept.at(-1)!, async (next) => void kept.push(structuredClone(next))),
      find: () => connector.findPublished(account, content, kept.at(-1)!),
    };
  }
  const photos = (...digests: string[]) => ({ video: null, pictures: digests.map((digest) => picture(digest)) });
  const idOf = (result: Awaited<ReturnType<ReturnType<typeof publication>["publish"]>>) =>
    result.kind === "done" ? result.published.remoteId : "";
  const times = async (text: string) => (await textsOf(lab)).filter((one) => one === text).length;
  const calls = async (endpoint: string) => (await lab.journal()).filter((entry) => entry.endpoint === endpoint);

  test("what the account may do is asked before each post; the post is for everyone, with nothing disclosed that is not so", async () => {
    const result = await publication("Cara mengurus KTP", { link: "https://tegalkab.go.id/ktp" }).publish();
    expect(result).toMatchObject({ published: { permalink: `${lab.api}/@${handle}/video/${idOf(result)}` } });
    expect(Number.isSafeInteger(Number(idOf(result))), "the id is longer than a double holds, and keeps its digits").toBe(false);
    expect((await fetch(`${lab.api}/@${handle}/video/${idOf(result)}`)).status).toBe(200);
    const [, init] = (await lab.journal()).filter(({ endpoint }) => /creator_info|init/.test(endpoint));
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
    await lab.seed({ platform: "tiktok", users: [{ ...user, private: true }] });
    expect(await failure(publication("Terkunci").publish())).toMatchObject({ kind: "rejected", code: "account-private" });
    await lab.seed({ platform: "tiktok", users: [{ ...user, max_seconds: 60 }] });
    const long = { ...clip("vertical"), durationMs: 61_000 };
    expect(await failure(publication("Panjang", { video: long }).publish())).toMatchObject({ kind: "rejected", code: "video-too-long" });
    expect(await calls("POST video/init")).toHaveLength(0);
    await lab.spoilTikTok("POST video/init", "unaudited");
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
    await lab.spoilTikTok("POST video/init", fault);
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
    await lab.spoilTikTok("PUT upload", "accept-then-drop", { call: 2 });
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
    await lab.spoilTikTok("PUT upload", fault);
    expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
    await mine.publish();
    expect(await calls("POST video/init")).toHaveLength(2);
    expect(await times(`Hangus: ${fault}`)).toBe(1);
  });

  test("an upload that is older than an hour is begun anew, when nothing of it was published", async () => {
    let late = 0;
    const mine = publication("Terlambat", {}, () => new Date(Date.now() + late));
    await lab.spoilTikTok("PUT upload", "drop-before");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "absent" });
    late = 61 * 60_000;
    await lab.clock(late);
    await mine.publish();
    expect(await calls("POST video/init")).toHaveLength(2);
    expect(await times("Terlambat")).toBe(1);
  });

  test("a video that TikTok still works on is unknown, never sent again, and found in the end", async () => {
    const mine = publication("Masih diproses");
    await lab.spoilTikTok("PUT upload", "processing-x10");
    expect(await failure(mine.publish()), "seven looks are not enough").toEqual({ kind: "ambiguous" });
    expect(await failure(mine.publish()), "and one more try sends nothing").toEqual({ kind: "ambiguous" });
    expect(mine.last().stage).toBe("committing");
    expect(await mine.find()).toMatchObject({ kind: "found" });
    expect(await calls("PUT upload")).toHaveLength(1);
    expect(await times("Masih diproses")).toBe(1);
  });

  test("a post that is out while TikTok names no id is found by its words, and two alike need a person", async () => {
    const mine = publication("Tanpa nomor");
    await lab.spoilTikTok("PUT upload", "nameless");
    const result = await mine.publish();
    const listed = await connectorOf(lab).fetchPosts(account, new Date(0));
    expect(listed.map(({ remoteId }) => remoteId)).toEqual([idOf(result)]);
    const twin = publication("Kembar");
    await postByHand(lab, "Kembar", 4);
    await lab.spoilTikTok("PUT upload", "nameless");
    expect(await failure(twin.publish())).toEqual({ kind: "ambiguous" });
    expect(await twin.find()).toEqual({ kind: "unknown" });
  });

  test("a like post from just before is not taken for ours, which TikTok does not list yet", async () => {
    const created_time = new Date(Date.now() - 5_000).toISOString();
    await lab.seed({ platform: "tiktok", posts: [{ user: openId, text: "Sama persis", created_time, duration: 4 }] });
    const mine = publication("Sama persis");
    await lab.spoilTikTok("PUT upload", "moderation");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "unknown" });
  });

  test("a post in moderation is unknown until TikTok lets it through", async () => {
    const mine = publication("Dimoderasi");
    await lab.spoilTikTok("PUT upload", "moderation");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "unknown" });
    await lab.clock(61 * 60_000);
    expect(await mine.find()).toMatchObject({ kind: "found" });
  });

  test.for([
    ["fail-format", { kind: "rejected", code: "media-refused" }],
    ["fail-spam", { kind: "rejected", code: "policy", policy: true }],
    ["fail-auth", { kind: "needs-reauth", reason: "revoked" }],
  ] as const)("a post that TikTok gives up (%s) tells why, also after its answer was lost", async ([fault, expected]) => {
    const mine = publication("Ditolak");
    await lab.spoilTikTok("PUT upload", fault);
    expect(await failure(mine.publish())).toMatchObject(expected);
    expect(mine.last().stage).toBe("prepared");
    expect(await times("Ditolak")).toBe(0);
  });

  test("a failure of TikTok's own is tried again with a publication of its own", async () => {
    const mine = publication("Coba lagi");
    await lab.spoilTikTok("PUT upload", "fail-internal");
    expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
    await mine.publish();
    expect(await calls("POST video/init")).toHaveLength(2);
    expect(await times("Coba lagi")).toBe(1);
  });

  test("a video whose answer was lost and that failed is absent, and the next try tells why", async () => {
    const broken = { ...clip("vertical"), slice: async (from: number, to: number) => Buffer.alloc(to - from, 7) };
    const mine = publication("Rusak", { video: broken });
    await lab.spoilTikTok("PUT upload", "accept-then-drop");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "absent" });
    expect(await failure(mine.publish())).toMatchObject({ kind: "rejected", code: "media-refused" });
  });

  test("photos are fetched by TikTok and stand with their title, once", async () => {
    const result = await publication("Jadwal SIM keliling", { ...photos("a", "b"), title: "SIM keliling" }).publish();
    expect(result).toMatchObject({ published: { permalink: `${lab.api}/@${handle}/photo/${idOf(result)}` } });
    const [init] = await calls("POST content/init");
    expect(init?.body).toEqual({
      media_type: "PHOTO",
      post_mode: "DIRECT_POST",
      post_info: {
        title: "SIM keliling",
        description: "Jadwal SIM keliling",
        privacy_level: "PUBLIC_TO_EVERYONE",
        disable_comment: false,
        auto_add_music: false,
        brand_content_toggle: false,
        brand_organic_toggle: false,
      },
      source_info: {
        source: "PULL_FROM_URL",
        photo_images: [`${pictures.url}/media/a`, `${pictures.url}/media/b`],
        photo_cover_index: 0,
      },
    });
    const [post] = await connectorOf(lab).fetchPosts(account, new Date(0));
    expect(post).toMatchObject({ remoteId: idOf(result), text: "Jadwal SIM keliling", visual: "image", hasAlt: null });
    const page = await (await fetch(`${lab.api}/@${handle}/photo/${idOf(result)}`)).text();
    expect(page).toContain("SIM keliling");
    expect(page.match(/<img src="\/media\/tiktok\/\d+"/g)).toHaveLength(2);
  });

  test.for(["accept-then-drop", "accept-then-500"])("photos whose answer was lost (%s): found in the list, once", async (fault) => {
    const mine = publication(`Foto: ${fault}`, photos("a"));
    await lab.spoilTikTok("POST content/init", fault);
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    await expect.poll(mine.find).toMatchObject({ kind: "found" });
    expect(await times(`Foto: ${fault}`)).toBe(1);
  });

  test("photos whose request was lost are never taken for absent: TikTok may not list them", async () => {
    const mine = publication("Foto hilang", photos("a"));
    await lab.spoilTikTok("POST content/init", "drop-before");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "unknown" });
  });

  test("photos that TikTok cannot fetch are tried again; a form that it does not take is refused", async () => {
    const away = { ...picture("x"), publicUrl: async () => "http://127.0.0.1:1/x" };
    expect(await failure(publication("Tak terjangkau", { video: null, pictures: [away] }).publish())).toEqual({ kind: "retryable" });
    const png = await listen(() => ({ type: "image/png", body: Buffer.alloc(64, 1) }));
    const wrong = { ...picture("y"), publicUrl: async () => `${png.url}/y.png` };
    expect(await failure(publication("PNG", { video: null, pictures: [wrong] }).publish())).toMatchObject({ code: "media-refused" });
    await png.close();
  });

  test("answers and first comments have no interface, and a text alone is no post", async () => {
    const replyTo = { remoteId: "9", postRemoteId: "8", ref: null };
    expect(await failure(publication("Ya", { replyTo }).publish())).toMatchObject({ kind: "rejected", code: "replies-unsupported" });
    const first = { ...replyTo, remoteId: "8" };
    expect(await failure(publication("Ya", { replyTo: first }).publish())).toMatchObject({ code: "first-comment-unsupported" });
    expect(await failure(publication("Ya", { video: null }).publish())).toMatchObject({ code: "media-required" });
    expect(await connectorOf(lab).fetchComments(account, new Date(0), ["8"])).toEqual([]);
    expect(await lab.journal().then((all) => all.filter(({ endpoint }) => endpoint.includes("publish")))).toEqual([]);
  });

  test("posts are told page by page with their figures; a cut text does not deny its link", async () => {
    const posts = Array.from({ length: 45 }, (_, i) => ({
      user: openId,
      text: i === 0 ? "x".repeat(160) : `Unggahan ${i}`,
      created_time: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(),
      ...{ likes: i, comments: 2, shares: 3, views: 400 + i },
    }));
    await lab.seed({ platform: "tiktok", posts });
    const told = await connectorOf(lab).fetchPosts(account, new Date(0));
    expect(told).toHaveLength(45);
    expect(told[0]).toMatchObject({
      text: "Unggahan 44",
      visual: "video",
      hasLink: false,
      metrics: { likes: 44, comments: 2, shares: 3, views: 444, reach: null },
    });
    expect(told.at(-1)).toMatchObject({ text: "x".repeat(150), hasLink: null });
    const young = await connectorOf(lab).fetchPosts(account, new Date("2026-02-10T00:00:00Z"));
    expect(young.map(({ text }) => text)).toEqual(["Unggahan 44", "Unggahan 43", "Unggahan 42", "Unggahan 41", "Unggahan 40"]);
  });

  test("without the permission for figures an account is of use, and its followers are unknown", async () => {
    const connector = connectorOf(lab);
    const url = connector.authorize!.url({ state: "s", challenge: "", redirectUri });
    const back = await lab.walk(url, handle, "user.info.stats,video.upload");
    const [opened] = await connector.authorize!.exchange({
      baseUrl: lab.api,
      code: back.searchParams.get("code") ?? "",
      verifier: "",
      redirectUri,
    });
    expect(opened?.profile).toMatchObject({ handle, name: "Pemkab Tegal", followers: null });
    expect((await connector.fetchProfile(account)).followers).toBe(5_400);
    const denied = await fetch(`${url}&deny=1`, { redirect: "manual" });
    expect(denied.headers.get("location")).toMatch(/error=access_denied.*state=s/);
  });

  test("a token is renewed before it ends; the refresh token is replaced, and the old one is dead", async () => {
    const connector = connectorOf(lab);
    const start = Date.now();
    const at = (minutes: number) => new Date(start + minutes * 60_000);
    expect(await connector.refresh(account, at(60)), "too early").toBeNull();
    const renewed = await connector.refresh(account, at(101));
    expect(renewed).toMatchObject({ accessToken: expect.not.stringMatching(String(account.grant.accessToken)) });
    expect(renewed?.refreshToken).not.toBe(account.grant.refreshToken);
    expect(Date.parse(String(renewed?.expiresAt)) - start).toBeGreaterThan(179 * 86_400_000);
    expect(await connector.fetchProfile({ ...account, grant: renewed! })).toMatchObject({ remoteId: openId });
    expect(await failure(connector.refresh(account, at(101))), "told with status 200").toEqual({
      kind: "needs-reauth",
      reason: "revoked",
    });
    await lab.spoilTikTok("POST oauth/token", "500-before");
    expect(await failure(connector.refresh({ ...account, grant: renewed! }, at(300)))).toMatchObject({ kind: "retryable" });
    const foreign = tiktokConnector({ app: { ...tiktokApp, clientSecret: "lain", dialogUrl: lab.api }, now: () => new Date(), pause });
    expect(await failure(foreign.refresh({ ...account, grant: renewed! }, at(300)))).toEqual({ kind: "not-entitled", what: "review" });
    expect(await tiktokConnector({ app: null, now: () => new Date() }).refresh({ ...account, grant: renewed! }, at(300))).toBeNull();
  });

  test("TikTok's notifications are taken with its signature alone, in time, and bring no events", async () => {
    const app = await listen(() => ({}));
    await lab.webhooksTo(`${app.url}/tiktok`, "tiktok");
    await publication("Diberitahukan").publish();
    const first = await app.next();
    const second = await app.next();
    expect([first, second].map(({ body }) => (JSON.parse(body.toString()) as { event: string }).event)).toEqual([
      "post.publish.complete",
      "post.publish.publicly_available",
    ]);
    const headers = new Headers({ "tiktok-signature": String(first.headers["tiktok-signature"]) });
    const read = connectorOf(lab).readWebhook!;
    expect(read(first.body, headers, labSecret)).toEqual({ ok: true, events: [] });
    expect(read(Buffer.concat([first.body, Buffer.from(" ")]), headers, labSecret)).toEqual({ ok: false, reason: "signature" });
    expect(read(first.body, headers, "lain")).toEqual({ ok: false, reason: "signature" });
    const later = connectorOf(lab, () => new Date(Date.now() + 6 * 60_000)).readWebhook!;
    expect(later(first.body, headers, labSecret), "a replay").toEqual({ ok: false, reason: "signature" });
    const seconds = Math.floor(Date.now() / 1000);
    const s = createHmac("sha256", labSecret).update(`${seconds}.[]`).digest("hex");
    expect(read(Buffer.from("[]"), new Headers({ "tiktok-signature": `t=${seconds},s=${s}` }), labSecret)).toEqual({
      ok: false,
      reason: "malformed",
    });
    await app.close();
  });
});
