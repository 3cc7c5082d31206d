/** What Threads refuses by its own rules, and what our connector makes of it, before the platform lab. */
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account, Connector, Content } from "#lib/platforms/contract.ts";
import { threadsConnector } from "#lib/platforms/threads/connector.ts";
import { clip, clips } from "../support/clips.ts";
import { labSecret, type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";
import {
  connectorOf,
  consent,
  graphOf,
  threadsId as id,
  pictureFrom,
  publishByHand,
  seedAccount,
  threadsToken as token,
  visit,
} from "../support/threads.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const neighbour = { id: "17841400000000002", username: "dinkestegal", name: "Dinkes Tegal", token: "THAA-dinkes" };
const redirectUri = "http://127.0.0.1:9/kembali";
let lab: RunningLab;
let files: Listener;
let connector: Connector;
beforeAll(async () => {
  lab = await startLab();
  connector = connectorOf(`${lab.url}/threads`);
  const solid = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: "#1f6f8b" } })
      .jpeg()
      .toBuffer();
  const lengthy = Buffer.from(clips.vertical);
  // The length of a film stands in its head: here 700 s.
  lengthy.writeUInt32BE(lengthy.readUInt32BE(lengthy.indexOf("mvhd") + 16) * 700, lengthy.indexOf("mvhd") + 20);
  const named: Record<string, Buffer> = { photo: await solid(400, 400), long: await solid(1_100, 100), lengthy };
  files = await listen(({ url }) => {
    const name = url.split("/").at(-1) ?? "";
    return name === "gone" ? { status: 404 } : { body: named[name.replace(/\d+$/, "")] ?? "bukan gambar dan bukan video ".repeat(9) };
  });
});
beforeEach(async () => {
  await lab.reset();
  await seedAccount(lab);
  await lab.seed({ platform: "threads", accounts: [neighbour] });
});
afterAll(async () => {
  await lab.stop();
  await files.close();
});

const account = (accessToken = token): Account => ({
  ...{ platform: "threads", mode: "api", remoteId: id, handle: "pemkabtegal", baseUrl: `${lab.url}/threads` },
  grant: { accessToken, refreshAfter: new Date().toISOString(), expiresAt: null },
});
const bare: Omit<Content, "text" | "key"> = { title: null, link: null, pictures: [], video: null, collaborators: [], replyTo: null };
const publish = (text: string, more: Partial<Content> = {}, as = account()) =>
  connector.publish(as, { ...bare, text, key: text, ...more }, { stage: "new", at: null, data: {} }, async () => undefined);
const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure,
  );
const picture = (name: string) => pictureFrom(files)(name, "");
const graph = <T>(path: string, body?: Record<string, string>) => graphOf(lab)<T>(path, body);
const texts = async () => (await graph<{ data: { text: string }[] }>("me/threads?limit=100&fields=text")).data.map(({ text }) => text);

test("a token that has ended or was withdrawn asks for another; one of another account opens nothing here", async () => {
  await lab.clock(61 * day);
  expect(await failure(connector.fetchProfile(account()))).toEqual({ kind: "needs-reauth", reason: "expired" });
  await lab.clock(0);
  expect(await failure(publish("Asing", {}, account(neighbour.token)))).toEqual({ kind: "needs-reauth", reason: "scope" });
  const revoked = { kind: "needs-reauth", reason: "revoked" };
  expect(await failure(connector.fetchProfile(account("THAA-lain"))), "unknown").toEqual(revoked);
  await lab.fault({ platform: "threads", endpoint: "GET account", fault: "revoke" });
  for (let i = 0; i < 2; i += 1) expect(await failure(connector.fetchProfile(account())), `try ${i + 1}`).toEqual(revoked);
});

test("a post takes the permission to publish, an answer the one to answer", async () => {
  const post = await publishByHand(lab, "Utas");
  const asked = await visit(lab, post, { name: "siti", message: "Kapan?" });
  const replyTo = { remoteId: asked, postRemoteId: post, ref: null };
  await seedAccount(lab, { scopes: ["threads_basic", "threads_content_publish"] });
  expect(await failure(publish("Jawaban", { replyTo }))).toEqual({ kind: "needs-reauth", reason: "scope" });
  expect(await failure(publish("Boleh"))).toBeNull();
  await seedAccount(lab, { scopes: ["threads_basic", "threads_manage_replies"] });
  expect(await failure(publish("Tidak boleh"))).toEqual({ kind: "needs-reauth", reason: "scope" });
  expect(await texts()).toEqual(["Boleh", "Utas"]);
});

