import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Failure } from "../platforms/contract.ts";
import { codeOf, endingIn, healthOf as healthAt, losesAccess } from "./rules.ts";

const at = new Date("2026-11-24T02:12:00Z");
const account = { mode: "api", state: "connected", lastOkAt: at, lastProblem: null, accessEndsAt: null } as const;
const healthOf = (channel: Parameters<typeof healthAt>[0]) => healthAt(channel, at);
const problem = (code: string) => ({ code, at: at.toISOString() });

describe("healthOf", () => {
  it("calls an account healthy only once the platform has answered", () => {
    expect(healthOf(account)).toEqual({ kind: "healthy" });
    expect(healthOf({ ...account, lastOkAt: null })).toEqual({ kind: "unproved" });
  });

  it("asks for a new key only when the platform said that the access is gone, and says why", () => {
    const gone = { ...account, state: "needs_reauth" } as const;
    expect(healthOf({ ...gone, lastProblem: problem("reauth-expired") })).toEqual({ kind: "reconnect", reason: "expired" });
    expect(healthOf({ ...gone, lastProblem: problem("reauth-scope") })).toEqual({ kind: "reconnect", reason: "scope" });
    expect(healthOf({ ...gone, lastProblem: problem("reauth-revoked") })).toEqual({ kind: "reconnect", reason: "revoked" });
    expect(healthOf({ ...gone, lastProblem: null })).toEqual({ kind: "reconnect", reason: "revoked" });
  });

  it.each([
    ["retryable", "unreachable"],
    ["outcome-unknown", "unreachable"],
    ["gave-up", "unreachable"],
    ["rate-limited", "limited"],
    ["not-entitled", "not-entitled"],
    ["not-entitled-review", "not-entitled"],
    ["rejected", "refused"],
    ["rejected-policy", "refused"],
    ["unexpected", "other"],
  ])("takes the passing fault %s for trouble of the kind %s, not for a lost access", (code, cause) => {
    expect(healthOf({ ...account, lastProblem: problem(code) })).toEqual({ kind: "trouble", cause });
  });

  it("never worries about an account that people serve by hand", () => {
    expect(healthOf({ ...account, mode: "manual", lastOkAt: null, lastProblem: problem("unexpected") })).toEqual({ kind: "by-hand" });
  });

  it.each([
    [7 * 24 * 60 + 1, null],
    [7 * 24 * 60, "week"],
    [61, "week"],
    [60, "hour"],
    [1, "hour"],
    [0, "over"],
    [-5, "over"],
  ])("with %i minutes of access left it says how near the end is: %s", (minutes, within) => {
    const accessEndsAt = new Date(at.getTime() + minutes * 60_000);
    expect(endingIn(accessEndsAt, at)).toBe(within);
    const told = within ? { kind: "expiring", at: accessEndsAt, within } : { kind: "healthy" };
    expect(healthOf({ ...account, accessEndsAt })).toEqual(told);
    expect(healthOf({ ...account, mode: "manual", accessEndsAt })).toEqual({ kind: "by-hand" });
  });

  it("an end that is near weighs more than a passing fault, and less than an access that is gone", () => {
    const near = { ...account, accessEndsAt: at, lastProblem: problem("retryable") };
    expect(healthOf(near)).toMatchObject({ kind: "expiring" });
    expect(healthOf({ ...near, state: "needs_reauth" })).toMatchObject({ kind: "reconnect" });
  });
});

it("only the platform's word that access is gone disconnects an account, whatever else fails and however often", () => {
  const words = fc.string({ maxLength: 40 });
  const failure: fc.Arbitrary<Failure> = fc.oneof(
    fc.record({ kind: fc.constant("retryable" as const), after: fc.option(fc.date(), { nil: undefined }) }),
    fc.constant<Failure>({ kind: "ambiguous" }),
    fc.record({
      kind: fc.constant("needs-reauth" as const),
      reason: fc.constantFrom("expired" as const, "revoked" as const, "scope" as const),
    }),
    fc.record({ kind: fc.constant("rejected" as const), code: words, detail: words, policy: fc.boolean() }),
    fc.record({
      kind: fc.constant("rate-limited" as const),
      until: fc.date(),
      scope: fc.constantFrom("app" as const, "account" as const, "endpoint" as const),
    }),
    fc.record({ kind: fc.constant("not-entitled" as const), what: fc.constantFrom("audit" as const, "review" as const, "tier" as const) }),
  );
  fc.assert(
    fc.property(failure, (one) => {
      const gone = one.kind === "needs-reauth";
      expect(losesAccess(codeOf(one))).toBe(gone);
      const health = healthOf({ ...account, lastProblem: problem(codeOf(one)) });
      if (!gone) expect(health.kind).toBe("trouble");
    }),
    { numRuns: 500 },
  );
});
