/** The WhatsApp connector before the platform lab, and beside a foreign client. */
import { createHash } from "node:crypto";
import { WhatsAppClient } from "@kapso/whatsapp-cloud-api";
import { expect, test } from "vitest";
import type { Account, Checkpoint, Content, RemoteComment } from "#lib/platforms/contract.ts";
import { whatsappConnector } from "#lib/platforms/whatsapp/connector.ts";
import { openRef } from "#lib/platforms/whatsapp/transform.ts";
import { labSecret, type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen, type Received, tinyPng } from "../support/listener.ts";
import { conformance } from "./conformance.ts";

const number = "106540352242922";
const digits = "628112345678";
const siti = "6281234567890";
const token = "EAAW-sistem-uji";
const version = "v26.0";
const day = 24 * 3_600_000;
/** As the product's, but for the key. */
const vault = {
  digest: (value: string) => createHash("sha256").update(value).digest("base64url"),
  seal: (plain: string) => `!${Buffer.from(plain).toString("base64url")}`,
  open: (sealed: string) => Buffer.from(sealed.slice(1), "base64url").toString(),
};
let offset = 0;
const now = () => new Date(Date.now() + offset);
const connector = whatsappConnector({ version, vault, now });

const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { failure?: unknown }) => error.failure,
  );
const seedNumber = (lab: RunningLab, more: object = {}) =>
  lab.seed({
    platform: "whatsapp",
    numbers: [
      { id: number, waba: "102290129340398", display_phone_number: "+62 811-2345-678", verified_name: "Pemkab Tegal", token, ...more },
    ],
  });

/** A lab with one number, and citizens who write to it. */
async function start() {
  const lab = await startLab();
  const app = await listen(({ url }) => ({ body: new URL(url, "http://app.invalid").searchParams.get("hub.challenge") ?? "" }));
  await lab.webhooksTo(app.url, "whatsapp");
  await seedNumber(lab);
  const write = (phone: string, text: string, { to = digits, ...more }: Record<string, string> = {}) =>
    fetch(`${lab.url}/whatsapp/${to}/messages`, {
      method: "POST",
      body: new URLSearchParams({ phone, name: "Siti", message: text, ...more }),
      redirect: "manual",
    });
  const headersOf = ({ headers }: Received) => new Headers({ "x-hub-signature-256": String(headers["x-hub-signature-256"]) });
  /** The comments of the next notification that brings any. */
  const heard = async (): Promise<RemoteComment[]> => {
    for (;;) {
      const received = await app.next();
      const read = connector.readWebhook!(received.body, headersOf(received), labSecret);
      const events = read.ok ? read.events : [];
      const comments = events.flatMap((event) => (event.kind === "comment" ? [event.comment] : []));
      if (comments.length > 0) return comments;
    }
  };
  const asked = async (phone: string, text: string, more: Record<string, string> = {}) => {
    await write(phone, text, more);
    return (await heard())[0]!;
  };
  const answers = async (phone: string) => {
    const page = await (await fetch(`${lab.url}/whatsapp/${digits}/${phone}`)).text();
    return [...page.matchAll(/<p class="message own">([^<]*)<\/p>/g)].map((match) => match[1]!);
  };
  return { lab, app, write, asked, answers, headersOf, stop: () => Promise.all([lab.stop(), app.close()]) };
}

const targetOf = ({ remoteId, ref }: RemoteComment) => ({ remoteId, postRemoteId: null, ref });

conformance("WhatsApp", async () => {
  const { lab, asked, answers, stop } = await start();
  const people: string[] = [];
  return {
    connector,
    login: { baseUrl: `${lab.url}/whatsapp`, identifier: number, secret: token },
    wrongSecret: "EAAW-lain",
    features: {
      ...{ posts: false, pictures: false, comments: false, firstComment: false, lookUp: false, lists: false, uploads: false },
      ...{ likes: false, hides: false },
    },
    // One call sends a message.
    spoil: (_step, fault) => lab.fault({ platform: "whatsapp", endpoint: "POST messages", fault: fault === "rate-limit" ? "429" : fault }),
    uploads: async () => 0,
    texts: async () => (await Promise.all(people.map(answers))).flat(),
    picture: () => {
      throw new Error("an answer carries text only");
    },
    always: async () => {
      const phone = `62813${String(1_000_000 + people.length)}`;
      people.push(phone);
      return { replyTo: targetOf(await asked(phone, "Apakah loket buka?")) };
    },
    nativePost: async () => "a number has no posts",
    comment: async () => "a number has no posts",
    notification: null,
    stop: async () => void (await stop()),
  };
});

