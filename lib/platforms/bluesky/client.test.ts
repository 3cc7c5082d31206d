import { describe, expect, test } from "vitest";
import { xrpcFailure } from "./client.ts";

const now = new Date("2026-11-22T01:00:00Z");
const answer = (status: number, error?: string, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  body: error === undefined ? undefined : { error, message: "server's words" },
});

describe("an answer of a server means the same before and on the irreversible call", () => {
  test.each([
    ["an expired token", answer(400, "ExpiredToken"), { kind: "needs-reauth", reason: "expired" }],
    ["a garbled token", answer(400, "InvalidToken"), { kind: "needs-reauth", reason: "revoked" }],
    ["a wrong password", answer(401, "AuthenticationRequired"), { kind: "needs-reauth", reason: "revoked" }],
    [
      "a password with a second factor",
      answer(401, "AuthFactorTokenRequired"),
      { kind: "rejected", code: "app-password-required", detail: "server's words" },
    ],
    ["a closed account", answer(401, "AccountTakedown"), { kind: "rejected", code: "policy", detail: "server's words", policy: true }],
    ["a record that is not there", answer(400, "RecordNotFound"), { kind: "rejected", code: "not-found", detail: "server's words" }],
    ["a text too long", answer(400, "InvalidRequest"), { kind: "rejected", code: "invalid", detail: "server's words" }],
    ["a picture too large", answer(413), { kind: "rejected", code: "picture-refused", detail: "" }],
    ["a swept picture", answer(400, "BlobNotFound"), { kind: "rejected", code: "picture-gone", detail: "server's words" }],
    [
      "a rate limit",
      answer(429, "RateLimitExceeded", { "ratelimit-reset": "1795309500" }),
      { kind: "rate-limited", until: new Date(1795309500_000), scope: "account" },
    ],
    [
      "a rate limit without an end",
      answer(429, "RateLimitExceeded"),
      { kind: "rate-limited", until: new Date("2026-11-22T01:05:00Z"), scope: "account" },
    ],
    ["a page that is no server of the network", answer(404), { kind: "rejected", code: "unexpected-answer", detail: "HTTP 404" }],
    ["success", answer(200), null],
  ])("%s", (_, given, expected) => {
    expect(xrpcFailure(given, false, now)).toEqual(expected);
    expect(xrpcFailure(given, true, now)).toEqual(expected);
  });
});

test.each([
  ["an internal error", answer(500, "InternalServerError")],
  ["a gateway's page", answer(502)],
  ["a restart", answer(503)],
])("the server's own trouble leaves the irreversible call open: %s", (_, given) => {
  expect(xrpcFailure(given, false, now)).toEqual({ kind: "retryable" });
  expect(xrpcFailure(given, true, now)).toEqual({ kind: "ambiguous" });
});
