import type { Failure } from "../platforms/contract.ts";
import type { ChannelRow } from "./queries.ts";

/** How near the end of an access is; "over": the instant has passed, and the platform has not spoken yet. */
export type Ending = "over" | "hour" | "week";

/** How an account fares, as the person who looks after it should read it. */
export type Health =
  /** Nothing is connected: people publish by hand. */
  | { kind: "by-hand" }
  | { kind: "healthy" }
  /** Connected, but neither proved nor refused yet. */
  | { kind: "unproved" }
  /** Access ends at `at`, within a week, unless a person renews it. */
  | { kind: "expiring"; at: Date; within: Ending }
  /** The last try failed; the product tries again by itself. */
  | { kind: "trouble"; cause: "unreachable" | "limited" | "not-entitled" | "refused" | "other" }
  /** The platform itself said that the access is gone; a person has to give a new key. */
  | { kind: "reconnect"; reason: "expired" | "revoked" | "scope" };

const HOUR = 3_600_000;
/** How long before the end of access a person is told, and how long before it is urgent. */
export const END_NEAR_MS = 7 * 24 * HOUR;
const END_URGENT_MS = HOUR;

type Account = Pick<ChannelRow, "mode" | "state" | "lastOkAt" | "lastProblem" | "accessEndsAt">;

/** The health of an account at an instant, from what its last calls left behind and from the end of its access. */
export function healthOf({ mode, state, lastOkAt, lastProblem, accessEndsAt }: Account, at: Date): Health {
  if (mode === "manual") return { kind: "by-hand" };
  const code = lastProblem?.code ?? "";
  if (state === "needs_reauth")
    return { kind: "reconnect", reason: code === "reauth-expired" ? "expired" : code === "reauth-scope" ? "scope" : "revoked" };
  const left = accessEndsAt && endingIn(accessEndsAt, at);
  if (accessEndsAt && left) return { kind: "expiring", at: accessEndsAt, within: left };
  if (code) return { kind: "trouble", cause: causeOf(code) };
  return lastOkAt ? { kind: "healthy" } : { kind: "unproved" };
}

/** Whether access that ends at `end` is over, ends within the hour, within the week, or not soon. */
export function endingIn(end: Date, at: Date): Ending | null {
  const left = end.getTime() - at.getTime();
  if (left <= 0) return "over";
  return left <= END_URGENT_MS ? "hour" : left <= END_NEAR_MS ? "week" : null;
}

function causeOf(code: string) {
  if (code === "rate-limited") return "limited";
  if (code.startsWith("not-entitled")) return "not-entitled";
  if (code.startsWith("rejected")) return "refused";
  const unanswered = ["retryable", "ambiguous", "will-retry", "gave-up", "outcome-unknown", "ask-person"];
  return unanswered.includes(code) ? "unreachable" : "other";
}

/** A failed call as an account's problem. */
export const codeOf = (failure: Failure): string => (failure.kind === "needs-reauth" ? `reauth-${failure.reason}` : failure.kind);

/** Whether a problem means that the account has to be connected again: only the platform's own word does, no passing fault. */
export const losesAccess = (code: string): boolean => code.startsWith("reauth-");
