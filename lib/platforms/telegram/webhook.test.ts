import { expect, test } from "vitest";
import { readWebhook } from "./webhook.ts";

const secret = "rahasia_webhook-1";
const channel = { id: -1001234567890, title: "Pemkab Tegal", username: "pemkabtegal", type: "channel" };
const group = { id: -1009876543210, title: "Diskusi", type: "supergroup" };
const post = { message_id: 9, sender_chat: channel, chat: channel, date: 1795309200, text: "Halo" };
const copy = {
  message_id: 77,
  sender_chat: channel,
  chat: group,
  date: 1795309201,
  forward_origin: { type: "channel", chat: channel, message_id: 9, date: 1795309200 },
  is_automatic_forward: true,
  text: "Halo",
};
const said = { message_id: 80, from: { id: 5, first_name: "Siti" }, chat: group, date: 1795309300, reply_to_message: copy, text: "Kapan?" };
const bytes = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const read = (value: unknown, given: string | null = secret) =>
  readWebhook(bytes(value), new Headers(given === null ? {} : { "x-telegram-bot-api-secret-token": given }), secret);

test.each([null, "", "salah", `${secret}x`])("an update with the secret token %o is not Telegram's", (given) => {
  expect(read({ update_id: 1, channel_post: post }, given)).toEqual({ ok: false, reason: "signature" });
});

test("without a secret of our own nobody is believed", () => {
  const headers = new Headers({ "x-telegram-bot-api-secret-token": "" });
  expect(readWebhook(bytes({ update_id: 1 }), headers, "")).toEqual({ ok: false, reason: "signature" });
});

test.each(["", "tidak", "[]", { message: said }])("%o is no update", (body) => {
  expect(read(body)).toEqual({ ok: false, reason: "malformed" });
});

test.each(["channel_post", "edited_channel_post"])("%s tells of a native post", (kind) => {
  expect(read({ update_id: 1, [kind]: post })).toMatchObject({
    ok: true,
    events: [{ kind: "post", accountRemoteId: "-1001234567890", post: { remoteId: "-1001234567890/9", text: "Halo" } }],
  });
});

test.each(["message", "edited_message"])("%s tells of a comment", (kind) => {
  expect(read({ update_id: 1, [kind]: said })).toMatchObject({
    ok: true,
    events: [{ kind: "comment", accountRemoteId: "-1001234567890", comment: { remoteId: "-1009876543210/80", text: "Kapan?" } }],
  });
});

test("the copy of a post tells of the post", () => {
  expect(read({ update_id: 1, message: copy })).toMatchObject({ events: [{ kind: "post", post: { remoteId: "-1001234567890/9" } }] });
});

test.each([
  ["talk that answers nothing", { message: { ...said, reply_to_message: undefined } }],
  ["a private message", { message: { ...said, chat: { id: 5, type: "private", first_name: "Siti" } } }],
  ["a kind we did not ask for", { poll: { id: "1" } }],
  ["a message of an unknown form", { message: { message_id: "x" } }],
])("%s is left out", (_, content) => {
  expect(read({ update_id: 1, ...content })).toEqual({ ok: true, events: [] });
});