const content: Content = {
  title: null,
  text: "Rabu pukul 08.00",
  link: null,
  pictures: [],
  video: null,
  collaborators: [],
  replyTo: null,
  key: "01939d6e-7c00-7000-8000-000000000001",
};
const fresh: Checkpoint = { stage: "new", at: null, data: {} };
const nothing = async () => undefined;
const accountOn = (baseUrl: string): Account => ({
  ...{ platform: "whatsapp", mode: "api", remoteId: number, handle: digits },
  ...{ baseUrl, grant: { systemToken: token } },
});

test("connecting: a number by its id, only with a token that may read it and answer for it", async ({ onTestFinished }) => {
  const { lab, stop } = await start();
  onTestFinished(async () => void (await stop()));
  const login = { baseUrl: `${lab.url}/whatsapp`, identifier: ` ${number} `, secret: ` ${token}\n` };
  expect(await connector.connect!(login)).toEqual({
    profile: {
      remoteId: number,
      handle: "+62 811-2345-678",
      name: "Pemkab Tegal",
      url: "https://wa.me/628112345678",
      followers: null,
      commentsOpen: null,
    },
    grant: { systemToken: token },
  });
  expect(await failure(connector.connect!({ ...login, identifier: "999" }))).toMatchObject({ kind: "rejected", code: "not-found" });
  for (const identifier of ["+62 811", "me", "../1"])
    expect(await failure(connector.connect!({ ...login, identifier }))).toMatchObject({ kind: "rejected", code: "wrong-account" });
  expect(await failure(connector.connect!({ ...login, secret: "EAAW-lain" }))).toEqual({ kind: "needs-reauth", reason: "revoked" });
  await seedNumber(lab, { scopes: ["whatsapp_business_management"] });
  const missing = ["whatsapp_business_messaging"];
  expect(await failure(connector.connect!(login))).toEqual({ kind: "needs-reauth", reason: "scope", missing });
  await seedNumber(lab, { token_expires: "2026-01-01T00:00:00Z" });
  expect(await failure(connector.fetchProfile(accountOn(login.baseUrl)))).toEqual({ kind: "needs-reauth", reason: "expired" });
});

test("connecting makes the number heard, and no other account's", async ({ onTestFinished }) => {
  const { lab, app, write, stop } = await start();
  onTestFinished(async () => void (await stop()));
  await seedNumber(lab, { subscribed: false });
  const other = { id: "200", waba: "300", display_phone_number: "+62 811-9999", verified_name: "Dinsos", token, subscribed: false };
  await lab.seed({ platform: "whatsapp", numbers: [other] });
  await write(siti, "Belum terdengar");
  await connector.connect!({ baseUrl: `${lab.url}/whatsapp`, identifier: number, secret: token });
  await write(siti, "Terdengar");
  await write(siti, "Bukan untuk kita", { to: "628119999" });
  await write(siti, "Juga terdengar");
  const bodies = [await app.next(), await app.next(), await app.next()].map(({ body }) => /"body":"([^"]+)"/.exec(String(body))?.[1]);
  expect(bodies).toEqual([undefined, "Terdengar", "Juga terdengar"]);
  await lab.fault({ platform: "whatsapp", endpoint: "POST subscribed_apps", fault: "200" });
  expect(await failure(connector.connect!({ baseUrl: `${lab.url}/whatsapp`, identifier: number, secret: token }))).toMatchObject({
    kind: "needs-reauth",
  });
});