test("a code serves an hour, our app alone, at the address it was given at", async () => {
  const url = connector.authorize!.url({ state: "s", challenge: "c", redirectUri });
  const code = async () => (await consent(url)).searchParams.get("code") ?? "";
  const exchange = (given: string, { uri = redirectUri, ...other }: { uri?: string; id?: string; secret?: string } = {}) => {
    const app = { id: "aplikasi-uji", secret: labSecret, dialogUrl: `${lab.url}/threads`, ...other };
    const ours = threadsConnector({ app, version: "v1.0", now: () => new Date() });
    return ours.authorize!.exchange({ baseUrl: `${lab.url}/threads`, code: given, verifier: "", redirectUri: uri });
  };
  expect(await exchange(await code())).toHaveLength(1);
  const revoked = { kind: "needs-reauth", reason: "revoked" };
  for (const other of [{ uri: `${redirectUri}/lain` }, { id: "lain" }, { secret: "tebakan" }])
    expect(await failure(exchange(await code(), other)), JSON.stringify(other)).toEqual(revoked);
  const late = await code();
  await lab.clock(61 * minute);
  expect(await failure(exchange(late)), "late").toEqual(revoked);
  await lab.clock(0);
});

test("a token that is not a day old gets no longer life yet, and stays as it is", async () => {
  const young = { id, username: "pemkabtegal", name: "Pemkab Tegal", token, token_issued: new Date().toISOString() };
  await lab.seed({ platform: "threads", accounts: [young] });
  expect(await connector.refresh(account(), new Date())).toMatchObject({ accessToken: token });
});

test("words that Threads does not take are refused for good: too long by their emoji too, or with too many links", async () => {
  const family = "👨‍👩‍👧‍👦";
  expect(await failure(publish(family.repeat(20))), "25 bytes each").toBeNull();
  expect(await failure(publish(family.repeat(21)))).toMatchObject({ kind: "rejected", code: "invalid" });
  const links = (count: number) => Array.from({ length: count }, (_, i) => `https://tegalkab.go.id/${i}`).join(" ");
  expect(await failure(publish(links(5)))).toBeNull();
  expect(await failure(publish(links(6)))).toMatchObject({ kind: "rejected" });
});

test("pictures and videos that Threads does not take are refused for good; what it could not fetch may be tried again", async () => {
  for (const name of ["text", "long"])
    expect(await failure(publish("Gambar", { pictures: [picture(name)] })), name).toMatchObject({
      kind: "rejected",
      code: "picture-refused",
    });
  expect(await failure(publish("Gambar", { pictures: [picture("gone")] }))).toEqual({ kind: "retryable" });
  const film = (name: string) => clip("vertical", { publicUrl: `${files.url}/${name}` });
  for (const name of ["text", "lengthy"])
    expect(await failure(publish("Video", { video: film(name) })), name).toMatchObject({ kind: "rejected", code: "video-refused" });
  expect(await failure(publish("Video", { video: film("gone") }))).toEqual({ kind: "retryable" });
  const many = Array.from({ length: 21 }, (_, i) => picture(`photo${i}`));
  expect(await failure(publish("Banyak", { pictures: many }))).not.toBeNull();
  expect(await texts()).toEqual([]);
});

test("what is answered must be there, in a conversation of the account's own", async () => {
  const theirs = { account: neighbour.id, id: "9100", text: "Posyandu", created_time: new Date().toISOString() };
  await lab.seed({ platform: "threads", posts: [theirs] });
  const answer = (remoteId: string) => failure(publish("Jawaban", { replyTo: { remoteId, postRemoteId: remoteId, ref: null } }));
  expect(await answer("9100")).toMatchObject({ kind: "rejected", code: "invalid" });
  expect(await answer("404")).toMatchObject({ kind: "rejected", code: "not-found" });
});

test("a container is published once, when it is finished; the 251st post of a day waits", async () => {
  type Answer = { id?: string; error?: { code: number } };
  const create = async (text: string) => (await graph<{ id: string }>("me/threads", { media_type: "TEXT", text })).id;
  const publishContainer = (creation_id: string) => graph<Answer>("me/threads_publish", { creation_id });
  const slow = await graph<{ id: string }>("me/threads", { media_type: "IMAGE", image_url: `${files.url}/photo`, text: "Dini" });
  expect((await publishContainer(slow.id)).error, "not yet").toMatchObject({ code: 24 });
  const open = await Promise.all(Array.from({ length: 250 }, (_, i) => create(`Ke-${i}`)));
  await lab.clock(minute);
  for (const creation of open) expect((await publishContainer(creation)).error).toBeUndefined();
  expect((await publishContainer(open[0]!)).error, "a second time").toMatchObject({ code: 24 });
  expect(await failure(publish("Satu lagi"))).toMatchObject({ kind: "rate-limited", scope: "account" });
  await lab.clock(0);
});
