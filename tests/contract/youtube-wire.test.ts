/** The YouTube connector beside Google's own clients, before a recorder. */
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import type { Account, Checkpoint, Content } from "#lib/platforms/contract.ts";
import { clips } from "../support/clips.ts";
import { listen, type Received, tinyPng } from "../support/listener.ts";
import { atFirst, connect, content, failure, foreignAuth, foreignClient, picture, scopes } from "../support/youtube.ts";

const redirectUri = "http://127.0.0.1:41100/settings/channels/consent/youtube";

/** What matters of a request: the way it is written; a list may stand as one value or as several. */
function shape({ method, url, headers, body }: Received) {
  const { pathname, searchParams } = new URL(url, "http://recorder.invalid");
  const type = String(headers["content-type"] ?? "").split(/[;,]/)[0];
  const query = Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name).join(",")]));
  const plain = body.toString("utf8");
  const fields = type === "application/json" ? (JSON.parse(plain) as unknown) : Object.fromEntries(new URLSearchParams(plain));
  const picture = type?.startsWith("image/") ? body.toString("base64") : null;
  return { method, pathname, type, query, fields: picture ?? fields, authorization: headers.authorization };
}

test("what goes over the wire is what Google's own clients send", async ({ onTestFinished }) => {
  const recorder = await listen(({ url, method }) => {
    if (url.includes("/upload/youtube/v3/videos") && method === "PUT")
      return { type: "application/json", body: JSON.stringify({ id: "abcdefghijk", status: { privacyStatus: "public" } }) };
    const tokens = { access_token: "a", expires_in: 3599, scope: scopes.join(" "), token_type: "Bearer" };
    const channels = { items: [{ id: "UC1", snippet: { title: "T" }, contentDetails: { relatedPlaylists: { uploads: "UU1" } } }] };
    const items = { items: [{ id: "i", contentDetails: { videoId: "v" } }] };
    const answer = url.includes("/token") ? tokens : url.includes("/channels") ? channels : method === "GET" ? items : { id: "i" };
    return { type: "application/json", body: JSON.stringify(answer) };
  });
  onTestFinished(() => recorder.close());
  const recorded = async (work: () => Promise<unknown>) => {
    recorder.received.length = 0;
    await work();
    return recorder.received.map(shape);
  };
  const lab = { url: recorder.url, api: recorder.url };
  const connector = connect(lab);
  const account: Account = {
    ...{ platform: "youtube", mode: "api", remoteId: "UC1", handle: "t", baseUrl: recorder.url },
    grant: { accessToken: "t", refreshToken: "lama" },
  };
  const { client, at } = foreignClient(recorder.url, "t");
  const publish = (more: Partial<Content>) => connector.publish(account, { ...content, ...more }, atFirst, async () => undefined);

  expect(await recorded(() => connector.fetchProfile(account)), "the channel").toEqual(
    await recorded(() => client.channels.list({ mine: true, part: ["snippet", "statistics"], maxResults: 50 }, at)),
  );
  expect(await recorded(() => connector.fetchPosts(account, new Date(0))), "the videos").toEqual(
    await recorded(async () => {
      await client.channels.list({ mine: true, part: ["contentDetails"] }, at);
      await client.playlistItems.list({ playlistId: "UU1", part: ["contentDetails"], maxResults: 50 }, at);
      await client.videos.list({ id: ["v"], part: ["snippet", "status", "statistics"] }, at);
    }),
  );
  const list = { part: ["snippet", "replies"], order: "time", textFormat: "plainText", maxResults: 100 };
  expect(await recorded(() => connector.fetchComments(account, new Date(0), ["v"])), "the threads").toEqual(
    await recorded(() => client.commentThreads.list({ ...list, allThreadsRelatedToChannelId: "UC1" }, at)),
  );

  const ours = { title: null, video: null, text: "Halo" };
  const topLevelComment = { snippet: { textOriginal: "Halo" } };
  expect(await recorded(() => publish({ ...ours, replyTo: { remoteId: "v", postRemoteId: "v", ref: null } })), "a first comment").toEqual(
    await recorded(() =>
      client.commentThreads.insert(
        { part: ["snippet"], requestBody: { snippet: { channelId: "UC1", videoId: "v", topLevelComment } } },
        at,
      ),
    ),
  );
  expect(await recorded(() => publish({ ...ours, replyTo: { remoteId: "c.1", postRemoteId: "v", ref: { top: "c" } } })), "a reply").toEqual(
    await recorded(() =>
      client.comments.insert({ part: ["snippet"], requestBody: { snippet: { parentId: "c", textOriginal: "Halo" } } }, at),
    ),
  );

  const session = { part: ["snippet", "status"], ...{ uploadType: "resumable" } };
  const requestBody = {
    snippet: { title: content.title, description: content.text, categoryId: "25" },
    status: { privacyStatus: "public", selfDeclaredMadeForKids: false },
  };
  const [opened] = await recorded(async () => failure(publish({ pictures: [picture("p", "")] })));
  const [theirs] = await recorded(() => client.videos.insert({ ...session, requestBody }, { ...at, rootUrl: `${recorder.url}/upload/` }));
  expect(opened, "a session").toEqual(theirs);
});

