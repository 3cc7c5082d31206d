import { describe, expect, test } from "vitest";
import type { Failure } from "../../platforms/contract.ts";
import { kinds } from "../kinds.ts";
import { GIVES_UP_MS, mayDecide, needsSecond, offered, possible, type Subject, settleModeration, standingOf } from "./rules.ts";

const at = new Date("2026-11-23T03:00:00Z");
const comment: Subject = {
  actions: ["like", "hide", "unhide"],
  platform: "facebook",
  direction: "in",
  underPost: true,
  parentRemoteId: null,
  removed: false,
};

test("a citizen's voice is hidden by two people, whatever the case was called afterwards; a like never waits", () => {
  const voices = kinds.filter((kind) => needsSecond("hide", [kind]));
  expect(voices).toEqual(["complaint", "aspiration", "feedback", "criticism", "question", "information_request"]);
  expect(needsSecond("hide", ["spam", "criticism"])).toBe(true);
  expect(needsSecond("hide", ["spam", null])).toBe(false);
  for (const action of ["like", "unhide"] as const) expect(needsSecond(action, ["criticism"])).toBe(false);
});

test("the second person is another one, a verifier or a supervisor", () => {
  expect(mayDecide("a", { personId: "b", roles: ["verifier"] })).toBe(true);
  expect(mayDecide("a", { personId: "b", roles: ["supervisor"] })).toBe(true);
  expect(mayDecide("a", { personId: "a", roles: ["supervisor"] })).toBe(false);
  expect(mayDecide("a", { personId: "b", roles: ["admin", "head"] })).toBe(false);
});

test("only citizens' comments under our posts that still stand are touched, by what their platform has", () => {
  expect(possible(comment)).toEqual(["like", "hide", "unhide"]);
  for (const change of [{ direction: "out" }, { underPost: false }, { removed: true }, { actions: [] }])
    expect(possible({ ...comment, ...change })).toEqual([]);
  const threads: Subject = { ...comment, platform: "threads", actions: ["hide", "unhide"] };
  expect(possible(threads)).toEqual(["hide", "unhide"]);
  expect(possible({ ...threads, parentRemoteId: "17" })).toEqual([]);
});

test("what is offered follows what the platform has done, and nothing is while an order is open", () => {
  const then = (...orders: Parameters<typeof standingOf>[0]) => offered(comment, standingOf(orders));
  expect(then()).toEqual(["like", "hide"]);
  expect(then({ action: "hide", state: "waiting" })).toEqual([]);
  expect(then({ action: "hide", state: "asked" })).toEqual([]);
  expect(then({ action: "hide", state: "failed" })).toEqual(["like", "hide"]);
  expect(then({ action: "hide", state: "refused" })).toEqual(["like", "hide"]);
  expect(then({ action: "hide", state: "done" })).toEqual(["like", "unhide"]);
  expect(then({ action: "hide", state: "done" }, { action: "like", state: "done" })).toEqual(["unhide"]);
  expect(then({ action: "hide", state: "done" }, { action: "unhide", state: "done" })).toEqual(["like", "hide"]);
});

describe("after a try", () => {
  const then = (failure: Failure | null, attempts = 1, orderedAt = at) => settleModeration(failure, attempts, orderedAt, at);
  const later = (ms: number) => new Date(at.getTime() + ms);

  test("it is done, or over for good with a code", () => {
    expect(then(null)).toEqual({ state: "done", runAt: null, problem: null });
    expect(then({ kind: "rejected", code: "not-permitted" })).toMatchObject({ state: "failed", problem: "rejected-not-permitted" });
    expect(then({ kind: "needs-reauth", reason: "scope" })).toMatchObject({ state: "failed", problem: "reauth-scope" });
    expect(then({ kind: "not-entitled", what: "review" })).toMatchObject({ state: "failed", problem: "not-entitled" });
  });

  test("an unknown outcome and a passing fault are tried again, later each time, never before the platform says", () => {
    for (const kind of ["retryable", "ambiguous"] as const) {
      expect(then({ kind })).toEqual({ state: "waiting", runAt: later(10_000), problem: kind });
      expect(then({ kind }, 3).runAt).toEqual(later(120_000));
      expect(then({ kind }, 99).runAt).toEqual(later(3_600_000));
    }
    expect(then({ kind: "retryable", after: later(90_000) }).runAt).toEqual(later(90_000));
    expect(then({ kind: "rate-limited", until: later(7_200_000), scope: "app" }, 9).runAt).toEqual(later(7_200_000));
  });

  test("it is given up two days after it was ordered", () => {
    expect(then({ kind: "retryable" }, 50, later(-GIVES_UP_MS))).toMatchObject({ state: "failed", problem: "gave-up" });
    expect(then({ kind: "retryable" }, 50, later(-GIVES_UP_MS + 3_600_000)).state).toBe("waiting");
  });
});
