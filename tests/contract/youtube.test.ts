/** The YouTube connector before the platform lab. */
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import type { Account, Checkpoint, Content } from "#lib/platforms/contract.ts";
import { youtubeConnector } from "#lib/platforms/youtube/connector.ts";
import { clip, clips } from "../support/clips.ts";
import { tinyPng } from "../support/listener.ts";
import { strangers } from "../support/strangers.ts";
import {
  atFirst,
  connect,
  content,
  failure,
  foreignClient,
  picture,
  type RunningYoutube,
  scopes,
  startYoutube,
} from "../support/youtube.ts";
import { conformance, type Fault, type Step } from "./conformance.ts";

const channel = { id: "UCpemkabtegal", title: "Pemkab Tegal", handle: "pemkabtegal", token: "token-uji", subscribers: 1200 };
const redirectUri = "http://127.0.0.1:41100/settings/channels/consent/youtube";
const endpoints: Record<Step, string> = {
  upload: "POST videos",
  post: "PUT last",
  video: "PUT last",
  reply: "POST comments",
  "first-comment": "POST commentThreads",
};
const visit = async (lab: RunningYoutube, video: string, form: Record<string, string>) => {
  const init = { method: "POST", body: new URLSearchParams(form), redirect: "manual" } as const;
  const answer = await fetch(`${lab.url}/youtube/watch/comments?v=${video}`, init);
  return /komentar-(.+)$/.exec(answer.headers.get("location") ?? "")?.[1] ?? "";
};
const phoneVideo = async (lab: RunningYoutube, text: string) => {
  const { client, at } = foreignClient(lab.api, channel.token);
  const requestBody = { snippet: { title: text, description: text }, status: { privacyStatus: "public" } };
  const media = { mimeType: "video/mp4", body: Readable.from([clips.wide]) };
  return (await client.videos.insert({ part: ["snippet", "status"], requestBody, media }, at)).data.id ?? "";
};

conformance("YouTube", async () => {
  const lab = await startYoutube();
  await lab.seedYoutube({ channels: [channel] });
  const { client, at } = foreignClient(lab.api, channel.token);
  let visitors = 0;
  return {
    connector: connect(lab),
    consent: {
      baseUrl: lab.api,
      redirectUri,
      walk: async (url, without) => {
        const query = new URLSearchParams({ as: channel.handle, ...(without === undefined ? {} : { without }) });
        const answer = await fetch(`${url}&${query}`, { redirect: "manual" });
        return new URL(answer.headers.get("location") ?? "");
      },
      needed: scopes[0]!,
    },
    features: { pictures: false, uploads: false, likes: false, editsNotified: false, removalsNotified: false },
    spoil: (step: Step, fault: Fault) => lab.spoilYoutube({ endpoint: endpoints[step], fault: fault === "rate-limit" ? "quota" : fault }),
    uploads: async () => (await lab.journal()).filter(({ endpoint, status }) => endpoint === "POST videos" && status === 200).length,
    texts: async () => {
      const { data } = await client.playlistItems.list({ playlistId: "UUpemkabtegal", part: ["snippet"], maxResults: 50 }, at);
      const listed = { allThreadsRelatedToChannelId: channel.id, part: ["snippet", "replies"], maxResults: 100 };
      const threads = (await client.commentThreads.list({ ...listed, textFormat: "plainText" }, at)).data.items ?? [];
      const comments = threads.flatMap(({ snippet, replies }) => [snippet?.topLevelComment, ...(replies?.comments ?? [])]);
      return [
        ...(data.items ?? []).map(({ snippet }) => snippet?.description ?? ""),
        ...comments.flatMap((one) => (one?.snippet?.authorChannelId?.value === channel.id ? (one.snippet.textOriginal ?? "") : [])),
      ];
    },
    picture,
    video: (_, alt) => clip("vertical", { alt }),
    always: async () => ({ title: "Kabar dari Tegal", video: clip("wide") }),
    nativePost: (text) => phoneVideo(lab, text),
    nativeVisual: "video",
    comment: (post, message, under) => {
      visitors += 1;
      return visit(lab, post, { name: `Warga ${visitors}`, message, ...(under ? { parent: under.remoteId } : {}) });
    },
    notification: null,
    ...strangers(lab, "youtube", { pathOf: (post) => `/youtube/watch?v=${post}`, endpoint: "POST comments/setModerationStatus" }),
    spoilModeration: (fault) =>
      lab.spoilYoutube({ endpoint: "POST comments/setModerationStatus", fault: fault === "rate-limit" ? "quota" : fault }),
    stop: () => lab.stop(),
  };
});

