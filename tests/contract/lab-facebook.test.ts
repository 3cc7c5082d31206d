import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen, tinyPng } from "../support/listener.ts";

type Row = { id: string; [field: string]: unknown };
type List = Row[] & { paging?: { next?: string }; summary?: { total_count: number }; hasNext: () => boolean; next: () => Promise<List> };
type SdkNode = Row & {
  get: (fields: string[]) => Promise<Row>;
  update: (fields: string[], params: object) => Promise<unknown>;
  delete: (fields: string[]) => Promise<unknown>;
  createFeed: (fields: string[], params: object) => Promise<Row>;
  createPhoto: (fields: string[], params: object) => Promise<Row>;
  createComment: (fields: string[], params: object) => Promise<Row>;
  createLike: (fields: string[], params: object) => Promise<Row>;
  getFeed: (fields: string[], params?: object) => Promise<List>;
  getComments: (fields: string[], params?: object) => Promise<List>;
  getInsights: (fields: string[], params: object) => Promise<List>;
};
type SdkClass = new (id: string, data?: object, parent?: undefined, api?: unknown) => SdkNode;
type Sdk = {
  FacebookAdsApi: new (token: string, locale: string, crashLog: boolean) => unknown;
  Page: SdkClass;
  PagePost: SdkClass;
  Comment: SdkClass;
  Photo: SdkClass;
};

const sdk = createRequire(import.meta.url)("facebook-nodejs-business-sdk") as Sdk;

const pages = [
  { id: "1001", name: "Diskominfo", username: "diskominfo", token: "token-diskominfo", followers: 4200 },
  { id: "1002", name: "Dinkes", username: "dinkes", token: "token-dinkes" },
];
let lab: RunningLab;
let images: Listener;

/** The object as Meta's own client for Node sees it, talking to the lab. */
function client(kind: SdkClass, id: string, token = "token-diskominfo"): SdkNode {
  Object.defineProperty(sdk.FacebookAdsApi, "GRAPH", { configurable: true, get: () => `${lab.url}/meta` });
  return new kind(id, {}, undefined, new sdk.FacebookAdsApi(token, "en_US", false));
}

const graph = (path: string, init?: RequestInit) => fetch(`${lab.url}/meta/v26.0/${path}`, init);
const post = (path: string, fields: { [name: string]: string }) =>
  graph(path, { method: "POST", body: new URLSearchParams({ access_token: "token-diskominfo", ...fields }) });
const errorOf = async (answer: Response) =>
  ((await answer.json()) as { error: { code: number; error_subcode?: number; type: string; message: string } }).error;
const caught = async (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { status: number | null; response: { code: number } | null }) => error,
  );

beforeAll(async () => {
  lab = await startLab();
  images = await listen(({ url }) => (url === "/ok.png" ? { body: tinyPng } : { body: "not a picture", type: "image/png" }));
});
afterAll(async () => {
  await lab.stop();
  await images.close();
});
beforeEach(async () => {
  await lab.reset();
  await lab.seed({ pages });
});

