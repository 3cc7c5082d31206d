/** The lab's WhatsApp, driven by a client that knows nothing of it. */
import { GraphApiError, WhatsAppClient } from "@kapso/whatsapp-cloud-api";
import { normalizeWebhook, verifySignature } from "@kapso/whatsapp-cloud-api/server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { labSecret, type RunningLab, startLab } from "../support/lab.ts";
import { type Listener, listen } from "../support/listener.ts";

const number = "106540352242922";
const other = "106540352242999";
const siti = "6281234567890";
const token = "EAAW-sistem-uji";
let lab: RunningLab;
let app: Listener;

const client = (accessToken = token, graphVersion = "v26.0") =>
  new WhatsAppClient({ accessToken, graphVersion, baseUrl: `${lab.url}/whatsapp` });
const say = (body: string, more: object = {}) => client().messages.sendText({ phoneNumberId: number, to: siti, body, ...more });
const write = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${lab.url}/whatsapp/628112345678/messages`, {
    method: "POST",
    body: new URLSearchParams({ phone: "0812 3456 7890", name: "Siti", ...fields }),
    headers,
    redirect: "manual",
  });
/** What the next signed notification tells, as the client reads it. */
async function told() {
  for (;;) {
    const { method, headers, body } = await app.next();
    if (method !== "POST") continue;
    const signatureHeader = String(headers["x-hub-signature-256"]);
    expect(verifySignature({ appSecret: labSecret, rawBody: body, signatureHeader })).toBe(true);
    expect(verifySignature({ appSecret: "lain", rawBody: body, signatureHeader })).toBe(false);
    return normalizeWebhook(JSON.parse(String(body)));
  }
}
const asked = async (fields: Record<string, string>) => {
  await write(fields);
  return (await told()).messages[0]!;
};
/** The refusal that a call ends in: its HTTP status and the platform's code. */
const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof GraphApiError ? [error.httpStatus, error.code] : "cut"),
  );

beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.stop());
afterEach(() => app.close());
beforeEach(async () => {
  await lab.reset();
  app = await listen(({ url }) => ({ body: new URL(url, "http://app.invalid").searchParams.get("hub.challenge") ?? "" }));
  await lab.webhooksTo(app.url, "whatsapp");
  const named = { waba: "102290129340398", about: "Layanan warga" };
  await lab.seed({
    platform: "whatsapp",
    numbers: [
      { ...named, id: number, display_phone_number: "+62 811-2345-678", verified_name: "Dinkes Tegal", token },
      { ...named, id: other, display_phone_number: "+62 811-0000-999", verified_name: "Dinsos Tegal", token: "EAAW-dinsos" },
    ],
  });
});

describe("the foreign client", () => {
  it("reads the number", async () => {
    const fields = "display_phone_number,verified_name,quality_rating";
    expect(await client().request("GET", number, { query: { fields }, responseType: "json" })).toEqual({
      id: number,
      displayPhoneNumber: "+62 811-2345-678",
      verifiedName: "Dinkes Tegal",
      qualityRating: "GREEN",
    });
  });

  it("hears a citizen, answers by number and by user id, and is told what became of it with what it wanted repeated", async () => {
    const heard = await asked({ message: "Kapan posyandu di Slawi?" });
    expect(heard).toMatchObject({
      from: siti,
      fromUserId: expect.stringMatching(/^ID\.\d+$/),
      id: expect.stringMatching(/^wamid\./),
      type: "text",
      text: { body: "Kapan posyandu di Slawi?" },
      kapso: { direction: "inbound" },
    });
    const sent = await say("Rabu pukul 08.00", { contextMessageId: heard.id, bizOpaqueCallbackData: "kunci-1" });
    expect(sent).toMatchObject({ messagingProduct: "whatsapp", contacts: [{ input: siti, waId: siti }] });
    const { id } = sent.messages[0]!;
    for (const status of ["sent", "delivered"])
      expect((await told()).statuses).toMatchObject([{ id, status, recipientId: siti, bizOpaqueCallbackData: "kunci-1" }]);
    const page = await (await fetch(`${lab.url}/whatsapp/628112345678/${siti}`)).text();
    expect(page).toContain("Rabu pukul 08.00");
    const recipient = String(heard.fromUserId);
    expect(await client().messages.sendText({ phoneNumberId: number, recipient, body: "Bawa buku KIA" })).toMatchObject({
      contacts: [{ input: recipient, userId: recipient }],
    });
    expect(await client().messages.markRead({ phoneNumberId: number, messageId: heard.id })).toEqual({ success: true });
  });

  it("hears of somebody who hides the number by the user id alone", async () => {
    await write({ message: "Rahasia, Pak", hidden: "1" });
    const { messages, contacts } = await told();
    expect(messages[0]).not.toHaveProperty("from");
    expect(messages[0]).toHaveProperty("fromUserId");
    expect(contacts).toEqual([{ profile: { name: "Siti" }, userId: messages[0]!.fromUserId }]);
  });

  it("hears pictures, voices, places and quotes as they are", async () => {
    expect(await asked({ message: "Jalan rusak", kind: "image" })).toMatchObject({ type: "image", image: { caption: "Jalan rusak" } });
    expect(await asked({ message: "", kind: "audio" })).toMatchObject({ type: "audio", audio: { voice: true } });
    const place = await asked({ message: "Balai desa", kind: "location" });
    expect(place).toMatchObject({ type: "location", location: { name: "Balai desa", latitude: expect.any(Number) } });
    expect(await asked({ message: "Di sini", parent: place.id })).toMatchObject({ context: { id: place.id, from: siti } });
  });
});

describe("refusals", () => {
  beforeEach(async () => {
    await asked({ message: "Halo" });
  });

  it.each([
    ["an unknown token", () => client("EAAW-lain").messages.sendText({ phoneNumberId: number, to: siti, body: "x" }), [400, 190]],
    ["another's number", () => client().messages.sendText({ phoneNumberId: other, to: siti, body: "x" }), [403, 10]],
    ["an unknown number", () => client().messages.sendText({ phoneNumberId: "1", to: siti, body: "x" }), [400, 100]],
    ["a long text", () => say("x".repeat(4_097)), [400, 100]],
    ["a person who never wrote", () => say("x", { to: "6281999999999" }), [400, 131047]],
    ["an unknown kind", () => client().messages.sendSticker({ phoneNumberId: number, to: siti, sticker: { id: "1" } }), [400, 131051]],
    ["an old version", () => client(token, "v12.0").messages.sendText({ phoneNumberId: number, to: siti, body: "x" }), [400, 2635]],
  ])("%s", async (_, work, expected) => {
    expect(await refusal(work())).toEqual(expected);
  });

  it("free words a day after the citizen's last message, though not a template", async () => {
    await lab.clock(24 * 3_600_000 - 5_000);
    expect(await refusal(say("Masih boleh"))).toBeNull();
    await lab.clock(24 * 3_600_000 + 5_000);
    expect(await refusal(say("Terlambat"))).toEqual([400, 131047]);
    const template = { name: "kabar", language: { code: "id" } };
    expect(await refusal(client().messages.sendTemplate({ phoneNumberId: number, to: siti, template }))).toBeNull();
    await lab.clock(0);
  });

  it("too many messages to one person", async () => {
    const outcomes: unknown[] = [];
    for (let i = 0; i < 46; i += 1) outcomes.push(await refusal(say(`Pesan ${i}`)));
    expect(outcomes.filter((one) => one === null)).toHaveLength(45);
    expect(outcomes.at(-1)).toEqual([400, 131056]);
    await lab.clock(271_000);
    expect(await refusal(say("Lagi"))).toBeNull();
    await lab.clock(0);
  });

  it("a token that has ended, and one without the permission", async () => {
    const seeded = { id: number, waba: "1", display_phone_number: "+62 811-2345-678", verified_name: "Dinkes", token };
    await lab.seed({ platform: "whatsapp", numbers: [{ ...seeded, token_expires: "2026-01-01T00:00:00Z" }] });
    expect(await refusal(say("x"))).toEqual([401, 190]);
    await lab.seed({ platform: "whatsapp", numbers: [{ ...seeded, scopes: ["whatsapp_business_management"] }] });
    expect(await refusal(say("x"))).toEqual([403, 200]);
  });
});

describe("faults", () => {
  it.each([
    ["drop-before", "cut", 0],
    ["accept-then-drop", "cut", 1],
    ["accept-then-500", [500, 131000], 1],
    ["500-before", [500, 131000], 0],
    ["429", [429, 130429], 0],
    ["131056", [400, 131056], 0],
    ["131047", [400, 131047], 0],
    ["131049", [400, 131049], 0],
    ["131026", [400, 131026], 0],
    ["131031", [403, 131031], 0],
    ["368", [403, 368], 0],
    ["200", [403, 200], 0],
    ["190", [401, 190], 0],
    ["revoke", [401, 190], 0],
  ])("%s answers %j and leaves %i messages", async (fault, outcome, count) => {
    await asked({ message: "Halo" });
    await lab.fault({ platform: "whatsapp", endpoint: "POST messages", fault });
    expect(await refusal(say("Uji sekali"))).toEqual(outcome);
    const page = await (await fetch(`${lab.url}/whatsapp/628112345678/${siti}`)).text();
    expect(page.split("Uji sekali")).toHaveLength(count + 1);
    expect(JSON.stringify(await lab.journal())).not.toContain(token);
  });

  it("accepted, and told later that it does not arrive", async () => {
    await asked({ message: "Halo" });
    await lab.fault({ platform: "whatsapp", endpoint: "POST messages", fault: "131047-later" });
    const { messages } = await say("Terlambat", { bizOpaqueCallbackData: "kunci-2" });
    const failed = { id: messages[0]!.id, status: "failed", bizOpaqueCallbackData: "kunci-2", errors: [{ code: 131047 }] };
    expect((await told()).statuses).toMatchObject([failed]);
  });
});

describe("public pages", () => {
  it("show what is seeded, escaped, under the banner, and take messages only from here", async () => {
    const from = { phone: siti, name: "<i>Siti</i>" };
    const message = { number, id: "wamid.SEED1", from, text: "<script>1</script>", date: "2026-07-30T02:00:00Z" };
    await lab.seed({ platform: "whatsapp", messages: [message, { ...message, id: "wamid.SEED2", own: true, text: "<b>Siap</b>" }] });
    await lab.seed({ platform: "whatsapp", messages: [message] });
    for (const path of ["/", "/whatsapp/628112345678", `/whatsapp/${number}`, `/whatsapp/628112345678/${siti}?balas=wamid.SEED1`]) {
      const answer = await fetch(lab.url + path);
      const html = await answer.text();
      expect(answer.status).toBe(200);
      expect(html).toMatch(/Simulasi: ini bukan .+\. Data dan percakapan tidak sebenarnya\./);
      expect(html).not.toMatch(/<script>|<i>|<b>/);
    }
    const html = await (await fetch(`${lab.url}/whatsapp/628112345678/${siti}`)).text();
    expect(html.split("&lt;script&gt;1")).toHaveLength(2);
    expect((await write({ message: "Halo" }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await write({ message: "Halo", phone: "12" })).status).toBe(422);
    expect((await write({ message: "Halo", name: "" })).status).toBe(422);
    expect((await write({ message: "" })).status).toBe(422);
    expect((await write({ message: "Halo", parent: "wamid.TAKADA" })).status).toBe(422);
    expect((await fetch(`${lab.url}/whatsapp/628112345678/62800000000`)).status).toBe(404);
    expect((await write({ message: "Halo" })).headers.get("location")).toMatch(`/whatsapp/628112345678/${siti}#pesan-`);
  });
});