const unit = 262_144;
/** Two whole pieces and a rest, the beginning a real video's. */
const long = Buffer.concat([clips.wide, Buffer.alloc(2 * unit, 7)]);
const longVideo = { ...clip("wide"), bytes: long.length, slice: async (from: number, to: number) => long.subarray(from, to) };
/** An account of the lab, and a publication on it that remembers its checkpoint. */
async function prepared(onTestFinished: (work: () => Promise<void>) => void) {
  const lab = await startYoutube();
  onTestFinished(() => lab.stop());
  await lab.seedYoutube({ channels: [{ ...channel, refresh_token: "segar" }] });
  const connector = connect(lab, { piece: unit });
  const account: Account = {
    ...{ platform: "youtube", mode: "api", remoteId: channel.id, handle: channel.handle, baseUrl: lab.api },
    grant: { accessToken: channel.token, refreshToken: "segar" },
  };
  const kept = [atFirst];
  const save = async (next: Checkpoint) => void kept.push(structuredClone(next));
  return {
    lab,
    connector,
    account,
    kept,
    publish: (more: Partial<Content> = {}) => connector.publish(account, { ...content, ...more }, kept.at(-1)!, save),
    find: (more: Partial<Content> = {}) => connector.findPublished(account, { ...content, ...more }, kept.at(-1)!),
    calls: async (since = 0) => (await lab.journal(since)).map(({ endpoint }) => endpoint),
  };
}

test("a long video goes up in pieces, through a session that is remembered before the first of them", async ({ onTestFinished }) => {
  const { lab, connector, account, kept, publish, find, calls } = await prepared(onTestFinished);
  const video = longVideo;
  for (const [call, fault] of [
    [1, "500-before"],
    [2, "308-without-range"],
  ] as const) {
    await lab.spoilYoutube({ endpoint: "PUT chunk", fault, call });
    expect(await failure(publish({ video })), "nothing can be out before the last piece").toEqual({ kind: "retryable" });
  }
  expect(kept.map(({ stage }) => stage)).not.toContain("committing");
  expect(kept[1]?.data.session).toMatch(/upload_id=/);
  await publish({ video });
  expect(await calls(), "each try begins where the one before it stopped").toEqual([
    ...["POST videos", "PUT chunk"],
    ...["PUT status", "PUT chunk", "PUT chunk"],
    ...["PUT status", "PUT chunk", "PUT last"],
  ]);
  const [post] = await connector.fetchPosts(account, new Date(0));
  const served = await fetch(`${lab.url}/media/youtube/${post?.remoteId}`);
  expect(Buffer.from(await served.arrayBuffer()).equals(long)).toBe(true);
  expect(await (await fetch(post?.permalink ?? "")).text()).toContain("Siaga banjir");
  expect(await find({ video }), "a finished session names its video").toMatchObject({
    kind: "found",
    published: { remoteId: post?.remoteId },
  });
});

