/** What is peculiar to Threads, before the platform lab. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Account, Checkpoint, Content, Picture, ReplyTarget } from "#lib/platforms/contract.ts";
import { threadsConnector } from "#lib/platforms/threads/connector.ts";
import { labVerifyToken, type RunningLab, startLab } from "../support/lab.ts";
import type { Listener } from "../support/listener.ts";
import {
  connectorOf,
  consent,
  filmFrom,
  graphOf,
  threadsId as id,
  mediaServer,
  pictureFrom,
  publishByHand,
  seedAccount,
  threadsToken as token,
  visit,
} from "../support/threads.ts";

const day = 24 * 60 * 60_000;
type Row = { id: string; text?: string };

describe("Threads' own rules", () => {
  let lab: RunningLab;
  let files: Listener;
  let picture: (digest: string, alt: string) => Picture;
  let connector: ReturnType<typeof connectorOf>;
  beforeAll(async () => {
    lab = await startLab();
    files = await mediaServer();
    picture = pictureFrom(files);
    connector = connectorOf(`${lab.url}/threads`);
    await seedAccount(lab);
  });
  afterAll(async () => {
    await lab.stop();
    await files.close();
  });

  const baseUrl = () => `${lab.url}/threads`;
  const login = () => ({ baseUrl: baseUrl(), identifier: id, secret: token });
  const fault = (endpoint: string, name: string, more: { times?: number } = {}) =>
    lab.fault({ platform: "threads", endpoint, fault: name, ...more });
  const failure = (attempt: Promise<unknown>) =>
    attempt.then(
      () => null,
      (error: { failure?: unknown }) => error.failure,
    );

  async function connected(): Promise<Account> {
    const { profile, grant } = await connector.connect!(login());
    return { platform: "threads", mode: "api", remoteId: profile.remoteId, handle: profile.handle, baseUrl: baseUrl(), grant };
  }

  /** A publication that remembers its checkpoint as the delivery engine does. */
  function publication(account: Account, text: string, more: Partial<Content> = {}) {
    const content: Content = { ...bare, text, key: text, ...more };
    const kept: Checkpoint[] = [{ stage: "new", at: null, data: {} }];
    const publish = () => connector.publish(account, content, kept.at(-1)!, async (next) => void kept.push(structuredClone(next)));
    return {
      last: () => kept.at(-1)!,
      publish,
      id: async () => {
        const result = await publish();
        return result.kind === "done" ? result.published.remoteId : "";
      },
      find: () => connector.findPublished(account, content, kept.at(-1)!),
    };
  }
  const bare: Omit<Content, "text" | "key"> = { title: null, link: null, pictures: [], video: null, collaborators: [], replyTo: null };
  const calls = async (endpoint: string) => (await lab.journal()).filter((entry) => entry.endpoint === endpoint).length;
  const times = async (text: string) =>
    (await graphOf(lab)<{ data: Row[] }>("me/threads?limit=100&fields=text")).data.filter((post) => post.text === text).length;

  test("an account is connected by its name or its number, with its own token and the needed permissions", async () => {
    const byName = await connector.connect!({ ...login(), identifier: "pemkabtegal" });
    expect(byName.profile).toMatchObject({ remoteId: id, handle: "pemkabtegal", followers: 1200 });
    expect(byName.grant.expiresAt, "Threads tells when the token ends").not.toBeNull();
    expect(await failure(connector.connect!({ ...login(), identifier: "dinkestegal" }))).toEqual({
      kind: "rejected",
      code: "wrong-account",
    });
    await seedAccount(lab, { scopes: ["threads_basic", "threads_content_publish", "threads_manage_insights"] });
    expect(await failure(connector.connect!(login()))).toEqual({
      kind: "needs-reauth",
      reason: "scope",
      missing: ["threads_manage_replies", "threads_read_replies"],
    });
    await seedAccount(lab, { followers: null });
    expect((await connector.connect!(login())).profile.followers, "a figure that is not told is not zero").toBeNull();
    await seedAccount(lab);
  });

  test("a consent lasts sixty days; where Threads does not tell what was given, the first call does", async () => {
    const url = connector.authorize!.url({ state: "s", challenge: "tidak dipakai", redirectUri: "http://127.0.0.1:9/kembali" });
    const exchange = async (without: string) => {
      const back = await consent(url, without);
      const code = back.searchParams.get("code") ?? "";
      return connector.authorize!.exchange({ baseUrl: baseUrl(), code, verifier: "", redirectUri: "http://127.0.0.1:9/kembali" });
    };
    const [opened] = await exchange("threads_manage_insights");
    expect(opened?.profile).toMatchObject({ remoteId: id, followers: null });
    const { refreshAfter, expiresAt } = opened!.grant as { refreshAfter: string; expiresAt: string };
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / day)).toBe(60);
    expect(Math.round((Date.parse(refreshAfter) - Date.now()) / day)).toBe(50);
    await fault("GET debug_token", "10");
    const [untold] = await exchange("threads_content_publish");
    const account: Account = {
      platform: "threads",
      mode: "api",
      remoteId: id,
      handle: "pemkabtegal",
      baseUrl: baseUrl(),
      grant: untold!.grant,
    };
    expect(await failure(publication(account, "Tanpa izin").publish())).toEqual({ kind: "needs-reauth", reason: "scope" });
  });

  test("without the app's own secret there is no consent page to go to", () => {
    expect(threadsConnector({ app: null, version: "v1.0", now: () => new Date() }).authorize).toBeNull();
  });

  test("a link goes out in the text, and its preview is the one that the author chose", async () => {
    const account = await connected();
    const link = "https://tegalkab.go.id/jadwal";
    const post = await publication(account, "Bukan https://contoh.id melainkan ini", { link }).id();
    const read = await graphOf(lab)<{ text: string; link_attachment_url: string }>(`${post}?fields=text,link_attachment_url`);
    expect(read).toMatchObject({ text: `Bukan https://contoh.id melainkan ini\n\n${link}`, link_attachment_url: link });
    const withPicture = await publication(account, "Bergambar", { link, pictures: [picture("l", "Peta")] }).id();
    expect(await graphOf(lab)(`${withPicture}?fields=text,media_type`)).toMatchObject({
      text: `Bergambar\n\n${link}`,
      media_type: "IMAGE",
    });
  });

  test("a carousel keeps the order of its pictures and their alternative texts", async () => {
    const account = await connected();
    const post = await publication(account, "Tiga foto", { pictures: [picture("x", "Satu"), picture("y", "Dua"), picture("z", "")] }).id();
    const { children } = await graphOf(lab)<{ children: { data: { alt_text?: string }[] } }>(`${post}?fields=children{alt_text}`);
    expect(children.data.map((child) => child.alt_text)).toEqual(["Satu", "Dua", undefined]);
    const told = (await connector.fetchPosts(account, new Date(0))).find((one) => one.remoteId === post);
    expect(told).toMatchObject({ visual: "image", hasAlt: false, metrics: { likes: 0, comments: 0, shares: 0, views: 0, reach: null } });
  });

  test("figures are told of the newest fifty posts, and of none without the permission; the posts are told all the same", async () => {
    await lab.reset();
    await seedAccount(lab);
    const at = (i: number) => new Date(Date.UTC(2026, 5, 1) + i * 60_000).toISOString();
    const posts = Array.from({ length: 60 }, (_, i) => ({
      account: id,
      text: `Ke-${i}`,
      created_time: at(i),
      likes: i,
      reposts: 2,
      quotes: 1,
    }));
    await lab.seed({ platform: "threads", posts });
    const account = await connected();
    const told = await connector.fetchPosts(account, new Date(0));
    expect(told).toHaveLength(60);
    expect(told[0]).toMatchObject({ text: "Ke-59", metrics: { likes: 59, shares: 3, views: null } });
    expect(told.filter((post) => post.metrics.likes !== null)).toHaveLength(50);
    const before = await calls("GET insights");
    await seedAccount(lab, { scopes: ["threads_basic", "threads_content_publish", "threads_manage_replies", "threads_read_replies"] });
    const without = await connector.fetchPosts(account, new Date(0));
    expect(without.every((post) => post.metrics.likes === null)).toBe(true);
    expect((await calls("GET insights")) - before, "refused once, asked no more").toBe(1);
    await seedAccount(lab);
  });

  test("a container that takes long is kept, and published by a later attempt", async () => {
    const mine = publication(await connected(), "Lama diproses");
    const before = await calls("POST threads");
    await fault("POST threads", "in-progress-x10");
    expect(await failure(mine.publish())).toMatchObject({ kind: "retryable", after: expect.any(Date) });
    expect(mine.last().stage).toBe("prepared");
    expect(await mine.publish()).toMatchObject({ kind: "done" });
    expect((await calls("POST threads")) - before).toBe(1);
  });

  test("a container that Threads cannot find when it is to be published is made anew, and the post is there once", async () => {
    const mine = publication(await connected(), "Wadah hilang");
    await fault("POST threads_publish", "24-4279009");
    expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
    expect(await mine.publish()).toMatchObject({ kind: "done" });
    expect(await times("Wadah hilang")).toBe(1);
  });

  test("the same refusal for a post that is live: looked up, found, there once", async () => {
    const mine = publication(await connected(), "Terbit, katanya tidak");
    await fault("POST threads_publish", "accept-then-24-4279009");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(mine.last().stage).toBe("committing");
    expect(await mine.find()).toMatchObject({ kind: "found" });
    expect(await times("Terbit, katanya tidak")).toBe(1);
  });

  test("the container of a lost answer, tried again though it is published, is looked up, found, there once", async () => {
    const account = await connected();
    const mine = publication(account, "Sudah terbit");
    await fault("POST threads_publish", "accept-then-500");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    // As when somebody sends it again all the same.
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toMatchObject({
      kind: "found",
      published: { permalink: expect.stringContaining("/threads/@pemkabtegal/post/") },
    });
    expect(await times("Sudah terbit")).toBe(1);
  });

  test("a video that Threads refuses is refused; one that it could not fetch, or that failed namelessly, is tried anew", async () => {
    const account = await connected();
    const video = filmFrom(files)("v", "");
    const refused = publication(account, "Laju data salah", { video });
    await fault("POST threads", "container-error");
    expect(await failure(refused.publish())).toEqual({ kind: "rejected", code: "video-refused" });
    for (const name of ["container-fetch-error", "container-unknown-error"]) {
      const passing = publication(account, `Sementara: ${name}`, { video });
      await fault("POST threads", name);
      expect(await failure(passing.publish())).toEqual({ kind: "retryable" });
      expect(await passing.publish()).toMatchObject({ kind: "done" });
    }
  });

  test("a restricted profile, a text that is too long and pictures beside a video are refused before anything is sent", async () => {
    const account = await connected();
    await fault("POST threads", "restricted");
    expect(await failure(publication(account, "Dibatasi").publish())).toMatchObject({ kind: "rejected", code: "policy", policy: true });
    expect(await failure(publication(account, "a".repeat(501)).publish())).toMatchObject({ kind: "rejected", code: "invalid" });
    const both = { video: filmFrom(files)("v", ""), pictures: [picture("p", "")] };
    expect(await failure(publication(account, "Keduanya", both).publish())).toEqual({ kind: "rejected", code: "pictures-with-video" });
  });

  test("containers that have expired before they were used are made anew", async () => {
    const account = await connected();
    const mine = publication(account, "Kedaluwarsa", { pictures: [picture("1", ""), picture("2", "")] });
    await fault("POST threads_publish", "500-before");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    await lab.clock(day + 60_000);
    expect(await mine.find()).toEqual({ kind: "absent" });
    expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
    expect(await mine.publish()).toMatchObject({ kind: "done" });
    expect(await times("Kedaluwarsa")).toBe(1);
    await lab.clock(0);
  });

  test("a container that Threads denies knowing decides nothing, and two like posts need a person", async () => {
    const mine = publication(await connected(), "Sama persis");
    await fault("POST threads_publish", "accept-then-500");
    await failure(mine.publish());
    await fault("GET container", "100-33");
    expect(await mine.find()).toEqual({ kind: "unknown" });
    await publishByHand(lab, "Sama persis");
    expect(await mine.find()).toEqual({ kind: "unknown" });
  });

  test("an answer carries pictures, and the same words to two citizens are told apart by whom they answer", async () => {
    const account = await connected();
    const post = await publishByHand(lab, "Utas");
    const ask = async (name: string): Promise<ReplyTarget> => ({
      remoteId: await visit(lab, post, { name, message: "Kapan?" }),
      postRemoteId: post,
      ref: null,
    });
    const [siti, budi] = [await ask("siti"), await ask("budi")];
    await publication(account, "Besok.", { replyTo: siti, pictures: [picture("peta", "Peta")] }).publish();
    const lost = publication(account, "Besok.", { replyTo: budi });
    await fault("POST threads_publish", "accept-then-drop");
    expect(await failure(lost.publish())).toEqual({ kind: "ambiguous" });
    const found = await lost.find();
    const answers = (await connector.fetchComments(account, new Date(0), [post])).comments.filter((one) => one.own);
    expect(answers.map((one) => one.parentRemoteId).sort()).toEqual([siti.remoteId, budi.remoteId].sort());
    expect(found).toMatchObject({
      kind: "found",
      published: { remoteId: answers.find((one) => one.parentRemoteId === budi.remoteId)?.remoteId },
    });
  });

  test("comments are paged to their end, each author known by name; a post that is gone has none", async () => {
    const post = await publishByHand(lab, "Ramai");
    const replies = Array.from({ length: 230 }, (_, i) => ({
      post,
      from: { id: String(700 + i), username: `warga.${i}` },
      text: `Balasan ${i}`,
      created_time: new Date(Date.now() - 1_000_000 + i * 1_000).toISOString(),
    }));
    await lab.seed({ platform: "threads", replies });
    const account = await connected();
    const { comments: told, whole } = await connector.fetchComments(account, new Date(0), ["999", post]);
    expect(whole, "of a post that is gone nothing is known").toEqual([post]);
    expect(new Set(told.map((one) => one.author.remoteId)).size).toBe(230);
    expect(told[0]).toMatchObject({ author: { remoteId: "warga.229", name: "warga.229" }, own: false, parentRemoteId: null });
    const { comments: young } = await connector.fetchComments(account, new Date(Date.now() - 1_000_000 + 225_000), [post]);
    expect(young.length).toBeLessThanOrEqual(5);
  });

  test("a token gets sixty days more when a day has passed, and ten days before its end again", async () => {
    await seedAccount(lab);
    const account = await connected();
    const start = Date.now();
    const at = (days: number) => new Date(start + days * day);
    const aged: Account = { ...account, grant: { ...account.grant, refreshAfter: at(1).toISOString() } };
    expect(await connector.refresh(aged, at(0.5)), "not yet").toBeNull();
    const first = await connector.refresh(aged, at(1.1));
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
  });

  test("Meta's handshake is answered with its challenge, and only for our token", () => {
    const query = new URLSearchParams({ "hub.mode": "subscribe", "hub.challenge": "7", "hub.verify_token": labVerifyToken });
    expect(connector.answerChallenge!(query, labVerifyToken)).toBe("7");
    expect(connector.answerChallenge!(query, "lain")).toBeNull();
  });
});
