/** What TikTok refuses by its own rules, and what our connector makes of it, before the platform lab. */
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account, Connector, Content, Picture } from "#lib/platforms/contract.ts";
import { tiktokConnector } from "#lib/platforms/tiktok/connector.ts";
import { clip, clips } from "../support/clips.ts";
import { type Listener, listen } from "../support/listener.ts";
import { type RunningTikTok, startTikTok, tiktokApp } from "../support/tiktok.ts";

const minute = 60_000;
const redirectUri = "http://127.0.0.1:41100/balik";
const user = { open_id: "-000pemkab", username: "pemkabtegal", name: "Pemkab Tegal", token: "act.akun-uji", followers: 5_400 };
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / 50 + 60));
const revoked = { kind: "needs-reauth", reason: "revoked" };
let lab: RunningTikTok;
let files: Listener;
let connector: Connector;
beforeAll(async () => {
  lab = await startTikTok();
  connector = connectorOf();
  const solid = (width: number, height: number, form: "jpeg" | "png") =>
    sharp({ create: { width, height, channels: 3, background: "#1f6f8b" } })
      .toFormat(form)
      .toBuffer();
  const named: Record<string, Buffer> = { png: await solid(400, 400, "png"), large: await solid(2_000, 2_000, "jpeg") };
  const photo = await solid(720, 1_280, "jpeg");
  files = await listen(({ url }) => {
    const name = url.split("/").at(-1) ?? "";
    return { status: name === "gone" ? 404 : 200, body: named[name] ?? photo };
  });
});
beforeEach(async () => {
  await lab.reset();
  await lab.clock(0);
  await lab.seed({ platform: "tiktok", users: [{ ...user, unlimited: true }] });
});
afterAll(async () => {
  await lab.stop();
  await files.close();
});

const connectorOf = (more: object = {}) =>
  tiktokConnector({ app: { ...tiktokApp, dialogUrl: lab.api, ...more }, now: () => new Date(), pause });
const never = "2099-01-01T00:00:00.000Z";
const lasting = { refreshToken: "rft.akun-uji", refreshAfter: never, expiresAt: never, scopes: ["video.publish", "video.list"] };
const account = (grant: Account["grant"] = { ...lasting, accessToken: user.token }): Account => ({
  ...{ platform: "tiktok", mode: "api", remoteId: user.open_id, handle: user.username, baseUrl: lab.api, grant },
});
const bare: Content = { text: "", title: null, link: null, pictures: [], video: null, collaborators: [], replyTo: null, key: "k" };
const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure ?? error,
  );
const publish = (text: string, more: Partial<Content> = {}) =>
  failure(
    connector.publish(
      account(),
      { ...bare, text, video: clip("vertical"), ...more },
      { stage: "new", at: null, data: {} },
      async () => undefined,
    ),
  );
const photo = (name: string): Partial<Content> => {
  const told = { digest: name, alt: "", mime: "image/jpeg", width: 720, height: 1_280, bytes: 1 } as const;
  const picture: Picture = { ...told, read: async () => new Uint8Array(1), publicUrl: async () => `${files.url}/${name}` };
  return { video: null, pictures: [picture] };
};

test("a code serves once, within ten minutes, our app alone and at the address it was given at; its token two hours", async () => {
  const url = connector.authorize!.url({ state: "s", challenge: "", redirectUri });
  const code = async () => (await lab.walk(url, user.username)).searchParams.get("code") ?? "";
  const exchange = (given: string, { uri = redirectUri, ...other }: { uri?: string; clientKey?: string; clientSecret?: string } = {}) =>
    connectorOf(other).authorize!.exchange({ baseUrl: lab.api, code: given, verifier: "", redirectUri: uri });
  const once = await code();
  const [opened] = await exchange(once);
  expect(await failure(exchange(once)), "a second time").toEqual(revoked);
  for (const other of [{ uri: `${redirectUri}/lain` }, { clientKey: "lain" }, { clientSecret: "tebakan" }])
    expect(await failure(exchange(await code(), other)), JSON.stringify(other)).not.toBeNull();
  const late = await code();
  await lab.clock(11 * minute);
  expect(await failure(exchange(late)), "late").toEqual(revoked);
  const ours = account(opened!.grant);
  expect(await connector.fetchProfile(ours)).toMatchObject({ remoteId: user.open_id });
  await lab.clock(121 * minute);
  expect(await failure(connector.fetchProfile(ours)), "after two hours").toEqual(revoked);
  expect(await failure(connector.fetchProfile(account({ ...lasting, accessToken: "act.lain" }))), "unknown").toEqual(revoked);
});

