/** The lab's Threads, driven by Meta's own client for Node: it has no classes for Threads, and carries the calls all the same. */
import { createRequire } from "node:module";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clips } from "../support/clips.ts";
import { labSecret, type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";

type Json = { [field: string]: unknown };
type Page = { data: (Json & { id: string; text?: string })[]; paging?: { cursors: { after: string } } };
type Api = { call: <T = Json & { id: string }>(method: string, path: string[], params?: object) => Promise<T> };
type Sdk = { FacebookAdsApi: new (token: string, locale: string, crashLog: boolean) => Api };

const sdk = createRequire(import.meta.url)("facebook-nodejs-business-sdk") as Sdk;
const accounts = [
  { id: "17841400000000001", username: "pemkabtegal", name: "Pemkab Tegal", token: "token-pemkab", followers: 1500 },
  { id: "17841400000000002", username: "dinkestegal", name: "Dinkes Tegal", token: "token-dinkes", followers: null },
];
const account = "17841400000000001";
const day = 24 * 60 * 60_000;
const created_time = "2026-07-30T02:00:00Z";
const solid = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#334455" } })
    .jpeg()
    .toBuffer();

let lab: RunningLab;
let files: Listener;

/** Meta's client, talking to the lab's Threads. */
function client(token = "token-pemkab"): Api {
  Object.defineProperty(sdk.FacebookAdsApi, "GRAPH", { configurable: true, get: () => `${lab.url}/threads` });
  Object.defineProperty(sdk.FacebookAdsApi, "VERSION", { configurable: true, get: () => "v1.0" });
  return new sdk.FacebookAdsApi(token, "en_US", false);
}
const caught = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { response: { code: number; error_subcode?: number } | null }) => error.response,
  );
const seed = (rows: { posts?: object[]; replies?: object[] } = {}) =>
  lab.seed({ platform: "threads", accounts, ...rows } as Parameters<RunningLab["seed"]>[0]);
const get = <T = Json & { id: string }>(path: string, params: object = {}) => client().call<T>("GET", path.split("/"), params);
const post = (path: string, params: object) => client().call("POST", path.split("/"), params);
const create = async (params: object) => (await post(`${account}/threads`, params)).id;
const file = (name: string) => `${files.url}/${name}`;

