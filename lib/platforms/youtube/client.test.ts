import { expect, test } from "vitest";
import { youtubeFailure } from "./client.ts";
import { nextQuotaDay } from "./quota.ts";

const now = new Date("2026-08-03T05:00:00Z");
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({ status, headers: new Headers(headers), body });
const problem = (status: number, reason: string, headers: Record<string, string> = {}) =>
  answer(
    status,
    { error: { code: status, message: "Kata-kata Google", errors: [{ message: "…", domain: "youtube.api", reason }] } },
    headers,
  );
const rejected = (code: string) => ({ kind: "rejected", code, detail: "Kata-kata Google" });

test.each([
  ["a token refused", problem(401, "authError"), { kind: "needs-reauth", reason: "revoked" }],
  ["a person without a channel", problem(401, "youtubeSignupRequired"), rejected("no-channel")],
  ["a scope missing", problem(403, "insufficientPermissions"), { kind: "needs-reauth", reason: "scope" }],
  [
    "a scope missing, told in the newer way",
    answer(403, { error: { code: 403, message: "…", details: [{}, { reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT" }] } }),
    { kind: "needs-reauth", reason: "scope" },
  ],
  ["the interface not switched on", problem(403, "accessNotConfigured"), { kind: "not-entitled", what: "review" }],
  ["the day's quota", problem(403, "quotaExceeded"), { kind: "rate-limited", until: new Date("2026-08-03T07:00:00Z"), scope: "app" }],
  ["too many at once", problem(403, "rateLimitExceeded"), { kind: "rate-limited", until: new Date("2026-08-03T05:15:00Z"), scope: "app" }],
  [
    "too many at once, with the time to wait",
    problem(429, "rateLimitExceeded", { "retry-after": "30" }),
    { kind: "rate-limited", until: new Date("2026-08-03T05:00:30Z"), scope: "app" },
  ],
  ["429 alone", answer(429, undefined), { kind: "rate-limited", until: new Date("2026-08-03T05:15:00Z"), scope: "app" }],
  [
    "the channel's uploads of a day",
    problem(400, "uploadLimitExceeded"),
    { kind: "rate-limited", until: new Date("2026-08-04T05:00:00Z"), scope: "account" },
  ],
  ["a title", problem(400, "invalidTitle"), rejected("title-refused")],
  ["a description", problem(400, "invalidDescription"), rejected("text-refused")],
  ["a comment that is too long", problem(400, "commentTextTooLong"), rejected("text-refused")],
  ["comments that are closed", problem(403, "commentsDisabled"), rejected("comments-closed")],
  ["a video that is gone", problem(404, "videoNotFound"), rejected("not-found")],
  ["another thing that is gone", problem(404, "notFound"), rejected("not-found")],
  ["what Google could not process", problem(400, "processingFailure"), rejected("invalid")],
  ["another refusal", problem(403, "forbidden"), rejected("not-permitted")],
  ["what is not Google", answer(302, undefined), { kind: "rejected", code: "unexpected-answer", detail: "HTTP 302" }],
  ["success", answer(200, {}), null],
])("%s", (_, given, failure) => {
  expect(youtubeFailure(given, false, now)).toEqual(failure);
});

test("the server's own trouble is retryable before the irreversible call and unknown on it", () => {
  expect(youtubeFailure(problem(503, "backendError"), false, now)).toEqual({ kind: "retryable" });
  expect(youtubeFailure(answer(500, undefined), true, now)).toEqual({ kind: "ambiguous" });
  expect(youtubeFailure(problem(403, "quotaExceeded"), true, now)).toMatchObject({ kind: "rate-limited" });
});

test.each([
  ["2026-11-22T20:00:00Z", "2026-11-23T08:00:00Z"],
  ["2026-11-23T07:59:59Z", "2026-11-23T08:00:00Z"],
  ["2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z"],
  ["2026-07-01T06:59:00Z", "2026-07-01T07:00:00Z"],
  // Summer time ends in the night of 1 November and begins in that of 8 March.
  ["2026-11-01T07:30:00Z", "2026-11-02T08:00:00Z"],
  ["2026-10-31T12:00:00Z", "2026-11-01T07:00:00Z"],
  ["2026-03-08T12:00:00Z", "2026-03-09T07:00:00Z"],
])("the quota of %s lasts until midnight in California, %s", (at, midnight) => {
  expect(nextQuotaDay(new Date(at))).toEqual(new Date(midnight));
});
