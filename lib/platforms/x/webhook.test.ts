import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { answerChallenge, readWebhook } from "./webhook.ts";

const secret = "rahasia-konsumen";
const signed = (payload: unknown) => {
  const body = Buffer.from(JSON.stringify(payload));
  const signature = `sha256=${createHmac("sha256", secret).update(body).digest("base64")}`;
  return readWebhook(body, new Headers({ "x-twitter-webhooks-signature": signature }), secret);
};
const reply = {
  created_at: "Thu Jul 30 01:02:03 +0000 2026",
  id_str: "1801",
  text: "@pemkabtegal Kapan?",
  in_reply_to_status_id_str: "1799",
  in_reply_to_user_id_str: "7001",
  user: { id_str: "9", name: "Siti", screen_name: "siti" },
  entities: { urls: [] },
};
const events = (tweet: object) => {
  const result = signed({ for_user_id: "7001", tweet_create_events: [tweet] });
  return result.ok ? result.events : result.reason;
};

test("a reply to the account is a comment under what it answers", () => {
  expect(events(reply)).toEqual([
    {
      kind: "comment",
      accountRemoteId: "7001",
      comment: {
        remoteId: "1801",
        postRemoteId: "1799",
        parentRemoteId: null,
        author: { remoteId: "9", name: "Siti" },
        text: "Kapan?",
        sentAt: new Date("2026-07-30T01:02:03Z"),
        own: false,
        ref: null,
      },
    },
  ]);
});

test("a reply to another citizen, and the account's own, hang on what they answer; a long text is read whole", () => {
  expect(events({ ...reply, in_reply_to_user_id_str: "8", in_reply_to_status_id_str: "1800" })).toMatchObject([
    { comment: { parentRemoteId: "1800", own: false } },
  ]);
  const own = { ...reply, user: { id_str: "7001", name: "Pemkab" }, in_reply_to_user_id_str: "9", in_reply_to_status_id_str: "1801" };
  expect(events(own)).toMatchObject([{ comment: { parentRemoteId: "1801", own: true } }]);
  const urls = [{ url: "https://t.co/a", expanded_url: "https://contoh.id/a", display_url: "contoh.id/a" }];
  const long = { ...reply, truncated: true, extended_tweet: { full_text: "@pemkabtegal Lihat https://t.co/a &lt;3", entities: { urls } } };
  expect(events(long)).toMatchObject([{ comment: { text: "Lihat https://contoh.id/a <3" } }]);
});

test("posts and mentions that answer nothing, and other events, are left out; a removal is told", () => {
  expect(events({ ...reply, in_reply_to_status_id_str: null })).toEqual([]);
  expect(events({ nonsense: true })).toEqual([]);
  expect(signed({ for_user_id: "7001", favorite_events: [{}] })).toEqual({ ok: true, events: [] });
  const removed = { status: { id: "1801", user_id: "9" }, timestamp_ms: "1" };
  expect(signed({ for_user_id: "7001", tweet_delete_events: [removed] })).toEqual({
    ok: true,
    events: [{ kind: "comment-removed", accountRemoteId: "7001", remoteId: "1801" }],
  });
});

test("without X's signature nothing counts", () => {
  const body = Buffer.from("{}");
  const check = (signature: string | null, key = secret) =>
    readWebhook(body, new Headers(signature === null ? {} : { "x-twitter-webhooks-signature": signature }), key);
  const right = (key: string) => `sha256=${createHmac("sha256", key).update(body).digest("base64")}`;
  expect(check(right(secret))).toEqual({ ok: false, reason: "malformed" });
  for (const wrong of [check(null), check("sha256="), check(right("lain")), check(right(""), "")])
    expect(wrong).toEqual({ ok: false, reason: "signature" });
});

test("the challenge is answered with the token signed, and only with a secret", () => {
  const query = new URLSearchParams({ crc_token: "token" });
  const response_token = `sha256=${createHmac("sha256", secret).update("token").digest("base64")}`;
  expect(answerChallenge(query, secret)).toEqual({ response_token });
  expect(answerChallenge(query, "")).toBeNull();
  expect(answerChallenge(new URLSearchParams(), secret)).toBeNull();
});
