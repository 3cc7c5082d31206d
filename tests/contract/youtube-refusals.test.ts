/** What YouTube refuses by its own rules, and what our connector makes of it, before the platform lab. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Account, Checkpoint, Content } from "#lib/platforms/contract.ts";
import { youtubeConnector } from "#lib/platforms/youtube/connector.ts";
import { clip } from "../support/clips.ts";
import { atFirst, connect, content, failure, googleClient, type RunningYoutube, scopes, startYoutube } from "../support/youtube.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const channel = { id: "UCpemkabtegal", title: "Pemkab Tegal", handle: "pemkabtegal", token: "token-uji", subscribers: 1200 };
const redirectUri = "http://127.0.0.1:41100/settings/channels/consent/youtube";
const verifier = "pembuktian-yang-cukup-panjang-untuk-uji-penolakan-0123456789";
const challenge = createHash("sha256").update(verifier).digest("base64url");
const revoked = { kind: "needs-reauth", reason: "revoked" };
let lab: RunningYoutube;
let connector: ReturnType<typeof connect>;
beforeAll(async () => {
  lab = await startYoutube();
  connector = connect(lab);
});
beforeEach(async () => {
  await lab.reset();
  await lab.seedYoutube({ channels: [channel] });
});
afterAll(() => lab.stop());

const account = (grant: Account["grant"] = { accessToken: channel.token }): Account => ({
  ...{ platform: "youtube", mode: "api", remoteId: channel.id, handle: channel.handle, baseUrl: lab.api, grant },
});
function publication(more: Partial<Content> = {}) {
  const kept: Checkpoint[] = [atFirst];
  const save = async (next: Checkpoint) => void kept.push(structuredClone(next));
  return { last: () => kept.at(-1)!, publish: () => connector.publish(account(), { ...content, ...more }, kept.at(-1)!, save) };
}
const posts = async () => (await connector.fetchPosts(account(), new Date(0))).length;

test("an access token serves an hour; a code ten minutes, with its proof, for our app and at the address it was given at", async () => {
  const url = connector.authorize!.url({ state: "s", challenge, redirectUri });
  const code = async (asked = url) => {
    const answer = await fetch(`${asked}&as=${channel.handle}`, { redirect: "manual" });
    return new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
  };
  const exchange = (given: string, proof = verifier, uri = redirectUri) =>
    connector.authorize!.exchange({ baseUrl: lab.api, code: given, verifier: proof, redirectUri: uri });
  expect(await failure(exchange(await code(), `${verifier}x`)), "another proof").toEqual(revoked);
  expect(await failure(exchange(await code(), verifier, `${redirectUri}/lain`)), "another address").not.toBeNull();
  const app = { clientId: googleClient.clientId, clientSecret: "tebakan", dialogUrl: `${lab.url}/youtube`, tokenUrl: lab.api };
  const guessing = youtubeConnector({ app, now: () => new Date() }).authorize!;
  const answer = { baseUrl: lab.api, code: await code(), verifier, redirectUri };
  expect(await failure(guessing.exchange(answer))).toEqual({ kind: "not-entitled", what: "review" });
  const late = await code();
  await lab.clock(11 * minute);
  expect(await failure(exchange(late)), "late").toEqual(revoked);
  await lab.clock(0);
  const [online] = await exchange(await code(url.replace("access_type=offline", "access_type=online")));
  expect(online!.grant.refreshToken, "lasting access is given where it is asked for").toBeUndefined();
  const [opened] = await exchange(await code());
  expect(opened!.grant.refreshToken).toEqual(expect.any(String));
  expect(await connector.fetchProfile(account(opened!.grant))).toMatchObject({ remoteId: channel.id });
  await lab.clock(hour);
  expect(await failure(connector.fetchProfile(account(opened!.grant)))).toEqual(revoked);
  await lab.clock(0);
});

test("a token uploads with the scope for it", async () => {
  await lab.seedYoutube({ channels: [{ ...channel, scopes: ["https://www.googleapis.com/auth/youtube.readonly"] }] });
  expect(await failure(publication().publish())).toEqual({ kind: "needs-reauth", reason: "scope" });
  await lab.seedYoutube({ channels: [{ ...channel, scopes: scopes.slice(0, 1) }] });
  expect(await failure(publication().publish())).toBeNull();
});

test("words that YouTube does not take are refused for good", async () => {
  expect(await failure(publication({ title: "a".repeat(101) }).publish())).toMatchObject({ kind: "rejected", code: "title-refused" });
  expect(await failure(publication({ text: "é".repeat(2_501) }).publish())).toMatchObject({ kind: "rejected", code: "text-refused" });
  expect(await posts()).toBe(0);
});

test("what is no video is taken and never shown", async () => {
  const bytes = Buffer.from("bukan video ".repeat(100));
  await publication({ video: clip("wide", { bytes }) }).publish();
  await publication().publish();
  expect(await posts()).toBe(1);
});

test("a used-up day waits for midnight in California, of uploads and of everything else", async () => {
  await lab.seedYoutube({ quota: { uploads: 1 } });
  await publication().publish();
  const limited = await failure(publication().publish());
  expect(limited).toMatchObject({ kind: "rate-limited", scope: "app" });
  const { until } = limited as { until: Date };
  await lab.clock(until.getTime() + minute - Date.now());
  expect(await failure(publication().publish()), "the next day").toBeNull();
  await lab.clock(0);
  await lab.seedYoutube({ quota: { uploads: null, units: 0 } });
  expect(await failure(connector.fetchProfile(account()))).toMatchObject({ kind: "rate-limited", scope: "app" });
});

test("a session ends after a week: the upload is begun anew", async () => {
  const mine = publication();
  await lab.spoilYoutube({ endpoint: "PUT last", fault: "308-without-range" });
  expect(await failure(mine.publish())).toEqual({ kind: "retryable" });
  const session = mine.last().data.session;
  await lab.clock(8 * day);
  await lab.seedYoutube({ channels: [channel] });
  await mine.publish();
  expect(mine.last().data.session).not.toBe(session);
  await lab.clock(0);
});

test("a session takes what was announced, in whole units and in its order, and makes one video", async () => {
  const unit = 262_144;
  const size = 2 * unit;
  const open = async () => {
    const query = new URLSearchParams({ uploadType: "resumable", part: "snippet,status" });
    const answer = await fetch(`${lab.api}/upload/youtube/v3/videos?${query}`, {
      method: "POST",
      headers: {
        ...{ authorization: `Bearer ${channel.token}`, "content-type": "application/json" },
        ...{ "x-upload-content-length": String(size), "x-upload-content-type": "video/mp4" },
      },
      body: JSON.stringify({ snippet: { title: "Bertahap" }, status: { privacyStatus: "public" } }),
    });
    return answer.headers.get("location") ?? "";
  };
  const session = await open();
  const put = async (from: number, to: number, total = size, bytes = to - from) => {
    const headers = { "content-range": `bytes ${from}-${to - 1}/${total}`, "content-type": "video/mp4" };
    const answer = await fetch(session, { method: "PUT", redirect: "manual", headers, body: new Uint8Array(bytes) });
    return [answer.status, answer.headers.get("range")];
  };
  expect(await put(0, 1_000), "no whole unit").toEqual([400, null]);
  expect(await put(0, unit, size, 2 * unit), "another length").toEqual([400, null]);
  expect(await put(0, unit, size + unit), "another size").toEqual([400, null]);
  expect(await put(unit, size), "from the middle").toEqual([308, null]);
  expect(await put(0, unit)).toEqual([308, `bytes=0-${unit - 1}`]);
  expect((await put(unit, size))[0]).toBe(201);
  expect((await put(unit, size))[0], "sent again").toBe(200);
});
