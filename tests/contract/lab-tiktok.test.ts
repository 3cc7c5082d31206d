/**
 * The lab's TikTok before requests written from TikTok's documents alone: a foreign client exists for the log-in only (Auth.js),
 * none for posting.
 */
import TikTok from "next-auth/providers/tiktok";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tiktokConnector } from "#lib/platforms/tiktok/connector.ts";
import { clips } from "../support/clips.ts";
import { listen, tinyPng } from "../support/listener.ts";
import { type RunningTikTok, startTikTok, tiktokApp } from "../support/tiktok.ts";

let lab: RunningTikTok;
const user = { open_id: "-000diskominfo", username: "diskominfo", name: "Diskominfo", token: "act.diskominfo", followers: 12 };
const redirectUri = "http://127.0.0.1:41100/balik";

beforeAll(async () => {
  lab = await startTikTok();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.reset();
  await lab.clock(0);
  await lab.seed({ platform: "tiktok", users: [user, { ...user, open_id: "-000lain", username: "lain", token: "act.lain" }] });
});

const post = (path: string, body: object, token = user.token) => lab.call("POST", path, token, body);
const code = (answer: { status: number; body: { error: { code: string } } }) => [answer.status, answer.body.error.code];
const film = clips.vertical;
const post_info = { title: "Halo #tegal", privacy_level: "PUBLIC_TO_EVERYONE" };
const source_info = { source: "FILE_UPLOAD", video_size: film.length, chunk_size: film.length, total_chunk_count: 1 };
const put = (url: string, range: string, body: Buffer) =>
  fetch(url, { method: "PUT", headers: { "content-type": "video/mp4", "content-range": range }, body: new Uint8Array(body) });
const status = async (publish_id: string) => (await post("post/publish/status/fetch/", { publish_id })).body.data;

async function begin(size = film.length, chunk = size) {
  const sizes = { video_size: size, chunk_size: chunk, total_chunk_count: Math.floor(size / chunk) };
  const { body } = await post("post/publish/video/init/", { post_info, source_info: { ...source_info, ...sizes } });
  return body.data as { publish_id: string; upload_url: string };
}

