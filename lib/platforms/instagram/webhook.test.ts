import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { readWebhook } from "./webhook.ts";

const secret = "rahasia";
const account = "17841400000000001";
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const signed = (body: Buffer, by = secret) =>
  new Headers({ "x-hub-signature-256": `sha256=${createHmac("sha256", by).update(body).digest("hex")}` });
const change = (value: object, field = "comments") => ({
  object: "instagram",
  entry: [{ id: account, time: 1_785_722_400, changes: [{ field, value }] }],
});
const read = (value: unknown) => readWebhook(bytes(value), signed(bytes(value)), secret);
const comment = { id: "71", text: "Jam berapa?", from: { id: "777", username: "siti" }, media: { id: "1801", media_product_type: "FEED" } };

test("a comment is told with its post, its author and when Instagram told of it", () => {
  expect(read(change(comment))).toEqual({
    ok: true,
    events: [
      {
        kind: "comment",
        accountRemoteId: account,
        comment: {
          remoteId: "71",
          postRemoteId: "1801",
          parentRemoteId: null,
          author: { remoteId: "777", name: "siti" },
          text: "Jam berapa?",
          sentAt: new Date(1_785_722_400_000),
          own: false,
          ref: { top: null },
        },
      },
    ],
  });
});

test("a reply names the comment at the top, and our own is known as ours", () => {
  const own = { ...comment, parent_id: "70", from: { id: "5", username: "pemkabtegal", self_ig_scoped_id: "5" } };
  expect(read(change(own))).toMatchObject({ events: [{ comment: { parentRemoteId: "70", ref: { top: "70" }, own: true } }] });
  const byNumber = { ...comment, from: { id: account, username: "pemkabtegal" } };
  expect(read(change(byNumber))).toMatchObject({ events: [{ comment: { own: true } }] });
});

test("other fields, other objects and broken values change nothing", () => {
  expect(read(change(comment, "mentions"))).toEqual({ ok: true, events: [] });
  expect(read(change({ id: "71" }))).toEqual({ ok: true, events: [] });
  expect(read({ ...change(comment), object: "page" })).toEqual({ ok: true, events: [] });
  expect(read({ object: "instagram" })).toEqual({ ok: false, reason: "malformed" });
});

test("a wrong, missing or foreign signature counts for nothing", () => {
  const body = bytes(change(comment));
  const refused = { ok: false, reason: "signature" };
  expect(readWebhook(body, signed(body, "lain"), secret)).toEqual(refused);
  expect(readWebhook(body, new Headers(), secret)).toEqual(refused);
  expect(readWebhook(Buffer.concat([body, Buffer.from(" ")]), signed(body), secret)).toEqual(refused);
});
