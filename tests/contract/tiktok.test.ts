/** The TikTok connector before the platform lab. */
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Video } from "#lib/platforms/contract.ts";
import { tiktokConnector } from "#lib/platforms/tiktok/connector.ts";
import { clip } from "../support/clips.ts";
import { labSecret } from "../support/lab.ts";
import { listen } from "../support/listener.ts";
import { startTikTok, tiktokApp } from "../support/tiktok.ts";
import { connectorOf, failure, handle, openId, pause, postByHand, redirectUri, textsOf, tiktokDesk, user } from "../support/tiktok-desk.ts";
import { conformance, type Fault, type Step } from "./conformance.ts";

conformance("TikTok", async () => {
  const lab = await startTikTok();
  await lab.seed({ platform: "tiktok", users: [user] });
  const video = (digest: string, alt: string): Video => ({ ...clip("vertical", { alt }), digest });
  // The last part of a video is what publishes it, whatever else a post is.
  const spoil = (_: Step, fault: Fault) => lab.spoilTikTok("PUT upload", fault === "rate-limit" ? "429" : fault);
  return {
    connector: connectorOf(lab),
    consent: {
      baseUrl: lab.api,
      redirectUri,
      walk: (url, without) => lab.walk(url, handle, without),
      needed: "video.publish",
    },
    // Photos are fetched, not uploaded, and need no video: they are tried on their own below.
    features: { pictures: false, uploads: false, comments: false, firstComment: false, likes: false, hides: false },
    spoil,
    uploads: async () => 0,
    texts: () => textsOf(lab),
    picture: () => {
      throw new Error("no pictures here");
    },
    video,
    always: async () => ({ video: video("selalu", "Loket") }),
    nativePost: (text) => postByHand(lab, text),
    nativeVisual: "video",
    comment: async () => {
      throw new Error("comments have no interface");
    },
    notification: null,
    stop: () => lab.stop(),
  };
});