async function ready(container: string): Promise<void> {
  for (;;) {
    const { status } = await get(container, { fields: "status,error_message" });
    if (status === "FINISHED") return;
    expect(status).toBe("IN_PROGRESS");
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
async function published(params: object): Promise<string> {
  const creation_id = await create(params);
  await ready(creation_id);
  return (await post(`${account}/threads_publish`, { creation_id })).id;
}

beforeAll(async () => {
  lab = await startLab();
  const known: Record<string, Buffer> = {
    "/ok.jpg": await solid(800, 800),
    "/long.jpg": await solid(1200, 100),
    "/clip.mp4": clips.vertical,
    "/text.txt": Buffer.from("bukan gambar, melainkan kalimat biasa"),
  };
  files = await listen(({ url }) => (known[url] ? { type: "application/octet-stream", body: known[url] } : { status: 404 }));
});
afterAll(async () => {
  await lab.stop();
  await files.close();
});
beforeEach(async () => {
  await lab.reset();
  await seed();
});

describe("Meta's own Node client", () => {
  it("reads the account, and its followers where Threads tells them", async () => {
    expect(await get("me", { fields: "id,username,name" })).toMatchObject({ id: account, username: "pemkabtegal", name: "Pemkab Tegal" });
    const { data } = await get<Page>("me/threads_insights", { metric: "followers_count" });
    expect(data[0]).toMatchObject({ name: "followers_count", total_value: { value: 1500 } });
    const other = client("token-dinkes").call("GET", ["me", "threads_insights"], { metric: "followers_count" });
    expect(await caught(other)).toMatchObject({ code: 100 });
  });

  it("publishes a text once its container is finished, and never before or twice", async () => {
    const creation_id = await create({
      media_type: "TEXT",
      text: "Pelayanan KTP buka Sabtu tegalkab.go.id",
      link_attachment: "https://tegalkab.go.id",
    });
    const publish = () => post(`${account}/threads_publish`, { creation_id });
    await lab.clock(-10_000);
    expect(await caught(publish()), "too early").toMatchObject({ code: 24, error_subcode: 4279009 });
    await lab.clock(0);
    await ready(creation_id);
    const { id } = await publish();
    const fields = "permalink,text,timestamp,media_type,username,owner,link_attachment_url,is_reply,shortcode";
    const read = await get(id, { fields });
    expect(read).toMatchObject({
      text: "Pelayanan KTP buka Sabtu tegalkab.go.id",
      media_type: "TEXT_POST",
      username: "pemkabtegal",
      owner: { id: account },
      link_attachment_url: "https://tegalkab.go.id",
      is_reply: false,
    });
    expect((await fetch(String(read.permalink))).status).toBe(200);
    expect(await get(creation_id, { fields: "status" })).toMatchObject({ status: "PUBLISHED" });
    expect(await caught(publish()), "a second time").toMatchObject({ code: 24 });
    const limit = await get<Page>(`${account}/threads_publishing_limit`, { fields: "quota_usage,config,reply_quota_usage,reply_config" });
    expect(limit.data[0]).toMatchObject({
      quota_usage: 1,
      config: { quota_total: 250, quota_duration: 86_400 },
      reply_quota_usage: 0,
      reply_config: { quota_total: 1_000 },
    });
  });

  it("publishes a picture, a video, and a carousel in the order of its children", async () => {
    const picture = await published({ media_type: "IMAGE", image_url: file("ok.jpg"), text: "Loket", alt_text: "Antrean" });
    expect(await get(picture, { fields: "media_type,alt_text" })).toMatchObject({ media_type: "IMAGE", alt_text: "Antrean" });
    const video = await published({ media_type: "VIDEO", video_url: file("clip.mp4"), text: "Cara daftar" });
    const { media_type, media_url } = await get(video, { fields: "media_type,media_url" });
    expect(media_type).toBe("VIDEO");
    expect(Buffer.from(await (await fetch(String(media_url))).arrayBuffer()).equals(clips.vertical)).toBe(true);
    const child = (alt_text: string) => create({ media_type: "IMAGE", image_url: file("ok.jpg"), is_carousel_item: true, alt_text });
    const [first, second] = [await child("Satu"), await child("Dua")];
    const album = await published({ media_type: "CAROUSEL", children: [second, first], text: "Dua foto" });
    const read = await get(album, { fields: "media_type,children{alt_text,media_type}" });
    expect(read).toMatchObject({ media_type: "CAROUSEL_ALBUM", children: { data: [{ alt_text: "Dua" }, { alt_text: "Satu" }] } });
    const refused = (children: string[]) => caught(create({ media_type: "CAROUSEL", children }));
    expect(await refused([await child("Tiga")]), "one alone").toMatchObject({ error_subcode: 4279004 });
    const plain = await create({ media_type: "IMAGE", image_url: file("ok.jpg") });
    expect(await refused([await child("Tiga"), plain]), "not made for one").toMatchObject({ error_subcode: 4279004 });
  });

  it("refuses what Threads refuses of a text and a picture; what is wrong with a video, its container tells", async () => {
    const refusal = (params: object) => caught(create(params));
    const text = (words: string, more: object = {}) => refusal({ media_type: "TEXT", text: words, ...more });
    expect(await text("a".repeat(501))).toMatchObject({ code: 100 });
    expect(await text("😀".repeat(126)), "an emoji counts its bytes").toMatchObject({ code: 100 });
    expect(await text("a".repeat(500))).toBeNull();
    const links = Array.from({ length: 6 }, (_, i) => `https://tegalkab.go.id/${i}`);
    expect(await text(links.join(" "))).toMatchObject({ code: 100 });
    expect(await text("x", { link_attachment: "bukan alamat" })).toMatchObject({ error_subcode: 4279047 });
    const image = (image_url: string) => refusal({ media_type: "IMAGE", image_url });
    expect(await image(file("missing.jpg"))).toMatchObject({ code: 1, error_subcode: 2207052 });
    expect(await image("http://192.0.2.1/ok.jpg"), "not of this machine").toMatchObject({ error_subcode: 2207052 });
    expect(await image(file("long.jpg"))).toMatchObject({ error_subcode: 2207009 });
    expect(await image(file("text.txt"))).toMatchObject({ error_subcode: 2207005 });
    const broken = await create({ media_type: "VIDEO", video_url: file("text.txt") });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await get(broken, { fields: "status,error_message" })).toMatchObject({
      status: "ERROR",
      error_message: "FAILED_PROCESSING_VIDEO",
    });
  });

  it("lets a container expire after a day", async () => {
    const creation_id = await create({ media_type: "TEXT", text: "Nanti" });
    await lab.clock(day + 1_000);
    expect(await get(creation_id, { fields: "status" })).toMatchObject({ status: "EXPIRED" });
    expect(await caught(post(`${account}/threads_publish`, { creation_id }))).toMatchObject({ code: 24 });
    await lab.clock(0);
  });

  it("follows the posts to their end by cursors, newest first and each once", async () => {
    const at = (i: number) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString();
    await seed({ posts: Array.from({ length: 12 }, (_, i) => ({ account, id: `${9000 + i}`, text: `Hari ${i}`, created_time: at(i) })) });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page: Page = await get<Page>("me/threads", { fields: "id", limit: 5, ...(after ? { after } : {}) });
      seen.push(...page.data.map(({ id }) => id));
      after = page.paging?.cursors.after;
    } while (after);
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => `${9011 - i}`));
    expect((await get<Page>("me/threads", { since: Date.parse(at(9)) / 1000 })).data).toHaveLength(3);
  });

  it("reads replies and figures, and replies to a post of its own and to a reply under it", async () => {
    await seed({
      posts: [{ account, id: "9100", text: "Jadwal", created_time, likes: 4, views: 321, reposts: 2, quotes: 1 }],
      replies: [{ post: "9100", id: "71", from: { id: "777", username: "siti" }, text: "Jam berapa?", created_time }],
    });
    const below = await published({ media_type: "TEXT", text: "Pukul 09.00", reply_to_id: "71" });
    const first = await published({ media_type: "TEXT", text: "Bawa KTP", reply_to_id: "9100" });
    const fields = "id,text,username,timestamp,replied_to,root_post,is_reply,is_reply_owned_by_me,hide_status";
    const all = await get<Page>("9100/conversation", { fields, reverse: false });
    expect(all.data).toMatchObject([
      { id: "71", username: "siti", replied_to: { id: "9100" }, is_reply_owned_by_me: false },
      { id: below, replied_to: { id: "71" }, root_post: { id: "9100" }, is_reply_owned_by_me: true },
      { id: first, replied_to: { id: "9100" }, is_reply: true },
    ]);
    expect((await get<Page>("71/replies", { fields })).data.map(({ id }) => id)).toEqual([below]);
    expect((await get<Page>("me/replies")).data.map(({ id }) => id)).toEqual([first, below]);
    expect(
      (await get<Page>("me/threads")).data.map(({ id }) => id),
      "replies are no posts",
    ).toEqual(["9100"]);
    const limit = await get<Page>("me/threads_publishing_limit", { fields: "quota_usage,reply_quota_usage" });
    expect(limit.data[0]).toMatchObject({ quota_usage: 0, reply_quota_usage: 2 });
    const { data } = await get<Page>("9100/insights", { metric: "views,likes,replies,reposts,quotes" });
    expect(data.map((row) => [row.name, (row.values as { value: number }[])[0]?.value])).toEqual([
      ["views", 321],
      ["likes", 4],
      ["replies", 3],
      ["reposts", 2],
      ["quotes", 1],
    ]);
  });

  it("is refused with a foreign, a wrong or an ended token, and without a permission", async () => {
    const as = (token: string, path: string) => caught(client(token).call("GET", path.split("/"), {}));
    expect(await as("token-dinkes", account)).toMatchObject({ code: 10 });
    expect(await as("lain", "me")).toMatchObject({ code: 190 });
    await lab.clock(61 * day);
    expect(await as("token-pemkab", "me")).toMatchObject({ code: 190, error_subcode: 463 });
    await lab.clock(0);
    await lab.seed({ platform: "threads", accounts: [{ ...accounts[0]!, scopes: ["threads_basic", "threads_content_publish"] }] });
    expect(await caught(create({ media_type: "TEXT", text: "Halo" }))).toBeNull();
    expect(await as("token-pemkab", "me/replies")).toMatchObject({ code: 10 });
    expect(await caught(create({ media_type: "TEXT", text: "Halo", reply_to_id: "1" }))).toMatchObject({ code: 10 });
    expect(await as("token-pemkab", "me/threads_insights")).toMatchObject({ code: 10 });
    expect((await get<{ data: { scopes: string[] } }>("debug_token", { input_token: "token-pemkab" })).data.scopes).toEqual([
      "threads_basic",
      "threads_content_publish",
    ]);
  });
});

