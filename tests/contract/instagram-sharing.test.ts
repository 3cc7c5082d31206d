/** Instagram's video, shared authorship and consent page, by our connector before the platform lab. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Account, Connector, Content, Picture } from "#lib/platforms/contract.ts";
import { instagramConnector } from "#lib/platforms/instagram/connector.ts";
import { clips } from "../support/clips.ts";
import {
  bare,
  connectorTo,
  consentOf,
  failure,
  id,
  pictureFrom,
  publicationOf,
  publishByHand,
  redirectUri,
  seedAccount,
  storage,
  token,
  videoFrom,
} from "../support/instagram.ts";
import { type RunningLab, startLab } from "../support/lab.ts";
import type { Listener } from "../support/listener.ts";

describe("Instagram's video, shared authorship and consent", () => {
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
  const fault = (endpoint: string, name: string) => lab.fault({ platform: "instagram", endpoint, fault: name });
  const calls = async (endpoint: string) => (await lab.journal()).filter((entry) => entry.endpoint === endpoint).length;
  const publication = (account: Account, text: string, more: Partial<Content> = {}) =>
    publicationOf(connector, account, { ...bare(text), pictures: [picture("a", "Loket")], ...more });

  async function connected(): Promise<Account> {
    const { profile, grant } = await connector.connect!(login());
    return { platform: "instagram", mode: "api", remoteId: profile.remoteId, handle: profile.handle, baseUrl: login().baseUrl, grant };
  }

  const filmed = (path?: string): Partial<Content> => ({ pictures: [], video: videoFrom(pictures)("f1", "", path) });

  test("a video becomes a reel that people can watch, and counts as a video", async () => {
    const account = await connected();
    const result = await publication(account, "Cara memilah sampah", filmed()).publish();
    const { remoteId, permalink } = result.kind === "done" ? result.published : { remoteId: "", permalink: "" };
    expect(permalink).toContain("/instagram/reel/");
    const page = await (await fetch(permalink ?? "")).text();
    const film = /<video[^>]* src="([^"]+)"/.exec(page)?.[1];
    const played = await fetch(`${lab.url}${film}`);
    expect(played.headers.get("content-type")).toBe("video/mp4");
    expect(Buffer.from(await played.arrayBuffer()).equals(clips.vertical)).toBe(true);
    const told = (await connector.fetchPosts(account, new Date(0))).find((post) => post.remoteId === remoteId);
    expect(told).toMatchObject({ visual: "video", hasAlt: null, permalink });
    const body = (await lab.journal()).findLast((entry) => entry.endpoint === "POST media")?.body;
    expect(body).toMatchObject({ media_type: "REELS", share_to_feed: "true", caption: "Cara memilah sampah" });
  });

  test("a video that takes long is kept; one that is none is refused; one that could not be fetched is tried anew", async () => {
    const account = await connected();
    const slow = publication(account, "Video lama", filmed());
    await fault("POST media", "in-progress-x10");
    expect(await failure(slow.publish())).toMatchObject({ kind: "retryable", after: expect.any(Date) });
    expect(await slow.publish()).toMatchObject({ kind: "done" });
    const broken = publication(account, "Bukan video", filmed("photo"));
    expect(await failure(broken.publish())).toMatchObject({ kind: "rejected", code: "video-refused" });
    const gone = publication(account, "Video hilang", filmed("gone"));
    expect(await failure(gone.publish())).toEqual({ kind: "retryable" });
    expect(await failure(publication(account, "Keduanya", { ...filmed(), pictures: [picture("a", "")] }).publish())).toMatchObject({
      kind: "rejected",
      code: "pictures-with-video",
    });
  });

  test("a published video is found beside a picture with the same words", async () => {
    const mine = publication(await connected(), "Kembar", filmed());
    await publishByHand(lab, `${pictures.url}/ponsel`, "Kembar");
    await fault("POST media_publish", "accept-then-drop");
    expect(await failure(mine.publish())).toEqual({ kind: "ambiguous" });
    expect(await mine.find()).toMatchObject({ kind: "found", published: { permalink: expect.stringContaining("/reel/") } });
  });

  const neighbours = ["dinkestegal", "dinsostegal", "dishubtegal"].map((username, i) => ({
    ...{ id: `1784140000000001${i}`, username, name: username, token: `IGAA-${username}` },
  }));
  const neighbour = async (i: number): Promise<Account> => {
    const { token: secret, username: identifier } = neighbours[i]!;
    const { profile, grant } = await connector.connect!({ ...login(), identifier, secret });
    return { ...(await connected()), remoteId: profile.remoteId, handle: profile.handle, grant };
  };

  test("whoever is named as an author too is asked, and stands there once he has agreed", async () => {
    await lab.seed({ platform: "instagram", accounts: neighbours });
    const mine = publication(await connected(), "Vaksinasi bersama", { collaborators: ["dinkestegal", "dinsostegal"] });
    const result = await mine.publish();
    const { remoteId, permalink } = result.kind === "done" ? result.published : { remoteId: "", permalink: "" };
    const [dinkes, dinsos] = [await neighbour(0), await neighbour(1)];
    const asked = { remoteId, from: "pemkabtegal", text: "Vaksinasi bersama", permalink: null, sentAt: null };
    expect(await connector.collaboration!.invites(dinkes)).toEqual([asked]);
    const page = async () => /<h1[^>]*>(.*?)<\/h1>/s.exec(await (await fetch(permalink ?? "")).text())?.[1] ?? "";
    expect(await page()).not.toContain("dinkestegal");
    await connector.collaboration!.answer(dinkes, remoteId, true);
    await connector.collaboration!.answer(dinsos, remoteId, false);
    expect(await page()).toMatch(/pemkabtegal.* dan .*dinkestegal/s);
    expect(await page()).not.toContain("dinsostegal");
    expect(await (await fetch(`${lab.url}/instagram/dinkestegal`)).text()).toContain(new URL(permalink ?? "").pathname);
    expect(await connector.collaboration!.invites(dinkes)).toEqual([]);
    expect(await failure(connector.collaboration!.answer(dinkes, remoteId, false)), "an answer stands").toMatchObject({
      kind: "rejected",
      code: "not-found",
    });
  });

  test("an author whom nobody can ask is named in the refusal, and more than three are refused unsent", async () => {
    const account = await connected();
    for (const more of [{ pictures: [picture("a", "")] }, filmed(), { pictures: [picture("a", ""), picture("b", "")] }]) {
      const mine = publication(account, "Salah nama", { ...more, collaborators: ["dinkestegal", "tidakada"] });
      expect(await failure(mine.publish())).toEqual({ kind: "rejected", code: "collaborator-unknown", detail: "tidakada" });
    }
    const before = await calls("POST media");
    const many = publication(account, "Terlalu ramai", { collaborators: ["a", "b", "c", "d"] });
    expect(await failure(many.publish())).toMatchObject({ kind: "rejected", code: "collaborators-too-many" });
    expect(await calls("POST media")).toBe(before);
  });

  test("a consent lasts sixty days from the start, and is renewed ten days before its end", async () => {
    const back = await consentOf("pemkabtegal")(connector.authorize!.url({ state: "s", challenge: "c", redirectUri }));
    const code = back.searchParams.get("code") ?? "";
    const exchange = (uri: string) =>
      connector.authorize!.exchange({ baseUrl: login().baseUrl, code, verifier: "tidak dipakai", redirectUri: uri });
    const from = Date.now();
    const [opened] = await exchange(redirectUri);
    const day = 24 * 60 * 60_000;
    expect(Date.parse(String(opened?.grant.expiresAt)) - from).toBeGreaterThan(60 * day - 1_000);
    expect(Date.parse(String(opened?.grant.expiresAt)) - Date.parse(String(opened?.grant.refreshAfter))).toBe(10 * day);
    expect(await connector.fetchProfile({ ...(await connected()), grant: opened?.grant ?? {} })).toMatchObject({ remoteId: id });
  });

  test("a code for another address opens nothing, and trouble at the exchange is no refusal", async () => {
    const ask = async () =>
      (await consentOf("pemkabtegal")(connector.authorize!.url({ state: "s", challenge: "c", redirectUri }))).searchParams.get("code") ??
      "";
    const exchange = async (uri: string, code: string) =>
      failure(connector.authorize!.exchange({ baseUrl: login().baseUrl, code, verifier: "", redirectUri: uri }));
    expect(await exchange("http://127.0.0.1:9/lain", await ask())).toEqual({ kind: "needs-reauth", reason: "revoked" });
    await fault("POST access_token", "500-before");
    expect(await exchange(redirectUri, await ask())).toEqual({ kind: "retryable" });
    expect(instagramConnector({ app: null, version: "v26.0", now: () => new Date() }).authorize).toBeNull();
  });
});
