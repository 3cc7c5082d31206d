import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { answerChallenge, readWebhook } from "./webhook.ts";

const secret = "app-secret";
const page = "102938475610293";
const bytes = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const sign = (body: Uint8Array, key = secret) =>
  new Headers({ "x-hub-signature-256": `sha256=${createHmac("sha256", key).update(body).digest("hex")}` });
const read = (value: unknown) => readWebhook(bytes(value), sign(bytes(value)), secret);

const value = {
  from: { id: "7788990011", name: "Siti Aminah" },
  post: {
    status_type: "added_photos",
    is_published: true,
    permalink_url: "https://www.facebook.com/102938475610293/posts/5566",
    id: `${page}_5566`,
  },
  message: "Jalan depan SDN 2 masih banjir, Pak",
  post_id: `${page}_5566`,
  comment_id: "5566_9001",
  created_time: 1795309200,
  item: "comment",
  parent_id: `${page}_5566`,
  verb: "add",
};
const notice = (...values: object[]) => ({
  object: "page",
  entry: [{ id: page, time: 1795309201, changes: values.map((one) => ({ field: "feed", value: one })) }],
});

describe("a signed notification", () => {
  test("of a comment under a post", () => {
    expect(read(notice(value))).toEqual({
      ok: true,
      events: [
        {
          kind: "comment",
          accountRemoteId: page,
          comment: {
            remoteId: "5566_9001",
            postRemoteId: `${page}_5566`,
            parentRemoteId: null,
            author: { remoteId: "7788990011", name: "Siti Aminah" },
            text: "Jalan depan SDN 2 masih banjir, Pak",
            sentAt: new Date(1795309200_000),
            own: false,
            ref: null,
          },
        },
      ],
    });
  });

  test("of the page's own reply, an edit and a removal, in one batch", () => {
    const reply = { ...value, comment_id: "5566_9002", parent_id: "5566_9001", from: { id: page, name: "Pemkab Tegal" } };
    const result = read(
      notice(reply, { ...value, verb: "edited" }, { ...value, verb: "remove", message: undefined, created_time: undefined }),
    );
    expect(result).toMatchObject({
      events: [
        { comment: { remoteId: "5566_9002", parentRemoteId: "5566_9001", own: true } },
        { kind: "comment", comment: { remoteId: "5566_9001", editedAt: new Date(1795309201_000) } },
        { kind: "comment-removed", accountRemoteId: page, remoteId: "5566_9001" },
      ],
    });
  });

  test("of a comment without words or author", () => {
    expect(read(notice({ ...value, message: undefined, from: undefined }))).toMatchObject({
      events: [{ comment: { text: "", author: { remoteId: "", name: "" }, own: false } }],
    });
  });

  test("of anything else says nothing", () => {
    const reaction = { item: "reaction", verb: "add", reaction_type: "like", post_id: `${page}_5566`, created_time: 1 };
    expect(read(notice(reaction, { ...value, verb: "hide" }, { item: "status", verb: "add" }))).toEqual({ ok: true, events: [] });
    expect(read({ object: "user", entry: [] })).toEqual({ ok: true, events: [] });
  });
});

describe("the signature covers the bytes as they came", () => {
  const escaped = bytes(JSON.stringify(notice(value)).replaceAll("/", "\\/"));

  test("escaped as Meta escapes", () => {
    expect(readWebhook(escaped, sign(escaped), secret)).toMatchObject({ ok: true });
  });

  test.each([
    ["re-serialised after signing", bytes(notice(value)), sign(escaped)],
    ["of another app", escaped, sign(escaped, "other")],
    ["cut short", escaped, new Headers({ "x-hub-signature-256": "sha256=abcd" })],
    ["of the old kind only", escaped, new Headers({ "x-hub-signature": "sha1=0000" })],
    ["missing", escaped, new Headers()],
  ])("%s: refused", (_, body, headers) => {
    expect(readWebhook(body, headers, secret)).toEqual({ ok: false, reason: "signature" });
  });

  test("and no signature counts while the app has no secret", () => {
    expect(readWebhook(escaped, sign(escaped, ""), "")).toEqual({ ok: false, reason: "signature" });
  });
});

test.each(["not json", "[]", '{"object":"page"}'])("a signed body that is no notification: %s", (body) => {
  expect(read(body)).toEqual({ ok: false, reason: "malformed" });
});

test("the handshake is answered only to who knows the token", () => {
  const query = (token: string) =>
    new URLSearchParams({ "hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": token });
  expect(answerChallenge(query("kata"), "kata")).toBe("1158201444");
  expect(answerChallenge(query("lain"), "kata")).toBeNull();
  expect(answerChallenge(query(""), "")).toBeNull();
  expect(answerChallenge(new URLSearchParams({ "hub.challenge": "1" }), "kata")).toBeNull();
});
