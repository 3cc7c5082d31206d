/** The lab's Instagram, driven by Meta's own client for Node. */
import { createRequire } from "node:module";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { labSecret, type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen, tinyPng } from "../support/listener.ts";

type Row = { id: string; [field: string]: unknown };
type List = Row[] & { hasNext: () => boolean; next: () => Promise<List> };
type SdkNode = Row & {
  get: (fields: string[]) => Promise<Row>;
  update: (fields: string[], params: object) => Promise<unknown>;
  delete: (fields: string[]) => Promise<unknown>;
  createMedia: (fields: string[], params: object) => Promise<Row>;
  createMediaPublish: (fields: string[], params: object) => Promise<Row>;
  createReply: (fields: string[], params: object) => Promise<Row>;
  getMedia: (fields: string[], params?: object) => Promise<List>;
  getComments: (fields: string[], params?: object) => Promise<List>;
  getReplies: (fields: string[], params?: object) => Promise<List>;
  getInsights: (fields: string[], params: object) => Promise<List>;
  getContentPublishingLimit: (fields: string[]) => Promise<List>;
};
type SdkClass = new (id: string, data?: object, parent?: undefined, api?: unknown) => SdkNode;
type Sdk = {
  FacebookAdsApi: new (token: string, locale: string, crashLog: boolean) => unknown;
  IGUser: SdkClass;
  IGMedia: SdkClass;
  IGComment: SdkClass;
};

const sdk = createRequire(import.meta.url)("facebook-nodejs-business-sdk") as Sdk;
const accounts = [
  { id: "17841400000000001", username: "pemkabtegal", name: "Pemkab Tegal", token: "token-pemkab", followers: 1500 },
  { id: "17841400000000002", username: "dinkestegal", name: "Dinkes Tegal", token: "token-dinkes", followers: 40 },
];
const account = "17841400000000001";
const solid = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#334455" } })
    .jpeg()
    .toBuffer();
const day = 24 * 60 * 60_000;

let lab: RunningLab;
let images: Listener;

/** The object as Meta's own client for Node sees it, talking to the lab. */
function client(kind: SdkClass, id: string, token = "token-pemkab"): SdkNode {
  Object.defineProperty(sdk.FacebookAdsApi, "GRAPH", { configurable: true, get: () => `${lab.url}/ig` });
  return new kind(id, {}, undefined, new sdk.FacebookAdsApi(token, "en_US", false));
}
const dataOf = (row: Row | undefined) => (row as unknown as { _data: Row })._data;
const caught = async (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { response: { code: number; error_subcode?: number } | null }) => error.response,
  );
const seed = (rows: { posts?: object[]; comments?: object[] } = {}) =>
  lab.seed({ platform: "instagram", accounts, ...rows } as Parameters<RunningLab["seed"]>[0]);
const user = () => client(sdk.IGUser, account);
const jpeg = (name = "ok.jpg") => `${images.url}/${name}`;

