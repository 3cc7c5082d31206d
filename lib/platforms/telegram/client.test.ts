import { expect, test } from "vitest";
import { botFailure } from "./client.ts";

const now = new Date("2026-11-22T01:00:00Z");
const answer = (status: number, body: unknown) => ({ status, headers: new Headers(), body });
const refusal = (code: number, description: string, parameters?: object) =>
  answer(code, { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) });

test.each([
  ["a result", answer(200, { ok: true, result: {} }), null],
  [
    "too many requests",
    refusal(429, "Too Many Requests: retry after 35", { retry_after: 35 }),
    { kind: "rate-limited", until: new Date("2026-11-22T01:00:35Z"), scope: "account" },
  ],
  [
    "too many requests, without a wait",
    answer(429, undefined),
    { kind: "rate-limited", until: new Date("2026-11-22T01:01:00Z"), scope: "account" },
  ],
  ["an unknown token", refusal(401, "Unauthorized"), { kind: "needs-reauth", reason: "revoked" }],
  ["a token of no form", refusal(404, "Not Found"), { kind: "needs-reauth", reason: "revoked" }],
  ["a bot thrown out", refusal(403, "Forbidden: bot was kicked from the channel chat"), { kind: "needs-reauth", reason: "scope" }],
  ["a refusal", refusal(400, "Bad Request: chat not found"), { kind: "rejected", code: "invalid", detail: "Bad Request: chat not found" }],
  [
    "a moved group",
    refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: -1001 }),
    { kind: "rejected", code: "invalid", detail: "Bad Request: group chat was upgraded to a supergroup chat" },
  ],
  ["too large", refusal(413, "Request Entity Too Large"), { kind: "rejected", code: "invalid", detail: "Request Entity Too Large" }],
  ["a redirect", answer(302, undefined), { kind: "rejected", code: "unexpected-answer", detail: "HTTP 302" }],
])("%s means the same on every call", (_, given, expected) => {
  expect(botFailure(given, true, now)).toEqual(expected);
  expect(botFailure(given, false, now)).toEqual(expected);
});

test.each([
  ["the server's trouble", refusal(500, "Internal Server Error")],
  ["a gateway's trouble", answer(502, undefined)],
  ["an answer that is none", answer(200, "<html>")],
])("%s is unknown on the irreversible call, and may be repeated on any other", (_, given) => {
  expect(botFailure(given, true, now)).toEqual({ kind: "ambiguous" });
  expect(botFailure(given, false, now)).toEqual({ kind: "retryable" });
});
