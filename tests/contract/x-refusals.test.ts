/** What X refuses by its own rules, and what our connector makes of it, before the platform lab. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account, Checkpoint, Content, Picture } from "#lib/platforms/contract.ts";
import { xConnector } from "#lib/platforms/x/connector.ts";
import { tinyPng } from "../support/listener.ts";
import { foreignClient, type RunningX, startX, xClient } from "../support/x.ts";

const hour = 3_600_000;
const user = { id: "7001", name: "Pemkab Tegal", username: "pemkabtegal", token: "token-uji" };
const redirectUri = "http://127.0.0.1:41100/balik";
const verifier = "pembuktian-yang-cukup-panjang-untuk-uji-penolakan-0123456789";
const challenge = createHash("sha256").update(verifier).digest("base64url");
let lab: RunningX;
let connector: ReturnType<typeof xConnector>;
beforeAll(async () => {
  lab = await startX();
  connector = xConnector({ app: { ...xClient, dialogUrl: lab.api }, now: () => new Date(), pause: (ms) => lab.pass(ms) });
});
beforeEach(async () => {
  await lab.reset();
  await lab.seedX({ users: [user] });
});
afterAll(() => lab.stop());

const account = (grant: Account["grant"] = { accessToken: user.token }): Account => ({
  ...{ platform: "x", mode: "api", remoteId: user.id, handle: user.username, baseUrl: lab.api, grant },
});
const bare: Omit<Content, "text" | "key"> = { title: null, link: null, pictures: [], video: null, collaborators: [], replyTo: null };
const picture = (bytes: Buffer): Picture => ({
  ...{ digest: "g", alt: "", mime: "image/png", width: 1, height: 1, bytes: bytes.length, read: async () => bytes },
  publicUrl: async () => "https://garda.contoh.id/g.png",
});
function publication(text: string, more: Partial<Content> = {}, from: Checkpoint = { stage: "new", at: null, data: {} }) {
  const kept = [from];
  const content: Content = { ...bare, text, key: text, ...more };
  return {
    last: () => kept.at(-1)!,
    publish: () => connector.publish(account(), content, kept.at(-1)!, async (next) => void kept.push(structuredClone(next))),
  };
}
const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure,
  );
const code = async (without = "") => {
  const page = `${connector.authorize!.url({ state: "s", challenge, redirectUri })}&${new URLSearchParams({ as: user.username, without })}`;
  const answer = await fetch(page, { redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
};
const exchange = (given: string, uri = redirectUri) =>
  connector.authorize!.exchange({ baseUrl: lab.api, code: given, verifier, redirectUri: uri });
const revoked = { kind: "needs-reauth", reason: "revoked" };

test("an access token serves two hours, its refresh token once; a code serves at the address it was given at", async () => {
  expect(await failure(exchange(await code(), `${redirectUri}/lain`))).toEqual(revoked);
  const withheld = { code: await code("offline.access"), codeVerifier: verifier, redirectUri };
  const brief = await foreignClient(lab.api, xClient).loginWithOAuth2(withheld);
  expect(brief.refreshToken, "given with a scope of its own").toBeUndefined();
  const [opened] = await exchange(await code());
  const ours = account(opened!.grant);
  expect(await connector.fetchProfile(ours)).toMatchObject({ remoteId: user.id });
  await lab.pass(2 * hour + 1_000);
  expect(await failure(connector.fetchProfile(ours)), "after two hours").toEqual(revoked);
  const renewed = await connector.refresh(ours, new Date(Date.now() + 2 * hour));
  expect(await connector.fetchProfile(account(renewed!))).toMatchObject({ remoteId: user.id });
  expect(await failure(connector.refresh(ours, new Date(Date.now() + 2 * hour))), "the old one is dead").toEqual(revoked);
});

test("a token posts with the scope for it", async () => {
  await lab.seedX({ users: [{ ...user, scopes: ["tweet.read", "users.read"] }] });
  expect(await failure(publication("Tanpa izin").publish())).toMatchObject({ kind: "needs-reauth", reason: "scope" });
});

test("words that are too heavy are refused for good: links weigh 23, however long", async () => {
  const link = `https://tegalkab.go.id/${"a".repeat(200)}`;
  expect(await failure(publication(`${"a".repeat(256)} ${link}`).publish())).toBeNull();
  expect(await failure(publication(`${"b".repeat(257)} ${link}`).publish())).toMatchObject({ kind: "rejected", code: "invalid" });
  expect(await failure(publication("災".repeat(141)).publish()), "two each").toMatchObject({ kind: "rejected", code: "invalid" });
});

test("the same words within hours are refused, and taken later", async () => {
  await publication("Siaga banjir").publish();
  expect(await failure(publication("Siaga banjir").publish())).toMatchObject({ kind: "rejected", code: "duplicate" });
  await lab.pass(7 * hour);
  expect(await failure(publication("Siaga banjir").publish())).toBeNull();
});

test("what is no picture, or one over 5 MB, is refused; one that stands in a post stands in no other", async () => {
  for (const bytes of [Buffer.from("bukan gambar"), Buffer.concat([tinyPng, Buffer.alloc(5_000_000)])])
    expect(await failure(publication("Ditolak", { pictures: [picture(bytes)] }).publish())).toMatchObject({
      kind: "rejected",
      code: "picture-refused",
    });
  const first = publication("Bergambar", { pictures: [picture(tinyPng)] });
  await first.publish();
  const spent: Checkpoint = { stage: "prepared", at: null, data: first.last().data };
  expect(await failure(publication("Gambar yang sama", { pictures: [picture(tinyPng)] }, spent).publish())).toMatchObject({
    kind: "rejected",
    code: "invalid",
  });
});

test("an upload is whole before it is used: segments without a gap, and as many bytes as were announced", async () => {
  const client = foreignClient(lab.api, user.token).v2;
  const begin = async () => {
    const told = { media_type: "image/png", media_category: "tweet_image", total_bytes: tinyPng.length };
    return ((await client.post("media/upload/initialize", told)) as { data: { id: string } }).data.id;
  };
  const append = (id: string, segment_index: number, media: Buffer) =>
    client.post(`media/upload/${id}/append`, { segment_index, media }, { forceBodyMode: "form-data" });
  const finalized = (id: string) =>
    client.post(`media/upload/${id}/finalize`).then(
      () => 200,
      (error: { code: number }) => error.code,
    );
  const [short, gap, whole] = [await begin(), await begin(), await begin()];
  await append(short, 0, tinyPng.subarray(0, 60));
  await append(gap, 0, tinyPng.subarray(0, 30));
  await append(gap, 2, tinyPng.subarray(30));
  await append(whole, 1, tinyPng.subarray(30));
  await append(whole, 0, tinyPng.subarray(0, 30));
  await expect(append(whole, 0, Buffer.alloc(5_242_881)), "over 5 MiB").rejects.toMatchObject({ code: 400 });
  expect([await finalized(short), await finalized(gap), await finalized(whole)]).toEqual([400, 400, 200]);
});
