import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { readWebhook } from "./webhook.ts";

const secret = "rahasia-aplikasi";
const vault = { digest: (value: string) => `#${value}`, seal: (plain: string) => plain, open: (sealed: string) => sealed };
const bytes = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const sign = (body: Uint8Array, key = secret) =>
  new Headers({ "x-hub-signature-256": `sha256=${createHmac("sha256", key).update(body).digest("hex")}` });
const read = (value: unknown) => readWebhook(bytes(value), sign(bytes(value)), secret, vault);

const message = { from: "62811", from_user_id: "ID.1", id: "wamid.1", timestamp: "1795309200", type: "text", text: { body: "Halo" } };
const value = (more: object) => ({
  messaging_product: "whatsapp",
  metadata: { display_phone_number: "628112345678", phone_number_id: "106540352242922" },
  contacts: [{ profile: { name: "Siti" }, wa_id: "62811", user_id: "ID.1" }],
  ...more,
});
const notice = (...values: object[]) => ({
  object: "whatsapp_business_account",
  entry: [{ id: "102290129340398", changes: values.map((one) => ({ value: one, field: "messages" })) }],
});

test("a notification brings its messages to their number, in their order", () => {
  const result = read(
    notice(value({ messages: [message, { ...message, id: "wamid.2" }] }), value({ messages: [{ ...message, id: "wamid.3" }] })),
  );
  expect(result).toMatchObject({
    ok: true,
    events: ["#wamid.1", "#wamid.2", "#wamid.3"].map((remoteId) => ({
      kind: "comment",
      accountRemoteId: "106540352242922",
      comment: { remoteId, author: { name: "Siti" }, text: "Halo" },
    })),
  });
});

test("a message that a citizen withdraws is removed", () => {
  const revoke = { ...message, id: "wamid.9", type: "revoke", text: undefined, revoke: { original_message_id: "wamid.1" } };
  expect(read(notice(value({ messages: [revoke] })))).toEqual({
    ok: true,
    events: [{ kind: "comment-removed", accountRemoteId: "106540352242922", remoteId: "#wamid.1" }],
  });
});

test("a message of an unknown form does not hold up the others", () => {
  expect(read(notice(value({ messages: [{ id: 7 }, message] }), {}))).toMatchObject({ events: [{ comment: { remoteId: "#wamid.1" } }] });
});

test.each([
  ["a status", notice(value({ statuses: [{ id: "wamid.1", status: "delivered", timestamp: "1", recipient_id: "62811" }] }))],
  ["trouble", notice(value({ errors: [{ code: 130429 }] }))],
  ["another field", { ...notice(), entry: [{ id: "1", changes: [{ field: "account_update", value: {} }] }] }],
  ["another product", { object: "page", entry: [] }],
])("%s says nothing of citizens", (_, body) => {
  expect(read(body)).toEqual({ ok: true, events: [] });
});

test.each(["tidak", "[]", { object: "whatsapp_business_account" }])("%j is no notification", (body) => {
  expect(read(body)).toEqual({ ok: false, reason: "malformed" });
});

test.each([
  ["of another app", sign(bytes(notice()), "lain")],
  ["of other bytes", sign(bytes("lain"))],
  ["missing", new Headers()],
])("a signature %s is refused", (_, headers) => {
  expect(readWebhook(bytes(notice()), headers, secret, vault)).toEqual({ ok: false, reason: "signature" });
});

test("without a secret of our own nobody is believed", () => {
  expect(readWebhook(bytes(notice()), sign(bytes(notice()), ""), "", vault)).toEqual({ ok: false, reason: "signature" });
});