describe("Meta's own Node client", () => {
  it("publishes a post and reads it back with exactly the fields it asked for", async () => {
    const page = client(sdk.Page, "1001");
    const { id } = await page.createFeed([], { message: "Pelayanan KTP buka Sabtu", link: "https://contoh.go.id/ktp" });
    expect(id).toMatch(/^1001_\d+$/);
    const feed = await page.getFeed(["message", "permalink_url", "attachments{media_type,unshimmed_url}", "shares"]);
    const { _data } = feed[0] as unknown as { _data: Row };
    expect(_data).toEqual({
      id,
      message: "Pelayanan KTP buka Sabtu",
      permalink_url: `${lab.url}/facebook/1001/posts/${id.slice(5)}`,
      attachments: { data: [{ media_type: "link", unshimmed_url: "https://contoh.go.id/ktp" }] },
    });
    expect((await fetch(String(_data.permalink_url))).status).toBe(200);
  });

  it("publishes two pictures in one post, in their order and with their alternative texts", async () => {
    const page = client(sdk.Page, "1001");
    const upload = (alt: string) => page.createPhoto([], { url: `${images.url}/ok.png`, published: false, alt_text_custom: alt });
    const [first, second] = [await upload("Loket"), await upload("Antrean")];
    const { id } = await client(sdk.Page, "1001").createFeed([], {
      message: "Loket baru",
      attached_media: [{ media_fbid: second.id }, { media_fbid: first.id }],
    });
    const read = await client(sdk.PagePost, id).get(["attachments{media_type,subattachments{target{id}}}"]);
    expect(read.attachments).toEqual({
      data: [{ media_type: "album", subattachments: { data: [{ target: { id: second.id } }, { target: { id: first.id } }] } }],
    });
    expect((await client(sdk.Photo, second.id).get(["alt_text_custom"])).alt_text_custom).toBe("Antrean");
  });

  it("follows a feed to its end, newest first and each post once", async () => {
    await lab.seed({
      posts: Array.from({ length: 23 }, (_, i) => ({
        page: "1001",
        id: `${9000 + i}`,
        message: `Unggahan ${i}`,
        created_time: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(),
      })),
    });
    const seen: string[] = [];
    let list = await client(sdk.Page, "1001").getFeed(["id"], { limit: 5 });
    seen.push(...list.map(({ id }) => id));
    while (list.hasNext()) {
      list = await list.next();
      seen.push(...list.map(({ id }) => id));
    }
    expect(seen).toEqual(Array.from({ length: 23 }, (_, i) => `1001_${9022 - i}`));
    const since = await client(sdk.Page, "1001").getFeed(["id"], { since: Date.UTC(2026, 0, 22) / 1000 });
    expect(since.map(({ id }) => id)).toEqual(["1001_9022", "1001_9021"]);
  });

  it("comments, replies, likes, hides and deletes", async () => {
    await lab.seed({
      posts: [{ page: "1001", id: "9100", message: "Jadwal", created_time: "2026-07-30T01:02:03Z", reactions: 4, comments: 6, views: 321 }],
      comments: [
        { post: "9100", id: "1", from: { id: "777", name: "Siti" }, message: "Jam berapa?", created_time: "2026-07-30T02:00:00Z" },
      ],
    });
    const { id: replyId } = await client(sdk.Comment, "9100_1").createComment([], { message: "Pukul 08.00" });
    await client(sdk.Comment, "9100_1").createLike([], {});
    await client(sdk.Comment, "9100_1").update([], { is_hidden: true });
    expect(await caught(client(sdk.Comment, replyId).update([], { is_hidden: true })), "its own").toMatchObject({
      response: { code: 200 },
    });
    const comments = await client(sdk.PagePost, "1001_9100").getComments(
      ["message", "from", "parent{id}", "is_hidden", "created_time", "like_count"],
      {
        filter: "stream",
        order: "chronological",
        summary: true,
      },
    );
    expect(comments.map((row) => (row as unknown as { _data: Row })._data)).toEqual([
      {
        id: "9100_1",
        message: "Jam berapa?",
        from: { id: "777", name: "Siti" },
        is_hidden: true,
        created_time: "2026-07-30T02:00:00+0000",
        like_count: 1,
      },
      expect.objectContaining({ id: replyId, from: { id: "1001", name: "Diskominfo" }, parent: { id: "9100_1" }, is_hidden: false }),
    ]);
    // Five comments of the six seeded have no rows; the reply came on top.
    expect(comments.summary?.total_count).toBe(7);
    const insights = await client(sdk.PagePost, "1001_9100").getInsights([], { metric: "post_total_media_view_unique" });
    expect((insights[0] as unknown as { _data: Row })._data.values).toEqual([{ value: 321 }]);
    await client(sdk.Comment, "9100_1").delete([]);
    expect(await client(sdk.PagePost, "1001_9100").getComments(["id"], { filter: "stream" })).toHaveLength(0);
    await client(sdk.PagePost, "1001_9100").delete([]);
    expect(await client(sdk.Page, "1001").getFeed(["id"])).toHaveLength(0);
  });

  it.each([
    ["an unknown token", () => client(sdk.Page, "1001", "bukan").getFeed(["id"]), 400, 190],
    ["posting on another page", () => client(sdk.Page, "1002").createFeed([], { message: "x" }), 403, 200],
    ["reading another page", () => client(sdk.Page, "1002").getFeed(["id"]), 400, 10],
    ["an unknown object", () => client(sdk.PagePost, "1001_1").get(["id"]), 400, 100],
    ["an unknown field", () => client(sdk.Page, "1001").get(["warna"]), 400, 100],
    ["an empty post", () => client(sdk.Page, "1001").createFeed([], {}), 400, 100],
    ["a picture that is none", () => client(sdk.Page, "1001").createPhoto([], { url: `${images.url}/bad.png` }), 400, 324],
    ["a picture from elsewhere", () => client(sdk.Page, "1001").createPhoto([], { url: "http://example.com/ok.png" }), 400, 324],
  ])("sees Graph's error for %s", async (_, work, status, code) => {
    const error = await caught(work());
    expect(error).toMatchObject({ name: "FacebookRequestError", status, response: { code } });
  });
});