test("a citizen's message comes signed, and the answer stands under it once, at the same citizen's", async ({ onTestFinished }) => {
  const { lab, app, write, asked, answers, headersOf, stop } = await start();
  onTestFinished(async () => void (await stop()));
  const account = accountOn(`${lab.url}/whatsapp`);
  const publish = (change: Partial<Content>) => connector.publish(account, { ...content, ...change }, fresh, nothing);
  const question = await asked(siti, "Kapan posyandu?");
  const result = await publish({ replyTo: targetOf(question) });
  expect(result).toEqual({ kind: "done", published: { remoteId: expect.any(String), permalink: null, ref: null } });
  expect(await answers(siti)).toEqual(["Rabu pukul 08.00"]);
  const [sent] = (await lab.journal()).filter((entry) => entry.endpoint === "POST messages");
  expect(sent?.body).toMatchObject({ to: siti, biz_opaque_callback_data: content.key });
  expect(JSON.stringify([question, result])).not.toMatch(/6281234567890|wamid/);

  const hidden = await asked("6281999888777", "Saya mau melapor", { hidden: "1" });
  await publish({ replyTo: targetOf(hidden), text: "Silakan, rahasia dijaga" });
  expect(await answers("6281999888777")).toEqual(["Silakan, rahasia dijaga"]);

  await write(siti, "Terima kasih 🙏");
  for (;;) {
    const received = await app.next();
    if (!received.body.includes("Terima kasih")) continue;
    const headers = headersOf(received);
    const [event] = (connector.readWebhook!(received.body, headers, labSecret) as { events: unknown[] }).events;
    expect(event).toMatchObject({
      kind: "comment",
      accountRemoteId: number,
      comment: { text: "Terima kasih 🙏", author: question.author },
    });
    const altered = Buffer.concat([received.body, Buffer.from(" ")]);
    for (const [body, secret] of [[altered, labSecret] as const, [received.body, "lain"] as const])
      expect(connector.readWebhook!(body, headers, secret)).toEqual({ ok: false, reason: "signature" });
    break;
  }
});

test("what cannot be sent: a post, a picture, an answer to nobody, an answer after a day", async ({ onTestFinished }) => {
  const { lab, asked, answers, stop } = await start();
  onTestFinished(async () => {
    offset = 0;
    await stop();
  });
  const account = accountOn(`${lab.url}/whatsapp`);
  const publish = (change: Partial<Content>) => failure(connector.publish(account, { ...content, ...change }, fresh, nothing));
  const replyTo = targetOf(await asked(siti, "Kapan posyandu?"));
  const picture = {
    digest: "a",
    alt: "",
    mime: "image/png" as const,
    width: 1,
    height: 1,
    bytes: 67,
    read: async () => tinyPng,
    publicUrl: async () => "",
  };
  expect(await publish({})).toEqual({ kind: "rejected", code: "posts-unsupported" });
  expect(await publish({ replyTo, pictures: [picture] })).toEqual({ kind: "rejected", code: "pictures-in-reply" });
  expect(await publish({ replyTo: { ...replyTo, ref: "!rusak" } })).toEqual({ kind: "rejected", code: "invalid" });

  const calls = async () => (await lab.journal()).filter((entry) => entry.endpoint === "POST messages").length;
  for (const [ms, asks] of [
    [day + 60_000, 1],
    [day + 11 * 60_000, 0],
  ] as const) {
    offset = ms;
    await lab.clock(ms);
    const before = await calls();
    expect(await publish({ replyTo }), `${ms}`).toMatchObject({ kind: "rejected", code: "window-closed" });
    expect((await calls()) - before, "near the end the platform decides").toBe(asks);
  }
  const again = targetOf(await asked(siti, "Halo?"));
  expect(await publish({ replyTo: again }), "a new message opens the window").toBeNull();
  expect(await answers(siti)).toEqual(["Rabu pukul 08.00"]);
});

test("a withdrawn token, another's number and too long a text are refused; who gets many answers in a short time waits for the next", async ({
  onTestFinished,
}) => {
  const { lab, asked, stop } = await start();
  onTestFinished(async () => void (await stop()));
  const account = accountOn(`${lab.url}/whatsapp`);
  const other = { id: "200", waba: "300", display_phone_number: "+62 811-9999", verified_name: "Dinsos", token: "EAAW-dinsos" };
  await lab.seed({ platform: "whatsapp", numbers: [other] });
  const scope = { kind: "needs-reauth", reason: "scope" };
  expect(await failure(connector.fetchProfile({ ...account, remoteId: other.id }))).toEqual(scope);
  const replyTo = targetOf(await asked(siti, "Kapan posyandu?"));
  const publish = (text: string) => failure(connector.publish(account, { ...content, text, replyTo }, fresh, nothing));
  expect(await publish("x".repeat(4_097))).toMatchObject({ kind: "rejected", code: "invalid" });
  for (let i = 0; i < 45; i += 1) expect(await publish(`Jawaban ${i}`)).toBeNull();
  expect(await publish("Jawaban lagi")).toMatchObject({ kind: "retryable", after: expect.any(Date) });
  await lab.clock(271_000);
  expect(await publish("Jawaban lagi"), "some minutes later").toBeNull();
  await lab.clock(0);
  await seedNumber(lab, { scopes: ["whatsapp_business_management"] });
  expect(await publish("Tanpa izin")).toEqual(scope);
  await seedNumber(lab);
  await lab.fault({ platform: "whatsapp", endpoint: "GET number", fault: "revoke" });
  for (let i = 0; i < 2; i += 1)
    expect(await failure(connector.fetchProfile(account)), `try ${i + 1}`).toEqual({ kind: "needs-reauth", reason: "revoked" });
});