async function published(publish_id: string) {
  for (;;) {
    const { text } = await post("post/publish/status/fetch/", { publish_id });
    const id = /"publicaly_available_post_id":\[(\d+)\]/.exec(text)?.[1];
    if (id) return id;
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
}

describe("posting as the documents describe it", () => {
  it("asks for the creator, begins, sends, waits and reads back", async () => {
    const creator = await post("post/publish/creator_info/query/", {});
    expect(creator.body).toMatchObject({
      data: {
        creator_username: "diskominfo",
        privacy_level_options: expect.arrayContaining(["PUBLIC_TO_EVERYONE"]),
        max_video_post_duration_sec: 600,
      },
      error: { code: "ok", message: "", log_id: expect.stringMatching(/^[0-9A-F]{32}$/) },
    });
    const { publish_id, upload_url } = await begin();
    expect(await status(publish_id)).toMatchObject({ status: "PROCESSING_UPLOAD", uploaded_bytes: 0 });
    expect((await put(upload_url, `bytes 0-${film.length - 1}/${film.length}`, film)).status).toBe(201);
    expect(await status(publish_id)).toMatchObject({ status: "PROCESSING_UPLOAD", uploaded_bytes: film.length });
    const id = await published(publish_id);
    expect(id, "a number of nineteen digits, not a text").toMatch(/^\d{19}$/);
    const list = await post("video/list/?fields=id,video_description,share_url,duration,width,height", { max_count: 20 });
    expect(list.body.data).toMatchObject({
      has_more: false,
      videos: [{ id, video_description: "Halo #tegal", duration: 4, width: 720, height: 1280 }],
    });
    const page = await (await fetch(`${lab.api}/@diskominfo/video/${id}`)).text();
    const source = /<video[^>]* src="([^"]+)"/.exec(page)?.[1] ?? "";
    expect(Buffer.from(await (await fetch(`${lab.url}${source}`)).arrayBuffer()).equals(film), "the film is played from the lab").toBe(
      true,
    );
  });

  it("takes parts in their order alone, each where the last one ended", async () => {
    const size = 13_000_000;
    const bytes = Buffer.concat([film, Buffer.alloc(size - film.length)]);
    const { publish_id, upload_url } = await begin(size, 6_000_000);
    const part = (from: number, to: number) => put(upload_url, `bytes ${from}-${to - 1}/${size}`, bytes.subarray(from, to));
    expect((await part(6_000_000, size)).status, "not the second one first").toBe(416);
    expect((await part(0, 5_000_000)).status, "not less than was announced").toBe(400);
    const first = await part(0, 6_000_000);
    expect([first.status, first.headers.get("content-range")]).toEqual([206, `bytes 0-5999999/${size}`]);
    expect((await part(0, 6_000_000)).status, "not twice").toBe(416);
    expect(await status(publish_id)).toMatchObject({ uploaded_bytes: 6_000_000 });
    expect((await part(6_000_000, size)).status, "the last one takes what remains").toBe(201);
    expect((await part(6_000_000, size)).status, "and nothing after it").toBe(404);
  });

  it("refuses sizes, privacy, tokens and scopes as documented", async () => {
    const init = (more: object, info: object = {}) =>
      post("post/publish/video/init/", { post_info: { ...post_info, ...info }, source_info: { ...source_info, ...more } });
    expect(code(await init({ chunk_size: 1_000, total_chunk_count: 22 })), "a small video goes as a whole").toEqual([400, "invalid_param"]);
    expect(code(await init({ video_size: 20_000_000, chunk_size: 6_000_000, total_chunk_count: 4 }))).toEqual([400, "invalid_param"]);
    expect(code(await init({ video_size: 70_000_000, chunk_size: 70_000_000, total_chunk_count: 1 }))).toEqual([400, "invalid_param"]);
    expect(code(await init({}, { privacy_level: "FOLLOWER_OF_CREATOR" }))).toEqual([403, "privacy_level_option_mismatch"]);
    expect(code(await init({}, { title: "x".repeat(2_201) }))).toEqual([400, "invalid_param"]);
    expect(code(await post("post/publish/creator_info/query/", {}, "act.salah"))).toEqual([401, "access_token_invalid"]);
    await lab.seed({ platform: "tiktok", users: [{ ...user, scopes: ["user.info.basic"] }] });
    expect(code(await init({}))).toEqual([401, "scope_not_authorized"]);
    expect(code(await lab.call("GET", "user/info/?fields=open_id,follower_count", user.token))).toEqual([401, "scope_not_authorized"]);
    expect((await lab.call("GET", "user/info/?fields=open_id,display_name", user.token)).body.data).toEqual({
      user: { open_id: user.open_id, display_name: "Diskominfo" },
    });
  });

  it("keeps publications to their owners, uploads to their hour and users to six beginnings a minute", async () => {
    const { publish_id, upload_url } = await begin();
    expect(code(await post("post/publish/status/fetch/", { publish_id }, "act.lain"))).toEqual([
      400,
      "token_not_authorized_for_specified_publish_id",
    ]);
    expect(code(await post("post/publish/status/fetch/", { publish_id: "v_pub_file~v2-1.0" }))).toEqual([400, "invalid_publish_id"]);
    await lab.clock(61 * 60_000);
    expect((await put(upload_url, `bytes 0-${film.length - 1}/${film.length}`, film)).status).toBe(403);
    expect((await put(upload_url.replace(/.$/, "~"), `bytes 0-${film.length - 1}/${film.length}`, film)).status).toBe(404);
    for (let i = 0; i < 6; i += 1) await begin();
    expect(code(await post("post/publish/video/init/", { post_info, source_info }))).toEqual([429, "rate_limit_exceeded"]);
    await lab.clock(62 * 60_000);
    expect(code(await post("post/publish/video/init/", { post_info, source_info }))).toEqual([200, "ok"]);
  });

  it("judges what came by its bytes, and a private account's privacy by itself", async () => {
    const size = 40_000;
    const { publish_id, upload_url } = await begin(size);
    expect((await put(upload_url, `bytes 0-${size - 1}/${size}`, Buffer.alloc(size, 7))).status).toBe(201);
    await expect.poll(() => status(publish_id)).toMatchObject({ status: "FAILED", fail_reason: "file_format_check_failed" });
    const png = await listen(() => ({ type: "image/png", body: tinyPng }));
    const photos = { source: "PULL_FROM_URL", photo_images: [`${png.url}/a.png`], photo_cover_index: 0 };
    const init = await post("post/publish/content/init/", {
      media_type: "PHOTO",
      post_mode: "DIRECT_POST",
      post_info: { ...post_info },
      source_info: photos,
    });
    const id = String(init.body.data.publish_id);
    await expect.poll(() => status(id)).toMatchObject({ status: "FAILED", fail_reason: "file_format_check_failed" });
    await png.close();
    await lab.seed({ platform: "tiktok", users: [{ ...user, private: true }] });
    expect(code(await post("post/publish/video/init/", { post_info, source_info }))).toEqual([403, "privacy_level_option_mismatch"]);
  });

  it("tells a post without its id while TikTok looks at it, and names it afterwards", async () => {
    await lab.spoilTikTok("PUT upload", "moderation");
    const { publish_id, upload_url } = await begin();
    await put(upload_url, `bytes 0-${film.length - 1}/${film.length}`, film);
    await expect.poll(() => status(publish_id)).toMatchObject({ status: "PUBLISH_COMPLETE", publicaly_available_post_id: [] });
    expect((await post("video/list/?fields=id", {})).body.data.videos).toEqual([]);
    await lab.clock(61 * 60_000);
    expect(await published(publish_id)).toMatch(/^\d{19}$/);
  });
});

