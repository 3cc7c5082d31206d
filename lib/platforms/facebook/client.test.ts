import { describe, expect, test } from "vitest";
import { graphFailure } from "./client.ts";

const now = new Date("2026-11-22T01:00:00Z");
const inQuarter = new Date("2026-11-22T01:15:00Z");
const answer = (status: number, error?: object, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
  body: error === undefined ? undefined : { error: { message: "platform's words", type: "OAuthException", fbtrace_id: "Ax1", ...error } },
});

describe("an answer of Graph means the same before and on the irreversible call", () => {
  test.each([
    ["an expired token", answer(401, { code: 190, error_subcode: 463 }), { kind: "needs-reauth", reason: "expired" }],
    ["a revoked token", answer(400, { code: 190, error_subcode: 458 }), { kind: "needs-reauth", reason: "revoked" }],
    ["an unknown token", answer(400, { code: 190 }), { kind: "needs-reauth", reason: "revoked" }],
    ["a missing permission", answer(403, { code: 200 }), { kind: "needs-reauth", reason: "scope" }],
    ["another missing permission", answer(400, { code: 10 }), { kind: "needs-reauth", reason: "scope" }],
    ["the last permission code", answer(400, { code: 299 }), { kind: "needs-reauth", reason: "scope" }],
    [
      "the app's rate limit, as HTTP 400",
      answer(400, { code: 4, is_transient: true }),
      { kind: "rate-limited", until: inQuarter, scope: "app" },
    ],
    ["the user's rate limit", answer(400, { code: 17 }), { kind: "rate-limited", until: inQuarter, scope: "account" }],
    ["the page's rate limit", answer(403, { code: 32 }), { kind: "rate-limited", until: inQuarter, scope: "account" }],
    ["the endpoint's rate limit", answer(400, { code: 613 }), { kind: "rate-limited", until: inQuarter, scope: "endpoint" }],
    ["a page limit of the business kind", answer(400, { code: 80001 }), { kind: "rate-limited", until: inQuarter, scope: "account" }],
    [
      "HTTP 429 alone",
      answer(429, undefined, { "retry-after": "60" }),
      { kind: "rate-limited", until: new Date("2026-11-22T01:01:00Z"), scope: "app" },
    ],
    [
      "a block for policy",
      answer(400, { code: 368, error_user_msg: "Anda dibatasi" }),
      { kind: "rejected", code: "policy", detail: "Anda dibatasi", policy: true },
    ],
    ["a duplicate", answer(400, { code: 506 }), { kind: "rejected", code: "duplicate", detail: "platform's words" }],
    [
      "an object that is gone",
      answer(400, { code: 100, error_subcode: 33 }),
      { kind: "rejected", code: "not-found", detail: "platform's words" },
    ],
    ["a bad parameter", answer(400, { code: 100 }), { kind: "rejected", code: "invalid", detail: "platform's words" }],
    ["a bad picture", answer(400, { code: 324 }), { kind: "rejected", code: "picture-refused", detail: "platform's words" }],
    ["a bad video", answer(400, { code: 352 }), { kind: "rejected", code: "video-refused", detail: "platform's words" }],
    ["a video that is not whole", answer(400, { code: 6000 }), { kind: "retryable", after: new Date("2026-11-22T01:01:00Z") }],
    ["a redirect", answer(302), { kind: "rejected", code: "unexpected-answer", detail: "HTTP 302" }],
    ["success", answer(200), null],
  ])("%s", (_, given, expected) => {
    expect(graphFailure(given, false, now)).toEqual(expected);
    expect(graphFailure(given, true, now)).toEqual(expected);
  });
});

test("the upload address tells in its own way whether to try again", () => {
  const told = (retriable: boolean) => ({ status: 400, headers: new Headers(), body: { debug_info: { retriable, message: "Gagal" } } });
  expect(graphFailure(told(true), false, now)).toEqual({ kind: "retryable" });
  expect(graphFailure(told(false), false, now)).toEqual({ kind: "rejected", code: "video-refused", detail: "Gagal" });
});

describe("the platform's own trouble leaves the irreversible call open", () => {
  test.each([
    ["an unknown error", answer(500, { code: 1 })],
    ["an unavailable service", answer(503, { code: 2 })],
    ["a transient error as HTTP 400", answer(400, { code: 99, is_transient: true })],
    ["a gateway's page", answer(502)],
    ["a gateway's time-out", answer(504)],
  ])("%s", (_, given) => {
    expect(graphFailure(given, false, now)).toEqual({ kind: "retryable" });
    expect(graphFailure(given, true, now)).toEqual({ kind: "ambiguous" });
  });
});

test("the time to wait is the platform's own when it names one", () => {
  const usage = JSON.stringify({ "1789": [{ type: "pages", call_count: 100, estimated_time_to_regain_access: 42 }] });
  expect(graphFailure(answer(400, { code: 80001 }, { "x-business-use-case-usage": usage }), false, now)).toMatchObject({
    until: new Date("2026-11-22T01:42:00Z"),
  });
  expect(graphFailure(answer(400, { code: 4 }, { "x-business-use-case-usage": "{broken" }), false, now)).toMatchObject({
    until: inQuarter,
  });
});