test("a piece and the thumbnail go over the wire as Google takes them", async ({ onTestFinished }) => {
  const recorder = await listen(({ method }) => ({
    type: "application/json",
    body: JSON.stringify({ id: method === "PUT" ? "abcdefghijk" : "i" }),
  }));
  onTestFinished(() => recorder.close());
  const base = recorder.url;
  const { client, at } = foreignClient(base, "t");
  const account: Account = {
    ...{ platform: "youtube", mode: "api", remoteId: "UC1", handle: "t", baseUrl: base },
    grant: { accessToken: "t" },
  };
  // Sessions may live on another host of Google's: there the address alone must do, and the token stays at home.
  const elsewhere = await listen(() => ({ type: "application/json", body: JSON.stringify({ id: "abcdefghijk" }) }));
  onTestFinished(() => elsewhere.close());
  const checkpoint: Checkpoint = { stage: "prepared", at: null, data: { session: `${elsewhere.url}/sesi?upload_id=1` } };
  const connector = connect({ url: base, api: base });
  await connector.publish(account, { ...content, pictures: [picture("p", "")] }, checkpoint, async () => undefined);
  const [asked] = elsewhere.received;
  expect(asked).toMatchObject({ method: "PUT", url: "/sesi?upload_id=1", headers: { "content-range": `bytes */${clips.wide.length}` } });
  expect(asked?.headers.authorization).toBeUndefined();
  const [ours] = recorder.received.map(shape);
  recorder.received.length = 0;
  await client.thumbnails.set({ videoId: "abcdefghijk", media: { mimeType: "image/png", body: Readable.from([tinyPng]) } }, at);
  expect(ours, "the thumbnail").toEqual(recorder.received.map(shape)[0]);
  const [refreshed] = await (async () => {
    recorder.received.length = 0;
    await failure(connector.refresh({ ...account, grant: { accessToken: "a", refreshToken: "lama" } }, new Date()));
    return recorder.received.map(shape);
  })();
  const app = foreignAuth({ url: base, api: base }, redirectUri);
  app.setCredentials({ refresh_token: "lama" });
  recorder.received.length = 0;
  await failure(app.refreshAccessToken());
  expect(refreshed, "a refresh").toEqual(recorder.received.map(shape)[0]);
  recorder.received.length = 0;
  await failure(connector.authorize!.exchange({ baseUrl: base, code: "kode", verifier: "bukti", redirectUri }));
  const [redeemed] = recorder.received.map(shape);
  recorder.received.length = 0;
  await failure(app.getToken({ code: "kode", codeVerifier: "bukti" }));
  expect(redeemed, "a code").toEqual(recorder.received.map(shape)[0]);
  const asking = { access_type: "offline", prompt: "consent", scope: scopes, state: "s", code_challenge: "tantangan" };
  expect(
    Object.fromEntries(new URL(connector.authorize!.url({ state: "s", challenge: "tantangan", redirectUri })).searchParams),
    "the consent page",
  ).toEqual(Object.fromEntries(new URL(app.generateAuthUrl({ ...asking, code_challenge_method: "S256" as never })).searchParams));
});
