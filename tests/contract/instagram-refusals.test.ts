/** What Instagram refuses by its own rules, and what our connector makes of it, before the platform lab. */
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account, Connector, Content, Picture } from "#lib/platforms/contract.ts";
import { instagramConnector } from "#lib/platforms/instagram/connector.ts";
import {
  bare,
  connectorTo,
  consentOf,
  failure,
  graphOf,
  id,
  jpeg,
  pictureFrom,
  publicationOf,
  publishByHand,
  redirectUri,
  seedAccount,
  token,
  visit,
} from "../support/instagram.ts";
import { labSecret, type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen, tinyPng } from "../support/listener.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const neighbour = { id: "17841400000000002", username: "dinkestegal", name: "Dinkes Tegal", token: "IGAA-dinkes" };
const solid = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#1f6f8b" } })
    .jpeg()
    .toBuffer();
let lab: RunningLab;
let files: Listener;
let connector: Connector;
beforeAll(async () => {
  lab = await startLab();
  connector = connectorTo(lab);
  const named: Record<string, Buffer> = { png: tinyPng, narrow: await solid(200, 200), tall: await solid(400, 900) };
  files = await listen(({ url }) => {
    const name = url.split("/").at(-1) ?? "";
    return name === "gone" ? { status: 404, body: jpeg } : { type: "image/jpeg", body: named[name] ?? jpeg };
  });
});
beforeEach(async () => {
  await lab.reset();
  await seedAccount(lab);
  await lab.seed({ platform: "instagram", accounts: [neighbour] });
});
afterAll(async () => {
  await lab.stop();
  await files.close();
});

const account = (accessToken = token): Account => ({
  ...{ platform: "instagram", mode: "api", remoteId: id, handle: "pemkabtegal", baseUrl: `${lab.url}/ig` },
  grant: { accessToken, refreshAfter: new Date().toISOString(), expiresAt: null },
});
const picture = (name: string): Picture => pictureFrom(files)(name, "");
const publish = (text: string, more: Partial<Content> = {}, as = account()) =>
  publicationOf(connector, as, { ...bare(text), pictures: [picture("photo")], ...more }).publish();
const graph = <T>(path: string, body?: Record<string, string>) => graphOf(lab)<T>(path, body);
type Refused = { error?: { code: number; error_subcode?: number } };

test("a token that has ended, was withdrawn or lacks a permission asks for another; one of another account opens nothing here", async () => {
  await lab.clock(61 * day);
  expect(await failure(connector.fetchProfile(account()))).toEqual({ kind: "needs-reauth", reason: "expired" });
  await lab.clock(0);
  expect(await failure(publish("Asing", {}, account(neighbour.token)))).toEqual({ kind: "needs-reauth", reason: "scope" });
  const revoked = { kind: "needs-reauth", reason: "revoked" };
  expect(await failure(connector.fetchProfile(account("IGAA-lain"))), "unknown").toEqual(revoked);
  await lab.fault({ platform: "instagram", endpoint: "GET account", fault: "revoke" });
  for (let i = 0; i < 2; i += 1) expect(await failure(connector.fetchProfile(account())), `try ${i + 1}`).toEqual(revoked);
  await seedAccount(lab, { scopes: ["instagram_business_basic"] });
  expect(await failure(publish("Tanpa izin"))).toEqual({ kind: "needs-reauth", reason: "scope" });
});

test("a code serves once, within an hour, our app alone and at the address it was given at", async () => {
  const url = connector.authorize!.url({ state: "s", challenge: "c", redirectUri });
  const code = async () => (await consentOf("pemkabtegal")(url)).searchParams.get("code") ?? "";
  const exchange = (given: string, { uri = redirectUri, ...other }: { uri?: string; id?: string; secret?: string } = {}) => {
    const app = { id: "990077", secret: labSecret, dialogUrl: `${lab.url}/instagram`, tokenUrl: `${lab.url}/ig`, ...other };
    const ours = instagramConnector({ app, version: "v26.0", now: () => new Date() });
    return ours.authorize!.exchange({ baseUrl: `${lab.url}/ig`, code: given, verifier: "", redirectUri: uri });
  };
  const revoked = { kind: "needs-reauth", reason: "revoked" };
  const once = await code();
  expect(await exchange(once)).toHaveLength(1);
  expect(await failure(exchange(once)), "a second time").toEqual(revoked);
  for (const other of [{ id: "1" }, { secret: "tebakan" }, { uri: `${redirectUri}/lain` }])
    expect(await failure(exchange(await code(), other)), JSON.stringify(other)).toEqual(revoked);
  const late = await code();
  await lab.clock(61 * minute);
  expect(await failure(exchange(late)), "late").toEqual(revoked);
  await lab.clock(0);
});

