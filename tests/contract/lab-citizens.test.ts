/** What citizens do with their comments in the lab, what of it the app hears, and an outage. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { facebookConnector } from "#lib/platforms/facebook/connector.ts";
import { connectorTo, page, seedPage, token } from "../support/facebook.ts";
import { labSecret, type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";

let lab: RunningLab;
let app: Listener;
const connector = facebookConnector({ app: null, version: "v26.0", now: () => new Date() });
const place = `/facebook/${page}/posts/9`;

beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.stop());
beforeEach(async ({ onTestFinished }) => {
  await lab.reset();
  await seedPage(lab);
  const created_time = "2026-07-30T02:00:00Z";
  const from = { id: "777", name: "Siti" };
  await lab.seed({
    posts: [{ page, id: "9", message: "Halo", created_time }],
    comments: [
      { post: "9", id: "1", from, message: "Lampu mati", created_time },
      { post: "9", id: "2", parent: "1", from: { id: page, name: "Pemkab" }, message: "Kami cek", created_time },
    ],
  });
  app = await listen(({ url }) => ({ body: new URL(url, "http://app.invalid").searchParams.get("hub.challenge") ?? "" }));
  onTestFinished(() => app.close());
  await lab.webhooksTo(app.url);
  await app.next();
});

const visit = (path: string, form?: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${lab.url}${path}`, { redirect: "manual", headers, ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}) });
const textOf = async (path: string) => (await visit(path)).text();

/** What the connector makes of the next notification. */
async function heard() {
  const { body, headers } = await app.next();
  const told = new Headers({ "x-hub-signature-256": String(headers["x-hub-signature-256"]) });
  const read = connector.readWebhook!(body, told, labSecret);
  return read.ok ? read.events.map((event) => [event.kind, event.kind === "comment" ? event.comment.text : null]) : read.reason;
}

test("a citizen changes and removes his own comment on its page, and nobody else's", async () => {
  expect(await textOf(place)).toContain('href="/komentar/facebook/9_1"');
  expect(await textOf(place), "the account's own word is not a citizen's").not.toContain("/komentar/facebook/9_2");
  expect((await visit("/komentar/facebook/9_2")).status).toBe(404);
  expect(await textOf("/komentar/facebook/9_1")).toContain("Lampu mati</textarea>");

  const empty = await visit("/komentar/facebook/9_1", { message: " " });
  expect(empty.status).toBe(422);
  expect(await empty.text()).toContain("Tuliskan komentar Anda.");
  expect((await visit("/komentar/facebook/9_1", { message: "x" }, { "sec-fetch-site": "cross-site" })).status).toBe(404);

  const saved = await visit("/komentar/facebook/9_1", { message: "Lampu mati di Slawi" });
  expect([saved.status, saved.headers.get("location")]).toEqual([303, `${place}#komentar-1`]);
  expect(await textOf(place)).toContain("Lampu mati di Slawi");
  expect(await heard()).toEqual([["comment", "Lampu mati di Slawi"]]);

  expect((await visit("/komentar/facebook/9_1", { act: "hapus" })).headers.get("location")).toBe(place);
  expect(await textOf(place)).not.toContain("Slawi");
  expect(await heard()).toEqual([["comment-removed", null]]);
  await expect(lab.changeComment("facebook", "9_1", "lagi")).rejects.toThrow("404");
});

test("strangers do not see a hidden comment; its account does, marked, and sees what it likes", async () => {
  const account = {
    platform: "facebook",
    mode: "api",
    remoteId: page,
    handle: "p",
    baseUrl: `${lab.url}/meta`,
    grant: { pageToken: token },
  } as const;
  const target = { remoteId: "9_1", postRemoteId: `${page}_9`, ref: null };
  for (const action of ["like", "hide"] as const) await connectorTo(lab).moderation!.act(account, target, action);
  expect(await textOf(place)).not.toContain("Lampu mati");
  const own = await textOf(`${place}?sebagai=pengelola`);
  expect(own).toContain("Lampu mati");
  expect(own).toMatch(/Disukai pengelola.*Disembunyikan/s);
  expect((await lab.journal()).map(({ endpoint, body }) => [endpoint, body])).toEqual([
    ["POST likes", {}],
    ["POST comment", { is_hidden: "true" }],
  ]);
});

test("notifications of changes and removals are lost, doubled, turned round and sent anew like all others", async () => {
  const edit = (text?: string) => lab.changeComment("facebook", "9_1", text);
  await lab.webhookFault({ platform: "facebook", fault: "drop" });
  await edit("satu");
  await lab.webhookFault({ platform: "facebook", fault: "duplicate" });
  await edit("dua");
  expect([await heard(), await heard()]).toEqual([[["comment", "dua"]], [["comment", "dua"]]]);

  await lab.webhookFault({ platform: "facebook", fault: "hold", times: 3 });
  await visit(`${place}/comments`, { name: "Budi", message: "Saya juga", parent: "9_1" });
  await edit("tiga");
  await edit();
  await lab.releaseWebhooks("facebook", true);
  expect([await heard(), await heard(), await heard()], "the removal before the change, the change before the answer").toEqual([
    [["comment-removed", null]],
    [["comment", "tiga"]],
    [["comment", "Saya juga"]],
  ]);
  await lab.clock(5 * 60 * 60_000);
  await lab.replayWebhooks("facebook");
  const again = [await heard(), await heard(), await heard(), await heard(), await heard()];
  expect(again.filter((events) => JSON.stringify(events).includes("comment-removed"))).toHaveLength(1);
});

test("a platform that is down answers nothing else until it is lifted, and the others go on", async () => {
  await lab.fault({ endpoint: "*", fault: "down" });
  const read = (path: string) => fetch(`${lab.url}/meta/v26.0/${path}?access_token=${token}`);
  for (const path of ["me", `${page}/feed`, "9_1"]) {
    const answer = await read(path);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "30"]);
  }
  expect((await visit("/threads/v1.0/me")).status).toBe(400);
  await lab.liftFaults("threads");
  expect((await read("me")).status, "another platform's faults are others").toBe(503);
  await lab.liftFaults("facebook");
  expect((await read("me")).status).toBe(200);
});
