/** The lab's X before a foreign client, so that our own connector is not its only witness. */
import { createHmac } from "node:crypto";
import { Client, generateCodeChallenge, OAuth2 } from "@xdevplatform/xdk";
import { ApiResponseError, EUploadMimeType } from "twitter-api-v2";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clips, padded } from "../support/clips.ts";
import { listen, tinyPng } from "../support/listener.ts";
import { foreignClient, type RunningX, startX, xClient, xSecret } from "../support/x.ts";

let lab: RunningX;
const account = { id: "5001", name: "Diskominfo", username: "diskominfo", token: "token-diskominfo", followers: 4200 };
const client = (token = "token-diskominfo") => foreignClient(lab.api, token).v2;
const caught = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof ApiResponseError ? { code: error.code, data: error.data, limit: error.rateLimit } : error),
  );
const visit = (tweet: string, form: { [name: string]: string }) =>
  fetch(`${lab.url}/x/diskominfo/status/${tweet}/replies`, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
const replyId = (answer: Response) => /balasan-(\d+)/.exec(answer.headers.get("location") ?? "")?.[1] ?? "";

beforeAll(async () => {
  lab = await startX();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.reset();
  await lab.clock(0);
  await lab.seedX({ users: [account, { id: "5002", name: "Dinkes", username: "dinkes", token: "token-dinkes" }] });
});

describe("twitter-api-v2", () => {
  it("finds out who it is and who others are", async () => {
    const { data } = await client().me({ "user.fields": ["public_metrics"] });
    expect(data).toMatchObject({ id: "5001", name: "Diskominfo", username: "diskominfo", public_metrics: { followers_count: 4200 } });
    expect((await client().userByUsername("DINKES")).data).toEqual({ id: "5002", name: "Dinkes", username: "dinkes" });
    expect((await client().userByUsername("tidakada")).errors?.[0]).toMatchObject({ title: "Not Found Error", resource_id: "tidakada" });
  });

  it("publishes a text with a link and reads it back behind t.co, with its place counted in code points", async () => {
    const { data } = await client().tweet("Siaga 🚨 & waspada: https://tegalkab.go.id/siaga hari ini");
    const read = await client().singleTweet(data.id, { "tweet.fields": ["entities", "author_id", "conversation_id", "public_metrics"] });
    expect(read.data).toMatchObject({ author_id: "5001", conversation_id: data.id, public_metrics: { like_count: 0, reply_count: 0 } });
    const [url] = read.data.entities?.urls ?? [];
    expect(url).toMatchObject({ expanded_url: "https://tegalkab.go.id/siaga", display_url: "tegalkab.go.id/siaga" });
    expect(url?.url).toMatch(/^https:\/\/t\.co\/\w{10}$/);
    expect([...read.data.text].slice(url!.start, url!.end).join("")).toBe(url!.url);
    expect(read.data.text).toBe(`Siaga 🚨 &amp; waspada: ${url!.url} hari ini`);
    expect((await fetch(`${lab.url}/x/diskominfo/status/${data.id}`)).status).toBe(200);
  });

  it("uploads pictures in segments, gives them alternative texts and publishes them in their order", async () => {
    const bytes = Buffer.concat([tinyPng, Buffer.alloc(2_500_000, 7)]);
    const upload = async (alt: string) => {
      const id = await client().uploadMedia(bytes, { media_type: EUploadMimeType.Png, media_category: "tweet_image" });
      await client().createMediaMetadata(id, { alt_text: { text: alt } });
      return id;
    };
    const [first, second] = [await upload("Loket"), await upload("Antrean")];
    const { data } = await client().tweet("Loket baru", { media: { media_ids: [second, first] } });
    const read = await client().singleTweet(data.id, {
      "tweet.fields": ["entities"],
      expansions: ["attachments.media_keys"],
      "media.fields": ["alt_text", "url"],
    });
    expect(read.includes?.media?.map((one) => [one.type, one.alt_text])).toEqual([
      ["photo", "Antrean"],
      ["photo", "Loket"],
    ]);
    expect(read.data.text).toMatch(/^Loket baru https:\/\/t\.co\/\w+$/);
    const served = await fetch(read.includes?.media?.[0]?.url ?? "");
    expect(Buffer.from(await served.arrayBuffer()).equals(bytes), "the bytes survive the segments").toBe(true);
    expect(await caught(client().tweet("Lagi", { media: { media_ids: [first] } })), "a picture serves one post").toMatchObject({
      code: 400,
    });
  });

  it("follows a timeline to its end, newest first and each post once", async () => {
    const tweets = Array.from({ length: 23 }, (_, i) => ({
      author: "5001",
      id: `${9000 + i}`,
      text: `Unggahan ${i}`,
      created_at: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(),
    }));
    await lab.seedX({ tweets });
    const seen: string[] = [];
    for await (const tweet of await client().userTimeline("5001", { max_results: 5 })) seen.push(tweet.id);
    expect(seen).toEqual(Array.from({ length: 23 }, (_, i) => `${9022 - i}`));
    const since = await client().userTimeline("5001", { start_time: "2026-01-22T00:00:00Z" });
    expect(since.tweets.map(({ id }) => id)).toEqual(["9022", "9021"]);
  });

  it("answers a citizen, finds the conversation and the mentions, hides and deletes", async () => {
    const before = new Date(Date.now() - 60_000).toISOString();
    const { data: post } = await client().tweet("Jadwal SIM keliling");
    const question = replyId(await visit(post.id, { name: "Siti Aminah", message: "Jam berapa?" }));
    const further = replyId(await visit(post.id, { name: "Budi", message: "Saya juga", parent: question }));
    const { data: answer } = await client().reply("Pukul 08.00", question);
    expect(answer.text).toBe("@SitiAminah Pukul 08.00");
    const found = await client().search(`conversation_id:${post.id}`, {
      "tweet.fields": ["referenced_tweets", "conversation_id"],
      expansions: ["author_id"],
    });
    const parents = Object.fromEntries(found.tweets.map((tweet) => [tweet.id, tweet.referenced_tweets?.[0]?.id]));
    expect(parents).toEqual({ [post.id]: undefined, [question]: post.id, [further]: question, [answer.id]: question });
    expect(found.includes.users?.map(({ username }) => username).sort()).toEqual(["Budi", "SitiAminah", "diskominfo"]);
    const old = { author: "5002", reply_to: post.id, text: "Sudah lama", created_at: new Date(Date.now() - 8 * 86_400_000).toISOString() };
    await lab.seedX({ tweets: [old] });
    expect((await client().search(`conversation_id:${post.id}`)).tweets, "the last week alone").toHaveLength(4);
    expect((await client().userMentionTimeline("5001", { start_time: before })).tweets.map(({ id }) => id)).toEqual([further, question]);
    expect((await client().hideReply(further, true)).data).toEqual({ hidden: true });
    expect(await (await fetch(`${lab.url}/x/diskominfo/status/${post.id}`)).text()).not.toContain("Saya juga");
    expect(await caught(client("token-dinkes").hideReply(further, true))).toMatchObject({ code: 403 });
    expect(await caught(client("token-dinkes").deleteTweet(post.id))).toMatchObject({ code: 403 });
    expect((await client().deleteTweet(answer.id)).data).toEqual({ deleted: true });
    expect((await client().singleTweet(answer.id)).errors?.[0]).toMatchObject({ resource_id: answer.id });
  });

  it("gets a code for half a minute, exchanges it once, and refreshes with a token that dies", async () => {
    const app = foreignClient(lab.api, xClient);
    const redirectUri = "http://127.0.0.1:41100/balik";
    const login = async (late = 0) => {
      const link = app.generateOAuth2AuthLink(redirectUri, { scope: ["tweet.read", "users.read", "offline.access"] });
      const dialog = link.url.replace("https://x.com", `${lab.url}/x`);
      expect(await (await fetch(dialog)).text()).toContain("Izinkan sebagai Diskominfo");
      const back = new URL((await fetch(`${dialog}&as=diskominfo`, { redirect: "manual" })).headers.get("location") ?? "");
      expect(back.searchParams.get("state")).toBe(link.state);
      await lab.clock(late);
      const code = back.searchParams.get("code") ?? "";
      return { code, codeVerifier: link.codeVerifier, redirectUri };
    };
    expect(await caught(app.loginWithOAuth2(await login(31_000)))).toMatchObject({ code: 400 });
    await lab.clock(0);
    expect(await caught(app.loginWithOAuth2({ ...(await login()), codeVerifier: "salah" }))).toMatchObject({ code: 400 });
    const request = await login();
    const first = await app.loginWithOAuth2(request);
    expect(first.expiresIn).toBe(7200);
    expect(await caught(app.loginWithOAuth2(request)), "a code serves once").toMatchObject({ code: 400 });
    expect((await client(first.accessToken).me()).data.id).toBe("5001");
    expect(await caught(client(first.accessToken).tweet("Tanpa izin")), "a scope that was not asked for").toMatchObject({ code: 403 });
    const second = await app.refreshOAuth2Token(first.refreshToken ?? "");
    expect(await caught(app.refreshOAuth2Token(first.refreshToken ?? "")), "the old one is dead").toMatchObject({ code: 400 });
    await lab.clock(7_201_000);
    expect(await caught(client(second.accessToken).me()), "after two hours").toMatchObject({ code: 401 });
  });

  it.each([
    ["an unknown token", () => client("bukan").me(), 401],
    ["the same text twice", async () => [await client().tweet("Siaga"), await client().tweet("Siaga ")], 403],
    ["a text too long by its links", () => client().tweet(`${"a".repeat(258)} tegalkab.go.id`), 400],
    ["an answer to nothing", () => client().reply("Halo", "1"), 403],
    ["more than four pictures", () => client().tweet("x", { media: { media_ids: ["1", "2", "3", "4", "5"] as unknown as ["1"] } }), 400],
    [
      "a text named picture",
      () => client().uploadMedia(Buffer.from("x".repeat(40)), { media_type: EUploadMimeType.Png, media_category: "tweet_image" }),
      400,
    ],
    [
      "a picture over 5 MB",
      () => client().uploadMedia(Buffer.alloc(5_000_001), { media_type: EUploadMimeType.Png, media_category: "tweet_image" }),
      400,
    ],
    ["an instant to come", () => client().userTimeline("5001", { start_time: "2090-01-01T00:00:00Z" }), 400],
    ["a search beyond a week", () => client().search("conversation_id:1", { start_time: "2026-01-01T00:00:00Z" }), 400],
  ])("sees X's error for %s", async (_, work, code) => {
    expect(await caught((async (): Promise<unknown> => work())())).toMatchObject({
      code,
      data: { status: code, title: expect.any(String) },
    });
  });

  it("sees the faults: a limit with its instant, a server's trouble, a token withdrawn", async () => {
    await lab.spoilX({ endpoint: "POST tweets", fault: "429" });
    const limited = (await caught(client().tweet("Satu"))) as { limit: { remaining: number; reset: number } };
    expect(limited).toMatchObject({ code: 429, limit: { remaining: 0 } });
    expect(limited.limit.reset * 1000).toBeGreaterThan(Date.now());
    await lab.spoilX({ endpoint: "POST tweets", fault: "accept-then-500" });
    expect(await caught(client().tweet("Dua"))).toMatchObject({ code: 500 });
    await lab.spoilX({ endpoint: "POST tweets", fault: "accept-then-drop" });
    expect(await caught(client().tweet("Tiga"))).toMatchObject({ message: expect.stringContaining("Request failed") });
    expect((await client().userTimeline("5001")).tweets.map(({ text }) => text)).toEqual(["Tiga", "Dua"]);
    await lab.spoilX({ endpoint: "*", fault: "revoke" });
    await caught(client().me());
    expect(await caught(client().me()), "for good").toMatchObject({ code: 401 });
  });
});

describe("videos before twitter-api-v2", () => {
  const options = { media_type: EUploadMimeType.Mp4, media_category: "tweet_video" } as const;

  it("are worked on for a while, and then stand in a post alone and play on its page", async () => {
    const bytes = padded("wide", 2_500_000);
    const id = await client().uploadMedia(bytes, options);
    const picture = await client().uploadMedia(tinyPng, { media_type: EUploadMimeType.Png, media_category: "tweet_image" });
    expect(await caught(client().tweet("Dua", { media: { media_ids: [id, picture] } })), "beside a picture").toMatchObject({ code: 400 });
    const { data } = await client().tweet("Cara membuat KTP", { media: { media_ids: [id] } });
    const read = await client().singleTweet(data.id, { expansions: ["attachments.media_keys"], "tweet.fields": ["entities"] });
    expect(read.includes?.media).toEqual([{ media_key: `7_${id}`, type: "video" }]);
    expect(read.data.entities?.urls?.[0]?.expanded_url).toMatch(/\/video\/1$/);
    const page = await (await fetch(`${lab.url}/x/diskominfo/status/${data.id}`)).text();
    const played = await fetch(`${lab.url}${/<video src="([^"]+)"/.exec(page)?.[1]}`);
    expect(Buffer.from(await played.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it.each([
    ["a text named video", Buffer.from("x".repeat(40)), "Unsupported video format"],
    ["a video without its pictures", clips.wide.subarray(0, 40), "Unsupported video format"],
  ])("are judged by their bytes: %s", async (_, bytes, message) => {
    expect(await caught(client().uploadMedia(bytes, options))).toMatchObject({ message: expect.stringContaining(message) });
  });

  it("are refused over 512 MB, in an unknown form, and in a post before they are ready", async () => {
    const begin = (more: object) => client().post("media/upload/initialize", { ...options, total_bytes: clips.wide.length, ...more });
    expect(await caught(begin({ total_bytes: 512_000_001 }))).toMatchObject({ code: 400 });
    expect(await caught(begin({ media_type: "video/x-msvideo" }))).toMatchObject({ code: 400 });
    const { data } = (await begin({})) as { data: { id: string } };
    const form = { segment_index: 0, media: clips.wide };
    await client().post(`media/upload/${data.id}/append`, form, { forceBodyMode: "form-data" });
    await client().post(`media/upload/${data.id}/finalize`);
    expect(await caught(client().tweet("Terlalu dini", { media: { media_ids: [data.id] } }))).toMatchObject({ code: 400 });
    const info = await client().get("media/upload", { command: "STATUS", media_id: data.id });
    expect(info).toMatchObject({ data: { processing_info: { state: "pending", check_after_secs: 1 } } });
  });
});

describe("X's own client, @xdevplatform/xdk", () => {
  const own = (accessToken = "token-diskominfo") => new Client({ baseUrl: lab.api, accessToken, retry: false });
  const status = (work: Promise<unknown>) =>
    work.then(
      () => 200,
      (error: { status?: number }) => error.status,
    );

  it("finds out who it is, publishes, answers, lists and deletes", async () => {
    expect((await own().users.getMe({ userFields: ["public_metrics"] })).data).toMatchObject({ id: "5001", username: "diskominfo" });
    const post = (await own().posts.create({ text: "Siaga banjir" })).data?.id ?? "";
    const question = replyId(await visit(post, { name: "Siti", message: "Di mana?" }));
    const answer = (await own().posts.create({ text: "Di Slawi", reply: { inReplyToTweetId: question } })).data?.id ?? "";
    const found = await own().posts.searchRecent(`conversation_id:${post}`, { tweetFields: ["referenced_tweets"], maxResults: 10 });
    expect(found.data?.map(({ id }) => id)).toEqual([answer, question, post]);
    expect((await own().users.getMentions("5001", { maxResults: 5 })).data?.map(({ id }) => id)).toEqual([question]);
    expect((await own().users.getPosts("5001", { exclude: ["replies"], maxResults: 5 })).data?.map(({ id }) => id)).toEqual([post]);
    expect((await own().posts.delete(answer)).data).toEqual({ deleted: true });
    expect(await status(own().posts.create({ text: "Siaga banjir" })), "the same twice").toBe(403);
    expect(await status(own("bukan").users.getMe())).toBe(401);
  });

  it("uploads a video in segments of base64 and follows X's work on it", async () => {
    const { media } = own();
    const begun = await media.initializeUpload({ mediaType: "video/mp4", mediaCategory: "tweet_video", totalBytes: clips.wide.length });
    const id = begun.data?.id ?? "";
    const half = Math.floor(clips.wide.length / 2);
    for (const [index, bytes] of [clips.wide.subarray(0, half), clips.wide.subarray(half)].entries())
      await media.appendUpload(id, { media: bytes.toString("base64"), segmentIndex: index });
    const state = (answer: { data?: { processingInfo?: { state?: string } } }) => answer.data?.processingInfo?.state;
    expect(state(await media.finalizeUpload(id))).toBe("pending");
    await lab.clock(800);
    expect(state(await media.getUploadStatus(id, { command: "STATUS" }))).toBe("in_progress");
    await lab.clock(1_600);
    expect(state(await media.getUploadStatus(id, { command: "STATUS" }))).toBe("succeeded");
    expect((await own().posts.create({ text: "Video", media: { mediaIds: [id] } })).data?.text).toBe("Video");
  });

  it("asks for consent as our connector does, with the challenge that the lab checks", async () => {
    const scope = ["tweet.read", "users.read"];
    const oauth = new OAuth2({ ...xClient, redirectUri: "http://127.0.0.1:41100/balik", scope });
    const verifier = "pembuktian-yang-cukup-panjang-untuk-uji-klien-resmi-0123456789";
    await oauth.setPkceParameters(verifier, await generateCodeChallenge(verifier));
    const dialog = (await oauth.getAuthorizationUrl("keadaan")).replace("https://x.com", lab.api);
    const back = new URL((await fetch(`${dialog}&as=diskominfo`, { redirect: "manual" })).headers.get("location") ?? "");
    const code = back.searchParams.get("code") ?? "";
    const app = foreignClient(lab.api, xClient);
    const { accessToken } = await app.loginWithOAuth2({ code, codeVerifier: verifier, redirectUri: "http://127.0.0.1:41100/balik" });
    expect((await own(accessToken).users.getMe()).data?.id).toBe("5001");
  });
});

describe("Account Activity", () => {
  it("sends to an address that passed the challenge only, signed, when a citizen answers", async () => {
    const app = await listen(({ url }) => {
      const token = new URL(url, "http://app.invalid").searchParams.get("crc_token") ?? "";
      const response_token = `sha256=${createHmac("sha256", url.startsWith("/salah") ? "lain" : xSecret)
        .update(token)
        .digest("base64")}`;
      return { body: JSON.stringify({ response_token }) };
    });
    await expect(lab.xWebhooksTo(`${app.url}/salah`)).rejects.toThrow("response_token");
    await lab.xWebhooksTo(`${app.url}/benar`);
    app.received.length = 0;
    const { data: post } = await client().tweet("Pengumuman");
    const reply = replyId(await visit(post.id, { name: "Siti", message: "Di mana?" }));
    await expect.poll(() => app.received.length).toBe(2);
    const last = app.received[1]!;
    expect(last.headers["x-twitter-webhooks-signature"]).toBe(`sha256=${createHmac("sha256", xSecret).update(last.body).digest("base64")}`);
    expect(JSON.parse(last.body.toString("utf8"))).toMatchObject({
      for_user_id: "5001",
      tweet_create_events: [
        { id_str: reply, in_reply_to_status_id_str: post.id, text: "@diskominfo Di mana?", user: { screen_name: "Siti" } },
      ],
    });
    await app.close();
  });

  it("shows a visitor what is wrong with a reply, and a page that says it is no X", async () => {
    const { data: post } = await client().tweet("Halo");
    const refused = await visit(post.id, { name: "", message: "Apa" });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("Tuliskan nama Anda.");
    await visit(post.id, { name: "Siti", message: "Apa" });
    expect(await (await visit(post.id, { name: "Siti", message: "Apa" })).text()).toContain("Anda baru saja menulis hal yang sama.");
    const page = await (await fetch(`${lab.url}/x/diskominfo`)).text();
    expect(page).toContain("Simulasi: ini bukan X.");
    expect(await (await fetch(`${lab.url}/`)).text()).toContain("/x/diskominfo");
  });
});
