import { describe, expect, test } from "vitest";
import type { HttpAnswer } from "../http.ts";
import { instagramFailure } from "./client.ts";

const now = new Date("2026-08-03T02:00:00Z");
const answer = (code: number, subcode?: number, status = 400): HttpAnswer => ({
  status,
  headers: new Headers(),
  body: { error: { message: "x", type: "OAuthException", code, ...(subcode ? { error_subcode: subcode } : {}), fbtrace_id: "A" } },
});
const preparing = (...parts: Parameters<typeof answer>) => instagramFailure(answer(...parts), false, now);
const committing = (...parts: Parameters<typeof answer>) => instagramFailure(answer(...parts), true, now);

describe("what Instagram's answers mean", () => {
  test("an answer without an error is none", () => {
    expect(instagramFailure({ status: 200, headers: new Headers(), body: { id: "1" } }, true, now)).toBeNull();
  });

  test("suspected spam at the publishing call may stand for a live post; before it, it is a refusal", () => {
    expect(committing(4, 2207051)).toEqual({ kind: "ambiguous" });
    expect(preparing(4, 2207051)).toMatchObject({ kind: "rejected", policy: true });
    expect(committing(4)).toMatchObject({ kind: "rate-limited", scope: "app" });
  });

  test("too early is tried again in a minute, and the daily quota waits", () => {
    expect(committing(9007, 2207027)).toEqual({ kind: "retryable", after: new Date("2026-08-03T02:01:00Z") });
    expect(committing(9, 2207042)).toEqual({ kind: "rate-limited", until: new Date("2026-08-03T03:00:00Z"), scope: "account" });
    expect(preparing(80002)).toMatchObject({ kind: "rate-limited", scope: "account" });
  });

  test("a server's trouble is unknown at the publishing call alone", () => {
    expect(committing(-1, 2207001)).toEqual({ kind: "ambiguous" });
    expect(committing(1, undefined, 500)).toEqual({ kind: "ambiguous" });
    expect(preparing(-1, 2207032)).toEqual({ kind: "retryable" });
    expect(preparing(-2, 2207003)).toEqual({ kind: "retryable" });
    expect(preparing(9004, 2207052)).toEqual({ kind: "retryable" });
  });

  test("refused pictures, lost containers, missing objects, tokens and permissions are told apart", () => {
    for (const [code, subcode] of [
      [36000, 2207004],
      [36001, 2207005],
      [36003, 2207009],
    ] as const)
      expect(preparing(code, subcode)).toMatchObject({ kind: "rejected", code: "picture-refused" });
    expect(preparing(352, 2207026)).toMatchObject({ kind: "rejected", code: "video-refused" });
    expect(preparing(110)).toMatchObject({ kind: "rejected", code: "collaborator-unknown" });
    expect(committing(24, 2207006)).toMatchObject({ kind: "rejected", code: "container-gone" });
    expect(preparing(100, 33)).toMatchObject({ kind: "rejected", code: "not-found" });
    expect(preparing(190, 463, 401)).toEqual({ kind: "needs-reauth", reason: "expired" });
    expect(preparing(10)).toEqual({ kind: "needs-reauth", reason: "scope" });
  });
});