test("a withdrawn token asks for another, for good, and a token posts with its permission", async () => {
  await lab.spoilTikTok("GET user/info", "revoke");
  for (let i = 0; i < 2; i += 1) expect(await failure(connector.fetchProfile(account())), `try ${i + 1}`).toEqual(revoked);
  await lab.seed({ platform: "tiktok", users: [{ ...user, scopes: ["user.info.basic"] }] });
  expect(await publish("Tanpa izin")).toEqual({ kind: "needs-reauth", reason: "scope" });
});

test("what is no video, is too long a video or no photo for TikTok is refused for good; what it could not fetch is tried again", async () => {
  const bytes = Buffer.from("bukan video ".repeat(100));
  const refused = (code: string) => ({ kind: "rejected", code });
  expect(await publish("Palsu", { video: clip("vertical", { bytes }) })).toEqual(refused("media-refused"));
  const long = Buffer.from(clips.vertical);
  // The length of the film stands in its head; what we tell of it is not believed.
  long.writeUInt32BE(long.readUInt32BE(long.indexOf("mvhd") + 16) * 700, long.indexOf("mvhd") + 20);
  expect(await publish("Panjang", { video: clip("vertical", { bytes: long }) })).toEqual(refused("duration-refused"));
  expect(await publish("Foto", photo("png"))).toEqual(refused("media-refused"));
  expect(await publish("Foto", photo("large"))).toEqual(refused("picture-size-refused"));
  expect(await publish("Foto", photo("gone"))).toEqual({ kind: "retryable" });
  expect(await publish("x".repeat(2_201))).toMatchObject({ kind: "rejected" });
  expect(await publish("Foto yang baik", photo("photo"))).toBeNull();
});

test("the seventh post of a minute waits a minute, the sixteenth of a day longer", async () => {
  await lab.seed({ platform: "tiktok", users: [user] });
  const begin = async () => {
    const post_info = { title: "Penuh", privacy_level: "PUBLIC_TO_EVERYONE" };
    const source_info = { source: "PULL_FROM_URL", photo_images: [`${files.url}/photo`], photo_cover_index: 0 };
    const body = { media_type: "PHOTO", post_mode: "DIRECT_POST", post_info, source_info };
    return (await lab.call("POST", "post/publish/content/init/", user.token, body)).body.error.code;
  };
  for (let i = 0; i < 6; i += 1) expect(await begin()).toBe("ok");
  expect(await publish("Ketujuh")).toMatchObject({ kind: "rate-limited", scope: "endpoint" });
  for (let i = 6; i < 15; i += 1) {
    await lab.clock((i + 1) * 2 * minute);
    expect(await begin()).toBe("ok");
  }
  await lab.clock(40 * minute);
  expect(await publish("Keenam belas")).toMatchObject({ kind: "rate-limited", scope: "account" });
});

test("a part is as long as it says, and its address serves with its own word", async () => {
  const size = clips.vertical.length;
  const post_info = { title: "Bagian", privacy_level: "PUBLIC_TO_EVERYONE" };
  const source_info = { source: "FILE_UPLOAD", video_size: size, chunk_size: size, total_chunk_count: 1 };
  const { body } = await lab.call("POST", "post/publish/video/init/", user.token, { post_info, source_info });
  const address = String(body.data.upload_url);
  const put = async (url: string, bytes: Uint8Array<ArrayBuffer>) => {
    const headers = { "content-type": "video/mp4", "content-range": `bytes 0-${size - 1}/${size}` };
    return (await fetch(url, { method: "PUT", headers, body: bytes })).status;
  };
  expect(await put(address, new Uint8Array(clips.vertical.subarray(1)))).toBe(400);
  expect(await put(address.replace(/upload_token=.*/, "upload_token=tebakan"), new Uint8Array(clips.vertical))).toBe(404);
  expect(await put(address, new Uint8Array(clips.vertical))).toBe(201);
});