async function ready(container: string): Promise<void> {
  for (;;) {
    const { status_code } = await client(sdk.IGMedia, container).get(["status_code", "status"]);
    if (status_code === "FINISHED") return;
    expect(status_code).toBe("IN_PROGRESS");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
async function published(params: object): Promise<string> {
  const { id } = await user().createMedia([], params);
  await ready(id);
  return (await user().createMediaPublish([], { creation_id: id })).id;
}

beforeAll(async () => {
  lab = await startLab();
  const files: Record<string, Buffer> = {
    "/ok.jpg": await solid(800, 800),
    "/narrow.jpg": await solid(200, 200),
    "/tall.jpg": await solid(400, 900),
    "/picture.png": tinyPng,
  };
  images = await listen(({ url }) => (files[url] ? { type: "image/jpeg", body: files[url] } : { status: 404 }));
});
afterAll(async () => {
  await lab.stop();
  await images.close();
});
beforeEach(async () => {
  await lab.reset();
  await seed();
});

describe("Meta's own Node client", () => {
  it("reads the account, whose followers are told from a hundred on", async () => {
    const fields = ["user_id", "username", "name", "followers_count", "media_count", "profile_picture_url"];
    expect(await client(sdk.IGUser, "me").get(fields)).toMatchObject({
      user_id: account,
      username: "pemkabtegal",
      followers_count: 1500,
      media_count: 0,
    });
    const small = await client(sdk.IGUser, "me", "token-dinkes").get(fields);
    expect(dataOf(small)).not.toHaveProperty("followers_count");
  });

  it("publishes a picture once its container is finished, and never before", async () => {
    const { id } = await user().createMedia([], { image_url: jpeg(), caption: "Pelayanan KTP buka Sabtu", alt_text: "Loket" });
    expect(await caught(user().createMediaPublish([], { creation_id: id }))).toMatchObject({ code: 9007, error_subcode: 2207027 });
    await ready(id);
    const { id: post } = await user().createMediaPublish([], { creation_id: id });
    const read = await client(sdk.IGMedia, post).get([
      "permalink",
      "caption",
      "timestamp",
      "media_type",
      "like_count",
      "comments_count",
      "alt_text",
    ]);
    expect(read).toMatchObject({
      caption: "Pelayanan KTP buka Sabtu",
      media_type: "IMAGE",
      like_count: 0,
      comments_count: 0,
      alt_text: "Loket",
    });
    expect((await fetch(String(read.permalink))).status).toBe(200);
    expect(await client(sdk.IGMedia, id).get(["status_code"])).toMatchObject({ status_code: "PUBLISHED" });
    expect(await caught(user().createMediaPublish([], { creation_id: id })), "a second time").toMatchObject({ code: 24 });
    expect(dataOf((await user().getContentPublishingLimit(["quota_usage", "config"]))[0])).toMatchObject({
      quota_usage: 1,
      config: { quota_total: 100 },
    });
  });

  it("publishes a carousel in the order of its children", async () => {
    const child = (alt_text: string) => user().createMedia([], { image_url: jpeg(), is_carousel_item: true, alt_text });
    const [first, second] = [await child("Satu"), await child("Dua")];
    const post = await published({
      media_type: "CAROUSEL",
      children: [second.id, first.id],
      caption: "Dua foto",
      collaborators: ["dinkestegal"],
    });
    const read = await client(sdk.IGMedia, post).get(["media_type", "children{alt_text}"]);
    expect(read.media_type).toBe("CAROUSEL_ALBUM");
    expect((read.children as { data: Row[] }).data.map((one) => one.alt_text)).toEqual(["Dua", "Satu"]);
    const alone = await child("Tiga");
    expect(await caught(user().createMedia([], { media_type: "CAROUSEL", children: [alone.id] }))).toMatchObject({
      error_subcode: 2207028,
    });
    expect(await caught(user().createMediaPublish([], { creation_id: alone.id })), "a child by itself").toMatchObject({ code: 24 });
  });

  it("refuses what Instagram refuses of a picture and a caption", async () => {
    const refusal = (params: object) => caught(user().createMedia([], { caption: "x", ...params }));
    expect(await refusal({ image_url: jpeg("picture.png") })).toMatchObject({ code: 36001, error_subcode: 2207005 });
    expect(await refusal({ image_url: jpeg("tall.jpg") })).toMatchObject({ code: 36003, error_subcode: 2207009 });
    expect(await refusal({ image_url: jpeg("narrow.jpg") })).toMatchObject({ code: 100 });
    expect(await refusal({ image_url: jpeg("missing.jpg") })).toMatchObject({ code: 9004, error_subcode: 2207052 });
    expect(await refusal({ image_url: "http://192.0.2.1/ok.jpg" }), "not of this machine").toMatchObject({ code: 9004 });
    expect(await refusal({ image_url: jpeg(), caption: "a".repeat(2_201) })).toMatchObject({ code: 36004, error_subcode: 2207010 });
    expect(await refusal({ image_url: jpeg(), collaborators: ["a", "b", "c", "d"] })).toMatchObject({ code: 100 });
  });

  it("lets a container expire after a day", async () => {
    const { id } = await user().createMedia([], { image_url: jpeg() });
    await lab.clock(day + 1_000);
    expect(await client(sdk.IGMedia, id).get(["status_code"])).toMatchObject({ status_code: "EXPIRED" });
    expect(await caught(user().createMediaPublish([], { creation_id: id }))).toMatchObject({ code: 24 });
    await lab.clock(0);
  });

  it("follows the posts to their end, newest first and each once", async () => {
    await seed({
      posts: Array.from({ length: 12 }, (_, i) => ({
        account,
        id: `${9000 + i}`,
        created_time: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(),
      })),
    });
    const seen: string[] = [];
    let list = await user().getMedia(["id"], { limit: 5 });
    seen.push(...list.map(({ id }) => id));
    while (list.hasNext()) {
      list = await list.next();
      seen.push(...list.map(({ id }) => id));
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => `${9011 - i}`));
  });

  it("reads comments and figures, replies at the top alone, hides and deletes", async () => {
    const created_time = "2026-07-30T02:00:00Z";
    await seed({
      posts: [{ account, id: "9100", caption: "Jadwal", created_time, likes: 4, views: 321, shares: 2 }],
      comments: [{ post: "9100", id: "71", from: { id: "777", username: "siti" }, text: "Jam berapa?", created_time }],
    });
    const comment = () => client(sdk.IGComment, "71");
    const { id: reply } = await comment().createReply([], { message: "Pukul 08.00" });
    expect(await caught(client(sdk.IGComment, reply).createReply([], { message: "Lagi" }))).toMatchObject({ code: 100 });
    const [read] = await client(sdk.IGMedia, "9100").getComments(["text", "username", "from", "timestamp", "replies{text,parent_id}"]);
    expect(dataOf(read)).toMatchObject({
      text: "Jam berapa?",
      from: { id: "777", username: "siti" },
      replies: { data: [{ id: reply, text: "Pukul 08.00", parent_id: "71" }] },
    });
    expect((await comment().getReplies(["text"])).map(({ id }) => id)).toEqual([reply]);
    await comment().update([], { hide: true });
    expect(await comment().get(["hidden"])).toMatchObject({ hidden: true });
    await client(sdk.IGComment, reply).delete([]);
    expect(await comment().getReplies(["text"])).toHaveLength(0);
    const figures = await client(sdk.IGMedia, "9100").getInsights([], { metric: ["views", "shares", "reach"] });
    expect(
      figures.map((row) => [row.name, (row.values as { value: number }[])[0]?.value]),
      "reach has no figure yet",
    ).toEqual([
      ["views", 321],
      ["shares", 2],
    ]);
  });

  it("is refused with a foreign, a wrong or an ended token", async () => {
    expect(await caught(client(sdk.IGUser, account, "token-dinkes").get(["username"]))).toMatchObject({ code: 10 });
    expect(await caught(client(sdk.IGUser, account, "lain").get(["username"]))).toMatchObject({ code: 190 });
    await lab.clock(61 * day);
    expect(await caught(user().get(["username"]))).toMatchObject({ code: 190, error_subcode: 463 });
    await lab.clock(0);
  });
});

describe("tokens", () => {
  const ask = async (path: string) =>
    (await (await fetch(`${lab.url}/ig/${path}`)).json()) as { access_token?: string; expires_in?: number; error?: { code: number } };

  it("live sixty days, and sixty more once they are a day old", async () => {
    const refresh = () => ask("refresh_access_token?grant_type=ig_refresh_token&access_token=token-pemkab");
    await lab.seed({ platform: "instagram", accounts: [{ ...accounts[0]!, token_issued: new Date().toISOString() }] });
    expect((await refresh()).error).toMatchObject({ code: 100 });
    await lab.clock(day + 1_000);
    const { access_token = "", expires_in } = await refresh();
    expect(expires_in).toBe(60 * 86_400);
    expect(await client(sdk.IGUser, "me", access_token).get(["username"])).toMatchObject({ username: "pemkabtegal" });
    await lab.clock(0);
  });

  it("of one hour are exchanged by the app alone", async () => {
    await lab.seed({ platform: "instagram", accounts: [{ ...accounts[0]!, token_kind: "short", token_issued: new Date().toISOString() }] });
    const exchange = (secret: string) => ask(`access_token?grant_type=ig_exchange_token&client_secret=${secret}&access_token=token-pemkab`);
    expect((await exchange("tebakan")).error).toMatchObject({ code: 100 });
    expect((await exchange(labSecret)).access_token).toMatch(/^IGAA/);
  });
});

describe("for people", () => {
  it("an account is a grid of its posts, and a comment reaches the app", async () => {
    const app = await listen(({ url }) => ({ body: new URL(url, "http://app.invalid").searchParams.get("hub.challenge") ?? "" }));
    await lab.webhooksTo(app.url, "instagram");
    await app.next();
    const post = await published({ image_url: jpeg(), caption: "<b>Lelang</b>" });
    const { shortcode } = await client(sdk.IGMedia, post).get(["shortcode"]);
    const grid = await (await fetch(`${lab.url}/instagram/pemkabtegal`)).text();
    expect(grid).toContain(`/instagram/p/${shortcode}`);
    expect(grid).toContain("Simulasi: ini bukan Instagram");
    const page = `${lab.url}/instagram/p/${shortcode}`;
    expect(await (await fetch(page)).text()).toContain("&lt;b&gt;Lelang&lt;/b&gt;");
    const send = (form: Record<string, string>) =>
      fetch(`${page}/comments`, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
    expect((await send({ name: "", message: "Halo" })).status).toBe(422);
    expect((await send({ name: "siti", message: "Di mana daftarnya?" })).status).toBe(303);
    const { body, headers } = await app.next();
    expect(headers["x-hub-signature-256"]).toMatch(/^sha256=[0-9a-f]{64}$/);
    expect(JSON.parse(String(body))).toMatchObject({
      object: "instagram",
      entry: [
        {
          id: account,
          changes: [{ field: "comments", value: { text: "Di mana daftarnya?", from: { username: "siti" }, media: { id: post } } }],
        },
      ],
    });
    await app.close();
  });
});