test("a token that is not a day old gets no longer life yet, and stays as it is", async () => {
  await lab.seed({
    platform: "instagram",
    accounts: [{ id, username: "pemkabtegal", name: "Pemkab Tegal", token, token_issued: new Date().toISOString() }],
  });
  const now = new Date();
  const refreshed = await connector.refresh(account(), now);
  expect(refreshed).toMatchObject({ accessToken: token, refreshAfter: new Date(now.getTime() + 6 * 60 * minute).toISOString() });
});

test("pictures and words that Instagram does not take are refused for good; what it could not fetch may be tried again", async () => {
  for (const name of ["png", "tall"])
    expect(await failure(publish("Gambar", { pictures: [picture(name)] })), name).toMatchObject({
      kind: "rejected",
      code: "picture-refused",
    });
  expect(await failure(publish("Gambar", { pictures: [picture("narrow")] }))).toMatchObject({ kind: "rejected" });
  expect(await failure(publish("Gambar", { pictures: [picture("gone")] }))).toEqual({ kind: "retryable" });
  expect(await failure(publish("a".repeat(2_201)))).toMatchObject({ kind: "rejected" });
  const eleven = Array.from({ length: 11 }, (_, i) => picture(`foto-${i}`));
  expect(await failure(publish("Sebelas", { pictures: eleven }))).toMatchObject({ kind: "rejected" });
  expect((await graph<{ data: unknown[] }>(`${id}/media`)).data).toEqual([]);
});

test("the hundred-and-first post of a day waits", async () => {
  const posts = Array.from({ length: 100 }, (_, i) => `Ke-${i}`);
  const open = await Promise.all(
    posts.map((caption) => graph<{ id: string }>(`${id}/media`, { image_url: `${files.url}/photo`, caption })),
  );
  const part = await graph<{ id: string }>(`${id}/media`, { image_url: `${files.url}/photo`, is_carousel_item: "true" });
  await lab.clock(minute);
  const alone = await graph<Refused>(`${id}/media_publish`, { creation_id: part.id });
  expect(alone.error, "a picture of a carousel is no post").toMatchObject({ code: 24 });
  for (const { id: creation_id } of open) await graph(`${id}/media_publish`, { creation_id });
  expect(await failure(publish("Satu lagi"))).toMatchObject({ kind: "rate-limited", scope: "account" });
  await lab.clock(0);
});

test("whoever made four hundred containers in a day waits", async () => {
  for (let i = 0; i < 40; i += 1)
    await Promise.all(Array.from({ length: 10 }, () => graph(`${id}/media`, { image_url: `${files.url}/photo` })));
  expect(await failure(publish("Wadah lagi"))).toMatchObject({ kind: "rate-limited", scope: "account" });
});

test("answers stand under comments at the top: one to an answer goes to the comment above it", async () => {
  const post = await publishByHand(lab, `${files.url}/photo`, "Utas");
  const top = await visit(lab, post, { name: "siti", message: "Kapan?" });
  const below = await visit(lab, post, { name: "budi", message: "Ya, kapan?", parent: top });
  const straight = await graph<Refused>(`${below}/replies`, { message: "Besok." });
  expect(straight.error).toMatchObject({ code: 100 });
  await publish("Besok.", { pictures: [], replyTo: { remoteId: below, postRemoteId: post, ref: null } });
  const { comments: told } = await connector.fetchComments(account(), new Date(0), [post]);
  expect(told.find(({ own }) => own)).toMatchObject({ text: expect.stringContaining("Besok."), parentRemoteId: top });
});