describe("tokens", () => {
  const ask = async (path: string, body?: Record<string, string>) =>
    (await fetch(`${lab.url}/threads/${path}`, body ? { method: "POST", body: new URLSearchParams(body) } : {})).json() as Promise<{
      access_token?: string;
      expires_in?: number;
      code?: number;
      error?: { code: number };
    }>;

  it("live sixty days, and sixty more once they are a day old", async () => {
    const refresh = () => ask("refresh_access_token?grant_type=th_refresh_token&access_token=token-pemkab");
    await lab.seed({ platform: "threads", accounts: [{ ...accounts[0]!, token_issued: new Date().toISOString() }] });
    expect((await refresh()).error).toMatchObject({ code: 100 });
    await lab.clock(day + 1_000);
    const { access_token = "", expires_in } = await refresh();
    expect(expires_in).toBe(60 * 86_400);
    expect(await client(access_token).call("GET", ["me"], { fields: "username" })).toMatchObject({ username: "pemkabtegal" });
    await lab.clock(0);
  });

  it("come of a code that serves once, for the app and the address that asked; only the app makes a long one of a short one", async () => {
    const redirect_uri = "http://127.0.0.1:9/kembali";
    const consent = (more: Record<string, string>) => {
      const query = { client_id: "42", redirect_uri, response_type: "code", scope: "threads_basic,threads_content_publish", state: "s" };
      return fetch(`${lab.url}/threads/oauth/authorize?${new URLSearchParams({ ...query, ...more })}`, { redirect: "manual" });
    };
    expect(await (await consent({})).text()).toContain("Izinkan sebagai Pemkab Tegal");
    const denied = new URL((await consent({ deny: "1" })).headers.get("location") ?? "");
    expect(Object.fromEntries(denied.searchParams)).toMatchObject({ error: "access_denied", state: "s" });
    const back = new URL((await consent({ as: "pemkabtegal", without: "threads_content_publish" })).headers.get("location") ?? "");
    expect(back.hash).toBe("#_");
    const body = { client_id: "42", client_secret: labSecret, grant_type: "authorization_code", redirect_uri };
    const exchange = (more: Record<string, string>) =>
      ask("oauth/access_token", { ...body, code: back.searchParams.get("code") ?? "", ...more });
    expect(await exchange({ client_secret: "tebakan" })).toMatchObject({ code: 400 });
    const { access_token = "" } = await exchange({});
    expect(access_token).toMatch(/^THAA/);
    expect(await exchange({}), "a second time").toMatchObject({ code: 400 });
    const long = (secret: string) => ask(`access_token?grant_type=th_exchange_token&client_secret=${secret}&access_token=${access_token}`);
    expect((await long("tebakan")).error).toMatchObject({ code: 100 });
    expect(await long(labSecret)).toMatchObject({ expires_in: 60 * 86_400 });
  });
});