describe("Auth.js, written by others, logs in", () => {
  type Provider = ReturnType<typeof TikTok> & { authorization: { params: Record<string, string> }; userinfo: string };
  const provider = TikTok({ clientId: tiktokApp.clientKey, clientSecret: tiktokApp.clientSecret }) as unknown as Provider;
  /** It carries its own way to ask for tokens, under a symbol. */
  const [own] = Object.getOwnPropertySymbols(provider);
  const request = (provider as unknown as { [key: symbol]: typeof fetch })[own!]!;
  const connector = tiktokConnector({ app: { ...tiktokApp, dialogUrl: "" }, now: () => new Date() });

  async function consent() {
    const query = new URLSearchParams({ ...provider.authorization.params, response_type: "code", redirect_uri: redirectUri, state: "s" });
    return (await lab.walk(`${lab.api}/v2/auth/authorize?${query}`, "diskominfo")).searchParams.get("code") ?? "";
  }
  const exchange = async (fields: Record<string, string>, base = lab.api) => {
    const body = new URLSearchParams({ ...fields, client_secret: tiktokApp.clientSecret }).toString();
    return (await request(`${base}/v2/oauth/token/`, { method: "POST", body })).json() as Promise<{ [key: string]: string }>;
  };

  it("gets a token for a code, once, and reads whose it is", async () => {
    const fields = { grant_type: "authorization_code", code: await consent(), redirect_uri: redirectUri };
    const tokens = await exchange(fields);
    expect(tokens).toMatchObject({ open_id: user.open_id, scope: "user.info.basic", token_type: "Bearer", expires_in: 7_200 });
    expect((await exchange(fields)).error).toBe("invalid_grant");
    const info = new URL(provider.userinfo);
    const answer = await lab.call("GET", `user/info/${info.search}`, tokens.access_token ?? "");
    expect(await provider.profile!(answer.body as never, {} as never)).toMatchObject({ id: user.open_id, name: "Diskominfo" });
    const wrong = { ...fields, code: await consent(), redirect_uri: "http://127.0.0.1:1/lain" };
    expect((await exchange(wrong)).error).toBe("invalid_request");
  });

  it("asks for tokens as our connector does", async () => {
    const recorder = await listen(() => ({ type: "application/json", body: "{}" }));
    await exchange({ grant_type: "authorization_code", code: "abc", redirect_uri: redirectUri }, recorder.url);
    const answer = { baseUrl: recorder.url, code: "abc", verifier: "", redirectUri };
    await connector.authorize!.exchange(answer).catch(() => undefined);
    const shape = ({ method, url, headers, body }: (typeof recorder.received)[number]) => ({
      ...{ method, url, type: String(headers["content-type"]).split(";")[0] },
      fields: Object.fromEntries(new URLSearchParams(body.toString())),
    });
    const [theirs, ours] = recorder.received.map(shape);
    expect(ours).toEqual(theirs);
    await recorder.close();
    const url = new URL(connector.authorize!.url({ state: "s", challenge: "", redirectUri }), "http://tiktok.invalid");
    const known = { ...provider.authorization.params, scope: expect.stringContaining(provider.authorization.params.scope ?? "") };
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ ...known, response_type: "code", state: "s", redirect_uri: redirectUri });
  });

  it("renews with a token that dies", async () => {
    const first = await exchange({ grant_type: "authorization_code", code: await consent(), redirect_uri: redirectUri });
    const renew = () => exchange({ grant_type: "refresh_token", refresh_token: first.refresh_token ?? "" });
    const second = await renew();
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await renew()).error).toBe("invalid_grant");
    expect(code(await lab.call("GET", "user/info/?fields=open_id", first.access_token ?? ""))).toEqual([401, "access_token_invalid"]);
    expect(code(await lab.call("GET", "user/info/?fields=open_id", second.access_token ?? ""))).toEqual([200, "ok"]);
    await lab.clock(2 * 60 * 60_000);
    expect(code(await lab.call("GET", "user/info/?fields=open_id", second.access_token ?? ""))).toEqual([401, "access_token_invalid"]);
  });
});

it("people see the account, the consent page and nothing that is not public", async () => {
  const posts = [
    { user: user.open_id, id: "7600000000000000001", text: "Dari ponsel", created_time: "2026-03-01T00:00:00Z", likes: 1_234 },
  ];
  await lab.seed({ platform: "tiktok", posts });
  const read = async (path: string) => {
    const answer = await fetch(`${lab.url}${path}`, { redirect: "manual" });
    return { status: answer.status, text: await answer.text() };
  };
  expect((await read("/?q=diskominfo")).text).toContain("/tiktok/@diskominfo");
  expect((await read("/tiktok/@diskominfo")).text).toContain("/tiktok/@diskominfo/video/7600000000000000001");
  expect((await read("/tiktok/@diskominfo/video/7600000000000000001")).text).toContain("1.234 suka");
  expect((await read("/tiktok/@lain/video/7600000000000000001")).status).toBe(404);
  expect((await read("/tiktok/@diskominfo/photo/7600000000000000001")).status).toBe(404);
  const query = new URLSearchParams({
    client_key: "kunci",
    scope: "user.info.basic",
    response_type: "code",
    redirect_uri: redirectUri,
    state: "s",
  });
  expect((await read(`/tiktok/v2/auth/authorize/?${query}`)).text).toContain("as=diskominfo");
  query.set("redirect_uri", "https://contoh.id/balik");
  expect((await read(`/tiktok/v2/auth/authorize/?${query}`)).status).toBe(400);
});
