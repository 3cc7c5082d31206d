import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { readWebhook } from "./webhook.ts";

const secret = "rahasia";
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const signed = (body: Buffer, by = secret) =>
  new Headers({ "x-hub-signature-256": `sha256=${createHmac("sha256", by).update(body).digest("hex")}` });
const envelope = (values: unknown) => ({
  app_id: "123456",
  topic: "moderate",
  target_id: "71",
  time: 1_785_722_400,
  subscription_id: "234567",
  has_uid_field: false,
  values,
});
const read = (value: unknown) => readWebhook(bytes(value), signed(bytes(value)), secret);
const reply = {
  id: "71",
  username: "siti",
  text: "Jam berapa?",
  media_type: "TEXT_POST",
  permalink: "https://www.threads.com/@siti/post/Pp",
  replied_to: { id: "1801" },
  root_post: { id: "1801", owner_id: "178", username: "pemkabtegal" },
  shortcode: "Pp",
  timestamp: "2026-08-03T02:00:00+0000",
};
const told = {
  kind: "comment",
  accountRemoteId: "178",
  comment: {
    remoteId: "71",
    postRemoteId: "1801",
    parentRemoteId: null,
    author: { remoteId: "siti", name: "siti" },
    text: "Jam berapa?",
    sentAt: new Date("2026-08-03T02:00:00Z"),
    own: false,
    ref: null,
  },
};

test("a reply is told with its post, its author and its time, alone or in a list", () => {
  expect(read(envelope({ value: reply, field: "replies" }))).toEqual({ ok: true, events: [told] });
  expect(read(envelope([{ value: reply, field: "replies" }]))).toEqual({ ok: true, events: [told] });
});

test("a reply to a reply names it, our own is known as ours, and an account that is not named is not guessed", () => {
  const below = { ...reply, replied_to: { id: "70" }, username: "pemkabtegal" };
  expect(read(envelope({ value: below, field: "replies" }))).toMatchObject({ events: [{ comment: { parentRemoteId: "70", own: true } }] });
  const nameless = { ...reply, root_post: { id: "1801" } };
  expect(read(envelope({ value: nameless, field: "replies" }))).toMatchObject({
    events: [{ accountRemoteId: null, comment: { own: false } }],
  });
});

test("a removal is told; other fields and broken values change nothing", () => {
  const removed = { id: "72", owner: { owner_id: "178" }, deleted_at: "2026-08-03T02:00:00+0000", username: "pemkabtegal" };
  expect(read(envelope({ value: removed, field: "delete" }))).toEqual({
    ok: true,
    events: [{ kind: "comment-removed", accountRemoteId: "178", remoteId: "72" }],
  });
  expect(read(envelope({ value: reply, field: "publish" }))).toEqual({ ok: true, events: [] });
  expect(read(envelope({ value: { id: "71" }, field: "replies" }))).toEqual({ ok: true, events: [] });
  expect(read({ object: "threads", entry: [] })).toEqual({ ok: false, reason: "malformed" });
});

test("a wrong, missing or foreign signature counts for nothing", () => {
  const body = bytes(envelope({ value: reply, field: "replies" }));
  const refused = { ok: false, reason: "signature" };
  expect(readWebhook(body, signed(body, "lain"), secret)).toEqual(refused);
  expect(readWebhook(body, new Headers(), secret)).toEqual(refused);
  expect(readWebhook(Buffer.concat([body, Buffer.from(" ")]), signed(body), secret)).toEqual(refused);
});
