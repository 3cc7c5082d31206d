import { expect, test } from "vitest";
import { xFailure } from "./client.ts";

const now = new Date("2026-08-03T05:00:00Z");
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({ status, headers: new Headers(headers), body });
const problem = (status: number, detail: string, type = "about:blank", more: object = {}) =>
  answer(status, { title: "Problem", detail, type, status, ...more });
const known = (kind: string) => `https://api.twitter.com/2/problems/${kind}`;

test.each([
  ["a token refused", problem(401, "Unauthorized"), { kind: "needs-reauth", reason: "revoked" }],
  ["a scope missing", problem(403, "…", known("oauth2-permissions")), { kind: "needs-reauth", reason: "scope" }],
  ["an app that is not enrolled", problem(403, "…", known("client-forbidden")), { kind: "not-entitled", what: "tier" }],
  ["no credits left", problem(402, "…", "https://api.x.com/2/problems/credits"), { kind: "not-entitled", what: "tier" }],
  ["the month's cap", problem(429, "…", known("usage-capped")), { kind: "not-entitled", what: "tier" }],
  [
    "a repeated text",
    problem(403, "You are not allowed to create a Tweet with duplicate content."),
    { kind: "rejected", code: "duplicate", detail: expect.any(String) },
  ],
  ["another refusal", problem(403, "…"), { kind: "rejected", code: "not-permitted", detail: "…" }],
  [
    "a parameter",
    problem(400, "One or more", known("invalid-request"), { errors: [{ message: "Too long." }] }),
    { kind: "rejected", code: "invalid", detail: "Too long." },
  ],
  ["what is not X", answer(302, undefined), { kind: "rejected", code: "unexpected-answer", detail: "HTTP 302" }],
  [
    "one thing that is not there, told with 200",
    answer(200, { errors: [{ title: "Not Found Error", type: known("resource-not-found") }] }),
    { kind: "rejected", code: "not-found" },
  ],
  ["data with something missing beside it", answer(200, { data: {}, errors: [{ type: known("resource-not-found") }] }), null],
  ["success", answer(201, { data: { id: "1" } }), null],
])("%s", (_, given, failure) => {
  expect(xFailure(given, false, now)).toEqual(failure);
});

test("the server's own trouble is retryable before the irreversible call and unknown on it", () => {
  expect(xFailure(problem(503, "Over capacity"), false, now)).toEqual({ kind: "retryable" });
  expect(xFailure(problem(503, "Over capacity"), true, now)).toEqual({ kind: "ambiguous" });
  expect(xFailure(problem(403, "duplicate content"), true, now)).toMatchObject({ kind: "rejected" });
});

test.each([
  [{ "x-rate-limit-reset": "1785733200", "x-rate-limit-remaining": "0" }, new Date(1_785_733_200_000)],
  [
    {
      ...{ "x-rate-limit-reset": "1785733200", "x-rate-limit-remaining": "12" },
      ...{ "x-user-limit-24hour-reset": "1785800000", "x-user-limit-24hour-remaining": "0" },
    },
    new Date(1_785_800_000_000),
  ],
  [{ "retry-after": "60" }, new Date("2026-08-03T05:01:00Z")],
  [{}, new Date("2026-08-03T05:15:00Z")],
])("a limit lasts until what X names as used up: %j", (headers, until) => {
  const given = answer(429, { title: "Too Many Requests", detail: "…", type: "about:blank" }, headers);
  expect(xFailure(given, true, now)).toEqual({ kind: "rate-limited", until, scope: "account" });
});
