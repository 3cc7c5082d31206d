import { expect, test } from "vitest";
import { cloudFailure } from "./client.ts";

const now = new Date("2026-11-22T01:00:00Z");
const answer = (status: number, body: unknown, headers = {}) => ({ status, headers: new Headers(headers), body });
const refusal = (status: number, code: number, more: object = {}) =>
  answer(status, {
    error: {
      message: `(#${code}) x`,
      type: "OAuthException",
      code,
      error_data: { messaging_product: "whatsapp", details: "Why" },
      ...more,
    },
  });

test.each([
  ["an accepted message", answer(200, { messages: [{ id: "wamid.1" }] }), null],
  ["too many in a second", refusal(429, 130429), { kind: "rate-limited", until: new Date("2026-11-22T01:00:10Z"), scope: "account" }],
  ["the same as HTTP 400", refusal(400, 130429), { kind: "rate-limited", until: new Date("2026-11-22T01:00:10Z"), scope: "account" }],
  ["too many calls", refusal(429, 4), { kind: "rate-limited", until: new Date("2026-11-22T01:15:00Z"), scope: "app" }],
  ["marked as spam", refusal(429, 131048), { kind: "rate-limited", until: new Date("2026-11-22T01:15:00Z"), scope: "account" }],
  ["too much for one citizen", refusal(400, 131056), { kind: "retryable", after: new Date("2026-11-22T01:00:06Z") }],
  ["a day after", refusal(400, 131047), { kind: "rejected", code: "window-closed", detail: "Why" }],
  ["no such person", refusal(400, 131026), { kind: "rejected", code: "undeliverable", detail: "Why" }],
  ["held back", refusal(400, 131049), { kind: "rejected", code: "undeliverable", detail: "Why" }],
  ["a locked account", refusal(403, 131031), { kind: "rejected", code: "account-locked", detail: "Why", policy: true }],
  ["a broken policy", refusal(403, 368), { kind: "rejected", code: "policy", detail: "Why", policy: true }],
  ["an ended token", refusal(401, 190, { error_subcode: 463 }), { kind: "needs-reauth", reason: "expired" }],
  ["a withdrawn token", refusal(401, 190), { kind: "needs-reauth", reason: "revoked" }],
  ["a missing permission", refusal(403, 200), { kind: "needs-reauth", reason: "scope" }],
  ["another's number", refusal(403, 10), { kind: "needs-reauth", reason: "scope" }],
  ["a deleted number", refusal(400, 100, { error_subcode: 33 }), { kind: "rejected", code: "not-found", detail: "Why" }],
  ["a long text", refusal(400, 100), { kind: "rejected", code: "invalid", detail: "Why" }],
  [
    "a refusal that names the citizen",
    refusal(400, 131021, { error_data: { details: "Recipient 6281234567890 is the sender" } }),
    { kind: "rejected", code: "invalid", detail: "Recipient … is the sender" },
  ],
  [
    "a wait",
    answer(429, undefined, { "retry-after": "30" }),
    { kind: "rate-limited", until: new Date("2026-11-22T01:00:30Z"), scope: "app" },
  ],
  ["a redirect", answer(302, undefined), { kind: "rejected", code: "unexpected-answer", detail: "HTTP 302" }],
])("%s means the same on every call", (_, given, expected) => {
  expect(cloudFailure(given, true, now)).toEqual(expected);
  expect(cloudFailure(given, false, now)).toEqual(expected);
});

test.each([
  ["something went wrong", refusal(500, 131000)],
  ["out of service", refusal(503, 2)],
  ["an unknown error as HTTP 400", refusal(400, 1)],
  ["a gateway's trouble", answer(502, undefined)],
])("%s is unknown on the irreversible call, and may be repeated on any other", (_, given) => {
  expect(cloudFailure(given, true, now)).toEqual({ kind: "ambiguous" });
  expect(cloudFailure(given, false, now)).toEqual({ kind: "retryable" });
});
