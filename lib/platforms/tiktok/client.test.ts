import { expect, test } from "vitest";
import type { HttpAnswer } from "../http.ts";
import { partFailure, tiktokFailure } from "./client.ts";

const now = new Date("2026-11-02T03:00:00Z");
const answer = (status: number, code?: string, headers = {}): HttpAnswer => ({
  status,
  headers: new Headers(headers),
  body: code === undefined ? undefined : { data: {}, error: { code, message: "kata TikTok", log_id: "1" } },
});
const meaning = (status: number, code?: string, committing = false) => tiktokFailure(answer(status, code), committing, now);

test.each([
  [200, "ok", null],
  [401, "access_token_invalid", { kind: "needs-reauth", reason: "revoked" }],
  [200, "access_token_invalid", { kind: "needs-reauth", reason: "revoked" }],
  [401, "scope_not_authorized", { kind: "needs-reauth", reason: "scope" }],
  [429, "rate_limit_exceeded", { kind: "rate-limited", until: new Date("2026-11-02T03:01:00Z"), scope: "endpoint" }],
  [200, "rate_limit_exceeded", { kind: "rate-limited", until: new Date("2026-11-02T03:01:00Z"), scope: "endpoint" }],
  [403, "spam_risk_too_many_posts", { kind: "rate-limited", until: new Date("2026-11-02T04:00:00Z"), scope: "account" }],
  [403, "reached_active_user_cap", { kind: "rate-limited", until: new Date("2026-11-02T04:00:00Z"), scope: "app" }],
  [403, "unaudited_client_can_only_post_to_private_accounts", { kind: "not-entitled", what: "audit" }],
  [403, "spam_risk_user_banned_from_posting", { kind: "rejected", code: "policy", detail: "kata TikTok", policy: true }],
  [403, "url_ownership_unverified", { kind: "rejected", code: "url-ownership-unverified", detail: "kata TikTok" }],
  [403, "privacy_level_option_mismatch", { kind: "rejected", code: "privacy-level-option-mismatch", detail: "kata TikTok" }],
  [400, "invalid_publish_id", { kind: "rejected", code: "not-found", detail: "kata TikTok" }],
  [400, "invalid_param", { kind: "rejected", code: "invalid", detail: "kata TikTok" }],
  [400, "invalid_params", { kind: "rejected", code: "invalid", detail: "kata TikTok" }],
  [200, "internal_error", { kind: "retryable" }],
  [502, undefined, { kind: "retryable" }],
  [401, undefined, { kind: "needs-reauth", reason: "revoked" }],
  [429, undefined, { kind: "rate-limited", until: new Date("2026-11-02T03:01:00Z"), scope: "endpoint" }],
  [404, undefined, { kind: "rejected", code: "unexpected-answer", detail: "HTTP 404" }],
])("status %i with %s is told by its code, not by its status", (status, code, expected) => {
  expect(meaning(status, code)).toEqual(expected);
});

test("after the irreversible call, TikTok's own trouble and an answer without its envelope leave the outcome open", () => {
  for (const [status, code] of [
    [500, "internal_error"],
    [200, "internal_error"],
    [503, undefined],
    [200, undefined],
  ] as const)
    expect(meaning(status, code, true)).toEqual({ kind: "ambiguous" });
  expect(meaning(403, "spam_risk_too_many_posts", true)).toMatchObject({ kind: "rate-limited" });
});

test("what TikTok says of waiting wins", () => {
  const failure = tiktokFailure(answer(429, "rate_limit_exceeded", { "retry-after": "30" }), false, now);
  expect(failure).toMatchObject({ until: new Date("2026-11-02T03:00:30Z") });
});

test.each([
  [206, null, { kind: "ambiguous" }],
  [201, null, null],
  [500, { kind: "retryable" }, { kind: "ambiguous" }],
  [416, { kind: "retryable" }, { kind: "ambiguous" }],
  [401, { kind: "rejected", code: "upload-gone" }, { kind: "rejected", code: "upload-gone" }],
  [403, { kind: "rejected", code: "upload-gone" }, { kind: "rejected", code: "upload-gone" }],
  [404, { kind: "rejected", code: "upload-gone" }, { kind: "rejected", code: "upload-gone" }],
  [400, { kind: "rejected", code: "video-refused", detail: "HTTP 400" }, { kind: "rejected", code: "video-refused", detail: "HTTP 400" }],
])("%i to a part of a video, and to the last one", (status, part, last) => {
  expect(partFailure(answer(status), false, now)).toEqual(part);
  expect(partFailure(answer(status), true, now)).toEqual(last);
});