describe("TikTok's own rules", () => {
  const desk = tiktokDesk();
  const { publication } = desk;

  test("answers and first comments have no interface, and a text alone is no post", async () => {
    const replyTo = { remoteId: "9", postRemoteId: "8", ref: null };
    expect(await failure(publication("Ya", { replyTo }).publish())).toMatchObject({ kind: "rejected", code: "replies-unsupported" });
    const first = { ...replyTo, remoteId: "8" };
    expect(await failure(publication("Ya", { replyTo: first }).publish())).toMatchObject({ code: "first-comment-unsupported" });
    expect(await failure(publication("Ya", { video: null }).publish())).toMatchObject({ code: "media-required" });
    expect(await connectorOf(desk.lab()).fetchComments(desk.account(), new Date(0), ["8"])).toEqual({ comments: [], whole: [] });
    expect(
      await desk
        .lab()
        .journal()
        .then((all) => all.filter(({ endpoint }) => endpoint.includes("publish"))),
    ).toEqual([]);
  });

  test("posts are told page by page with their figures; a cut text does not deny its link", async () => {
    const posts = Array.from({ length: 45 }, (_, i) => ({
      user: openId,
      text: i === 0 ? "x".repeat(160) : `Unggahan ${i}`,
      created_time: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(),
      ...{ likes: i, comments: 2, shares: 3, views: 400 + i },
    }));
    await desk.lab().seed({ platform: "tiktok", posts });
    const told = await connectorOf(desk.lab()).fetchPosts(desk.account(), new Date(0));
    expect(told).toHaveLength(45);
    expect(told[0]).toMatchObject({
      text: "Unggahan 44",
      visual: "video",
      hasLink: false,
      metrics: { likes: 44, comments: 2, shares: 3, views: 444, reach: null },
    });
    expect(told.at(-1)).toMatchObject({ text: "x".repeat(150), hasLink: null });
    const young = await connectorOf(desk.lab()).fetchPosts(desk.account(), new Date("2026-02-10T00:00:00Z"));
    expect(young.map(({ text }) => text)).toEqual(["Unggahan 44", "Unggahan 43", "Unggahan 42", "Unggahan 41", "Unggahan 40"]);
  });

  test("without the permission for figures an account is of use, and its followers are unknown", async () => {
    const connector = connectorOf(desk.lab());
    const url = connector.authorize!.url({ state: "s", challenge: "", redirectUri });
    const back = await desk.lab().walk(url, handle, "user.info.stats,video.upload");
    const [opened] = await connector.authorize!.exchange({
      baseUrl: desk.lab().api,
      code: back.searchParams.get("code") ?? "",
      verifier: "",
      redirectUri,
    });
    expect(opened?.profile).toMatchObject({ handle, name: "Pemkab Tegal", followers: null });
    expect((await connector.fetchProfile(desk.account())).followers).toBe(5_400);
    const denied = await fetch(`${url}&deny=1`, { redirect: "manual" });
    expect(denied.headers.get("location")).toMatch(/error=access_denied.*state=s/);
  });

  test("a token is renewed before it ends; the refresh token is replaced, and the old one is dead", async () => {
    const connector = connectorOf(desk.lab());
    const start = Date.now();
    const at = (minutes: number) => new Date(start + minutes * 60_000);
    expect(await connector.refresh(desk.account(), at(60)), "too early").toBeNull();
    const renewed = await connector.refresh(desk.account(), at(101));
    expect(renewed).toMatchObject({ accessToken: expect.not.stringMatching(String(desk.account().grant.accessToken)) });
    expect(renewed?.refreshToken).not.toBe(desk.account().grant.refreshToken);
    expect(Date.parse(String(renewed?.expiresAt)) - start).toBeGreaterThan(179 * 86_400_000);
    expect(await connector.fetchProfile({ ...desk.account(), grant: renewed! })).toMatchObject({ remoteId: openId });
    expect(await failure(connector.refresh(desk.account(), at(101))), "told with status 200").toEqual({
      kind: "needs-reauth",
      reason: "revoked",
    });
    await desk.lab().spoilTikTok("POST oauth/token", "500-before");
    expect(await failure(connector.refresh({ ...desk.account(), grant: renewed! }, at(300)))).toMatchObject({ kind: "retryable" });
    const foreign = tiktokConnector({
      app: { ...tiktokApp, clientSecret: "lain", dialogUrl: desk.lab().api },
      now: () => new Date(),
      pause,
    });
    expect(await failure(foreign.refresh({ ...desk.account(), grant: renewed! }, at(300)))).toEqual({
      kind: "not-entitled",
      what: "review",
    });
    expect(await tiktokConnector({ app: null, now: () => new Date() }).refresh({ ...desk.account(), grant: renewed! }, at(300))).toBeNull();
  });

  test("TikTok's notifications are taken with its signature alone, in time, and bring no events", async () => {
    const app = await listen(() => ({}));
    await desk.lab().webhooksTo(`${app.url}/tiktok`, "tiktok");
    await publication("Diberitahukan").publish();
    const first = await app.next();
    const second = await app.next();
    expect([first, second].map(({ body }) => (JSON.parse(body.toString()) as { event: string }).event)).toEqual([
      "post.publish.complete",
      "post.publish.publicly_available",
    ]);
    const headers = new Headers({ "tiktok-signature": String(first.headers["tiktok-signature"]) });
    const read = connectorOf(desk.lab()).readWebhook!;
    expect(read(first.body, headers, labSecret)).toEqual({ ok: true, events: [] });
    expect(read(Buffer.concat([first.body, Buffer.from(" ")]), headers, labSecret)).toEqual({ ok: false, reason: "signature" });
    expect(read(first.body, headers, "lain")).toEqual({ ok: false, reason: "signature" });
    const later = connectorOf(desk.lab(), () => new Date(Date.now() + 6 * 60_000)).readWebhook!;
    expect(later(first.body, headers, labSecret), "a replay").toEqual({ ok: false, reason: "signature" });
    const seconds = Math.floor(Date.now() / 1000);
    const s = createHmac("sha256", labSecret).update(`${seconds}.[]`).digest("hex");
    expect(read(Buffer.from("[]"), new Headers({ "tiktok-signature": `t=${seconds},s=${s}` }), labSecret)).toEqual({
      ok: false,
      reason: "malformed",
    });
    await app.close();
  });
});
