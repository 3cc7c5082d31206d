import { describe, expect, it } from "vitest";
import { healthOf } from "./rules.ts";

const at = new Date("2026-11-24T02:12:00Z");
const account = { mode: "api", state: "connected", lastOkAt: at, lastProblem: null } as const;
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
});