test("what a session says decides: nothing arrived, gone before or after the last piece", async ({ onTestFinished }) => {
  const { lab, connector, account, kept, publish, find, calls } = await prepared(onTestFinished);
  await lab.clock(-60_000);
  await lab.spoilYoutube({ endpoint: "PUT last", fault: "308-without-range" });
  expect(await failure(publish())).toEqual({ kind: "retryable" });
  expect(kept.at(-1)?.stage).toBe("prepared");
  await lab.spoilYoutube({ endpoint: "PUT status", fault: "session-gone" });
  await publish();
  expect(await calls(), "a new session").toEqual(["POST videos", "PUT last", "PUT status", "POST videos", "PUT last"]);

  await lab.clock(0);
  kept.push(atFirst);
  await lab.spoilYoutube({ endpoint: "PUT last", fault: "accept-then-drop" });
  expect(await failure(publish({ title: "Judul kedua" }))).toEqual({ kind: "ambiguous" });
  await lab.spoilYoutube({ endpoint: "PUT status", fault: "308-whole", times: 2 });
  expect(await find({ title: "Judul kedua" }), "all of it arrived, nothing is out yet").toEqual({ kind: "unknown" });
  expect(await failure(publish({ title: "Judul kedua" }))).toEqual({ kind: "ambiguous" });
  await lab.spoilYoutube({ endpoint: "PUT status", fault: "session-gone" });
  expect(await find({ title: "Judul kedua" }), "by its title").toMatchObject({ kind: "found" });
  expect(await find({ title: "Judul lain" }), "none fits, which proves nothing").toEqual({ kind: "unknown" });
  expect(await find(), "the first one's title is from before").toEqual({ kind: "unknown" });
  expect(await failure(publish({ title: "Judul kedua" })), "never sent again blindly").toEqual({ kind: "ambiguous" });
  expect(await connector.fetchPosts(account, new Date(0))).toHaveLength(2);
});

test("a picture becomes the thumbnail; that YouTube refuses it leaves the video out", async ({ onTestFinished }) => {
  const { lab, connector, account, kept, publish, find, calls } = await prepared(onTestFinished);
  const pictures = [picture("sampul", "Sungai")];
  await publish({ pictures });
  const [post] = await connector.fetchPosts(account, new Date(0));
  const served = await fetch(`${lab.url}/media/youtube/${post?.remoteId}/thumbnail`);
  expect(Buffer.from(await served.arrayBuffer()).equals(tinyPng)).toBe(true);
  kept.push(atFirst);
  await lab.spoilYoutube({ endpoint: "POST thumbnails", fault: "403" });
  expect(await publish({ pictures })).toMatchObject({ kind: "done" });
  kept.push(atFirst);
  await lab.spoilYoutube({ endpoint: "PUT last", fault: "accept-then-500" });
  await failure(publish({ pictures }));
  const before = (await calls()).length;
  expect(await find({ pictures })).toMatchObject({ kind: "found" });
  expect(await calls(before), "what is found gets its thumbnail too").toEqual(["PUT status", "POST thumbnails"]);
});

test("YouTube's refusals", async ({ onTestFinished }) => {
  const { lab, connector, account, kept, publish, find } = await prepared(onTestFinished);
  expect(await failure(publish({ video: null }))).toEqual({ kind: "rejected", code: "video-required" });
  expect(await failure(publish({ title: " " }))).toEqual({ kind: "rejected", code: "title-required" });
  expect(await failure(publish({ title: "a".repeat(101) }))).toMatchObject({ kind: "rejected", code: "title-refused" });
  expect(await failure(publish({ text: "usia < 5 tahun" }))).toMatchObject({ kind: "rejected", code: "text-refused" });
  await lab.spoilYoutube({ endpoint: "POST videos", fault: "upload-limit" });
  expect(await failure(publish())).toMatchObject({ kind: "rate-limited", scope: "account" });
  await lab.spoilYoutube({ endpoint: "POST videos", fault: "429" });
  expect(await failure(publish())).toMatchObject({ kind: "rate-limited", scope: "app" });
  await lab.spoilYoutube({ endpoint: "POST videos", fault: "not-configured" });
  expect(await failure(publish())).toEqual({ kind: "not-entitled", what: "review" });
  await lab.spoilYoutube({ endpoint: "PUT last", fault: "401" });
  expect(await failure(publish()), "a token that ended during the upload").toEqual({ kind: "retryable" });
  await lab.seedYoutube({ audited: false });
  expect(await failure(publish()), "a project that Google has not audited").toEqual({ kind: "not-entitled", what: "audit" });
  expect(await connector.fetchPosts(account, new Date(0)), "what nobody can see is no post").toEqual([]);
  expect(kept.at(-1)?.stage).toBe("prepared");
  expect(kept.at(-1)?.data).not.toHaveProperty("session");
  await lab.spoilYoutube({ endpoint: "PUT last", fault: "accept-then-drop" });
  expect(await failure(publish())).toEqual({ kind: "ambiguous" });
  expect(await find(), "locked, so not published").toEqual({ kind: "absent" });
  expect(await failure(publish())).toEqual({ kind: "not-entitled", what: "audit" });
  await lab.seedYoutube({ audited: true });
  await publish();
  expect(await connector.fetchPosts(account, new Date(0)), "after the audit it goes up anew").toHaveLength(1);
});

