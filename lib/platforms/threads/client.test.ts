import { describe, expect, test } from "vitest";
import type { HttpAnswer } from "../http.ts";
import { threadsFailure } from "./client.ts";

const now = new Date("2026-08-03T02:00:00Z");
const answer = (code: number, subcode?: number, status = 400): HttpAnswer => ({
  status,
  headers: new Headers(),
  body: { error: { message: "x", type: "THApiException", code, ...(subcode ? { error_subcode: subcode } : {}), fbtrace_id: "A" } },
});
const preparing = (...parts: Parameters<typeof answer>) => threadsFailure(answer(...parts), false, now);
const committing = (...parts: Parameters<typeof answer>) => threadsFailure(answer(...parts), true, now);

describe("what Threads' answers mean", () => {
  test("an answer without an error is none", () => {
    expect(threadsFailure({ status: 200, headers: new Headers(), body: { id: "1" } }, true, now)).toBeNull();
  });

  test("a container that cannot be found and the lost parts of a carousel are told from other refusals", () => {
    expect(committing(24, 4279009)).toMatchObject({ kind: "rejected", code: "container-gone" });
    expect(preparing(100, 4279004)).toMatchObject({ kind: "rejected", code: "container-gone" });
    expect(preparing(100, 33)).toMatchObject({ kind: "rejected", code: "not-found" });
    expect(preparing(100)).toMatchObject({ kind: "rejected", code: "invalid" });
  });

  test("suspected spam at the publishing call may stand for a live post; a restricted profile never does", () => {
    expect(committing(4, 2207051)).toEqual({ kind: "ambiguous" });
    expect(preparing(4, 2207051)).toMatchObject({ kind: "rejected", policy: true });
    expect(committing(10, 4279013)).toMatchObject({ kind: "rejected", code: "policy", policy: true });
  });

  test("limits of calls and of a day's posts wait", () => {
    expect(committing(4)).toMatchObject({ kind: "rate-limited", scope: "app" });
    expect(committing(9, 2207042)).toEqual({ kind: "rate-limited", until: new Date("2026-08-03T03:00:00Z"), scope: "account" });
  });

  test("a server's trouble is unknown at the publishing call alone, and a picture out of reach may be reached later", () => {
    expect(committing(-1)).toEqual({ kind: "ambiguous" });
    expect(committing(1, undefined, 500)).toEqual({ kind: "ambiguous" });
    expect(preparing(-1)).toEqual({ kind: "retryable" });
    expect(preparing(1, 2207052)).toEqual({ kind: "retryable" });
    expect(preparing(-1, 4279047)).toMatchObject({ kind: "rejected", code: "link-refused" });
  });

  test("refused pictures, tokens and permissions are told apart", () => {
    for (const subcode of [2207004, 2207005, 2207009])
      expect(preparing(36000, subcode)).toMatchObject({ kind: "rejected", code: "picture-refused" });
    expect(preparing(190, 463, 401)).toEqual({ kind: "needs-reauth", reason: "expired" });
    expect(preparing(190)).toEqual({ kind: "needs-reauth", reason: "revoked" });
    expect(preparing(10)).toEqual({ kind: "needs-reauth", reason: "scope" });
  });
});