describe("for people", () => {
  it("an account has a page with its posts, and a reply reaches the app in Threads' own envelope", async () => {
    const app = await listen(({ url }) => ({ body: new URL(url, "http://app.invalid").searchParams.get("hub.challenge") ?? "" }));
    await lab.webhooksTo(app.url, "threads");
    await app.next();
    const root = await published({ media_type: "TEXT", text: "<b>Lelang</b>" });
    const { permalink } = await get(root, { fields: "permalink" });
    const page = await (await fetch(`${lab.url}/threads/@pemkabtegal`)).text();
    expect(page).toContain(new URL(String(permalink)).pathname);
    expect(page).toContain("Simulasi: ini bukan Threads");
    expect(await (await fetch(String(permalink))).text()).toContain("&lt;b&gt;Lelang&lt;/b&gt;");
    const send = (form: Record<string, string>) =>
      fetch(`${permalink}/comments`, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
    expect((await send({ name: "", message: "Halo" })).status).toBe(422);
    expect((await send({ name: "pemkabtegal", message: "Halo" })).status, "another's name").toBe(422);
    expect((await send({ name: "siti", message: "Di mana daftarnya?" })).status).toBe(303);
    const { body, headers } = await app.next();
    expect(headers["x-hub-signature-256"]).toMatch(/^sha256=[0-9a-f]{64}$/);
    const told = JSON.parse(String(body));
    expect(told).toMatchObject({
      topic: "moderate",
      values: {
        field: "replies",
        value: {
          text: "Di mana daftarnya?",
          username: "siti",
          replied_to: { id: root },
          root_post: { id: root, owner_id: account, username: "pemkabtegal" },
        },
      },
    });
    const reply = await fetch(told.values.value.permalink, { redirect: "manual" });
    expect(reply.headers.get("location")).toContain(`#komentar-${told.target_id}`);
    await app.close();
  });
});