test("comments: all videos in one list, long threads whole, closed ones empty; a reply to a reply stands under its top", async ({
  onTestFinished,
}) => {
  const { lab, connector, account, kept, publish, calls } = await prepared(onTestFinished);
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const citizen = { id: "UC9", title: "Siti Aminah", handle: "sitiaminah" };
  const video = (id: string, more: object = {}) => ({ channel: channel.id, id, title: id, created_at: ago(40), ...more });
  await lab.seedYoutube({
    channels: [citizen],
    videos: [video("video-satu1"), video("video-dua22", { comments_open: false, views: 7 }), video("video-tiga3", { privacy: "unlisted" })],
    comments: [
      { video: "video-satu1", id: "tanya", author: citizen.id, text: "Kapan & di mana?", created_at: ago(20) },
      ...Array.from({ length: 7 }, (_, i) => ({
        ...{ video: "video-satu1", id: `tanya.${i}`, parent: "tanya", author: citizen.id, text: `Ikut ${i}`, created_at: ago(10 - i) },
      })),
    ],
  });
  const posts = await connector.fetchPosts(account, new Date(0));
  expect(posts.map(({ remoteId, metrics }) => [remoteId, metrics.comments, metrics.views]).sort()).toEqual([
    ["video-dua22", null, 7],
    ["video-satu1", 8, 0],
  ]);
  const ids = posts.map(({ remoteId }) => remoteId);
  const before = (await calls()).length;
  const { comments: all } = await connector.fetchComments(account, new Date(0), ids);
  expect(await calls(before), "one call for the threads, one for the rest of the long one").toEqual(["GET commentThreads", "GET comments"]);
  expect(all.map(({ remoteId }) => remoteId)).toEqual(["tanya", ...Array.from({ length: 7 }, (_, i) => `tanya.${i}`)]);
  expect(all[0]).toMatchObject({ text: "Kapan & di mana?", author: { remoteId: "UC9", name: "@sitiaminah" }, parentRemoteId: null });
  expect(
    (await connector.fetchComments(account, new Date(ago(5.5)), ids)).comments.map(({ remoteId }) => remoteId),
    "new answers to an old question",
  ).toEqual(["tanya.5", "tanya.6"]);
  expect(await connector.fetchComments(account, new Date(0), ["video-dua22"])).toEqual({ comments: [], whole: ["video-dua22"] });

  const target = { remoteId: "tanya.3", postRemoteId: "video-satu1", ref: null };
  const link = "https://tegalkab.go.id/sim";
  await publish({ replyTo: target, text: "Kamis di alun-alun.", link, title: null, video: null });
  const answer = (await connector.fetchComments(account, new Date(0), ids)).comments.at(-1);
  expect(answer, "without a ref YouTube is asked for the top").toMatchObject({
    parentRemoteId: "tanya",
    own: true,
    text: `Kamis di alun-alun.\n\n${link}`,
  });
  const closed = { remoteId: "video-dua22", postRemoteId: "video-dua22", ref: null };
  kept.push(atFirst);
  expect(await failure(publish({ replyTo: closed, title: null, video: null }))).toMatchObject({
    kind: "rejected",
    code: "comments-closed",
  });
  expect(await failure(publish({ replyTo: { ...target, remoteId: "hilang" }, title: null, video: null }))).toMatchObject({
    kind: "rejected",
    code: "not-found",
  });
});