describe("Graph rules", () => {
  it("refuses the same message twice within a short time on one page, and takes it later", async () => {
    expect((await post("1001/feed", { message: "Siaga banjir" })).status).toBe(200);
    expect(await errorOf(await post("1001/feed", { message: "Siaga banjir " }))).toMatchObject({ code: 506 });
    expect((await post("1002/feed", { message: "Siaga banjir", access_token: "token-dinkes" })).status).toBe(200);
    await lab.clock(60 * 60_000);
    expect((await post("1001/feed", { message: "Siaga banjir" })).status).toBe(200);
  });

  it.each([
    ["a text named .png", Buffer.from("x".repeat(400)), 2069019],
    ["a GIF", Buffer.concat([Buffer.from("GIF89a"), Buffer.alloc(100)]), 2069019],
    ["a PNG over 4 MB", Buffer.concat([tinyPng, Buffer.alloc(4_000_001)]), 2069019],
    ["nothing", null, undefined],
  ])("judges an upload by its bytes: %s is refused", async (_, bytes, subcode) => {
    const form = new FormData();
    form.set("access_token", "token-diskominfo");
    if (bytes) form.set("source", new Blob([bytes], { type: "image/png" }), "foto.png");
    expect(await errorOf(await graph("1001/photos", { method: "POST", body: form }))).toMatchObject({
      code: 324,
      ...(subcode && { error_subcode: subcode }),
    });
  });

  it("takes a multipart upload and serves the same bytes", async () => {
    const form = new FormData();
    form.set("caption", "Foto");
    form.set("source", new Blob([tinyPng]), "foto.bin");
    const answer = await graph("1001/photos", { method: "POST", body: form, headers: { authorization: "Bearer token-diskominfo" } });
    const { id, post_id } = (await answer.json()) as { id: string; post_id: string };
    expect(post_id).toMatch(/^1001_\d+$/);
    expect(Buffer.from(await (await fetch(`${lab.url}/media/facebook/${id}`)).arrayBuffer())).toEqual(tinyPng);
  });

  it("attaches pictures named by indexed form fields, once only and only the page's own", async () => {
    const { id } = (await (await post("1001/photos", { url: `${images.url}/ok.png`, published: "false" })).json()) as Row;
    const attach = { "attached_media[0]": JSON.stringify({ media_fbid: id }) };
    expect(await errorOf(await post("1002/feed", { message: "b", ...attach, access_token: "token-dinkes" }))).toMatchObject({ code: 100 });
    expect((await post("1001/feed", { message: "a", ...attach })).status).toBe(200);
    expect(await errorOf(await post("1001/feed", { message: "c", ...attach }))).toMatchObject({ code: 100 });
    expect(await (await graph("1002/feed?access_token=token-dinkes")).json()).toEqual({ data: [] });
  });

  it.each([
    ["v26.0/me", 200],
    ["v22.0/me", 200],
    ["me", 200],
    ["v21.0/me", 400],
  ])("answers %s with %i", async (path, status) => {
    expect((await fetch(`${lab.url}/meta/${path}?access_token=token-diskominfo`)).status).toBe(status);
  });

  it("tells a page without figures from one with none: no view count is an empty list", async () => {
    await lab.seed({
      posts: [
        { page: "1001", id: "1", message: "a", created_time: "2026-01-01T00:00:00Z" },
        { page: "1001", id: "2", message: "b", created_time: "2026-01-01T00:00:00Z", views: 0 },
      ],
    });
    const views = async (id: string) =>
      (
        (await (await graph(`${id}/insights?metric=post_total_media_view_unique&access_token=token-diskominfo`)).json()) as {
          data: unknown[];
        }
      ).data;
    expect(await views("1001_1")).toEqual([]);
    expect(await views("1001_2")).toMatchObject([{ values: [{ value: 0 }] }]);
  });

  it("refuses what the token has no permission for, and an expired token", async () => {
    await lab.seed({
      pages: [{ ...pages[0]!, scopes: ["pages_read_engagement"], token_expires: new Date(Date.now() + 60_000).toISOString() }],
    });
    expect(await errorOf(await post("1001/feed", { message: "x" }))).toMatchObject({ code: 200 });
    await lab.clock(120_000);
    expect(await errorOf(await graph("1001/feed?access_token=token-diskominfo"))).toMatchObject({ code: 190, error_subcode: 463 });
  });

  it("keeps one row per id when seeded twice, and the state over a crash", async () => {
    const rows = { posts: [{ page: "1001", message: "Tanpa id", created_time: "2026-01-01T00:00:00Z", picture: true, comments: 3 }] };
    const own = await startLab();
    await own.seed({ pages, ...rows });
    await own.seed({ pages, ...rows });
    const ids = async (url: string) =>
      (await (await fetch(`${url}/meta/1001/feed?fields=id&access_token=token-diskominfo`)).json()) as { data: Row[] };
    await fetch(`${own.url}/meta/1001/feed`, {
      method: "POST",
      body: new URLSearchParams({ message: "Baru", access_token: "token-diskominfo" }),
    });
    const before = await ids(own.url);
    expect(before.data).toHaveLength(2);
    await own.kill();
    const again = await startLab({ dir: own.dir });
    expect((await ids(again.url)).data).toEqual(before.data);
    expect(await again.journal()).not.toHaveLength(0);
    await again.stop();
    await rm(own.dir, { recursive: true });
  });
});

