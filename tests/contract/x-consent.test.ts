/** Connecting an account of X by its consent page, and what becomes of its tokens. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Account } from "#lib/platforms/contract.ts";
import { xConnector } from "#lib/platforms/x/connector.ts";
import { listen, type Received } from "../support/listener.ts";
import { foreignClient, startX, xClient } from "../support/x.ts";

const user = { id: "7001", name: "Pemkab Tegal", username: "pemkabtegal", token: "token-uji" };
const redirectUri = "http://127.0.0.1:41100/balik";
const verifier = "pembuktian-yang-cukup-panjang-untuk-uji-persetujuan-0123456789";
const challenge = createHash("sha256").update(verifier).digest("base64url");
const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure,
  );

async function stage(onTestFinished: (done: () => Promise<void>) => void) {
  const lab = await startX();
  onTestFinished(() => lab.stop());
  await lab.seedX({ users: [user] });
  const connector = xConnector({ app: { ...xClient, dialogUrl: lab.api }, now: () => new Date() });
  const url = connector.authorize!.url({ state: "keadaan", challenge, redirectUri });
  const walk = async (choice: { [name: string]: string }) => {
    const answer = await fetch(`${url}&${new URLSearchParams(choice)}`, { redirect: "manual" });
    return new URL(answer.headers.get("location") ?? "").searchParams;
  };
  const code = async () => (await walk({ as: user.username })).get("code") ?? "";
  const exchange = (given: string, proof = verifier) =>
    connector.authorize!.exchange({ baseUrl: lab.api, code: given, verifier: proof, redirectUri });
  const open = async (): Promise<Account> => {
    const [{ profile, grant }] = (await exchange(await code())) as [Awaited<ReturnType<typeof exchange>>[number]];
    return { platform: "x", mode: "api", remoteId: profile.remoteId, handle: profile.handle, baseUrl: lab.api, grant };
  };
  return { lab, connector, url, walk, code, exchange, open };
}

test("the page is asked for what the product does and no more, and shows who may consent", async ({ onTestFinished }) => {
  const { url, walk } = await stage(onTestFinished);
  const { pathname, searchParams } = new URL(url);
  expect(pathname).toBe("/x/i/oauth2/authorize");
  expect(Object.fromEntries(searchParams)).toEqual({
    response_type: "code",
    client_id: xClient.clientId,
    redirect_uri: redirectUri,
    scope: "tweet.read tweet.write users.read media.write tweet.moderate.write offline.access",
    state: "keadaan",
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
  expect(await (await fetch(url)).text()).toContain("Izinkan sebagai Pemkab Tegal");
  expect(Object.fromEntries(await walk({ deny: "1" }))).toEqual({ state: "keadaan", error: "access_denied" });
  const real = xConnector({ app: { ...xClient, dialogUrl: "https://x.com" }, now: () => new Date() });
  expect(real.authorize?.url({ state: "s", challenge, redirectUri })).toMatch(/^https:\/\/x\.com\/i\/oauth2\/authorize\?/);
  expect(xConnector({ app: null, now: () => new Date() }).authorize, "without an app of ours there is no consent").toBeNull();
});

test("a code serves our app alone, with its own proof, for half a minute", async ({ onTestFinished }) => {
  const { lab, exchange, code } = await stage(onTestFinished);
  const revoked = { kind: "needs-reauth", reason: "revoked" };
  expect(await failure(exchange("bukan-kode"))).toEqual(revoked);
  expect(await failure(exchange(await code(), `${verifier}x`))).toEqual(revoked);
  const late = await code();
  await lab.pass(30_001);
  expect(await failure(exchange(late))).toEqual(revoked);
  await lab.spoilX({ endpoint: "POST oauth2/token", fault: "500-before" });
  expect(await failure(exchange(await code())), "X's own trouble").toEqual({ kind: "retryable" });
  for (const app of [
    { clientId: "lain", clientSecret: null },
    { ...xClient, clientSecret: "salah" },
  ]) {
    const foreign = xConnector({ app: { ...app, dialogUrl: lab.api }, now: () => new Date() });
    const answer = { baseUrl: lab.api, code: await code(), verifier, redirectUri };
    expect(await failure(foreign.authorize!.exchange(answer)), "our own app is refused, not the account").toEqual({
      kind: "not-entitled",
      what: "review",
    });
    expect((await fetch(foreign.authorize!.url({ state: "s", challenge, redirectUri }))).status).toBe(app.clientId === "lain" ? 400 : 200);
  }
});

test("the permission to hide replies is asked for, and an account without it is still of use", async ({ onTestFinished }) => {
  const { walk, exchange } = await stage(onTestFinished);
  const partial = await walk({ as: user.username, without: "tweet.moderate.write" });
  expect(await exchange(partial.get("code") ?? "")).toMatchObject([{ profile: { remoteId: user.id } }]);
  const bare = await walk({ as: user.username, without: "tweet.write,offline.access" });
  expect(await failure(exchange(bare.get("code") ?? ""))).toEqual({
    kind: "needs-reauth",
    reason: "scope",
    missing: ["tweet.write", "offline.access"],
  });
});

test("of two renewals at once one wins and works; the other asks for a new consent and spoils nothing", async ({ onTestFinished }) => {
  const { connector, open } = await stage(onTestFinished);
  const account = await open();
  const late = new Date(Date.parse(String(account.grant.refreshAfter)));
  expect(await connector.refresh(account, new Date(late.getTime() - 1)), "not before its time").toBeNull();
  const outcomes = await Promise.allSettled([connector.refresh(account, late), connector.refresh(account, late)]);
  const grants = outcomes.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
  const failures = outcomes.flatMap((one) => (one.status === "rejected" ? [(one.reason as { failure: unknown }).failure] : []));
  expect(grants).toHaveLength(1);
  expect(failures).toEqual([{ kind: "needs-reauth", reason: "revoked" }]);
  expect(await connector.fetchProfile({ ...account, grant: grants[0]! })).toMatchObject({ remoteId: user.id });
  expect(await failure(connector.fetchProfile(account)), "the old access token died with its pair").toMatchObject({ kind: "needs-reauth" });
});

test("a renewal that X cannot answer may be tried again; one that its holder withdrew asks for a new consent", async ({
  onTestFinished,
}) => {
  const { lab, connector, open } = await stage(onTestFinished);
  const account = await open();
  const late = new Date(Date.parse(String(account.grant.refreshAfter)));
  for (const fault of ["500-before", "drop-before"]) {
    await lab.spoilX({ endpoint: "POST oauth2/token", fault });
    expect(await failure(connector.refresh(account, late)), fault).toEqual({ kind: "retryable" });
  }
  await lab.spoilX({ endpoint: "GET users/me", fault: "revoke" });
  expect(await failure(connector.fetchProfile(account))).toEqual({ kind: "needs-reauth", reason: "revoked" });
  expect(await failure(connector.refresh(account, late))).toEqual({ kind: "needs-reauth", reason: "revoked" });
});

test("the exchange goes over the wire as X's foreign client sends it", async ({ onTestFinished }) => {
  const tokens = { access_token: "a", refresh_token: "r", expires_in: 7200 };
  const scope = "tweet.read tweet.write users.read media.write offline.access";
  const recorder = await listen(({ url }) => {
    const me = { data: { id: "7", name: "P", username: "p" } };
    return { type: "application/json", body: JSON.stringify(url.includes("oauth2") ? { ...tokens, scope } : me) };
  });
  onTestFinished(() => recorder.close());
  // X documents a form; the foreign client writes the same fields as JSON.
  const fieldsOf = (text: string) => (text.startsWith("{") ? (JSON.parse(text) as object) : Object.fromEntries(new URLSearchParams(text)));
  const fields = ({ method, url, headers, body }: Received) => ({
    ...{ method, url, authorization: headers.authorization },
    body: fieldsOf(body.toString("utf8")),
  });
  const connector = xConnector({ app: { ...xClient, dialogUrl: recorder.url }, now: () => new Date() });
  await connector.authorize!.exchange({ baseUrl: recorder.url, code: "kode", verifier, redirectUri });
  const ours = fields(recorder.received[0]!);
  recorder.received.length = 0;
  await foreignClient(recorder.url, xClient).loginWithOAuth2({ code: "kode", codeVerifier: verifier, redirectUri });
  const theirs = fields(recorder.received[0]!);
  // The foreign client writes the app's secret into the body too; X wants it in the header alone, where both write it.
  expect({ ...ours, body: { ...ours.body, client_secret: xClient.clientSecret } }).toEqual(theirs);
});
