/** The Instagram connector before the platform lab. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Account, Connector, Content, Picture } from "#lib/platforms/contract.ts";
import {
  bare,
  connectorTo,
  consentOf,
  failure,
  graphOf,
  id,
  pictureFrom,
  publicationOf,
  publishByHand,
  redirectUri,
  seedAccount,
  storage,
  token,
  videoFrom,
  visit,
} from "../support/instagram.ts";
import { labVerifyToken, type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";
import { heardBy, strangers } from "../support/strangers.ts";
import { conformance, type Fault, type Step } from "./conformance.ts";

const endpoints: Record<Step, string> = {
  upload: "POST media",
  post: "POST media_publish",
  reply: "POST replies",
  video: "POST media_publish",
  "first-comment": "POST comments",
};

conformance("Instagram", async () => {
  const lab = await startLab();
  await seedAccount(lab);
  const app = await listen(({ url }) => ({ body: new URL(url, "http://app.invalid").searchParams.get("hub.challenge") ?? "" }));
  const pictures = await storage();
  const graph = graphOf(lab);
  let comments = 0;
  type Thread = { data: { text: string; replies?: { data: { text: string }[] } }[] };

  return {
    connector: connectorTo(lab),
    consent: { baseUrl: `${lab.url}/ig`, redirectUri, walk: consentOf("pemkabtegal"), needed: "instagram_business_manage_comments" },
    login: { baseUrl: `${lab.url}/ig`, identifier: "@PemkabTegal", secret: token },
    wrongSecret: "IGAA-lain",
    always: async () => ({ pictures: [pictureFrom(pictures)("e1", "Balai kota")] }),
    nativeVisual: "image",
    spoil: (step: Step, fault: Fault) =>
      lab.fault({ platform: "instagram", endpoint: endpoints[step], fault: fault === "rate-limit" ? "429" : fault }),
    uploads: async () =>
      (await lab.journal()).filter((entry) => entry.endpoint === "POST media" && entry.status === 200 && entry.body.image_url).length,
    texts: async () => {
      const posts = await graph<{ data: { id: string; caption?: string }[] }>(`${id}/media?limit=100&fields=caption`);
      const texts = posts.data.map((post) => post.caption ?? "");
      for (const post of posts.data) {
        const { data } = await graph<Thread>(`${post.id}/comments?limit=100&fields=text,replies{text}`);
        texts.push(...data.flatMap((comment) => [comment.text, ...(comment.replies?.data ?? []).map((reply) => reply.text)]));
      }
      return texts;
    },
    picture: pictureFrom(pictures),
    video: videoFrom(pictures),
    nativePost: (caption) => publishByHand(lab, `${pictures.url}/ponsel`, caption),
    comment: (post, message, under) => {
      comments += 1;
      return visit(lab, post, { name: `warga${comments}`, message, ...(under ? { parent: under.remoteId } : {}) });
    },
    features: { likes: false, editsNotified: false, removalsNotified: false },
    notification: (post, text) =>
      heardBy(lab, "instagram", app)(async () => void (await visit(lab, post, { name: "siti", message: text }))),
    ...strangers(lab, "instagram", {
      pathOf: async (post) => `/instagram/p/${(await graph<{ shortcode: string }>(`${post}?fields=shortcode`)).shortcode}`,
      endpoint: "POST comment",
    }),
    stop: async () => {
      await app.close();
      await pictures.close();
      await lab.stop();
    },
  };
});

describe("Instagram's own rules", () => {
  let lab: RunningLab;
  let pictures: Listener;
  let picture: (digest: string, alt: string) => Picture;
  let connector: Connector;
  beforeAll(async () => {
    lab = await startLab();
    connector = connectorTo(lab);
    pictures = await storage();
    picture = pictureFrom(pictures);
    await seedAccount(lab);
  });
  afterAll(async () => {
    await lab.stop();
    await pictures.close();
  });

  const login = () => ({ baseUrl: `${lab.url}/ig`, identifier: id, secret: token });
  const fault = (endpoint: string, name: string, more: { times?: number } = {}) =>
    lab.fault({ platform: "instagram", endpoint, fault: name, ...more });
  async function connected(): Promise<Account> {
    const { profile, grant } = await connector.connect!(login());
    return { platform: "instagram", mode: "api", remoteId: profile.remoteId, handle: profile.handle, baseUrl: login().baseUrl, grant };
  }

  const publication = (account: Account, text: string, more: Partial<Content> = {}) =>
    publicationOf(connector, account, { ...bare(text), pictures: [picture("a", "Loket")], ...more });
  const calls = async (endpoint: string) => (await lab.journal()).filter((entry) => entry.endpoint === endpoint).length;
  const captions = async () =>
    (await graphOf(lab)<{ data: { caption: string }[] }>(`${id}/media?limit=100&fields=caption`)).data.map((post) => post.caption);

  test("an account is connected by its name or its number, with its own token", async () => {
    expect((await connector.connect!({ ...login(), identifier: "pemkabtegal" })).profile).toMatchObject({
      remoteId: id,
      handle: "pemkabtegal",
      followers: 1200,
    });
    expect(await failure(connector.connect!({ ...login(), identifier: "dinkestegal" }))).toEqual({
      kind: "rejected",
      code: "wrong-account",
    });
    await seedAccount(lab, { followers: 80 });
    expect((await connector.connect!(login())).profile.followers, "a figure that is kept back is not zero").toBeNull();
    await seedAccount(lab);
  });

  test("a token without a permission asks for one with it", async () => {
    const account = await connected();
    await seedAccount(lab, { scopes: ["instagram_business_basic"] });
    const mine = publication(account, "Tanpa izin menerbitkan");
    expect(await failure(mine.publish())).toEqual({ kind: "needs-reauth", reason: "scope" });
    expect(await connector.fetchPosts(account, new Date(0)), "posts are read without the permission for insights").toBeInstanceOf(Array);
    await seedAccount(lab);
  });

  test("suspected spam answered for a post that is live: looked up, found, there once", async () => {
    const mine = publication(await connected(), "Dicurigai spam");
    await fault("POST media_publish", "publish-2207051");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toMatchObject({ kind: "found", published: { permalink: expect.stringContaining("/instagram/p/") } });
    expect((await captions()).filter((caption) => caption === "Dicurigai spam")).toHaveLength(1);
  });

  test("a container that takes long is kept, and published by a later attempt", async () => {
    const mine = publication(await connected(), "Lama diproses");
    const before = await calls("POST media");
    await fault("POST media", "in-progress-x10");
    expect(await failure(mine.publish())).toMatchObject({ kind: "retryable", after: expect.any(Date) });
    expect(mine.last().stage).toBe("prepared");
    expect(await mine.publish()).toMatchObject({ kind: "done" });
    expect((await calls("POST media")) - before).toBe(1);
  });

  test("a picture that Instagram refuses is refused; one that it could not fetch is tried anew", async () => {
    const account = await connected();
    const refused = publication(account, "Format salah");
    await fault("POST media", "container-error");
    expect(await failure(refused.publish())).toMatchObject({ kind: "rejected", code: "picture-refused" });
    const unfetched = publication(account, "Tak terjangkau");
    await fault("POST media", "container-fetch-error");
    expect(await failure(unfetched.publish())).toEqual({ kind: "retryable" });
    expect(await unfetched.publish()).toMatchObject({ kind: "done" });
  });

  test("a container that has expired before it was published is made anew", async () => {
    const mine = publication(await connected(), "Kedaluwarsa");
    await fault("POST media_publish", "500-before");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    await lab.clock(25 * 60 * 60_000);
    expect(await mine.find()).toEqual({ kind: "absent" });
    expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
    expect(await mine.publish()).toMatchObject({ kind: "done" });
    expect((await captions()).filter((caption) => caption === "Kedaluwarsa")).toHaveLength(1);
    await lab.clock(0);
  });

  test("a container that Instagram denies knowing decides nothing, and two like posts need a person", async () => {
    const account = await connected();
    const mine = publication(account, "Sama persis");
    await fault("POST media_publish", "accept-then-500");
    await failure(mine.publish());
    await fault("GET container", "100-33");
    expect(await mine.find()).toEqual({ kind: "unknown" });
    await publishByHand(lab, `${pictures.url}/ponsel`, "Sama persis");
    expect(await mine.find()).toEqual({ kind: "unknown" });
  });

  test("a carousel keeps the order of its pictures and their alternative texts", async () => {
    const account = await connected();
    const mine = publication(account, "Tiga foto", { pictures: [picture("x", "Satu"), picture("y", "Dua"), picture("z", "")] });
    const result = await mine.publish();
    const post = result.kind === "done" ? result.published.remoteId : "";
    const { children } = await graphOf(lab)<{ children: { data: { alt_text?: string }[] } }>(`${post}?fields=children{alt_text}`);
    expect(children.data.map((child) => child.alt_text)).toEqual(["Satu", "Dua", undefined]);
    const told = (await connector.fetchPosts(account, new Date(0))).find((one) => one.remoteId === post);
    expect(told).toMatchObject({ visual: "image", hasAlt: false, metrics: { likes: 0, reach: 0 } });
  });

  test("the same answer to two citizens of one thread: one from just before decides nothing", async () => {
    const account = await connected();
    const post = await publishByHand(lab, `${pictures.url}/ponsel`, "Utas");
    const top = await visit(lab, post, { name: "siti", message: "Kapan?" });
    const below = await visit(lab, post, { name: "budi", message: "Ya, kapan?", parent: top });
    const target = (remoteId: string, ref: Content["replyTo"] extends infer T ? (T extends { ref: infer R } ? R : never) : never) => ({
      remoteId,
      postRemoteId: post,
      ref,
    });
    await publication(account, "Besok.", { pictures: [], replyTo: target(top, { top: null }) }).publish();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const mine = publication(account, "Besok.", { pictures: [], replyTo: target(below, null) });
    await fault("POST replies", "drop-before");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toEqual({ kind: "unknown" });
  });

  test("a token gets sixty days more when a day has passed, and ten days before its end again", async () => {
    const account = await connected();
    const day = 24 * 60 * 60_000;
    const start = Date.now();
    const at = (days: number) => new Date(start + days * day);
    expect(await connector.refresh(account, at(0.5)), "too young").toBeNull();
    const first = await connector.refresh(account, at(1.1));
    expect(first).toMatchObject({ accessToken: expect.not.stringMatching(token), expiresAt: at(61.1).toISOString() });
    const renewed = { ...account, grant: first ?? {} };
    expect(await connector.fetchProfile(renewed)).toMatchObject({ remoteId: id });
    expect(await connector.refresh(renewed, at(50))).toBeNull();
    await fault("GET refresh_access_token", "500-before");
    const later = await connector.refresh(renewed, at(51.2));
    expect(later, "trouble puts it off and ends nothing").toMatchObject({
      accessToken: first?.accessToken,
      refreshAfter: at(51.45).toISOString(),
    });
    await fault("GET refresh_access_token", "190");
    expect(await failure(connector.refresh(renewed, at(51.2)))).toEqual({ kind: "needs-reauth", reason: "expired" });
    await seedAccount(lab);
  });

  test("Meta's handshake is answered with its challenge, and only for our token", () => {
    const query = new URLSearchParams({ "hub.mode": "subscribe", "hub.challenge": "7", "hub.verify_token": labVerifyToken });
    expect(connector.answerChallenge!(query, labVerifyToken)).toBe("7");
    expect(connector.answerChallenge!(query, "lain")).toBeNull();
  });
});
