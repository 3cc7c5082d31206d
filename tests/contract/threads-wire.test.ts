/** What the Threads connector sends, beside what Meta's own client for Node sends for the documented calls. */
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import type { Account, Content } from "#lib/platforms/contract.ts";
import { type Listener, listen, type Received } from "../support/listener.ts";
import { connectorOf, filmFrom, pictureFrom } from "../support/threads.ts";

/** Method, path and parameters, however they travel: the foreign client writes JSON and puts the token into the address. */
function shape({ method, url, headers, body }: Received) {
  const { pathname, searchParams } = new URL(url, "http://recorder.invalid");
  searchParams.delete("access_token");
  const sent = String(headers["content-type"] ?? "").startsWith("application/json")
    ? (JSON.parse(body.toString("utf8")) as object)
    : Object.fromEntries(new URLSearchParams(body.toString("utf8")));
  return { method, pathname, params: { ...Object.fromEntries(searchParams), ...sent } };
}

test("what goes over the wire is what Threads documents, as Meta's own client sends it", async ({ onTestFinished }) => {
  type Api = { call: (method: string, path: string[], params?: object) => Promise<unknown> };
  type Sdk = { FacebookAdsApi: new (token: string, locale: string, crashLog: boolean) => Api };
  const recorder = await listen(({ url }) => {
    const isList = /\/(threads\?|conversation|insights|threads_insights)/.test(url);
    return { type: "application/json", body: JSON.stringify(isList ? { data: [] } : { id: "55", username: "p", status: "FINISHED" }) };
  });
  onTestFinished(() => recorder.close());
  const sdk = createRequire(import.meta.url)("facebook-nodejs-business-sdk") as Sdk;
  Object.defineProperty(sdk.FacebookAdsApi, "GRAPH", { configurable: true, get: () => recorder.url });
  Object.defineProperty(sdk.FacebookAdsApi, "VERSION", { configurable: true, get: () => "v1.0" });
  const foreign = new sdk.FacebookAdsApi("t", "en_US", false);
  const recorded = async (work: () => Promise<unknown>) => {
    recorder.received.length = 0;
    await work();
    return recorder.received.map(shape);
  };
  const theirs = (...wanted: [method: string, path: string, params: object][]) =>
    recorded(async () => {
      for (const [method, path, params] of wanted) await foreign.call(method, path.split("/"), params);
    });
  const connector = connectorOf("https://www.threads.com");
  const grant = { accessToken: "t", refreshAfter: new Date().toISOString(), expiresAt: null };
  const account: Account = { platform: "threads", mode: "api", remoteId: "7", handle: "p", baseUrl: recorder.url, grant };
  const content: Content = {
    ...{ text: "Halo", link: "https://tegalkab.go.id", pictures: [], title: null, video: null, collaborators: [] },
    ...{ replyTo: { remoteId: "9", postRemoteId: "8", ref: null }, key: "k" },
  };
  const publish = (more: Partial<Content>) =>
    connector.publish(account, { ...content, ...more }, { stage: "new", at: null, data: {} }, async () => undefined);
  const status: [string, string, object] = ["GET", "55", { fields: "status,error_message" }];
  const published: [string, string, object][] = [
    ["POST", "7/threads_publish", { creation_id: "55" }],
    ["GET", "55", { fields: "permalink" }],
  ];
  const text = "Halo\n\nhttps://tegalkab.go.id";

  const reply = { media_type: "TEXT", text, link_attachment: "https://tegalkab.go.id", reply_to_id: "9" };
  expect(await recorded(() => publish({})), "an answer with a link").toEqual(
    await theirs(["POST", "7/threads", reply], status, ...published),
  );
  const files = { url: "https://garda.contoh.id" } as Listener;
  const film = { media_type: "VIDEO", video_url: "https://garda.contoh.id/film", alt_text: "Loket", text: "Halo" };
  expect(await recorded(() => publish({ video: filmFrom(files)("v", "Loket"), link: null, replyTo: null })), "a video").toEqual(
    await theirs(["POST", "7/threads", film], status, ...published),
  );
  const part = (name: string) => ({
    media_type: "IMAGE",
    image_url: `https://garda.contoh.id/media/p/${name}`,
    alt_text: name,
    is_carousel_item: "true",
  });
  const album = { pictures: ["a", "b"].map((name) => pictureFrom(files)(name, name)), link: null, replyTo: null };
  expect(await recorded(() => publish(album)), "a carousel").toEqual(
    await theirs(
      ["POST", "7/threads", part("a")],
      ["POST", "7/threads", part("b")],
      status,
      status,
      ["POST", "7/threads", { media_type: "CAROUSEL", children: "55,55", text: "Halo" }],
      status,
      ...published,
    ),
  );
  const since = new Date("2026-01-02T03:04:05Z");
  expect(await recorded(() => connector.fetchPosts(account, since)), "the posts").toEqual(
    await theirs([
      "GET",
      "7/threads",
      {
        fields: "id,text,timestamp,permalink,media_type,alt_text,link_attachment_url,children{id,media_type,alt_text}",
        since: "1767323045",
        limit: "100",
      },
    ]),
  );
  expect(await recorded(() => connector.fetchComments(account, since, ["8"])), "the comments").toEqual(
    await theirs([
      "GET",
      "8/conversation",
      { fields: "id,text,timestamp,permalink,username,replied_to,is_reply_owned_by_me", reverse: "true" },
    ]),
  );
  expect(await recorded(() => connector.fetchProfile(account)), "the account").toEqual(
    await theirs(["GET", "me", { fields: "id,username,name" }], ["GET", "55/threads_insights", { metric: "followers_count" }]),
  );
});