describe("faults", () => {
  const publish = async () =>
    post("1001/feed", { message: "Uji" }).then(
      (answer) => answer.status,
      () => "cut" as const,
    );
  const stored = async () => ((await (await graph("1001/feed?access_token=token-diskominfo")).json()) as { data: unknown[] }).data.length;

  it.each([
    ["drop-before", "cut", 0],
    ["accept-then-drop", "cut", 1],
    ["accept-then-500", 500, 1],
    ["500-before", 500, 0],
    ["429", 400, 0],
    ["190", 401, 0],
    ["506", 400, 0],
    ["368", 400, 0],
    ["timeout", "cut", 0],
    ["accept-then-timeout", "cut", 1],
    ["slow", 200, 1],
  ])("%s answers %s and leaves %i posts", async (fault, outcome, posts) => {
    await lab.fault({ endpoint: "POST feed", fault, ms: 20 });
    expect(await publish()).toBe(outcome);
    expect(await stored()).toBe(posts);
  });

  it("strikes the n-th matching call, so many times, and no other endpoint", async () => {
    await lab.fault({ endpoint: "POST feed", fault: "500-before", call: 2, times: 2 });
    const outcomes = [];
    for (const message of ["a", "b", "c", "d"]) outcomes.push((await post("1001/feed", { message })).status);
    expect(outcomes).toEqual([200, 500, 500, 200]);
    const entries = (await lab.journal()).filter(({ endpoint }) => endpoint === "POST feed");
    expect(entries.map(({ fault, status }) => [fault, status])).toEqual([
      [null, 200],
      ["500-before", 500],
      ["500-before", 500],
      [null, 200],
    ]);
    expect(JSON.stringify(entries)).not.toContain("token-diskominfo");
  });

  it("speaks both dialects of a reached limit, with the usage header full", async () => {
    await lab.fault({ endpoint: "*", fault: "429", code: 32 });
    const answer = await graph("1001?access_token=token-diskominfo");
    expect(JSON.parse(answer.headers.get("x-app-usage") ?? "{}")).toMatchObject({ call_count: 100 });
    expect(await errorOf(answer)).toMatchObject({ code: 32 });
  });

  it("revoke ends the token for good", async () => {
    await lab.fault({ endpoint: "POST feed", fault: "revoke" });
    expect(await publish()).toBe(401);
    expect(await errorOf(await graph("me?access_token=token-diskominfo"))).toMatchObject({ code: 190, error_subcode: 458 });
  });

  it("refuses a fault it does not know", async () => {
    await expect(lab.fault({ endpoint: "POST feed", fault: "gempa" })).rejects.toThrow("422");
  });
});
