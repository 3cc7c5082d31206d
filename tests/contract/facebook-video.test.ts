/** Facebook's video, first comments, figures and consent page, by our connector before the platform lab. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Connector, Content, Video } from "#lib/platforms/contract.ts";
import { facebookConnector } from "#lib/platforms/facebook/connector.ts";
import { isReel } from "#lib/platforms/facebook/videos.ts";
import { clip, clips } from "../support/clips.ts";
import { accountOf, bare, connectorTo, consentOf, failure, page, publicationOf, redirectUri, seedPage } from "../support/facebook.ts";
import { type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";

let lab: RunningLab;
let films: Listener;
let connector: Connector;
beforeAll(async () => {
  lab = await startLab();
  connector = connectorTo(lab);
  films = await listen(({ url }) =>
    url === "/text" ? { body: "bukan video" } : url === "/film" ? { body: clips.vertical } : { status: 404 },
  );
});
beforeEach(async () => {
  await lab.reset();
  await seedPage(lab);
});
afterAll(async () => {
  await lab.stop();
  await films.close();
});

const account = () => accountOf(`${lab.url}/meta`);
const upright = (path = "film"): Video => clip("vertical", { publicUrl: `${films.url}/${path}` });
const publication = (text: string, more: Partial<Content>) => publicationOf(connector, account(), { ...bare(text), ...more });
const phases = async () => (await lab.journal()).map(({ endpoint }) => endpoint).filter((endpoint) => /^POST video/.test(endpoint));
const posts = async () => (await connector.fetchPosts(account(), new Date(0))).map(({ text }) => text);

test("an upright video of a few seconds is a reel, any other is a video", () => {
  const video = upright();
  expect(isReel(video)).toBe(true);
  expect(isReel({ ...video, frameRate: null })).toBe(true);
  for (const other of [
    { durationMs: 90_001 },
    { durationMs: 2_999 },
    { width: 1_280, height: 720 },
    { width: 500, height: 889 },
    { frameRate: 15 },
  ])
    expect(isReel({ ...video, ...other }), JSON.stringify(other)).toBe(false);
});

test("a reel is told where its video is; any other video goes up in pieces, never whole in memory", async () => {
  await publication("Tegak", { video: upright() }).publish();
  expect(await phases()).toEqual(["POST video_reels/start", "POST video-upload", "POST video_reels/finish"]);
  const asked: number[] = [];
  const wide = clip("wide");
  const counted: Video = {
    ...wide,
    slice: (from, to) => {
      asked.push(to - from);
      return wide.slice(from, to);
    },
  };
  const result = await publication("Rebah", { video: counted, link: "https://tegalkab.go.id/pasar" }).publish();
  const { remoteId, permalink } = result.kind === "done" ? result.published : { remoteId: "", permalink: "" };
  expect(Math.max(...asked)).toBeLessThan(wide.bytes / 2);
  const film = /<video[^>]* src="([^"]+)"/.exec(await (await fetch(permalink ?? "")).text())?.[1];
  expect(Buffer.from(await (await fetch(`${lab.url}${film}`)).arrayBuffer()).equals(clips.wide)).toBe(true);
  const told = (await connector.fetchPosts(account(), new Date(0))).find((post) => post.remoteId === remoteId);
  expect(told).toMatchObject({ visual: "video", hasLink: true, text: "Rebah\n\nhttps://tegalkab.go.id/pasar" });
});

test.for([
  ["POST videos/finish", "accept-then-500"],
  ["POST videos/finish", "accept-then-drop"],
] as const)("a video in pieces, published without an answer (%s, %s): found, once", async ([endpoint, fault]) => {
  const mine = publication("Rebah", { video: clip("wide") });
  await lab.fault({ endpoint, fault });
  expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
  expect(await mine.find()).toMatchObject({ kind: "found", published: { remoteId: expect.stringMatching(new RegExp(`^${page}_`)) } });
  expect(await failure(mine.publish()), "sent again all the same").toEqual({ kind: "ambiguous" });
  expect(await posts()).toEqual(["Rebah"]);
});

test("a video that was never published is absent, and published by the next attempt from where it stood", async () => {
  for (const [video, edge] of [
    [clip("wide"), "videos"],
    [upright(), "video_reels"],
  ] as const) {
    const mine = publication(`Hilang: ${edge}`, { video });
    await lab.fault({ endpoint: `POST ${edge}/finish`, fault: "drop-before" });
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "absent" });
    await mine.publish();
    expect((await phases()).filter((phase) => phase === `POST ${edge}/start`)).toHaveLength(1);
  }
  expect((await posts()).sort()).toEqual(["Hilang: video_reels", "Hilang: videos"]);
});

test("trouble in the middle of an upload goes on with the next piece; a session that is over begins anew", async () => {
  const mine = publication("Terputus", { video: clip("wide") });
  await lab.fault({ endpoint: "POST videos/transfer", fault: "500-before", call: 2 });
  expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
  expect(mine.last()).toMatchObject({ stage: "prepared", data: { video: { kind: "video" } } });
  await lab.clock(25 * 60 * 60_000);
  expect(await failure(mine.publish()), "a day later").toEqual({ kind: "retryable" });
  await mine.publish();
  await lab.clock(0);
  expect((await phases()).filter((phase) => phase === "POST videos/transfer")).toHaveLength(2 + 1 + 3);
});

test("a reel that takes long is kept; one without a video is refused; one that could not be fetched is tried anew", async () => {
  const slow = publication("Lama", { video: upright() });
  await lab.fault({ endpoint: "POST video_reels/start", fault: "in-progress-x10" });
  expect(await failure(slow.publish())).toMatchObject({ kind: "retryable", after: expect.any(Date) });
  await slow.publish();
  expect((await phases()).filter((phase) => phase === "POST video-upload")).toHaveLength(1);
  expect(await failure(publication("Teks", { video: upright("text") }).publish())).toMatchObject({
    kind: "rejected",
    code: "video-refused",
  });
  expect(await failure(publication("Kosong", { video: upright("hilang") }).publish())).toEqual({ kind: "retryable" });
  expect(
    (await phases()).filter((phase) => phase === "POST video_reels/finish"),
    "what is known to be spoiled is not published",
  ).toHaveLength(1);
  const spoiled = publication("Rusak", { video: clip("wide") });
  await lab.fault({ endpoint: "POST videos/start", fault: "video-error" });
  expect(await failure(spoiled.publish())).toMatchObject({ kind: "rejected", code: "video-refused" });
  expect(await posts()).toEqual(["Lama"]);
});

test("limits, policy and rights are told of a video as of a post", async () => {
  const refused = async (fault: string, code?: number) => {
    await lab.fault({ endpoint: "POST video_reels/finish", fault, ...(code ? { code } : {}) });
    return failure(publication(`Ditolak: ${fault}`, { video: upright() }).publish());
  };
  expect(await refused("429", 80001)).toMatchObject({ kind: "rate-limited", scope: "account" });
  expect(await refused("368")).toMatchObject({ kind: "rejected", policy: true });
  expect(await refused("506")).toMatchObject({ kind: "rejected", code: "duplicate" });
  expect(await refused("190")).toEqual({ kind: "needs-reauth", reason: "expired" });
  expect(await posts()).toEqual([]);
});

test("what Facebook cannot do is refused unsent", async () => {
  const picture = { digest: "a", alt: "", mime: "image/png", width: 1, height: 1, bytes: 1 } as const;
  const pictures = [{ ...picture, read: async () => new Uint8Array(1), publicUrl: async () => "" }];
  expect(await failure(publication("Bersama", { collaborators: ["dinkestegal"] }).publish())).toEqual({
    kind: "rejected",
    code: "collaborators-unsupported",
  });
  expect(await failure(publication("Keduanya", { pictures, video: upright() }).publish())).toEqual({
    kind: "rejected",
    code: "pictures-with-video",
  });
  expect(connector.collaboration).toBeNull();
  expect(await phases()).toEqual([]);
});

test("a first comment is not found in an answer of the same words further down", async () => {
  const result = await publication("Vaksinasi", {}).publish();
  const post = result.kind === "done" ? result.published.remoteId : "";
  const form = { method: "POST", body: new URLSearchParams({ name: "Siti", message: "Di mana?" }), redirect: "manual" } as const;
  const visit = await fetch(`${lab.url}/facebook/${post.replace("_", "/posts/")}/comments`, form);
  const question = `${post.split("_")[1]}_${/komentar-(\d+)/.exec(visit.headers.get("location") ?? "")?.[1]}`;
  await publication("Di puskesmas.", { replyTo: { remoteId: question, postRemoteId: post, ref: null } }).publish();
  const mine = publication("Di puskesmas.", { replyTo: { remoteId: post, postRemoteId: post, ref: null } });
  await lab.fault({ endpoint: "POST comments", fault: "drop-before" });
  expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
  expect(await mine.find()).toEqual({ kind: "absent" });
});

test("figures come with the posts where the permission was given, and the posts without it", async () => {
  await lab.seed({ posts: [{ page, id: "9100", message: "Jadwal", created_time: "2026-07-30T01:02:03Z", views: 100 }] });
  const metrics = async () => (await connector.fetchPosts(account(), new Date(0)))[0]?.metrics;
  expect(await metrics()).toMatchObject({ views: 130, reach: 100 });
  await seedPage(lab, ["pages_read_engagement"]);
  expect(await metrics()).toMatchObject({ likes: 0, views: null, reach: null });
});

test("one consent opens every page that was chosen, without an end; figures may be held back", async () => {
  const others = Array.from({ length: 120 }, (_, i) => ({
    id: `3${i + 1000}`,
    name: `Dinas ${i}`,
    username: `dinas${i}`,
    token: `t-${i}`,
  }));
  await lab.seed({ pages: others });
  const url = connector.authorize!.url({ state: "s", challenge: "c", redirectUri });
  const exchange = async (back: URL) =>
    connector.authorize!.exchange({
      baseUrl: `${lab.url}/meta`,
      code: back.searchParams.get("code") ?? "",
      verifier: "tidak dipakai",
      redirectUri,
    });
  const all = await exchange(await consentOf("all")(url));
  expect(new Set(all.map(({ profile }) => profile.remoteId)).size).toBe(121);
  const chosen = await exchange(await consentOf(`${page},31005`)(url, "read_insights"));
  expect(chosen.map(({ profile }) => profile.name).sort()).toEqual(["Dinas 5", "Pemkab Tegal"]);
  expect(chosen[0]?.grant).toEqual({ pageToken: expect.any(String) });
  await lab.clock(100 * 86_400_000);
  const grant = chosen.find(({ profile }) => profile.remoteId === page)?.grant ?? {};
  expect(await connector.fetchProfile({ ...account(), grant })).toMatchObject({ remoteId: page });
  await lab.clock(0);
  const several = await failure(exchange(await consentOf(page)(url, "pages_show_list,pages_read_user_content")));
  expect(several).toEqual({ kind: "needs-reauth", reason: "scope", missing: ["pages_show_list", "pages_read_user_content"] });
  await lab.fault({ endpoint: "GET accounts", fault: "500-before" });
  expect(await failure(exchange(await consentOf(page)(url)))).toEqual({ kind: "retryable" });
  expect(facebookConnector({ app: null, version: "v26.0", now: () => new Date() }).authorize).toBeNull();
});