test("a comment of ours from before the attempt, with the same words, is not taken for it", async ({ onTestFinished }) => {
  const { lab, connector, account, kept, publish, find } = await prepared(onTestFinished);
  const post = await phoneVideo(lab, "Jadwal");
  const replyTo = { remoteId: post, postRemoteId: post, ref: null };
  const mine = { replyTo, title: null, video: null, text: "Daftar di balai desa." };
  await lab.clock(-120_000);
  await publish(mine);
  await lab.clock(0);
  kept.push(atFirst);
  await lab.spoilYoutube({ endpoint: "POST commentThreads", fault: "drop-before" });
  expect(await failure(publish(mine))).toEqual({ kind: "ambiguous" });
  expect(await find(mine), "within the clocks' play nothing is certain").toEqual({ kind: "unknown" });
  expect(await find({ ...mine, text: "Lain" })).toEqual({ kind: "absent" });
  await lab.spoilYoutube({ endpoint: "GET commentThreads", fault: "comments-disabled" });
  expect(await failure(find(mine)), "a closed list proves nothing").toMatchObject({ code: "comments-closed" });
  expect((await connector.fetchComments(account, new Date(0), [post])).comments).toHaveLength(1);
});

test("consent: the holder's refusals, an app that Google does not know, and access that is renewed by a token that stays", async ({
  onTestFinished,
}) => {
  const { lab, connector, account } = await prepared(onTestFinished);
  const url = new URL(connector.authorize!.url({ state: "s", challenge: "c".repeat(43), redirectUri }));
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ access_type: "offline", prompt: "consent", code_challenge_method: "S256" });
  expect(youtubeConnector({ app: null, now: () => new Date() }).authorize, "without an app there is no consent").toBeNull();
  const answer = { baseUrl: lab.api, code: "palsu", verifier: "v", redirectUri };
  const unknown = youtubeConnector({
    app: { clientId: "lain", clientSecret: "lain", dialogUrl: `${lab.url}/youtube`, tokenUrl: lab.api },
    now: () => new Date(),
  });
  expect(await failure(unknown.authorize!.exchange(answer))).toEqual({ kind: "not-entitled", what: "review" });

  const now = new Date();
  const fresh = await connector.refresh(account, now);
  expect(fresh).toEqual({
    accessToken: expect.not.stringMatching(channel.token),
    refreshToken: "segar",
    refreshAfter: new Date(now.getTime() + 3_599_000 - 30 * 60_000).toISOString(),
  });
  const renewed = { ...account, grant: fresh ?? {} };
  expect(await connector.refresh(renewed, new Date(now.getTime() + 29 * 60_000)), "half an hour is long enough").toBeNull();
  expect(await connector.refresh(renewed, new Date(now.getTime() + 31 * 60_000))).toMatchObject({ refreshToken: "segar" });
  await lab.spoilYoutube({ endpoint: "POST token", fault: "500-before" });
  expect(await failure(connector.refresh(account, now)), "a passing trouble disconnects nobody").toEqual({ kind: "retryable" });
  await lab.spoilYoutube({ endpoint: "*", fault: "revoke" });
  expect(await failure(connector.fetchProfile(account))).toEqual({ kind: "needs-reauth", reason: "revoked" });
  expect(await failure(connector.refresh(account, now))).toEqual({ kind: "needs-reauth", reason: "revoked" });
  await lab.seedYoutube({ channels: [{ ...channel, subscribers_hidden: true }] });
  expect(await connector.fetchProfile({ ...account, grant: { accessToken: channel.token } })).toMatchObject({
    handle: "pemkabtegal",
    followers: null,
    url: `${lab.url}/youtube/@pemkabtegal`,
  });
  await lab.seedYoutube({ channels: [{ ...channel, scopes: scopes.slice(0, 1) }] });
  expect(await failure(connector.fetchProfile({ ...account, grant: { accessToken: channel.token } }))).toEqual({
    kind: "needs-reauth",
    reason: "scope",
  });
});