test("an unanswered send is a person's to judge; a limit for one citizen waits six seconds", async ({ onTestFinished }) => {
  const { lab, asked, answers, stop } = await start();
  onTestFinished(async () => void (await stop()));
  const account = accountOn(`${lab.url}/whatsapp`);
  const mine = { ...content, replyTo: targetOf(await asked(siti, "Kapan posyandu?")) };
  let kept = fresh;
  const save = async (next: Checkpoint) => {
    kept = next;
  };
  expect(await connector.findPublished(account, mine, fresh), "never tried").toEqual({ kind: "absent" });
  await lab.fault({ platform: "whatsapp", endpoint: "POST messages", fault: "131056" });
  expect(await failure(connector.publish(account, mine, fresh, save))).toMatchObject({ kind: "retryable", after: expect.any(Date) });
  expect(kept.stage).toBe("prepared");
  await lab.fault({ platform: "whatsapp", endpoint: "POST messages", fault: "accept-then-500" });
  expect(await failure(connector.publish(account, mine, kept, save))).toEqual({ kind: "ambiguous" });
  expect(await connector.findPublished(account, mine, kept)).toEqual({ kind: "unknown" });
  expect(await answers(siti)).toHaveLength(1);
});

test("the handshake is answered to who knows the token", () => {
  const query = new URLSearchParams({ "hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "kata" });
  expect(connector.answerChallenge!(query, "kata")).toBe("1158201444");
  expect(connector.answerChallenge!(query, "lain")).toBeNull();
});

const wire = ({ method, url, headers, body }: Received) => ({
  method,
  url,
  authorization: headers.authorization,
  body: body.length === 0 ? null : (JSON.parse(String(body)) as unknown),
});

test("the same calls on the wire as a foreign client makes", async ({ onTestFinished }) => {
  const scopes = ["whatsapp_business_management", "whatsapp_business_messaging"];
  const recorder: Listener = await listen(({ url }) => ({
    type: "application/json",
    body: JSON.stringify(
      url.includes("debug_token")
        ? { data: { scopes, granular_scopes: [{ scope: scopes[0], target_ids: ["300"] }] } }
        : url.includes("phone_numbers")
          ? { data: [{ id: number }] }
          : url.includes("subscribed_apps")
            ? { success: true }
            : { id: number, display_phone_number: "+62 811", verified_name: "P", messages: [{ id: "wamid.1" }] },
    ),
  }));
  onTestFinished(() => recorder.close());
  await connector.connect!({ baseUrl: recorder.url, identifier: number, secret: token });
  const account = accountOn(recorder.url);
  const answer = (to: string | null, recipient: string | null) => {
    const ref = vault.seal(JSON.stringify({ to, recipient, id: "wamid.TANYA", at: new Date().toISOString() }));
    expect(openRef(ref, vault)).not.toBeNull();
    return connector.publish(account, { ...content, replyTo: { remoteId: "x", postRemoteId: null, ref } }, fresh, nothing);
  };
  await answer(siti, null);
  await answer(null, "ID.1349");
  await answer(siti, "ID.1349");
  const ours = recorder.received.splice(0).map(wire);

  const client = new WhatsAppClient({ accessToken: token, graphVersion: version, baseUrl: recorder.url });
  await client.request("GET", "debug_token", { query: { input_token: token } });
  await client.request("GET", number, { query: { fields: "display_phone_number,verified_name,quality_rating" } });
  await client.request("GET", "300/phone_numbers", { query: { fields: "id" } });
  await client.request("POST", "300/subscribed_apps", { body: {} });
  const message = {
    phoneNumberId: number,
    body: "Rabu pukul 08.00",
    contextMessageId: "wamid.TANYA",
    bizOpaqueCallbackData: content.key,
  };
  await client.messages.sendText({ ...message, to: siti });
  await client.messages.sendText({ ...message, recipient: "ID.1349" });
  await client.messages.sendText({ ...message, to: siti, recipient: "ID.1349" });
  expect(ours).toEqual(recorder.received.map(wire));
});
