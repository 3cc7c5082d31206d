/** What Facebook refuses by its own rules, and what our connector makes of it, before the platform lab. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Connector, Content } from "#lib/platforms/contract.ts";
import { facebookConnector } from "#lib/platforms/facebook/connector.ts";
import { clip, clips } from "../support/clips.ts";
import {
  accountOf,
  bare,
  connectorTo,
  consentOf,
  failure,
  page,
  publicationOf,
  redirectUri,
  seedPage,
  token,
} from "../support/facebook.ts";
import { labSecret, type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen, tinyPng } from "../support/listener.ts";

const minute = 60_000;
let lab: RunningLab;
let films: Listener;
let connector: Connector;
beforeAll(async () => {
  lab = await startLab();
  films = await listen(() => ({ type: "video/mp4", body: clips.vertical }));
  connector = connectorTo(lab);
});
beforeEach(async () => {
  await lab.reset();
  await seedPage(lab);
});
afterAll(async () => {
  await lab.stop();
  await films.close();
});

const account = (pageToken?: string) => accountOf(`${lab.url}/meta`, pageToken);
const publication = (text: string, more: Partial<Content> = {}, as = account()) => publicationOf(connector, as, { ...bare(text), ...more });
const posts = async () => (await connector.fetchPosts(account(), new Date(0))).map(({ text }) => text);
const picture = (bytes: Buffer) => ({
  ...({ digest: "g", alt: "", mime: "image/png", width: 1, height: 1, bytes: bytes.length, read: async () => bytes } as const),
  publicUrl: async () => "https://garda.contoh.go.id/media/p/t",
});

test("a token that has ended or was withdrawn asks for another", async () => {
  const pages = [{ id: page, name: "Pemkab Tegal", username: "pemkabtegal", token }];
  await lab.seed({ pages: [{ ...pages[0]!, token_expires: new Date(Date.now() + minute).toISOString() }] });
  expect(await connector.fetchProfile(account())).toMatchObject({ remoteId: page });
  await lab.clock(2 * minute);
  expect(await failure(connector.fetchProfile(account()))).toEqual({ kind: "needs-reauth", reason: "expired" });
  await lab.clock(0);
  const revoked = { kind: "needs-reauth", reason: "revoked" };
  await lab.fault({ endpoint: "GET page", fault: "revoke" });
  for (let i = 0; i < 2; i += 1) expect(await failure(connector.fetchProfile(account())), `try ${i + 1}`).toEqual(revoked);
});

test("a token posts with its permission, as a page's own and on that page alone", async () => {
  const scope = { kind: "needs-reauth", reason: "scope" };
  await lab.seed({
    pages: [{ id: "1002", name: "Dinkes", username: "dinkes", token: "EAAG-dinkes" }],
    users: [{ id: "55", name: "Admin", token: "EAAG-orang", pages: [page] }],
  });
  expect(await failure(publication("Asing", {}, account("EAAG-dinkes")).publish())).toEqual(scope);
  expect(await failure(publication("Orang", {}, account("EAAG-orang")).publish())).toEqual({ kind: "needs-reauth", reason: "revoked" });
  await seedPage(lab, ["pages_show_list", "pages_read_engagement"]);
  expect(await failure(publication("Tanpa izin").publish())).toEqual(scope);
  await seedPage(lab);
  expect(await posts()).toEqual([]);
});

test("a code opens pages for ten minutes, for our app and at our address alone", async () => {
  const url = connector.authorize!.url({ state: "s", challenge: "c", redirectUri });
  const code = async () => (await consentOf(page)(url)).searchParams.get("code") ?? "";
  const app = { id: "880011", secret: labSecret, dialogUrl: `${lab.url}/facebook` };
  const exchange = async (given: string, { uri = redirectUri, ...other }: { uri?: string; id?: string; secret?: string } = {}) =>
    facebookConnector({ app: { ...app, ...other }, version: "v26.0", now: () => new Date() }).authorize!.exchange({
      ...{ baseUrl: `${lab.url}/meta`, code: given, verifier: "tidak dipakai", redirectUri: uri },
    });
  expect(await exchange(await code())).toHaveLength(1);
  const revoked = { kind: "needs-reauth", reason: "revoked" };
  expect(await failure(exchange(await code(), { uri: `${redirectUri}/lain` })), "another address").toEqual(revoked);
  expect(await failure(exchange(await code(), { id: "1" })), "another app").toEqual(revoked);
  expect(await failure(exchange(await code(), { secret: "tebakan" })), "a guessed secret").not.toBeNull();
  const late = await code();
  await lab.clock(11 * minute);
  expect(await failure(exchange(late)), "late").toEqual(revoked);
  await lab.clock(0);
});

test("words, links and pictures that Facebook does not take are refused for good", async () => {
  const refused = async (more: Partial<Content>, text = "Ditolak") => failure(publication(text, more).publish());
  expect(await refused({}, "a".repeat(63_207))).toMatchObject({ kind: "rejected", code: "invalid" });
  expect(await refused({ link: "mailto:humas@tegalkab.go.id" })).toMatchObject({ kind: "rejected", code: "link-refused" });
  for (const bytes of [Buffer.from("bukan gambar ".repeat(30)), Buffer.concat([tinyPng, Buffer.alloc(4_000_001)])])
    expect(await refused({ pictures: [picture(bytes)] })).toMatchObject({ kind: "rejected", code: "picture-refused" });
  const first = publication("Bergambar", { pictures: [picture(tinyPng)] });
  await first.publish();
  const again = publicationOf(connector, account(), { ...bare("Gambar yang sama"), pictures: [picture(tinyPng)] });
  const spent = { stage: "prepared", at: null, data: first.last().data } as const;
  const attempt = connector.publish(account(), { ...bare("Gambar yang sama"), pictures: [picture(tinyPng)] }, spent, async () => undefined);
  expect(await failure(attempt), "a picture stands in one post").toMatchObject({ kind: "rejected", code: "invalid" });
  await again.publish();
  expect(await posts()).toEqual(["Gambar yang sama", "Bergambar"]);
});

test("the thirty-first reel of a day waits", async () => {
  const graph = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const init = { method: "POST", headers: { authorization: `OAuth ${token}`, ...headers } };
    const answer = await fetch(path.startsWith("http") ? path : `${lab.url}/meta/v26.0/${path}`, {
      ...init,
      ...(Object.keys(fields).length > 0 ? { body: new URLSearchParams(fields) } : {}),
    });
    return (await answer.json()) as { video_id: string; upload_url: string };
  };
  for (let i = 0; i < 30; i += 1) {
    const { video_id, upload_url } = await graph(`${page}/video_reels`, { upload_phase: "start" });
    await graph(upload_url, {}, { file_url: `${films.url}/film` });
    await graph(`${page}/video_reels`, { upload_phase: "finish", video_id, video_state: "PUBLISHED", description: `Ke-${i}` });
  }
  const more = publication("Satu lagi", { video: clip("vertical", { publicUrl: `${films.url}/film` }) });
  expect(await failure(more.publish())).toMatchObject({ kind: "rate-limited", scope: "endpoint" });
  expect(await posts()).toHaveLength(30);
});
